"""A publication as a docx: one section for each run of pages of one orientation."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION

from hengjian.authoring.docx_skeleton import document_bytes, form_document
from hengjian.authoring.docx_table import paragraph, table
from hengjian.kernel import FiscalYear
from tests.renderings.publication import Heading, Printed, Publication, Words


def docx_bytes(publication: Publication) -> bytes:
    """Return the file."""
    document = form_document("portrait")
    document.add_heading(publication.title, 1)
    for item in publication.items:
        match item:
            case Heading():
                document.add_heading(item.text, item.level + 1)
            case Words():
                document.add_paragraph(item.text)
            case Printed():
                _turn(document, wide=item.is_wide)
                _print(document, item)
    return document_bytes(
        document, title=publication.title, author=publication.entity, year=FiscalYear(publication.year)
    )


def _turn(document: Document, *, wide: bool) -> None:
    """Begin a section of the other orientation, when the page is not already so."""
    last = document.sections[-1]
    if (last.orientation == WD_ORIENT.LANDSCAPE) == wide:
        return
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = last.page_height, last.page_width


def _print(document: Document, item: Printed) -> None:
    end = document.element.body.sectPr
    for text in (item.title,):
        end.addprevious(paragraph(text, "FormTitle"))
    for text in item.above:
        end.addprevious(paragraph(text, "FormText"))
    for number, rows in enumerate(item.tables):
        if number:
            end.addprevious(paragraph("", "FormGap"))
        end.addprevious(table(rows, item.widths))
    for text in (*item.below, ""):
        end.addprevious(paragraph(text, "FormText"))
