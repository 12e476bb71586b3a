"""The paragraphs and tables of a workbook's sheet, one grid that may hold several tables and titles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hengjian.documents.book import Position, Range
from hengjian.documents.bounds import Bounds, too_complex
from hengjian.documents.builder import LONGEST_CAPTION, Passage, TableItem, is_note
from hengjian.documents.span_grid import span_grid
from hengjian.documents.spans import text_spans
from hengjian.documents.tree import Cell, Line

_REMARK = re.compile(r"(?:注|备注|说明)\s*\d*\s*[:：.]|(?:填表|填报|审核|单位)?(?:负责)?人\s*[:：]")
_FIGURE = re.compile(r"[-+]?[\d,]+(?:\.\d+)?[%％]?")
_TABLE = 2
"""A table has so many cells in some row at least."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a sheet shows: the texts of cells that hold any, and the merged ranges (both ends included).

    No range overlaps another, and no text stands under one but where it begins.
    """

    name: str
    texts: Mapping[Position, str]
    merges: Sequence[Range] = ()

    def without(self, rows: frozenset[int], columns: frozenset[int]) -> Shown:
        """Return the sheet without hidden rows and columns; a merged cell stands where it begins to show."""
        if not rows and not columns:
            return self
        no_rows, no_columns = sorted(rows), sorted(columns)
        texts: dict[Position, str] = {}
        ends = dict(self.merges)
        for (row, column), text in self.texts.items():
            bottom, right = ends.get((row, column), (row, column))
            down, across = _shown(row, bottom, no_rows), _shown(column, right, no_columns)
            if down and across:
                texts[down.start, across.start] = text
        merges = [
            ((down.start, across.start), (down.stop - 1, across.stop - 1))
            for (top, left), (bottom, right) in self.merges
            if (down := _shown(top, bottom, no_rows)) and (across := _shown(left, right, no_columns))
        ]
        return Shown(self.name, texts, merges)


def _shown(first: int, last: int, hidden: Sequence[int]) -> range:
    """Return where rows or columns stand once the hidden ones, given in order, are taken out."""
    return range(first - bisect_left(hidden, first), last + 1 - bisect_left(hidden, last + 1))


@dataclass(slots=True)
class SheetLines:
    """Makes the passages and tables of sheets; `lines` fills as it goes: one for each filled cell."""

    path: str
    bounds: Bounds
    lines: list[Line] = field(default_factory=list)

    def items(self, sheet: Shown) -> Iterator[Passage | TableItem]:
        """Yield a sheet's name as a heading, then what it holds. Raises InputError over a bound."""
        if not sheet.texts:
            return
        if spans := text_spans(sheet.name, 0, self._line(sheet.name)):
            yield Passage(spans, level=0)
        merged = _merged(sheet)
        for block in _blocks(sheet, merged):
            before, body, after = _parted(block)
            for row in before:
                yield from self._passages(row)
            if body:
                yield self._table(body, merged)
            for row in after:
                yield from self._passages(row)

    def _passages(self, row: _Row) -> Iterator[Passage]:
        for _, text in row.cells:
            spans = [text_spans(part, 0, self._line(part)) for part in text.split("\n") if part.strip()]
            yield from (Passage(each) for each in spans if each)

    def _table(self, body: Sequence[_Row], merged: Mapping[Position, Position]) -> TableItem:
        first = len(self.lines) + 1
        columns = range(min(row.left for row in body), max(row.right for row in body) + 1)
        rows = range(body[0].row, body[-1].row + 1)
        if len(rows) * len(columns) > self.bounds.cells:
            raise too_complex(self.path, "table", "cell", len(rows) * len(columns), self.bounds.cells)
        held = {at: text for row in body for at, text in row.cells}
        covered = _covered(rows, columns, merged)
        cells: list[Cell] = []
        for at in ((r, c) for r in rows for c in columns):
            if at in covered:
                continue
            bottom, right = merged.get(at, at)
            line = self._line(held[at]) if at in held else max(len(self.lines), first)
            spans = min(bottom, rows[-1]) - at[0] + 1, min(right, columns[-1]) - at[1] + 1
            cells.append(Cell(held.get(at, ""), *at, *spans, line))
        return TableItem(span_grid(cells, self.bounds), (), first, len(self.lines))

    def _line(self, text: str) -> int:
        number = len(self.lines) + 1
        if number > self.bounds.lines:
            raise too_complex(self.path, self.path, "cell", number, self.bounds.lines)
        self.lines.append(Line(number, text, None, 0))
        return number


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that holds something: its cells from the left, and the first and last column that they reach."""

    row: int
    cells: tuple[tuple[Position, str], ...]
    left: int
    right: int

    @property
    def is_notes(self) -> bool:
        return all(is_note(text) for _, text in self.cells)


def disjoint(merges: Sequence[Range]) -> tuple[Range, ...]:
    """Return merged ranges from the top; of those that overlap only the first, and none of a single cell.

    >>> disjoint([((0, 1), (1, 1)), ((0, 0), (0, 1)), ((2, 0), (2, 0))])
    (((0, 0), (0, 1)),)
    """
    kept: list[Range] = []
    near: list[Range] = []
    for (top, left), (bottom, right) in sorted(merges):
        near = [other for other in near if other[1][0] >= top]
        several = bottom >= top and right >= left and (bottom, right) != (top, left)
        if several and all(right < start or left > stop for (_, start), (_, stop) in near):
            near.append(((top, left), (bottom, right)))
            kept.append(near[-1])
    return tuple(kept)


def _merged(sheet: Shown) -> dict[Position, Position]:
    """Return the last position of each merged range by its first, held near what the sheet shows."""
    last_row = max((row for row, _ in sheet.texts), default=0) + _MARGIN
    last_column = max((column for _, column in sheet.texts), default=0) + _MARGIN
    return {
        first: (min(bottom, last_row), min(right, last_column)) for first, (bottom, right) in sheet.merges
    }


_MARGIN = 64
"""How far a merged range may reach beyond the last cell that holds something."""


def _covered(rows: range, columns: range, merged: Mapping[Position, Position]) -> set[Position]:
    """Return the positions that a merged cell covers which begins elsewhere."""
    return {
        (r, c)
        for (top, left), (bottom, right) in merged.items()
        if bottom >= rows[0] and top <= rows[-1] and right >= columns[0] and left <= columns[-1]
        for r in range(max(top, rows[0]), min(bottom, rows[-1]) + 1)
        for c in range(max(left, columns[0]), min(right, columns[-1]) + 1)
        if (r, c) != (top, left)
    }


def _blocks(sheet: Shown, merged: Mapping[Position, Position]) -> Iterator[list[_Row]]:
    """Yield the stretches of rows between empty ones; figures after an empty row go on the table above."""
    reach: dict[int, list[tuple[Position, str]]] = {}
    for at, text in sorted(sheet.texts.items()):
        reach.setdefault(at[0], []).append((at, text))
    covered_to = -1
    block: list[_Row] = []
    for r, cells in reach.items():
        row = _Row(r, tuple(cells), cells[0][0][1], max(merged.get(at, at)[1] for at, _ in cells))
        if block and r > covered_to + 1 and not _goes_on(block, row):
            yield block
            block = []
        block.append(row)
        covered_to = max(covered_to, r, *(merged.get(at, at)[0] for at, _ in cells))
    if block:
        yield block


def _goes_on(block: Sequence[_Row], row: _Row) -> bool:
    """Tell whether a row after an empty one belongs to the table above: it has figures, no head."""
    wide = max(len(each.cells) for each in block) >= _TABLE
    figures = sum(bool(_FIGURE.fullmatch(text)) for _, text in row.cells)
    inside = row.left >= min(each.left for each in block) and row.right <= max(each.right for each in block)
    return wide and inside and len(row.cells) >= _TABLE and figures > 0


def _parted(block: Sequence[_Row]) -> tuple[Sequence[_Row], Sequence[_Row], Sequence[_Row]]:
    """Part a stretch of rows into titles and notes, the table, and remarks below it."""
    start = 0
    while start < len(block) and (_alone(block[start]) or block[start].is_notes):
        start += 1
    if start == len(block):
        return block, (), ()
    end = len(block)
    left, right = min(row.left for row in block[start:]), max(row.right for row in block[start:])
    while end > start + 1 and _is_below(block[end - 1], left, right):
        end -= 1
    return block[:start], block[start:end], block[end:]


def _alone(row: _Row) -> bool:
    return len(row.cells) == 1


def _is_below(row: _Row, left: int, right: int) -> bool:
    """Tell whether a row below a table's rows is a remark on it, rather than a row with one cell filled."""
    if all(_REMARK.match(text) for _, text in row.cells):
        return True
    whole = row.left == left and row.right == right and right > left
    return _alone(row) and (whole or len(row.cells[0][1]) > LONGEST_CAPTION) and row.left == left
