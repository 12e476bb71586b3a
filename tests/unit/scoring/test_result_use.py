"""What grades and unspent money mean for the next budget."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from hengjian.filing import Project
from hengjian.kernel import FiscalYear
from hengjian.packs import standards_for
from hengjian.scoring.result_use import (
    budget_uses,
    execution_below,
    suggestion_for,
    unspent,
    use_of_unspent,
)
from hengjian.scoring.review import assess
from tests.unit.scoring.maker import SICHUAN, filing, indicator, library, project, standards


def lectures(executed: str | None = "9.50", score: str | None = "95") -> Project:
    stated = None if score is None else Decimal(score)
    return project(indicator(), name="讲座", total=("10.00", "10.00", executed), stated_score=stated)


def test_the_demonstration_says_what_each_grade_suggests() -> None:
    said = {grade: suggestion_for(standards(), grade) for grade in ("优", "良", "中", "差")}
    assert [words.zh if words else None for words in said.values()] == ["优先保障", "保障", "压缩", "取消"]
    assert suggestion_for(standards(), "特优") is None
    assert suggestion_for(standards(), None) is None


def test_sichuan_has_its_own_scale_from_2025() -> None:
    before = standards_for(library(), SICHUAN, FiscalYear(2024))
    since = standards_for(library(), SICHUAN, FiscalYear(2025))
    cut, dropped = suggestion_for(before, "差"), suggestion_for(since, "差")
    assert cut is not None
    assert dropped is not None
    assert "核减" in cut.zh
    assert dropped.zh == "取消"
    assert execution_below(before) == execution_below(since) == 90
    assert use_of_unspent(since) is not None


def test_a_pack_that_says_nothing_suggests_nothing() -> None:
    silent = replace(standards(), result_uses={})
    assert suggestion_for(silent, "优") is None
    assert execution_below(silent) is None
    assert use_of_unspent(silent) is None


@pytest.mark.parametrize(
    ("executed", "left"), [("9.50", "0.50万元"), ("10.00", None), ("12.00", None), ("9.995", None)]
)
def test_money_is_unspent_when_it_surely_is(executed: str, left: str | None) -> None:
    found = unspent(lectures(executed))
    assert (str(found) if found is not None else None) == left


def test_without_funds_nothing_is_known_of_unspent_money() -> None:
    assert unspent(Project("讲座")) is None


def test_the_department_comes_first_and_a_project_without_a_grade_has_no_suggestion() -> None:
    made = filing(lectures(), lectures(None, None))
    made = replace(made, stated_total=Decimal(61))
    scores = assess(made, standards()).projects
    department, graded, other = budget_uses(made, standards(), scores)
    assert (department.project, department.grade, department.suggestion) == (
        None,
        "中",
        suggestion_for(standards(), "中"),
    )
    assert (graded.grade, graded.suggestion) == ("优", suggestion_for(standards(), "优"))
    assert str(graded.unspent) == "0.50万元"
    assert (other.grade, other.suggestion, other.unspent) == (None, None, None)
