"""PDF files for the tests: what a canvas draws, in the font that every reader of Chinese has."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from hengjian.documents.bounds import BOUNDS, Bounds
from hengjian.documents.pdf_pages import printed_pages
from hengjian.documents.printed import PrintedPage, PrintedTable

FONT = "STSong-Light"
HEIGHT = 842.0
Draw = Callable[[Canvas], None]

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pdf(*pages: Draw, size: tuple[float, float] = (595.0, HEIGHT), **options: object) -> bytes:
    """Return a file with a page for each of `pages`."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for draw in pages:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def page_of(
    draw: Draw, bounds: Bounds = BOUNDS, size: tuple[float, float] = (595.0, HEIGHT), **options: object
) -> PrintedPage:
    """Return the one page that is drawn, as read."""
    (page,) = printed_pages(pdf(draw, size=size, **options), "a.pdf", bounds)
    return page


def write(canvas: Canvas, x: float, top: float, text: str, size: float = 10) -> None:
    """Write a line whose type body begins at a height from the page's top."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - top - 0.86 * size, text)


def grid(canvas: Canvas, xs: Sequence[float], tops: Sequence[float]) -> None:
    """Draw all lines of a grid; `tops` are heights from the page's top."""
    canvas.grid(list(xs), [HEIGHT - top for top in tops])


def fill_in(
    canvas: Canvas, xs: Sequence[float], tops: Sequence[float], rows: Sequence[Sequence[str]]
) -> None:
    """Write texts into the places of a grid."""
    for top, row in zip(tops, rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            for at, line in enumerate(text.split("\n")):
                write(canvas, x + 3, top + 3 + 12 * at, line)


def texts(table: PrintedTable) -> list[list[str | None]]:
    """Return a table's texts, None where a merged cell goes on."""
    return [
        [
            "|".join(line.text for line in cell.lines) if (cell.row, cell.column) == (r, c) else None
            for c, cell in enumerate(row)
        ]
        for r, row in enumerate(table.rows)
    ]
