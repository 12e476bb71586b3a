"""From printed rows of unequal length to a rectangular grid with spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hengjian.documents.bounds import BOUNDS, Bounds, check_grid
from hengjian.documents.tree import Cell

_FIGURE = re.compile(r"[-+]?[\d,]+(?:\.\d+)?[%％]?")
HEAD_ROWS = 3
"""A head with merged cells is looked for in this many rows."""

LONGEST_HEAD = 30
"""A longer text is no head of columns."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A printed cell: its text and the line it begins on."""

    text: str
    line: int

    def more(self, texts: Iterable[str]) -> RawCell:
        """Return the cell with more lines of text."""
        return RawCell("\n".join((self.text, *texts)), self.line)


def table_grid(rows: Sequence[Sequence[RawCell]], bounds: Bounds = BOUNDS) -> tuple[tuple[Cell, ...], ...]:
    """Lay printed rows out as a rectangle.

    A row shorter than the widest is filled with empty cells on the right, unless it is a row of heads
    whose spans the row of sub-heads under it makes certain. Raises InputError over the bound of cells.
    """
    width = max((len(row) for row in rows), default=0)
    check_grid(len(rows), width, bounds)
    spans = _heads(rows, width)
    grid: list[list[Cell]] = []
    for r, row in enumerate(rows):
        if r in spans:
            grid.append(_head_row(r, row, spans[r]))
            continue
        if len(row) == 1 and width > 1:
            grid.append(_head_row(r, row, [(1, width)]))
            continue
        line = row[-1].line if row else 0
        padded = [*row, *(RawCell("", line) for _ in range(width - len(row)))]
        cells = [Cell(cell.text, r, c, line=cell.line) for c, cell in enumerate(padded)]
        if r - 1 in spans:
            cells = [grid[r - 1][c] if grid[r - 1][c].row_span > 1 else cell for c, cell in enumerate(cells)]
        grid.append(cells)
    return tuple(tuple(row) for row in grid)


Grid = tuple[tuple[Cell, ...], ...]


def note_rows(texts: Sequence[Sequence[str]], is_note: Callable[[str], bool]) -> range:
    """Return the rows at the top that hold only notes, below a title that stands alone on its row."""
    rows = len(texts)
    first = _said(texts[0]) if rows > 1 else []
    start = end = int(len(first) == 1 and not is_note(first[0]))
    while end < rows - 1 and (said := _said(texts[end])) and all(map(is_note, said)):
        end += 1
    return range(start, end)


def _said(row: Sequence[str]) -> list[str]:
    return [text for text in row if text]


def without_rows(grid: Grid, taken: range) -> Grid:
    """Return a grid without some of its rows; none of its cells may reach over their edge."""
    if not taken:
        return grid
    moved: dict[Cell, Cell] = {}
    return tuple(
        tuple(
            moved.setdefault(cell, cell if r < taken.start else replace(cell, row=cell.row - len(taken)))
            for cell in row
        )
        for r, row in enumerate(grid)
        if r not in taken
    )


def _head_row(r: int, row: Sequence[RawCell], spans: Sequence[tuple[int, int]]) -> list[Cell]:
    cells: list[Cell] = []
    for raw, (row_span, column_span) in zip(row, spans, strict=True):
        cell = Cell(raw.text, r, len(cells), row_span, column_span, raw.line)
        cells.extend([cell] * column_span)
    return cells


def _heads(rows: Sequence[Sequence[RawCell]], width: int) -> dict[int, list[tuple[int, int]]]:
    """Return the spans of the rows of heads at the top, below a title that stands alone on its row."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for r in range(min(HEAD_ROWS, len(rows) - 1)):
        found = _head_spans(rows[r], rows[r + 1], width)
        if found:
            spans[r] = found
        elif len(rows[r]) > 1:
            break
    return spans


def _head_spans(
    head: Sequence[RawCell], below: Sequence[RawCell], width: int
) -> list[tuple[int, int]] | None:
    """Return the row and column span of each head, when the row below settles them; else None.

    Below a head that spans two rows stands an empty cell, below a head that spans columns its
    sub-heads; so the row below falls into as many groups as there are heads, or one group repeats.
    """
    texts = [cell.text for cell in below]
    if not 1 < len(head) < width or len(below) != width or any(_FIGURE.fullmatch(text) for text in texts):
        return None
    if not all(0 < len(cell.text) <= LONGEST_HEAD for cell in head) or not any(texts):
        return None
    groups = _groups(texts)
    if len(groups) != len(head):
        groups = _groups_repeated(groups, texts, len(head))
    if len(groups) != len(head):
        return None
    spans, at = [], 0
    for size in groups:
        spans.append((1 if texts[at] else 2, size))
        at += size
    return spans


def _groups(texts: Sequence[str]) -> list[int]:
    """Return the sizes of the runs of sub-heads; each empty cell is a run of its own."""
    sizes: list[int] = []
    open_run = False
    for text in texts:
        if text and open_run:
            sizes[-1] += 1
        else:
            sizes.append(1)
        open_run = bool(text)
    return sizes


def _groups_repeated(groups: list[int], texts: Sequence[str], heads: int) -> list[int]:
    """Split the one run of sub-heads that belongs to several heads.

    Each head's sub-heads begin alike (项目, 金额, 项目, 金额), or a head of amounts begins with its total.
    """
    missing = heads - len(groups)
    split: list[int] = []
    done = at = 0
    for size in groups:
        starts = _starts(texts[at : at + size])
        if missing > 0 and len(starts) == missing + 1:
            split += [end - start for start, end in zip(starts, [*starts[1:], size], strict=True)]
            done += 1
        else:
            split.append(size)
        at += size
    return split if done == 1 else groups


def _starts(run: Sequence[str]) -> list[int]:
    """Return where the heads' sub-heads begin in a run."""
    labels = ["".join(text.split()) for text in run]
    again = [i for i, label in enumerate(labels) if label == labels[0]]
    totals = (i for i, label in enumerate(labels) if label in _TOTALS)
    return again if len(again) > 1 else sorted({0, *totals})


_TOTALS = frozenset({"合计", "小计", "总计"})
