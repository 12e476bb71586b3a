"""What the shapes of a rubric's lines earn: points from inputs, each with its derivation.

A missing input, a division by zero or a judgement that no input settles leaves a line without points: it is
not evaluable, and says what is missing. A method that does not price a miss gives a range.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengjian.kernel import Interval, Text
from hengjian.packs import squeeze
from hengjian.packs.formula import Formula
from hengjian.packs.rubric import (
    Banded,
    Checklist,
    Count,
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
from hengjian.scoring import phrases
from hengjian.scoring.group_mean import group_mean
from hengjian.scoring.inputs import InputFigure, Inputs
from hengjian.scoring.steps import Step

_NONE, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Earned:
    """The points that inputs give, a range where the method leaves it open; from what; what is missing."""

    points: Interval | None
    steps: tuple[Step, ...]
    missing: tuple[Text, ...] = ()


def earn(rule: Shape, maximum: Decimal | None, inputs: Inputs) -> Earned:
    """Return what a rule earns on a line with that maximum; without a maximum, its measure alone."""
    return _BY_SHAPE[type(rule)](rule, None if maximum is None else Fraction(maximum), inputs)


@dataclass(frozen=True, slots=True)
class _Measured:
    value: Interval | None
    step: Step
    missing: tuple[Text, ...]


def _measured(text: str, inputs: Inputs) -> _Measured:
    """Evaluate a formula over the inputs that it names."""
    formula = Formula.parse(text)
    figures = [inputs.get(name) for name in formula.names]
    known = {figure.name: figure.value for figure in figures if figure.value is not None}
    missing = tuple(figure.title for figure in figures if figure.value is None)
    value = None if missing else formula.evaluate(known)
    step = phrases.measure_step(formula, figures, value)
    undefined = () if missing or value is not None else (phrases.ZERO_BASE,)
    return _Measured(value, step, (*missing, *undefined))


def _by_measure(
    rule: Proportional | Threshold | Banded,
    top: Fraction | None,
    inputs: Inputs,
    points: Callable[[Interval], Interval],
) -> Earned:
    measured = _measured(rule.of, inputs)
    steps = (measured.step, phrases.rule_step(rule, top))
    if measured.value is None or top is None:
        return Earned(None, steps, measured.missing)
    return Earned(points(measured.value), steps)


def _proportional(rule: Proportional, top: Fraction | None, inputs: Inputs) -> Earned:
    def points(value: Interval) -> Interval:
        low, high = (_share(end, rule) for end in (value.low, value.high))
        return Interval(low, high) * Interval.exactly(top or _NONE)

    return _by_measure(rule, top, inputs, points)


def _share(value: Fraction, rule: Proportional) -> Fraction:
    if rule.none_below is not None and value < Fraction(rule.none_below):
        return _NONE
    return max(_NONE, min(_ONE, value / Fraction(rule.full_at)))


def _threshold(rule: Threshold, top: Fraction | None, inputs: Inputs) -> Earned:
    def points(value: Interval) -> Interval:
        full = top or _NONE
        within, beyond = _within(value, rule), not _surely_within(value, rule)
        least = _NONE if rule.otherwise == "unstated" else Fraction(rule.otherwise)
        most = full if rule.otherwise == "unstated" else least
        ends = [full] * within + [least, most] * beyond
        return Interval(min(ends), max(ends))

    return _by_measure(rule, top, inputs, points)


def _within(value: Interval, rule: Threshold) -> bool:
    """Tell whether the value may lie within the limits."""
    low = rule.at_least is None or value.high >= Fraction(rule.at_least)
    low = low and (rule.above is None or value.high > Fraction(rule.above))
    return low and (rule.at_most is None or value.low <= Fraction(rule.at_most))


def _surely_within(value: Interval, rule: Threshold) -> bool:
    low = rule.at_least is None or value.low >= Fraction(rule.at_least)
    low = low and (rule.above is None or value.low > Fraction(rule.above))
    return low and (rule.at_most is None or value.high <= Fraction(rule.at_most))


def _banded(rule: Banded, top: Fraction | None, inputs: Inputs) -> Earned:
    def points(value: Interval) -> Interval:
        shares = [Fraction(band.earns) for band in rule.bands if band.meets(value)] or [_NONE]
        return Interval(min(shares), max(shares)) * Interval.exactly(top or _NONE)

    return _by_measure(rule, top, inputs, points)


def _deduction(rule: Deduction, top: Fraction | None, inputs: Inputs) -> Earned:
    figures = [inputs.get(one.input) for one in rule.each]
    voids = [inputs.get(name) for name in rule.void_if]
    steps = (*(phrases.input_step(figure) for figure in (*figures, *voids)), phrases.rule_step(rule, top))
    if any(figure.value == Interval.exactly(1) for figure in voids):
        return Earned(Interval.exactly(0), steps)
    missing = tuple(figure.title for figure in (*figures, *voids) if figure.value is None)
    if missing or top is None:
        return Earned(None, steps, missing)
    lost = sum((_loss(one, figure) for one, figure in zip(rule.each, figures, strict=True)), _NONE)
    return Earned(Interval.exactly(max(top - lost, _NONE)), steps)


def _loss(one: Occurrence, figure: InputFigure) -> Fraction:
    """Return the points that the occurrences take: a whole number of times."""
    times = max(_NONE, figure.value.middle if figure.value is not None else _NONE) // one.per
    lost = Fraction(one.points) * times
    return lost if one.most is None else min(lost, Fraction(one.most))


def _checklist(rule: Checklist, top: Fraction | None, inputs: Inputs) -> Earned:
    figures = [inputs.get(item.input) for item in rule.items]
    steps = (*map(phrases.input_step, figures), phrases.rule_step(rule, top))
    missing = tuple(figure.title for figure in figures if figure.value is None)
    if missing or top is None:
        return Earned(None, steps, missing)
    points = [
        Fraction(item.points)
        for item, figure in zip(rule.items, figures, strict=True)
        if figure.value == Interval.exactly(1)
    ]
    return Earned(Interval.exactly(min(sum(points, _NONE), top)), steps)


def _graded(rule: Graded, top: Fraction | None, inputs: Inputs) -> Earned:
    figure = inputs.get(rule.input)
    share = next((grade.earns for grade in rule.grades if squeeze(grade.name) == figure.grade), None)
    steps = (phrases.input_step(figure), phrases.rule_step(rule, top))
    if share is None or top is None:
        return Earned(None, steps, (figure.title,) if share is None else ())
    return Earned(Interval.exactly(Fraction(share) * top), steps)


def _mean(rule: GroupMean, top: Fraction | None, inputs: Inputs) -> Earned:
    mean = group_mean(rule, inputs.filing, inputs.standards)
    steps = (*mean.steps, phrases.rule_step(rule, top))
    if mean.share is None or top is None:
        return Earned(None, steps, mean.missing)
    return Earned(mean.share * Interval.exactly(top), steps)


def _tally(rule: Tally, top: Fraction | None, inputs: Inputs) -> Earned:
    figures = [inputs.get(one.input) for one in rule.each]
    steps = (*map(phrases.input_step, figures), phrases.rule_step(rule, top))
    missing = tuple(figure.title for figure in figures if figure.value is None)
    if missing:
        return Earned(None, steps, missing)
    points = [_counted(one, figure) for one, figure in zip(rule.each, figures, strict=True)]
    return Earned(Interval.exactly(sum(points, _NONE)), steps)


def _counted(one: Count, figure: InputFigure) -> Fraction:
    """Return the points that a count adds or takes, bounded either way."""
    points = Fraction(one.points) * max(_NONE, figure.value.middle if figure.value is not None else _NONE)
    bound = None if one.most is None else Fraction(one.most)
    return points if bound is None else max(-bound, min(bound, points))


def _judged(rule: Judged, top: Fraction | None, inputs: Inputs) -> Earned:
    voids = [inputs.get(name) for name in rule.void_if]
    measured = [] if rule.of is None else [_measured(rule.of, inputs)]
    steps = (
        *(one.step for one in measured),
        *map(phrases.input_step, voids),
        phrases.rule_step(rule, top),
    )
    if any(figure.value == Interval.exactly(1) for figure in voids):
        return Earned(Interval.exactly(0), steps)
    missing = tuple(title for one in measured for title in one.missing)
    return Earned(None, steps, missing if top is None else (*missing, phrases.JUDGEMENT))


def _parts(rule: Parts, _: Fraction | None, inputs: Inputs) -> Earned:
    each = [(part, earn(part.rule, part.max, inputs)) for part in rule.parts]
    steps = tuple(phrases.part_step(part, one.points, one.steps) for part, one in each)
    missing = tuple(dict.fromkeys(title for _, one in each for title in one.missing))
    points: Sequence[Interval] = [one.points for _, one in each if one.points is not None]
    if len(points) < len(each):
        return Earned(None, steps, missing)
    return Earned(sum(points, Interval.exactly(0)), steps, missing)


_BY_SHAPE: dict[type, Callable[[Any, Fraction | None, Inputs], Earned]] = {
    Proportional: _proportional,
    Threshold: _threshold,
    Banded: _banded,
    Deduction: _deduction,
    Checklist: _checklist,
    Graded: _graded,
    GroupMean: _mean,
    Tally: _tally,
    Judged: _judged,
    Parts: _parts,
}
