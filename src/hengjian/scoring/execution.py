"""The execution rate of a project's budget, and the points for it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hengjian.filing import Project
from hengjian.kernel import Interval, Text, percentage
from hengjian.packs.rubric import Rubric
from hengjian.scoring import missing
from hengjian.scoring.score import Score

_FULL = Fraction(100)


def execution_rate(project: Project, *, as_printed: bool = False) -> Interval | None:
    """Return executed over adjusted budget in percent; None without funds or with a base of zero.

    Without an adjusted budget the initial one counts. `as_printed` takes the figures as exact.
    """
    budget, executed = budget_of(project), _total(project, "executed")
    if executed is None or budget is None:
        return None
    return percentage(_middle(executed), _middle(budget)) if as_printed else percentage(executed, budget)


def budget_of(project: Project) -> Interval | None:
    """Return the adjusted budget, or else the initial one."""
    adjusted = _total(project, "adjusted")
    return _total(project, "initial") if adjusted is None else adjusted


def execution_score(project: Project, rubric: Rubric) -> Score:
    """Execution score = weight × min(1, executed / adjusted budget)."""
    weight = project.execution_weight if project.execution_weight is not None else rubric.execution_weight
    budget, executed = budget_of(project), _total(project, "executed")
    if weight is None or budget is None or executed is None:
        return Score(weight, None, project.execution_score, missing=_lacking(project, weight))
    rate, printed = percentage(executed, budget), percentage(_middle(executed), _middle(budget))
    if rate is None or printed is None:
        return Score(weight, None, project.execution_score, missing=(missing.NO_BASE,))
    per_point = Fraction(weight) / _FULL
    allowed, point = (_capped(each, per_point) for each in (rate, printed))
    return Score(weight, allowed, project.execution_score, point)


def _total(project: Project, column: str) -> Interval | None:
    return None if project.funds is None else project.funds.interval("total", column)


def _lacking(project: Project, weight: Decimal | None) -> tuple[Text, ...]:
    if weight is None:
        return (missing.WEIGHT,)
    if project.funds is None:
        return (missing.FUNDS,)
    return (missing.BUDGET if budget_of(project) is None else missing.EXECUTED,)


def _middle(interval: Interval) -> Interval:
    return Interval.exactly(interval.middle)


def _capped(rate: Interval, per_point: Fraction) -> Interval:
    low, high = (max(min(end, _FULL), Fraction(0)) for end in (rate.low, rate.high))
    return Interval(low, high).times(per_point)
