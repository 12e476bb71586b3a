"""What a number counts: money is not added to percentages, nor compared with persons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from hengjian.rules.syntax import Arithmetic, Constant, Expression, Negation, Reference


@dataclass(frozen=True, slots=True)
class Unit:
    """The powers of money and of counted things in a number; a ratio or percentage has neither.

    >>> str(AMOUNT), str(AMOUNT / AMOUNT), str(AMOUNT / COUNT)
    ('an amount', 'a percentage or ratio', 'amount^1 count^-1')
    """

    amount: int = 0
    count: int = 0

    def __mul__(self, other: Unit) -> Unit:
        return Unit(self.amount + other.amount, self.count + other.count)

    def __truediv__(self, other: Unit) -> Unit:
        return Unit(self.amount - other.amount, self.count - other.count)

    def __str__(self) -> str:
        return _NAMES.get(self) or f"amount^{self.amount} count^{self.count}"


PURE, AMOUNT, COUNT = Unit(), Unit(amount=1), Unit(count=1)
_NAMES = {PURE: "a percentage or ratio", AMOUNT: "an amount", COUNT: "a count"}
MEASURES = {"amount": AMOUNT, "percent": PURE, "count": COUNT}

Anything: TypeAlias = None
"""The unit of a bare number: it takes that of what it stands beside."""


class UnitError(ValueError):
    """Two things are added or compared that are not of one kind."""


def unit_of(expression: Expression, measure: Callable[[Reference], Unit]) -> Unit | Anything:
    """Return the unit of an expression, given that of each cell; raises `UnitError`.

    So many things at a price each come to money: a count times an amount is an amount.

    >>> from hengjian.rules.grammar import parse_assertion
    >>> right = parse_assertion("rate == 100 * executed / adjusted", "row").right
    >>> str(unit_of(right, lambda ref: AMOUNT))
    'a percentage or ratio'
    """
    match expression:
        case Constant():
            return None
        case Negation(operand):
            return unit_of(operand, measure)
        case Arithmetic(operator, left, right):
            first, second = unit_of(left, measure), unit_of(right, measure)
            if operator in ("+", "-"):
                return common_unit(first, second, "added to" if operator == "+" else "subtracted from")
            if first is None and second is None:
                return None
            return _joined(operator, first or PURE, second or PURE)
    return measure(expression)


def _joined(operator: str, first: Unit, second: Unit) -> Unit:
    if operator == "/":
        return first / second
    return AMOUNT if {first, second} == {AMOUNT, COUNT} else first * second


def common_unit(first: Unit | Anything, second: Unit | Anything, joined: str) -> Unit | Anything:
    """Return the unit that two expressions share; raises `UnitError` when they are not of one kind."""
    if first is None or second is None or first == second:
        return first if second is None else second
    raise UnitError(f"{second} is {joined} {first}")


__all__ = ["AMOUNT", "COUNT", "MEASURES", "PURE", "Unit", "UnitError", "common_unit", "unit_of"]
