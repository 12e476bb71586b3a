"""Scores follow from inputs under each authority's rubric; what is missing never earns full marks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing import Indicator
from hengjian.filing.model import Operator
from hengjian.kernel import Interval, Outcome, Severity
from hengjian.scoring import State, score_project
from hengjian.scoring.execution import execution_rate
from hengjian.scoring.project import grade_of
from hengjian.scoring.score import points
from tests.unit.scoring.maker import (
    GUANGDONG,
    HEBEI,
    NATIONAL,
    PACKS,
    SICHUAN,
    filing,
    findings,
    indicator,
    project,
    rubric,
    standards,
)

PROPORTIONAL = (NATIONAL, HEBEI, SICHUAN)
BANDED = (GUANGDONG, "demo")


def allowed(pack: str, scored: Indicator) -> Interval | None:
    (each,) = score_project(project(scored), rubric(pack)).indicators
    return each.score.allowed


def exactly(text: str) -> Interval:
    return Interval.exactly(Fraction(text))


# A target of 100, a weight of 10


@pytest.mark.parametrize("pack", PROPORTIONAL)
@pytest.mark.parametrize(
    ("actual", "earned"),
    [("0", "0"), ("50", "5"), ("59", "5.9"), ("60", "6"), ("99", "9.9"), ("100", "10"), ("149", "10"),
     ("150", "10"), ("300", "10")],
)  # fmt: skip
def test_a_rate_earns_its_share_up_to_full_marks(pack: str, actual: str, earned: str) -> None:
    assert allowed(pack, indicator("≥", "100", actual)) == exactly(earned)


@pytest.mark.parametrize("pack", BANDED)
@pytest.mark.parametrize(
    ("actual", "earned"),
    [("0", "0"), ("50", "0"), ("59", "0"), ("60", "6"), ("61", "6.1"), ("99", "9.9"), ("100", "10"),
     ("149", "10"), ("151", "5"), ("300", "5")],
)  # fmt: skip
def test_bands_give_nothing_below_60_and_half_from_150(pack: str, actual: str, earned: str) -> None:
    assert allowed(pack, indicator("≥", "100", actual)) == exactly(earned)


@pytest.mark.parametrize(("pack", "earned"), [(GUANGDONG, "10"), ("demo", "5")])
def test_the_end_of_a_band_is_in_it_or_in_the_next(pack: str, earned: str) -> None:
    assert allowed(pack, indicator("≥", "100", "150")) == exactly(earned)


@pytest.mark.parametrize("pack", BANDED)
def test_a_rate_that_touches_two_bands_may_earn_either(pack: str) -> None:
    # 60.0 stands for 59.95 to 60.05: none or 6.005. 150.0 for 149.95 to 150.05: full or half.
    assert allowed(pack, indicator("≥", "100", "60.0")) == Interval(Fraction(0), Fraction(6005, 1000))
    assert allowed(pack, indicator("≥", "100", "150.0")) == Interval(Fraction(5), Fraction(10))


@pytest.mark.parametrize("pack", [*PACKS, "demo"])
@pytest.mark.parametrize(
    ("operator", "actual", "earned"),
    [("≤", "100", "10"), ("≤", "40", "10"), ("≤", "125", "8"), ("<", "99", "10"), ("<", "125", "8"),
     ("=", "100", "10"), ("=", "80", "8"), (">", "101", "10")],
)  # fmt: skip
def test_a_limit_is_kept_or_scored_inversely(pack: str, operator: Operator, actual: str, earned: str) -> None:
    assert allowed(pack, indicator(operator, "100", actual)) == exactly(earned)


@pytest.mark.parametrize(("pack", "earned"), [(GUANGDONG, "0"), (NATIONAL, "5")])
def test_a_limit_exceeded_twofold(pack: str, earned: str) -> None:
    assert allowed(pack, indicator("≤", "100", "200")) == exactly(earned)


def test_a_rubric_may_give_nothing_for_a_limit_that_is_missed() -> None:
    strict = rubric(NATIONAL).model_copy(update={"missed_limit": "none"})
    (each,) = score_project(project(indicator("≤", "100", "101")), strict).indicators
    assert each.score.allowed == exactly("0")
    (each,) = score_project(project(indicator("≤", "100", "100")), strict).indicators
    assert each.score.allowed == exactly("10")


@pytest.mark.parametrize("pack", [*PACKS, "demo"])
@pytest.mark.parametrize(
    ("operator", "actual"), [("<", "100"), (">", "100"), ("=", "101"), ("≥", "99.9"), ("≤", "100.1")]
)
def test_a_missed_target_never_earns_full_marks(pack: str, operator: Operator, actual: str) -> None:
    (each,) = score_project(project(indicator(operator, "100", actual)), rubric(pack)).indicators
    assert each.achievement.state is State.MISSED
    assert each.score.outcome is Outcome.FAIL


@pytest.mark.parametrize("operator", ["<", ">"])
def test_a_strict_target_that_is_just_met_earns_less_than_full_marks(operator: Operator) -> None:
    (each,) = score_project(project(indicator(operator, "24", "24")), rubric(NATIONAL)).indicators
    assert (each.score.allowed, each.score.unearned) == (Interval(Fraction(0), Fraction(10)), True)


def test_full_marks_of_no_weight_are_not_unearned() -> None:
    missed = indicator("≥", "100", "80", weight="0", score="0")
    (each,) = score_project(project(missed), rubric(NATIONAL)).indicators
    assert (each.score.allowed, each.score.outcome) == (exactly("0"), Outcome.PASS)


@pytest.mark.parametrize(("pack", "low"), [(NATIONAL, "8"), (GUANGDONG, "8"), ("demo", "8")])
def test_more_than_an_exact_target_earns_between_its_inverse_share_and_full(pack: str, low: str) -> None:
    (each,) = score_project(project(indicator("=", "100", "125")), rubric(pack)).indicators
    assert each.score.allowed == Interval(Fraction(low), Fraction(10))
    assert each.score.outcome is Outcome.FAIL, "full marks are still to be explained"


def test_a_limit_that_a_rounded_result_may_have_kept() -> None:
    # 100.0 stands for 99.95 to 100.05
    strict = rubric(NATIONAL).model_copy(update={"missed_limit": "none"})
    made = project(indicator("≤", "100", "100.0"))
    (inverse,), (none,) = (score_project(made, method).indicators for method in (rubric(NATIONAL), strict))
    assert inverse.score.allowed == Interval(Fraction(100_000, 10_005), Fraction(10))
    assert none.score.allowed == Interval(Fraction(0), Fraction(10))
    assert inverse.score.point == none.score.point == exactly("10")


@pytest.mark.parametrize(
    ("pack", "rating", "low", "high"),
    [
        (NATIONAL, "达成年度指标", "6.4", "8"),
        (NATIONAL, "未达成年度指标且效果较差", "0", "4.8"),
        (GUANGDONG, "良", "6.8", "6.8"),
        (GUANGDONG, "不达标", "4", "4"),
        (HEBEI, "好", "0", "8"),  # its method has no grades for results
    ],
)
def test_a_graded_result_earns_its_grade(pack: str, rating: str, low: str, high: str) -> None:
    graded = indicator("qualitative", "好", "有所改善", weight="8", rating=rating)
    assert allowed(pack, graded) == Interval(Fraction(low), Fraction(high))


def test_a_result_that_is_the_name_of_a_grade_is_the_grade() -> None:
    assert allowed(GUANGDONG, indicator("qualitative", "优良", "达标")) == exactly("7")


@pytest.mark.parametrize(
    ("target", "actual", "low", "high"),
    [("95", "93", "9.789", "10"), ("95", "85", "8", "8.95"), ("85", "85", "8", "10"), ("50", "59", "0", "10"),
     ("95", "50", "0", "5.26")],
)  # fmt: skip
def test_satisfaction_is_scored_by_its_own_bands_or_by_its_target(
    target: str, actual: str, low: str, high: str
) -> None:
    rate = indicator("≥", target, actual, unit="%", name="读者满意度")
    method, words = rubric(NATIONAL), standards(NATIONAL).target_words
    (each,) = score_project(project(rate), method, (), words).indicators
    assert each.score.allowed is not None
    assert [round(float(end), 2) for end in (each.score.allowed.low, each.score.allowed.high)] == [
        round(float(low), 2), round(float(high), 2),
    ]  # fmt: skip
    assert not each.score.missed


@pytest.mark.parametrize("pack", [*PACKS, "demo"])
def test_a_qualitative_result_may_earn_anything_up_to_its_weight(pack: str) -> None:
    assert allowed(pack, indicator("qualitative", "好", "好", weight="8")) == Interval(
        Fraction(0), Fraction(8)
    )


# What is missing

NO_RESULTS = st.sampled_from([None, "", "  ", "完成", "≥100", "100 100", "—", "见附件", "（100字以内）"])


@given(NO_RESULTS, st.sampled_from(["≥", ">", "≤", "<", "="]), st.sampled_from([*PACKS, "demo"]))
def test_a_missing_result_is_not_evaluable_and_never_full_marks(
    actual: str | None, operator: Operator, pack: str
) -> None:
    missing = indicator(operator, "100", actual, score="10", weight="10")
    scored = score_project(project(missing, total=("5", "5", "5")), rubric(pack), ["字以内"])
    (each,) = scored.indicators
    assert each.score.allowed is None
    assert each.score.outcome is Outcome.NOT_EVALUABLE
    assert scored.total.allowed is None, "a total with a part that is not evaluable is none either"


@given(
    st.sampled_from(["target", "actual", "weight"]),
    st.integers(min_value=1, max_value=300),
    st.sampled_from(["≥", ">", "≤", "<", "="]),
    st.sampled_from([*PACKS, "demo"]),
)
def test_whatever_input_is_missing_nothing_is_earned(
    part: str, actual: int, operator: Operator, pack: str
) -> None:
    whole = indicator(operator, "100", str(actual))
    lacking = {"target": replace(whole, target=None), "actual": replace(whole, actual=None)}.get(
        part, replace(whole, weight=None)
    )
    assert allowed(pack, lacking) is None


@given(
    st.integers(min_value=0, max_value=400),
    st.integers(min_value=1, max_value=400),
    st.integers(min_value=0, max_value=2),
    st.sampled_from(["≥", ">", "≤", "<", "="]),
    st.sampled_from([*PACKS, "demo"]),
)
def test_points_stay_between_nothing_and_the_weight(
    actual: int, target: int, decimals: int, operator: Operator, pack: str
) -> None:
    result = f"{Decimal(actual).scaleb(-decimals):f}"
    scored = indicator(operator, str(target), result)
    earned = allowed(pack, scored)
    assert earned is not None
    assert 0 <= earned.low <= earned.high <= 10
    (each,) = score_project(project(scored), rubric(pack)).indicators
    assert each.score.point is not None
    assert earned.low <= each.score.point.low <= each.score.point.high <= earned.high


# Budget execution


@pytest.mark.parametrize(
    ("total", "low", "high"),
    [
        (("20.00", "18.00", "17.10"), "9.4945", "9.5055"),
        (("20", "18", "18"), "9.4", "10"),
        (("20.00", None, "19.00"), "9.4951", "9.5049"),  # without an adjusted budget the initial one
        (("0", "18.00", "18.00"), "9.994", "10"),
        (("18.00", "18.00", "20.00"), "10", "10"),  # more than the budget earns no more
        (("18.00", "18.00", "0"), "0", "0"),
    ],
)
def test_budget_execution_earns_its_rate(total: tuple[str | None, ...], low: str, high: str) -> None:
    scored = score_project(project(indicator(), total=total), rubric(NATIONAL)).execution
    assert scored.weight == 10
    assert scored.allowed is not None
    assert Fraction(low) <= scored.allowed.low <= scored.allowed.high <= Fraction(high)


@pytest.mark.parametrize(
    "total",
    [None, (None, None, None), ("20", "18", None), (None, None, "18"), ("0", "0", "0"), ("0", "0", "5"),
     ("0.00", "0.00", "0.00")],
)  # fmt: skip
def test_execution_without_figures_or_base_is_not_evaluable(total: tuple[str | None, ...] | None) -> None:
    made = project(indicator(), total=total, execution_score=Decimal(10))
    assert execution_rate(made) is None
    scored = score_project(made, rubric(NATIONAL))
    assert scored.execution.allowed is None
    assert scored.execution.outcome is Outcome.NOT_EVALUABLE
    assert scored.total.allowed is None


@pytest.mark.parametrize(
    ("total", "what"),
    [(None, "没有项目资金"), ((None, None, "18"), "没有预算数"), (("20", "18", None), "没有执行数"),
     (("0", "0", "0"), "预算数为零，算不出执行率")],
)  # fmt: skip
def test_what_execution_lacks_is_named(total: tuple[str | None, ...] | None, what: str) -> None:
    scored = score_project(project(indicator(weight="90", score="90"), total=total), rubric(NATIONAL))
    assert [text.zh for text in scored.execution.missing] == [what]
    assert [text.zh for text in scored.total.missing] == [f"预算执行{what}"]


@pytest.mark.parametrize(
    ("lacking", "what"),
    [
        (indicator(actual=None), "没有完成值"),
        (indicator(actual="≥100"), "完成值只是重复指标值"),
        (indicator(actual="已完成"), "完成值不是数值"),
        (indicator(actual="2天", unit="小时"), "完成值与度量单位不一致"),
        (indicator(target=None), "没有指标值"),
        (indicator(None), "没有指标性质（≥、≤、＝）"),
        (indicator("≥", "全部"), "指标性质与指标值不配"),
        (indicator("≥", "0", "-3"), "指标值不是正数，不能按比例计分"),
        (indicator("qualitative", "好", "好", rating="上等"), "评分办法没有等级“上等”"),
        (indicator(weight=None), "没有分值"),
    ],
)
def test_what_an_indicator_lacks_is_named(lacking: Indicator, what: str) -> None:
    filler = indicator(weight="80" if lacking.weight else "90")
    scored = score_project(project(lacking, filler, total=("1", "1", "1")), rubric(NATIONAL))
    first, second = scored.indicators
    assert ([text.zh for text in first.score.missing], second.score.missing) == ([what], ())
    assert first.score.allowed is None
    assert [text.zh for text in scored.total.missing] == [f"“修复图书”{what}"]
    assert all(text.en for text in first.score.missing)


def test_weights_that_miss_the_whole_leave_no_total() -> None:
    scored = score_project(project(indicator(), total=("1", "1", "1")), rubric(NATIONAL))
    assert scored.total.allowed is None
    assert [text.zh for text in scored.total.missing] == ["各项分值之和不是100"]


def test_the_project_states_its_weight_or_the_rubric_does() -> None:
    own = project(indicator(), total=("10", "10", "10"), execution_weight=Decimal(20))
    assert score_project(own, rubric(NATIONAL)).execution.weight == 20
    assert score_project(replace(own, execution_weight=None), rubric(NATIONAL)).execution.weight == 10


# Totals and grades


def test_the_total_is_the_sum_of_its_parts() -> None:
    made = project(
        indicator(actual="80", score="8"),
        indicator(actual="100", score="80", weight="80"),
        total=("10.00", "10.00", "9.00"),
        execution_score=Decimal(9),
        stated_score=Decimal(97),
    )
    scored = score_project(made, rubric(NATIONAL))
    assert scored.total.point == exactly("97")
    assert scored.total.allowed is not None
    assert scored.total.allowed.contains(Fraction(97))
    assert (scored.printed, scored.outcome) == (Decimal(97), Outcome.PASS)
    assert score_project(replace(made, stated_score=Decimal(99)), rubric(NATIONAL)).outcome is Outcome.FAIL


def test_the_conclusion_states_the_total_when_the_total_row_does_not() -> None:
    made = project(indicator(), total=("1", "1", "1"), conclusion_score=Decimal(88))
    assert score_project(made, rubric(NATIONAL)).stated == 88
    assert score_project(replace(made, stated_score=Decimal(99)), rubric(NATIONAL)).stated == 99


def test_a_project_without_indicators_has_no_total() -> None:
    scored = score_project(project(total=("1", "1", "1")), rubric(NATIONAL))
    assert (scored.total.allowed, scored.printed, scored.grade) == (None, None, None)


@pytest.mark.parametrize(
    ("pack", "grades"),
    [
        (NATIONAL, {"100": "优", "90": "优", "89.99": "良", "80": "良", "60": "中", "59.9": "差", "0": "差"}),
        (SICHUAN, {"90": "优", "80": "良", "79.5": "中", "59": "差"}),
        (GUANGDONG, {"90": "优", "80": "良", "79.5": "中", "59": "差"}),
        (HEBEI, {"85": "优秀", "84.9": "良好", "75": "良好", "74": "一般", "60": "一般", "59": "较差"}),
    ],
)
def test_grades_begin_at_their_bounds(pack: str, grades: dict[str, str]) -> None:
    assert {total: grade_of(rubric(pack), Fraction(total)) for total in grades} == grades
    assert grade_of(rubric(pack), None) is None


@pytest.mark.parametrize(
    ("stated", "low", "high"), [("7", "6.5", "7.5"), ("7.7", "7.65", "7.75"), ("1E+1", "9.5", "10.5")]
)
def test_stated_points_are_rounded_to_their_last_digit(stated: str, low: str, high: str) -> None:
    assert points(Decimal(stated)) == Interval(Fraction(low), Fraction(high))


def test_full_marks_that_two_decimals_come_to_are_no_fault() -> None:
    """99.94 % of 7.5 points is 7.4955, which a form writes 7.50; 99.6 % of 10 is 9.96 and no 10."""
    near = project(indicator("≥", "10000", "9994", weight="7.5", score="7.50"), total=("10", "10", "10"))
    assert not score_project(near, rubric()).indicators[0].score.unearned
    assert "score.unmet-full" not in {finding.code for finding in findings(filing(near))}
    by_hand = project(indicator("≥", "1000", "996"), total=("10", "10", "10"))
    told = [finding for finding in findings(filing(by_hand)) if finding.code == "score.unmet-full"]
    assert [(finding.severity, finding.expected) for finding in told] == [(Severity.ERROR, "9.96")]


def test_the_sum_of_rightly_rounded_scores_is_a_right_total() -> None:
    thirds = [
        indicator("≥", "3", "2", weight="30", score="20"),
        indicator("≥", "7", "5", weight="60", score="42.86"),
    ]
    whole = project(
        *thirds, total=("10", "10", "10"), stated_score=Decimal("72.86"), execution_score=Decimal(10)
    )
    assert score_project(whole, rubric()).outcome is Outcome.PASS
    wrong = replace(whole, stated_score=Decimal("73.86"))
    assert score_project(wrong, rubric()).outcome is Outcome.FAIL
