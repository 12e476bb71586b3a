"""Verdicts as linear equations over cells, and the values that a few of their cells may take together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd
from typing import TypeAlias

from hengjian.kernel import Interval, Outcome
from hengjian.rules.bind import BoundRule
from hengjian.rules.filled import Cell
from hengjian.rules.plan import Linear, flatten
from hengjian.rules.syntax import Relation
from hengjian.rules.verdict import Verdict

Range: TypeAlias = tuple[Fraction | None, Fraction | None]
"""The least and the greatest value; None where nothing bounds it."""

_NOTHING = Interval.exactly(0)


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """A linear verdict as one sum that is compared with zero.

    `terms` hold the multiple of every cell, blank ones too; `excess` is the left side less the right side as
    stated, in yuan, percentage points or units. A blank side adds nothing.
    """

    verdict: Verdict
    relation: Relation
    terms: Mapping[Cell, int]
    excess: Interval

    @property
    def broken(self) -> bool:
        """Whether it is an identity that does not hold, or that a blank keeps from holding."""
        return self.relation == "==" and self.verdict.outcome is not Outcome.PASS

    def without(self, cells: Collection[Cell], stated: Mapping[Cell, Interval]) -> Interval:
        """Return the excess that is left when these cells state nothing."""
        low, high = self.excess.low, self.excess.high
        for cell in cells:
            multiple, interval = self.terms.get(cell, 0), stated.get(cell)
            if multiple and interval is not None:
                ends = multiple * interval.low, multiple * interval.high
                low, high = low - min(ends), high - max(ends)
        return Interval(low, high)


def equations_of(verdicts: Iterable[Verdict]) -> tuple[Equation, ...]:
    """Return those verdicts that were decided and whose rule is linear."""
    sides: dict[int, tuple[Linear, Linear] | None] = {}
    found: list[Equation] = []
    for verdict in verdicts:
        bound = verdict.bound
        if bound is None or verdict.outcome is Outcome.NOT_APPLICABLE:
            continue
        if id(bound) not in sides:
            sides[id(bound)] = _linear(bound)
        linear = sides[id(bound)]
        if linear is not None:
            found.append(_equation(verdict, bound.assertion.relation, linear))
    return tuple(found)


def _linear(bound: BoundRule) -> tuple[Linear, Linear] | None:
    left, right = flatten(bound.assertion.left), flatten(bound.assertion.right)
    return None if left is None or right is None else (left, right)


def _equation(verdict: Verdict, relation: Relation, sides: tuple[Linear, Linear]) -> Equation:
    terms: dict[Cell, int] = {}
    material = verdict.material
    if material is not None:
        for sign, side in zip((1, -1), sides, strict=True):
            for coefficient, ref in side.terms:
                for cell in material.filled.cells_of(ref, verdict.row, verdict.column):
                    terms[cell] = terms.get(cell, 0) + sign * coefficient
    excess = (verdict.left or _NOTHING) - (verdict.right or _NOTHING)
    return Equation(verdict, relation, terms, excess)


@dataclass(slots=True)
class Region:
    """The values that unknowns may take together, cut out by half spaces.

    `bounds` gives, for whole multiples of the unknowns, the most that their sum may be.

    >>> region = Region()
    >>> region.limit((1, 1), Fraction(5), Fraction(5))
    >>> region.limit((1, 0), Fraction(2), Fraction(3))
    >>> [str(end) for end in region.range_of(1)]
    ['2', '3']
    """

    bounds: dict[tuple[int, ...], Fraction] = field(default_factory=dict)
    empty: bool = False

    def limit(self, multiples: tuple[int, ...], low: Fraction | None, high: Fraction | None) -> None:
        """Keep the sum of the unknowns, each times its multiple, between two ends."""
        if high is not None:
            self._at_most(multiples, high)
        if low is not None:
            self._at_most(tuple(-multiple for multiple in multiples), -low)

    def range_of(self, unknown: int) -> Range | None:
        """Return what one unknown may be; None when no values fulfil all limits."""
        region = self
        size = len(next(iter(self.bounds), ()))
        for other in range(size):
            if other != unknown:
                region = region._without(other)
        unit = tuple(int(index == unknown) for index in range(size))
        high = region.bounds.get(unit)
        low = region.bounds.get(tuple(-multiple for multiple in unit))
        low = None if low is None else -low
        if region.empty or (low is not None and high is not None and low > high):
            return None
        return low, high

    def _at_most(self, multiples: tuple[int, ...], bound: Fraction) -> None:
        common = gcd(*multiples)
        if common == 0:
            self.empty = self.empty or bound < 0
            return
        key = tuple(multiple // common for multiple in multiples)
        bound = bound / common
        self.bounds[key] = min(bound, self.bounds.get(key, bound))

    def _without(self, unknown: int) -> Region:
        """Eliminate an unknown: every upper limit on it is joined to every lower one (Fourier, Motzkin)."""
        found = Region(empty=self.empty)
        upper = [each for each in self.bounds.items() if each[0][unknown] > 0]
        lower = [each for each in self.bounds.items() if each[0][unknown] < 0]
        for multiples, bound in self.bounds.items():
            if multiples[unknown] == 0:
                found._at_most(multiples, bound)
        for above, most in upper:
            for below, least in lower:
                up, down = above[unknown], -below[unknown]
                joined = tuple(down * a + up * b for a, b in zip(above, below, strict=True))
                found._at_most(joined, down * most + up * least)
        return found
