"""What a case comes to for each kind of item, with the demo pack."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hengjian.audit.pack_tests.checks import CHECKS, Bench
from hengjian.audit.pack_tests.drawing import drawn
from hengjian.audit.pack_tests.result import FaultyCaseError
from hengjian.kernel import FiscalYear, Outcome
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, resolve_standards
from hengjian.packs.cases import Drawing, IndicatorCase, ScoreCase
from hengjian.packs.crosswalk import Crosswalk
from hengjian.packs.form_set import FormSet

LIBRARY = load_library(data_folder("packs"))
STANDARDS = resolve_standards(LIBRARY, "demo", FiscalYear(2022))
BASIS = {"from": 2018, "basis": "试验依据", "verified": True}
CROSSWALK = Crosswalk.model_validate(
    BASIS
    | {
        "scheme": "purpose",
        "edition": 2021,
        "changes": [
            {"kind": "split", "from": ["102"], "to": ["104", "105"]},
            {"kind": "dropped", "from": ["103"]},
            {"kind": "new", "to": ["106", "107"]},
        ],
    }
)
FORM_SET = FormSet.model_validate(
    BASIS
    | {
        "set": "tables",
        "title": {"zh": "公开表", "en": "Tables"},
        "kind": "budget",
        "name": "DEMO",
        "forms": [
            {"form": "demo.summary"},
            {"form": "demo.funds", "optional": True},
            {"form": "demo.expenditure"},
        ],
    }
)
BENCH = Bench(LIBRARY, replace(STANDARDS, crosswalks=(CROSSWALK,), form_sets={FORM_SET.set: FORM_SET}))
TABLE = """
    协会支出表
    用途 | 合计 | 日常支出
    101馆藏 | 100 | 60
