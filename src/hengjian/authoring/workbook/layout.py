"""Where a form's rows and columns stand on a sheet, before anything is written.

A sheet has a hidden row and hidden columns that say what each column and row is, so that they are found again
after rows and columns were moved. A table of two sides is two panels side by side. Positions count from 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from hengjian.documents.book import Position
from hengjian.filing import Sheet
from hengjian.kernel import Amount, MoneyUnit
from hengjian.packs import Standards
from hengjian.packs.schema import Column, Form, Row

SPARE_ROWS = 8
"""Blank rows for codes that are not in the table yet."""
MARK_ROW, TITLE_ROW, UNIT_ROW, HEAD_ROW = 0, 1, 2, 3
"""Rows above a table; the heads take two rows where a column stands under a head."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One side of a table, or all of it: where its row ids (hidden), codes, names and columns stand."""

    side: str | None
    row_ids: int
    codes: int | None
    names: int
    columns: Mapping[str, int]

    @property
    def last(self) -> int:
        """The panel's last column on the sheet."""
        return max(self.columns.values(), default=self.names)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a panel; `row` is None where it is a spare one, `level` counts how far its name is set in."""

    row: str | None
    name: str
    level: int
    at: int


@dataclass(frozen=True)
class Layout:
    """A form laid out: `heads` are the two levels above each column, `lines` the rows of each panel."""

    form: Form
    sheet: Sheet | None
    panels: tuple[Panel, ...]
    heads: Mapping[str, tuple[str | None, str]]
    lines: tuple[tuple[Line, ...], ...]

    @property
    def head_rows(self) -> int:
        """How many rows the heads take."""
        return 2 if any(above for above, _ in self.heads.values()) else 1

    @property
    def first_row(self) -> int:
        """The first row below the heads."""
        return HEAD_ROW + self.head_rows

    @property
    def last_row(self) -> int:
        """The last row of the table."""
        return max((line.at for lines in self.lines for line in lines), default=self.first_row - 1)

    @property
    def last_column(self) -> int:
        """The last column of the table."""
        return self.panels[-1].last

    @cached_property
    def cells(self) -> dict[tuple[str, str], Position]:
        """Where each cell that the form has stands, by row and column; spare rows are not among them."""
        return {
            (line.row, column): (line.at, at)
            for panel, lines in zip(self.panels, self.lines, strict=True)
            for line in lines
            if line.row is not None
            for column, at in self.cells_of(panel, line)
        }

    def cells_of(self, panel: Panel, line: Line) -> Iterator[tuple[str, int]]:
        """Yield the columns in which a line has a cell."""
        side = panel.side if line.row is None else side_of(self.form, line.row)
        for column in self.form.columns:
            if column.id in panel.columns and self.form.has_cell(side, column):
                yield column.id, panel.columns[column.id]


def lay_out(form: Form, sheet: Sheet | None, standards: Standards) -> Layout:
    """Lay out a form with the rows of its sheet; rows that the form has and the sheet lacks are offered."""
    sides = _sides(form)
    panels: list[Panel] = []
    start = 0
    for side in sides:
        panels.append(_panel(form, side, start))
        start = panels[-1].last + 1
    layout = Layout(form, sheet, tuple(panels), _heads(form.columns), ())
    names = _names(form, sheet, standards)
    lines = tuple(tuple(_lines(form, names, side, layout.first_row)) for side in sides)
    return Layout(form, sheet, layout.panels, layout.heads, lines)


def side_of(form: Form, row: str) -> str | None:
    """Return the side that a row stands on; None in a table of one side."""
    fixed = form.row(row)
    if fixed is not None:
        return fixed.side
    return form.code_rows.side if form.code_rows is not None else None


def place_row(rows: Iterable[str], row: str, form: Form) -> int:
    """Return where a row belongs among printed rows: codes in order, fixed rows as the form has them.

    Codes stand below the total of a table of one side, and above the totals of their side in one of two.
    """
    printed = list(rows)
    side = form.code_rows.side if form.code_rows is not None else None
    codes = {each for each in printed if form.row(each) is None}
    fixed = form.row(row)
    if fixed is None:
        above = {each for each in codes if each < row}
        below = codes or {each.id for each in form.rows if side is not None and each.side == side}
        first = next((index for index, each in enumerate(printed) if each in below), len(printed))
    else:
        order = [each.id for each in form.rows]
        above, first = set(order[: order.index(row)]), 0
        if side is not None and fixed.side == side:
            above |= codes
    return max((index + 1 for index, each in enumerate(printed) if each in above), default=first)


def unit_of(form: Form, sheet: Sheet | None) -> MoneyUnit:
    """Return the unit a sheet is written in: that of most of its amounts, else the form's."""
    figures = sheet.figures.values() if sheet is not None else ()
    units = Counter(each.value.unit for each in figures if isinstance(each.value, Amount))
    return max(units, key=lambda unit: (units[unit], -unit.exponent), default=form.unit)


