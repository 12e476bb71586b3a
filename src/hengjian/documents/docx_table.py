"""The grid of a docx table, from its rows of cells with spans and merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from hengjian.documents.bounds import Bounds, check_grid
from hengjian.documents.docx_package import W, value, whole
from hengjian.documents.tree import Cell

RESTART, CONTINUE = "restart", "continue"
_SPAN, _VERTICAL, _HORIZONTAL = W + "gridSpan", W + "vMerge", W + "hMerge"


@dataclass(slots=True)
class DocxCell:
    """A ``w:tc``: its text, its line, the columns it spans, and whether it goes on the cell above or left.

    Laying out gives it a place, and its spans grow over the cells that go on it.
    """

    text: str
    line: int
    columns: int = 1
    vertical: str | None = None
    horizontal: str | None = None
    row: int = 0
    column: int = 0
    rows: int = 1


@dataclass(frozen=True, slots=True)
class DocxRow:
    """A ``w:tr``: its cells and the grid columns it leaves out before and after them."""

    cells: Sequence[DocxCell]
    before: int = 0
    after: int = 0


def merges(properties: etree._Element | None) -> tuple[int, str | None, str | None]:
    """Return column span, vertical and horizontal merge that ``w:tcPr`` states."""
    span, vertical, horizontal = 1, None, None
    for child in () if properties is None else properties:
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
    grid: list[list[DocxCell]] = []
    for r, row in enumerate(rows):
        above = grid[r - 1] if r else []
        placed = _place(r, row, above)
        line = row.cells[-1].line if row.cells else (above[0].line if above else 0)
        placed.extend(_empty(r, c, line) for c in range(len(placed), width))
        grid.append(placed)
    made: dict[int, Cell] = {}
    for r, placed in enumerate(grid):
        for cell in placed:
            if cell.row == r and id(cell) not in made:
                made[id(cell)] = Cell(cell.text, r, cell.column, cell.rows, cell.columns, cell.line)
    return tuple(tuple(made[id(cell)] for cell in placed) for placed in grid)


def _width(row: DocxRow) -> int:
    return row.before + sum(cell.columns for cell in row.cells) + row.after


def _empty(r: int, c: int, line: int) -> DocxCell:
    return DocxCell("", line, row=r, column=c)


def _place(r: int, row: DocxRow, above: Sequence[DocxCell]) -> list[DocxCell]:
    line = row.cells[0].line if row.cells else 0
    placed = [_empty(r, c, line) for c in range(row.before)]
    for cell in row.cells:
        column, span = len(placed), cell.columns
        at = cell
        if cell.horizontal == CONTINUE and placed and placed[-1].row == r:
            at = placed[-1]
            at.columns += span
        elif cell.vertical == CONTINUE and (upper := _upper(above, column, span)) is not None:
            at = upper
            at.rows = r - at.row + 1
        else:
            cell.row, cell.column = r, column
        placed.extend([at] * span)
    return placed


def _upper(above: Sequence[DocxCell], column: int, span: int) -> DocxCell | None:
    """Return the cell above when it covers just these columns."""
    upper = above[column] if column < len(above) else None
    return upper if upper is not None and (upper.column, upper.columns) == (column, span) else None
