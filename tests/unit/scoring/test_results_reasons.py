"""What a method wants explained: little spent, budgets adjusted, targets far exceeded, weights of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hengjian.filing import Indicator, Project
from hengjian.filing.model import Operator
from hengjian.kernel import Finding, Severity
from hengjian.packs.rubric import Credibility, LevelWeight
from hengjian.scoring import score_project
from hengjian.scoring.results import result_findings
from tests.unit.scoring.maker import NATIONAL, indicator, project, rubric

METHOD = rubric(NATIONAL).model_copy(
    update={
        "explain_above": Decimal(130),
        "explain_below": Decimal(90),
        "explain_adjusted": Decimal(20),
        "credibility": Credibility(gap=Decimal(5), unspent=Decimal(20)),
        "layouts": (
            (
                LevelWeight(level1="产出指标", weight=Decimal(60)),
                LevelWeight(level1="效益指标", weight=Decimal(30)),
            ),
            (LevelWeight(level1="产出指标", weight=Decimal(90)),),
        ),
    }
)


def found(made: Project) -> list[Finding]:
    return list(result_findings(score_project(made, METHOD), METHOD))


def codes(made: Project) -> list[str]:
    return [finding.code for finding in found(made)]


def spent(initial: str, adjusted: str, executed: str, score: str, reason: str = "") -> Project:
    return project(
        indicator(weight="90", score="90"),
        total=(initial, adjusted, executed),
        execution_score=Decimal(score),
        stated_score=Decimal(90) + Decimal(score),
        texts={"reason": reason},
    )


def filled(*indicators: Indicator, **more: Any) -> Project:  # noqa: ANN401 - further fields of a project
    rest = 90 - sum(each.weight or 0 for each in indicators)
    others = (indicator(weight=str(rest), score=str(rest), name="装订图书"),) if rest else ()
    total = 10 + sum(each.score or Decimal(0) for each in (*indicators, *others))
    return project(
        *indicators,
        *others,
        total=("10", "10", "10"),
        execution_score=Decimal(10),
        stated_score=total,
        **more,
    )


def test_money_spent_as_planned_needs_no_reason() -> None:
    assert codes(spent("20.00", "20.00", "20.00", "10")) == []
    assert codes(spent("20.00", "20.00", "19.00", "9.5")) == []


@pytest.mark.parametrize(
    ("executed", "score", "reason", "expected"),
    [
        ("17.99", "9", "", {"result.execution-unexplained": "warning", "score.not-credible": "info"}),
        ("17.99", "9", "无", {"result.execution-unexplained": "warning", "score.not-credible": "info"}),
        ("17.99", "9", "招标节约", {"score.not-credible": "info"}),
        ("18.00", "9", "", {"score.not-credible": "info"}),
        ("15.00", "7.5", "", {"result.execution-unexplained": "warning", "score.not-credible": "warning"}),
        ("15.00", "7.5", "招标节约", {"score.not-credible": "info"}),
    ],
)
def test_little_spent_needs_a_reason(
    executed: str, score: str, reason: str, expected: dict[str, str]
) -> None:
    made = spent("20.00", "20.00", executed, score, reason)
    assert {finding.code: finding.severity.value for finding in found(made)} == expected


def test_high_scores_with_little_spent_are_told_with_their_figures() -> None:
    (finding,) = [f for f in found(spent("20", "20", "4", "2", "停工")) if f.code == "score.not-credible"]
    assert (finding.stated, finding.expected, finding.difference) == ("100%", "20%", "80")


def test_low_scores_with_little_spent_are_credible() -> None:
    low = indicator(actual="50", score="45", weight="90", shortfall="停工")
    made = project(
        low,
        total=("20", "20", "10"),
        execution_score=Decimal(5),
        stated_score=Decimal(50),
        texts={"reason": "停工"},
    )
    assert codes(made) == []


def test_scores_that_are_not_stated_are_not_judged() -> None:
    blank = indicator(weight="90", score=None)
    assert codes(project(blank, total=("20", "20", "4"), texts={"reason": "停工"})) == []


@pytest.mark.parametrize(
    ("initial", "adjusted", "reason", "expected"),
    [
        ("20.00", "24.00", "", False),
        ("20.00", "24.02", "", True),
        ("20.00", "15.00", "", True),
        ("20.00", "15.00", "上级追减", False),
        ("0.00", "15.00", "", True),
        ("0", "15.00", "无", True),
    ],
)
def test_a_budget_that_was_much_adjusted_needs_a_reason(
    initial: str, adjusted: str, reason: str, *, expected: bool
) -> None:
    made = spent(initial, adjusted, adjusted, "10", reason)
    assert codes(made) == (["result.adjustment-unexplained"] if expected else [])
    if expected:
        assert [finding.severity for finding in found(made)] == [Severity.INFO]
        assert initial in found(made)[0].message.zh


@pytest.mark.parametrize(
    ("operator", "target", "actual", "unit", "level2", "expected"),
    [
        ("≥", "20", "32", "个", "数量指标", True),
        (">", "2", "5", "次", "数量指标", True),
        ("≥", "20", "26", "个", "数量指标", False),  # 130 % itself
        ("≥", "1", "2", "次", "数量指标", False),  # one more than planned
        ("≥", "20", "32", "%", "数量指标", False),
        ("≤", "32", "20", "天", "时效指标", False),
        ("≥", "20", "32", "元", "成本指标", False),
    ],
)
def test_a_count_far_above_its_target_needs_a_reason(
    operator: Operator, target: str, actual: str, unit: str, level2: str, *, expected: bool
) -> None:
    told = {"shortfall": "新增任务"}
    made = indicator(operator, target, actual, unit=unit, level2=level2)
    assert codes(filled(made)) == (["result.over-fulfilled"] if expected else [])
    assert codes(filled(indicator(operator, target, actual, unit=unit, level2=level2, **told))) == []


def test_how_far_a_count_is_above_its_target_is_told() -> None:
    (finding,) = found(filled(indicator("≥", "20", "32")))
    assert (finding.severity, finding.stated, finding.expected) == (Severity.INFO, "160%", "≤130%")


def test_full_marks_above_an_exact_target_are_asked_about() -> None:
    (over,) = found(filled(indicator("=", "50", "52", shortfall="追加任务")))
    (under,) = found(filled(indicator("=", "50", "48", shortfall="停工")))
    assert (over.code, over.severity, over.expected) == ("score.unmet-full", Severity.WARNING, "<10")
    assert (under.code, under.severity, under.expected) == ("score.unmet-full", Severity.ERROR, "9.6")


def test_a_graded_result_outside_its_band() -> None:
    graded = indicator("qualitative", "好", "有所改善", rating="达成年度指标", score="7.9")
    (finding,) = found(filled(graded))
    assert (finding.code, finding.stated, finding.expected) == ("score.not-by-rule", "7.9", "8~10")


@pytest.mark.parametrize(
    ("output", "benefit", "expected"), [("60", "30", False), ("50", "40", True), ("30", "60", True)]
)
def test_weights_of_groups_against_the_layout_with_the_same_groups(
    output: str, benefit: str, *, expected: bool
) -> None:
    made = filled(
        indicator(weight=output, score=output),
        indicator(weight=benefit, score=benefit, level1="效益指标", level2="社会效益指标", name="借阅"),
    )
    assert codes(made) == (["score.layout"] if expected else [])
    if expected:
        (finding,) = found(made)
        assert (finding.severity, finding.stated) == (Severity.INFO, f"产出指标{output}、效益指标{benefit}")


def test_groups_that_no_layout_has_are_left_alone() -> None:
    assert codes(filled(indicator(weight="90", score="90", level1="成本指标", level2="经济成本指标"))) == []
