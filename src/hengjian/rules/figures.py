"""How figures and cells are written in an explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from hengjian.kernel import Amount, Figure, Measure, MoneyUnit, Percent, Place, Quantity, Text
from hengjian.rules.filled import Cell
from hengjian.rules.verdict import Material, Verdict

Kind: TypeAlias = Literal["amount", "percent", "number"]
"""What both sides of a comparison are."""


@dataclass(frozen=True, slots=True)
class Display:
    """How the numbers of one verdict are shown: in which money unit and with how many decimals.

    `unit` is None where no money is stated. `decimals` are enough to show every figure exactly.
    """

    unit: MoneyUnit | None
    decimals: int
    kind: Kind
    decimals_by_cell: Mapping[Cell, int]

    @classmethod
    def of(cls, figures: tuple[Figure, ...], kind: Kind) -> Display:
        """Choose the display for figures, those of the left side first; `kind` is that of the sides."""
        units = [figure.value.unit for figure in figures if isinstance(figure.value, Amount)]
        unit = units[0] if units else None
        by_cell = {figure.cell: decimals_in(figure.value, unit) for figure in figures}
        return cls(unit, max(by_cell.values(), default=0), kind, by_cell)

    def stated_decimals(self, cell: Cell | None) -> int:
        """Return the decimals a cell is shown with."""
        return self.decimals_by_cell.get(cell, 0) if cell is not None else 0

    def figure(self, figure: Figure) -> str:
        """Write a figure in the display's unit, as precisely as it was stated."""
        value = figure.value
        if isinstance(value, Amount):
            return value.format(self.unit, decimals_in(figure.value, self.unit))
        if isinstance(value, Percent):
            return f"{_grouped(value.value)} %"
        return _grouped(value.number.value)

    def as_stated(self, figure: Figure) -> str:
        """Write a figure with its unit."""
        if isinstance(figure.value, Amount) and self.unit is not None:
            return f"{self.figure(figure)}{self.unit.label}"
        if isinstance(figure.value, Percent):
            return f"{_grouped(figure.value.value)}%"
        unit = figure.value.unit if isinstance(figure.value, Quantity) else ""
        return f"{self.figure(figure)}{unit}"

    def rounded(self, value: Fraction, decimals: int) -> Fraction:
        """Round a value, in yuan if it is money, half up to decimals of the display's unit."""
        shift = self._shift
        return Fraction(_round(value / shift, decimals)) * shift

    def number(self, value: Fraction, decimals: int) -> str:
        """Write a computed value like a figure."""
        percent = " %" if self.kind == "percent" else ""
        return f"{_round(value / self._shift, decimals):,f}{percent}"

    def with_unit(self, value: Fraction, decimals: int) -> str:
        """Write a computed value with its unit."""
        number = f"{_round(value / self._shift, decimals):,f}"
        if self.kind == "amount" and self.unit is not None:
            return f"{number}{self.unit.label}"
        return f"{number}%" if self.kind == "percent" else number

    def difference(self, value: Fraction, decimals: int) -> Text:
        """Write the distance of two sides: percentages differ by percentage points."""
        number = f"{_round(value / self._shift, decimals):,f}"
        if self.kind == "percent":
            return Text(f"{number}个百分点", f"{number} percentage points")
        return Text(number, number)

    def constant(self, value: int, *, money: bool) -> str:
        """Write a whole number of the rule; beside money it counts yuan."""
        if not money or value == 0 or self.unit is None:
            return f"{value:,}"
        return f"{Decimal(value).scaleb(-self.unit.exponent).normalize():,f}"

    @property
    def _shift(self) -> Fraction:
        money = self.unit if self.kind == "amount" else None
        return Fraction(10 ** (money.exponent if money is not None else 0))


