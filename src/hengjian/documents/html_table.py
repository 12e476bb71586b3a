"""The cells of a web page's table: where each stands, as browsers lay tables out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hengjian.documents.bounds import Bounds, check_grid
from hengjian.documents.html_furniture import Element, text_of

_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = frozenset({"td", "th"})
MOST_COLUMNS, MOST_ROWS = 1000, 65_534
"""What browsers hold spans to (HTML Living Standard, 4.9.11)."""

_FEW, _SHORT, _LONG = 2, 60, 500


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell's element with the row and column it begins in, from 0, and its spans."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int


def rows_of(table: Element) -> Iterator[list[list[Element]]]:
    """Yield the groups of rows of a table, head first and foot last; a row is its cells."""
    groups: dict[str, list[list[list[Element]]]] = {name: [] for name in _GROUPS}
    loose: list[list[Element]] = []
    for child in table:
        if child.tag in groups:
            loose = []
            groups[str(child.tag)].append(_group(child))
        elif child.tag == "tr" or child.tag in _CELLS:
            if not loose:
                groups["tbody"].append(loose)
            _add(loose, child)
    for name in _GROUPS:
        yield from groups[name]


def _group(parent: Element) -> list[list[Element]]:
    rows: list[list[Element]] = []
    for child in parent:
        _add(rows, child)
    return rows


def _add(rows: list[list[Element]], child: Element) -> None:
    if child.tag == "tr":
        rows.append([cell for cell in child if cell.tag in _CELLS])
    elif child.tag in _CELLS:
        # A cell outside any row goes on the row before it.
        rows[-1:] = [[*(rows[-1] if rows else []), child]]


def is_layout(table: Element) -> bool:
    """Tell whether a table only frames parts of a page.

    Such a table has rows of one cell, or one row with an article in it, or whole tables and little else.
    """
    rows = [row for group in rows_of(table) for row in group if row]
    cells = [cell for row in rows for cell in row]
    if all(len(row) == 1 for row in rows):
        return True
    if len(rows) == 1 and any(_is_article(cell) for cell in cells):
        return True
    holding = {cell for cell in cells if cell.find(".//table") is not None}
    if not holding:
        return False
    own = (sum(cell not in holding and _is_short(cell) for cell in row) for row in rows)
    return sum(count >= _FEW for count in own) < _FEW


def _is_article(cell: Element) -> bool:
    return len(cell) >= _FEW and len(text_of(cell)) > _LONG


def _is_short(cell: Element) -> bool:
    return 0 < len(text_of(cell).strip()) <= _SHORT


@dataclass(slots=True)
class Layout:
    """Places the cells of a table; a cell never covers another, and none reaches beyond its group of rows."""

    bounds: Bounds
    cells: list[Placed] = field(default_factory=list)
    positions: int = 0

    def place(self, table: Element) -> list[Placed]:
        """Return the cells; raises InputError when they span more positions than the bound of cells."""
        top = 0
        for group in rows_of(table):
            until: list[int] = []
            for r, row in enumerate(group, top):
                self._row(row, r, top + len(group), until)
            top += len(group)
        return self.cells

    def _row(self, row: list[Element], r: int, bottom: int, until: list[int]) -> None:
        """Place a row; `until` is, for each column, the row that the cells above leave it free from."""
        column = 0
        for element in row:
            while column < len(until) and until[column] > r:
                column += 1
            columns = min(max(_whole(element, "colspan"), 1), MOST_COLUMNS)
            free = next((i for i in range(column, min(column + columns, len(until))) if until[i] > r), None)
            columns = columns if free is None else free - column
            down = _whole(element, "rowspan")
            rows = bottom - r if down == 0 else min(max(down, 1), MOST_ROWS, bottom - r)
            self.positions += columns
            check_grid(self.positions, 1, self.bounds)
            until += [0] * (column + columns - len(until))
            until[column : column + columns] = [r + rows] * columns
            self.cells.append(Placed(element, r, column, rows, columns))
            column += columns


def _whole(element: Element, name: str) -> int:
    """Return a span as browsers read it: the digits that it begins with, 1 when there are none."""
    text = element.get(name, "1").strip()
    digits = text[: len(text) - len(text.lstrip("0123456789"))][:9]
    return int(digits) if digits else 1
