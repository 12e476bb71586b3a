"""Score a project's self-evaluation under a rubric: every score follows from inputs.

A score that the inputs do not settle (a qualitative result) is a range; a missing input makes it not
evaluable, never full marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hengjian.filing import Indicator, Project
from hengjian.kernel import Interval, Outcome, add_stated, percentage
from hengjian.packs.rubric import CompletionBand, Rubric
from hengjian.scoring.achievement import Achievement, State, achievement

_FULL = Fraction(100)


@dataclass(frozen=True, slots=True)
class Score:
    """Points that the rubric allows (a range), and the points stated.

    `point` is what the figures give as they are printed; `allowed` is all they may give, rounded figures
    that they are. Only a result that inputs do not settle makes `point` a range. A `missed` target never
    earns full marks, not even as the rounding of what it does earn.
    """

    weight: Decimal | None
    allowed: Interval | None
    stated: Decimal | None
    point: Interval | None = None
    missed: bool = False

    @property
    def outcome(self) -> Outcome:
        """Whether the stated points are among those allowed."""
        if self.stated is None:
            return Outcome.NOT_APPLICABLE
        if self.allowed is None:
            return Outcome.NOT_EVALUABLE
        unearned = self.missed and self.stated == self.weight
        return Outcome.FAIL if unearned or points(self.stated).contradicts(self.allowed) else Outcome.PASS


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """An indicator with its achievement and score."""

    indicator: Indicator
    achievement: Achievement
    score: Score


@dataclass(frozen=True, slots=True)
class ProjectScore:
    """A project's scores: budget execution, each indicator, the total and the grade.

    `total` is the score of totals, without range while a part is not evaluable; `printed` is the sum of the
    scores that are printed.
    """

    project: Project
    execution: Score
    indicators: tuple[IndicatorScore, ...]
    total: Score
    printed: Decimal | None
    grade: str | None

    @property
    def stated(self) -> Decimal | None:
        """The total that the form states, in its total row or else in its conclusion."""
        return self.total.stated

    @property
    def outcome(self) -> Outcome:
        """Whether the stated total is among those that the inputs allow."""
        return self.total.outcome


def points(stated: Decimal) -> Interval:
    """Return what a stated score stands for: ± half a unit of its last digit."""
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


def score_project(project: Project, rubric: Rubric, prompts: Sequence[str] = ()) -> ProjectScore:
    """Score a project under a rubric; `prompts` are patterns of guidance that is no result.

    Weights come from the project where it states them, else from the rubric.
    """
    patterns = tuple(re.compile(prompt) for prompt in prompts)
    execution = _execution_score(project, rubric)
    indicators = tuple(_indicator_score(i, rubric, patterns) for i in project.indicators)
    scores = [execution, *(each.score for each in indicators)] if indicators else []
    stated = project.conclusion_score if project.stated_score is None else project.stated_score
    allowed, point = _sum(score.allowed for score in scores), _sum(score.point for score in scores)
    total = Score(None, allowed, stated, point)
    settled = point.low if point is not None and point.low == point.high else None
    grade = grade_of(rubric, Fraction(stated) if stated is not None else settled)
    return ProjectScore(project, execution, indicators, total, _printed_sum(project), grade)


def _sum(points_of_parts: Iterable[Interval | None]) -> Interval | None:
    """Add points; None while a part is not evaluable."""
    summed = add_stated(points_of_parts)
    return None if summed.blanks else summed.total


def grade_of(rubric: Rubric, total: Fraction | None) -> str | None:
    """Return the rubric's grade for a total score."""
    if total is None:
        return None
    return next((grade.name for grade in rubric.grades if total >= Fraction(grade.at_least)), None)


def _printed_sum(project: Project) -> Decimal | None:
    scores = [project.execution_score, *(indicator.score for indicator in project.indicators)]
    printed = [score for score in scores if score is not None]
    return sum(printed, Decimal(0)) if printed else None


