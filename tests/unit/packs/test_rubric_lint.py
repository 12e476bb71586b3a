"""Faults of scoring methods are told when packs are linted, by what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hengjian.packs import load_library
from hengjian.packs.lint import lint_library
from tests.unit.packs.pack_maker import CODES, FORM, rubric, write_pack

FULL = "{level1: 甲, level2: 乙, title: 丙, max: 100, rule: {shape: judged}}"
SPENT = "{title: {zh: 支出, en: spent}, measure: amount, cell: 'demo.list[total].total'}"
ERRORS = "{title: {zh: 错误, en: errors}}"
SOUND = "{title: {zh: 健全, en: sound}, measure: flag}"
GIVEN = "{title: {zh: 等级, en: grade}, measure: grade}"


def faults(root: Path, **changes: str) -> list[str]:
    forms = {"codes/purpose.yaml": CODES, "forms/list.yaml": FORM}
    write_pack(root, files={**forms, "rubrics/p.yaml": rubric(**changes)})
    found = [str(fault) for fault in lint_library(load_library(root))]
    assert all(fault.startswith("city/rubrics/p.yaml:1: ") for fault in found)
    return [fault.removeprefix("city/rubrics/p.yaml:1: ") for fault in found]


def department(root: Path, *lines: str, inputs: str = "{}", complete: str = "true") -> list[str]:
    return faults(
        root,
        rubric="department.overall",
        subject="department",
        lines=f"[{', '.join(lines)}]",
        inputs=inputs,
        complete=complete,
    )


def one_line(root: Path, rule: str, **inputs: str) -> list[str]:
    """Lint a rubric whose one line has this rule."""
    line = f"{{level1: 甲, level2: 乙, title: 丙, max: 100, rule: {rule}}}"
    given = ", ".join(f"{name}: {value}" for name, value in inputs.items())
    return department(root, line, inputs=f"{{{given}}}", complete="false")


def two_parts(second: int, measure: str) -> str:
    one = f"{{title: {{zh: 一, en: one}}, max: 40, rule: {{shape: judged, of: {measure}}}}}"
    two = f"{{title: {{zh: 二, en: two}}, max: {second}, rule: {{shape: judged, void_if: [sound]}}}}"
    return f"{{shape: parts, parts: [{one}, {two}]}}"


# Of projects


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"indicator_weight": "80"}, "execution and indicator weights do not sum to 100"),
        (
            {"layouts": "[[{level1: 产出指标, weight: 50}, {level1: 效益指标, weight: 30}]]"},
            "a layout's weights do not sum to the indicator weight",
        ),
        ({"completion": "[{from: 0, to: 100, earns: full}]"}, "the completion bands have no open last band"),
        ({"completion": "[]"}, "the completion bands have no open last band"),
        (
            {"completion": "[{from: 60, earns: full}]"},
            "the completion bands do not begin at the bottom",
        ),
        (
            {"completion": "[{from: 0, to: 60, earns: none}, {from: 70, earns: full}]"},
            "the completion bands leave a gap or overlap at 70",
        ),
        (
            {"completion": "[{from: 0, up_to: 60, earns: none}, {from: 60, earns: full}]"},
            "the completion bands leave a gap or overlap at 60",
        ),
        (
            {"satisfaction": "[{from: 0, to: 60, earns: none}, {above: 60, earns: full}]"},
            "the satisfaction bands leave a gap or overlap at 60",
        ),
        (
            {"grades": "[{name: 差, from: 0}, {name: 优, from: 90}]"},
            "grades are not listed from the best down",
        ),
    ],
)
def test_a_faulty_rubric_of_projects(tmp_path: Path, changes: dict[str, str], fault: str) -> None:
    assert faults(tmp_path, **changes) == [fault]


@pytest.mark.parametrize(
    "bands",
    [
        "[{from: 0, to: 60, earns: none}, {from: 60, earns: full}]",
        "[{from: 0, up_to: 60, earns: none}, {above: 60, earns: 80%}]",
        "[{to: 60, earns: 50%}, {from: 60, earns: proportional}]",
    ],
)
def test_bands_without_gap_or_overlap(tmp_path: Path, bands: str) -> None:
    assert faults(tmp_path, completion=bands, satisfaction=bands) == []


# Of a department


def test_a_sound_rubric_of_a_department(tmp_path: Path) -> None:
    assert department(tmp_path, FULL) == []


def test_maxima_that_make_no_hundred(tmp_path: Path) -> None:
    short = FULL.replace("100", "99")
    assert department(tmp_path, short) == ["the lines' maxima do not sum to 100"]
    assert department(tmp_path, short, complete="false") == []
    over = FULL.replace("100", "101")
    assert department(tmp_path, over, complete="false") == ["the lines' maxima sum to more than 100"]


def test_a_complete_rubric_has_points_for_every_line(tmp_path: Path) -> None:
    bare = "{level1: 甲, level2: 乙, title: 丁, rule: {shape: judged}}"
    assert department(tmp_path, FULL, bare) == ["丁 has no max, so the rubric is not complete"]


def test_a_bonus_line_stands_outside_the_hundred(tmp_path: Path) -> None:
    rule = "{shape: tally, each: [{input: errors, points: -1, most: 3}]}"
    bonus = f"{{level1: 甲, level2: 乙, title: 丁, bonus: true, rule: {rule}}}"
    assert department(tmp_path, FULL, bonus, inputs=f"{{errors: {ERRORS}}}") == []
    plain = bonus.replace("bonus: true", "max: 0")
    assert department(tmp_path, FULL, plain, inputs=f"{{errors: {ERRORS}}}") == [
        "丁: only a bonus line is a tally"
    ]


def test_two_lines_of_one_name(tmp_path: Path) -> None:
    half = FULL.replace("100", "50")
    other = half.replace("title: 丙", "title: 丁, aliases: [丙]")
    assert department(tmp_path, half, other) == ["two lines are called 丙"]


@pytest.mark.parametrize(
    ("rule", "inputs", "fault"),
    [
        ("{shape: proportional, of: spent / given}", {"spent": SPENT}, "丙: there is no input given"),
        (
            "{shape: checklist, items: [{input: errors, points: 100}]}",
            {"errors": ERRORS},
            "丙: the input errors is measured as count, not flag",
        ),
        (
            "{shape: deduction, each: [{input: spent, points: 1}]}",
            {"spent": SPENT},
            "丙: the input spent is measured as amount, not count or flag",
        ),
        (
            "{shape: deduction, each: [{input: errors, points: 1}], void_if: [errors]}",
            {"errors": ERRORS},
            "丙: the input errors is measured as count, not flag",
        ),
        (
            "{shape: graded, input: sound, grades: [{name: 优, earns: 100%}, {name: 差, earns: 0}]}",
            {"sound": SOUND},
            "丙: the input sound is measured as flag, not grade",
        ),
        (
            "{shape: judged, of: given / 2}",
            {"given": GIVEN},
            "丙: the input given is measured as grade, not amount or count or flag or percent",
        ),
        ("{shape: judged}", {"errors": ERRORS}, "the input errors is not used"),
    ],
)
def test_inputs_that_do_not_fit(tmp_path: Path, rule: str, inputs: dict[str, str], fault: str) -> None:
    assert one_line(tmp_path, rule, **inputs) == [fault]


@pytest.mark.parametrize(
    "rule",
    [
        "{shape: proportional, of: spent / 100, full_at: 90%, none_below: 60%}",
        "{shape: threshold, of: spent - errors, at_most: 0, otherwise: 2}",
        "{shape: threshold, of: spent, above: 50%, otherwise: unstated}",
        "{shape: bands, of: spent, bands: [{up_to: 1, earns: 100%}, {above: 1, earns: 0}]}",
        two_parts(60, "spent"),
    ],
)
def test_rules_whose_inputs_fit(tmp_path: Path, rule: str) -> None:
    known = {"spent": SPENT, "errors": ERRORS, "sound": SOUND}
    assert one_line(tmp_path, rule, **{name: text for name, text in known.items() if name in rule}) == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (
            "{shape: checklist, items: [{input: sound, points: 60}]}",
            "丙: the items' points do not sum to the max",
        ),
        (
            two_parts(59, "sound"),
            "丙: the parts' maxima do not sum to the max",
        ),
        (
            "{shape: threshold, of: sound, at_least: 1, otherwise: 100}",
            "丙: a miss earns no less than the max",
        ),
        (
            "{shape: bands, of: sound, bands: [{to: 1, earns: 100%}, {above: 1, earns: 0}]}",
            "丙: the bands leave a gap or overlap at 1",
        ),
        (
            "{shape: bands, of: sound, bands: [{to: 1, earns: 100%}, {from: 1, to: 3, earns: 0}]}",
            "丙: the bands have no open last band",
        ),
    ],
)
def test_points_and_bands_that_do_not_fit(tmp_path: Path, rule: str, fault: str) -> None:
    assert one_line(tmp_path, rule, sound=SOUND) == [fault]


@pytest.mark.parametrize(
    "cell",
    [
        "demo.none[total].total",
        "demo.list[none].total",
        "demo.list[total].none",
        "demo.list.total",
    ],
)
def test_a_cell_that_no_form_has(tmp_path: Path, cell: str) -> None:
    spent = SPENT.replace("demo.list[total].total", cell)
    found = one_line(tmp_path, "{shape: judged, of: spent / 2}", spent=spent)
    assert found == [f"the input spent is in no form: {cell}"]


def test_a_cell_that_states_something_else(tmp_path: Path) -> None:
    counted = SPENT.replace("amount", "count")
    found = one_line(tmp_path, "{shape: judged, of: spent / 2}", spent=counted)
    assert found == ["the input spent is in no form: demo.list[total].total"]


def test_a_cell_of_a_form_that_ends_before_the_rubric(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"forms/list.yaml": FORM.replace("from: 2018", "from: 2018\nto: 2020")})
    rule = "{shape: judged, of: spent}"
    line = f"{{level1: 甲, level2: 乙, title: 丙, max: 100, rule: {rule}}}"
    text = rubric(
        rubric="department.overall", subject="department", lines=f"[{line}]", inputs=f"{{spent: {SPENT}}}"
    )
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES, "rubrics/p.yaml": text})
    found = [fault.message for fault in lint_library(load_library(tmp_path))]
    assert found == ["the input spent is in no form: demo.list[total].total"]
