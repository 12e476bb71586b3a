"""The mean of what a group of the overall targets earns: a line of the rubrics that score by completion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from hengjian.filing import Filing, Project
from hengjian.kernel import Interval, Text
from hengjian.packs import Standards, squeeze
from hengjian.packs.rubric import GroupMean, Rubric
from hengjian.scoring import phrases
from hengjian.scoring.project import IndicatorScore, score_project
from hengjian.scoring.steps import Step

_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Mean:
    """The share of the points that a group earns, None while a result is missing; from what."""

    share: Interval | None
    steps: tuple[Step, ...]
    missing: tuple[Text, ...] = ()


def group_mean(rule: GroupMean, filing: Filing, standards: Standards) -> Mean:
    """Return the mean share of the overall targets of a first-level group."""
    if filing.overall is None or not filing.overall.indicators:
        return Mean(None, (), (phrases.OVERALL_TARGETS,))
    levels = {squeeze(level) for level in rule.level1}
    group = [each for each in filing.overall.indicators if squeeze(each.level1) in levels]
    if not group:
        return Mean(None, (), (phrases.NO_INDICATORS.filled(level="、".join(rule.level1)),))
    whole = tuple(replace(indicator, weight=_FULL) for indicator in group)
    scored = score_project(Project("", indicators=whole), _as_rubric(rule), standards.prompts).indicators
    steps = tuple(phrases.share_step(each.indicator, each.score.allowed) for each in scored)
    missing = tuple(
        phrases.RESULT_OF.filled(name=each.indicator.name) for each in scored if not _settled(each)
    )
    if missing:
        return Mean(None, steps, missing)
    shares = [each.score.point or each.score.allowed for each in scored]
    total = sum((share for share in shares if share is not None), Interval.exactly(0))
    return Mean(total * Interval.exactly(Fraction(1, 100 * len(scored))), steps)


def _settled(scored: IndicatorScore) -> bool:
    """Tell whether the result settles the share: a qualitative result without a rating does not."""
    allowed = scored.score.allowed
    return allowed is not None and allowed != Interval(Fraction(0), Fraction(100))


def _as_rubric(rule: GroupMean) -> Rubric:
    return Rubric.model_validate(
        {
            "rubric": "group",
            "title": {"zh": "", "en": ""},
            "subject": "project",
            "from": 1994,
            "basis": "",
            "verified": True,
            "completion": rule.completion,
            "missed_limit": rule.missed_limit,
            "qualitative": rule.qualitative,
        }
    )
