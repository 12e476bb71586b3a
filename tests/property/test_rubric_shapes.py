"""What a line earns is always among what it can earn, never above its maximum, and nothing without inputs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing import Entity, Filing, InputValue, RubricScore
from hengjian.kernel import FiscalYear, Interval
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.packs.rubric import Rubric
from hengjian.scoring.department import DepartmentScore, score_department

NAMES = ("a", "b", "c")
TOP = Decimal(12)
counts = st.integers(min_value=0, max_value=40)
shares = st.decimals(min_value=0, max_value=1, places=2)
points = st.decimals(min_value=0, max_value=6, places=1)


@cache
def standards() -> Standards:
    return standards_for(load_library(data_folder("packs")), "demo", FiscalYear(2022))


def bands(edges: list[int], earns: list[Decimal]) -> list[dict[str, Any]]:
    """Return bands between ordered edges, without gap or overlap, open at both ends."""
    ends = [None, *sorted(set(edges)), None]
    return [
        {"from": low, "to": high, "earns": str(share)}
        for low, high, share in zip(ends, ends[1:], earns, strict=False)
    ]


measured = st.sampled_from(["a", "a / b", "a + b - c", "abs(a - b) / c", "min(a, b)"])
simple = st.one_of(
    st.builds(
        lambda of, full: {"shape": "proportional", "of": of, "full_at": str(full)},
        measured,
        st.decimals(min_value="0.1", max_value=5, places=1),
    ),
    st.builds(
        lambda of, full: {
            "shape": "proportional",
            "of": of,
            "full_at": str(full),
            "none_below": str(full / 2),
        },
        measured,
        st.decimals(min_value="0.1", max_value=5, places=1),
    ),
    st.builds(
        lambda of, low, other: {"shape": "threshold", "of": of, "at_least": low, "otherwise": other},
        measured,
        st.integers(0, 5),
        st.one_of(points.map(str), st.just("unstated")),
    ),
    st.builds(
        lambda of, edges, earns: {"shape": "bands", "of": of, "bands": bands(edges, earns)},
        measured,
        st.lists(st.integers(0, 9), min_size=2, max_size=3, unique=True),
        st.lists(shares, min_size=4, max_size=4),
    ),
    st.builds(
        lambda one, other, most: {
            "shape": "deduction",
            "each": [
                {"input": "a", "points": str(one), "most": str(most)},
                {"input": "b", "points": str(other)},
            ],
        },
        points,
        points,
        points,
    ),
    st.builds(
        lambda one, other: {
            "shape": "checklist",
            "items": [{"input": "yes", "points": str(one)}, {"input": "no", "points": str(other)}],
        },
        points,
        points,
    ),
    st.builds(
        lambda one, other: {
            "shape": "graded",
            "input": "grade",
            "grades": [{"name": "优", "earns": str(one)}, {"name": "良", "earns": str(other)}],
        },
        shares,
        shares,
    ),
)


def part(rule: dict[str, Any], number: int) -> dict[str, Any]:
    return {"title": {"zh": f"第{number}部分", "en": f"part {number}"}, "max": "6", "rule": rule}


rules = st.one_of(
    simple,
    st.builds(lambda one, other: {"shape": "parts", "parts": [part(one, 1), part(other, 2)]}, simple, simple),
)


def rubric(rule: dict[str, Any], **more: Any) -> Rubric:  # noqa: ANN401 - as the schema reads it
    title = {"zh": "办法", "en": "method"}
    measures = dict.fromkeys(NAMES, "count") | {"yes": "flag", "no": "flag", "grade": "grade"}
    return Rubric.model_validate(
        {
            "rubric": "department.overall",
            "title": title,
            "subject": "department",
            "from": 2018,
            "basis": "made up",
            "verified": True,
            "inputs": {
                name: {"title": {"zh": name, "en": name}, "measure": measure}
                for name, measure in measures.items()
            },
            "lines": [{"level1": "一", "level2": "二", "title": "行", "max": str(TOP), "rule": rule}],
            **more,
        }
    )


def scored(made: Rubric, values: dict[str, str], *stated: RubricScore) -> DepartmentScore:
    inputs = tuple(InputValue(name, value) for name, value in values.items())
    filing = Filing(
        Entity("某局"), FiscalYear(2022), "demo", "self_evaluation", inputs=inputs, rubric_scores=stated
    )
    found = score_department(filing, replace(standards(), rubrics={made.rubric: made}))
    assert found is not None
    return found


given_figures = st.fixed_dictionaries(
    {name: counts.map(str) for name in NAMES}
    | {
        "yes": st.sampled_from(["是", "否"]),
        "no": st.sampled_from(["是", "否"]),
        "grade": st.sampled_from(["优", "良"]),
    }
)


@given(rules, given_figures)
def test_what_is_earned_can_be_earned_and_is_no_more_than_the_maximum(
    rule: dict[str, Any], values: dict[str, str]
) -> None:
    line = scored(rubric(rule), values).lines[0]
    assert line.attainable is not None
    if line.earned is None:
        assert line.missing, "a line without points says what is missing"
        return
    assert 0 <= line.earned.low <= line.earned.high <= Fraction(TOP)
    if line.earned.low == line.earned.high:
        assert line.attainable.contains(line.earned.low)
    assert line.attainable.meets(line.earned)


@given(rules, given_figures, st.sampled_from([*NAMES, "yes", "no", "grade"]))
def test_a_missing_input_never_earns_more(rule: dict[str, Any], values: dict[str, str], gone: str) -> None:
    whole = scored(rubric(rule), values).lines[0]
    less = scored(rubric(rule), {name: value for name, value in values.items() if name != gone}).lines[0]
    assert less.earned is None or less.earned == whole.earned


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 40))
def test_a_proportional_line_is_monotone_up_to_its_cap(one: int, other: int, base: int) -> None:
    made = rubric({"shape": "proportional", "of": "a / b"})
    low, high = (
        scored(made, {"a": str(value), "b": str(base)}).lines[0].earned for value in sorted((one, other))
    )
    assert low is not None
    assert high is not None
    assert low.low <= high.low
    assert high.high <= Fraction(TOP)


@given(rules, given_figures)
def test_the_total_is_the_sum_of_the_lines(rule: dict[str, Any], values: dict[str, str]) -> None:
    second = {
        "level1": "一",
        "level2": "二",
        "title": "另一行",
        "max": "88",
        "rule": {"shape": "proportional", "of": "a / b"},
    }
    first = {"level1": "一", "level2": "二", "title": "行", "max": str(TOP), "rule": rule}
    found = scored(rubric(rule, lines=[first, second]), values)
    earned = [line.earned for line in found.lines]
    if None in earned:
        assert found.total is None
    else:
        assert found.total == sum((each for each in earned if each is not None), Interval.exactly(0))


@given(given_figures)
def test_points_of_a_line_that_does_not_apply_fall_to_the_others(values: dict[str, str]) -> None:
    idle = {"level1": "一", "level2": "二", "title": "采购", "max": "40", "rule": {"shape": "judged"}}
    left = {
        "level1": "一",
        "level2": "二",
        "title": "行",
        "max": "60",
        "rule": {"shape": "checklist", "items": [{"input": "yes", "points": 60}]},
    }
    made = rubric({}, lines=[idle, left], not_applicable="redistribute")
    reason = RubricScore("采购", "一", "二", Decimal(40), None, not_applicable="没有采购预算")
    total = scored(made, values, reason).total
    assert total == Interval.exactly(100 if values["yes"] == "是" else 0)
    refused = made.model_copy(update={"not_applicable": "refused"})
    assert scored(refused, values, reason).total is None
