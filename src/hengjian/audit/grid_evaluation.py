"""One evaluation or target form in grid tables, read row by row into its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hengjian.audit.grid_funds import (
    MONEY_UNIT_BEHIND,
    Funds,
    funds_head,
    is_amount,
    read_overall,
    unit_near,
)
from hengjian.audit.grid_indicators import IndicatorRows, indicator_head, points_of
from hengjian.audit.grid_labels import GridRow, LabelBook, place_of
from hengjian.audit.grid_sheet import unmapped
from hengjian.audit.grid_words import FormWords
from hengjian.audit.tables import claimed_score, one_line, split_name
from hengjian.documents import Cell, DocumentTree
from hengjian.filing import Indicator, OverallTargets, Project
from hengjian.kernel import Finding, Place

NARRATIVE = (
    "department", "unit_stamp", "annual_goal", "goal_result", "overview", "conclusion", "problems",
    "measures", "reason",
)  # fmt: skip
_SIDES = ("basics", "goal_completion")
_GOALS = ("annual_goal", "goal_result")
_CLOSING = ("conclusion", "problems", "measures", "project_head", "finance_head", "overall_notes")
_HEAD_ROWS = 8
_AMOUNT = ("funds_total",)


@dataclass(frozen=True, slots=True)
class Reading:
    """What forms are read with: the document, the labels in use and the words of both fund forms."""

    tree: DocumentTree
    book: LabelBook
    funds: FormWords | None
    overall: FormWords | None


@dataclass(slots=True)
class FormRows:
    """The rows of one form; `title` is its caption, `name` the project's when the caption gives it."""

    rows: list[GridRow]
    title: str
    name: str = ""
    overall: bool = False


