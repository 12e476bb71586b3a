"""The algebra of blanks: blank is not zero.

A blank cell states nothing. In a sum it adds nothing, and the sum remembers that it was there, so that
the verdict can name it:

>>> five = Interval.exactly(5)
>>> add_stated([five, None]).total, add_stated([five, None]).blanks
([5, 5], 1)

A sum of blanks alone states nothing either:

>>> add_stated([None, None]).total is None
True

An equation between blanks only says nothing and is not applicable; a blank meets a zero; a blank
against any other number is not evaluable, because the number that should stand there is missing:

>>> from hengjian.kernel.outcome import Outcome
>>> equal_stated(None, None), equal_stated(None, Interval.exactly(0)), equal_stated(None, five)
(<Outcome.NOT_APPLICABLE: 'not_applicable'>, <Outcome.PASS: 'pass'>, <Outcome.NOT_EVALUABLE: 'not_evaluable'>)

A ratio with a blank or a base that may be zero is undefined, never 0 % and never an exception:

>>> divide_stated(five, None), divide_stated(None, None), divide_stated(five, Interval.exactly(0))
(None, None, None)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from hengjian.kernel.interval import Interval
from hengjian.kernel.outcome import Outcome


@dataclass(frozen=True, slots=True)
class BlankSum:
    """A sum of stated intervals; `total` is None when every addend is blank."""

    total: Interval | None
    blanks: int


def add_stated(addends: Iterable[Interval | None]) -> BlankSum:
    """Add what is stated and count what is blank."""
    total: Interval | None = None
    blanks = 0
    for addend in addends:
        if addend is None:
            blanks += 1
        else:
            total = addend if total is None else total + addend
    return BlankSum(total, blanks)


def divide_stated(part: Interval | None, whole: Interval | None) -> Interval | None:
    """Divide, or return None when either side is blank or the whole may be zero."""
    return None if part is None or whole is None else part.divided_by(whole)


def equal_stated(left: Interval | None, right: Interval | None) -> Outcome:
    """Compare two sides of an equation, either of which may be blank."""
    if left is None and right is None:
        return Outcome.NOT_APPLICABLE
    if left is None or right is None:
        stated = left if left is not None else right
        zero = stated is not None and stated.contains(Fraction(0))
        return Outcome.PASS if zero else Outcome.NOT_EVALUABLE
    return Outcome.PASS if left.agrees(right) else Outcome.FAIL