def _sides(form: Form) -> tuple[str | None, ...]:
    """Return the sides that stand side by side; one None where the table has one side."""
    sides = [row.side for row in form.rows]
    if form.code_rows is not None:
        sides.append(form.code_rows.side)
    return ("income", "expenditure") if set(sides) == {"income", "expenditure"} else (None,)


def _panel(form: Form, side: str | None, start: int) -> Panel:
    has_codes = form.code_rows is not None and side is None
    names = start + 1 + has_codes
    columns = [column.id for column in form.columns if form.has_cell(side, column)]
    places = {column: names + 1 + index for index, column in enumerate(columns)}
    return Panel(side, start, start + 1 if has_codes else None, names, places)


def _heads(columns: tuple[Column, ...]) -> dict[str, tuple[str | None, str]]:
    """Return the heads of each column. A column that may stand under its neighbour's head does so."""
    heads: dict[str, tuple[str | None, str]] = {}
    above: str | None = None
    for column in columns:
        under = [caption for caption in column.captions if above and caption.startswith(f"{above}/")]
        head, slash, caption = (under or column.captions)[0].partition("/")
        above = head if slash else None
        heads[column.id] = (above, caption if slash else head)
    return heads


def _names(form: Form, sheet: Sheet | None, standards: Standards) -> dict[str, str]:
    """Return the rows to print with their names."""
    names = dict(sheet.rows) if sheet is not None else {}
    missing = {row.id: row.captions[0] for row in form.rows if row.id not in names}
    if sheet is None or not sheet.rows:
        missing |= _listed_codes(form, standards)
    for row, name in missing.items():
        at = place_row(names, row, form)
        printed = list(names.items())
        names = dict([*printed[:at], (row, name), *printed[at:]])
    return names


def _listed_codes(form: Form, standards: Standards) -> dict[str, str]:
    """Return the classes that a table without a code column lists; where codes are printed they are typed."""
    codes = form.code_rows
    scheme = standards.schemes.get(codes.scheme) if codes is not None else None
    if codes is None or codes.side is None or scheme is None:
        return {}
    return {code: item.name for code, item in scheme.items.items() if len(code) == codes.levels[0]}


def _lines(form: Form, names: Mapping[str, str], side: str | None, first: int) -> Iterator[Line]:
    at = first
    printed: set[str] = set()
    for row, name in names.items():
        if side is None or side_of(form, row) == side:
            yield Line(row, name, _level(form, row, printed), at)
            printed.add(row)
            at += 1
    if form.code_rows is not None and form.code_rows.side in {None, side}:
        for spare in range(SPARE_ROWS):
            yield Line(None, "", 0, at + spare)


def _level(form: Form, row: str, printed: set[str]) -> int:
    """Return how far a name is set in: below its code's parents, or below the row that it is part of."""
    fixed = form.row(row)
    if fixed is not None:
        return _depth(form, fixed, printed)
    levels = form.code_rows.levels if form.code_rows is not None else ()
    return levels.index(len(row)) if len(row) in levels else 0


def _depth(form: Form, row: Row, printed: set[str]) -> int:
    depth = 0
    whole = row.of_which
    while whole is not None and whole in printed and depth < len(form.rows):
        above = form.row(whole)
        depth += 1
        whole = above.of_which if above is not None else None
    return depth
