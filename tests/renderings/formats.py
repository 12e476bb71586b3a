"""Every format that a publication is rendered in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tests.renderings.docx_file import docx_bytes
from tests.renderings.examples import publication
from tests.renderings.html_page import html_bytes
from tests.renderings.office import office_pdf
from tests.renderings.pdf_file import pdf_bytes
from tests.renderings.publication import Publication
from tests.renderings.xlsx_file import xlsx_bytes

OFFICE_PDF = "office.pdf"
RENDERERS: dict[str, Callable[[Publication], bytes]] = {
    "docx": docx_bytes,
    "html": html_bytes,
    "xlsx": xlsx_bytes,
    "pdf": pdf_bytes,
    OFFICE_PDF: lambda each: office_pdf(docx_bytes(each)),
}
"""What makes a file of a publication, by the ending of the file's name."""


@cache
def rendering(name: str, ending: str) -> bytes:
    """Return an example in a format."""
    return RENDERERS[ending](publication(name))
