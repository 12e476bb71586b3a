"""Findings about results and scores: each is a score or a result that does not follow from inputs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hengjian.filing import Indicator
from hengjian.kernel import Finding, Interval, Outcome, Severity
from hengjian.packs.rubric import Rubric
from hengjian.scoring.achievement import State, quantity, reached_as_limit, usual_unit
from hengjian.scoring.project import IndicatorScore, ProjectScore
from hengjian.scoring.results_execution import execution_findings
from hengjian.scoring.results_total import total_findings
from hengjian.scoring.target_values import has_numeral
from hengjian.scoring.words import plain, span, target_in_words, unsaid

_RESULT_CODES = {
    State.BLANK: "result.missing",
    State.PROMPT: "form.prompt-left",
    State.REPEATS_TARGET: "result.repeats-target",
    State.NOT_NUMERIC: "result.not-numeric",
    State.OTHER_UNIT: "result.other-unit",
    State.IMPOSSIBLE: "result.impossible",
    State.UNFIT_OPERATOR: "score.operator-unfit",
}
"""An operator with words for a target is a finding about the target, unless the words hold a numeral."""
_ONLY_WHEN_SCORED = (State.BLANK, State.UNFIT_OPERATOR)
"""What is not yet filled in is no fault."""
_MEASURES = ("元", "秒", "分钟", "小时", "天", "工作日", "周", "月", "年", "‰")
"""Units that measure something of their own, and count no things."""
_FULL = 100
_RATES = ("%", "‰", "百分点", "倍")
"""Units of rates, which may well be far above a target."""


def result_findings(scored: ProjectScore, rubric: Rubric) -> Iterator[Finding]:
    """Yield what is wrong with a project's results, scores and totals."""
    for each in scored.indicators:
        yield from result_of(each, rubric)
        yield from _indicator_score(each, rubric)
        yield from _over_fulfilled(each, rubric)
    yield from execution_findings(scored, rubric)
    yield from total_findings(scored, rubric)


def result_of(each: IndicatorScore, rubric: Rubric) -> Iterator[Finding]:
    """Yield what is wrong with an indicator's result as its achievement tells it."""
    indicator, state = each.indicator, each.achievement.state
    code = _RESULT_CODES.get(state)
    if state is State.QUALITATIVE and each.score.weight is not None and each.score.allowed is None:
        yield Finding.of(
            "result.rating-unknown",
            indicator.place,
            stated=indicator.rating,
            expected="、".join(band.grade for band in rubric.qualitative),
            basis=rubric.basis,
            name=indicator.name,
        )
    unscored = indicator.score is None and state in _ONLY_WHEN_SCORED
    worded = state is State.UNFIT_OPERATOR and indicator.operator != "qualitative"
    if worded and not unscored and has_numeral(indicator.target or ""):
        code = "score.target-unreadable"
    elif code is None or unscored or worded:
        return
    yield Finding.of(
        code,
        indicator.place,
        severity=_severity_of_result(indicator, state),
        stated=(indicator.actual or "").strip() or None,
        expected=None,
        basis=rubric.basis,
        name=indicator.name,
        text=(indicator.actual or "").strip(),
        unit=indicator.unit or "",
        figure=_with_unit(indicator),
        target=target_in_words(indicator),
        score=plain(indicator.score) if indicator.score is not None else "",
    )


def _severity_of_result(indicator: Indicator, state: State) -> Severity | None:
    """Counters may mean the same, and what is above the target in any case is only to be stated exactly."""
    alike = state is State.OTHER_UNIT and _counters(indicator)
    limit = state in (State.OTHER_UNIT, State.NOT_NUMERIC) and reached_as_limit(indicator)
    return Severity.INFO if alike or limit else None


def _with_unit(indicator: Indicator) -> str:
    """Write a result with its unit, which the cell may hold already."""
    text, unit = (indicator.actual or "").strip(), indicator.unit or ""
    return text if text.endswith(unit) else text + unit