@dataclass(frozen=True, slots=True)
class Namer:
    """Names cells by what differs among them; what they share stands once, in `prefix`."""

    material: Material
    language: str
    prefix: str
    by_form: bool
    by_row: bool
    by_column: bool

    @classmethod
    def of(cls, verdict: Verdict, language: str) -> Namer:
        """Choose the names for a verdict's cells."""
        material = verdict.material
        if material is None:
            raise ValueError("a verdict without material has no names")
        cells = [figure.cell for figure in verdict.cells] + list(verdict.missing)
        forms, rows, columns = ({cell[part] for cell in cells} for part in range(3))
        common = len(cells) > 1
        by_row, by_column = len(rows) > 1 or not common, len(columns) > 1 or not common
        shared: list[str] = []
        if not by_row:
            shared.append(row_name(material, *cells[0][:2]))
        if not by_column:
            shared.append(column_name(material, cells[0][0], cells[0][2]))
        return cls(material, language, " ".join(shared), len(forms) > 1, by_row, by_column)

    def name(self, cell: Cell) -> str:
        """Return the name of a cell, without what the prefix says."""
        form, row, column = cell
        parts: list[str] = []
        if self.by_form:
            title = form_title(self.material, form)[self.language]
            parts.append(f"《{title}》" if self.language == "zh" else f"{title}:")
        if self.by_row:
            parts.append(row_name(self.material, form, row))
        if self.by_column:
            parts.append(column_name(self.material, form, column))
        return " ".join(parts)


def form_title(material: Material, form_id: str) -> Text:
    """Return the title of a form."""
    form = material.filled.forms.get(form_id)
    return form.title if form is not None else Text(form_id, form_id)


def row_name(material: Material, form_id: str, row: str) -> str:
    """Return the name of a row: as printed, else by its form or its code list, else its id."""
    sheet = material.filled.sheets.get(form_id)
    if sheet is not None and sheet.rows.get(row):
        return sheet.rows[row].strip()
    form = material.filled.forms.get(form_id)
    return row if form is None else material.standards.row_name(form, row)


def column_name(material: Material, form_id: str, column_id: str) -> str:
    """Return the caption of a column, else its id."""
    form = material.filled.forms.get(form_id)
    column = form.column(column_id) if form is not None else None
    return column.captions[0] if column is not None else column_id


def cell_place(material: Material, cell: Cell) -> Place:
    """Return where a cell stands, with the names of its form, row and column where they are not known."""
    form, row, column = cell
    figure, sheet = material.filled.figures.get(cell), material.filled.sheets.get(form)
    known = [figure.place if figure else Place(), sheet.place if sheet else Place(), material.place]
    place = next((each for each in known if each != Place()), Place())
    return replace(
        place,
        file=place.file or material.place.file,
        table=place.table or form_title(material, form).zh,
        row=place.row or row_name(material, form, row),
        column=place.column or column_name(material, form, column),
    )


def as_written(value: Measure) -> str:
    """Write a figure by itself, with its unit.

    >>> as_written(Amount.parse("3359.62", MoneyUnit.WAN_YUAN))
    '3,359.62万元'
    """
    if isinstance(value, Amount):
        return f"{value.format()}{value.unit.label}"
    if isinstance(value, Percent):
        return f"{_grouped(value.value)}%"
    return f"{_grouped(value.number.value)}{value.unit}"


def decimals_in(value: Measure, unit: MoneyUnit | None) -> int:
    """Return the decimals that show a figure in a money unit as precisely as it was stated."""
    if isinstance(value, Amount):
        shift = (unit or value.unit).exponent - value.unit.exponent
        return max(value.decimals + shift, 0)
    if isinstance(value, Percent):
        return max(value.decimals, 0)
    return max(value.number.decimals, 0)


def _grouped(value: Decimal) -> str:
    return f"{value:,f}"


def _round(value: Fraction, decimals: int) -> Decimal:
    """Round half away from zero, exactly, however many digits there are."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((int(value < 0 and whole > 0), digits, -decimals))
