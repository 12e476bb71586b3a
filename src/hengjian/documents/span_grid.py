"""From cells with spans, as web pages and workbooks state them, to a full rectangular grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hengjian.documents.bounds import BOUNDS, Bounds, check_grid
from hengjian.documents.tree import Cell

Grid = tuple[tuple[Cell, ...], ...]


def span_grid(cells: Sequence[Cell], bounds: Bounds = BOUNDS) -> Grid:
    """Lay cells out by their places and spans, which must not overlap.

    Rows and columns in which no cell begins go, so a span of thousands of columns does no harm; positions
    that no cell covers become empty cells. Raises InputError over the bound of cells.

    >>> grid = span_grid([Cell("项目", 0, 0, 1, 900), Cell("数量", 2, 0), Cell("1", 2, 700)])
    >>> [[cell.text for cell in row] for row in grid]
    [['项目', '项目'], ['数量', '1']]
    """
    rows, columns = sorted({cell.row for cell in cells}), sorted({cell.column for cell in cells})
    check_grid(len(rows), len(columns), bounds)
    grid: list[list[Cell | None]] = [[None] * len(columns) for _ in rows]
    for cell in cells:
        down = _covered(rows, cell.row, cell.row_span)
        across = _covered(columns, cell.column, cell.column_span)
        placed = replace(
            cell, row=down.start, column=across.start, row_span=len(down), column_span=len(across)
        )
        for row in grid[down.start : down.stop]:
            row[across.start : across.stop] = [placed] * len(across)
    return tuple(tuple(_filled(r, row)) for r, row in enumerate(grid))


def _covered(kept: Sequence[int], first: int, span: int) -> range:
    """Return the new indices of what a span covers; `kept` are the old ones in order."""
    start = bisect_left(kept, first)
    return range(start, bisect_left(kept, first + span))


def _filled(r: int, row: Sequence[Cell | None]) -> Iterable[Cell]:
    line = next((cell.line for cell in reversed(row) if cell is not None), 0)
    return (Cell("", r, c, line=line) if cell is None else cell for c, cell in enumerate(row))
