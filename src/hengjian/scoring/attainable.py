"""The scores that a line of a rubric can give at all, whatever its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from hengjian.kernel import Interval
from hengjian.packs.rubric import (
    Banded,
    Checklist,
    Deduction,
    Graded,
    GroupMean,
    Judged,
    Occurrence,
    Parts,
    Proportional,
    Shape,
    Tally,
    Threshold,
)
from hengjian.scoring.words import plain, span

MOST_POINTS = 500
"""More single scores than this are taken for the stretch between the least and the most."""
_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Attainable:
    """Single scores, the most first, and stretches in which every score can be reached."""

    points: tuple[Fraction, ...] = ()
    stretches: tuple[Interval, ...] = ()

    @classmethod
    def of(cls, points: Iterable[Fraction]) -> Attainable:
        """Return a set of single scores; too many become a stretch."""
        ordered = tuple(sorted(set(points), reverse=True))
        if len(ordered) > MOST_POINTS:
            return cls((), (Interval(ordered[-1], ordered[0]),))
        return cls(ordered)

    @classmethod
    def up_to(cls, top: Fraction) -> Attainable:
        """Return every score from none to the top."""
        return cls((), (Interval(_NONE, top),))

    @property
    def bounds(self) -> Interval:
        """The least and the most that can be reached."""
        ends = [*self.points, *(end for one in self.stretches for end in (one.low, one.high))]
        return Interval(min(ends), max(ends))

    def contains(self, score: Fraction) -> bool:
        """Tell whether the rule can give exactly this score."""
        return score in self.points or any(stretch.contains(score) for stretch in self.stretches)

    def meets(self, scores: Interval) -> bool:
        """Tell whether the rule can give some score of the range."""
        return any(scores.contains(point) for point in self.points) or any(
            scores.agrees(stretch) for stretch in self.stretches
        )

    @property
    def words(self) -> str:
        """The scores as a reader writes them.

        >>> Attainable.of([Fraction(4), Fraction(0), Fraction(1)]).words
        '4、1、0'
        """
        return "、".join((*map(plain, self.points), *map(span, self.stretches)))


def attainable(rule: Shape, maximum: Decimal) -> Attainable:
    """Return every score that a rule can give on a line with that maximum.

    >>> errors = Deduction(shape="deduction", each=(Occurrence(input="errors", points=Decimal("0.5")),))
    >>> attainable(errors, Decimal(2)).words
    '2、1.5、1、0.5、0'
    """
    return _BY_SHAPE[type(rule)](rule, Fraction(maximum))


def _proportional(rule: Proportional, top: Fraction) -> Attainable:
    """A rate below the least that counts earns nothing; from there on any score up to the top."""
    if rule.none_below is None or rule.none_below <= 0:
        return Attainable.up_to(top)
    least = min(Fraction(rule.none_below) / Fraction(rule.full_at), Fraction(1))
    return Attainable((_NONE,), (Interval(least * top, top),))


def _threshold(rule: Threshold, top: Fraction) -> Attainable:
    if rule.otherwise == "unstated":
        return Attainable.up_to(top)
    return Attainable.of([top, Fraction(rule.otherwise)])


def _banded(rule: Banded, top: Fraction) -> Attainable:
    return Attainable.of(Fraction(band.earns) * top for band in rule.bands)


def _deduction(rule: Deduction, top: Fraction) -> Attainable:
    losses = _sums((_losses(one, top) for one in rule.each), top)
    return Attainable.of({top - loss for loss in losses} | ({_NONE} if rule.void_if else set()))


def _losses(one: Occurrence, top: Fraction) -> list[Fraction]:
    """Return what none, one, two … occurrences take, until nothing more is left to lose."""
    points = Fraction(one.points)
    limit = top if one.most is None else min(top, Fraction(one.most))
    times = min(-(-limit // points), MOST_POINTS) if points else 0
    return [min(points * n, limit) for n in range(times + 1)]


def _checklist(rule: Checklist, top: Fraction) -> Attainable:
    return Attainable.of(_sums(([_NONE, Fraction(item.points)] for item in rule.items), top))


def _graded(rule: Graded, top: Fraction) -> Attainable:
    return Attainable.of(Fraction(grade.earns) * top for grade in rule.grades)


def _group_mean(_: GroupMean, top: Fraction) -> Attainable:
    return Attainable.up_to(top)


def _tally(rule: Tally, top: Fraction) -> Attainable:
    """Every sum of what counts add and take; without a bound of its own a count is bounded by the maximum."""
    steps = []
    for one in rule.each:
        bound = top if one.most is None else Fraction(one.most)
        times = min(int(bound / abs(Fraction(one.points))), MOST_POINTS) if one.points else 0
        steps.append([Fraction(one.points) * n for n in range(times + 1)])
    return Attainable.of(_sums(steps, None))


def _judged(rule: Judged, top: Fraction) -> Attainable:
    if not rule.step:
        return Attainable.up_to(top)
    step = Fraction(rule.step)
    return Attainable.of([*(step * n for n in range(int(top / step) + 1)), top])


def _parts(rule: Parts, _: Fraction) -> Attainable:
    each = [attainable(part.rule, part.max) for part in rule.parts]
    if not any(part.stretches for part in each):
        sums = _sums((part.points for part in each), None)
        return Attainable.of(sums)
    low = sum((part.bounds.low for part in each), _NONE)
    return Attainable((), (Interval(low, sum((part.bounds.high for part in each), _NONE)),))


def _sums(choices: Iterable[Iterable[Fraction]], top: Fraction | None) -> set[Fraction]:
    """Return every sum of one choice each; more than the top is worth no more."""
    sums = {_NONE}
    for options in choices:
        found = {one + other for one, other in product(sums, tuple(options))}
        sums = found if top is None else {min(total, top) for total in found}
    return sums


_BY_SHAPE: dict[type, Callable[[Any, Fraction], Attainable]] = {
    Proportional: _proportional,
    Threshold: _threshold,
    Banded: _banded,
    Deduction: _deduction,
    Checklist: _checklist,
    Graded: _graded,
    GroupMean: _group_mean,
    Tally: _tally,
    Judged: _judged,
    Parts: _parts,
}
