"""Findings about words: targets without a number, definitions, and the basis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hengjian.filing import Entity, Indicator
from hengjian.kernel import Finding, Severity
from tests.unit.scoring.maker import NATIONAL, filing, findings, indicator, project
from tests.unit.scoring.test_targets import OWN, found


@pytest.mark.parametrize(
    ("target", "description", "expected"),
    [("按时完成", "人数确定后7日内完成支付", "≤7日"), ("按时完成", "受理后10个工作日以内办结", "≤10个工作日"),
     ("良好", "到馆不少于300人次", "≥300人次"), ("良好", "合格的占95%以上", "≥95%"),
     ("按时完成", "12月31日前完成", None), ("按时完成", "在规定时间内完成", None),
     ("良好", "2023年读者300人", None),
     ("7日内", "人数确定后7日内完成支付", None), ("按时完成", None, None)],
)  # fmt: skip
def test_a_number_in_the_description(target: str, description: str | None, expected: str | None) -> None:
    made = indicator(None, target, None, unit=None, name="办理", description=description)
    wrong = found("target.number-in-description", OWN, project(made))
    assert [finding.expected for finding in wrong] == ([] if expected is None else [expected])
    for finding in wrong:
        assert finding.severity is Severity.WARNING
        assert f"“{expected}”" in finding.suggestion.zh  # type: ignore[union-attr]


def test_a_benefit_may_have_the_number_of_its_means() -> None:
    told = "培训200人以上，提升水平"
    made = indicator(None, "有效提升", None, unit=None, level2="社会效益指标", description=told)
    (finding,) = found("target.number-in-description", OWN, project(made))
    assert finding.severity is Severity.INFO


def test_targets_in_words_are_told_once_a_form() -> None:
    worded = [
        indicator("qualitative", text, None, name=text, unit=None)
        for text in ("有效缓解", "高中低", "2023年底前")
    ]
    (finding,) = found("target.qualitative", OWN, project(*worded, indicator()))
    assert "“有效缓解”" in finding.message.zh
    assert "高中低" not in finding.message.zh
    assert found("target.qualitative", OWN, project(indicator())) == []


def test_satisfaction_is_a_percentage() -> None:
    def satisfied(target: str) -> list[str]:
        made = project(indicator("qualitative", target, None, name="读者满意度", unit=None))
        codes = ("target.satisfaction-words", "target.qualitative", "target.is-scale")
        return [finding.code for code in codes for finding in found(code, OWN, made)]

    assert satisfied("较高") == ["target.satisfaction-words"]
    assert satisfied("高中低") == ["target.is-scale"]
    assert satisfied("95%") == []


@pytest.mark.parametrize(
    ("name", "unit", "description", "wrong"),
    [("减轻读者负担", "%", None, True), ("减轻读者负担", "%", "少付金额占应付金额的比例", False),
     ("减轻读者负担", "元", None, False), ("借阅合格率", "%", None, False), ("修缮进度", "%", None, False)],
)  # fmt: skip
def test_a_percentage_of_nothing(name: str, unit: str, description: str | None, wrong: bool) -> None:
    made = project(indicator("≥", "95", None, name=name, unit=unit, description=description))
    assert bool(found("target.rate-undefined", OWN, made)) == wrong


@pytest.mark.parametrize(
    ("name", "description", "severity"),
    [("住院报销比例", "实际报销人数占应报销人数的比例", Severity.WARNING),
     ("住院报销比例", "报销费用占住院费用的比例", None), ("住院报销比例", "报销情况", None),
     ("借阅合格率", "合格人数占应查人数的比例", None), ("住院报销比例", None, None)],
)  # fmt: skip
def test_a_share_of_persons_under_the_name_of_money(
    name: str, description: str | None, severity: Severity | None
) -> None:
    made = indicator("≥", "95", None, name=name, unit="%", description=description)
    wrong = found("target.definition", OWN, project(made))
    assert [finding.severity for finding in wrong] == ([] if severity is None else [severity])


def test_what_only_the_library_says_is_a_hint() -> None:
    terms = {"numerator": "门诊救助人次", "denominator": "门诊总人次"}
    known = indicator("≥", "30", None, name="门诊救助比例", unit="%", **terms)

    def told(made: Indicator) -> list[Finding]:
        bureau = replace(filing(project(made)), entity=Entity("示例县医疗保障局"))
        return [finding for finding in findings(bureau, NATIONAL) if finding.code == "target.definition"]

    (finding,) = told(known)
    assert finding.severity is Severity.INFO
    assert finding.expected is not None
    assert told(replace(known, name="门诊问候比例")) == []


@pytest.mark.parametrize(
    ("basis", "wrong"),
    [("实际减轻经济负担", True), ("有效减轻", True), ("历史标准", False), ("青图办【2022】3号", False),
     ("负担", False), ("读者座谈会", False), (None, False)],
)  # fmt: skip
def test_a_basis_that_repeats_the_indicator(basis: str | None, wrong: bool) -> None:
    made = indicator(None, "有效减轻", None, name="实际减轻读者经济负担", unit=None, basis=basis)
    told = found("target.basis-unfit", OWN, project(made))
    assert [finding.place.quote for finding in told] == ([f"有效减轻 {basis}"] if wrong else [])


def test_a_basis_that_some_indicators_lack() -> None:
    given, bare = indicator(basis="历史标准"), indicator(name="藏书")
    (finding,) = found("target.basis-missing", OWN, project(given, bare))
    assert "“藏书”" in finding.message.zh
    assert found("target.basis-missing", OWN, project(bare, bare)) == []
    assert found("target.basis-missing", OWN, project(given)) == []


def test_a_description_that_repeats_the_name() -> None:
    again, told = (indicator(name="藏书量", description=text) for text in ("藏书 量", "年末在馆册数"))
    assert len(found("target.description-repeats", OWN, project(again, told))) == 1
    assert found("target.description-repeats", OWN, project(told, indicator())) == []
