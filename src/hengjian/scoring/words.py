"""Points, rates and rows as a reader would write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from hengjian.filing import Indicator
from hengjian.kernel import Interval, Text
from hengjian.kernel.number import round_half_up


@lru_cache(maxsize=16_384)
def plain(value: Decimal | Fraction, decimals: int = 2) -> str:
    """Write a number half-up with at most `decimals`, without trailing zeros.

    >>> plain(Fraction(193, 25)), plain(Decimal("100.00"))
    ('7.72', '100')
    """
    text = f"{round_half_up(value, decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def span(interval: Interval, decimals: int = 2) -> str:
    """Write an interval: one figure when its bounds round alike, else both.

    >>> span(Interval(Fraction(0), Fraction(8)))
    '0~8'
    """
    low, high = plain(interval.low, decimals), plain(interval.high, decimals)
    return low if low == high else f"{low}~{high}"


def target_in_words(indicator: Indicator) -> str:
    """Write a target as operator, value and unit."""
    operator = "" if indicator.operator in (None, "qualitative") else str(indicator.operator)
    return f"{operator}{indicator.target or ''}{indicator.unit or ''}"


_NONE_WORDS = frozenset({"无", "没有", "暂无", "/"})


def says_none(text: str) -> bool:
    """Tell whether a cell says that there is none; a blank cell says nothing.

    >>> says_none("无。"), says_none("")
    (True, False)
    """
    return text.strip().rstrip("。") in _NONE_WORDS


def unsaid(text: str | None) -> bool:
    """Tell whether a cell for reasons is blank or says that there are none.

    >>> unsaid(" 无"), unsaid("资金年底到账")
    (True, False)
    """
    stated = (text or "").strip()
    return stated in ("", "—", "-") or says_none(stated)


def listed(texts: list[Text], most: int = 3) -> Text:
    """Join texts into one, and count those beyond the first few.

    >>> listed([Text("甲", "a"), Text("乙", "b")])
    Text(zh='甲、乙', en='a, b')
    """
    zh, en = "、".join(text.zh for text in texts[:most]), ", ".join(text.en for text in texts[:most])
    if len(texts) <= most:
        return Text(zh, en)
    return Text(f"{zh}等{len(texts)}项", f"{en} and {len(texts) - most} more")
