"""Faults of form sets, told by file and line with all other faults of a library."""

from pathlib import Path

from hengjian.packs import load_library
from hengjian.packs.lint import lint_library
from tests.unit.packs.pack_maker import CODES, FORM, write_pack

SET = """\
set: budget
title: {zh: 预算公开表, en: Budget tables}
kind: budget
name: CITY-2
from: 2018
basis: 某市财政局通知
verified: true
forms:
"""
BUDGET_FORM = FORM.replace("kind: demo", "kind: budget")


def lint(root: Path, forms: str, form: str = BUDGET_FORM) -> list[str]:
    files = {"codes/purpose.yaml": CODES, "forms/list.yaml": form, "form_sets/budget.yaml": SET + forms}
    write_pack(root, files=files)
    return [
        str(fault).removeprefix("city/form_sets/budget.yaml:1: ")
        for fault in lint_library(load_library(root))
    ]


def test_a_sound_set(tmp_path: Path) -> None:
    assert lint(tmp_path, "  - {form: demo.list, number: 表1}\n") == []


def test_a_form_that_is_not_there(tmp_path: Path) -> None:
    faults = lint(
        tmp_path, "  - {form: demo.list}\n  - {form: demo.other}\n", BUDGET_FORM.replace("2018", "2026")
    )
    assert faults[:2] == [
        "budget: there is no form demo.list in 2018",
        "budget: there is no form demo.list in 2019",
    ]
    assert "budget: there is no form demo.list in 2026" not in faults
    assert "budget: there is no form demo.other in 2026" in faults


def test_a_form_of_another_kind(tmp_path: Path) -> None:
    assert lint(tmp_path, "  - {form: demo.list}\n", FORM) == ["budget: demo.list is a form of demo"]
    targets = FORM.replace("kind: demo", "kind: targets")
    assert lint(tmp_path, "  - {form: demo.list}\n", targets) == []


def test_a_form_and_a_number_listed_twice(tmp_path: Path) -> None:
    line = "  - {form: demo.list, number: 表1}\n"
    assert lint(tmp_path, line * 2) == [
        "budget: the form demo.list is listed twice",
        "budget: the number 表1 is listed twice",
    ]


def test_a_set_that_asks_for_nothing(tmp_path: Path) -> None:
    assert lint(tmp_path, "  - {form: demo.list, optional: true}\n") == [
        "budget: every form of the set is optional"
    ]


def test_a_province_puts_its_own_set_in_the_place_of_the_inherited_one(tmp_path: Path) -> None:
    assert lint(tmp_path, "  - {form: demo.list}\n") == []
    write_pack(tmp_path, "city/town", {"form_sets/b.yaml": SET + "  - {form: demo.none}\n"}, inherits="city")
    faults = {fault.file for fault in lint_library(load_library(tmp_path))}
    assert faults == {"city/town/form_sets/b.yaml"}
