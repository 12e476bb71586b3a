"""Printed pages made by hand: lines of text set at a place, and tables with ruling lines."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.documents.page_flow import FlowPage
from hengjian.documents.printed import Box, Char, PrintedCell, PrintedLine, PrintedPage, PrintedTable, Rule

WIDTH, HEIGHT, SIZE = 595.0, 842.0, 12.0
LEFT, RIGHT = 85.0, 510.0
TOP_EDGE = 72.0

Item = PrintedLine | PrintedTable


def chars_of(text: str, left: float, top: float, size: float = SIZE) -> list[Char]:
    """Set a text on one line; Latin characters are half as wide as high."""
    chars, at = [], left
    for each in text:
        wide = size / 2 if each.isascii() else size
        if not each.isspace():
            chars.append(Char(each, at, top, at + wide, top + size))
        at += wide
    return chars


def line(text: str, top: float, left: float = LEFT, size: float = SIZE) -> PrintedLine:
    """Return a line of text as it is set."""
    chars = chars_of(text, left, top, size)
    return PrintedLine(text, Box(left, top, chars[-1].right, top + size))


def centred(text: str, top: float, size: float = SIZE) -> PrintedLine:
    """Return a line in the middle of the measure."""
    width = sum(size / 2 if each.isascii() else size for each in text)
    return line(text, top, (LEFT + RIGHT - width) / 2, size)


def lines_of(text: str, top: float, indent: int = 2, pitch: float = 20.0) -> list[PrintedLine]:
    """Break a paragraph as a word processor does, its first line indented by so many characters."""
    per_line = int((RIGHT - LEFT) / SIZE)
    first = per_line - indent
    pieces = [text[:first], *(text[at : at + per_line] for at in range(first, len(text), per_line))]
    return [
        line(piece, top + at * pitch, LEFT + (indent * SIZE if at == 0 else 0))
        for at, piece in enumerate(pieces)
        if piece
    ]


def flow_page(number: int, items: Sequence[Item], width: float = WIDTH, height: float = HEIGHT) -> FlowPage:
    """Return a page of lines and tables."""
    return FlowPage(number, width, height, tuple(items))


def page_of(
    number: int, lines: Sequence[PrintedLine], rules: Sequence[Rule] = (), *, pictured: bool = False
) -> PrintedPage:
    """Return a page whose characters make the lines."""
    chars = [
        char
        for each in lines
        for char in chars_of(each.text, each.box.left, each.box.top, each.box.bottom - each.box.top)
    ]
    return PrintedPage(number, WIDTH, HEIGHT, tuple(chars), tuple(rules), pictured=pictured)


def cell_lines(text: str, box: Box) -> tuple[PrintedLine, ...]:
    """Set each line of a cell's text from its left edge on."""
    return tuple(
        line(each, box.top + 2 + at * (SIZE + 2), box.left + 4)
        for at, each in enumerate(text.split("\n"))
        if each
    )


def table(
    rows: Sequence[Sequence[str | None]],
    edges: Sequence[float],
    top: float = 100.0,
    step: float = 30.0,
    *,
    open_top: bool = False,
    open_bottom: bool = False,
) -> PrintedTable:
    """Return a ruled table; None goes on the cell above, or left in the first row."""
    grid: list[list[PrintedCell]] = []
    spans = [[1] * len(row) for row in rows]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            below = r + 1
            while text is not None and below < len(rows) and rows[below][c] is None:
                spans[r][c] += 1
                below += 1
    for r, row in enumerate(rows):
        made: list[PrintedCell] = []
        for c, text in enumerate(row):
            if text is None:
                made.append(grid[r - 1][c])
                continue
            box = Box(edges[c], top + r * step, edges[c + 1], top + (r + spans[r][c]) * step)
            made.append(PrintedCell(cell_lines(text, box), r, c, spans[r][c], 1, box))
        grid.append(made)
    box = Box(edges[0], top, edges[-1], top + len(rows) * step)
    return PrintedTable(
        box, tuple(map(tuple, grid)), tuple(edges), open_top=open_top, open_bottom=open_bottom
    )
