"""Whether a result reached its target."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from hengjian.filing.model import Operator
from hengjian.kernel import Interval
from hengjian.packs.schema import TargetWords
from hengjian.scoring import Achievement, State, achievement
from hengjian.scoring.achievement import quantity
from tests.unit.scoring.maker import indicator

PROMPTS = (re.compile(r"[（(]\d+字以内[）)]"),)


def state(operator: Operator | None, target: str | None, actual: str | None, unit: str | None = "") -> State:
    return achievement(indicator(operator, target, actual, unit=unit), PROMPTS).state


@pytest.mark.parametrize(
    ("operator", "target", "actual", "expected"),
    [
        ("≥", "100", "100", State.REACHED),
        ("≥", "100", "99", State.MISSED),
        ("qualitative", "好", "好", State.QUALITATIVE),
        (None, "好", "好", State.QUALITATIVE),
        (None, "100", "100", State.NO_OPERATOR),
        ("≥", "优良中差", "优", State.UNFIT_OPERATOR),
        ("qualitative", "100", "100", State.UNFIT_OPERATOR),
        ("≥", "100", None, State.BLANK),
        ("≥", "100", "  ", State.BLANK),
        ("≥", "100", "—", State.BLANK),
        ("qualitative", "好", "/", State.BLANK),
        ("qualitative", "好", "√", State.QUALITATIVE),
        ("qualitative", "好", None, State.BLANK),
        ("≥", "100", "请说明（100字以内）", State.PROMPT),
        ("≥", "100", "（10 0\n字以内）", State.PROMPT),
        ("≥", "100", "≥100", State.REPEATS_TARGET),
        ("<", "24", " ＜24小时", State.REPEATS_TARGET),
        ("≥", "100", "已完成", State.NOT_NUMERIC),
        ("≥", "100", "100 100", State.NOT_NUMERIC),
        ("≥", "100", "约100", State.NOT_NUMERIC),
        ("≥", "100", "90-95", State.NOT_NUMERIC),
        ("≥", "100", "已完成120", State.REACHED),
        ("≤", "100", "平均90", State.REACHED),
        ("≥", "100", "达到99", State.MISSED),
        ("≥", "90", "≥92%", State.NOT_NUMERIC),
        ("≥", "100", "90%~95%", State.NOT_NUMERIC),
        ("≤", "6月底前", "5月30日", State.NOT_NUMERIC),
        ("≤", "6月底前", "5月底前", State.REACHED),
        ("≤", "6月底前", "7月底前", State.MISSED),
        ("≥", None, "100", State.NO_TARGET),
        (None, None, "100", State.NO_TARGET),
    ],
)
def test_every_state(
    operator: Operator | None, target: str | None, actual: str | None, expected: State
) -> None:
    assert state(operator, target, actual) is expected


@pytest.mark.parametrize(
    ("operator", "reached", "missed"),
    [
        ("≥", ("100", "101", "1,000", "100.00"), ("99", "99.99", "0", "-100")),
        (">", ("101", "100.01", "100.0"), ("100", "99", "99.99")),
        ("≤", ("100", "99", "0"), ("101", "100.01", "1万")),
        ("<", ("99", "99.99", "100.0"), ("100", "101", "100.01")),
        ("=", ("100", "100.00", "１００"), ("99", "101", "99.99", "100.01")),
    ],
)
def test_each_operator_at_inside_and_outside_its_target(
    operator: Operator, reached: tuple[str, ...], missed: tuple[str, ...]
) -> None:
    """A whole count is exact; decimals stand for half a unit of their last digit around them."""
    for actual in reached:
        assert state(operator, "100", actual) is State.REACHED, (operator, actual)
    for actual in missed:
        assert state(operator, "100", actual) is State.MISSED, (operator, actual)


@pytest.mark.parametrize(
    ("operator", "target", "actual", "expected"),
    [
        ("≥", "95.05", "95.0", State.REACHED),
        ("≥", "95.06", "95.0", State.MISSED),
        ("≤", "94.95", "95.0", State.REACHED),
        ("≤", "94.94", "95.0", State.MISSED),
        ("=", "95.04", "95.0", State.REACHED),
        ("=", "95.06", "95.0", State.MISSED),
        ("≥", "95.4", "95", State.MISSED),  # a whole number is a count, not a rounded figure
        ("=", "95.0", "95", State.REACHED),
        ("≥", "100", "96.77万", State.REACHED),
        ("≥", "967688", "96.77万", State.REACHED),  # 96.77万 may be 967688
        ("≥", "967751", "96.77万", State.MISSED),
    ],
)
def test_decimals_are_read_as_rounded_and_targets_as_exact(
    operator: Operator, target: str, actual: str, expected: State
) -> None:
    assert state(operator, target, actual) is expected


@pytest.mark.parametrize(
    ("operator", "target", "actual", "unit", "expected"),
    [
        ("≤", "2", "1.5万元", "万元", State.REACHED),
        ("≤", "2", "2.5 万元", "万元", State.MISSED),
        ("≤", "2", "15000元", "万元", State.REACHED),
        ("≤", "2", "25000元", "万元", State.MISSED),
        ("≤", "20000", "1.5万元", "元", State.REACHED),
        ("≥", "96", "96.77万人", "万人", State.REACHED),
        ("≥", "97", "96.77万人", "万人", State.MISSED),
        ("≥", "967000", "96.77万人", "人", State.REACHED),
        ("≥", "5", "5千克", "千克", State.REACHED),
        ("≥", "6", "5千克", "千克", State.MISSED),
        ("=", "100", "100％", "%", State.REACHED),
        ("≥", "98", "98.5%", "%", State.REACHED),
    ],
)
def test_a_result_with_its_unit_is_compared_in_the_unit_of_the_target(
    operator: Operator, target: str, actual: str, unit: str, expected: State
) -> None:
    assert state(operator, target, actual, unit) is expected


@pytest.mark.parametrize(
    ("target", "actual", "unit"),
    [
        ("24", "2天", "小时"),
        ("90", "95%以上", "%"),
        ("90", "95%左右", "%"),
        ("100", "100人", "户"),
        ("2", "1.5万元/年", "万元"),
        ("2", "3人", "万元"),
        ("95%", "96人", None),
    ],
)
def test_a_result_in_another_unit_is_not_compared(target: str, actual: str, unit: str | None) -> None:
    assert achievement(indicator("≥", target, actual, unit=unit)).state is State.OTHER_UNIT


@pytest.mark.parametrize(
    ("actual", "unit", "expected"),
    [
        ("967688人", "万人", State.REACHED),
        ("957688人", "万人", State.MISSED),
        ("96.5万", "万人", State.REACHED),  # the unit's multiplier is repeated
        ("95.5万", "万人", State.MISSED),
        ("96万人次", "万人次", State.REACHED),
    ],
)
def test_multiples_of_one_unit_are_converted_exactly(actual: str, unit: str, expected: State) -> None:
    assert achievement(indicator("≥", "96", actual, unit=unit)).state is expected


WORDS = TargetWords(bounded=("满意度", "率"), unbounded=("增长",))


@pytest.mark.parametrize(
    ("name", "actual", "unit", "expected"),
    [
        ("读者满意度", "100", "%", State.REACHED),
        ("读者满意度", "100.01", "%", State.IMPOSSIBLE),
        ("读者满意度", "105", "％", State.IMPOSSIBLE),
        ("读者满意度", "-1", "%", State.IMPOSSIBLE),
        ("读者满意度", "105", "分", State.REACHED),
        ("借阅增长率", "105", "%", State.REACHED),
        ("藏书", "105", "%", State.REACHED),
    ],
)
def test_a_part_of_a_whole_is_within_the_whole(name: str, actual: str, unit: str, expected: State) -> None:
    made = indicator("≥", "90", actual, unit=unit, name=name)
    assert achievement(made, (), WORDS).state is expected


@pytest.mark.parametrize(
    ("operator", "target", "actual", "state_"),
    [("≥", "0", "-1", State.MISSED), ("≥", "-5", "-8", State.MISSED), ("≥", "-5", "-3", State.REACHED),
     ("=", "0", "3", State.MISSED), ("≤", "-5", "-3", State.MISSED)],
)  # fmt: skip
def test_a_target_of_zero_or_less_is_no_base(
    operator: Operator, target: str, actual: str, state_: State
) -> None:
    reached = achievement(indicator(operator, target, actual))
    assert (reached.state, reached.completion) == (state_, None)


def test_a_limit_of_zero_that_is_exceeded_gives_nothing() -> None:
    assert achievement(indicator("≤", "0", "3")).completion == Interval.exactly(0)


def test_a_limit_that_a_rounded_result_may_have_kept() -> None:
    kept = achievement(indicator("≤", "0", "0.0"))
    assert (kept.state, kept.completion) == (State.REACHED, Interval(Fraction(0), Fraction(100)))
    assert kept.printed == Interval.exactly(100)


@pytest.mark.parametrize(
    ("operator", "target", "actual", "completion"),
    [
        ("≥", "100", "80", Fraction(80)),
        ("≥", "80", "120", Fraction(150)),
        ("=", "80", "60", Fraction(75)),
        ("≤", "80", "100", Fraction(80)),  # the less the better: target over result
        ("≤", "80", "40", Fraction(100)),
        ("<", "24", "30", Fraction(80)),
        ("≥", "0", "5", None),  # no base
        ("≥", "100", "0", Fraction(0)),
    ],
)
def test_the_completion_rate(
    operator: Operator, target: str, actual: str, completion: Fraction | None
) -> None:
    expected = None if completion is None else Interval.exactly(completion)
    assert achievement(indicator(operator, target, actual)).completion == expected


def test_without_two_numbers_there_is_no_completion_rate() -> None:
    assert achievement(indicator("qualitative", "好", "好")) == Achievement(State.QUALITATIVE)
    assert achievement(indicator("≥", "100", "全部")).completion is None


@pytest.mark.parametrize("text", [None, "", "—", "高", "10 10", "十"])
def test_what_is_no_number_is_no_quantity(text: str | None) -> None:
    assert quantity(text, "件") is None
