"""The inputs of a department's rubric: what is no figure of its measure is told and scores nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from hengjian.filing import InputValue
from hengjian.kernel import Interval
from hengjian.packs.rubric import Rubric
from hengjian.scoring.department import DepartmentScore, score_department
from hengjian.scoring.department_results import department_findings
from tests.unit.scoring.maker import filing, standards


def scored(*inputs: InputValue) -> DepartmentScore:
    title = {"zh": "预算完成率", "en": "completion"}
    made = Rubric.model_validate(
        {
            "rubric": "department.overall",
            "title": title,
            "subject": "department",
            "from": 2018,
            "basis": "made up",
            "verified": True,
            "inputs": {
                "spent": {"title": {"zh": "支出", "en": "spent"}, "measure": "amount"},
                "readers": {"title": {"zh": "读者", "en": "readers"}},
            },
            "lines": [
                {
                    "level1": "执行",
                    "level2": "执行",
                    "title": "人均支出",
                    "max": 100,
                    "rule": {"shape": "proportional", "of": "spent / readers", "full_at": 10},
                }
            ],
        }
    )
    found = score_department(filing(inputs=inputs), replace(standards(), rubrics={made.rubric: made}))
    assert found is not None
    return found


def test_units_count() -> None:
    (line,) = scored(InputValue("spent", "6.0", "万元"), InputValue("readers", "12000", "人")).lines
    (same,) = scored(InputValue("spent", "60000", "元"), InputValue("readers", "12000")).lines
    assert line.earned is not None
    assert same.earned is not None
    assert same.earned.agrees(Interval.exactly(50))
    assert line.earned.agrees(same.earned)
    (many,) = scored(InputValue("spent", "60000元"), InputValue("readers", "1.20", "万人")).lines
    assert many.earned is not None
    assert many.earned.agrees(same.earned)


@pytest.mark.parametrize(
    "stated",
    [InputValue("spent", "6.0"), InputValue("spent", "约6", "万元"), InputValue("spent", "6", "吨")],
)
def test_what_is_no_amount_scores_nothing_and_is_told(stated: InputValue) -> None:
    found = scored(stated, InputValue("readers", "12000", "人"))
    (line,) = found.lines
    assert line.earned is None
    assert [text.zh for text in line.missing] == ["支出"]
    made = filing(inputs=(stated,), stated_total=Decimal(90))
    codes = [finding.code for finding in department_findings(made, found)]
    assert codes == ["score.input-unreadable"]
