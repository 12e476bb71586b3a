"""A score: the points that a rubric allows beside the points stated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from hengjian.kernel import Interval, Outcome, Text
from hengjian.kernel.number import round_half_up

_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Score:
    """Points that the rubric allows (a range), and the points stated.

    `point` is what the figures give as they are printed; `allowed` is all they may give, rounded figures
    that they are. Only a result that inputs do not settle makes `point` a range. A `missed` target earns full
    marks only where what it does earn comes to them at two decimals, which is as far as forms go. Where
    nothing can be allowed, `missing` says what for.
    """

    weight: Decimal | None
    allowed: Interval | None
    stated: Decimal | None
    point: Interval | None = None
    missed: bool = False
    missing: tuple[Text, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Whether the stated points are among those allowed."""
        if self.stated is None:
            return Outcome.NOT_APPLICABLE
        if self.unearned:
            return Outcome.FAIL
        if self.allowed is None:
            return Outcome.NOT_EVALUABLE
        return Outcome.FAIL if points(self.stated).contradicts(self.allowed) else Outcome.PASS

    @property
    def unearned(self) -> bool:
        """Whether full marks are stated for a missed target that does not come near enough to them."""
        if not self.missed or not self.weight or self.stated != self.weight:
            return False
        settled = self.point is not None and self.point.exact
        return not (settled and self.point and round_half_up(self.point.low, _DECIMALS) == self.weight)


def points(stated: Decimal) -> Interval:
    """Return what a stated score stands for: ± half a unit of its last digit."""
    return _points(str(stated))


@lru_cache(maxsize=4_096)
def _points(text: str) -> Interval:
    """Kept by the text: 10 and 10.0 are equal numbers and different statements."""
    stated = Decimal(text)
    half = Fraction(Decimal(5).scaleb(min(int(stated.as_tuple().exponent), 0) - 1))
    return Interval.about(Fraction(stated), half)


def same_points(one: Decimal, other: Decimal) -> bool:
    """Tell whether two statements of one score agree: the coarser is the rounding of the finer.

    >>> same_points(Decimal(98), Decimal("98.4")), same_points(Decimal(98), Decimal(99))
    (True, False)
    """
    coarse, fine = sorted((one, other), key=lambda score: int(score.as_tuple().exponent), reverse=True)
    alike = coarse.as_tuple().exponent == fine.as_tuple().exponent
    return one == other if alike else points(coarse).contains(Fraction(fine))