def _execution_score(project: Project, rubric: Rubric) -> Score:
    """Execution score = weight × min(1, executed / adjusted budget)."""
    weight = project.execution_weight if project.execution_weight is not None else rubric.execution_weight
    rate, printed = execution_rate(project), execution_rate(project, as_printed=True)
    if weight is None or rate is None or printed is None:
        return Score(weight, None, project.execution_score)
    full = Fraction(weight)
    return Score(weight, _capped(rate, full), project.execution_score, _capped(printed, full))


def _capped(rate: Interval, weight: Fraction) -> Interval:
    share = Interval(min(rate.low, _FULL), min(rate.high, _FULL))
    return share * Interval.exactly(weight / _FULL)


def execution_rate(project: Project, *, as_printed: bool = False) -> Interval | None:
    """Return executed over adjusted budget in percent; None without funds or with a base of zero.

    `as_printed` takes the figures as exact.
    """
    if project.funds is None:
        return None
    executed = project.funds.interval("total", "executed")
    adjusted = project.funds.interval("total", "adjusted")
    if adjusted is None:
        adjusted = project.funds.interval("total", "initial")
    if executed is None or adjusted is None:
        return None
    if as_printed:
        return percentage(Interval.exactly(executed.middle), Interval.exactly(adjusted.middle))
    return percentage(executed, adjusted)


def _indicator_score(
    indicator: Indicator, rubric: Rubric, prompts: tuple[re.Pattern[str], ...]
) -> IndicatorScore:
    reached = achievement(indicator, prompts)
    if indicator.weight is None:
        return IndicatorScore(indicator, reached, Score(None, None, indicator.score))
    weight = Fraction(indicator.weight)
    rate = reached.completion
    printed = replace(reached, completion=None if rate is None else Interval.exactly(rate.middle))
    allowed = _allowed_points(reached, weight, indicator, rubric)
    point = _allowed_points(printed, weight, indicator, rubric)
    missed = reached.state is State.MISSED
    return IndicatorScore(
        indicator, reached, Score(indicator.weight, allowed, indicator.score, point, missed)
    )


def _allowed_points(
    reached: Achievement, weight: Fraction, indicator: Indicator, rubric: Rubric
) -> Interval | None:
    if reached.state is State.QUALITATIVE:
        return Interval(Fraction(0), weight)
    if reached.state not in (State.REACHED, State.MISSED):
        return None
    limited = indicator.operator in ("≤", "<")
    if reached.state is State.REACHED and (limited or reached.completion is None):
        return Interval.exactly(weight)
    if reached.state is State.MISSED and limited and rubric.missed_limit == "none":
        return Interval.exactly(0)
    if reached.completion is None:
        return Interval.exactly(0) if reached.state is State.MISSED else None
    return _banded(reached, weight, rubric.completion)


def _banded(reached: Achievement, weight: Fraction, bands: tuple[CompletionBand, ...]) -> Interval | None:
    """Apply the rubric's completion bands; a rate that touches two bands may earn either.

    A missed target never earns full marks by rounding: its proportional share is capped below them.
    """
    rate = reached.completion
    if rate is None:
        return None
    earned = [
        part
        for band in bands
        if (part := _in_band(rate, weight, band)) is not None
        and not (reached.state is State.MISSED and band.earns == "full")
    ]
    if not earned:
        return Interval.exactly(0)
    return Interval(min(part.low for part in earned), max(part.high for part in earned))


def _in_band(rate: Interval, weight: Fraction, band: CompletionBand) -> Interval | None:
    low, high = Fraction(band.at_least), None if band.below is None else Fraction(band.below)
    if rate.high < low or (high is not None and rate.low >= high):
        return None
    match band.earns:
        case "none":
            return Interval.exactly(0)
        case "half":
            return Interval.exactly(weight / 2)
        case "full":
            return Interval.exactly(weight)
    inside = Interval(max(rate.low, low), rate.high if high is None else min(rate.high, high))
    return inside * Interval.exactly(weight / _FULL)
