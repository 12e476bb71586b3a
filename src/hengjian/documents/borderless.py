"""Find tables that are set in columns without lines round their cells.

A table is known by figures that stand under each other over several lines. Prose, contents and signatures
stand in columns too, so that without any line it takes amounts or percentages; between the rules of a
three-line table whatever stands in columns is one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from hengjian.documents.printed import (
    Box,
    PrintedCell,
    PrintedLine,
    PrintedPage,
    PrintedTable,
    Rule,
)
from hengjian.documents.ruled import joined
from hengjian.documents.text_lines import SetLine, char_runs, outside, printed_line, set_lines

_GUTTER = 1.2
"""Columns are parted by at least so many heights of a character."""
_PITCH = 2.6
"""Rows of a table follow each other within so many heights of a character."""
_ROWS, _LINED_ROWS = 3, 2
"""So many rows with figures make a table at least, or so many between rules; so many rules make it lined."""
_ENDS = 5.0
"""The rules of a three-line table end within so many points of each other."""

_FIGURE = re.compile(r"[-−+（(]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[%％]?[)）]?|[-—－–]+")
_AMOUNT = re.compile(r"\d[.,，]\d|\d[%％]")

_Row = list[PrintedLine]
_Band = tuple[float, float]


def borderless_tables(
    page: PrintedPage, taken: Sequence[PrintedTable], lines: Sequence[SetLine] | None = None
) -> list[PrintedTable]:
    """Return the tables of aligned columns on a page outside those `taken`, from the top down.

    `lines` are the lines outside, if known.
    """
    if lines is None:
        lines = set_lines(outside(char_runs(page.chars), [table.box for table in taken]))
    if sum(" " in line.text for _, line in lines) < _LINED_ROWS:
        return []
    rows = _rows(lines)
    tables = []
    for top, bottom in _ruled_bodies(page.rules, taken):
        inner = [row for row in rows if top < (row[0].box.top + row[0].box.bottom) / 2 < bottom]
        if table := _table(inner, lined=True):
            tables.append(table)
            rows = [row for row in rows if row not in inner]
    tables += [table for block in _blocks(rows) if (table := _table(block, lined=False))]
    return sorted(tables, key=lambda table: table.box.top)


def _rows(lines: Iterable[SetLine]) -> list[_Row]:
    """Return lines parted at their wide gaps, which are spaces in what they say, from the top down."""
    rows = []
    for line, whole in lines:
        if " " not in whole.text:
            rows.append([whole])
            continue
        row, begin = [], 0
        for at, (before, after) in enumerate(pairwise(line), 1):
            if after[1] - before[3] > _GUTTER * (after[4] - after[2]):
                row.append(printed_line(line[begin:at]))
                begin = at
        row.append(printed_line(line[begin:]) if begin else whole)
        rows.append(row)
    return sorted(rows, key=lambda row: row[0].box.top)


def _blocks(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Yield the runs of parted lines that follow each other closely."""
    for several, group in groupby(rows, key=lambda row: len(row) > 1):
        if not several:
            continue
        block: list[_Row] = []
        for row in group:
            box = row[0].box
            if block and box.top - block[-1][0].box.top > _PITCH * (box.bottom - box.top):
                yield block
                block = []
            block.append(row)
        yield block


def _ruled_bodies(rules: Iterable[Rule], taken: Sequence[PrintedTable]) -> Iterator[tuple[float, float]]:
    """Yield the top and the bottom of each set of at least three rules of one extent."""
    lines = joined((rule.top, rule.left, rule.right) for rule in rules if rule.top == rule.bottom)
    boxes = [table.box for table in taken]
    free = [line for line in lines if not any(box.top - 1 <= line.at <= box.bottom + 1 for box in boxes)]
    free.sort(key=attrgetter("at"))
    while free:
        first = free[0]
        same = [line for line in free if abs(line.start - first.start) + abs(line.end - first.end) <= _ENDS]
        free = [line for line in free if line not in same]
        if len(same) >= _ROWS:
            yield same[0].at, same[-1].at


