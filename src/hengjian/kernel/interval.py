"""Interval arithmetic on stated figures.

A stated figure is known to half a unit of its last digit. Two statements contradict each other only
when no values inside their intervals make both true, so rounding never raises an error and a real
slip never hides behind a fixed tolerance. Bounds are exact fractions: nothing is lost by dividing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

_HUNDRED = Fraction(100)


def _above(one: Fraction, other: Fraction) -> bool:
    """Compare by multiplying across: several times as fast as the operator, and the same."""
    return one.numerator * other.denominator > other.numerator * one.denominator


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval with exact bounds; raises ValueError when the bounds are crossed.

    >>> Interval.about(Fraction(3), Fraction(1, 2)) + Interval.exactly(1)
    [3.5, 4.5]
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low is not self.high and _above(self.low, self.high):
            message = f"interval bounds are crossed: {self.low} > {self.high}"
            raise ValueError(message)

    @classmethod
    def exactly(cls, value: Fraction | int) -> Self:
        """Return the interval that holds one value."""
        exact = value if isinstance(value, Fraction) else Fraction(value)
        return cls(exact, exact)

    @classmethod
    def about(cls, value: Fraction, half_width: Fraction) -> Self:
        """Return the interval value ± half_width."""
        return cls(value - half_width, value + half_width)

    @property
    def exact(self) -> bool:
        """Whether it holds one value: known for both bounds being one object, or found by comparing them."""
        return self.low is self.high or self.low == self.high

    @property
    def middle(self) -> Fraction:
        """The value half way between the bounds."""
        return self.low if self.exact else (self.low + self.high) / 2

    def times(self, factor: Fraction) -> Interval:
        """Return the interval scaled by a factor of zero or more; raises ValueError for a negative one.

        >>> Interval.about(Fraction(3), Fraction(1)).times(Fraction(2))
        [4, 8]
        """
        if factor.numerator < 0:
            raise ValueError("a negative factor would cross the bounds")
        if self.exact:
            return Interval.exactly(self.low * factor)
        return Interval(self.low * factor, self.high * factor)

    def __add__(self, other: Interval) -> Interval:
        if self.exact and other.exact:
            return Interval.exactly(self.low + other.low)
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __mul__(self, other: Interval) -> Interval:
        if self.low.numerator >= 0 and other.low.numerator >= 0:
            return Interval(self.low * other.low, self.high * other.high)
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def divided_by(self, other: Interval) -> Interval | None:
        """Return the quotient, or None when the divisor may be zero: such a ratio is undefined.

        >>> Interval.exactly(1).divided_by(Interval.exactly(0)) is None
        True
        """
        if other.contains(Fraction(0)):
            return None
        return self * Interval(1 / other.high, 1 / other.low)

    def contains(self, value: Fraction) -> bool:
        """Tell whether the value lies inside, bounds included."""
        return not _above(self.low, value) and not _above(value, self.high)

    def agrees(self, other: Interval) -> bool:
        """Tell whether some value lies in both.

        >>> stated, computed = Interval.about(Fraction(100), Fraction(1)), Interval.exactly(101)
        >>> stated.agrees(computed), stated.contradicts(computed)
        (True, False)
        """
        return not _above(self.low, other.high) and not _above(other.low, self.high)

    def contradicts(self, other: Interval) -> bool:
        """Tell whether no value lies in both."""
        return not self.agrees(other)

    def gap_to(self, other: Interval) -> Fraction:
        """Return the distance between the nearest bounds; 0 when the intervals meet."""
        return max(self.low - other.high, other.low - self.high, Fraction(0))

    def __repr__(self) -> str:
        return f"[{_shown(self.low)}, {_shown(self.high)}]"


def _shown(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.12g}"


def percentage(part: Interval, whole: Interval) -> Interval | None:
    """Return part / whole in percent, or None when the whole may be zero.

    >>> percentage(Interval.exactly(1), Interval.exactly(4))
    [25, 25]
    """
    quotient = part.divided_by(whole)
    return None if quotient is None else quotient.times(_HUNDRED)


def change_rate(now: Interval, before: Interval) -> Interval | None:
    """Return (now − before) / before in percent, or None when before may be zero.

    >>> change_rate(Interval.exactly(90), Interval.exactly(120))
    [-25, -25]
    """
    quotient = now.divided_by(before)
    return None if quotient is None else (quotient - Interval.exactly(1)) * Interval.exactly(100)


def change_rate_of_difference(now: Interval, difference: Interval) -> Interval | None:
    """Return difference / (now − difference) in percent, or None when the base may be zero.

    Each figure is used once where that is possible, so the interval is as narrow as the figures allow.

    >>> change_rate_of_difference(Interval.exactly(90), Interval.exactly(-30))
    [-25, -25]
    """
    base = now - difference
    if base.contains(Fraction(0)):
        return None
    if now.contains(Fraction(0)) or difference.contains(Fraction(0)):
        return percentage(difference, base)
    multiple = now.divided_by(difference)
    one = Interval.exactly(1)
    if multiple is None or (multiple - one).contains(Fraction(0)):
        return percentage(difference, base)
    return percentage(one, multiple - one)
