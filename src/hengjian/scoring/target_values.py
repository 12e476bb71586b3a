"""Findings about the values of targets: operator, number, unit and weight, and whether they can be met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from hengjian.filing import Indicator
from hengjian.kernel import Finding, Severity
from hengjian.packs import squeeze
from hengjian.packs.schema import UnitRule
from hengjian.scoring.achievement import quantity
from hengjian.scoring.target_form import (
    FULL,
    PERCENT,
    TargetForm,
    has_word,
    is_money,
    is_percent,
    level_of,
    number_of,
    unit_of,
)
from hengjian.scoring.words import plain

_COMPARED = ("≥", ">", "≤", "<", "=")
_NUMERAL = re.compile(r"[\d０-９零〇一二两三四五六七八九十百千万亿半全]")
_MARK = re.compile(r"\s*[≥≤＝=＞＜><≧≦]")
_SUM_WITHOUT_EXECUTION, _SUM = Fraction(90), Fraction(100)


def value_findings(form: TargetForm) -> Iterator[Finding]:
    """Yield what is wrong with single values, and once a form what several of them lack."""
    for indicator in form.indicators:
        yield from _unit_misfit(form, indicator)
        yield from _level_name(form, indicator)
        yield from _mixed(form, indicator)
        yield from _cost_direction(form, indicator)
        yield from _above_hundred(form, indicator)
    numeric = [each for each in form.indicators if number_of(each) is not None]
    yield from form.together("target.operator-missing", [each for each in numeric if each.operator is None])
    yield from form.together("target.unit-missing", [each for each in numeric if not unit_of(each)])
    yield from form.together(
        "target.unit-denominator", [each for each in numeric if _lacks_denominator(form, each)]
    )
    yield from form.together("target.only-equal", [each for each in numeric if _only_equal(form, each)])
    yield from form.together(
        "target.satisfaction-full", [each for each in numeric if _all_content(form, each)]
    )
    yield from form.together("target.is-scale", _scales(form))
    yield from _weights(form)


def _unit_misfit(form: TargetForm, indicator: Indicator) -> Iterator[Finding]:
    rule = form.rule_of(indicator.name)
    if rule is not None and _misfits(form, indicator, rule):
        expected = "、".join(rule.units[:3])
        yield form.finding("target.unit", indicator, stated=indicator.unit, expected=expected, kind=rule.kind)


def _misfits(form: TargetForm, indicator: Indicator, rule: UnitRule) -> bool:
    """Tell whether the unit measures something else; nothing is known of a unit that is in no list."""
    unit = squeeze(indicator.unit or "")
    if not unit or number_of(indicator) is None:
        return False
    writings = _writings(unit)
    known = is_money(unit.split("/")[0]) or not writings.isdisjoint(form.vocabulary.all_units)
    return known and writings.isdisjoint(rule.units)


@lru_cache(maxsize=1_024)
def _writings(unit: str) -> frozenset[str]:
    """Return a unit with and without its multiplier or 个 and what it is counted over.

    >>> sorted(_writings("万头/年"))
    ['万头', '万头/年', '头', '头/年']
    """
    bare = re.sub(r"[/·](?:年|季|季度|月|周|天|日|人|次)$", "", unit)
    plain_units = (re.sub(r"^(?:百万|十万|[百千万亿个])(?=.)", "", each) for each in (unit, bare))
    return frozenset({unit, bare, *plain_units})


def _level_name(form: TargetForm, indicator: Indicator) -> Iterator[Finding]:
    proper = form.vocabulary.misnamed_levels.get(squeeze(indicator.level2))
    if proper is not None:
        yield form.finding("target.level-name", indicator, stated=indicator.level2, expected=proper)


def has_numeral(text: str) -> bool:
    """Tell whether a text holds a numeral, be it 半 or 一.

    >>> has_numeral("三次"), has_numeral("明显提高")
    (True, False)
    """
    return _NUMERAL.search(text) is not None


def _mixed(form: TargetForm, indicator: Indicator) -> Iterator[Finding]:
    """An operator without a number, and a number with its operator or unit in one cell."""
    target = squeeze(indicator.target or "")
    if indicator.operator in _COMPARED and target and not has_numeral(target):
        yield form.finding("target.operator-value", indicator, operator=indicator.operator)
        return
    unit = squeeze(indicator.unit or "")
    stated = quantity(target, None) if unit and not target.isdecimal() else None
    if _MARK.match(target):
        yield form.finding("target.value-mixed", indicator, stated=indicator.target)
    elif stated is not None and _is_other_unit(form, stated.unit):
        severity = Severity.WARNING if (stated.unit in PERCENT) != (unit in PERCENT) else Severity.INFO
        yield form.finding("target.value-mixed", indicator, stated=indicator.target, severity=severity)


def _is_other_unit(form: TargetForm, unit: str) -> bool:
    """Tell whether what stands behind a number is a unit of measure; money may be stated in another one."""
    return bool(unit) and not is_money(unit) and unit in form.vocabulary.all_units


def _cost_direction(form: TargetForm, indicator: Indicator) -> Iterator[Finding]:
    """A cost has an upper limit. The standard of a benefit may be meant as a floor: only a hint."""
    levels = {squeeze(indicator.level1), squeeze(indicator.level2)}
    if indicator.operator not in ("≥", ">") or not levels & set(form.vocabulary.cost_levels):
        return
    if has_word(indicator.name, form.words.savings):
        return
    benefit = has_word(indicator.name, form.words.benefit) or is_percent(indicator)
    severity = Severity.INFO if benefit else Severity.WARNING
    yield form.finding("target.cost-direction", indicator, severity=severity)


def _above_hundred(form: TargetForm, indicator: Indicator) -> Iterator[Finding]:
    """A rate of a part cannot exceed its whole; other names leave a doubt."""
    number, rule = number_of(indicator), form.rule_of(indicator.name)
    if number is None or not is_percent(indicator) or indicator.operator in ("≤", "<"):
        return
    if rule is not None and _misfits(form, indicator, rule):
        return  # no rate at all: its unit is wrong
    beyond = number > FULL or (number == FULL and indicator.operator == ">")
    if not beyond or has_word(indicator.name, form.words.unbounded):
        return
    bounded = has_word(indicator.name, form.words.bounded)
    yield form.finding(
        "target.rate-above-hundred",
        indicator,
        expected="≤100%",
        severity=Severity.ERROR if bounded else Severity.WARNING,
    )


def _lacks_denominator(form: TargetForm, indicator: Indicator) -> bool:
    averages = form.words.averages
    averaged = has_word(indicator.name, averages) or has_word(indicator.description, averages)
    return averaged and is_money(unit_of(indicator))


def _only_equal(form: TargetForm, indicator: Indicator) -> bool:
    """Tell whether only equality can meet the target: a part of at least 100 %, a count of at most 0."""
    if has_word(indicator.name, form.words.unbounded) and not has_word(indicator.name, form.words.bounded):
        return False
    number, rate = number_of(indicator), is_percent(indicator)
    if rate and indicator.operator == "≥":
        return number == FULL and has_word(indicator.name, form.words.bounded)
    counted = form.rule_of(indicator.name) is not None and not rate
    return counted and indicator.operator == "≤" and number == 0


def _all_content(form: TargetForm, indicator: Indicator) -> bool:
    content = has_word(indicator.name, form.words.satisfaction) and indicator.operator in (None, "=", "≥")
    return content and is_percent(indicator) and number_of(indicator) == FULL


def _scales(form: TargetForm) -> Sequence[Indicator]:
    """Return the indicators whose target is the whole scale."""
    scales = {squeeze(scale) for scale in form.vocabulary.qualitative_scales}
    return [each for each in form.indicators if squeeze(each.target or "") in scales]


def _weights(form: TargetForm) -> Iterator[Finding]:
    """Weights that only some indicators have; the sum of the weights of a form that prints no funds.

    Where a project prints its funds, its scores tell of the sum. A cell that is merged over rows is counted
    in each, so that a sum above 100 is a hint.
    """
    weighed = [each for each in form.indicators if each.weight is not None]
    bare = [each for each in form.indicators if each.weight is None]
    if weighed and bare:
        yield from form.together("target.weight-missing", bare)
    if bare or not weighed or (form.project is not None and form.project.funds is not None):
        return
    total = sum((Fraction(each.weight) for each in weighed if each.weight is not None), Fraction(0))
    if total not in (_SUM, _SUM_WITHOUT_EXECUTION) and len({level_of(each) for each in weighed}) > 1:
        expected = "90" if abs(total - _SUM_WITHOUT_EXECUTION) < abs(total - _SUM) else "100"
        yield from form.together(
            "target.weights",
            weighed,
            stated=plain(total),
            expected=expected,
            difference=plain(abs(total - Fraction(expected))),
            severity=Severity.INFO if total > _SUM else Severity.WARNING,
        )
