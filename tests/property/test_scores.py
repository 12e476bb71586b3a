"""Scores under the methods shipped and under made-up ones: monotone, bounded, additive, never a guess."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

from hengjian.filing import Indicator, Project
from hengjian.filing.model import Operator
from hengjian.kernel import Interval, Outcome
from hengjian.packs.rubric import CompletionBand, QualitativeBand, Rubric
from hengjian.scoring import Score, State, score_project
from tests.unit.scoring.maker import PACKS, indicator, project, rubric, standards

WORDS = standards(PACKS[0]).target_words
OPERATORS: list[Operator] = ["≥", ">", "≤", "<", "="]
operators = st.sampled_from(OPERATORS)
points = st.decimals(min_value=0, max_value=60, places=1)


@st.composite
def bands(draw: st.DrawFn) -> tuple[CompletionBand, ...]:
    """Nothing below some rate, then in proportion, then full marks, and half of them far above or not."""
    least = draw(st.integers(1, 95))
    most = draw(st.none() | st.integers(105, 300))
    made = [
        {"from": 0, "to": least, "earns": "none"},
        {"from": least, "to": 100, "earns": "proportional"},
        {"from": 100, "to": most, "earns": "full"},
    ]
    if most is not None:
        made.append({"from": most, "earns": draw(st.sampled_from(["half", "none", Decimal("0.8")]))})
    return tuple(CompletionBand.model_validate(band) for band in made)


@st.composite
def methods(draw: st.DrawFn) -> Rubric:
    shipped = rubric(draw(st.sampled_from([*PACKS, "demo"])))
    if draw(st.booleans()):
        return shipped
    changes = {"completion": draw(bands()), "missed_limit": draw(st.sampled_from(["inverse", "none"]))}
    return shipped.model_copy(update=changes)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    decimals = draw(st.integers(0, 3))
    return f"{Decimal(draw(st.integers(0, 30_000))).scaleb(-decimals):f}"


@st.composite
def complete(draw: st.DrawFn) -> Indicator:
    """An indicator that lacks nothing: figures that can be compared, or words."""
    worded = draw(st.booleans())
    weight = str(draw(points))
    if worded:
        return indicator(draw(st.sampled_from([None, "qualitative"])), "较好", "较好", weight=weight)
    target = draw(numbers().filter(lambda text: Decimal(text) > 0))
    return indicator(draw(operators), target, draw(numbers()), unit="人", weight=weight)


@st.composite
def faulty(draw: st.DrawFn) -> Indicator:
    """Any indicator: with figures or words, complete or not, and with any score."""
    target = st.none() | numbers() | st.sampled_from(["较好", "95%以上", "-3", "0"])
    actual = st.none() | numbers() | st.sampled_from(["", "/", "较好", "约3", "≥95", "3人", "-5", "90-95"])
    return indicator(
        draw(st.none() | operators | st.just("qualitative")),
        draw(target),
        draw(actual),
        unit=draw(st.sampled_from([None, "%", "人", "万人", "元"])),
        name=draw(st.sampled_from(["读者满意度", "修复图书", "增长率"])),
        rating=draw(st.none() | st.sampled_from(["优", "达成年度指标", "达成", "其他"])),
        weight=draw(st.none() | points.map(str)),
        score=draw(st.none() | points.map(str)),
    )


indicators = complete() | faulty()


def scored(one: Indicator, method: Rubric) -> Score:
    (each,) = score_project(Project("", indicators=(one,)), method, ["字以内"], WORDS).indicators
    return each.score


def within(inner: Interval, outer: Interval) -> bool:
    return outer.low <= inner.low and inner.high <= outer.high


@given(indicators, methods())
def test_points_stay_between_nothing_and_the_weight(one: Indicator, method: Rubric) -> None:
    score = scored(one, method)
    if score.allowed is None:
        assert score.point is None
        assert score.missing
        return
    assert score.point is not None
    assert not score.missing
    assert within(score.point, score.allowed)
    assert within(score.allowed, Interval(Fraction(0), Fraction(one.weight or 0)))


@given(complete(), methods(), st.sampled_from(["target", "actual", "weight", "operator"]))
def test_a_missing_input_never_raises_a_score(one: Indicator, method: Rubric, part: str) -> None:
    without = {
        "target": replace(one, target=None),
        "actual": replace(one, actual=None),
        "weight": replace(one, weight=None),
        "operator": replace(one, operator=None),
    }
    whole, lacking = scored(one, method), scored(without[part], method)
    assert whole.allowed is not None
    if part == "operator" and one.operator in (None, "qualitative"):
        assert lacking.allowed == whole.allowed, "words need no operator"
    else:
        assert lacking.allowed is None


@given(
    st.sampled_from(["≥", ">", "="]),
    st.integers(1, 1_000),
    st.integers(0, 1_000),
    st.integers(0, 1_000),
    methods(),
)
def test_more_earns_no_less_up_to_the_target(
    operator: Operator, target: int, one: int, other: int, method: Rubric
) -> None:
    less, more = sorted((one, other))
    assume(more <= target)
    low, high = (scored(indicator(operator, str(target), str(result)), method) for result in (less, more))
    assert low.allowed is not None
    assert high.allowed is not None
    assert low.allowed.high <= high.allowed.high
    if operator != ">" or more < target:
        assert low.allowed.low <= high.allowed.low


@given(
    st.sampled_from(["≤", "<"]),
    st.integers(1, 1_000),
    st.integers(1, 3_000),
    st.integers(1, 3_000),
    methods(),
)
def test_less_earns_no_less_under_a_limit(
    operator: Operator, target: int, one: int, other: int, method: Rubric
) -> None:
    less, more = sorted((one, other))
    better, worse = (scored(indicator(operator, str(target), str(result)), method) for result in (less, more))
    assert better.allowed is not None
    assert worse.allowed is not None
    assert worse.allowed.high <= better.allowed.high or more == target
    if operator == "≤":
        assert worse.allowed.low <= better.allowed.low


@given(operators, st.integers(0, 300), numbers(), st.integers(-9, 9), methods())
@example("≤", 0, "0.0", 1, rubric(PACKS[0]))
def test_more_precise_results_never_widen_a_score(
    operator: Operator, target: int, stated: str, digit: int, method: Rubric
) -> None:
    assume("." in stated)
    unit = Decimal(1).scaleb(int(Decimal(stated).as_tuple().exponent))
    finer = Decimal(stated) + unit * Decimal(5 * digit).scaleb(-2)
    assume(finer >= 0)
    coarse, fine = (scored(indicator(operator, str(target), text), method) for text in (stated, f"{finer:f}"))
    if coarse.allowed is None:
        assert target == 0, "only a base of zero leaves a number without points"
    elif fine.allowed is not None:
        assert within(fine.allowed, coarse.allowed)


@given(st.lists(indicators, min_size=1, max_size=6), methods(), st.none() | numbers(), st.none() | numbers())
def test_the_total_is_the_sum_of_its_parts_or_none(
    several: list[Indicator], method: Rubric, adjusted: str | None, executed: str | None
) -> None:
    whole = score_project(project(*several, total=("10", adjusted, executed)), method, (), WORDS)
    parts = [whole.execution, *(each.score for each in whole.indicators)]
    known = [part.allowed for part in parts if part.allowed is not None]
    if len(known) < len(parts) or sum(Fraction(part.weight or 0) for part in parts) != 100:
        assert whole.total.allowed is None
        assert whole.total.missing
        return
    assert whole.total.allowed == sum(known, Interval.exactly(0))
    assert not whole.total.missing


@given(st.integers(1, 9), st.integers(0, 3_000), methods())
def test_a_whole_project_adds_up(reached: int, executed: int, method: Rubric) -> None:
    """Weights of 100 always: nine indicators of ten points, some of them missed."""
    several = [indicator("≥", "10", "10" if n < reached else "8", weight="10") for n in range(9)]
    whole = score_project(project(*several, total=("20", "20.00", f"{executed / 100:.2f}")), method)
    parts = [whole.execution.point, *(each.score.point for each in whole.indicators)]
    total = sum((part for part in parts if part is not None), Interval.exactly(0))
    assert whole.total.point == total
    assert total.high <= 100
    assert None not in parts


@given(numbers(), numbers(), methods())
def test_execution_earns_its_share_and_no_more(adjusted: str, executed: str, method: Rubric) -> None:
    score = score_project(project(indicator(), total=(None, adjusted, executed)), method).execution
    if score.allowed is None:
        assert score.missing[0].zh.startswith("预算数为零")
        assert Decimal(adjusted) == 0
    else:
        assert 0 <= score.allowed.low <= score.allowed.high <= 10


@given(st.sampled_from(["低", "中", "高", "没有"]), st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_a_grade_earns_its_band(grade: str, ends: list[int]) -> None:
    a, b, c, d = sorted(ends)
    graded = tuple(
        QualitativeBand(grade=name, low=Decimal(low), high=Decimal(high))
        for name, low, high in (("低", a, b), ("中", b, c), ("高", c, d))
    )
    method = rubric(PACKS[0]).model_copy(update={"qualitative": graded})
    score = scored(indicator("qualitative", "好", "好", rating=grade), method)
    expected = next((band for band in graded if band.grade == grade), None)
    if expected is None:
        assert score.allowed is None
    else:
        assert score.allowed == Interval(Fraction(expected.low) / 10, Fraction(expected.high) / 10)


@given(indicators, methods())
def test_full_marks_of_a_missed_target_pass_only_where_two_decimals_come_to_them(
    one: Indicator, method: Rubric
) -> None:
    full = replace(one, score=one.weight)
    (each,) = score_project(Project("", indicators=(full,)), method, (), WORDS).indicators
    if each.achievement.state is not State.MISSED or not one.weight or not each.score.missed:
        return
    point = each.score.point
    near = point is not None and point.exact and point.low >= Fraction(one.weight) - Fraction(1, 200)
    assert near or each.score.outcome is Outcome.FAIL
