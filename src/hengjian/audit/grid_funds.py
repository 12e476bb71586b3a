"""The funds of a project or a department in a grid table, as sheets of the forms that declare them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hengjian.audit.grid_heads import paths_of
from hengjian.audit.grid_indicators import points_of
from hengjian.audit.grid_labels import GridRow, LabelBook, place_of
from hengjian.audit.grid_sheet import read_measure
from hengjian.audit.grid_words import FormWords, joined
from hengjian.audit.tables import is_figure, money_unit, one_line, words
from hengjian.documents import Cell, DocumentTree
from hengjian.filing import Sheet
from hengjian.kernel import Figure, Finding, MoneyUnit, NotANumberError, Place
from hengjian.packs import squeeze
from hengjian.packs.schema import Column

FUNDS_COLUMNS = ("initial", "adjusted", "executed", "rate")
POINTS_COLUMNS = ("weight", "score", "reason")
_FEWEST_COLUMNS = 2
_ROW_PREFIX = "funds_"
MONEY_UNIT_BEHIND = re.compile(r"(?:亿|万)?元\s*$")


@dataclass(frozen=True, slots=True)
class FundsHead:
    """The columns of a project's funds by id of the form, and those of points and reason by label."""

    columns: Mapping[str, int]
    points: Mapping[str, int]
    stated: bool = False
    """Whether the heads stand beside the total's figures, not over them."""


@dataclass(slots=True)
class Funds:
    """A sheet of funds while it is read; `rows` keeps printed order."""

    tree: DocumentTree
    words: FormWords
    book: LabelBook
    title: str | None
    unit: MoneyUnit
    rows: dict[str, str] = field(default_factory=dict)
    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    weight: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    execution: Place | None = None
    place: Place | None = None

    def sheet(self) -> Sheet | None:
        """Return the sheet, None when no row has been read."""
        if not self.rows:
            return None
        return Sheet(self.words.form.form, dict(self.rows), dict(self.figures), self.place or Place())

    def row_id(self, text: str) -> str | None:
        """Return the row of the form that a caption names: by the form's own words or by a label."""
        ids = self.book.ids(text)
        for row in self.words.form.rows:
            if f"{_ROW_PREFIX}{row.id}" in ids:
                return row.id
        found = self.words.rows(text, None)
        return found[0].id if found else None

    def read_row(self, row: GridRow, head: FundsHead) -> bool:
        """Read a row under the head; False when it is no row of funds."""
        first = min(head.columns.values())
        labels = [cell for cell in row.filled if cell.column < first]
        values = {name: row.at(column) for name, column in head.columns.items()}
        own = {name: cell for name, cell in values.items() if cell is not None and cell.row == row.number}
        stated = any(is_figure(cell.text) for cell in own.values())
        if not labels:
            return False
        row_id = self._row_of(labels[-1], head)
        if row_id is None or row_id in self.rows:
            if stated:
                self.unmapped.append(one_line(labels[-1].text))
            return stated
        self._enter(row, row_id, labels[-1], own)
        if row_id == self._total():
            self._points(row, labels[-1], head)
        return True

    def _row_of(self, label: Cell, head: FundsHead) -> str | None:
        row_id = self.row_id(label.text)
        if row_id is None and head.stated and not self.rows:
            return self._total()
        return row_id

    def _total(self) -> str:
        return next(row.id for row in self.words.form.rows if row.of_which is None)

    def _enter(self, row: GridRow, row_id: str, label: Cell, cells: Mapping[str, Cell]) -> None:
        name = one_line(label.text)
        self.rows[row_id] = name
        shown = [cell for cell in row.cells if cell.column >= label.column]
        place = place_of(self.tree, row.table, shown, self.title, name)
        self.place = self.place or place
        for column_id, cell in cells.items():
            column = self.words.form.column(column_id)
            if column is not None:
                self.enter(row_id, column, cell, replace(place, column=column.captions[0]))

    def enter(self, row: str, column: Column, cell: Cell, place: Place) -> None:
        """Enter a cell's figure, or report that it is none."""
        try:
            measure = read_measure(cell.text, column, self.unit)
        except NotANumberError:
            text = one_line(cell.text)[:60]
            self.findings.append(Finding.of("table.not-a-number", place, stated=text, value=text))
            return
        if measure is not None:
            form = self.words.form.form
            self.figures[row, column.id] = Figure(form, row, column.id, measure, place)

    def _points(self, row: GridRow, label: Cell, head: FundsHead) -> None:
        texts = {name: cell.text for name, c in head.points.items() if (cell := row.at(c)) is not None}
        self.weight = points_of(one_line(texts.get("weight", "")))
        self.score = points_of(one_line(texts.get("score", "")))
        self.reason = texts["reason"].strip() if "reason" in texts else None
        reason = head.points.get("reason")
        shown = [cell for cell in row.cells if cell.column >= label.column and cell.column != reason]
        self.execution = place_of(self.tree, row.table, shown, self.title)


