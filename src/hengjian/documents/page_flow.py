"""From printed pages to lines and tables in reading order, page by page: no page's characters are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hengjian.documents.borderless import borderless_tables
from hengjian.documents.printed import Char, PrintedLine, PrintedPage, PrintedTable
from hengjian.documents.ruled import ruled_tables
from hengjian.documents.text_lines import SetLine, char_runs, outside, set_lines, text_lines

_BUCKET = 4
"""Points: the grain at which a page is searched for a gutter."""

_GUTTER = 3
"""Buckets that must be empty between two columns of text."""

_MIDDLE = (0.35, 0.65)
"""Where on a page, as shares of its width, a gutter may stand."""

_COLUMN_BODY = (0.15, 0.92)
"""Where on a page, as shares of its height, columns are looked for; titles above may cross the gutter."""

_COLUMN_LINES, _COLUMN_FULL, _COLUMN_CHARS = 8, 0.6, 200
"""Lines a column has at least, the share of them that reach its edge, and the characters of such a page."""


@dataclass(frozen=True, slots=True)
class FlowPage:
    """A page's lines and tables in reading order; `pictured`: it is a picture that was not recognised."""

    number: int
    width: float
    height: float
    items: tuple[PrintedLine | PrintedTable, ...]
    scanned: bool = False
    pictured: bool = False


def flow(pages: Iterable[PrintedPage]) -> Iterator[FlowPage]:
    """Yield the lines outside tables and the tables of each page in reading order."""
    for page in pages:
        runs = char_runs(page.chars)
        tables = ruled_tables(page, runs=runs)
        free = outside(runs, [table.box for table in tables])
        lines = set_lines(free)
        unruled = borderless_tables(page, tables, lines)
        if unruled:
            tables = [*tables, *unruled]
            lines = set_lines(outside(free, [table.box for table in unruled]))
        items = _merged([line for _, line in lines], tables) if tables else _in_columns(page, lines)
        pictured = page.pictured and not page.scanned
        yield FlowPage(page.number, page.width, page.height, tuple(items), page.scanned, pictured)


def _merged(lines: Sequence[PrintedLine], tables: Sequence[PrintedTable]) -> list[PrintedLine | PrintedTable]:
    """Put each table before the first line that stands lower than its top; lines keep their order."""
    merged: list[PrintedLine | PrintedTable] = []
    waiting = sorted(tables, key=lambda table: (table.box.top, table.box.left))
    for line in lines:
        while waiting and waiting[0].box.top < (line.box.top + line.box.bottom) / 2:
            merged.append(waiting.pop(0))
        merged.append(line)
    return merged + waiting


def _in_columns(page: PrintedPage, lines: Sequence[SetLine]) -> list[PrintedLine]:
    """Return the lines of a page without tables, from the top down; of two columns of text the left first."""
    chars = page.chars
    whole = [line for _, line in lines]
    gutter = None if len(chars) < _COLUMN_CHARS or _crossed(page, whole) else _gutter(page, chars)
    if gutter is None:
        return whole
    top, bottom = (share * page.height for share in _COLUMN_BODY)
    body = [char for char in chars if top <= char.top <= bottom]
    sides = [
        text_lines([char for char in body if (char.left < gutter) is left_side])
        for left_side in (True, False)
    ]
    edge = max(line.box.right for line in sides[0])
    em = max(line.box.bottom - line.box.top for line in sides[0])
    full = sum(line.box.right > edge - 2 * em for line in sides[0])
    if min(map(len, sides)) < _COLUMN_LINES or full < _COLUMN_FULL * len(sides[0]):
        return whole
    head = text_lines([char for char in chars if char.top < top])
    return [*head, *sides[0], *sides[1], *text_lines([char for char in chars if char.top > bottom])]


def _crossed(page: PrintedPage, lines: Iterable[PrintedLine]) -> bool:
    """Tell whether a line runs without a gap over all places where a gutter may stand."""
    top, bottom = (share * page.height for share in _COLUMN_BODY)
    left, right = (share * page.width for share in _MIDDLE)
    return any(
        line.box.left <= left and line.box.right >= right and top <= line.box.top <= bottom
        for line in lines
        if " " not in line.text
    )


def _gutter(page: PrintedPage, chars: Sequence[Char]) -> float | None:
    """Return the middle of the empty band that parts two columns of text, None when there is none."""
    top, bottom = (share * page.height for share in _COLUMN_BODY)
    left, right = (share * page.width for share in _MIDDLE)
    used: set[int] = set()
    for char in chars:
        if char[3] >= left and char[1] <= right and top <= char[2] <= bottom:
            used.update(range(int(char[1]) // _BUCKET, int(char[3]) // _BUCKET + 1))
    run = 0
    for bucket in range(int(left) // _BUCKET, int(right) // _BUCKET + 1):
        run = 0 if bucket in used else run + 1
        if run == _GUTTER:
            return (bucket - _GUTTER / 2 + 1) * _BUCKET
    return None