def _counters(indicator: Indicator) -> bool:
    """Tell whether the units of result and column only count, as 家 and 个 do: they may mean the same."""
    stated = quantity(indicator.actual, None)
    units = (indicator.unit or "", stated.unit if stated is not None else "")
    return not any(usual_unit(unit).endswith(_MEASURES) or "%" in unit for unit in units)


def _indicator_score(each: IndicatorScore, rubric: Rubric) -> Iterator[Finding]:
    indicator, score = each.indicator, each.score
    missed = each.achievement.state is State.MISSED
    if score.stated is None and score.weight is None and missed and unsaid(indicator.shortfall):
        yield Finding.of("score.shortfall-unexplained", indicator.place, **_values(each))
    if score.stated is None or score.weight is None:
        return
    if score.stated > score.weight:
        yield Finding.of(
            "score.above-weight",
            indicator.place,
            stated=plain(score.stated),
            expected=f"≤{plain(score.weight)}",
            difference=plain(score.stated - score.weight),
            **_values(each),
        )
    elif score.outcome is Outcome.FAIL:
        yield _not_by_rule(each, rubric)
    elif missed and unsaid(indicator.shortfall):
        yield Finding.of("score.shortfall-unexplained", indicator.place, **_values(each))


def _not_by_rule(each: IndicatorScore, rubric: Rubric) -> Finding:
    """Name a score that the rubric does not give, and what it gives."""
    score = each.score
    if score.stated is None or score.weight is None:
        raise AssertionError("only a stated score can be compared")
    weight = Fraction(score.weight)
    point = score.point or Interval(Fraction(0), weight)
    below = score.unearned and point.high >= weight
    expected = f"<{plain(weight)}" if below else span(point)
    gap = Interval.exactly(Fraction(score.stated)).gap_to(point)
    code, severity = "score.not-by-rule", None
    if score.unearned:
        code, severity = "score.unmet-full", _severity_of_full(each)
    elif each.achievement.state is State.REACHED and point.low == weight:
        code = "score.reduced-though-met"
    return Finding.of(
        code,
        each.indicator.place,
        severity=severity,
        stated=plain(score.stated),
        expected=expected,
        difference=None if below else plain(gap),
        basis=rubric.basis,
        **_values(each),
    )


def _severity_of_full(each: IndicatorScore) -> Severity | None:
    """Full marks above a target that was to be met exactly are to be explained: more may have been wanted."""
    rate = each.achievement.completion
    over = each.indicator.operator == "=" and rate is not None and rate.low > _FULL
    return Severity.WARNING if over else None


def _over_fulfilled(each: IndicatorScore, rubric: Rubric) -> Iterator[Finding]:
    """A count far above its target: the target was too low, or somebody should say why it was not.

    One more than planned is no sign of it, however large the share.
    """
    indicator, reached = each.indicator, each.achievement
    rate, most = reached.completion, rubric.explain_above
    if most is None or rate is None or reached.result is None or rate.low <= _FULL:
        return
    planned = reached.result.low * _FULL / rate.low
    above = rate.low > Fraction(most) and reached.result.low - planned > 1
    if above and _is_counted(indicator) and unsaid(indicator.shortfall):
        yield Finding.of(
            "result.over-fulfilled",
            indicator.place,
            stated=f"{plain(rate.middle, 1)}%",
            expected=f"≤{plain(most)}%",
            basis=rubric.basis,
            **_values(each),
        )


def _is_counted(indicator: Indicator) -> bool:
    """Tell whether more is better and the unit is none of a rate."""
    spent = "成本" in indicator.level1 or "成本" in indicator.level2
    return indicator.operator in ("≥", ">") and usual_unit(indicator.unit or "") not in _RATES and not spent


def _values(each: IndicatorScore) -> dict[str, Any]:
    indicator = each.indicator
    return {
        "name": indicator.name,
        "target": target_in_words(indicator),
        "actual": f"{indicator.actual or ''}",
        "weight": plain(each.score.weight) if each.score.weight is not None else "",
    }
