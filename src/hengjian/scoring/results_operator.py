"""Findings about scores of targets without operator, where every operator that may be meant says the same.

Such an indicator is not evaluable. But a result that is the target meets =, ≥ and ≤; one below it misses
the whole of a part (no rate is meant to stay under 100 %), and a number of things to be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hengjian.filing import Indicator
from hengjian.kernel import Finding, Severity
from hengjian.packs import squeeze
from hengjian.packs.rubric import Rubric
from hengjian.packs.schema import TargetWords
from hengjian.scoring.achievement import Achievement, State, achievement, quantity, usual_unit
from hengjian.scoring.project import IndicatorScore, ProjectScore
from hengjian.scoring.results import result_of
from hengjian.scoring.words import plain, target_in_words, unsaid

_PER_CENT, _WHOLE, _MONEY, _COUNTS = "%", 100, "元", "数量"
_NO_RESULTS = (State.OTHER_UNIT, State.IMPOSSIBLE)
"""What a result is whatever the operator was."""
_DONE, _ABOUT = "完成", "左右"
"""A rate of what was done may exceed 100 %, and is not meant to stay under it."""


def operatorless_findings(scored: ProjectScore, rubric: Rubric, words: TargetWords) -> Iterator[Finding]:
    """Yield results in another unit, full scores below a target, reduced ones at it, reasons that lack."""
    for each in scored.indicators:
        if each.achievement.state is not State.NO_OPERATOR:
            continue
        read = achievement(replace(each.indicator, operator="="), words=words)
        if read.state in _NO_RESULTS and _ABOUT not in (each.indicator.unit or ""):
            yield from result_of(replace(each, achievement=read), rubric)
        code = _fault(each, read, words)
        if code is not None:
            indicator, weight = each.indicator, plain(each.score.weight or 0)
            yield Finding.of(
                code,
                indicator.place,
                severity=Severity.WARNING if code == "score.unmet-full" else None,
                stated=plain(each.score.stated or 0),
                expected=weight if code == "score.reduced-though-met" else f"<{weight}",
                basis=rubric.basis,
                name=indicator.name,
                target=target_in_words(indicator),
                actual=indicator.actual or "",
                weight=weight,
            )


def _fault(each: IndicatorScore, read: Achievement, words: TargetWords) -> str | None:
    stated, weight = each.score.stated, each.score.weight
    if stated is None or not weight:
        return None
    if read.state is State.REACHED:
        return "score.reduced-though-met" if stated < weight else None
    if read.completion is None or read.completion.high >= _WHOLE or not _is_floor(each.indicator, words):
        return None
    if stated == weight:
        return "score.unmet-full"
    return "score.shortfall-unexplained" if unsaid(each.indicator.shortfall) else None


def _is_floor(indicator: Indicator, words: TargetWords) -> bool:
    """Tell whether a target can only be a number to reach: the whole of a part, or things to be done."""
    target = quantity(indicator.target, indicator.unit)
    if target is None:
        return False
    unit = usual_unit(indicator.unit or target.unit)
    if unit == _PER_CENT:
        free = [word for word in words.unbounded if word in squeeze(indicator.name)]
        return Fraction(target.number.value) == _WHOLE and all(word.startswith(_DONE) for word in free)
    return _MONEY not in unit and squeeze(indicator.level2).startswith(_COUNTS)
