"""Percentages, which keep the base they are taken of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from hengjian.kernel.interval import Interval
from hengjian.kernel.number import parse_number


@dataclass(frozen=True, slots=True)
class Percent:
    """A stated percentage in percentage points, and what it is a percentage of.

    >>> Percent.parse("95.18％", of="本年支出合计").interval
    [95.175, 95.185]
    """

    value: Decimal
    text: str
    decimals: int
    of: str | None = None

    @classmethod
    def parse(cls, text: str, of: str | None = None) -> Self | None:
        """Read a percentage with or without its sign; None when blank, `NotANumberError` otherwise.

        >>> Percent.parse("100.00%").value
        Decimal('100.00')
        """
        bare = text.strip().rstrip("%％").rstrip()
        number = parse_number(bare)
        return None if number is None else cls(number.value, text.strip(), number.decimals, of)

    @property
    def interval(self) -> Interval:
        """What the statement stands for, in percentage points."""
        half = Fraction(5) * Fraction(10) ** (-self.decimals - 1)
        return Interval.about(Fraction(self.value), half)

    def __str__(self) -> str:
        return self.text if self.text.endswith(("%", "％")) else f"{self.text}%"
