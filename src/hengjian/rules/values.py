"""The values that expressions take, and how two of them compare.

A value is an interval, blank (nothing is stated) or undefined (a ratio or a product that lacks a factor or
whose base may be zero). In sums a blank adds nothing; what is undefined makes the whole sum undefined.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from hengjian.kernel import Interval, Outcome
from hengjian.kernel.blank import equal_stated
from hengjian.rules.syntax import Operator, Relation


class Lack(Enum):
    """Why an expression has no number."""

    BLANK = "blank"
    UNDEFINED = "undefined"


Value: TypeAlias = Interval | Lack
_NOTHING = Interval.exactly(0)


def negate(value: Value) -> Value:
    """Turn the sign of what is stated."""
    return value if isinstance(value, Lack) else -value


def calculate(operator: Operator, left: Value, right: Value, *, scaled: bool = False) -> Value:
    """Join two values; `scaled` says that a constant is a factor or the divisor.

    A blank times or over a constant is still blank.

    >>> two = Interval.exactly(2)
    >>> calculate("+", two, Lack.BLANK), calculate("*", two, Lack.BLANK), calculate("/", two, _NOTHING)
    ([2, 2], <Lack.UNDEFINED: 'undefined'>, <Lack.UNDEFINED: 'undefined'>)
    """
    if Lack.UNDEFINED in (left, right):
        return Lack.UNDEFINED
    if operator in ("+", "-"):
        return _total(left, negate(right) if operator == "-" else right)
    if isinstance(left, Lack) or isinstance(right, Lack):
        return Lack.BLANK if scaled else Lack.UNDEFINED
    if operator == "*":
        return left * right
    quotient = left.divided_by(right)
    return Lack.UNDEFINED if quotient is None else quotient


def _total(left: Value, right: Value) -> Value:
    if isinstance(left, Lack):
        return right
    return left if isinstance(right, Lack) else left + right


def certain(relation: Relation, left: Value, right: Value) -> bool | None:
    """Tell whether a relation holds for all values inside (True), for none (False), or for some (None).

    >>> five, some = Interval.exactly(5), Interval(Interval.exactly(4).low, Interval.exactly(6).high)
    >>> certain("<=", five, five), certain("<", five, five), certain("<=", five, some)
    (True, False, None)
    """
    if isinstance(left, Lack) or isinstance(right, Lack):
        return None
    if relation in (">", ">="):
        return certain("<" if relation == ">" else "<=", right, left)
    always, never = {
        "==": (left.low == left.high == right.low == right.high, left.contradicts(right)),
        "<=": (left.high <= right.low, left.low > right.high),
        "<": (left.high < right.low, left.low >= right.high),
    }[relation]
    return True if always else False if never else None


def decide(relation: Relation, left: Value, right: Value) -> Outcome:
    """Return the outcome of an assertion: it fails only when it holds for no values inside.

    >>> decide("==", Interval.exactly(5), Lack.BLANK), decide("==", _NOTHING, Lack.BLANK)
    (<Outcome.NOT_EVALUABLE: 'not_evaluable'>, <Outcome.PASS: 'pass'>)
    """
    if isinstance(left, Lack) and isinstance(right, Lack):
        return Outcome.NOT_APPLICABLE
    if Lack.UNDEFINED in (left, right):
        return Outcome.NOT_EVALUABLE
    if relation == "==":
        return equal_stated(stated(left), stated(right))
    if isinstance(left, Lack) or isinstance(right, Lack):
        return Outcome.NOT_EVALUABLE
    return Outcome.FAIL if certain(relation, left, right) is False else Outcome.PASS


def stated(value: Value) -> Interval | None:
    """Return the interval of a value; None when it has none."""
    return None if isinstance(value, Lack) else value
