"""Sheets: rows and cells checked against a form, and the CSV files that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from hengjian.filing.csv_file import CsvRow, CsvTable, read_table
from hengjian.filing.intake import Intake
from hengjian.filing.model import Sheet
from hengjian.filing.toml_file import Table
from hengjian.kernel import Amount, Figure, Measure, MoneyUnit, NotANumberError, Percent, Place, Quantity
from hengjian.packs.schema import Column, Form
from hengjian.packs.standards import Standards

LEADING = ("row", "name")
"""The first two columns of a sheet's file, and the two keys of a row in TOML that are no cell."""
MOST_SHEETS = 200
_LONGEST_LIST = 400


@dataclass(slots=True)
class SheetBuilder:
    """A sheet being filled: every row and cell must exist in the form."""

    intake: Intake
    standards: Standards
    form: Form
    unit: MoneyUnit
    place: Place
    rows: dict[str, str] = field(default_factory=dict)
    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)

    def add_row(self, row: str, name: str, cells: Mapping[str, str], place: Place) -> None:
        """Take a row with the text of its cells by column id; what the form does not have is noted."""
        at = Place(place.file, table=self.place.table, row=name.strip() or row, line=place.line)
        if not self._is_row(row, at.at(quote=place.quote)):
            return
        if row in self.rows:
            self.intake.add("input.duplicate", at.at(quote=place.quote), name=row)
            return
        self.rows[row] = name
        for column_id, text in cells.items():
            column = self.form.column(column_id)
            if column is not None and text.strip():
                self._add_cell(row, column, text, at.at(column=column.captions[0], quote=text.strip()))

    def sheet(self, note: str | None = None, *, partial: bool = False) -> Sheet:
        """Return the sheet as far as it could be read."""
        return Sheet(self.form.form, self.rows, self.figures, self.place, note, partial)

    def known_columns(self, columns: tuple[str, ...], place: Place) -> list[str]:
        """Return the columns that the form has; the others are noted once."""
        counts = Counter(columns)
        known = "、".join(column.id for column in self.form.columns)
        for column in counts:
            if self.form.column(column) is None:
                values = {"form": self.form.form, "column": column, "known": known}
                self.intake.add("input.unknown-column", place.at(column=column, quote=column), **values)
            elif counts[column] > 1:
                self.intake.add("input.duplicate", place.at(column=column, quote=column), name=column)
        return [column for column in counts if self.form.column(column) is not None]

    def _is_row(self, row: str, place: Place) -> bool:
        wrong = row_fault(self.form, row, self.standards)
        if wrong is not None:
            self.intake.add(wrong[0], place, **wrong[1])
        return wrong is None

    def _add_cell(self, row: str, column: Column, text: str, place: Place) -> None:
        try:
            value = read_measure(text, column, self.unit)
        except NotANumberError:
            self.intake.add("input.not-a-number", place, value=text.strip())
            return
        if value is None:
            return
        if not self.form.has_cell(side_of(self.form, row), column):
            self.intake.add("input.no-cell", place, form=self.form.form, value=text.strip())
            return
        self.figures[row, column.id] = Figure(self.form.form, row, column.id, value, place)


def row_fault(form: Form, row: str, standards: Standards) -> tuple[str, dict[str, str]] | None:
    """Return the code and values of what is wrong with a row; None for one that the form may have."""
    if form.row(row) is not None:
        return None
    codes = form.code_rows
    if codes is None or not row.isdecimal():
        known = _listed(tuple(item.id for item in form.rows))
        return "input.unknown-row", {"form": form.form, "row": row, "known": known}
    scheme = standards.schemes.get(codes.scheme)
    if scheme is None or row not in scheme.items:
        return "input.unknown-code", {"item": row, "year": str(standards.year)}
    if len(row) not in codes.levels:
        return "input.code-level", {"form": form.form, "item": row}
    return None


