"""Names that no form has, and things that do not add up, are faults of the pack with file and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hengjian.kernel import PackError
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library
from hengjian.packs.schema import Form
from hengjian.rules import bind_rule, check_sheets, lint_rules
from tests.unit.filing.maker import standards
from tests.unit.packs.pack_maker import FORM, write_pack
from tests.unit.rules.maker import FILE, LINE, faults, make_rule

EXPENDITURE, SUMMARY, ACTIVITY = "demo.expenditure", "demo.summary", "demo.activity"


@pytest.mark.parametrize(
    ("asserts", "form", "each", "fault"),
    [
        ("total == basic", "demo.nothing", "row", "there is no form demo.nothing"),
        ("demo.other[total].a == 0", None, None, "there is no form demo.other"),
        ("total == other", EXPENDITURE, "row", "form demo.expenditure has no column other"),
        ("total == __class__", EXPENDITURE, "row", "form demo.expenditure has no column __class__"),
        ("total == total.__class__", EXPENDITURE, "row", "has no column total.__class__"),
        ("demo.funds[total].other == 0", None, None, "form demo.funds has no column other"),
        ("demo.funds[other].spent == 0", None, None, "form demo.funds has no row other"),
        ("income.total == other", SUMMARY, "column", "form demo.summary has no row other"),
        ("demo.funds[101].spent == 0", None, None, "form demo.funds has no code rows, so none for 101"),
        ("sum(demo.funds[classes].spent) == 0", None, None, "form demo.funds has no code rows"),
        ("total == sum(parts(grants))", "demo.funds", "column", "declares no row of_which: grants"),
        ("value == sum(children)", "demo.funds", "parent", "form demo.funds has no code rows"),
        ("value == 0", "demo.funds", "parent", "form demo.funds has no code rows, so no parents"),
        ("demo.funds[total].spent == 0", EXPENDITURE, "column", "names nothing of demo.expenditure"),
        ("demo.funds[total].spent == 0", EXPENDITURE, "row", "names no column of demo.expenditure"),
        ("total == running", None, "row", "for: row needs form:"),
        ("1 == 1", EXPENDITURE, "row", "assert: names no cell"),
        ("total == running / 0", EXPENDITURE, "row", "divides by 0"),
        ("total ==", EXPENDITURE, "row", "assert: column "),
        ("visitors == demo.expenditure[row].total", ACTIVITY, "row", "an amount is compared with a count"),
        ("demo.expenditure[10999].total == 0", None, None, "10999 is no code of purpose"),
        ("demo.summary[10101].amount == 0", None, None, "demo.summary has no rows of the level of 10101"),
    ],
)
def test_what_a_rule_cannot_name_is_a_fault(
    asserts: str, form: str | None, each: str | None, fault: str
) -> None:
    (told,) = faults(make_rule(asserts, form, each))
    assert told.startswith(f"{FILE}:{LINE}: tried: ")
    assert fault in told


def test_forms_without_a_common_row_are_not_compared_row_by_row() -> None:
    rule = make_rule("total == demo.sides[row].amount", "performance.funds", "row")
    assert any("performance.funds and demo.sides share no row" in fault for fault in faults(rule, TWO_SIDES))


@pytest.mark.parametrize(
    ("asserts", "fault"),
    [
        ("cost + change_rate == last_year_cost", "a percentage or ratio is added to an amount"),
        ("cost - visitors == 0", "a count is subtracted from an amount"),
        ("cost == change_rate", "a percentage or ratio is compared with an amount"),
        ("cost * last_year_cost == cost", "an amount is compared with amount^2 count^0"),
        ("cost / visitors == cost", "an amount is compared with amount^1 count^-1"),
    ],
)
def test_unlike_things_are_neither_added_nor_compared(asserts: str, fault: str) -> None:
    assert faults(make_rule(asserts, ACTIVITY, "row")) == [f"{FILE}:{LINE}: tried: {fault}"]


@pytest.mark.parametrize(
    "asserts",
    [
        "change_rate == 100 * (cost - last_year_cost) / last_year_cost",
        "cost <= 1000",
        "cost / visitors >= last_year_cost / visitors",
        "cost * cost <= last_year_cost * cost",
        "visitors * cost == 3 * visitors * last_year_cost",
        "cost == -cost * change_rate / 100",
    ],
)
def test_units_multiply_and_divide(asserts: str) -> None:
    assert faults(make_rule(asserts, ACTIVITY, "row")) == []


def test_the_units_of_a_condition_are_checked_too() -> None:
    (fault,) = faults(make_rule("cost == last_year_cost", ACTIVITY, "row", where="change_rate > cost"))
    assert fault.endswith("an amount is compared with a percentage or ratio")


def test_a_rule_for_each_column_skips_percentages() -> None:
    bound = bind_rule(make_rule("total == sum(parts(total))", ACTIVITY, "column"), standards()).bound
    assert bound is not None
    assert bound.columns == ("visitors", "cost", "last_year_cost")


def test_every_fault_of_a_rule_is_told_once() -> None:
    told = faults(make_rule("total == other + another + other", EXPENDITURE, "row", where="stated(third)"))
    assert [fault.rsplit(" ", 1)[1] for fault in told] == ["other", "another", "third"]


def test_a_faulty_condition_is_a_fault() -> None:
    (fault,) = faults(make_rule("total == running", EXPENDITURE, "row", where="total"))
    assert "where: column 1: a condition is" in fault


TWO_SIDED = Form.model_validate(
    {
        "form": "demo.sides",
        "title": {"zh": "两边", "en": "Sides"},
        "captions": ["两边"],
        "kind": "demo",
        "unit": "万元",
        "from": 2018,
        "basis": "虚构",
        "verified": True,
        "columns": [
            {"id": "amount", "captions": ["收入"], "side": "income"},
            {"id": "total", "captions": ["支出"], "side": "expenditure"},
            {"id": "other-income", "captions": ["其他"], "side": "income"},
        ],
        "rows": [
            {"id": "income", "captions": ["收入总计"], "side": "income"},
            {"id": "dues", "captions": ["会费"], "side": "income", "of_which": "income"},
            {"id": "outlay", "captions": ["支出总计"], "side": "expenditure"},
        ],
        "code_rows": {"scheme": "purpose", "levels": [3], "side": "expenditure"},
    }
)
TWO_SIDES = replace(standards(), forms={**standards().forms, "demo.sides": TWO_SIDED})


@pytest.mark.parametrize(
    ("asserts", "each", "fault"),
    [
        ("demo.sides[income].amount == demo.sides[outlay].total", None, None),
        ("demo.sides[income].total == 0", None, "no cell in row income, column total"),
        ("demo.sides[101].amount == 0", None, "no cell in row 101, column amount"),
        ("sum(demo.sides[classes].amount) == 0", None, "rows of the sum without a cell in column amount"),
        ("sum(demo.sides[parts(income)].total) == 0", None, "rows of the sum without a cell in column total"),
        ("amount == total", "row", "no row with a cell in every column named"),
        ("dues == sum(classes)", "column", "has no column that the rule can be repeated for"),
        ("income == sum(parts(income))", "column", None),
        ("demo.sides[outlay].other == 0", None, "an id with a hyphen, other-income, cannot be named"),
    ],
)
def test_a_two_sided_form_has_cells_on_one_side_only(
    asserts: str, each: str | None, fault: str | None
) -> None:
    told = faults(make_rule(asserts, "demo.sides" if each else None, each), TWO_SIDES)
    if fault is None:
        assert told == []
    else:
        assert any(fault in each_fault for each_fault in told)


def test_a_rule_for_each_column_is_repeated_for_the_columns_of_its_rows() -> None:
    columns = {}
    for asserts in ("income == sum(parts(income))", "outlay == sum(classes)"):
        bound = bind_rule(make_rule(asserts, "demo.sides", "column"), TWO_SIDES).bound
        assert bound is not None
        columns[asserts] = bound.columns
    assert list(columns.values()) == [("amount", "other-income"), ("total",)]


# All rules of all packs


def test_the_rules_of_every_pack_have_no_fault() -> None:
    assert lint_rules(load_library(data_folder("packs"))) == ()
    assert lint_rules(standards()) == ()


def test_faulty_rules_stop_a_check_and_are_told_together() -> None:
    rules = {
        "first": make_rule("total == one", EXPENDITURE, "row"),
        "second": make_rule("total == two", EXPENDITURE, "row"),
    }
    faulty = replace(standards(), rules=rules)
    with pytest.raises(PackError) as raised:
        check_sheets(faulty, {})
    assert len(raised.value.faults) == len(lint_rules(faulty)) == 2


CODES = """\
scheme: purpose
title: {zh: 用途, en: Purpose}
levels: [3]
from: 2018
basis: 某市财政局通知
verified: true
items:
  - {code: "101", name: 馆藏, from: 2018}
  - {code: "102", name: 馆舍, from: 2018, to: 2020}
"""
RULE = """\
rules:
  - id: list.first
    ref: TR-01
    title: {zh: 一, en: One}
    assert: demo.list[101].total <= demo.list[total].total
    from: 2018
    basis: 某市财政局通知
    verified: true
  - id: list.second
    ref: TR-02
    title: {zh: 二, en: Two}
    assert: demo.list[102].total <= demo.list[total].total
    from: 2018
    basis: 某市财政局通知
    verified: true
"""


def test_a_code_of_another_edition_is_a_fault_in_its_years(tmp_path: Path) -> None:
    files = {
        "codes/purpose.yaml": CODES,
        "forms/list.yaml": FORM.replace("[3, 5]", "[3]"),
        "rules/list.yaml": RULE,
    }
    write_pack(tmp_path, files=files)
    clean = load_library(tmp_path)
    assert clean.faults == ()
    (fault,) = lint_rules(clean)
    assert (fault.file, fault.line) == ("city/rules/list.yaml", 9)
    assert fault.message.startswith("list.second: 102 is no code of purpose (2021-")


def test_a_pack_whose_parent_is_missing_has_no_faults_of_rules(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"rules/list.yaml": RULE}, inherits="nowhere")
    assert lint_rules(load_library(tmp_path)) == ()
