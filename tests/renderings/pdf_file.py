"""A publication as a born-digital PDF: pages upright and on their side, running heads and page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape as escaped
from io import BytesIO
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from hengjian.authoring.grid import FULL, Row, placed
from tests.renderings.publication import Heading, Printed, Publication, Words

FONT = "STSong-Light"
_MARGIN = 15 * mm
_PADDING = 2.0
_UPRIGHT, _ON_ITS_SIDE = "upright", "side"


def pdf_bytes(publication: Publication) -> bytes:
    """Return the file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, title=publication.title, author=publication.entity, invariant=1
    )

    def furniture(canvas: Any, template: BaseDocTemplate) -> None:  # noqa: ANN401 - the library ships no types
        width, height = canvas._pagesize  # noqa: SLF001 - a canvas does not tell its size otherwise
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(width / 2, height - 10 * mm, publication.title)
        canvas.drawCentredString(width / 2, 8 * mm, f"— {template.page} —")

    document.addPageTemplates(
        [
            _template(_UPRIGHT, A4, furniture),
            _template(_ON_ITS_SIDE, landscape(A4), furniture),
        ]
    )
    document.build(list(_story(publication)))
    return out.getvalue()


def escape(text: str) -> str:
    """Return a text as the library takes it, which would drop wide spaces."""
    return escaped(text).replace("\u3000", "\u00a0\u00a0")


def _template(name: str, size: tuple[float, float], furniture: Any) -> PageTemplate:  # noqa: ANN401 - as above
    frame = Frame(_MARGIN, _MARGIN, size[0] - 2 * _MARGIN, size[1] - 2 * _MARGIN, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=furniture, pagesize=size)


def _style(size: float, **settings: Any) -> ParagraphStyle:  # noqa: ANN401 - as above
    return ParagraphStyle("", fontName=FONT, fontSize=size, leading=size * 1.35, wordWrap="CJK", **settings)


_TEXT, _SMALL = _style(12, firstLineIndent=24), _style(9)
_TITLE = _style(16, alignment=TA_CENTER, keepWithNext=1, spaceBefore=8, spaceAfter=4)
_LINE = _style(9, keepWithNext=1)
_CELLS = {
    "FormText": _SMALL,
    "FormHead": _style(9, alignment=TA_CENTER),
    "FormValue": _style(9, alignment=TA_CENTER),
    "FormFigure": _style(9, alignment=TA_RIGHT),
}


def _story(publication: Publication) -> Iterator[Flowable]:
    yield Paragraph(escape(publication.title), _style(22, alignment=TA_CENTER, spaceAfter=20))
    wide = False
    for item in publication.items:
        match item:
            case Heading():
                yield Paragraph(escape(item.text), _style(17 - 2 * item.level, spaceBefore=6, keepWithNext=1))
            case Words():
                yield Paragraph(escape(item.text), _TEXT)
            case Printed():
                if item.is_wide != wide:
                    wide = item.is_wide
                    yield NextPageTemplate(_ON_ITS_SIDE if wide else _UPRIGHT)
                    yield PageBreak()
                yield from _printed(item)


def _printed(item: Printed) -> Iterator[Flowable]:
    yield Paragraph(escape(item.title), _TITLE)
    yield from (Paragraph(escape(text), _LINE) for text in item.above)
    scale = min(1.0, (267 if item.is_wide else 180) / sum(item.widths))
    for rows in item.tables:
        yield _table(rows, tuple(width * scale for width in item.widths))
    yield from (Paragraph(escape(text), _SMALL) for text in item.below)
    yield Spacer(0, 12)


def _table(rows: tuple[Row, ...], widths: tuple[float, ...]) -> Table:
    """Return a table whose head stands again on each page and whose rows may be broken over pages."""
    commands: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *((f"{side}PADDING", (0, 0), (-1, -1), _PADDING) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ]
    cells: list[list[Any]] = [["" for _ in widths] for _ in rows]
    for line, row in enumerate(placed(rows, widths)):
        for at in row:
            if not at.first:
                continue
            end = (at.column + at.cell.columns - 1, line + at.cell.rows - 1)
            if end != (at.column, line):
                commands.append(("SPAN", (at.column, line), end))
            text = "<br/>".join(map(escape, at.lines(FULL)))
            cells[line][at.column] = Paragraph(text, _CELLS[at.cell.style])
    heads = sum(row.repeated for row in rows)
    return Table(
        cells,
        colWidths=[width * mm for width in widths],
        repeatRows=heads,
        style=TableStyle(commands),
        spaceBefore=2,
    )
