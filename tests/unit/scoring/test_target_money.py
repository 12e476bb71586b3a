"""Findings about targets and money: what they need, what they allow, and what was spent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hengjian.filing.model import Operator
from hengjian.kernel import Finding, Severity
from tests.unit.scoring.maker import indicator, project
from tests.unit.scoring.test_targets import OWN, found

PERSONS = indicator("≥", "50", None, name="补助人数", unit="人")


def cost(operator: Operator | None, target: str, unit: str = "万元", name: str = "人均标准") -> object:
    return indicator(operator, target, None, name=name, unit=unit, level2="成本指标")


def planned(budget: str, *made: object) -> list[Finding]:
    sheet = project(*made, total=(budget, None, None))  # type: ignore[arg-type]
    return [f for code in ("target.needs-more", "target.limit-passed") for f in found(code, OWN, sheet)]


def test_what_the_targets_need_is_above_the_budget() -> None:
    (finding,) = planned("60", PERSONS, cost("≥", "2"))
    assert (finding.code, finding.severity) == ("target.needs-more", Severity.WARNING)
    assert (finding.expected, finding.stated, finding.difference) == ("100", "60", "40")
    assert finding.related == (PERSONS.place,)


def test_what_was_added_in_the_year_may_pay_for_the_targets() -> None:
    for adjusted, severity in (("100", Severity.INFO), ("99", Severity.WARNING)):
        made = project(PERSONS, cost("≥", "2"), total=("60", adjusted, None))  # type: ignore[arg-type]
        assert [f.severity for f in found("target.needs-more", OWN, made)] == [severity]


@pytest.mark.parametrize(
    ("budget", "operator", "target", "unit", "name"),
    [("100", "≥", "2", "万元", "人均标准"),  # just enough
     ("99.6", "≥", "2", "万元/人/月", "人均标准"),  # for unknown months
     ("60", "≥", "2", "万元/册", "每册费用"),  # nothing counts volumes
     ("60", "≥", "2", "万元", "培训费用"),  # for nobody knows what
     ("60", "≥", "2", "万元", "人均个人缴费"),  # what others pay
     ("60", "≥", "2", "万元", "各级人均标准"),  # shared, and no share is set
     ("0.00", "≥", "2", "万元", "人均标准"),  # no budget at all
     ("200", "≤", "2", "万元", "人均标准")],  # the budget pays for other things too
)  # fmt: skip
def test_nothing_is_said_where_nothing_is_certain(
    budget: str, operator: Operator, target: str, unit: str, name: str
) -> None:
    assert planned(budget, PERSONS, cost(operator, target, unit, name)) == []


def test_an_income_per_head_is_no_cost() -> None:
    income = indicator("≥", "2", None, name="人均收入", unit="万元", level1="效益指标", level2="经济效益指标")
    assert planned("60", PERSONS, income) == []
    assert planned("60", PERSONS, replace(income, level1="产出指标", level2="数量指标")) == []


def test_two_counts_leave_open_what_the_cost_is_for() -> None:
    assert planned("60", PERSONS, replace(PERSONS, name="培训人数"), cost("≥", "2")) == []
    visits = replace(PERSONS, name="到馆人次", unit="人次")
    assert len(planned("60", PERSONS, visits, cost("≥", "2"))) == 1, "persons come before visits"
    assert len(planned("60", visits, cost("≥", "2"))) == 1, "visits are taken where no persons are counted"


def test_large_units_are_reckoned_with() -> None:
    many = replace(PERSONS, target="3", unit="万人")
    assert planned("60.00", many, cost("=", "20", "元/人·年")) == []
    assert [f.expected for f in planned("59.00", many, cost("=", "20", "元/人·年"))] == ["60"]


@pytest.mark.parametrize(
    ("budget", "severity"),
    [("6", Severity.INFO), ("6.00", Severity.WARNING), ("5.89", None), ("5.00", None), ("7.00", None)],
)
def test_the_average_is_above_the_limit(budget: str, severity: Severity | None) -> None:
    counted = indicator("≥", "294661", None, name="参加人数", unit="人")
    told = planned(budget, counted, cost("≤", "0.2", "元", "补贴人均标准"))
    assert [finding.severity for finding in told] == ([] if severity is None else [severity])
    for finding in told:
        assert finding.code == "target.limit-passed"
        assert "0.2036" in finding.message.zh


def spent(executed: str, *made: object) -> list[Finding]:
    sheet = project(*made, total=("4900", "4900", executed))  # type: ignore[arg-type]
    return found("result.money-mismatch", OWN, sheet)


def test_results_times_a_share_are_what_was_spent() -> None:
    counted = indicator("≥", "1000000", "967688", name="参加人数", unit="人")
    standard = indicator("=", "580", "580", name="各级补助标准", unit="元/人")
    county = indicator("=", "7.4", "7.4", name="县级负担比例", unit="%")
    central = indicator("=", "80", "80", name="中央负担比例", unit="%")
    (finding,) = spent("4596.52", counted, standard, central, county)
    assert finding.expected == "4153.3169"
    assert "县级负担比例7.4%" in finding.message.zh
    assert spent("4153.32", counted, standard, central, county) == []
    assert spent("4170.00", counted, standard, county) == [], "the share is rounded"
    assert spent("4596.52", replace(counted, actual=None), standard, county) == []
    assert spent("4596.52", counted, standard) == [], "levels share the cost, and nothing says how"


def test_results_without_a_share_are_no_more_than_was_spent() -> None:
    counted = indicator("≥", "100", "120", name="补助人数", unit="人")
    standard = indicator("=", "1", "1", name="人均标准", unit="万元/人")
    assert [finding.difference for finding in spent("100", counted, standard)] == ["20"]
    assert spent("120", counted, standard) == spent("500", counted, standard) == []


def test_a_cost_that_repeats_the_budget() -> None:
    def repeats(operator: Operator, target: str, level2: str = "成本指标") -> bool:
        made = indicator(operator, target, None, name="办公经费", unit="元", level2=level2)
        return bool(found("target.cost-repeats-budget", OWN, project(made, total=("4.50", None, None))))

    assert repeats("=", "45000")
    assert not repeats("≤", "45000"), "a limit of what may be spent"
    assert not repeats("=", "45001")
    assert not repeats("=", "45000", "数量指标")
