"""Findings about results, scores and totals: one planted fault, one finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from hengjian.filing import Filing, Indicator, Project
from hengjian.kernel import Finding, Place, Severity
from tests.unit.scoring import maker
from tests.unit.scoring.maker import GUANGDONG, NATIONAL, filing, indicator, line, project

FAMILIES = ("result", "score", "form")
"""Targets and sets have tests of their own."""


def findings(made: Filing, pack: str = "demo") -> list[Finding]:
    return [each for each in maker.findings(made, pack) if each.code.partition(".")[0] in FAMILIES]


def codes(made: Filing, pack: str = "demo") -> list[str]:
    return [finding.code for finding in findings(made, pack)]


def clean(*indicators: Indicator, **more: Any) -> Project:  # noqa: ANN401 - further fields of a project
    """Return a project whose scores follow, with 10 points for execution and 90 for its indicators."""
    rest = 90 - sum(each.weight or 0 for each in indicators)
    filler = indicator(weight=str(rest), score=str(rest), name="装订图书", target="50", actual="50")
    given: dict[str, Any] = {
        "total": ("20.00", "18.00", "18.00"),
        "execution_weight": Decimal(10),
        "execution_score": Decimal(10),
        "stated_weight": Decimal(100),
        "stated_score": Decimal(10) + rest + sum(each.score or 0 for each in indicators),
        "texts": {"problems": "无", "measures": "无"},
        **more,
    }
    given.setdefault("conclusion_score", given["stated_score"])
    return project(*indicators, filler, **given)


def the(made: Filing, code: str, pack: str = NATIONAL) -> Finding:
    found = findings(made, pack)
    assert [finding.code for finding in found] == [code]
    return found[0]


@pytest.mark.parametrize("pack", [NATIONAL, "demo", GUANGDONG])
def test_a_project_that_is_right_has_no_finding(pack: str) -> None:
    assert codes(filing(clean())) == []
    assert codes(filing(clean(indicator())), pack) == []


def test_a_missed_target_with_full_marks() -> None:
    finding = the(filing(clean(indicator(actual="80", score="10"), texts={})), "score.unmet-full")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "10", "8")
    assert "按规则为8分" in finding.message.zh


@pytest.mark.parametrize("pack", [NATIONAL, GUANGDONG])
@pytest.mark.parametrize("operator", ["<", ">"])
def test_a_strict_target_is_missed_when_it_is_only_met(pack: str, operator: Any) -> None:  # noqa: ANN401
    made = clean(indicator(operator, "24", "24", unit="小时", level2="时效指标", name="处理时限"), texts={})
    assert codes(filing(made), pack) == ["score.unmet-full"]


def test_a_score_that_the_rubric_does_not_give() -> None:
    missed = indicator(actual="80", score="6", shortfall="停用")
    finding = the(filing(clean(missed, texts={})), "score.not-by-rule")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.WARNING, "6", "8")
    right = replace(missed, score=Decimal(8))
    assert codes(filing(clean(right, texts={})), NATIONAL) == []


def test_a_score_rounded_from_the_right_one_is_right() -> None:
    # 96.7688 % of 8 points is 7.74.
    missed = indicator(
        target="1000000", actual="967688", weight="8", unit="人", name="参保人数", shortfall="外出"
    )
    for score in ("7.74", "7.7"):
        assert codes(filing(clean(replace(missed, score=Decimal(score)), texts={})), NATIONAL) == []
    # 8 would be the rounding of 7.74, but it is full marks for a missed target.
    full = clean(replace(missed, score=Decimal(8)), texts={})
    assert the(filing(full), "score.unmet-full").expected == "7.74"


def test_a_reached_target_with_fewer_points_is_only_noted() -> None:
    finding = the(filing(clean(indicator(actual="120", score="7"))), "score.reduced-though-met")
    assert finding.severity is Severity.INFO


def test_a_score_above_its_weight() -> None:
    finding = the(filing(clean(indicator(score="12"), stated_score=Decimal(102))), "score.above-weight")
    assert (finding.stated, finding.expected, finding.difference) == ("12", "≤10", "2")


def test_a_shortfall_without_a_reason() -> None:
    made = clean(indicator(actual="80", score="8"), texts={})
    the(filing(made), "score.shortfall-unexplained")


@pytest.mark.parametrize(
    ("actual", "code"),
    [(None, "result.missing"), ("/", "result.missing"), ("已完成", "result.not-numeric"),
     ("≥100", "result.repeats-target"), ("（100字以内）", "form.prompt-left")],
)  # fmt: skip
def test_a_result_that_states_nothing(actual: str | None, code: str) -> None:
    finding = the(filing(clean(indicator(actual=actual))), code)
    assert finding.stated == actual


@pytest.mark.parametrize(
    ("actual", "unit", "severity"),
    [("12家", "个", Severity.INFO), ("2天", "小时", Severity.WARNING), ("95%以上", "%", Severity.INFO),
     ("9%以上", "%", Severity.WARNING), ("12元", "个", Severity.WARNING)],
)  # fmt: skip
def test_another_unit_matters_more_where_it_is_no_mere_counter(
    actual: str, unit: str, severity: Severity
) -> None:
    made = clean(indicator(target="10", actual=actual, unit=unit))
    assert the(filing(made), "result.other-unit").severity is severity


def test_a_blank_result_without_a_score_is_not_yet_filled_in() -> None:
    assert "result.missing" not in codes(filing(clean(indicator(actual=None, score=None))))


def test_a_blank_execution_score_behind_a_stated_total() -> None:
    finding = the(filing(clean(execution_score=None)), "score.execution-missing")
    assert (finding.severity, finding.expected, finding.difference) == (Severity.ERROR, "10", "10")
    assert "90" in finding.message.zh
    assert "100" in finding.message.zh
    weaker = clean(execution_score=None, stated_score=Decimal(90), conclusion_score=Decimal(90))
    assert the(filing(weaker), "score.execution-missing").severity is Severity.WARNING


def test_a_blank_execution_score_without_any_total_is_not_yet_filled_in() -> None:
    made = clean(execution_score=None, stated_score=None, conclusion_score=None, stated_weight=None)
    assert codes(filing(made), NATIONAL) == []


def test_an_execution_score_that_the_rate_does_not_give() -> None:
    made = clean(total=("20.00", "20.00", "18.00"))
    finding, alert = findings(filing(made), NATIONAL)
    assert (finding.code, alert.code) == ("score.execution", "score.not-credible")
    assert (finding.stated, finding.expected) == ("10", "9")


def test_a_total_that_is_not_the_sum() -> None:
    made = clean(stated_score=Decimal(99), conclusion_score=Decimal(99))
    finding = the(filing(made), "score.total")
    assert (finding.stated, finding.expected, finding.difference) == ("99", "100", "1")


def test_a_total_rounded_from_the_sum_is_right() -> None:
    made = clean(indicator(actual="97", score="9.7", shortfall="停用"), texts={})
    rounded = replace(made, stated_score=Decimal("99.7"), conclusion_score=Decimal(100))
    assert codes(filing(rounded), NATIONAL) == []


def test_a_blank_total() -> None:
    finding = the(filing(clean(stated_score=None, conclusion_score=Decimal(100))), "score.total-missing")
    assert (finding.severity, finding.expected) == (Severity.ERROR, "100")


def test_a_conclusion_that_claims_another_total() -> None:
    finding = the(filing(clean(conclusion_score=Decimal(95))), "score.conclusion")
    assert (finding.stated, finding.expected, finding.difference) == ("95", "100", "5")


@pytest.mark.parametrize(("weight", "total"), [("70", "90"), ("90", "110")])
def test_weights_that_do_not_sum_to_100(weight: str, total: str) -> None:
    made = project(
        indicator(),
        indicator(weight=weight, score=weight, name="装订图书"),
        total=("18.00", "18.00", "18.00"),
        execution_score=Decimal(10),
        stated_score=Decimal(total),
    )
    finding = the(filing(made), "score.weights")
    assert (finding.stated, finding.expected) == (total, "100")


def test_a_blank_weight_is_no_wrong_sum() -> None:
    made = clean(indicator(weight=None, score=None))
    assert "score.weights" not in codes(filing(made))


def test_problems_denied_though_a_target_was_missed() -> None:
    missed = indicator(actual="80", score="8", shortfall="停用", place=Place(line=7))
    finding = the(filing(clean(missed)), "result.problems-denied")
    assert finding.related == (Place(line=7),)
    told = clean(missed, texts={"problems": "人手不足", "measures": "无"})
    assert codes(filing(told), NATIONAL) == []


def test_guidance_left_in_a_text() -> None:
    made = clean(texts={"conclusion": "项目完成（100字以内）", "problems": "人手不足"})
    finding = the(filing(made), "form.prompt-left")
    assert finding.stated == "项目完成（100字以内）"


# The department's overall rubric


def test_overall_scores_within_their_lines_pass() -> None:
    scores = (line("预算编制准确", "4", "4"), line("制度健全", "8", "0"), line("其他", "10", "9.5"))
    assert codes(filing(rubric_scores=scores, stated_total=Decimal("13.5"))) == []


@pytest.mark.parametrize(
    ("title", "maximum", "score", "code", "expected"),
    [("预算编制准确", "4", "5", "score.above-weight", "≤4"),
     ("预算编制准确", None, "5", "score.above-weight", "≤4"),
     ("其他", "10", "10.5", "score.above-weight", "≤10"),
     ("预算编制准确", "4", "3", "score.unattainable", "4、1、0"),
     ("制 度 健 全", "8", "7.5", "score.unattainable", "8、0")],
)  # fmt: skip
def test_overall_scores_that_their_lines_cannot_give(
    title: str, maximum: str | None, score: str, code: str, expected: str
) -> None:
    (finding,) = findings(filing(rubric_scores=(line(title, maximum, score),)))
    assert (finding.code, finding.stated, finding.expected) == (code, score, expected)


def test_an_overall_total_that_is_not_the_sum() -> None:
    scores = (line("预算编制准确", "4", "4"), line("制度健全", "8", "8"))
    (finding,) = findings(filing(rubric_scores=scores, stated_total=Decimal(13)))
    assert (finding.code, finding.stated, finding.expected) == ("score.total", "13", "12")
    blank = (*scores, line("其他", "10", None))
    assert codes(filing(rubric_scores=blank, stated_total=Decimal(13))) == [], "a blank may be the rest"
