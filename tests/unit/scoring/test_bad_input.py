"""Bad input gives a finding and a score that is not evaluable, never a guess."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hengjian.filing import Indicator, Project
from hengjian.kernel import Finding, Outcome
from hengjian.scoring import score_project
from hengjian.scoring.review import assess
from tests.unit.scoring.maker import SICHUAN, filing, funds, indicator, project, rubric, standards

SCORED: dict[str, Any] = {"score": "10", "weight": "10"}


def whole(first: Indicator, **more: Any) -> Project:  # noqa: ANN401 - further fields of a project
    """Return a project with that indicator, and others that make 100 points."""
    given: dict[str, Any] = {
        "total": ("20.00", "20.00", "20.00"),
        "execution_score": Decimal(10),
        "stated_score": Decimal(100),
        **more,
    }
    return project(first, indicator(weight="80", score="80", name="装订图书"), **given)


def found(made: Project, code: str) -> Finding:
    (finding,) = [f for f in assess(filing(made), standards(SICHUAN)).findings if f.code == code]
    return finding


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (indicator(actual="已完成", **SCORED), "result.not-numeric"),
        (indicator(actual="约100", **SCORED), "result.not-numeric"),
        (indicator(actual="90-100", **SCORED), "result.not-numeric"),
        (indicator(actual="100人", unit="户", **SCORED), "result.other-unit"),
        (indicator(actual="2天", target="24", unit="小时", **SCORED), "result.other-unit"),
        (indicator(actual="95%以上", target="90", unit="%", **SCORED), "result.other-unit"),
        (indicator(actual="105", target="90", unit="%", name="读者满意度", **SCORED), "result.impossible"),
        (indicator(actual="-5", target="90", unit="%", name="读者满意度", **SCORED), "result.impossible"),
        (indicator("≥", "较好", "较好", **SCORED), "target.operator-value"),
        (indicator("≥", "约20", "20次", **SCORED), "score.target-unreadable"),
        (indicator("≤", "12月底前", "12月底前", **SCORED), "score.target-unreadable"),
        (indicator("qualitative", "100", "100", **SCORED), "score.operator-unfit"),
        (indicator("qualitative", "好", "好", rating="上等", **SCORED), "result.rating-unknown"),
        (indicator(actual=None, **SCORED), "result.missing"),
        (indicator(actual="/", **SCORED), "result.missing"),
        (indicator(actual="≥100", **SCORED), "result.repeats-target"),
        (indicator(actual="（100字以内）", **SCORED), "form.prompt-left"),
        (indicator(None, **SCORED), "target.operator-missing"),
    ],
)
def test_a_bad_cell_is_a_finding_and_no_score(bad: Indicator, code: str) -> None:
    made = whole(bad)
    finding = found(made, code)
    assert bad.name in finding.message.zh
    scored = score_project(made, rubric(SICHUAN), standards(SICHUAN).prompts, standards(SICHUAN).target_words)
    score = scored.indicators[0].score
    assert (score.allowed, score.point, score.outcome) == (None, None, Outcome.NOT_EVALUABLE)
    assert score.missing
    assert scored.outcome is Outcome.NOT_EVALUABLE
    assert bad.name in scored.total.missing[0].zh


def test_a_blank_target_among_others_is_a_finding_and_no_score() -> None:
    made = project(
        indicator(target=None, **SCORED),
        indicator(weight="40", score="40", name="装订图书"),
        indicator(weight="40", score="40", name="修补封面"),
        total=("20.00", "20.00", "20.00"),
    )
    assert found(made, "target.missing").stated == "100"
    first = score_project(made, rubric(SICHUAN)).indicators[0].score
    assert (first.outcome, [what.zh for what in first.missing]) == (Outcome.NOT_EVALUABLE, ["没有指标值"])


@pytest.mark.parametrize(
    ("total", "why"),
    [
        (("0.00", "0.00", "0.00"), "预算数为零"),
        (("0", "0", "5.00"), "预算数为零"),
        ((None, None, "5.00"), "没有预算数"),
        (("20.00", "20.00", None), "没有执行数"),
    ],
)
def test_points_for_execution_without_a_base(total: tuple[str | None, ...], why: str) -> None:
    made = whole(indicator(), total=total)
    finding = found(made, "score.execution-no-base")
    assert why in finding.message.zh
    execution = score_project(made, rubric(SICHUAN)).execution
    assert execution.outcome is Outcome.NOT_EVALUABLE
    assert why in execution.missing[0].zh


def test_an_execution_score_of_nothing_without_a_base_is_only_noted() -> None:
    made = whole(indicator(), total=("0", "0", "0"), execution_score=Decimal(0), stated_score=Decimal(90))
    assert found(made, "score.execution-no-base").severity == "info"


def test_funds_that_were_not_read_are_no_base_to_blame() -> None:
    made = whole(indicator(), total=None)
    empty = Project(
        name=made.name,
        funds=funds(),
        indicators=made.indicators,
        execution_score=Decimal(10),
        stated_score=Decimal(100),
    )
    assert "score.execution-no-base" not in {
        f.code for f in assess(filing(empty), standards(SICHUAN)).findings
    }


def test_weights_that_miss_the_whole() -> None:
    made = whole(indicator(weight="20", score="10"))
    assert found(made, "score.weights").stated == "110"
    scored = score_project(made, rubric(SICHUAN))
    assert scored.total.allowed is None
    assert scored.total.missing[0].zh == "各项分值之和不是100"


@pytest.mark.parametrize("unit", ["个工作日", "工作日"])
def test_units_written_in_two_ways_are_one(unit: str) -> None:
    kept = indicator("≤", "5", "4工作日", unit=unit, **SCORED)
    (score, _) = score_project(whole(kept), rubric(SICHUAN)).indicators
    assert score.score.outcome is Outcome.PASS
