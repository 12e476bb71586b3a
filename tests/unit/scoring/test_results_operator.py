"""Scores of targets without operator: told where every operator that may be meant says the same."""

from __future__ import annotations

import pytest

from hengjian.kernel import Severity
from tests.unit.scoring.maker import NATIONAL, filing, findings, indicator, project

RESULTS = {"result.other-unit", "result.impossible"}
CODES = {"score.unmet-full", "score.reduced-though-met", "score.shortfall-unexplained"}


@pytest.mark.parametrize(
    ("name", "level2", "unit", "figures", "expected"),
    [
        ("修复图书", "数量指标", "件", "100 100 10", None),
        ("修复图书", "数量指标", "件", "100 100 8", "score.reduced-though-met"),
        ("修复图书", "数量指标", "件", "100 90 10", "score.unmet-full"),
        ("修复图书", "数量指标", "件", "100 90 9", "score.shortfall-unexplained"),
        ("修复图书", "数量指标", "件", "100 120 9", None),
        ("验收合格率", "质量指标", "%", "100 95% 10", "score.unmet-full"),
        ("任务完成率", "质量指标", "%", "100 95% 10", "score.unmet-full"),
        ("能耗下降率", "质量指标", "%", "100 95% 10", None),
        ("验收合格率", "质量指标", "%", "90 85% 10", None),
        ("印刷费用", "成本指标", "元", "100 90 10", None),
        ("处理时间", "时效指标", "天", "10 8 10", None),
        ("印刷费用", "数量指标", "万元", "100 90 10", None),
        ("修复图书", "数量指标", "件", "100 很多 10", None),
    ],
)
def test_a_target_without_operator(
    name: str, level2: str, unit: str, figures: str, expected: str | None
) -> None:
    target, actual, score = figures.split()
    row = indicator(None, target, actual, name=name, level2=level2, unit=unit, score=score)
    told = [f for f in findings(filing(project(row, total=("5", "5", "5"))), NATIONAL) if f.code in CODES]
    assert [finding.code for finding in told] == ([] if expected is None else [expected])
    assert all(finding.severity is not Severity.ERROR for finding in told)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("100天", ["result.other-unit"]), ("120%", ["result.impossible"]), ("全部", []), ("90%", [])],
)
def test_a_result_that_no_operator_can_mend(actual: str, expected: list[str]) -> None:
    row = indicator(None, "100", actual, name="验收合格率", level2="质量指标", unit="%")
    told = findings(filing(project(row, total=("5", "5", "5"))), NATIONAL)
    assert [finding.code for finding in told if finding.code in RESULTS] == expected


def test_a_target_that_is_only_about_a_number_has_no_other_unit() -> None:
    row = indicator(None, "85", "82.3%", name="书架使用率", level2="质量指标", unit="%左右")
    told = findings(filing(project(row, total=("5", "5", "5"))), NATIONAL)
    assert RESULTS.isdisjoint(finding.code for finding in told)


@pytest.mark.parametrize(("reason", "due"), [(None, 1), ("无", 1), ("学校停课", 0)])
def test_a_form_without_scores_gives_reasons_for_what_was_missed(reason: str | None, due: int) -> None:
    """财预〔2020〕10号's form for transfer payments has a column of reasons, and none of scores."""
    row = indicator("≥", "100", "90", weight=None, score=None, shortfall=reason)
    met = indicator("≥", "50", "60", weight=None, score=None, name="借阅人次", unit="人次")
    told = findings(filing(project(row, met)), NATIONAL)
    assert [f.place for f in told if f.code == "score.shortfall-unexplained"] == [row.place] * due
