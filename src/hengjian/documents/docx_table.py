"""The grid of a docx table, from its rows of cells with spans and merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from hengjian.documents.bounds import Bounds, check_grid
from hengjian.documents.docx_package import W, value, whole
from hengjian.documents.tree import Cell

RESTART, CONTINUE = "restart", "continue"


@dataclass(frozen=True, slots=True)
class DocxCell:
    """A ``w:tc``: its text, its line, the columns it spans, and whether it goes on the cell above or left."""

    text: str
    line: int
    span: int = 1
    vertical: str | None = None
    horizontal: str | None = None


@dataclass(frozen=True, slots=True)
class DocxRow:
    """A ``w:tr``: its cells and the grid columns it leaves out before and after them."""

    cells: tuple[DocxCell, ...]
    before: int = 0
    after: int = 0


@dataclass(slots=True)
class _Draft:
    """A cell while its spans still grow."""

    text: str
    row: int
    column: int
    line: int
    rows: int = 1
    columns: int = 1


def merges(properties: etree._Element | None) -> tuple[int, str | None, str | None]:
    """Return column span, vertical and horizontal merge that ``w:tcPr`` states."""
    if properties is None:
        return 1, None, None
    span = max(whole(properties.find(W + "gridSpan"), 1), 1)
    return span, _merge(properties.find(W + "vMerge")), _merge(properties.find(W + "hMerge"))


def _merge(element: etree._Element | None) -> str | None:
    if element is None:
        return None
    return RESTART if value(element) == RESTART else CONTINUE


def lay_out(rows: Sequence[DocxRow], bounds: Bounds) -> tuple[tuple[Cell, ...], ...]:
    """Lay rows out as a rectangle, none when there is no cell; columns a row leaves out become empty cells.

    Raises InputError when the grid has more positions than the bound. Spans must have been clamped.
    """
    width = max((_width(row) for row in rows), default=0)
    check_grid(len(rows), width, bounds)
    if not width:
        return ()
    drafts: list[list[_Draft]] = []
    for r, row in enumerate(rows):
        above = drafts[r - 1] if r else []
        placed = _place(r, row, above)
        line = row.cells[-1].line if row.cells else (above[0].line if above else 0)
        placed.extend(_Draft("", r, c, line) for c in range(len(placed), width))
        drafts.append(placed)
    made: dict[int, Cell] = {}
    return tuple(tuple(_cell(draft, made) for draft in row) for row in drafts)


def _width(row: DocxRow) -> int:
    return row.before + sum(cell.span for cell in row.cells) + row.after


def _place(r: int, row: DocxRow, above: Sequence[_Draft]) -> list[_Draft]:
    line = row.cells[0].line if row.cells else 0
    placed = [_Draft("", r, c, line) for c in range(row.before)]
    for cell in row.cells:
        column = len(placed)
        if cell.horizontal == CONTINUE and placed and placed[-1].row == r:
            left = placed[-1]
            left.columns += cell.span
            placed.extend([left] * cell.span)
        elif cell.vertical == CONTINUE and (upper := _upper(above, column, cell.span)) is not None:
            upper.rows = r - upper.row + 1
            placed.extend([upper] * cell.span)
        else:
            placed.extend([_Draft(cell.text, r, column, cell.line, columns=cell.span)] * cell.span)
    return placed


def _upper(above: Sequence[_Draft], column: int, span: int) -> _Draft | None:
    """Return the cell above when it covers just these columns."""
    upper = above[column] if column < len(above) else None
    return upper if upper is not None and (upper.column, upper.columns) == (column, span) else None


def _cell(draft: _Draft, made: dict[int, Cell]) -> Cell:
    """Return the one cell of a draft, which may stand at several positions."""
    cell = made.get(id(draft))
    if cell is None:
        cell = Cell(draft.text, draft.row, draft.column, draft.rows, draft.columns, draft.line)
        made[id(draft)] = cell
    return cell
