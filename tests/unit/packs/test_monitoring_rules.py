"""Monitoring rules: whole bands, at least one decision, and the nearest authority's word for every part."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from hengjian.packs.monitoring import ByMonth, Colour, MonitoringRule, monitoring_of, worst

GREEN_AND_RED = [{"colour": "red", "from": 0, "to": 60}, {"colour": "green", "from": 60}]


def rule(name: str = "far", **parts: Any) -> MonitoringRule:  # noqa: ANN401 - any part of a rule
    basis = {"from": 2018, "basis": f"{name}的办法", "verified": True}
    return MonitoringRule.model_validate(
        {"monitoring": name, "title": {"zh": "监控", "en": "Monitoring"}, **basis, **parts}
    )


def test_the_nearest_authority_decides_each_part() -> None:
    far = rule("far", months=[6, 7], gap=10)
    near = rule("near", months=[9])
    of = monitoring_of([far, near])
    assert (of.months, of.gap) == ((9,), Decimal(10))
    assert (of.basis["months"], of.basis["gap"]) == ("near的办法", "far的办法")
    assert of.execution is None
    assert monitoring_of([]).months == ()


@pytest.mark.parametrize(
    ("bands", "fault"),
    [
        ([{"colour": "red", "from": 10, "to": 60}, {"colour": "green", "from": 60}], "begin at 0"),
        ([{"colour": "red", "from": 0, "to": 60}, {"colour": "green", "from": 60, "to": 90}], "begin at 0"),
        ([{"colour": "red", "from": 0, "to": 50}, {"colour": "green", "from": 60}], "gap or overlap"),
        ([{"colour": "red", "from": 0}], "at least 2"),
    ],
)
def test_bands_are_whole(bands: list[dict[str, Any]], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        rule(execution={"shape": "against_time", "bands": bands})


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({}, "decides at least one"),
        ({"months": []}, "at least 1"),
        ({"months": [13]}, "less than or equal to 12"),
        ({"execution_test": {"title": {"zh": "考核", "en": "Test"}, "least": {6: 0}}}, "greater than 0"),
        ({"execution": {"shape": "by_heart"}}, "by_heart"),
    ],
)
def test_a_rule_decides_something_that_can_be(parts: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        rule(**parts)


def test_a_band_holds_its_lower_end() -> None:
    execution = rule(execution={"shape": "against_time", "bands": GREEN_AND_RED}).execution
    assert execution is not None
    assert not isinstance(execution, ByMonth)
    colours = [execution.colour_of(Fraction(percent)) for percent in (-5, 0, 59, 60, 500)]
    assert colours == [Colour.RED, Colour.RED, Colour.RED, Colour.GREEN, Colour.GREEN]


def test_between_two_months_the_earlier_rate_holds() -> None:
    by_month = ByMonth(shape="by_month", least={4: Decimal(25), 8: Decimal(60)}, below=Colour.YELLOW)
    assert [by_month.least_at(month) for month in (3, 4, 7, 8, 12)] == [None, 25, 25, 60, 60]


def test_a_qualitative_result_is_told_by_the_longest_word_it_begins_with() -> None:
    words = {"达成": "green", "达成一半": "yellow"}
    alert = rule(indicators={"bands": GREEN_AND_RED, "words": words}).indicators
    assert alert is not None
    assert alert.colour_of_words("达成一半目标") is Colour.YELLOW
    assert alert.colour_of_words("达成目标") is Colour.GREEN
    assert alert.colour_of_words("尚未达成") is None


def test_blue_is_better_than_green_and_nothing_has_no_worst() -> None:
    assert worst([Colour.BLUE, Colour.GREEN]) is Colour.GREEN
    assert worst([]) is None
