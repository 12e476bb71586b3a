"""Figures as spreadsheet cells and back: a number where a double keeps every digit, else the text.

Money is never reckoned with as a double: it is only what the file stores, and is read back by its digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hengjian.documents.book import Cell
from hengjian.documents.number_format import format_code
from hengjian.kernel import Amount, Measure, MoneyUnit, Percent, Quantity
from hengjian.kernel.number import round_half_up, shifted
from hengjian.packs.schema import Column

_KEPT_DIGITS = 15
_USUAL_DECIMALS = 2
_CURRENCY = re.compile(r"^['‘’]?\s*(?:人民币|RMB|CNY)?\s*[￥¥]?\s*", re.IGNORECASE)


_UNUSABLE = {
    "error": "input.cell-error",
    "uncalculated": "input.cell-uncalculated",
    "date": "input.cell-date",
}


class UnusableCellError(ValueError):
    """A cell states no figure; `code` is that of the finding."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(value)
        self.code, self.value = code, value


@dataclass(frozen=True, slots=True)
class Written:
    """What is written into a cell: a number with its format's code, or a text."""

    number: Decimal | None
    text: str
    format: str


def written(value: Measure, unit: MoneyUnit) -> Written:
    """Return how a figure is written on a sheet in `unit`.

    >>> written(Amount.parse("3,133.12", MoneyUnit.WAN_YUAN), MoneyUnit.WAN_YUAN)
    Written(number=Decimal('3133.12'), text='3,133.12', format='#,##0.00')
    """
    number, text, decimals = _number(value, unit), stated_text(value, unit), _decimals(value)
    if number is None or not 0 <= decimals < _KEPT_DIGITS or len(number.as_tuple().digits) > _KEPT_DIGITS:
        return Written(None, text, "@")
    return Written(number, text, format_code(decimals, percent=isinstance(value, Percent)))


def stated_text(value: Measure, unit: MoneyUnit) -> str:
    """Return a figure as it is stated, with its unit where that is not the sheet's."""
    if isinstance(value, Amount):
        return value.text if value.unit is unit else str(value)
    return str(value) if isinstance(value, Quantity) else value.text


def blank_format(column: Column) -> str:
    """Return the format of a cell that holds nothing yet."""
    if column.measure == "count":
        return "General"
    return format_code(_USUAL_DECIMALS, percent=column.measure == "percent")


def same(one: Measure | None, other: Measure | None) -> bool:
    """Tell whether two cells state the same, however they are set.

    >>> wan = MoneyUnit.WAN_YUAN
    >>> same(Amount.parse("3,133.12", wan), Amount.parse("3133.12", wan))
    True
    >>> same(Amount.parse("0", wan), Amount.parse("0.00", wan)), same(Amount.parse("0", wan), None)
    (False, False)
    """
    match one, other:
        case Amount(), Amount():
            return (one.yuan, one.unit, one.decimals) == (other.yuan, other.unit, other.decimals)
        case Percent(), Percent():
            return (one.value, one.decimals) == (other.value, other.decimals)
        case Quantity(), Quantity():
            return (one.number.value, one.number.decimals, one.unit) == (
                other.number.value,
                other.number.decimals,
                other.unit,
            )
    return one is other


def stated_in(cell: Cell | None, column: Column, unit: MoneyUnit, base: Measure | None) -> str:
    """Return the text of the figure that a cell states; empty when blank.

    `base` is what was exported there: a number that is still equal to it is the same figure, however it is
    shown now. Another number states what its format shows, with the usual decimals where that shows any.
    Raises `UnusableCellError` for what is no figure; whether a text is a number is for others to tell.
    """
    if cell is None:
        return ""
    if cell.kind == "text":
        return _CURRENCY.sub("", cell.text.strip().strip("\u3000\xa0"))
    if cell.kind != "number" or cell.number is None:
        raise UnusableCellError(_UNUSABLE.get(cell.kind, "input.not-a-number"), cell.text)
    number = cell.number
    if base is not None and _number(base, unit) == number:
        return stated_text(base, unit)
    return _shown(cell, number, column, None if base is None else _decimals(base))


def _shown(cell: Cell, number: Decimal, column: Column, stated: int | None) -> str:
    percent = column.measure == "percent"
    if cell.shown.percent and not percent:
        raise UnusableCellError("input.not-a-number", f"{shifted(number, 2).normalize():f}%")
    value = shifted(number, 2) if cell.shown.percent else number
    usual = 0 if column.measure == "count" else _USUAL_DECIMALS if stated is None else stated
    decimals = cell.shown.decimals
    if decimals is None:
        decimals = max(-int(value.normalize().as_tuple().exponent), usual, 0)
    text = f"{round_half_up(value, decimals):f}"
    return f"{text}%" if percent else text


def _number(value: Measure, unit: MoneyUnit) -> Decimal | None:
    """Return the number that stands in a cell for a figure; None where only a text keeps what it says."""
    match value:
        case Amount():
            number = shifted(value.yuan, -unit.exponent)
            return round_half_up(number, max(value.decimals, 0)) if value.unit is unit else None
        case Percent():
            return shifted(value.value, -2)
        case Quantity():
            return None if value.unit else value.number.value


def _decimals(value: Measure) -> int:
    return value.number.decimals if isinstance(value, Quantity) else value.decimals
