"""Numbers as they are really written in Chinese public documents.

A number keeps the digits it was stated with: the exponent of its `Decimal` is its last stated
digit, so ``12.3万`` is 123000 known to the nearest thousand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋（）％", "0123456789.,-+()%")
_MINUS_SIGNS = str.maketrans(dict.fromkeys("−–‐‑", "-"))
_DASHES = re.compile(r"[-—–－―−~～/／]+")
_MULTIPLIERS = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "亿": 8}
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_SPACED_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+\.\d+")
_BROKEN_DIGITS = re.compile(r"(\d)\s*[\r\n]+\s*(\d)")
_SPACE_AT_MARK = re.compile(r"\s*([.,()+\-%百千万亿])\s*")
_SIGNED = re.compile(r"(?P<sign>[+-]?)(?P<digits>[\d.,]+)(?P<multiplier>百万|[百千万亿]?)")

LONGEST_NUMBER = 64
"""A longer text is no number; the bound keeps hostile cells cheap."""

_EXACT = Context(prec=1000, rounding=ROUND_HALF_UP)
"""The default context would round a long number off without a word."""


class NotANumberError(ValueError):
    """The text states something, and it is no number.

    >>> parse_number("约三十")
    Traceback (most recent call last):
        ...
    hengjian.kernel.number.NotANumberError: not a number: '约三十'
    """

    def __init__(self, text: str) -> None:
        super().__init__(f"not a number: {text[:LONGEST_NUMBER]!r}")
        self.text = text


@dataclass(frozen=True, slots=True)
class Number:
    """A stated number: its value, with the exponent of its last stated digit, and its text.

    >>> number = parse_number("3,359.62")
    >>> number.value, number.half_unit
    (Decimal('3359.62'), Decimal('0.005'))
    """

    value: Decimal
    text: str

    @property
    def decimals(self) -> int:
        """Digits after the point; negative when the last stated digit is above the units."""
        return -int(self.value.as_tuple().exponent)

    @property
    def half_unit(self) -> Decimal:
        """Half a unit of the last stated digit."""
        return Decimal(5).scaleb(-self.decimals - 1)


@lru_cache(maxsize=8_192)
def parse_number(text: str) -> Number | None:
    """Read a cell's text as a number; None when the cell is blank or holds only a dash.

    Accepts thousands separators, full-width digits, signs, accounting brackets, 百/千/万/亿 and
    white space or a line break inside. Two numbers in one cell are not a number: joining them
    would be a guess. Raises `NotANumberError` for any other text.

    >>> [str(parse_number(t).value) for t in ("１２３４", "(5.00)", "12.3万", "3,359 .62", "-0.5")]
    ['1234', '-5.00', '1.23E+5', '3359.62', '-0.5']
    >>> [parse_number(t) for t in ("", " ", "-", "—", "/")]
    [None, None, None, None, None]
    >>> parse_number("10 10")
    Traceback (most recent call last):
        ...
    hengjian.kernel.number.NotANumberError: not a number: '10 10'
    """
    stated = text.strip().strip("\u3000\xa0")
    if not stated or _DASHES.fullmatch(stated):
        return None
    if len(stated) > LONGEST_NUMBER:
        raise NotANumberError(text)
    if stated.isascii() and _PLAIN.fullmatch(stated):
        return Number(Decimal(stated), stated)
    compact = _without_inner_space(stated.translate(_FULL_WIDTH).translate(_MINUS_SIGNS))
    negative = compact.startswith("(") and compact.endswith(")")
    match = _SIGNED.fullmatch(compact[1:-1] if negative else compact)
    if match is None or (negative and match["sign"]) or not _well_grouped(match["digits"]):
        raise NotANumberError(text)
    value = shifted(Decimal(match["digits"].replace(",", "")), _MULTIPLIERS[match["multiplier"]])
    return Number(_EXACT.minus(value) if negative or match["sign"] == "-" else value, stated)


def shifted(value: Decimal, places: int) -> Decimal:
    """Move the point, keeping every digit however long the number is.

    >>> shifted(Decimal("1.50"), 4)
    Decimal('1.50E+4')
    """
    return value.scaleb(places, _EXACT)


def round_half_up(value: Decimal | Fraction, decimals: int) -> Decimal:
    """Round once, as Chinese accounts do: halves away from zero. Zero has no sign.

    >>> (
    ...     round_half_up(Decimal("0.125"), 2),
    ...     round_half_up(Fraction(-1, 8), 2),
    ...     round_half_up(Decimal("-0.1"), 0),
    ... )
    (Decimal('0.13'), Decimal('-0.13'), Decimal('0'))
    """
    if isinstance(value, Fraction):
        numerator, denominator = abs(value.numerator) * 10 ** max(decimals, 0), value.denominator
        denominator *= 10 ** max(-decimals, 0)
        whole = (2 * numerator + denominator) // (2 * denominator)
        return shifted(Decimal(-whole if value < 0 else whole), -decimals)
    return _EXACT.plus(value.quantize(Decimal(1).scaleb(-decimals), context=_EXACT))


def _well_grouped(digits: str) -> bool:
    return bool(_GROUPED.fullmatch(digits) or _PLAIN.fullmatch(digits))


def _without_inner_space(text: str) -> str:
    """Remove white space that cannot stand between two numbers.

    A line break inside the digits is closed when only one side has a decimal point and the first line is not
    the shorter one, as in a column too narrow for the number.
    """
    joined = _SPACE_AT_MARK.sub(r"\1", text)
    if len(_BROKEN_DIGITS.findall(joined)) == 1:
        before, after = re.split(r"\s*[\r\n]+\s*", joined, maxsplit=1)
        if ("." in before) != ("." in after) and len(before) >= len(after):
            joined = before + after
    if _SPACED_GROUPS.fullmatch(joined):
        joined = joined.replace(" ", "")
    return joined
