"""A printed page as geometry: characters, ruling lines, and the tables found among them.

Readers of PDF files and of scans make these; `page_flow` turns them into passages and tables. Coordinates
are points (1/72 inch) from the page's top left corner as a person looks at it, y growing downwards; pages
and text that stand rotated are turned upright before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points: `left` < `right`, `top` < `bottom`."""

    left: float
    top: float
    right: float
    bottom: float


class Char(NamedTuple):
    """A printed character with the edges of its box; never white space."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A straight ruling line, horizontal (`top` == `bottom`) or vertical (`left` == `right`)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: `number` from 1, its size, characters in the file's order, and ruling lines.

    `scanned` tells that the characters were recognised in a picture and may be wrong; `pictured` that a
    picture covers the page, so that a page without characters is a scan that was not recognised.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    scanned: bool = False
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text on a page with its box; a space stands where a wide gap parts words."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A table cell at its anchor (`row`, `column` from 0), with its lines of text from the top down."""

    lines: tuple[PrintedLine, ...]
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table on one page.

    `rows` is the full rectangular grid, a merged cell by reference at each position it covers; `columns` are
    the positions of the vertical edges, one more than there are columns; `ruled` tells that lines were drawn
    round the cells. `open_top` and `open_bottom` tell that the outer line is missing there, as where a cell
    goes on over the page.
    """

    box: Box
    rows: tuple[tuple[PrintedCell, ...], ...]
    columns: tuple[float, ...]
    ruled: bool = True
    open_top: bool = False
    open_bottom: bool = False
