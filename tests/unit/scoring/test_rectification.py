"""Findings and shortfalls become items; what a person wrote stays; what is open is not lost from sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing import Filing, OverallTargets, Project, Rectification, RectificationState
from hengjian.filing.rectifications import STATES
from hengjian.kernel import Finding, FiscalYear, Place, Severity
from hengjian.kernel.catalogue import catalogue
from hengjian.scoring.rectification import (
    LOW_EXECUTION,
    MISSED_TARGET,
    carried,
    found_items,
    is_overdue,
    missing,
    plan_of,
    proposed,
    rectification_findings,
    use_rate,
)
from hengjian.scoring.review import assess
from tests.unit.scoring.maker import filing, indicator, project, standards

HALF = Decimal(90)


def at(line: int, file: str = "projects/01.toml") -> Place:
    return Place(file=file, line=line)


def lectures(file: str = "projects/01.toml", actual: str = "80") -> Project:
    missed = indicator(actual=actual, score="10", name="讲座场次", unit="场", place=at(9, file))
    return project(missed, name="讲座", place=at(1, file))


def found(made: Filing) -> tuple[Rectification, ...]:
    return found_items(made, assess(made, standards()).findings, HALF)


def item(**more: Any) -> Rectification:  # noqa: ANN401 - fields of an item
    plan: dict[str, Any] = {"measure": "补办讲座", "owner": "业务部", "due": "2023-06-30"}
    return Rectification(**{"id": "ZG-1", "problem": "讲座太少", **plan, **more})


def codes(made: Filing, **more: Any) -> list[str]:  # noqa: ANN401 - what the check is given
    return [finding.code for finding in rectification_findings(made, **more)]


def test_a_finding_and_a_shortfall_become_items_of_their_project() -> None:
    items = {each.source: each for each in found(filing(lectures()))}
    assert {"score.unmet-full", MISSED_TARGET} <= items.keys()
    assert {each.project for each in items.values()} == {"讲座"}
    assert "讲座场次" in items["score.unmet-full"].problem
    assert items[MISSED_TARGET].problem == "“讲座场次”指标值≥100场，完成值80场，没有完成。"
    assert {(each.state, each.year) for each in items.values()} == {("open", 2023)}


def test_the_reason_given_for_a_shortfall_stands_with_it() -> None:
    made = filing(project(indicator(actual="80", shortfall="场馆闭馆。")))
    (shortfall,) = [each for each in found(made) if each.source == MISSED_TARGET]
    assert shortfall.problem.endswith("填报的原因：场馆闭馆。")


@pytest.mark.parametrize(
    ("executed", "low"), [("8.99", True), ("8.995", False), ("9.00", False), ("0", True), (None, False)]
)
def test_execution_below_the_threshold_is_a_shortfall(executed: str | None, low: bool) -> None:
    made = filing(project(name="讲座", total=("10.00", "10.00", executed), texts={"reason": "场馆闭馆。"}))
    shortfalls = [each for each in found(made) if each.source == LOW_EXECUTION]
    assert bool(shortfalls) is low
    assert all(each.problem.endswith("低于90%。填报的原因：场馆闭馆。") for each in shortfalls)
    assert not [each for each in found_items(made, ()) if each.source == LOW_EXECUTION]


def test_no_budget_is_no_low_execution() -> None:
    made = filing(project(name="讲座", total=("0", "0", "0")))
    assert not [each for each in found(made) if each.source == LOW_EXECUTION]


def test_missed_overall_targets_come_last_and_have_no_project() -> None:
    overall = OverallTargets(indicators=(indicator(actual="80", name="读者人次"),))
    last = found(filing(lectures(), overall=overall))[-1]
    assert (last.project, last.source) == (None, MISSED_TARGET)
    assert "读者人次" in last.problem


def test_hints_and_other_families_are_left_alone() -> None:
    place = at(9)
    blanks: dict[str, Any] = dict.fromkeys(catalogue()["claim.share"].placeholders, "")
    raised = [
        Finding.of("claim.share", place, **blanks),
        Finding.of("form.text-blank", place, severity=Severity.INFO, name="讲座"),
    ]
    made = filing(project(indicator()))
    assert found_items(made, raised) == ()
    assert [each.source for each in found_items(made, [replace(raised[1], severity=Severity.WARNING)])] == [
        "form.text-blank"
    ]


def test_an_id_stays_when_figures_and_places_change() -> None:
    before, later = filing(lectures()), filing(project(name="展览"), lectures("projects/02.toml", "70"))
    ids = {each.id for each in found(before)}
    assert ids
    assert ids <= {each.id for each in found(later)}
    again = replace(before, year=FiscalYear(2024))
    assert {each.id for each in found(again)} == ids


def test_problems_of_one_kind_about_one_indicator_are_one_item() -> None:
    made = filing(project(indicator(actual="80"), indicator(actual="70")))
    (shortfall,) = [each for each in found(made) if each.source == MISSED_TARGET]
    assert "另有1处同类问题" in shortfall.problem


def test_what_a_person_wrote_is_never_changed() -> None:
    made = filing(lectures())
    (first, *others) = found(made)
    mine = replace(first, problem="我的话", measure="补办", state="confirmed")
    kept = item(id="手工-1", source="审计")
    listed = replace(made, rectifications=(kept, mine))
    items = proposed(listed, assess(made, standards()).findings, HALF)
    assert items == (kept, mine, *others)
    assert proposed(replace(made, rectifications=items), assess(made, standards()).findings, HALF) == items


@given(
    st.sets(st.sampled_from(range(3))),
    st.sampled_from(list(STATES)),
    st.text(min_size=1, max_size=5),
)
def test_whatever_is_listed_stays_and_each_problem_is_listed_once(
    listed: set[int], state: RectificationState, words: str
) -> None:
    made = filing(lectures(), project(indicator(actual="70"), name="展览"))
    findings = assess(made, standards()).findings
    mine = tuple(
        replace(each, problem=words, state=state, due=words)
        for number, each in enumerate(found(made))
        if number in listed
    )
    items = proposed(replace(made, rectifications=mine), findings, HALF)
    assert items[: len(mine)] == mine
    assert {each.id for each in items} == {each.id for each in found(made)}
    assert len({each.id for each in items}) == len(items)


def test_an_item_that_is_found_no_more_is_kept_and_said_to_be_gone() -> None:
    kept = (item(source="target.unit"), item(id="ZG-2", source="审计"))
    plan = plan_of(filing(rectifications=kept), ())
    assert plan.items == kept
    assert (plan.new, plan.gone) == (frozenset(), frozenset({"ZG-1"}))


@pytest.mark.parametrize(
    ("more", "lacking", "raised"),
    [
        ({}, (), []),
        ({"measure": None}, ("measure",), ["rectification.incomplete"]),
        ({"owner": None, "due": None}, ("owner", "due"), ["rectification.incomplete"]),
        ({"state": "done"}, ("evidence",), ["rectification.no-evidence"]),
        ({"state": "done", "owner": None, "evidence": "更正表"}, (), []),
        (
            {"state": "done", "measure": None, "evidence": "更正表"},
            ("measure",),
            ["rectification.incomplete"],
        ),
        ({"state": "confirmed", "measure": None, "evidence": "更正表"}, (), []),
        ({"state": "confirmed", "evidence": None}, ("evidence",), ["rectification.no-evidence"]),
    ],
)
def test_what_an_item_lacks_depends_on_its_state(
    more: dict[str, Any], lacking: tuple[str, ...], raised: list[str]
) -> None:
    made = item(**more)
    assert missing(made) == lacking
    assert codes(filing(rectifications=(made,))) == raised


def test_items_that_lack_the_same_are_one_finding() -> None:
    bare = [item(id=f"ZG-{number}", measure=None, place=at(number)) for number in range(1, 8)]
    made = filing(rectifications=(*bare, item(id="ZG-8", owner=None)))
    first, second = rectification_findings(made)
    assert (first.place, first.related) == (at(1), tuple(at(number) for number in range(2, 8)))
    assert "7项" in first.message.zh
    assert "责任人" in second.message.zh


@pytest.mark.parametrize(
    ("due", "state", "on", "late"),
    [
        ("2023-06-30", "open", date(2023, 7, 1), True),
        ("2023-06-30", "under_way", date(2023, 7, 1), True),
        ("2023-06-30", "open", date(2023, 6, 30), False),
        ("2023-06-30", "done", date(2023, 7, 1), False),
        ("2023-06-30", "confirmed", date(2023, 7, 1), False),
        (None, "open", date(2023, 7, 1), False),
    ],
)
def test_only_what_is_not_done_is_overdue(due: str | None, state: Any, on: date, late: bool) -> None:  # noqa: ANN401
    made = item(due=due, state=state, evidence="更正表")
    assert is_overdue(made, on) is late
    assert ("rectification.overdue" in codes(filing(rectifications=(made,)), on=on)) is late


@pytest.mark.parametrize(
    ("due", "late"), [("2022-12-31", True), ("2023-01-01", False), ("2023-12-31", False)]
)
def test_without_a_day_the_year_tells_what_is_overdue(due: str, late: bool) -> None:
    assert ("rectification.overdue" in codes(filing(rectifications=(item(due=due),)))) is late


def test_what_is_said_to_be_done_and_still_found_is_named() -> None:
    made = filing(lectures())
    done = tuple(replace(each, state="done", measure="补办", evidence="通知") for each in found(made))
    listed = replace(made, rectifications=done)
    still = [f for f in rectification_findings(listed, found=found(listed)) if f.code.endswith("still-found")]
    assert any("讲座场次" in finding.message.zh for finding in still)
    assert len(still) == len([each for each in done if each.source != MISSED_TARGET])
    assert codes(listed) == []


def test_a_target_missed_again_in_another_year_is_still_found() -> None:
    made = filing(lectures())
    (old,) = [each for each in found(made) if each.source == MISSED_TARGET]
    old = replace(old, year=2022, state="confirmed", evidence="通知")
    assert codes(replace(made, rectifications=(old,)), found=found(made)) == ["rectification.still-found"]


def test_what_was_open_last_year_and_is_not_listed_has_vanished() -> None:
    last = filing(year=2022, rectifications=(item(), item(id="ZG-2", state="confirmed", evidence="通知")))
    this = filing()
    (gone,) = rectification_findings(this, last)
    assert (gone.code, gone.severity) == ("rectification.vanished", Severity.WARNING)
    assert "ZG-1" in gone.message.zh
    assert "ZG-2" not in gone.message.zh
    listed = replace(this, rectifications=carried(last.rectifications, last, this))
    assert codes(listed, previous=last) == []


def test_what_is_not_confirmed_is_carried_once_with_its_year_of_origin() -> None:
    old = item(id="ZG-0", year=2021, place=at(3))
    last = filing(year=2022, rectifications=(old, item(), item(id="ZG-2", state="confirmed")))
    this = filing(rectifications=(item(problem="改写"),))
    assert carried(last.rectifications, last, this) == (replace(old, place=Place()),)
    (fresh,) = carried((item(),), last, filing())
    assert fresh.year == 2022


def test_the_rate_of_use_counts_items_with_measures() -> None:
    assert use_rate((item(), item(measure=None), item())) == (2, 3)
    assert use_rate(()) == (0, 0)
