"""Read one form's sheet of a workbook, row by row.

A row is what its code says, else its hidden id, unless it bears another row's name. A column is what its
hidden mark says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from hengjian.authoring.workbook.cell_value import UnusableCellError, stated_in
from hengjian.authoring.workbook.manifest import CODE, NAME, REST, ROW, Base, Mark
from hengjian.authoring.workbook.rows import bare_code, row_named
from hengjian.documents.book import LONGEST_TEXT, Tab, address
from hengjian.filing.intake import Intake
from hengjian.filing.sheets import SheetBuilder, read_measure
from hengjian.kernel import Measure, NotANumberError, Place
from hengjian.packs import Standards
from hengjian.packs.schema import Column, Form


@dataclass(slots=True)
class Taken:
    """What a form's sheet states: its rows with their names, and the cells that hold a figure.

    `columns` are those that are still there; `kept` are the cells, and the rows (column None), that could not
    be used: what the filing has of them stays.
    """

    base: Base
    builder: SheetBuilder
    columns: set[str] = field(default_factory=set)
    kept: set[tuple[str, str | None]] = field(default_factory=set)

    @property
    def rows(self) -> Mapping[str, str]:
        """The rows by id, with their names, in the order they stand in."""
        return self.builder.rows

    def value(self, row: str, column: str) -> Measure | None:
        """Return what a cell states."""
        figure = self.builder.figures.get((row, column))
        return None if figure is None else figure.value

    def was(self, row: str, column: Column) -> Measure | None:
        """Return what the cell stated when it was exported."""
        text = self.base.cells.get((row, column.id), "")
        try:
            return read_measure(text, column, self.base.unit)
        except NotANumberError:
            return None


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where a panel's fields stand on a tab now; a field that is gone stands nowhere."""

    side: str | None
    fields: Mapping[str, int]

    def at(self, name: str) -> int:
        return self.fields.get(name, -1)


