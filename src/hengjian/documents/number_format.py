"""What a spreadsheet's number format shows of a number: how many decimals, a percentage, or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

_DECIMALS_OF = {1: 0, 2: 2, 3: 0, 4: 2, 9: 0, 10: 2, **dict.fromkeys((37, 38, 41, 42), 0)}
_DECIMALS_OF.update(dict.fromkeys((39, 40, 43, 44), 2))
_PERCENT = frozenset({9, 10})
_GROUPED = frozenset({3, 4, *range(37, 45)})
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|!.')
_DATE_PATTERNS = {
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h:m"),
    22: "y-m-d h:m",
    **dict.fromkeys((27, 36, 50, 52, 57), "y年m月"),
    **dict.fromkeys((28, 29, 51, 54, 58), "m月d日"),
    31: "y年m月d日",
    **dict.fromkeys((32, 33, 34, 35, 53, 55, 56), "h:m"),
}
_DATE_LETTER = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)
_THOUSANDS = re.compile(r",+(?=[^0#?,]*$)")
_MARKED_POINT = re.compile(r"""(?:[!\\]\.|"\.")(?P<after>[0#?]+)""")
_POINT = re.compile(r"[0#?](?:\.(?P<decimals>[0#?]+))?(?!.*[0#?])")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is shown; `decimals` is None where as many are shown as there are.

    `grouped` puts commas between thousands; `shift` is the power of ten that the number is divided by before;
    `hides_zero` shows nothing for a zero; `pattern` holds the letters of a date's format.
    """

    decimals: int | None = None
    percent: bool = False
    date: bool = False
    grouped: bool = field(default=False, kw_only=True)
    shift: int = field(default=0, kw_only=True)
    hides_zero: bool = field(default=False, kw_only=True)
    pattern: str = field(default="", kw_only=True)


GENERAL = NumberFormat()


def built_in(number: int) -> NumberFormat:
    """Return a format that files name by number only (ECMA-376, part 1, 18.8.30).

    >>> built_in(10).decimals, built_in(10).percent, built_in(57).pattern
    (2, True, 'y年m月')
    """
    if number in _DATES:
        return NumberFormat(date=True, pattern=_DATE_PATTERNS.get(number, "y-m-d"))
    return NumberFormat(_DECIMALS_OF.get(number), number in _PERCENT, grouped=number in _GROUPED)


def parse_format(code: str) -> NumberFormat:
    """Read a format's code; its first section, that of positive numbers, tells.

    >>> parse_format("#,##0.00_);(#,##0.00)").decimals, parse_format("0.0%").percent
    (2, True)
    >>> parse_format('yyyy"年"m"月"').date, parse_format("General").decimals, parse_format("0.##").decimals
    (True, None, None)
    >>> parse_format("0!.0,").shift, parse_format("#,##0,").grouped, parse_format("0.0;-0.0;;@").hides_zero
    (4, True, True)
    """
    sections = code.split(";")
    bare = _LITERAL.sub("", sections[0])
    if bare.strip().lower() in {"", "general", "g/通用格式", "@"}:
        return GENERAL
    if _DATE_LETTER.search(bare):
        return NumberFormat(date=True, pattern=sections[0].lower().replace("mmmm", "m").replace("mmm", "m"))
    hides_zero = len(sections) > _ZERO and not sections[_ZERO].strip()
    return replace(_number_format(sections[0], bare), hides_zero=hides_zero)


_ZERO = 2
"""The third section of a format is that of zero."""


def _number_format(code: str, bare: str) -> NumberFormat:
    found = _POINT.search(bare)
    if found is None or "e" in bare.lower() or "/" in bare:
        return NumberFormat(percent="%" in bare)
    divided = _THOUSANDS.search(bare)
    shift = 3 * len(divided[0]) if divided else 0
    digits = found["decimals"] or ""
    grouped = "," in bare[: divided.start() if divided else len(bare)]
    if (marked := _MARKED_POINT.search(code)) and not digits:
        # A point written as a sign parts the last digits: the way to show 万元 of a number in 元.
        digits = "0" * len(marked["after"])
        shift += len(digits)
    decimals = None if digits.strip("0") else len(digits)
    return NumberFormat(decimals, "%" in bare, grouped=grouped, shift=shift)


def format_code(decimals: int, *, percent: bool = False) -> str:
    """Return the code that shows a number with decimals.

    >>> format_code(2), format_code(0), format_code(1, percent=True)
    ('#,##0.00', '#,##0', '0.0%')
    """
    whole = "0" if percent else "#,##0"
    return whole + ("." + "0" * decimals if decimals else "") + ("%" if percent else "")
