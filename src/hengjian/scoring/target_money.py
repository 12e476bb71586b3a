"""Findings about targets and money: count × unit cost against the budget and against what was spent.

A target is exact; amounts of the funds and results are what they say ± half a unit of their last digit.
Nothing is compared unless exactly one count of the form is what the cost is paid for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hengjian.filing import Indicator, Project
from hengjian.kernel import Finding, Interval, MoneyUnit, Severity
from hengjian.packs import squeeze
from hengjian.scoring.achievement import quantity
from hengjian.scoring.target_form import (
    FULL,
    TargetForm,
    has_word,
    is_benefit,
    is_money,
    is_percent,
    number_of,
    unit_of,
)
from hengjian.scoring.words import plain, target_in_words

_EXPONENTS = {unit.label: unit.exponent for unit in MoneyUnit}
_COUNT_UNIT = re.compile(r"(?P<many>[百千万亿]?)(?P<thing>.+)")
_MANY = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_YEARLY = re.compile(r"[·.、]?年$")
_AT_LEAST, _AT_MOST = ("≥", ">", "=", None), ("≤", "<")
_NEAR = Fraction(9, 10)
"""A limit × count so near the budget was reckoned from it; else the budget pays for other things too."""
_WAN = 10_000


@dataclass(frozen=True, slots=True)
class _Costing:
    """A unit cost, the one count it is paid for, and the shares of it that levels bear (in percent)."""

    cost: Indicator
    count: Indicator
    shares: tuple[Indicator, ...]

    @property
    def yuan(self) -> Fraction:
        """What one yuan, wan yuan … of the cost's unit is, in yuan, times what one of the count's unit is."""
        money = unit_of(self.cost).split("/")[0]
        match = _COUNT_UNIT.fullmatch(unit_of(self.count))
        many = _MANY[match["many"]] if match is not None else 1
        return Fraction(10) ** _EXPONENTS[money] * many

    def product(self, count: Interval, cost: Interval) -> Interval:
        """Return count × cost in yuan."""
        return count * cost * Interval.exactly(self.yuan)


def money_findings(form: TargetForm) -> Iterator[Finding]:
    """Yield targets that the money does not fit, and costs that only repeat the budget."""
    project = form.project
    if project is None or project.funds is None:
        return
    budget = _amount(project, "initial") or _amount(project, "adjusted")
    for costing in _costings(form):
        short = tuple(_planned(form, costing, budget)) if budget is not None else ()
        yield from short
        if not short:
            yield from _spent(form, costing, project)
    if budget is not None:
        repeated = [each for each in form.indicators if _repeats(form, each, budget)]
        yield from form.together("target.cost-repeats-budget", repeated)


def _amount(project: Project, column: str) -> Interval | None:
    """Return an amount of the project's funds in yuan; None when it is blank or nought."""
    amount = project.funds.interval("total", column) if project.funds is not None else None
    return None if amount is None or amount.contains(Fraction(0)) else amount


def _costings(form: TargetForm) -> Iterator[_Costing]:
    shares = tuple(
        each for each in form.indicators if has_word(each.name, form.words.share) and is_percent(each)
    )
    for cost in form.indicators:
        if number_of(cost) is None or not _is_paid(form, cost):
            continue
        counted = _counted(form, _paid_for(form, cost))
        shared = has_word(cost.name, form.words.shared)
        if counted is not None and not (shared and not shares):
            yield _Costing(cost, counted, shares if shared else ())


def _is_paid(form: TargetForm, cost: Indicator) -> bool:
    """Tell whether the project pays for what an indicator is about: an income per head is no cost."""
    if has_word(cost.name, form.words.elsewhere) or is_benefit(cost):
        return False
    levels = {squeeze(cost.level1), squeeze(cost.level2)}
    return bool(levels & set(form.vocabulary.cost_levels)) or has_word(cost.name, form.words.benefit)


def _paid_for(form: TargetForm, cost: Indicator) -> Sequence[str]:
    """Return the units of what a cost is paid for, the likeliest first: as its unit says, else its name."""
    money, *over = unit_of(cost).split("/")
    if money not in _EXPONENTS:
        return ()
    over = [_YEARLY.sub("", part) for part in over]
    over = [part for part in over if part]
    if over:
        return over if len(over) == 1 else ()
    words = sorted((w for w in form.words.averages if w in cost.name), key=len, reverse=True)
    return form.words.averages[words[0]] if words else ()


def _counted(form: TargetForm, things: Sequence[str]) -> Indicator | None:
    """Return the one indicator that counts the first of the things that any indicator counts."""
    for thing in things:
        counts = [each for each in form.indicators if _counts(each, thing)]
        if counts:
            return counts[0] if len(counts) == 1 else None
    return None