@dataclass(slots=True)
class SheetReader:
    """Reads the tab of one form; what cannot be used is noted in `intake`."""

    path: str
    tab: Tab
    form: Form
    standards: Standards
    intake: Intake

    def read(self, marks: Mapping[int, Mark], base: Base) -> Taken:
        """Read the tab by its marks."""
        place = Place(file=self.path, table=self.form.title.zh)
        taken = Taken(base, SheetBuilder(self.intake, self.standards, self.form, base.unit, place))
        panels = self._panels(marks)
        taken.columns.update(name for panel in panels for name in panel.fields if self.form.column(name))
        rows = tuple(self._data_rows(panels))
        self._note_columns(panels, rows, taken)
        for panel in panels:
            for row in rows:
                self._take_row(taken, panel, row)
        return taken

    def _panels(self, marks: Mapping[int, Mark]) -> tuple[_Panel, ...]:
        own = {at: mark for at, mark in marks.items() if mark.form == self.form.form}
        numbers = sorted({mark.panel for mark in own.values()})
        sides = (None,) if numbers == [0] else ("income", "expenditure")
        return tuple(
            _Panel(sides[number], {mark.field: at for at, mark in own.items() if mark.panel == number})
            for number in numbers
        )

    def _data_rows(self, panels: tuple[_Panel, ...]) -> Iterator[int]:
        """Yield the rows below the title that are neither heads nor notes."""
        started = False
        for row in sorted({row for row, _ in self.tab.cells}):
            if any(self.tab.text(row, panel.at(ROW)) == REST for panel in panels):
                started = True
            elif started:
                yield row

    def _note_columns(self, panels: tuple[_Panel, ...], rows: tuple[int, ...], taken: Taken) -> None:
        """Note columns that were added or taken out."""
        ours, data = {at for panel in panels for at in panel.fields.values()}, set(rows)
        added: dict[int, int] = {}
        for row, column in sorted(self.tab.cells):
            if row in data and column not in ours and self.tab.text(row, column):
                added.setdefault(column, row)
        known = "、".join(column.captions[0] for column in self.form.columns)
        for column, row in added.items():
            place = self._place(row, column).at(quote=self.tab.text(row, column))
            letters = address((0, column)).rstrip("1")
            values = {"form": self.form.form, "column": letters, "known": known}
            self.intake.add("input.unknown-column", place, **values)
        for column_of in self.form.columns:
            if column_of.id not in taken.columns:
                part = f"{self.tab.name} {column_of.captions[0]}"
                self.intake.add("input.workbook-missing", Place(file=self.path), part=part)

    def _take_row(self, taken: Taken, panel: _Panel, row: int) -> None:
        hidden = self.tab.text(row, panel.at(ROW))
        name = self.tab.text(row, panel.at(NAME))
        columns = [column for column in self.form.columns if column.id in panel.fields]
        filled = [c for c in columns if self.tab.text(row, panel.at(c.id)) or self._is_broken(row, panel, c)]
        row_id = self._row_id(taken, panel, row, hidden if name or filled else "")
        if row_id is None:
            if filled and (taken.builder.rows.keys().isdisjoint({hidden}) or not hidden):
                self._note_unknown(panel, row, name)
            return
        if len(name) > LONGEST_TEXT:
            self.intake.add("input.too-long", self._place(row, panel.at(NAME)), limit=LONGEST_TEXT)
            name = ""
        texts = self._texts(taken, panel, row, row_id, columns)
        self._add(taken, panel, row, row_id, self._name(taken, row_id, name), texts)
        if row_id not in taken.rows:
            taken.kept.update((each, None) for each in (row_id, hidden) if each)

    def _is_broken(self, row: int, panel: _Panel, column: Column) -> bool:
        cell = self.tab.cells.get((row, panel.at(column.id)))
        return cell is not None and cell.kind not in {"text", "number"}

    def _row_id(self, taken: Taken, panel: _Panel, row: int, hidden: str) -> str | None:
        code = bare_code(self.tab.text(row, panel.at(CODE)))
        if code:
            return code
        name = self.tab.text(row, panel.at(NAME))
        named = row_named(name, self.form, panel.side, self.standards)
        printed = self._name(taken, hidden, "").strip().strip("\u3000\xa0")
        if hidden and hidden not in taken.rows and (named is None or name == printed):
            return hidden
        return named

    def _name(self, taken: Taken, row_id: str, name: str) -> str:
        """Return a row's name exactly as it was, unless another was typed."""
        was = taken.base.rows.get(row_id)
        if was is not None and name in {"", was.strip().strip("\u3000\xa0")}:
            return was
        return name or self.standards.row_name(self.form, row_id)

    def _texts(
        self, taken: Taken, panel: _Panel, row: int, row_id: str, columns: list[Column]
    ) -> dict[str, str]:
        """Return the texts of the cells that can be used."""
        texts: dict[str, str] = {}
        for column in columns:
            at, was = panel.at(column.id), taken.was(row_id, column)
            cell = self.tab.cells.get((row, at))
            try:
                if cell is None and was is not None and self.tab.covered(row, at):
                    raise UnusableCellError("input.cell-merged", "")  # noqa: TRY301 - one way for all of them
                texts[column.id] = stated_in(cell, column, taken.base.unit, was)
            except UnusableCellError as error:
                place = self._place(row, at).at(row=row_id, column=column.captions[0], quote=error.value)
                self.intake.add(error.code, place, value=error.value)
                taken.kept.add((row_id, column.id))
        return texts

    def _add(
        self, taken: Taken, panel: _Panel, row: int, row_id: str, name: str, texts: Mapping[str, str]
    ) -> None:
        """Add a row to the sheet, and give the problems that arise the addresses of their cells."""
        problems = self.intake.problems
        before = len(problems)
        taken.builder.add_row(row_id, name, texts, Place(file=self.path))
        places = {c.captions[0]: panel.at(c.id) for c in self.form.columns if c.id in panel.fields}
        first = panel.at(CODE if CODE in panel.fields else NAME)
        for index in range(before, len(problems)):
            place = problems[index].place
            section = self._place(row, places.get(place.column or "", first)).section
            problems[index] = replace(problems[index], place=replace(place, section=section))
        if row_id in taken.rows:
            taken.kept.update(
                (row_id, column) for column in texts if self._is_lost(taken, row_id, column, texts)
            )

    def _is_lost(self, taken: Taken, row_id: str, column: str, texts: Mapping[str, str]) -> bool:
        """Tell whether a cell holds something that did not become a figure."""
        of = self.form.column(column)
        if of is None or (row_id, column) in taken.builder.figures or not texts[column].strip():
            return False
        try:
            return read_measure(texts[column], of, taken.base.unit) is not None
        except NotANumberError:
            return True

    def _note_unknown(self, panel: _Panel, row: int, name: str) -> None:
        known = "、".join(each.captions[0] for each in self.form.rows)
        place = self._place(row, panel.at(NAME)).at(quote=name or None)
        self.intake.add("input.unknown-row", place, form=self.form.form, row=name or "—", known=known)

    def _place(self, row: int, column: int) -> Place:
        section = f"{self.tab.name}!{address((row, max(column, 0)))}"
        return Place(file=self.path, section=section, table=self.form.title.zh)
