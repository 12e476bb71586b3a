"""Fiscal years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from hengjian.kernel.errors import InputError

FIRST_YEAR, LAST_YEAR = 1994, 2100


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A fiscal year of China's public sector, which is the calendar year (预算法 art. 18).

    Raises `InputError` for a year before the Budget Law (1994) or after 2100.

    >>> FiscalYear.parse("2022年度").year
    2022
    >>> FiscalYear(2022).previous
    FiscalYear(year=2021)
    """

    year: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise InputError("input.year", value=str(self.year))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a year such as 2022, 2022年, 2022年度 or 二〇二二年; raises `InputError`."""
        digits = text.strip().translate(str.maketrans("〇○零一二三四五六七八九", "000123456789"))
        match = re.fullmatch(r"(\d{4})\s*(?:年度?)?", digits)
        if match is None:
            raise InputError("input.year", value=text.strip())
        return cls(int(match[1]))

    @property
    def previous(self) -> FiscalYear:
        """The year before."""
        return FiscalYear(self.year - 1)

    def __str__(self) -> str:
        return str(self.year)
