"""Find the tables that are drawn with lines.

Rules that lie on one line are joined, rules that touch make a table, and its cells are the smallest
rectangles between them; where no line parts two places of the grid they are one merged cell. Sides may be
left open, as Chinese statistical tables are at the left and the right.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple

from hengjian.documents.bounds import BOUNDS, Bounds, check_grid
from hengjian.documents.printed import Box, PrintedCell, PrintedPage, PrintedTable
from hengjian.documents.text_lines import Run, char_runs, set_lines

_SNAP = 4.5
"""Lines this near are one (a double rule, boxes round each cell), and pieces this near are joined (dashes),
in points; no row or column is so narrow."""
_TOUCH = 3.0
"""Lines that end this near to each other meet."""
_SHORT = 5.0
"""A line shorter than that is a dot or a dash."""
_OVERHANG = 6.0
"""Lines that stick out that far have an open side beyond."""
_COVER = 0.6
"""A line parts two places when it covers this part of their side."""
_LINES = 2_000
"""A page with more lines of a direction is a drawing, in which no table is looked for."""
_EDGES = 2
"""A row has two edges at least; a frame has no more, in either direction."""
_LIST = 3
"""A single column is a table from so many rows on, when the rows are short."""


class _Line(NamedTuple):
    """A line at a height (or at a place from the left), from a start to an end."""

    at: float
    start: float
    end: float


class _Grid(NamedTuple):
    """The edges of a table's columns and rows, and its lines as `walls`.

    `right` and `below` hold the places (row, column) that have a line at that side.
    """

    xs: list[float]
    ys: list[float]
    right: set[tuple[int, int]]
    below: set[tuple[int, int]]
    open_top: bool
    open_bottom: bool


def ruled_tables(
    page: PrintedPage, bounds: Bounds = BOUNDS, runs: Sequence[Run] | None = None
) -> list[PrintedTable]:
    """Return the tables drawn with lines on a page, from the top down; `runs` are its `char_runs`, if known.

    A frame round text is none, nor are underlines and the axes of a chart. Raises InputError past the bound
    of cells.
    """
    level = joined((rule.top, rule.left, rule.right) for rule in page.rules if rule.top == rule.bottom)
    upright = joined((rule.left, rule.top, rule.bottom) for rule in page.rules if rule.left == rule.right)
    if not level or not upright or max(len(level), len(upright)) > _LINES:
        return []
    if runs is None:
        runs = char_runs(page.chars)
    tables = []
    for rows, columns in _parts(level, upright):
        grid = _grid(rows, columns)
        if grid is None:
            continue
        check_grid(len(grid.ys) - 1, len(grid.xs) - 1, bounds)
        table = _table(grid, runs)
        if _tabular(table):
            tables.append(table)
    return sorted(tables, key=lambda table: (table.box.top, table.box.left))


def joined(pieces: Iterable[tuple[float, float, float]]) -> list[_Line]:
    """Join pieces of lines: those nearly at one place, end to end."""
    lines: list[_Line] = []
    for group in _groups(sorted(pieces)):
        at = sum(piece[0] for piece in group) / len(group)
        group.sort(key=lambda piece: piece[1])
        _, start, end = group[0]
        for _, left, right in group[1:]:
            if left > end + _SNAP:
                lines.append(_Line(at, start, end))
                start, end = left, right
            elif right > end:
                end = right
        lines.append(_Line(at, start, end))
    return [line for line in lines if line.end - line.start >= _SHORT]


def _groups(pieces: Sequence[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    """Group sorted pieces that are at one place."""
    groups: list[list[tuple[float, float, float]]] = []
    first = float("-inf")
    for piece in pieces:
        if piece[0] - first > _SNAP:
            first = piece[0]
            groups.append([])
        groups[-1].append(piece)
    return groups


def _parts(level: list[_Line], upright: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Part the lines into sets that hang together."""
    count = len(level)
    parent = list(range(count + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    order = sorted(range(len(upright)), key=lambda at: upright[at].at)
    places = [upright[at].at for at in order]
    for row, (y, left, right) in enumerate(level):
        begin, own = bisect_right(places, left - _TOUCH), root(row)
        for at in order[begin : bisect_right(places, right + _TOUCH)]:
            _, start, end = upright[at]
            if start - _TOUCH <= y <= end + _TOUCH and parent[count + at] != own:
                parent[root(count + at)] = own
    parts: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for at in range(len(parent)):
        part = parts.setdefault(root(at), ([], []))
        if at < count:
            part[0].append(level[at])
        else:
            part[1].append(upright[at - count])
    return [part for part in parts.values() if part[0] and part[1]]


def _grid(level: list[_Line], upright: list[_Line]) -> _Grid | None:
    """Lay the grid of a set of lines, with the sides that are open; None for a cross or a corner."""
    ys, xs = sorted({line.at for line in level}), sorted({line.at for line in upright})
    left, right = min(line.start for line in level), max(line.end for line in level)
    top, bottom = min(line.start for line in upright), max(line.end for line in upright)
    open_top, open_bottom = top < ys[0] - _OVERHANG, bottom > ys[-1] + _OVERHANG
    ys = [top] * open_top + ys + [bottom] * open_bottom
    xs = [left] * (left < xs[0] - _OVERHANG) + xs + [right] * (right > xs[-1] + _OVERHANG)
    if min(len(xs), len(ys)) < _EDGES or len(xs) + len(ys) == 2 * _EDGES:
        return None
    # An underline that reaches the side of its cell parts no two places, so that its height is no edge.
    columns = _kept(xs, {column for _, column in _walls(upright, xs, ys)})
    floors = _walls(level, ys, columns)
    rows = _kept(ys, {row for _, row in floors})
    if rows != ys:
        floors = _walls(level, rows, columns)
    below = {(row, column) for column, row in floors}
    return _Grid(columns, rows, _walls(upright, columns, rows), below, open_top, open_bottom)


def _kept(edges: list[float], walled: set[int]) -> list[float]:
    """Return the outer edges and those that have a wall, which is numbered by the place before it."""
    return [edges[0], *(edge for at, edge in enumerate(edges[1:-1]) if at in walled), edges[-1]]


def _walls(lines: list[_Line], across: list[float], along: list[float]) -> set[tuple[int, int]]:
    """Return the places (along, across) that have one of `lines` at their far side."""
    places = {at: index for index, at in enumerate(across)}
    found: set[tuple[int, int]] = set()
    for at, start, end in lines:
        if at not in places:
            continue
        behind = places[at] - 1
        first, last = bisect_left(along, start), bisect_right(along, end) - 1
        found.update(zip(range(first, last), repeat(behind)))  # covered whole
        for place in {first - 1, last}:
            if 0 <= place < len(along) - 1:
                low, high = along[place], along[place + 1]
                if min(high, end) - max(low, start) >= _COVER * (high - low):
                    found.add((place, behind))
    return found


def _table(grid: _Grid, runs: Iterable[Run]) -> PrintedTable:
    """Make the cells of a grid and set their text."""
    xs, ys = grid.xs, grid.ys
    spans, owner = _spans(grid)
    texts: list[list[Run]] = [[] for _ in spans]
    left, top, right, bottom = xs[0], ys[0], xs[-1], ys[-1]
    for run in runs:
        y = (run[0][2] + run[0][4]) / 2
        if top <= y < bottom:
            row = owner[bisect_right(ys, y) - 1]
            for column, part in _by_column(run, xs):
                texts[row[column]].append(part)
    cells = []
    for text, (at, column, height, width) in zip(texts, spans, strict=True):
        box = Box(xs[column], ys[at], xs[column + width], ys[at + height])
        lines = tuple([line for _, line in set_lines(text)]) if text else ()
        cells.append(PrintedCell(lines, at, column, height, width, box))
    rows = tuple(tuple(cells[at] for at in places) for places in owner)
    return PrintedTable(
        Box(left, top, right, bottom),
        rows,
        tuple(xs),
        open_top=grid.open_top,
        open_bottom=grid.open_bottom,
    )


def _by_column(run: Run, xs: Sequence[float]) -> list[tuple[int, Run]]:
    """Return the parts of a run that stand in columns, with the number of each."""
    last = len(xs) - 1
    column = bisect_right(xs, (run[0][1] + run[0][3]) / 2) - 1
    if column == bisect_right(xs, (run[-1][1] + run[-1][3]) / 2) - 1:
        return [(column, run)] if 0 <= column < last else []
    parts: list[tuple[int, Run]] = []
    part: Run = []
    low = high = 0.0
    for char in run:
        x = (char[1] + char[3]) / 2
        if not low <= x < high:
            part = []
            column = bisect_right(xs, x) - 1
            if not 0 <= column < last:
                continue
            low, high = xs[column], xs[column + 1]
            parts.append((column, part))
        part.append(char)
    return parts


def _spans(grid: _Grid) -> tuple[list[tuple[int, int, int, int]], list[list[int]]]:
    """Return the cells as (row, column, row span, column span), and the number of the cell at each place.

    Each takes the widest rectangle without a wall from its top left place on, so that a region of any shape
    comes out as rectangles.
    """
    height, width = len(grid.ys) - 1, len(grid.xs) - 1
    right, below = grid.right, grid.below
    owner = [[-1] * width for _ in range(height)]
    spans: list[tuple[int, int, int, int]] = []
    for row in range(height):
        for column in range(width):
            if owner[row][column] >= 0:
                continue
            end = column + 1
            while end < width and owner[row][end] < 0 and (row, end - 1) not in right:
                end += 1
            last = row + 1
            while (
                last < height
                and (last - 1, column) not in below  # of most cells, which need no more looking at
                and not any(
                    (last - 1, at) in below or (last, at - 1) in right for at in range(column + 1, end)
                )
            ):
                last += 1
            for at in range(row, last):
                owner[at][column:end] = [len(spans)] * (end - column)
            spans.append((row, column, last - row, end - column))
    return spans, owner


def _tabular(table: PrintedTable) -> bool:
    """Tell a table from a frame, an empty drawing, and a stack of framed paragraphs."""
    cells = {id(cell): cell for row in table.rows for cell in row}.values()
    written = [cell for cell in cells if cell.lines]
    if len(written) < _EDGES:
        return False
    if any(cell.column_span < len(table.columns) - 1 for cell in written):
        return True
    return len(written) >= _LIST and sum(len(cell.lines) == 1 for cell in written) * 2 > len(written)
