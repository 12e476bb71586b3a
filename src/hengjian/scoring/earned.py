"""What an indicator's result earns under a scoring method, in percent of its weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from hengjian.filing import Indicator
from hengjian.kernel import Interval
from hengjian.packs import squeeze
from hengjian.packs.rubric import CompletionBand, QualitativeBand, Rubric
from hengjian.packs.schema import TargetWords
from hengjian.scoring.achievement import LIMITS, Achievement, State, usual_unit

_NONE, _ALL = Fraction(0), Fraction(100)
NOTHING, FULL, ANYTHING = Interval.exactly(_NONE), Interval.exactly(_ALL), Interval(_NONE, _ALL)


def share(
    indicator: Indicator, reached: Achievement, rubric: Rubric, words: TargetWords
) -> tuple[Interval, Interval] | None:
    """Return what a result may earn and what it earns as printed, in percent; None when nothing can be said.

    A result that touches two bands may earn either. What the method does not settle is a range: a
    qualitative result without a grade, a figure above a target that is to be met exactly, a strict limit that
    is just met.
    """
    if reached.state is State.QUALITATIVE:
        earned = _graded(indicator, rubric.qualitative)
        return None if earned is None else (earned, earned)
    if reached.result is None:
        return None
    if scored_by_itself(indicator, rubric, words):
        return _satisfied(indicator, reached, rubric)
    earned = _by_completion(indicator, reached, reached.completion, rubric)
    if earned is None or reached.printed is reached.completion:
        return None if earned is None else (earned, earned)
    as_printed = _by_completion(indicator, reached, reached.printed, rubric)
    return (earned, earned if as_printed is None else as_printed)


def _satisfied(
    indicator: Indicator, reached: Achievement, rubric: Rubric
) -> tuple[Interval, Interval] | None:
    """Apply the bands of satisfaction rates or the common ones: forms in use score by either.

    财预〔2021〕101号 sets the former for central departments; the national method knows the latter only.
    """
    if reached.result is None:
        return None
    printed = Interval.exactly(reached.result.middle)
    pairs = ((reached.result, reached.completion), (printed, reached.printed))
    both = []
    for result, rate in pairs:
        own, common = _banded(result, rubric.satisfaction), _by_completion(indicator, reached, rate, rubric)
        both.append(own if common is None else _hull(own, common))
    return (both[0], both[1])


def _hull(one: Interval, other: Interval) -> Interval:
    return Interval(min(one.low, other.low), max(one.high, other.high))


def scored_by_itself(indicator: Indicator, rubric: Rubric, words: TargetWords) -> bool:
    """Tell whether the points may follow from a satisfaction rate itself, whatever its target."""
    if not rubric.satisfaction or usual_unit(indicator.unit or "") != "%":
        return False
    return any(word in squeeze(indicator.name) for word in words.satisfaction)


def rating_of(indicator: Indicator, bands: Sequence[QualitativeBand]) -> str | None:
    """Return the grade that a qualitative result was given, or that its own words are."""
    if indicator.rating is not None:
        return squeeze(indicator.rating)
    words = squeeze(indicator.actual or "")
    return words if any(squeeze(band.grade) == words for band in bands) else None


def _graded(indicator: Indicator, bands: Sequence[QualitativeBand]) -> Interval | None:
    """Return the band of the grade given; anything without a grade; None for a grade that is none."""
    grade = rating_of(indicator, bands)
    if grade is None or not bands:
        return ANYTHING
    found = next((band for band in bands if squeeze(band.grade) == grade), None)
    return None if found is None else Interval(Fraction(found.low), Fraction(found.high))


def _by_completion(
    indicator: Indicator, reached: Achievement, rate: Interval | None, rubric: Rubric
) -> Interval | None:
    missed = reached.state is State.MISSED
    limited = indicator.operator in LIMITS
    if limited and missed and rubric.missed_limit == "none":
        return NOTHING
    if rate is None:
        return None if missed else FULL
    if limited:
        return _limited(rate, rubric, missed=missed)
    if indicator.operator == ">" and missed and rate.high >= _ALL:
        return ANYTHING
    if indicator.operator == "=" and rate.high > _ALL:
        inverse = Interval.exactly(_ALL * _ALL / rate.high)
        return Interval(min(_banded(part, rubric.completion).low for part in (rate, inverse)), _ALL)
    return _banded(rate, rubric.completion)


def _limited(rate: Interval, rubric: Rubric, *, missed: bool) -> Interval:
    """Full within the limit, the inverse share or nothing beyond; at a strict limit the method is silent."""
    if rate.high >= _ALL and missed:
        return ANYTHING
    if rate.low >= _ALL:
        return FULL
    if missed:
        return _banded(rate, rubric.completion)
    least = NOTHING if rubric.missed_limit == "none" else _banded(rate, rubric.completion)
    return Interval(least.low, _ALL)


def _banded(rate: Interval, bands: Iterable[CompletionBand]) -> Interval:
    """Apply bands; a rate in none of them earns nothing."""
    parts = [_in_band(rate, band) for band in bands if band.meets(rate)]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return NOTHING
    return Interval(min(part.low for part in parts), max(part.high for part in parts))


def _in_band(rate: Interval, band: CompletionBand) -> Interval:
    if band.share is not None:
        return _fixed(band.share)
    if rate.exact:
        return rate
    low, high = band.lower, band.upper
    least = rate.low if low is None else max(rate.low, low)
    return Interval(least, rate.high if high is None else min(rate.high, high))


@lru_cache(maxsize=128)
def _fixed(share_of_points: Decimal) -> Interval:
    return Interval.exactly(Fraction(share_of_points) * _ALL)
