"""From printed pages to lines and tables in reading order, page by page: no page's characters are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hengjian.documents.borderless import borderless_tables
from hengjian.documents.printed import Char, PrintedLine, PrintedPage, PrintedTable
from hengjian.documents.ruled import ruled_tables
from hengjian.documents.text_lines import text_lines

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
        tables = ruled_tables(page)
        tables = [*tables, *borderless_tables(page, tables)]
        lines = _lines(page, _outside(page.chars, tables))
        items = lines if not tables else _merged(lines, tables)
        pictured = page.pictured and not page.scanned
        yield FlowPage(page.number, page.width, page.height, tuple(items), page.scanned, pictured)


def _outside(chars: Sequence[Char], tables: Sequence[PrintedTable]) -> Sequence[Char]:
    """Return the characters whose centre lies in no table."""
    for table in tables:
        # Twice the edges, against twice the centres.
        left, top, right, bottom = (2 * edge for edge in table.box)
        chars = [
            char
            for char in chars
            if not (top <= char[2] + char[4] <= bottom and left <= char[1] + char[3] <= right)
        ]
    return chars


def _merged(lines: Sequence[PrintedLine], tables: Sequence[PrintedTable]) -> list[PrintedLine | PrintedTable]:
    """Put each table before the first line that stands lower than its top; lines keep their order."""
    merged: list[PrintedLine | PrintedTable] = []
    waiting = sorted(tables, key=lambda table: (table.box.top, table.box.left))
    for line in lines:
        while waiting and waiting[0].box.top < (line.box.top + line.box.bottom) / 2:
            merged.append(waiting.pop(0))
        merged.append(line)
    return merged + waiting


def _lines(page: PrintedPage, chars: Sequence[Char]) -> list[PrintedLine]:
    """Return lines from the top down; of two columns of text the left one first."""
    gutter = _gutter(page, chars) if len(chars) >= _COLUMN_CHARS and len(chars) == len(page.chars) else None
    if gutter is None:
        return text_lines(chars)
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
        return text_lines(chars)
    head = text_lines([char for char in chars if char.top < top])
    return [*head, *sides[0], *sides[1], *text_lines([char for char in chars if char.top > bottom])]


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
