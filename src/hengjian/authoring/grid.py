"""Rows of cells on a grid: where each cell stands, and how tall the rows will be.

Cells are given as in HTML: from left to right, a cell that spans rows or columns once, and nothing for the
positions that it covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

MILLIMETRES_PER_POINT = 25.4 / 72
PADDING_BESIDE, PADDING_ABOVE, BORDER = 1.0, 0.35, 0.18
"""Millimetres between a text and the lines around it, and of a line."""

_NARROW, _LOOSE = 0.55, 1.03
"""Width of a Latin letter in ems, and what line breaking wastes."""

_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Size:
    """A type size for a table: points of the type and of its lines, and a row's least millimetres.

    Paragraph styles of the size bear its suffix.
    """

    suffix: str
    points: float
    leading: float
    row: float

    @property
    def em(self) -> float:
        """The width of an ideograph in millimetres."""
        return self.points * MILLIMETRES_PER_POINT

    @property
    def line(self) -> float:
        """The height of a line in millimetres."""
        return self.leading * MILLIMETRES_PER_POINT


FULL = Size("", 10.5, 14, 6.2)
"""五号: what a table is set in."""

SMALL = Size("Small", 9, 12, 4.9)
"""小五: for a table that fits its page only so."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, the paragraph style it is set in and the columns and rows it spans.

    `without` names the edges that bear no line, of ``top``, ``bottom``, ``left`` and ``right``; where two
    cells meet, both must leave the line out. An `even` text is broken so that no line ends up with a
    single character.
    """

    text: str = ""
    style: str = "FormText"
    columns: int = 1
    rows: int = 1
    without: tuple[str, ...] = ()
    even: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, at least `height` times as high as the size's row.

    A `repeated` row stands again at the head of each further page; such rows come first. `keep` holds a
    row on the page of the next. A row is not broken over pages, unless it may be too tall for one.
    """

    cells: tuple[Cell, ...]
    height: float = 1
    repeated: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in one of its rows: its first column, its width, and whether it begins or ends in the row."""

    cell: Cell
    column: int
    width: float
    first: bool
    last: bool

    def lines(self, size: Size) -> list[str]:
        """Return the paragraphs of the text, which may take several lines each."""
        found = lines(self.cell.text)
        room = self._room(size)
        return [part for line in found for part in _even(line, room)] if self.cell.even else found

    def height(self, size: Size) -> float:
        """Estimate the height of the whole cell in millimetres; never less than one line."""
        room = self._room(size)
        count = sum(max(1, ceil(_ems(line) * _LOOSE / room)) for line in self.lines(size))
        return count * size.line + 2 * PADDING_ABOVE + BORDER

    def _room(self, size: Size) -> float:
        """The ems that a line has room for, at least one."""
        return max((self.width - 2 * PADDING_BESIDE) / size.em, 1)


def placed(rows: Sequence[Row], widths: Sequence[float]) -> list[list[Placed]]:
    """Put the cells of each row into the columns that spans from above leave free.

    Raises ValueError when the cells of a row do not fill the grid exactly.
    """
    hanging: dict[int, tuple[Cell, int]] = {}
    found = [_placed(number, row, widths, hanging) for number, row in enumerate(rows, 1)]
    if hanging:
        message = "a cell spans more rows than there are"
        raise ValueError(message)
    return found


def heights(rows: Sequence[Row], widths: Sequence[float], size: Size) -> list[float]:
    """Estimate the height of each row in millimetres; what spans rows is added to the last of them."""
    found: list[float] = []
    begun: dict[int, int] = {}
    for number, (row, cells) in enumerate(zip(rows, placed(rows, widths), strict=True)):
        height = row.height * size.row + BORDER
        for item in cells:
            if item.first:
                begun[item.column] = number
            if item.last:
                height = max(height, item.height(size) - sum(found[begun[item.column] :]))
        found.append(height)
    return found


def lines(text: str) -> list[str]:
    r"""Split a text at its line breaks and take out what XML cannot hold or nobody can see.

    A character that cannot be written but might be meant is shown as U+FFFD.

    >>> lines("first\vsecond\x00\r\nthird\ud800")
    ['first', 'second', 'third\ufffd']
    """
    return [_UNWRITABLE.sub("\ufffd", _INVISIBLE.sub("", line)) for line in _LINE_BREAKS.split(text)]


@lru_cache(maxsize=4096)
def _ems(line: str) -> float:
    wide = sum(1 for character in line if east_asian_width(character) in "WFA")
    return wide + _NARROW * (len(line) - wide)


@lru_cache(maxsize=1024)
def _even(line: str, room: float) -> tuple[str, ...]:
    """Break a line that does not fit into even ones, after an even number of characters.

    Most Chinese words have two.

    >>> _even("预算执行情况", 5.5), _even("产出与效果", 4), _even("未完成原因分析", 7)
    (('预算执行', '情况'), ('产出与', '效果'), ('未完成原因分析',))
    """
    broken = [
        tuple(line[start : start + length] for start in range(0, len(line), length))
        for length in range(1, len(line) + 1)
    ]
    fitting = [parts for parts in broken if all(_ems(part) <= room for part in parts)]
    return min(fitting, key=_unevenness, default=(line,))


def _unevenness(parts: tuple[str, ...]) -> tuple[int, bool, int, int]:
    """Prefer few lines, then no lone character, then lines of an even length, then short ones."""
    alone = len(parts) > 1 and len(parts[-1]) == 1
    return (len(parts), alone, len(parts[0]) % 2, len(parts[0]))


def _placed(
    number: int, row: Row, widths: Sequence[float], hanging: dict[int, tuple[Cell, int]]
) -> list[Placed]:
    fresh = iter(row.cells)
    found: list[Placed] = []
    column = 0
    while column < len(widths):
        cell, left = hanging.pop(column, (None, 0))
        first = cell is None
        if cell is None:
            cell = next(fresh, None)
            if cell is None:
                message = f"row {number} leaves columns empty from column {column + 1} on"
                raise ValueError(message)
            left = cell.rows
        if left > 1:
            hanging[column] = (cell, left - 1)
        width = sum(widths[column : column + cell.columns])
        found.append(Placed(cell, column, width, first, left == 1))
        column += cell.columns
    if column > len(widths) or next(fresh, None) is not None or _covered(found, hanging):
        message = f"row {number} has more cells than columns"
        raise ValueError(message)
    return found


def _covered(found: Iterable[Placed], hanging: Iterable[int]) -> bool:
    """Tell whether a cell of the row covers a column in which one from above hangs."""
    starts = {item.column for item in found}
    return any(column not in starts for column in hanging)