def side_of(form: Form, row: str) -> str | None:
    """Return the side that a row of a two-sided form stands on."""
    fixed = form.row(row)
    if fixed is not None:
        return fixed.side
    return form.code_rows.side if form.code_rows else None


def read_measure(text: str, column: Column, unit: MoneyUnit) -> Measure | None:
    """Read a cell by what its column measures; None when blank, `NotANumberError` when it is none."""
    match column.measure:
        case "percent":
            return Percent.parse(text)
        case "count":
            return Quantity.parse(text)
        case _:
            return Amount.parse(text, unit)


def read_sheets(intake: Intake, standards: Standards, entries: list[Table]) -> dict[str, Sheet]:
    """Read every sheet that the list in ``filing.toml`` names, and note the files it does not name."""
    sheets: dict[str, Sheet] = {}
    listed: set[str] = set()
    for entry in entries:
        form_id = entry.text("form") or ""
        listed.add(sheet_file(form_id))
        if form_id in sheets:
            intake.add("input.duplicate", entry.place("form"), name=form_id)
            continue
        sheet = _read_sheet(intake, standards, entry)
        entry.finish()
        if sheet is not None:
            sheets[form_id] = sheet
    for name in intake.names("sheets", ".csv", MOST_SHEETS):
        if name not in listed:
            intake.add("input.sheet-unlisted", Place(file=name))
    return sheets


def read_unit(entry: Table, default: MoneyUnit) -> MoneyUnit:
    """Return the money unit that a table names, or the default."""
    label = entry.stated("unit")
    if label is None:
        return default
    try:
        return MoneyUnit.from_label(label)
    except ValueError:
        entry.intake.add("input.money-unit", entry.place("unit"), value=label)
        return default


def sheet_file(form_id: str) -> str:
    """Return the file of a form's sheet, relative to the filing's folder."""
    return f"sheets/{form_id}.csv"


def _read_sheet(intake: Intake, standards: Standards, entry: Table) -> Sheet | None:
    form = standards.forms.get(entry.text("form") or "")
    caption, note, empty = entry.stated("caption"), entry.stated("note"), entry.flag("empty")
    partial = entry.flag("partial")
    if form is None:
        known = _listed(tuple(standards.forms))
        form_id = entry.text("form") or ""
        intake.add("input.unknown-form", entry.place("form"), form=form_id, known=known)
        return None
    unit = read_unit(entry, form.unit)
    name = sheet_file(form.form)
    place = Place(file=name, table=caption or form.title.zh)
    builder = SheetBuilder(intake, standards, form, unit, place)
    if empty and not intake.exists(name):
        return builder.sheet(note)
    table = read_table(intake, name, LEADING)
    if table is not None:
        _fill(builder, table)
    if empty and builder.rows:
        intake.add("input.sheet-not-empty", Place(file=name))
    return builder.sheet(note, partial=partial)


def _fill(builder: SheetBuilder, table: CsvTable) -> None:
    columns = table.header.cells[len(LEADING) :]
    header = Place(file=table.name, table=builder.place.table, line=table.header.line)
    builder.known_columns(columns, header)
    for row in table.rows:
        builder.add_row(row.cells[0].strip(), row.cells[1], _cells(columns, row), _row_place(table, row))


def _cells(columns: tuple[str, ...], row: CsvRow) -> dict[str, str]:
    """Return the cells by column; of a repeated column the first holds."""
    pairs = zip(columns, row.cells[len(LEADING) :], strict=True)
    cells: dict[str, str] = {}
    for column, text in pairs:
        cells.setdefault(column, text)
    return cells


def _row_place(table: CsvTable, row: CsvRow) -> Place:
    return Place(file=table.name, line=row.line, quote=",".join(row.cells))


def _listed(names: tuple[str, ...]) -> str:
    joined = "、".join(names)
    return joined if len(joined) <= _LONGEST_LIST else joined[:_LONGEST_LIST] + "…"
