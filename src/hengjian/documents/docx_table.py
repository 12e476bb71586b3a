"""The grid of a docx table, from its rows of cells with spans and merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from hengjian.documents.bounds import Bounds, check_grid
from hengjian.documents.docx_package import W, value, whole
from hengjian.documents.tree import Cell

RESTART, CONTINUE = "restart", "continue"
_SPAN, _VERTICAL, _HORIZONTAL = W + "gridSpan", W + "vMerge", W + "hMerge"


class DocxCell(NamedTuple):
    """A ``w:tc``: its text, its line, the columns it spans, and whether it goes on the cell above or left."""

    text: str
    line: int
    columns: int = 1
    vertical: str | None = None
    horizontal: str | None = None


@dataclass(frozen=True, slots=True)
class DocxRow:
    """A ``w:tr``: its cells and the grid columns it leaves out before and after them."""

    cells: Sequence[DocxCell]
    before: int = 0
    after: int = 0


def merges(properties: etree._Element) -> tuple[int, str | None, str | None]:
    """Return column span, vertical and horizontal merge that ``w:tcPr`` states."""
    span, vertical, horizontal = 1, None, None
    for child in properties:
        tag = child.tag
        if tag == _SPAN:
            span = max(whole(child, 1), 1)
        elif tag == _VERTICAL:
            vertical = _merge(child)
        elif tag == _HORIZONTAL:
            horizontal = _merge(child)
    return span, vertical, horizontal


def _merge(element: etree._Element) -> str:
    return RESTART if value(element) == RESTART else CONTINUE


def lay_out(rows: Sequence[DocxRow], bounds: Bounds) -> tuple[tuple[Cell, ...], ...]:
    """Lay rows out as a rectangle, none when there is no cell; columns a row leaves out become empty cells.

    Raises InputError when the grid has more positions than the bound. Spans must have been clamped.
    """
    width = max((_width(row) for row in rows), default=0)
    check_grid(len(rows), width, bounds)
    if not width:
        return ()
    grid: list[list[Cell]] = []
    tall: dict[tuple[int, int], int] = {}
    for r, row in enumerate(rows):
        above = grid[r - 1] if r else []
        placed = _place(r, row, above, tall)
        line = row.cells[-1].line if row.cells else (above[0].line if above else 0)
        placed.extend([Cell("", r, c, line=line) for c in range(len(placed), width)])
        grid.append(placed)
    for (top, column), height in tall.items():
        cell = replace(grid[top][column], row_span=height)
        for placed in grid[top : top + height]:
            placed[column : column + cell.column_span] = [cell] * cell.column_span
    return tuple(map(tuple, grid))


def _width(row: DocxRow) -> int:
    return row.before + sum([cell.columns for cell in row.cells]) + row.after


def _place(r: int, row: DocxRow, above: Sequence[Cell], tall: dict[tuple[int, int], int]) -> list[Cell]:
    """Return a row's cells; of those that go on, note in `tall` how many rows the cell above now spans."""
    line = row.cells[0].line if row.cells else 0
    placed = [Cell("", r, c, line=line) for c in range(row.before)]
    wide: dict[int, int] = {}
    for text, at, span, vertical, horizontal in row.cells:
        column = len(placed)
        if horizontal == CONTINUE and placed and placed[-1].row == r:
            cell = placed[-1]
            wide[cell.column] = column + span - cell.column
        elif vertical == CONTINUE and (upper := _upper(above, column, span)) is not None:
            cell = upper
            tall[cell.row, column] = r - cell.row + 1
        else:
            cell = Cell(text, r, column, 1, span, at)
        if span == 1:
            placed.append(cell)
        else:
            placed.extend([cell] * span)
    for column, span in wide.items():
        placed[column : column + span] = [replace(placed[column], column_span=span)] * span
    return placed


def _upper(above: Sequence[Cell], column: int, span: int) -> Cell | None:
    """Return the cell above when it covers just these columns."""
    upper = above[column] if column < len(above) else None
    return upper if upper is not None and (upper.column, upper.column_span) == (column, span) else None