"""


def outcome(kind: str, item: str, material: Any) -> Outcome | None:  # noqa: ANN401
    return CHECKS[kind](BENCH.items(kind)[item], material, BENCH).outcome


@pytest.mark.parametrize(
    ("step", "holds"),
    [
        (("102", ("105", "104")), True),
        (("102", ("104",)), False),
        (("103", ()), True),
        (("103", ("103",)), False),
        (("101", ("101",)), True),
        (("101", ()), False),
        (("new", ("106",)), True),
        (("new", ("106", "107")), True),
        (("new", ("104",)), False),
    ],
)
def test_steps_of_a_crosswalk(step: tuple[str, tuple[str, ...]], *, holds: bool) -> None:
    assert outcome("crosswalks", "purpose.2021", step) is (Outcome.PASS if holds else Outcome.FAIL)


@pytest.mark.parametrize(
    ("forms", "holds"),
    [
        (("demo.summary", "demo.expenditure"), True),
        (("demo.summary", "demo.funds", "demo.expenditure"), True),
        (("demo.expenditure", "demo.summary"), False),
        (("demo.summary", "demo.funds"), False),
        (("demo.summary", "demo.expenditure", "demo.activity"), False),
    ],
)
def test_form_sets(forms: tuple[str, ...], *, holds: bool) -> None:
    assert outcome("form_sets", "tables", forms) is (Outcome.PASS if holds else Outcome.FAIL)


def test_a_form_set_with_a_form_that_the_year_does_not_have() -> None:
    gone = replace(BENCH.standards, forms={"demo.summary": STANDARDS.forms["demo.summary"]})
    result = CHECKS["form_sets"](FORM_SET, ("demo.summary", "demo.expenditure"), Bench(LIBRARY, gone))
    assert result.outcome is Outcome.FAIL


def test_codes_by_name_and_year() -> None:
    assert outcome("codes", "purpose", ("10103", "数字资源")) is Outcome.PASS
    assert outcome("codes", "purpose", ("10103", None)) is Outcome.PASS
    assert outcome("codes", "purpose", ("10103", "音像资料")) is Outcome.FAIL
    assert outcome("codes", "purpose", ("10203", None)) is Outcome.FAIL


def test_a_form_holds_the_cells_of_a_drawing_and_no_others() -> None:
    cells = {"101": {"total": "100", "running": "60"}}
    assert outcome("forms", "demo.expenditure", Drawing(text=TABLE, cells=cells)) is Outcome.PASS
    fewer = {"101": {"total": "100"}}
    other = {"101": {"total": "100元", "running": "60"}}
    for wrong in (fewer, other):
        assert outcome("forms", "demo.expenditure", Drawing(text=TABLE, cells=wrong)) is Outcome.FAIL
    assert outcome("forms", "demo.summary", TABLE) is Outcome.FAIL


@pytest.mark.parametrize(
    ("cells", "reason"), [({"101": {"none": "1"}}, "none"), ({"101": {"total": "many"}}, "many")]
)
def test_a_drawing_with_cells_that_are_none(cells: dict[str, dict[str, str]], reason: str) -> None:
    with pytest.raises(FaultyCaseError, match=reason):
        outcome("forms", "demo.expenditure", Drawing(text=TABLE, cells=cells))


def test_merged_cells_of_a_drawing() -> None:
    (table,) = drawn("甲 | < | 乙\n^ | ^ | 丙\n").tables()
    corner, last = table.rows[1][1], table.rows[1][2]
    assert (corner.text, corner.row, corner.column, corner.row_span, corner.column_span) == ("甲", 0, 0, 2, 2)
    assert (last.text, last.row, last.column) == ("丙", 1, 2)


def score(**given: object) -> Outcome | None:
    rubric = "department.overall" if "line" in given else "project.self_evaluation"
    return outcome("rubrics", rubric, ScoreCase.model_validate(given))


def test_scores_and_grades() -> None:
    reading = {"operator": "≥", "target": "100", "unit": "人", "weight": 10}
    assert score(**reading, actual="80", score=8) is Outcome.PASS
    assert score(**reading, actual="80", score=9) is Outcome.FAIL
    assert score(**reading, actual="众多", score=9) is Outcome.NOT_EVALUABLE
    assert score(adjusted="100.00", executed="90.00", score=9) is Outcome.PASS
    assert score(adjusted="100.00", executed="90.00", weight=20, score=9) is Outcome.FAIL
    assert score(line="制度健全", score=8) is Outcome.PASS
    assert score(line="制度健全", score=4) is Outcome.FAIL
    assert score(total=80, grade="良") is Outcome.PASS
    assert score(total=79, grade="良") is Outcome.FAIL


@pytest.mark.parametrize(
    "given", [{"line": "没有", "score": 1}, {"adjusted": "甲", "executed": "乙", "score": 1}]
)
def test_a_score_of_nothing_is_faulty(given: dict[str, object]) -> None:
    with pytest.raises(FaultyCaseError):
        score(**given)


@pytest.mark.parametrize("given", [{}, {"line": "制度健全"}, {"actual": "1", "line": "制度健全", "score": 1}])
def test_a_score_case_states_one_score_with_its_inputs(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a case"):
        ScoreCase.model_validate(given)


def test_indicators_that_fit_and_do_not() -> None:
    fitting = IndicatorCase(name="讲座次数", operator="≥", target="12", unit="次")
    assert outcome("indicators", "indicators", fitting) is Outcome.PASS
    assert outcome("indicators", "indicators", fitting.model_copy(update={"unit": "天"})) is Outcome.FAIL


def test_guidance_and_labels() -> None:
    assert outcome("wording", "prompts", "（500字以内）") is Outcome.PASS
    assert outcome("wording", "prompts", "办了十二场讲座。") is Outcome.FAIL
    assert outcome("wording", "self_evaluation_form", ("score", "得分")) is Outcome.PASS
    assert outcome("wording", "self_evaluation_form", ("score", "权重")) is Outcome.FAIL
    assert outcome("wording", "self_evaluation_form", ("none", "得分")) is Outcome.FAIL


def test_a_line_of_a_department_with_its_inputs() -> None:
    spent = {"budget_spent": "90.00万元", "budget_revised": "100.00万元"}
    assert score(line="预算完成率", inputs=spent, score=18) is Outcome.PASS
    assert score(line="预算完成率", inputs=spent, score=16) is Outcome.FAIL
    assert score(line="预算完成率", inputs={"budget_spent": "90.00万元"}, score=18) is Outcome.NOT_EVALUABLE
    assert score(line="信息公开", inputs={"disclosure_faults": "1"}, score=2) is Outcome.FAIL, "no rounding"
    assert score(line="制度健全", inputs={"rules_sound": "也许"}, score=8) is Outcome.FAIL, "no answer"
    assert score(line="表彰与问责", inputs={"awards": "9", "reprimands": "1"}, score=2) is Outcome.PASS


def test_a_line_of_a_department_with_its_targets() -> None:
    held = {
        "level1": "产出指标",
        "name": "讲座次数",
        "operator": "≥",
        "target": "10",
        "unit": "次",
        "actual": "8",
    }
    assert score(line="目标完成", targets=[held], score=16) is Outcome.PASS
    assert score(line="目标完成", targets=[held], score=20) is Outcome.FAIL
