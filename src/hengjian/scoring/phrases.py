"""How derivations of scores are worded, Chinese first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengjian.filing import Indicator
from hengjian.kernel import Interval, Text
from hengjian.packs.formula import Formula
from hengjian.packs.rubric import (
    Band,
    Banded,
    Checklist,
    Deduction,
    Graded,
    GroupMean,
    Judged,
    Part,
    Parts,
    Proportional,
    Shape,
    Tally,
    Threshold,
)
from hengjian.scoring.inputs import InputFigure
from hengjian.scoring.steps import Step
from hengjian.scoring.words import plain, span, target_in_words

ZERO_BASE = Text("分母为零或可能为零", "the base is or may be zero")
JUDGEMENT = Text("评审人的打分", "a reviewer's judgement")
OVERALL_TARGETS = Text("部门整体绩效目标", "the department's overall targets")
NO_INDICATORS = Text("“{level}”的整体绩效指标", "overall indicators of {level}")
RESULT_OF = Text("“{name}”的完成值或评级", "the result or rating of “{name}”")
POINTS = Text("{points}分", "{points} points")
RULE = Text("这一项的计分办法", "a rule for this line")
_RULE = Text("计分办法", "Rule")
_YES, _NO = Text("是", "yes"), Text("否", "no")
_WAN = Fraction(10_000)
_HUNDRED = Interval.exactly(100)


def points_text(points: Interval | None) -> Text | None:
    """Return points with their unit; None of a line that is not evaluable."""
    return None if points is None else POINTS.filled(points=span(points))


def input_step(figure: InputFigure) -> Step:
    """Return an input as the lowest step of a derivation: what is written, and where."""
    written = None if figure.missing else Text(figure.written or "", figure.written or "")
    if figure.measure == "flag" and figure.value is not None:
        written = _YES if figure.value == Interval.exactly(1) else _NO
    return Step(figure.title, written, place=figure.place)


def measure_step(formula: Formula, figures: Sequence[InputFigure], value: Interval | None) -> Step:
    """Return a measure with its formula and its inputs; a quotient is shown in percent."""
    ratio = "/" in formula.text
    zh = formula.shown({figure.name: figure.title.zh for figure in figures})
    en = formula.shown({figure.name: figure.title.en for figure in figures})
    money = not ratio and any(figure.measure == "amount" for figure in figures)
    below = tuple(map(input_step, figures))
    if len(figures) == 1 and formula.text.strip() == figures[0].name:
        return below[0]
    return Step(Text(zh, en), None if value is None else _shown(value, ratio=ratio, money=money), below)


def _shown(value: Interval, *, ratio: bool, money: bool) -> Text:
    if ratio:
        text = f"{span(value * _HUNDRED)}%"
        return Text(text, text)
    if money:
        text = span(value * Interval.exactly(1 / _WAN))
        return Text(f"{text}万元", f"{text} ×10,000 yuan")
    return Text(span(value), span(value))


def share_step(indicator: Indicator, share: Interval | None) -> Step:
    """Return what an overall target earns of its hundred."""
    what = f"{indicator.name} {target_in_words(indicator)}"
    result = f"{indicator.actual or ''}"
    shown = None if share is None else Text(f"{result} → {span(share)}%", f"{result} → {span(share)}%")
    return Step(Text(what, what), shown, place=indicator.place)


def part_step(part: Part, points: Interval | None, below: tuple[Step, ...]) -> Step:
    """Return a part of a line with its own maximum."""
    what = Text("{title}（{max}分）", "{title} ({max})").filled(title=part.title, max=plain(part.max))
    return Step(what, points_text(points), below)


def rule_step(rule: Shape, top: Fraction | None) -> Step:
    """Return the rule in words; one without points only defines its measure."""
    if top is None:
        return Step(_RULE, Text("本办法没有规定分值", "the method states no points"))
    return Step(_RULE, _BY_SHAPE[type(rule)](rule, top))


def _rate(value: Decimal) -> str:
    """Write a limit: in percent where it was written with decimals or in percent, a whole number as it is.

    >>> _rate(Decimal("1.00")), _rate(Decimal(1)), _rate(Decimal("0.675"))
    ('100%', '1', '67.5%')
    """
    return f"{plain(value * 100)}%" if int(value.as_tuple().exponent) < 0 else plain(value)


def _proportional(rule: Proportional, top: Fraction) -> Text:
    least = rule.none_below
    none = Text("，低于{least}不得分", ", none below {least}").filled(least=_rate(least or Decimal(0)))
    return Text(
        "按比例计分，达到{full}得{top}分{none}", "in proportion, {top} points from {full} on{none}"
    ).filled(full=_rate(rule.full_at), top=plain(top), none=none if least is not None else Text("", ""))


def _threshold(rule: Threshold, top: Fraction) -> Text:
    limits = Text("、", ", ")
    low = None if rule.at_least is None else Text("不低于{x}", "at least {x}").filled(x=_rate(rule.at_least))
    if rule.above is not None:
        low = Text("高于{x}", "above {x}").filled(x=_rate(rule.above))
    high = None if rule.at_most is None else Text("不高于{x}", "at most {x}").filled(x=_rate(rule.at_most))
    given = [limit for limit in (low, high) if limit is not None]
    both = Text(limits.zh.join(g.zh for g in given), limits.en.join(g.en for g in given))
    if rule.otherwise == "unstated":
        other = Text("未达到时得多少分，办法没有规定", "what a miss earns is not stated")
    else:
        other = Text("否则{x}分", "otherwise {x}").filled(x=plain(rule.otherwise))
    return Text("{both}得{top}分，{other}", "{both}: {top} points; {other}").filled(
        both=both, top=plain(top), other=other
    )


def _band(band: Band, top: Fraction) -> Text:
    low = f">{_rate(band.above)}" if band.above is not None else ""
    low = f"≥{_rate(band.at_least)}" if band.at_least is not None else low
    high = f"≤{_rate(band.up_to)}" if band.up_to is not None else ""
    high = f"<{_rate(band.below)}" if band.below is not None else high
    limits = "、".join(filter(None, (low, high)))
    points = plain(Fraction(band.earns) * top)
    return Text(f"{limits}得{points}分", f"{limits}: {points}")


def _banded(rule: Banded, top: Fraction) -> Text:
    bands = [_band(band, top) for band in rule.bands]
    return Text("；".join(band.zh for band in bands), "; ".join(band.en for band in bands))


def _deduction(rule: Deduction, top: Fraction) -> Text:
    each = [
        Text("每{per}扣{points}分", "{points} off for every {per}").filled(
            per="1处" if one.per == 1 else f"{one.per}", points=plain(one.points)
        )
        for one in rule.each
    ]
    joined = Text("，".join(dict.fromkeys(e.zh for e in each)), ", ".join(dict.fromkeys(e.en for e in each)))
    return Text("{top}分，{each}，扣完为止", "{top} points, {each}, not below zero").filled(
        top=plain(top), each=joined
    )


def _checklist(rule: Checklist, _: Fraction) -> Text:
    points = "+".join(plain(item.points) for item in rule.items)
    return Text(f"各项做到的分别得{points}分", f"{points} points for what is done")


def _graded(rule: Graded, top: Fraction) -> Text:
    grades = "、".join(f"{grade.name}{plain(Fraction(grade.earns) * top)}" for grade in rule.grades)
    return Text(f"按等级计分：{grades}", f"by grade: {grades}")


def _group_mean(rule: GroupMean, top: Fraction) -> Text:
    level = "、".join(rule.level1)
    return Text(
        f"“{level}”各项指标得分率的平均数×{plain(top)}分", f"the mean of the shares of {level} × {plain(top)}"
    )


def _tally(rule: Tally, _: Fraction) -> Text:
    zh = "，".join(f"每1次{'加' if one.points > 0 else '减'}{plain(abs(one.points))}分" for one in rule.each)
    en = ", ".join(f"{plain(one.points)} for each" for one in rule.each)
    return Text(zh, en)


def _judged(_: Judged, top: Fraction) -> Text:
    return Text(f"由评审人在0~{plain(top)}分内打分", f"a reviewer awards 0 to {plain(top)} points")


def _parts(_: Parts, top: Fraction) -> Text:
    return Text(f"各部分得分相加，共{plain(top)}分", f"the sum of the parts, {plain(top)} points")


_BY_SHAPE: dict[type, Callable[[Any, Fraction], Text]] = {
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
