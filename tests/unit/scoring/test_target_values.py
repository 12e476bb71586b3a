"""Findings about single values: operator, unit, weight, rates, and what can be met at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hengjian.filing import Entity, OverallTargets
from hengjian.filing.model import Operator
from hengjian.kernel import Severity
from hengjian.scoring.targets import target_findings
from tests.unit.scoring.maker import NATIONAL, filing, findings, indicator, project, standards
from tests.unit.scoring.test_targets import OWN, found


def rate(operator: Operator | None, target: str | None, name: str = "借阅合格率", **more: object) -> object:
    more.setdefault("level2", "质量指标")
    return project(indicator(operator, target, None, name=name, unit="%", **more))  # type: ignore[arg-type]


def test_numbers_without_an_operator_are_told_once_a_form() -> None:
    bare = [indicator(None, text, name=name) for text, name in (("5", "甲"), ("6", "乙"), ("良好", "丙"))]
    (finding,) = found("target.operator-missing", OWN, project(*bare, indicator("≥", "7", name="丁")))
    assert finding.severity is Severity.INFO
    assert "“甲”、“乙”" in finding.message.zh
    assert len(finding.related) == 1
    assert found("target.operator-missing", OWN, project(indicator("=", "5"))) == []


@pytest.mark.parametrize(
    ("operator", "target", "wrong"),
    [("≥", "明显提高", True), ("≤", "较少", True), ("=", "全覆盖", False), ("≥", "90", False),
     ("qualitative", "明显提高", False), (None, "明显提高", False), ("=", "2023年底前", False),
     ("≥", "三次", False), ("≥", None, False)],
)  # fmt: skip
def test_an_operator_needs_a_number(operator: Operator | None, target: str | None, wrong: bool) -> None:
    made = project(indicator(operator, target, None, name="环境", unit=None))
    assert bool(found("target.operator-value", OWN, made)) == wrong


@pytest.mark.parametrize(
    ("target", "unit", "severity"),
    [("30次", "%", Severity.WARNING), ("30次", "次", Severity.INFO), ("30场", "次", Severity.INFO),
     ("≥30", "次", Severity.INFO),
     ("30", "次", None), ("30次", None, None), ("30以上", "次", None), ("良好", "次", None),
     ("15000元", "万元", None)],
)  # fmt: skip
def test_a_number_stands_alone_in_its_cell(target: str, unit: str | None, severity: Severity | None) -> None:
    wrong = found("target.value-mixed", OWN, project(indicator("≥", target, None, unit=unit, name="活动")))
    assert [finding.severity for finding in wrong] == ([] if severity is None else [severity])


def test_numbers_without_a_unit() -> None:
    made = project(
        indicator("≥", "200", unit=None, name="培训"), indicator("≥", "20册", unit=None, name="藏书")
    )
    (finding,) = found("target.unit-missing", OWN, made)
    assert "“培训”" in finding.message.zh
    assert "藏书" not in finding.message.zh


@pytest.mark.parametrize(
    ("name", "unit", "wrong"),
    [
        ("人均补助", "元", True),
        ("人均补助", "元/人", False),
        ("补助", "元", False),
        ("人均藏书", "册", False),
    ],
)
def test_an_average_says_what_it_is_over(name: str, unit: str, wrong: bool) -> None:
    made = project(indicator("≤", "80", None, name=name, unit=unit, level2="成本指标"))
    assert bool(found("target.unit-denominator", OWN, made)) == wrong


def test_the_standard_of_a_benefit_may_be_a_floor_and_a_saving_is_one() -> None:
    def severities(name: str, unit: str = "元") -> list[Severity]:
        made = project(indicator("≥", "80", None, name=name, unit=unit, level2="成本指标"))
        return [finding.severity for finding in found("target.cost-direction", OWN, made)]

    assert severities("每册费用") == [Severity.WARNING]
    assert severities("人均补助标准") == [Severity.INFO]
    assert severities("成本比重", "%") == [Severity.INFO]
    assert severities("成本节约率", "%") == []


@pytest.mark.parametrize(
    ("operator", "target", "name", "severity"),
    [("≥", "120", "借阅合格率", Severity.ERROR), (">", "100", "借阅合格率", Severity.ERROR),
     ("≥", "120", "借阅率", Severity.WARNING), ("≥", "100", "借阅合格率", None),
     ("≥", "120", "借阅增长率", None), ("≤", "120", "借阅合格率", None), ("≥", "很高", "借阅合格率", None)],
)  # fmt: skip
def test_a_share_is_not_above_its_whole(
    operator: Operator, target: str, name: str, severity: Severity | None
) -> None:
    wrong = found("target.rate-above-hundred", OWN, rate(operator, target, name))
    assert [finding.severity for finding in wrong] == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    ("operator", "target", "name", "unit", "wrong"),
    [("≥", "100", "借阅合格率", "%", True), ("=", "100", "借阅合格率", "%", False),
     ("≥", "99", "借阅合格率", "%", False), ("≥", "100", "任务完成率", "%", False),
     ("≤", "0", "投诉次数", "次", True), ("=", "0", "投诉次数", "次", False),
     ("≤", "0", "费用增长率", "%", False), ("≤", "1", "投诉次数", "次", False)],
)  # fmt: skip
def test_a_range_that_only_equality_can_meet(
    operator: Operator, target: str, name: str, unit: str, wrong: bool
) -> None:
    made = project(indicator(operator, target, None, name=name, unit=unit, level2="质量指标"))
    assert bool(found("target.only-equal", OWN, made)) == wrong


def test_nobody_satisfies_everybody() -> None:
    full, most = (rate("≥", text, "读者满意度", level2="服务对象满意度指标") for text in ("100", "95"))
    assert len(found("target.satisfaction-full", OWN, full)) == 1
    assert found("target.satisfaction-full", OWN, most) == []


def test_weights_that_some_indicators_lack_or_that_do_not_add_up() -> None:
    def weighed(*weights: str | None) -> list[str]:
        levels = ("数量指标", "质量指标") * len(weights)
        made = [indicator(weight=w, level2=level) for w, level in zip(weights, levels, strict=False)]
        codes = ("target.weight-missing", "target.weights")
        return [f.code for code in codes for f in found(code, OWN, project(*made))]

    assert weighed("50", "40") == weighed("60", "40") == weighed(None, None) == []
    assert weighed("50", "35") == ["target.weights"]
    merged = project(indicator(weight="60"), indicator(weight="60", level2="质量指标"))
    assert [f.severity for f in found("target.weights", OWN, merged)] == [Severity.INFO]
    assert weighed("50", None) == ["target.weight-missing"]
    overall = OverallTargets(indicators=(indicator(weight="50"), indicator(weight="45", level2="质量指标")))
    (finding,) = found("target.weights", OWN, overall=overall)
    assert (finding.stated, finding.expected, finding.difference) == ("95", "100", "5")


def test_a_finding_has_the_wording_of_the_library() -> None:
    made = project(indicator("≥", "10", None, name="宣传次数", unit="%"))
    bureau = replace(filing(made), entity=Entity("示例县医疗保障局"))
    (finding,) = (f for f in findings(bureau, NATIONAL) if f.code == "target.unit")
    assert finding.suggestion is not None
    assert "（MI-94）" in finding.suggestion.zh
    assert "MI-94" in finding.suggestion.en
    (other,) = found("target.unit", NATIONAL, made)
    assert "MI-94" not in other.line(), "the library of another field"


def test_without_a_vocabulary_nothing_is_said_of_words() -> None:
    made = filing(project(indicator("≥", "10", None, name="宣传次数", unit="%"), total=("5", "5", "5")))
    assert list(target_findings(made, replace(standards(), vocabularies={}))) == []
