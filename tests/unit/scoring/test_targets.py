"""Findings about targets: units, scales, levels, costs, repetition, codes and the overall form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hengjian.filing import OverallTargets
from hengjian.filing.model import Operator
from hengjian.kernel import Finding, Place, Severity
from tests.unit.scoring.maker import NATIONAL, codes, filing, findings, funds, indicator, project

OWN = "demo"


def found(code: str, pack: str, *projects: object, **more: object) -> list[Finding]:
    made = filing(*projects, **more)  # type: ignore[arg-type]
    return [finding for finding in findings(made, pack) if finding.code == code]


@pytest.mark.parametrize("pack", [OWN, NATIONAL])
@pytest.mark.parametrize(
    ("name", "unit", "fits"),
    [
        ("宣传次数", "次", True),
        ("宣传次数", "场", True),
        ("宣传次数", "%", False),
        ("救助人次", "%", False),
        ("救助人次数（住院）", "万人次", True),
        ("救助人次数（住院）", "小时", False),
        ("参观人数", "人", True),
        ("参观人数", "%", False),
        ("读者满意度", "%", True),
        ("验收合格率", "%", True),
        ("验收合格率", "天", False),
        ("处理时限", "工作日", True),
        ("处理时限", "人", False),
        ("藏书", "册", True),  # no rule for the name
        ("宣传次数", "万场/年", True),
        ("宣传次数", "捆", True),  # nothing is known of a unit in no list
        ("宣传次数", "万小时", False),
        ("宣传次数", "元/吨", False),
        ("宣传次数", None, True),  # no unit says nothing wrong
    ],
)
def test_a_unit_must_fit_the_name(pack: str, name: str, unit: str | None, fits: bool) -> None:
    wrong = found("target.unit", pack, project(indicator(name=name, unit=unit, target="30", actual="30")))
    assert (wrong == []) == fits
    for finding in wrong:
        assert (finding.severity, finding.stated) == (Severity.ERROR, unit)
        assert finding.expected


def test_a_qualitative_target_has_no_wrong_unit() -> None:
    assert (
        found("target.unit", OWN, project(indicator("qualitative", "好", "好", name="宣传次数", unit="%")))
        == []
    )


def test_the_whole_scale_is_no_target() -> None:
    graded = [
        indicator("qualitative", text, "好", name=name, unit=None, place=Place(line=line))
        for line, (name, text) in enumerate([("环境", "高中低"), ("服务", "优良 中低差"), ("秩序", "高")])
    ]
    (finding,) = found("target.is-scale", OWN, project(*graded))
    assert finding.place == Place(line=0)
    assert finding.related == (Place(line=1),)
    assert "“环境”、“服务”" in finding.message.zh
    assert finding.message.zh.startswith("2项")


def test_a_level_name_that_is_not_in_use() -> None:
    (finding,) = found("target.level-name", OWN, project(indicator(level2="可持续发展指标")))
    assert (finding.stated, finding.expected) == ("可持续发展指标", "可持续影响指标")
    assert found("target.level-name", OWN, project(indicator(level2="可持续影响指标"))) == []


@pytest.mark.parametrize(
    ("operator", "level2", "wrong"),
    [("≥", "成本指标", True), (">", "成本指标", True), ("≤", "成本指标", False), ("=", "成本指标", False),
     ("≥", "数量指标", False)],
)  # fmt: skip
def test_a_cost_has_an_upper_limit(operator: Operator, level2: str, wrong: bool) -> None:
    made = project(indicator(operator, "4500", "4500", level2=level2, unit="元", name="每册费用"))
    assert bool(found("target.cost-direction", OWN, made)) == wrong


def test_one_amount_in_two_groups_counts_twice() -> None:
    paid = indicator("=", "4934.7", None, unit="万元", name="支付资金", place=Place(line=1))
    cost = indicator(
        "=", "4934.70", None, unit="万元", name="项目经费", level2="成本指标", place=Place(line=2)
    )
    (finding,) = found("target.counted-twice", OWN, project(paid, cost))
    assert (finding.place, finding.related) == (Place(line=1), (Place(line=2),))
    for other in (
        replace(cost, level2="数量指标"),  # the same group
        replace(cost, target="4934.71"),
        replace(cost, unit="册"),  # no money
    ):
        assert found("target.counted-twice", OWN, project(paid, other)) == []
    small = [replace(paid, target="10"), replace(cost, target="10")]
    assert found("target.counted-twice", OWN, project(*small)) == [], "round figures are equal by chance"


def test_one_result_with_two_targets() -> None:
    one = indicator("≥", "1000000", "967688", name="参加人数", unit="人", place=Place(line=1))
    other = replace(one, target="967000", name="活动参加人数", place=Place(line=2))
    (finding,) = found("target.conflict", OWN, project(one, name="甲"), project(other, name="乙"))
    assert (finding.place, finding.related) == (Place(line=2), (Place(line=1),))
    assert (finding.stated, finding.expected) == ("≥967000人", "≥1000000人")
    for same in (
        replace(other, target="1000000"),
        replace(other, actual="967000"),
        replace(other, name="借书人数"),
        replace(other, unit="户"),
        replace(other, actual="100", target="90"),
    ):
        pair = (project(one, name="甲"), project(same, name="乙"))
        assert found("target.conflict", OWN, *pair) == [], same
    assert found("target.conflict", OWN, project(one, other)) == [], "one form may set steps"


@pytest.mark.parametrize(
    ("code", "year", "wrong"),
    [("51000023T000001234567", 2022, True), ("51000022T000001234567", 2022, False),
     ("51000021R000001234567", 2022, False), ("510000230000001234567", 2022, False), (None, 2022, False),
     ("51000023T00000123456", 2022, False)],
)  # fmt: skip
def test_a_project_is_not_set_up_after_its_year(code: str | None, year: int, wrong: bool) -> None:
    assert bool(found("project.code-year", OWN, project(indicator(), code=code), year=year)) == wrong


@pytest.mark.parametrize(
    ("code", "overview", "wrong"),
    [("51000022T000001234567", "", True), ("51000022T000001234567", "  ", True),
     ("51000022T000001234567", "更换门窗", False), ("51000022Y000001234567", "", False),
     ("51000022R000001234567", "", False), (None, "", False)],
)  # fmt: skip
def test_the_course_of_a_special_project_is_described(code: str | None, overview: str, wrong: bool) -> None:
    made = project(indicator(), code=code, texts={"overview": overview})
    assert bool(found("form.text-blank", OWN, made)) == wrong


def test_a_form_that_prints_no_overview_is_not_asked_for_one() -> None:
    assert found("form.text-blank", OWN, project(indicator(), code="51000022T000001234567")) == []


def test_the_head_of_the_overall_form_in_another_unit_than_its_figures() -> None:
    sheet = funds("performance.overall_funds", total=("514.50", None, None))
    repeated = indicator("=", "514.5", None, unit="万元", name="支付资金", place=Place(line=9))
    overall = OverallTargets(funds=sheet, indicators=(repeated,), stated_unit="元", place=Place(line=3))
    (finding,) = found("form.unit", OWN, overall=overall)
    assert (finding.stated, finding.expected, finding.place) == ("元", "万元", Place(line=3))
    assert Place(line=9) in finding.related
    for right in (
        replace(overall, stated_unit="万元"),
        replace(overall, stated_unit=None),
        replace(overall, indicators=(replace(repeated, target="514.6"),)),
        replace(overall, indicators=(replace(repeated, unit="册"),)),
        replace(overall, funds=None),
    ):
        assert found("form.unit", OWN, overall=right) == []


def test_overall_targets_without_any_result() -> None:
    overall = OverallTargets(indicators=(indicator(actual=None), indicator(actual=None)))
    assert codes(filing(overall=overall)) == ["result.overall-missing"]
    assert codes(filing(overall=overall, kind="budget")) == []
    told = replace(overall, indicators=(indicator(actual=None), indicator(actual="100")))
    assert codes(filing(overall=told)) == []


def test_one_target_claimed_by_several_projects() -> None:
    shared = indicator("≥", "34475", None, name="受益人数", unit="人")
    made = [project(shared, name=name) for name in ("甲", "乙", "丙")]
    (finding,) = found("target.claimed-by-several", OWN, *made)
    assert "“甲”、“乙”、“丙”" in finding.message.zh
    assert len(finding.related) == 2
    own = [project(replace(shared, target=text), name=text) for text in ("34475", "34476")]
    assert found("target.claimed-by-several", OWN, *own) == []


def test_targets_without_an_amount() -> None:
    bare, given = project(indicator(actual=None)), project(indicator(actual=None), total=("5", None, None))
    assert len(found("target.no-amount", OWN, bare, given)) == 1
    assert found("target.no-amount", OWN, given) == []
