"""Figures as integers: money in fen, percentages and counts in ten-thousandths, each with its precision.

A stored figure stands for ``value ± unit / 2``; a unit of 0 is exact. Storing never narrows what was stated:
what is finer than the scale is rounded and its unit widened by as much.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from hengjian.kernel import Amount, Measure, MoneyUnit, Percent, Quantity
from hengjian.kernel.number import round_half_up

SCALES = {"amount": 100, "percent": 10_000, "count": 10_000}
"""How many stored units make a yuan, a percentage point or one of what is counted."""
LARGEST = 10**15
"""No department has 10 trillion yuan: a larger value is a slip of its unit."""


def stored(value: Measure, measure: str) -> tuple[int, int]:
    """Return a figure as value and unit on the scale of its measure.

    >>> stored(Amount.parse("3,133.12", MoneyUnit.WAN_YUAN), "amount")
    (3133120000, 10000)
    """
    interval = value.interval
    scale = SCALES[measure]
    middle = (interval.low + interval.high) * scale / 2
    nearest = floor(middle + Fraction(1, 2))
    return nearest, ceil((interval.high - interval.low) * scale + 2 * abs(middle - nearest))


def restored(value: int, unit: int, measure: str, money: MoneyUnit) -> Measure | None:
    """Return a stored figure as it would be stated, money in a form's unit.

    >>> wan = MoneyUnit.WAN_YUAN
    >>> str(restored(3133120000, 10000, "amount", wan)), str(restored(9700, 100, "percent", wan))
    ('3,133.12万元', '0.97%')
    """
    whole = SCALES[measure]
    if measure == "amount":
        whole *= 10**money.exponent
    decimals, step = 0, whole
    while step % 10 == 0 and (step > unit if unit else value % step):
        step //= 10
        decimals += 1
    text = f"{round_half_up(Fraction(value, whole), decimals):,f}"
    if measure == "amount":
        return Amount.parse(text, money)
    return Percent.parse(f"{text}%") if measure == "percent" else Quantity.parse(text)