def funds_head(row: GridRow, book: LabelBook, form: FormWords) -> FundsHead | None:
    """Return the columns of a row that heads a project's funds, None for any other row.

    The heads stand over the figures, or each beside its own: ``预算数 | 88万 | 执行数 | 88万``.
    """
    columns: dict[str, int] = {}
    points: dict[str, int] = {}
    beside = 0
    for cell in row.filled:
        name = _column(cell, book, form)
        if name in POINTS_COLUMNS:
            points.setdefault(name, cell.column)
        elif name is not None and name not in columns:
            value = row.next_to(cell)
            figure = value is not None and value.row == row.number and is_amount(value.text)
            beside += figure
            columns[name] = value.column if figure and value is not None else cell.column
    if len(columns) < _FEWEST_COLUMNS or "executed" not in columns:
        return None
    return FundsHead(columns, points, stated=beside > 0)


def _column(cell: Cell, book: LabelBook, form: FormWords) -> str | None:
    label = book.one_of(cell.text, (*FUNDS_COLUMNS, *POINTS_COLUMNS))
    if label is not None:
        return label
    hit = form.column((cell.text,))
    return hit.column.id if hit is not None else None


def is_amount(text: str) -> bool:
    """Tell whether a cell holds a figure, with or without a money unit behind it."""
    return is_figure(squeeze(text).rstrip("元万亿")) if text.strip() else False


def unit_near(rows: Sequence[GridRow], extra: Sequence[str]) -> MoneyUnit | None:
    """Return the money unit that the cells of some rows state, or the notes around their table; else None."""
    texts = [cell.text for row in rows for cell in row.shown if len(cell.text) <= 60]  # noqa: PLR2004
    return money_unit((*texts, *extra))


def read_overall(rows: Sequence[GridRow], funds: Funds) -> None:
    """Read a department's funds: heads over one line of figures, or each row's figures beside its name."""
    for index, row in enumerate(rows):
        names = {found.id for cell in row.filled for found in funds.words.rows(cell.text, None)}
        if len(names) >= _FEWEST_COLUMNS and not any(is_figure(cell.text) for cell in row.filled):
            _read_line(rows[index:], funds)
        elif names and not funds.figures:
            _read_beside(row, funds)
        if funds.figures and index + 1 < len(rows) and not names:
            return


def _read_line(rows: Sequence[GridRow], funds: Funds) -> None:
    """Read the first line of figures below heads that name row and source."""
    table = rows[0].table
    within = [row for row in rows if row.table is table]
    line = next((i for i, row in enumerate(within) if any(is_figure(c.text) for c in row.filled)), None)
    if not line:
        return
    row = within[line]
    paths = paths_of([each.grid for each in within[:line]])
    total = next((c for c in funds.words.form.columns if c.id == "total"), funds.words.form.columns[0])
    quote = words(row.cells)
    for column, path in enumerate(paths):
        found = funds.words.cell(path)
        cell = row.at(column)
        if found is None or cell is None or cell.column != column:
            continue
        form_row, form_column = found
        place = replace(place_of(funds.tree, table, [cell], funds.title, form_row.captions[0]), quote=quote)
        funds.rows.setdefault(form_row.id, path[-1] if len(path) == 1 else path[-2])
        funds.place = funds.place or place
        funds.enter(form_row.id, form_column or total, cell, replace(place, column=joined(path)))


def _read_beside(row: GridRow, funds: Funds) -> None:
    """Read figures that stand right of their names."""
    for cell in row.filled:
        found = funds.words.rows(cell.text, None)
        value = row.next_to(cell)
        if not found or value is None or not is_amount(value.text) or found[0].id in funds.rows:
            continue
        column = funds.words.form.columns[0]
        place = place_of(funds.tree, row.table, [cell, value], funds.title, one_line(cell.text))
        funds.rows[found[0].id] = one_line(cell.text)
        funds.place = funds.place or place
        funds.enter(found[0].id, column, value, place)


__all__ = [
    "FUNDS_COLUMNS",
    "MONEY_UNIT_BEHIND",
    "Funds",
    "FundsHead",
    "funds_head",
    "is_amount",
    "read_overall",
    "unit_near",
]
