"""Money as it is stated in public documents.

An `Amount` is a `Decimal` in yuan that remembers the text, the unit and the decimals it was stated
with. No float touches it. Storage and engines use integer fen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Self

from hengjian.kernel.interval import Interval
from hengjian.kernel.number import NotANumberError, parse_number, round_half_up, shifted

_STATED_UNIT = re.compile(r"(?P<number>.*?)\s*(?P<unit>亿元|万元|元|亿|万)\s*", re.DOTALL)


class MoneyUnit(Enum):
    """The units money is stated in, with the power of ten that turns each into yuan."""

    YUAN = ("元", 0)
    WAN_YUAN = ("万元", 4)
    YI_YUAN = ("亿元", 8)

    def __init__(self, label: str, exponent: int) -> None:
        self.label = label
        self.exponent = exponent

    @classmethod
    def from_label(cls, label: str) -> Self:
        """Return the unit of a label such as 万元 (or 万); raises ValueError for any other text.

        >>> MoneyUnit.from_label("万").label
        '万元'
        """
        squeezed = re.sub(r"\s", "", label)
        for unit in cls:
            if squeezed in {unit.label, unit.label.removesuffix("元")} - {""}:
                return unit
        message = f"not a money unit: {label!r}"
        raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in yuan, with the text, unit and decimals it was stated in.

    >>> amount = Amount.parse("3,359.62", MoneyUnit.WAN_YUAN)
    >>> amount.yuan, amount.fen, amount.interval
    (Decimal('33596200'), 3359620000, [33596150, 33596250])
    """

    yuan: Decimal
    text: str
    unit: MoneyUnit
    decimals: int

    @classmethod
    def parse(cls, text: str, unit: MoneyUnit) -> Self | None:
        """Read a stated amount; None when it is blank. A unit written in the text overrides `unit`.

        Raises `NotANumberError` when the text is no number.

        >>> Amount.parse("12.3万", MoneyUnit.YUAN).yuan
        Decimal('123000')
        >>> Amount.parse("3359.62万", MoneyUnit.WAN_YUAN).format()
        '3,359.62'
        >>> Amount.parse("—", MoneyUnit.YUAN) is None
        True
        """
        match = _STATED_UNIT.fullmatch(text)
        if match is not None and re.search(r"[\d０-９]", match["number"]):
            text, unit = match["number"], MoneyUnit.from_label(match["unit"])
        number = parse_number(text)
        if number is None:
            return None
        yuan = shifted(number.value, unit.exponent)
        return cls(_plain(yuan), number.text, unit, number.decimals)

    @classmethod
    def from_fen(cls, fen: int, unit: MoneyUnit, decimals: int) -> Self:
        """Return the amount of integer fen, stated half-up in `unit` with `decimals`.

        >>> Amount.from_fen(123456, MoneyUnit.WAN_YUAN, 2).text
        '0.12'
        """
        return cls.computed(Fraction(fen, 100), unit, decimals)

    @classmethod
    def computed(cls, yuan: Fraction, unit: MoneyUnit, decimals: int) -> Self:
        """Return an exact amount in yuan as it would be stated in `unit` with `decimals`."""
        stated = round_half_up(yuan / 10**unit.exponent, decimals)
        return cls(_plain(shifted(stated, unit.exponent)), f"{stated:,f}", unit, decimals)

    @property
    def fen(self) -> int:
        """The amount in fen; raises ValueError when it states a fraction of a fen."""
        fen = shifted(self.yuan, 2)
        if fen != fen.to_integral_value():
            message = f"{self.text}{self.unit.label} states a fraction of a fen"
            raise ValueError(message)
        return int(fen)

    @property
    def is_none(self) -> bool:
        """Whether a bare 0 is stated: no document writes 0 for an amount it would round away."""
        return self.yuan == 0 and self.decimals <= 0

    @property
    def interval(self) -> Interval:
        """What the statement stands for, in yuan: ± half a unit of the last digit.

        A bare ``0`` says *none* and is exact; ``0.00`` is a rounded figure like any other.

        >>> Amount.parse("0", MoneyUnit.WAN_YUAN).interval, Amount.parse("0.00", MoneyUnit.WAN_YUAN).interval
        ([0, 0], [-50, 50])
        """
        if self.is_none:
            return Interval.exactly(0)
        half = Fraction(5) * Fraction(10) ** (self.unit.exponent - self.decimals - 1)
        return Interval.about(Fraction(self.yuan), half)

    def format(self, unit: MoneyUnit | None = None, decimals: int | None = None) -> str:
        """Return the figure with thousands separators, by default in its unit and with every digit stated.

        >>> Amount.parse("33596249", MoneyUnit.YUAN).format(MoneyUnit.WAN_YUAN, 2)
        '3,359.62'
        """
        unit = unit or self.unit
        if decimals is None:
            decimals = max(self.decimals + unit.exponent - self.unit.exponent, 0)
        return f"{round_half_up(shifted(self.yuan, -unit.exponent), decimals):,f}"

    def __str__(self) -> str:
        return f"{self.text}{self.unit.label}"


def _plain(value: Decimal) -> Decimal:
    """Write whole yuan without a positive exponent, so that equal amounts print alike."""
    return round_half_up(value, 0) if int(value.as_tuple().exponent) > 0 else value


__all__ = ["Amount", "MoneyUnit", "NotANumberError"]
