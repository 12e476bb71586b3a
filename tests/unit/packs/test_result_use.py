"""What follows from results is stated once for every grade, and the shipped grades all have it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.packs.result_use import ResultUse

HEAD: dict[str, Any] = {
    "use": "evaluation",
    "title": {"zh": "结果应用", "en": "Use of results"},
    "from": 2020,
    "basis": "虚构的办法",
    "verified": True,
}
FIRST = {"grade": "优", "aliases": ["优秀"], "suggestion": {"zh": "优先保障", "en": "fund first"}}


def test_a_grade_is_known_by_its_other_names() -> None:
    use = ResultUse.model_validate(HEAD | {"suggestions": [FIRST]})
    first, alias = use.suggestion("优"), use.suggestion("优秀")
    assert first is not None
    assert first.zh == "优先保障"
    assert alias == first
    assert use.suggestion("良") is None


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"suggestions": [FIRST, FIRST]},
        {"suggestions": [FIRST, {"grade": "优秀", "suggestion": {"zh": "保障", "en": "fund"}}]},
        {"execution_below": 0},
        {"execution_below": 101},
        {"suggestions": [FIRST], "remarks": "无"},
    ],
)
def test_nothing_said_or_said_twice_is_a_fault(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ResultUse.model_validate(HEAD | said)


@pytest.mark.parametrize(
    ("pack", "year"),
    [
        ("demo", 2022),
        ("cn/national", 2022),
        ("cn/hebei", 2022),
        ("cn/guangdong", 2023),
        ("cn/sichuan", 2022),
        ("cn/sichuan", 2025),
    ],
)
def test_every_grade_of_a_project_has_its_suggestion(pack: str, year: int) -> None:
    standards = standards_for(load_library(data_folder("packs")), pack, FiscalYear(year))
    rubric = standards.rubric_for("project")
    assert rubric is not None
    assert rubric.grades
    for grade in rubric.grades:
        assert any(use.suggestion(grade.name) for use in standards.result_uses.values()), grade.name
