"""Findings about groups: missing, misplaced, and money as an output."""

from __future__ import annotations

import pytest

from hengjian.filing.model import Indicator
from hengjian.kernel import Severity
from tests.unit.scoring.maker import NATIONAL, indicator, project
from tests.unit.scoring.test_targets import OWN, found

KINDS = ("数量指标", "质量指标", "时效指标", "社会效益指标", "服务对象满意度指标")


def of_kinds(*kinds: str) -> list[Indicator]:
    return [indicator(level2=kind, name=f"目标{number}") for number, kind in enumerate(kinds)]


def test_groups_that_a_project_lacks() -> None:
    (finding,) = found(
        "target.kinds-missing", NATIONAL, project(*of_kinds("数量指标", "质量指标", "社会效益指标"))
    )
    assert finding.expected == "时效指标、服务对象满意度指标"
    assert finding.severity is Severity.INFO
    assert found("target.kinds-missing", NATIONAL, project(*of_kinds(*KINDS))) == []
    assert (
        found(
            "target.kinds-missing",
            NATIONAL,
            project(*of_kinds("数量", "质量", "时效", "社会效益", "满意度指标")),
        )
        == []
    )


def test_routine_projects_are_told_of_only_with_few_indicators() -> None:
    code = "51000022R000001234567"
    few, more = of_kinds("数量指标", "社会效益指标"), of_kinds("数量指标", "质量指标", "社会效益指标")
    assert len(found("target.kinds-missing", NATIONAL, project(*few, code=code))) == 1
    assert found("target.kinds-missing", NATIONAL, project(*more, code=code)) == []


def test_groups_that_are_not_printed_are_not_missing() -> None:
    unnamed = [indicator(level1="", level2="", name=name) for name in ("甲", "乙", "丙")]
    assert found("target.kinds-missing", NATIONAL, project(*unnamed, indicator())) == []
    assert found("target.kinds-missing", NATIONAL, project()) == []


@pytest.mark.parametrize(
    ("level2", "name", "unit", "proper"),
    [("数量指标", "借阅合格率", "%", "质量指标"), ("数量指标", "任务完成率", "%", None),
     ("数量指标", "效率", "册", None), ("质量指标", "借阅合格率", "%", None),
     ("社会效益指标", "读者满意度", "%", "服务对象满意度指标"),
     ("服务对象满意度指标", "读者满意度", "%", None),
     ("时效指标", "资金到位率", "%", "质量指标"), ("时效指标", "资金及时到位率", "%", None)],
)  # fmt: skip
def test_a_name_belongs_to_a_group(level2: str, name: str, unit: str, proper: str | None) -> None:
    wrong = found(
        "target.kind", OWN, project(indicator("≥", "90", None, level2=level2, name=name, unit=unit))
    )
    assert [finding.expected for finding in wrong] == ([] if proper is None else [proper])
    for finding in wrong:
        assert finding.severity is Severity.INFO


def test_a_description_may_excuse_a_group() -> None:
    made = indicator(
        "≥", "90", None, level2="时效指标", name="资金到位率", unit="%", description="资金及时到位的比例"
    )
    assert found("target.kind", OWN, project(made)) == []


@pytest.mark.parametrize(
    ("name", "unit", "level2", "wrong"),
    [("支付修缮款", "万元", "数量指标", True), ("收回赔款", "万元", "数量指标", False),
     ("支付修缮款", "万元", "成本指标", False), ("支付笔数", "笔", "数量指标", False)],
)  # fmt: skip
def test_money_paid_is_no_output(name: str, unit: str, level2: str, wrong: bool) -> None:
    made = project(indicator("=", "20", None, name=name, unit=unit, level2=level2))
    assert bool(found("target.input-as-output", OWN, made)) == wrong