def _counts(indicator: Indicator, thing: str) -> bool:
    match = _COUNT_UNIT.fullmatch(unit_of(indicator))
    return match is not None and match["thing"] == thing and number_of(indicator) is not None


def _planned(form: TargetForm, costing: _Costing, budget: Interval) -> Iterator[Finding]:
    """Hold the least that the targets need, or the most that they allow, against the budget."""
    count, cost = number_of(costing.count), number_of(costing.cost)
    if count is None or cost is None or costing.count.operator not in _AT_LEAST or not count:
        return
    product = costing.product(Interval.exactly(count), Interval.exactly(cost)).low
    if costing.cost.operator in _AT_LEAST:
        needed = min((product * share / FULL for share in _percents(costing.shares)), default=product)
        if needed > budget.high:
            # What was added in the year may pay for it: then it was only planned short.
            adjusted = _amount(form.project, "adjusted") if form.project is not None else None
            met = adjusted is not None and adjusted.high >= needed
            severity = Severity.INFO if met else None
            yield _money_finding(form, "target.needs-more", costing, needed, budget, severity=severity)
    elif costing.cost.operator in _AT_MOST and _NEAR * budget.middle <= product < budget.middle:
        average = budget.middle / count / costing.yuan
        severity = Severity.WARNING if product < budget.low else Severity.INFO
        yield _money_finding(
            form,
            "target.limit-passed",
            costing,
            product,
            budget,
            average=plain(average, 4),
            severity=severity,
        )


def _percents(shares: Sequence[Indicator]) -> list[Fraction]:
    return [number for share in shares if (number := number_of(share)) is not None]


def _money_finding(
    form: TargetForm,
    code: str,
    costing: _Costing,
    product: Fraction,
    budget: Interval,
    **values: Any,  # noqa: ANN401 - placeholders
) -> Finding:
    return form.finding(
        code,
        costing.cost,
        related=(costing.count.place, *(share.place for share in costing.shares)),
        stated=_wan(budget.middle),
        expected=_wan(product),
        difference=_wan(abs(product - budget.middle)),
        counted=costing.count.name,
        number=target_in_words(costing.count),
        **values,
    )


def _spent(form: TargetForm, costing: _Costing, project: Project) -> Iterator[Finding]:
    """Hold the results against what was spent: with a share both ways, else only when they come to more."""
    executed = _amount(project, "executed")
    count, cost = _result(costing.count), _result(costing.cost)
    if executed is None or count is None or cost is None:
        return
    product, nearest = costing.product(count, cost), None
    if costing.shares:
        percents = [(share, rate) for share in costing.shares if (rate := _result(share)) is not None]
        parts = [(product * rate * Interval.exactly(1 / FULL), share) for share, rate in percents]
        if not parts or any(part.agrees(executed) for part, _ in parts):
            return
        product, nearest = min(parts, key=lambda part: part[0].gap_to(executed))
    elif product.low <= executed.high:
        return
    place = (nearest or costing.cost).place
    others = (costing.count.place, costing.cost.place)
    yield form.finding(
        "result.money-mismatch",
        nearest or costing.cost,
        related=tuple(other for other in others if other != place),
        stated=_wan(executed.middle),
        expected=_wan(product.middle),
        difference=_wan(abs(product.middle - executed.middle)),
        counted=_result_in_words(costing.count),
        cost=_result_in_words(costing.cost),
        share="" if nearest is None else f"×{_result_in_words(nearest)}",
    )


def _result(indicator: Indicator) -> Interval | None:
    result = quantity(indicator.actual, indicator.unit)
    return None if result is None else result.interval


def _result_in_words(indicator: Indicator) -> str:
    """Write a result with its unit, which the cell may hold already."""
    actual, unit = (indicator.actual or "").strip(), indicator.unit or ""
    return f"{indicator.name}{actual if actual.endswith(unit) else actual + unit}"


def _repeats(form: TargetForm, indicator: Indicator, budget: Interval) -> bool:
    """Tell whether a cost target is the budget itself, to the last digit."""
    levels = {squeeze(indicator.level1), squeeze(indicator.level2)}
    number = number_of(indicator)
    if number is None or indicator.operator != "=" or not levels & set(form.vocabulary.cost_levels):
        return False
    unit = unit_of(indicator)
    return is_money(unit) and number * Fraction(10) ** _EXPONENTS[unit] == budget.middle


def _wan(yuan: Fraction) -> str:
    return plain(yuan / _WAN, 4)
