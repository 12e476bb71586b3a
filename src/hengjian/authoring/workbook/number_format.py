"""What a spreadsheet's number format shows of a number: how many decimals, a percentage, or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DECIMALS_OF = {1: 0, 2: 2, 3: 0, 4: 2, 9: 0, 10: 2, **dict.fromkeys((37, 38, 41, 42), 0)}
_DECIMALS_OF.update(dict.fromkeys((39, 40, 43, 44), 2))
_PERCENT = frozenset({9, 10})
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|!.')
_DATE_LETTER = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)
_POINT = re.compile(r"[0#?](?:\.(?P<decimals>[0#?]+))?(?!.*[0#?])")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is shown; `decimals` is None where as many are shown as there are."""

    decimals: int | None = None
    percent: bool = False
    date: bool = False


GENERAL = NumberFormat()


def built_in(number: int) -> NumberFormat:
    """Return a format that files name by number only (ECMA-376, part 1, 18.8.30).

    >>> built_in(10)
    NumberFormat(decimals=2, percent=True, date=False)
    """
    return NumberFormat(_DECIMALS_OF.get(number), number in _PERCENT, number in _DATES)


def parse_format(code: str) -> NumberFormat:
    """Read a format's code; its first section, that of positive numbers, tells.

    >>> parse_format("#,##0.00_);(#,##0.00)").decimals, parse_format("0.0%").percent
    (2, True)
    >>> parse_format('yyyy"年"m"月"').date, parse_format("General").decimals, parse_format("0.##").decimals
    (True, None, None)
    """
    bare = _LITERAL.sub("", code).partition(";")[0]
    if bare.strip().lower() in {"", "general", "g/通用格式", "@"}:
        return GENERAL
    if _DATE_LETTER.search(bare):
        return NumberFormat(date=True)
    found = _POINT.search(bare)
    if found is None or "e" in bare.lower() or "/" in bare:
        return NumberFormat(percent="%" in bare)
    digits = found["decimals"] or ""
    return NumberFormat(None if digits.strip("0") else len(digits), "%" in bare)


def format_code(decimals: int, *, percent: bool = False) -> str:
    """Return the code that shows a number with decimals.

    >>> format_code(2), format_code(0), format_code(1, percent=True)
    ('#,##0.00', '#,##0', '0.0%')
    """
    whole = "0" if percent else "#,##0"
    return whole + ("." + "0" * decimals if decimals else "") + ("%" if percent else "")
