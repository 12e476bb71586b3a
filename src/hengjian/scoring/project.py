"""Score a project's self-evaluation under a rubric: every score follows from inputs.

A score that the inputs do not settle (a qualitative result) is a range; a missing input makes it not
evaluable, never full marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from hengjian.filing import Indicator, Project
from hengjian.kernel import Interval, Outcome, Text
from hengjian.packs.rubric import Rubric
from hengjian.packs.schema import TargetWords
from hengjian.scoring import missing
from hengjian.scoring.achievement import Achievement, State, achievement
from hengjian.scoring.earned import scored_by_itself, share
from hengjian.scoring.execution import execution_score
from hengjian.scoring.score import Score, same_points
from hengjian.scoring.words import plain

_WHOLE = Fraction(100)
_NO_WORDS = TargetWords()


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
        """Whether the stated total is among those that the inputs allow.

        The sum of scores that are right as they are rounded is right, whatever exact scores come to.
        """
        if self.total.outcome is not Outcome.FAIL or self.stated is None or self.printed is None:
            return self.total.outcome
        parts = (self.execution, *(each.score for each in self.indicators))
        sound = all(part.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE) for part in parts)
        return Outcome.PASS if sound and same_points(self.stated, self.printed) else Outcome.FAIL


def score_project(
    project: Project, rubric: Rubric, prompts: Sequence[str] = (), words: TargetWords = _NO_WORDS
) -> ProjectScore:
    """Score a project under a rubric; `prompts` are patterns of guidance that is no result.

    Weights come from the project where it states them, else from the rubric. `words` tell satisfaction rates
    and parts of a whole by their names.
    """
    patterns = _patterns(tuple(prompts))
    execution = execution_score(project, rubric)
    indicators = tuple(_indicator_score(i, rubric, patterns, words) for i in project.indicators)
    total = _total(project, rubric, execution, indicators)
    point = total.point
    settled = point.low if point is not None and point.low == point.high else None
    grade = grade_of(rubric, Fraction(total.stated) if total.stated is not None else settled)
    return ProjectScore(project, execution, indicators, total, _printed_sum(project), grade)


def grade_of(rubric: Rubric, total: Fraction | None) -> str | None:
    """Return the rubric's grade for a total score."""
    if total is None:
        return None
    return next((grade.name for grade in rubric.grades if total >= Fraction(grade.at_least)), None)


@lru_cache(maxsize=64)
def _patterns(prompts: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(prompt) for prompt in prompts)


def weights_in_all(project: Project, execution: Score) -> Decimal | None:
    """Return the sum of all weights; None while one is not stated, or in a form without funds."""
    weights = [indicator.weight for indicator in project.indicators]
    if not weights or None in weights or project.funds is None:
        return None
    return sum((weight for weight in weights if weight), execution.weight or Decimal(0))


def _total(project: Project, rubric: Rubric, execution: Score, indicators: Sequence[IndicatorScore]) -> Score:
    """Add the parts up; a part that is not evaluable, or weights that miss the whole, leave no total."""
    stated = project.total_score
    scores = [each.score for each in indicators]
    if not scores:
        return Score(None, None, stated, missing=(missing.INDICATORS,))
    counted = execution.weight is not None or rubric.execution_weight is not None
    parts = [execution, *scores] if counted else scores
    lacking = tuple(_gaps(execution, indicators, counted=counted))
    weights = weights_in_all(project, execution)
    if weights is not None and weights != _WHOLE:
        lacking = (missing.WEIGHTS.filled(expected=plain(_WHOLE)), *lacking)
    if lacking:
        return Score(None, None, stated, missing=lacking)
    allowed = _sum(part.allowed for part in parts)
    settled = all(part.point is part.allowed for part in parts)
    return Score(None, allowed, stated, allowed if settled else _sum(part.point for part in parts))


def _gaps(execution: Score, indicators: Sequence[IndicatorScore], *, counted: bool) -> Iterable[Text]:
    if counted:
        yield from (missing.EXECUTION_OF.filled(what=what) for what in execution.missing)
    for each in indicators:
        for what in each.score.missing:
            yield missing.OF.filled(name=each.indicator.name, what=what)


def _sum(parts: Iterable[Interval | None]) -> Interval:
    """Add what the parts earn, of which none is missing. Fractions are reduced once, at the end."""
    stated = [part for part in parts if part is not None]
    low = _added(part.low for part in stated)
    return Interval(low, low if all(part.exact for part in stated) else _added(part.high for part in stated))


def _added(terms: Iterable[Fraction]) -> Fraction:
    numerator, denominator = 0, 1
    for term in terms:
        numerator = numerator * term.denominator + term.numerator * denominator
        denominator *= term.denominator
    return Fraction(numerator, denominator)


def _printed_sum(project: Project) -> Decimal | None:
    scores = [project.execution_score, *(indicator.score for indicator in project.indicators)]
    printed = [score for score in scores if score is not None]
    return sum(printed, Decimal(0)) if printed else None


def _indicator_score(
    indicator: Indicator, rubric: Rubric, prompts: Sequence[re.Pattern[str]], words: TargetWords
) -> IndicatorScore:
    reached = achievement(indicator, prompts, words)
    missed = reached.state is State.MISSED and not scored_by_itself(indicator, rubric, words)
    shares = share(indicator, reached, rubric, words)
    weight = indicator.weight
    if weight is None or shares is None:
        lacking = (missing.WEIGHT,) if weight is None else ()
        if shares is None:
            lacking = (missing.of_indicator(indicator, reached.state), *lacking)
        return IndicatorScore(
            indicator, reached, Score(weight, None, indicator.score, missed=missed, missing=lacking)
        )
    per_cent = _per_cent(weight)
    allowed = shares[0].times(per_cent)
    point = allowed if shares[1] is shares[0] else shares[1].times(per_cent)
    return IndicatorScore(indicator, reached, Score(weight, allowed, indicator.score, point, missed))


@lru_cache(maxsize=1024)
def _per_cent(weight: Decimal) -> Fraction:
    return Fraction(weight) / _WHOLE
