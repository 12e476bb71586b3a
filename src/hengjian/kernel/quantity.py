"""Stated numbers that are no money: persons, times, vehicles, square metres."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from hengjian.kernel.interval import Interval
from hengjian.kernel.number import NotANumberError, Number, parse_number, shifted

_WITH_UNIT = re.compile(r"(?P<number>[^A-Za-z\u4e00-\u9fff%％]*(?:百万|[百千万亿])?)(?P<unit>\D*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number with its unit of measure (may be empty).

    >>> Quantity.parse("96.77万人").number.value
    Decimal('9.677E+5')
    """

    number: Number
    unit: str

    @classmethod
    def parse(cls, text: str, unit: str = "") -> Self | None:
        """Read a number with an optional unit behind it; None when blank.

        Raises `NotANumberError` when the text does not begin with a number.

        >>> Quantity.parse("24", "小时").unit, Quantity.parse("34475人").unit
        ('小时', '人')
        """
        bare = text.strip()
        if bare[-1:].isdigit() and (figure := parse_number(bare)) is not None:
            return cls(figure, unit)
        match = _WITH_UNIT.fullmatch(bare)
        if match is None:
            raise NotANumberError(text)
        number = parse_number(match["number"])
        if number is None:
            if match["unit"].strip():
                raise NotANumberError(text)
            return None
        return cls(number, re.sub(r"\s", "", match["unit"]) or unit)

    @property
    def interval(self) -> Interval:
        """What the statement stands for: whole counts are exact, other numbers ± half a unit."""
        decimals = self.number.decimals
        if decimals <= 0:
            value = Fraction(self.number.value)
            return (
                Interval.exactly(value)
                if decimals == 0
                else Interval.about(value, Fraction(self.number.half_unit))
            )
        tenths = 10 * int(shifted(self.number.value, decimals))
        unit = 10 ** (decimals + 1)
        return Interval(Fraction(tenths - 5, unit), Fraction(tenths + 5, unit))

    def __str__(self) -> str:
        return f"{self.number.text}{self.unit}"