@dataclass(slots=True)
class FormReader:
    """Reads the rows of one form."""

    reading: Reading
    form: FormRows
    code: str | None = None
    name: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    weight: Decimal | None = None
    score: Decimal | None = None
    funds: Funds | None = None
    _unmapped: list[str] = field(default_factory=list)
    _amount_only: bool = False
    _levels: tuple[str, str] = ("", "")

    def read(self) -> None:
        """Read every row, part by part."""
        self.name = self.form.name
        rows = self.form.rows
        at = 0
        while at < len(rows):
            at = self._part(rows, at)
        if self._unmapped:
            self.findings.append(unmapped(self._place(), [f"“{n}”" for n in dict.fromkeys(self._unmapped)]))

    def project(self) -> Project:
        """Return the project of the form."""
        funds = self.funds
        return Project(
            name=self.name,
            code=self.code,
            funds=funds.sheet() if funds is not None else None,
            indicators=tuple(self.indicators),
            execution_weight=funds.weight if funds is not None else None,
            execution_score=funds.score if funds is not None else None,
            stated_weight=self.weight,
            stated_score=self.score,
            conclusion_score=claimed_score(self.texts.get("conclusion", "")),
            texts=dict(self.texts),
            place=self.places.get("project_name", self._place()),
            places=dict(self.places),
        )

    def overall(self) -> OverallTargets:
        """Return the overall targets of the form."""
        words, tree = self.reading.overall, self.reading.tree
        sheet = unit = None
        if words is not None:
            before = [row for row in self.form.rows if indicator_head(row, self.reading.book) is None]
            notes = (self.form.title, *self.form.rows[0].table.notes)
            unit = unit_near(before[:_HEAD_ROWS], notes)
            funds = Funds(tree, words, self.reading.book, self.form.title, unit or words.form.unit)
            read_overall(before, funds)
            sheet = funds.sheet()
            self.findings += funds.findings
        label = unit.label if unit is not None else None
        return OverallTargets(sheet, tuple(self.indicators), label, self._place())

    def _part(self, rows: Sequence[GridRow], at: int) -> int:
        """Read the part that begins at a row; return the row to go on with."""
        row, book = rows[at], self.reading.book
        if (head := indicator_head(row, book)) is not None:
            self._unmapped += head.unmapped
            reader = IndicatorRows(self.reading.tree, head, self._title(), levels=self._levels)
            return self._read_indicators(rows, at + 1, reader)
        if not self.form.overall and self.reading.funds is not None:
            after = self._read_funds(rows, at, self.reading.funds)
            if after > at:
                return after
        heads = {label: cell for cell in row.cells if (label := book.one_of(cell.text, _GOALS)) is not None}
        if len(heads) == len(_GOALS) and _is_below(row, heads):
            return self._read_below(rows, at, heads)
        if not self.form.overall and self.funds is None and self.reading.funds is not None:
            self._read_amount(row, self.reading.funds)
        self._read_pairs(row)
        return at + 1

    def _read_amount(self, row: GridRow, form: FormWords) -> None:
        """Read the year's amount of a form of targets, which stands beside its label.

        Without a unit printed nearby it is left: it may be in yuan or in ten thousands of them.
        """
        label = next((cell for cell in row.filled if self.reading.book.one_of(cell.text, _AMOUNT)), None)
        value = row.next_to(label) if label is not None else None
        column = form.form.column("initial")
        if label is None or value is None or column is None or not is_amount(value.text):
            return
        unit = unit_near(self.form.rows[:_HEAD_ROWS], (*row.table.notes, self.form.title))
        if unit is None and not MONEY_UNIT_BEHIND.search(value.text):
            return
        place = place_of(self.reading.tree, row.table, [label, value], self._title(), one_line(label.text))
        funds = Funds(self.reading.tree, form, self.reading.book, self._title(), unit or form.form.unit)
        funds.rows["total"], funds.place = one_line(label.text), place
        funds.enter("total", column, value, place)
        self.funds, self._amount_only = funds, True

    def _read_pairs(self, row: GridRow) -> None:
        """Read label and value cells that stand side by side."""
        cells = row.cells
        for index, cell in enumerate(cells):
            label, text, used = self._pair(cells, index)
            if label == "project_name":
                self._name(text, place_of(self.reading.tree, row.table, used, None))
            elif label is not None and label not in self.texts:
                self.texts[label] = text
                self.places[label] = place_of(self.reading.tree, row.table, used, self._title())
            elif label is None and cell.text.strip() and self.reading.book.one_of(cell.text, ("total",)):
                self._total(row)

    def _pair(self, cells: Sequence[Cell], index: int) -> tuple[str | None, str, list[Cell]]:
        """Return label, value and cells of the pair that begins at a cell; no label when none does."""
        book, cell = self.reading.book, cells[index]
        split = book.split(cell.text, ("project_name", *NARRATIVE))
        following = cells[index + 1] if index + 1 < len(cells) else None
        if split is not None and (split[1] or following is None):
            return split[0], split[1], [cell]
        label = book.one_of(cell.text, ("project_name", *NARRATIVE)) or (split[0] if split else None)
        side = label is None and book.one_of(cell.text, _SIDES) is not None
        if (label is None and not side) or following is None:
            return None, "", []
        if side:
            # 年度总体目标 is a side head in some forms and the goal's own label in others.
            is_text = following.text.strip() and not book.ids(following.text)
            return ("annual_goal", following.text.strip(), [cell, following]) if is_text else (None, "", [])
        if book.ids(following.text) and label != "project_name":
            return None, "", []
        return label, following.text.strip(), [cell, following]

    def _name(self, text: str, place: Place) -> None:
        self.code, self.name = split_name(text)
        self.places["project_name"] = replace(place, table=self.name or place.table)

    def _read_below(self, rows: Sequence[GridRow], at: int, heads: Mapping[str, Cell]) -> int:
        """Read texts that stand below their labels."""
        below = rows[at + 1] if at + 1 < len(rows) else None
        for label, head in heads.items():
            cell = below.at(head.column) if below is not None and below.table is rows[at].table else None
            if cell is None or below is None or cell.row != below.number:
                continue
            self.texts.setdefault(label, cell.text.strip())
            place = place_of(self.reading.tree, below.table, [head, cell], self._title())
            self.places.setdefault(label, place)
        return at + 2 + self._read_loose_result(rows, at + 2)

    def _read_loose_result(self, rows: Sequence[GridRow], at: int) -> int:
        """Take a text alone on its row for the result below whose label nothing stands; return the rows used.

        A blank line in the dump of a cell sets what follows it on a row of its own.
        """
        cells = rows[at].filled if at < len(rows) else []
        if self.texts.get("goal_result") != "" or len(cells) != 1 or self.reading.book.ids(cells[0].text):
            return 0
        if cells[0].column_span < rows[at].table.width:
            return 0
        self.texts["goal_result"] = cells[0].text.strip()
        self.places["goal_result"] = place_of(self.reading.tree, rows[at].table, cells, self._title())
        return 1

    def _read_funds(self, rows: Sequence[GridRow], at: int, form: FormWords) -> int:
        unread = self.funds is None or self._amount_only
        head = funds_head(rows[at], self.reading.book, form) if unread else None
        if head is None:
            return at
        notes = (*rows[at].table.notes, self.form.title)
        unit = unit_near(rows[max(at - 1, 0) : at + 1], notes) or form.form.unit
        funds = Funds(self.reading.tree, form, self.reading.book, self._title(), unit)
        index = at if head.stated else at + 1
        side = rows[at].grid[0]
        while index < len(rows) and rows[index].table is rows[at].table:
            inside = rows[index].grid[0] == side and side.row_span > 1
            if not funds.read_row(rows[index], head) and not inside:
                break
            index += 1
        if not funds.rows:
            return at
        self.funds, self._amount_only = funds, False
        self.findings += funds.findings
        self._unmapped += funds.unmapped
        if funds.execution is not None:
            self.places["execution"] = funds.execution
        if funds.reason is not None:
            self.texts["reason"] = funds.reason
            self.places["reason"] = funds.execution or self._place()
        return index

    def _read_indicators(self, rows: Sequence[GridRow], at: int, reader: IndicatorRows) -> int:
        """Read indicator rows up to the total or the first part that follows."""
        while at < len(rows):
            row = rows[at]
            if self._is_total(row, reader):
                self.weight, self.score = reader.points(row)
                self.places["total"] = place_of(self.reading.tree, row.table, row.cells, self._title())
                at += 1
                break
            if self._ends(row, reader):
                break
            indicator = reader.read(row)
            if indicator is not None:
                self.indicators.append(indicator)
            at += 1
        self.findings += reader.findings
        self._levels = reader.levels
        return at

    def _is_total(self, row: GridRow, reader: IndicatorRows) -> bool:
        first = next(iter(row.filled), None)
        limit = reader.head.columns["level3"]
        return first is not None and first.column <= limit and "total" in self.reading.book.ids(first.text)

    def _ends(self, row: GridRow, reader: IndicatorRows) -> bool:
        book = self.reading.book
        if row.table.width <= max(reader.head.columns.values()) or indicator_head(row, book) is not None:
            return True
        first = next(iter(row.filled), None)
        return first is not None and (
            book.one_of(first.text, _CLOSING) is not None or book.split(first.text, _CLOSING) is not None
        )

    def _total(self, row: GridRow) -> None:
        """Take weight and score from a total row that stands apart from the indicators."""
        if self.indicators and self.weight is None and self.score is None:
            numbers = [value for cell in row.filled if (value := points_of(one_line(cell.text))) is not None]
            if numbers:
                self.weight, self.score = (*numbers, None, None)[:2]
                self.places["total"] = place_of(self.reading.tree, row.table, row.cells, self._title())

    def _title(self) -> str | None:
        return self.name or self.form.title or None

    def _place(self) -> Place:
        row = self.form.rows[0]
        return place_of(self.reading.tree, row.table, row.cells or row.shown, self._title())


def _is_below(row: GridRow, heads: Mapping[str, Cell]) -> bool:
    """Tell whether labels stand over their texts: right of each is another label or nothing."""
    others = {cell.column for cell in heads.values()}
    following = [row.next_to(cell) for cell in heads.values()]
    return all(cell is None or cell.column in others or not cell.text.strip() for cell in following)
