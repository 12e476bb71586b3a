"""What a workbook changed against its filing, and the filing with these changes.

Three states meet: what was exported, what the workbook states now, and what the filing states now. A cell
that only one of the last two changed is taken from there; one that both changed otherwise is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hengjian.authoring.workbook.cell_value import same, stated_text
from hengjian.authoring.workbook.layout import place_row
from hengjian.authoring.workbook.read import Workbook
from hengjian.authoring.workbook.sheet_reader import Taken
from hengjian.filing import Filing, Sheet
from hengjian.filing.sheets import sheet_file
from hengjian.kernel import Figure, Finding, Measure, MoneyUnit, Place
from hengjian.packs import Standards
from hengjian.packs.schema import Column, Form


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a cell, or a row's name where `column` is None; None stands for a blank or no row."""

    form: str
    row: str
    name: str
    column: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes of a workbook, what conflicts, and the filing with the changes."""

    filing: Filing
    changes: tuple[Change, ...]
    conflicts: tuple[Finding, ...]


def difference(workbook: Workbook, filing: Filing, standards: Standards) -> Difference:
    """Lay a workbook's changes onto a filing; everything that is no sheet stays as it is."""
    sheets = dict(filing.sheets)
    changes: list[Change] = []
    conflicts: list[Finding] = []
    for form_id, taken in workbook.sheets.items():
        merge = _Merge.of(standards.forms[form_id], taken, filing.sheets.get(form_id))
        merge.run()
        changes += merge.changes
        conflicts += merge.conflicts
        if merge.changes:
            sheets[form_id] = merge.sheet()
    order = list(filing.sheets) if sheets.keys() == filing.sheets.keys() else list(workbook.manifest.sheets)
    ordered = {form: sheets[form] for form in dict.fromkeys([*order, *sheets]) if form in sheets}
    return Difference(replace(filing, sheets=ordered), tuple(changes), tuple(conflicts))


@dataclass(slots=True)
class _Merge:
    form: Form
    taken: Taken
    current: Sheet | None
    rows: dict[str, str]
    figures: dict[tuple[str, str], Figure]
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, form: Form, taken: Taken, current: Sheet | None) -> _Merge:
        if current is None:
            return cls(form, taken, current, {}, {})
        return cls(form, taken, current, dict(current.rows), dict(current.figures))

    def run(self) -> None:
        is_new = not self.taken.base.rows and not self.rows and bool(self.taken.builder.figures)
        for row, name in self.taken.rows.items():
            if row in self.taken.base.rows:
                self._keep_row(row, name)
            elif row not in self.rows and (is_new or any(self._stated(row))):
                self._add_row(row, name)
            for column in self.form.columns:
                if column.id in self.taken.columns and (row, column.id) not in self.taken.kept:
                    self._merge_cell(row, column)
        for row in self.taken.base.rows:
            if row in self.rows and row not in self.taken.rows and (row, None) not in self.taken.kept:
                self._remove_row(row)

    def sheet(self) -> Sheet:
        """Return the sheet with the changes."""
        if self.current is not None:
            return replace(self.current, rows=self.rows, figures=self.figures)
        place = Place(file=sheet_file(self.form.form), table=self.form.title.zh)
        return Sheet(self.form.form, self.rows, self.figures, place)

    def _stated(self, row: str) -> Iterator[Measure]:
        values = (self.taken.value(row, column.id) for column in self.form.columns)
        return (value for value in values if value is not None)

    def _keep_row(self, row: str, name: str) -> None:
        was, now = self.taken.base.rows[row], self.rows.get(row)
        if name == was or now in {None, name}:
            return
        if now != was:
            self._conflict(row, None, was, name, now)
            return
        self.rows[row] = name
        self.changes.append(Change(self.form.form, row, name, None, now, name))

    def _add_row(self, row: str, name: str) -> None:
        at = place_row(self.rows, row, self.form)
        printed = list(self.rows.items())
        self.rows = dict([*printed[:at], (row, name), *printed[at:]])
        self.changes.append(Change(self.form.form, row, name, None, None, name))

    def _remove_row(self, row: str) -> None:
        columns = [column for column in self.form.columns if self._value(row, column) is not None]
        touched = [c for c in self.form.columns if not same(self._value(row, c), self.taken.was(row, c))]
        name = self.rows[row]
        if touched:
            self._conflict(row, None, name, None, name)
            return
        for column in columns:
            self._set(row, column, None)
        del self.rows[row]
        self.changes.append(Change(self.form.form, row, name, None, name, None))

    def _merge_cell(self, row: str, column: Column) -> None:
        theirs, was, ours = (
            self.taken.value(row, column.id),
            self.taken.was(row, column),
            self._value(row, column),
        )
        if same(theirs, was) or same(theirs, ours):
            return
        if row in self.rows and same(ours, was):
            self._set(row, column, theirs)
            return
        self._conflict(row, column.captions[0], self._text(was), self._text(theirs), self._text(ours))

    def _set(self, row: str, column: Column, value: Measure | None) -> None:
        before = self._text(self._value(row, column))
        if value is None:
            self.figures.pop((row, column.id), None)
        else:
            self.figures[row, column.id] = Figure(self.form.form, row, column.id, value)
        name = self.rows[row]
        self.changes.append(Change(self.form.form, row, name, column.id, before, self._text(value)))

    def _value(self, row: str, column: Column) -> Measure | None:
        figure = self.figures.get((row, column.id))
        return None if figure is None else figure.value

    def _text(self, value: Measure | None) -> str | None:
        unit: MoneyUnit = self.taken.base.unit
        return None if value is None else stated_text(value, unit)

    def _conflict(
        self, row: str, column: str | None, was: str | None, theirs: str | None, ours: str | None
    ) -> None:
        name = self.rows.get(row) or self.taken.rows.get(row) or row
        place = Place(file=self.taken.base.tab, table=self.form.title.zh, row=name.strip(), column=column)
        code = "input.workbook-conflict"
        self.conflicts.append(Finding.of(code, place, was=was, theirs=theirs, ours=ours))