def _table(rows: Sequence[_Row], *, lined: bool) -> PrintedTable | None:
    """Make a table of rows that stand in columns; None when they do not, or hold no figures enough."""
    body = [row for row in rows if len(row) > 1 and any(_FIGURE.fullmatch(part.text) for part in row)]
    if len(body) < (_LINED_ROWS if lined else _ROWS):
        return None
    bands = _bands(part.box for row in body for part in row)
    if len(bands) == 1 or not any(_of_figures(body, band, lined=lined) for band in bands):
        return None
    first, last = rows.index(body[0]), rows.index(body[-1])
    kept = rows if lined else rows[_head(rows, first, bands) : last + 1]
    return _laid(kept, bands)


def _bands(boxes: Iterable[Box]) -> list[_Band]:
    """Return the stretches from left to right that boxes cover."""
    bands: list[_Band] = []
    for left, right in sorted((box.left, box.right) for box in boxes):
        if bands and left <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(right, bands[-1][1]))
        else:
            bands.append((left, right))
    return bands


def _of_figures(body: Sequence[_Row], band: _Band, *, lined: bool) -> bool:
    """Tell whether most of a band's texts are figures, in enough rows and with an amount among them."""
    texts = [part.text for row in body for part in row if band[0] <= part.box.left <= band[1]]
    figures = [text for text in texts if _FIGURE.fullmatch(text)]
    enough = len(figures) * 3 >= len(texts) * 2 and len(figures) * 2 >= len(body)
    return enough and (lined or any(_AMOUNT.search(text) for text in figures))


def _head(rows: Sequence[_Row], first: int, bands: Sequence[_Band]) -> int:
    """Return the first of the rows above the body that stand over its columns."""
    while first and all(
        part.box.right >= bands[0][0] and part.box.left <= bands[-1][1] for part in rows[first - 1]
    ):
        first -= 1
    return first


def _laid(rows: Sequence[_Row], bands: Sequence[_Band]) -> PrintedTable:
    """Lay rows out as a grid; a part that reaches over several bands is a merged cell."""
    edges = [
        bands[0][0],
        *((left[1] + right[0]) / 2 for left, right in pairwise(bands)),
        bands[-1][1],
    ]
    tops = [min(part.box.top for part in row) for row in rows]
    tops.append(max(part.box.bottom for part in rows[-1]))
    grid = []
    for at, row in enumerate(rows):
        places: list[list[PrintedLine]] = [[] for _ in bands]
        spans = [1] * len(bands)
        for part in row:
            begin = _column(edges, part.box.left)
            end = max(_column(edges, part.box.right), begin)
            places[begin].append(part)
            spans[begin] = max(spans[begin], end - begin + 1)
        grid.append(_cells(places, spans, at, (edges, tops)))
    left = min(edges[0], *(part.box.left for row in rows for part in row))
    right = max(edges[-1], *(part.box.right for row in rows for part in row))
    box = Box(left, tops[0], right, tops[-1])
    return PrintedTable(box, tuple(grid), tuple(edges), ruled=False)


def _cells(
    places: list[list[PrintedLine]], spans: list[int], row: int, lines: tuple[list[float], list[float]]
) -> tuple[PrintedCell, ...]:
    """Return a row of cells; a part that reaches over places stops before one that is written."""
    edges, tops = lines
    cells: list[PrintedCell] = []
    while len(cells) < len(places):
        column = len(cells)
        span = 1
        while span < spans[column] and not places[column + span]:
            span += 1
        box = Box(edges[column], tops[row], edges[column + span], tops[row + 1])
        cells += [PrintedCell(tuple(places[column]), row, column, 1, span, box)] * span
    return tuple(cells)


def _column(edges: Sequence[float], x: float) -> int:
    """Return the column that a place from the left stands in, the nearest when beyond the edges."""
    return min(max(bisect_right(edges, x) - 1, 0), len(edges) - 2)
