"""The derivation of a project's score, from its total down to results, targets and money."""

from __future__ import annotations

from fractions import Fraction

from hengjian.filing import Indicator
from hengjian.kernel import Amount, Interval, Text
from hengjian.packs.rubric import CompletionBand, Rubric
from hengjian.scoring import phrases
from hengjian.scoring.achievement import State
from hengjian.scoring.execution import execution_rate
from hengjian.scoring.project import IndicatorScore, ProjectScore
from hengjian.scoring.score import Score
from hengjian.scoring.steps import Step
from hengjian.scoring.words import plain, span, target_in_words

_TOTAL = Text("{name}：总分", "{name}: total")
_EXECUTION = Text("预算执行（{weight}分）", "Budget execution ({weight})")
_INDICATOR = Text("{name}（{weight}分）", "{name} ({weight})")
_UNWEIGHTED = Text("{name}（未写权重）", "{name} (no weight)")
_TARGET, _RESULT = Text("指标值", "Target"), Text("完成值", "Result")
_RATE, _COMPLETION = Text("预算执行率", "Execution rate"), Text("完成率", "Completion")
_COLUMNS = (
    ("executed", Text("预算执行数", "Executed")),
    ("adjusted", Text("调整后预算数", "Adjusted budget")),
    ("initial", Text("年初预算数", "Initial budget")),
)
_RULE = Text("计分办法", "Rule")
_LIMIT = Text("不超过指标值得满分，超过不得分", "full points within the limit, none beyond")
_BY_RATE = Text("权重×执行率，超过100%按100%", "weight × rate, at most 100 %")
_STATED = Text("自评{stated}分", "stated: {stated}")
_REACH = Text("要得满分", "For full points")
_BLANK = Text("（空白）", "(blank)")
_SAID = Text("", "")
"""The result of a step that is said by its name."""
_STATES = {
    State.REACHED: Text("达到目标", "reached"),
    State.MISSED: Text("未达到目标", "missed"),
    State.QUALITATIVE: Text("定性结果，得分由评级决定", "qualitative: points by its rating"),
}


def derivation(scored: ProjectScore, rubric: Rubric) -> Step:
    """Return how a project's total follows from its figures, with the rubric's basis."""
    steps = (_execution(scored), *(indicator_step(each, rubric) for each in scored.indicators))
    what = _TOTAL.filled(name=scored.project.name)
    return Step(what, phrases.points_text(scored.total.point), steps, rubric.basis, scored.project.place)


def _execution(scored: ProjectScore) -> Step:
    funds, rate = scored.project.funds, execution_rate(scored.project, as_printed=True)
    figures = (
        [(title, funds.figure("total", column)) for column, title in _COLUMNS] if funds is not None else []
    )
    money = tuple(
        Step(title, Text(*[f"{figure.value.text}{figure.value.unit.label}"] * 2), place=figure.place)
        for title, figure in figures
        if figure is not None and isinstance(figure.value, Amount)
    )
    shown = None if rate is None else Text(*[f"{span(rate)}%"] * 2)
    lacking = (Step(what, None) for what in scored.execution.missing)
    below = (Step(_RATE, shown, money), *lacking, Step(_RULE, _BY_RATE), *_stated(scored.execution))
    weight = "—" if scored.execution.weight is None else plain(scored.execution.weight)
    place = scored.project.place_of("execution")
    return Step(
        _EXECUTION.filled(weight=weight), phrases.points_text(scored.execution.point), below, place=place
    )


def _stated(score: Score) -> tuple[Step, ...]:
    return () if score.stated is None else (Step(_STATED.filled(stated=plain(score.stated)), _SAID),)


def indicator_step(each: IndicatorScore, rubric: Rubric) -> Step:
    """Return how an indicator's points follow from target and result."""
    indicator, rate = each.indicator, each.achievement.completion
    written = (
        f"{indicator.actual or ''}{(indicator.unit or '') if each.achievement.result is not None else ''}"
    )
    result = Text(written, written) if written else _BLANK
    below = [Step(_TARGET, Text(*[target_in_words(indicator) or "—"] * 2)), Step(_RESULT, result)]
    if rate is not None:
        middle = Interval.exactly(rate.middle)
        below.append(Step(_COMPLETION, Text(*[f"{span(middle)}%"] * 2)))
    state = _STATES.get(each.achievement.state)
    below.extend([Step(state, _SAID)] if state is not None else [])
    below.extend(Step(what, None) for what in each.score.missing)
    below.append(Step(_RULE, _rule_words(rubric, each)))
    below.extend(_stated(each.score))
    if each.achievement.state is State.MISSED:
        below.append(Step(_REACH, Text(*[f"{indicator.name} {target_in_words(indicator)}"] * 2)))
    what = _UNWEIGHTED.filled(name=indicator.name)
    if indicator.weight is not None:
        what = _INDICATOR.filled(name=indicator.name, weight=plain(indicator.weight))
    return Step(what, phrases.points_text(each.score.point), tuple(below), place=indicator.place)


def _rule_words(rubric: Rubric, each: IndicatorScore) -> Text:
    """Return the part of the rubric that an indicator is scored by."""
    if each.achievement.state is State.QUALITATIVE:
        bands = [(band.grade, plain(band.low), plain(band.high)) for band in rubric.qualitative]
        shares = "；".join(
            f"{grade} {low}%" if low == high else f"{grade} {low}~{high}%" for grade, low, high in bands
        )
        return Text(shares or "—", shares or "—")
    if _is_limit(each.indicator) and rubric.missed_limit == "none":
        return _LIMIT
    rates = [_band(band) for band in rubric.completion]
    return Text("；".join(band.zh for band in rates), "; ".join(band.en for band in rates))


def _is_limit(indicator: Indicator) -> bool:
    return indicator.operator in ("≤", "<")


def _band(band: CompletionBand) -> Text:
    low = f"≥{plain(band.at_least)}%" if band.at_least else ""
    low = f">{plain(band.above)}%" if band.above is not None else low
    high = f"<{plain(band.below)}%" if band.below is not None else ""
    high = f"≤{plain(band.up_to)}%" if band.up_to is not None else high
    limits = "、".join(filter(None, (low, high))) or "—"
    if band.share is None:
        return Text(f"完成率{limits}按比例", f"{limits}: in proportion")
    share = plain(Fraction(band.share) * 100)
    return Text(f"完成率{limits}得{share}%", f"{limits}: {share} %")
