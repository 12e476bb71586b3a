"""Every fact that the hand-made truth has of two publications' tables is read from their text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.audit.resolve import Resolved, resolve
from hengjian.audit.tables import bare, plain
from hengjian.documents import read_document
from hengjian.filing import Indicator, Project, Sheet
from hengjian.kernel import Amount, Measure, Percent, Quantity
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, squeeze
from hengjian.packs.schema import Form

SHARED = Path(__file__).resolve().parents[3] / "shared"
LINGSHOU, QUXIAN = "lingshou-2021-budget", "quxian-2022-final-accounts"
SIDES = {"收入": "income", "支出": "expenditure"}
FUND_ROWS = {"总额": "total", "其中：财政资金": "fiscal", "财政专户管理资金": "special_account",
             "单位资金": "unit", "其他资金": "other"}  # fmt: skip
FUND_COLUMNS = {"initial": "initial", "adjusted": "adjusted", "executed": "executed", "rate_pct": "rate"}
WAN = Decimal(10_000)

pytestmark = pytest.mark.skipif(
    not (SHARED / "truth" / QUXIAN).is_dir(),
    reason="the hand-made truth is no part of the repository; it is not beside this checkout",
)


@cache
def read(name: str) -> Resolved:
    tree = read_document(SHARED / "sources" / f"{name}.txt")
    return resolve(tree, load_library(data_folder("packs")))


@cache
def truth(name: str, file: str) -> Any:  # noqa: ANN401 - every file has a shape of its own
    text = (SHARED / "truth" / name / f"{file}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


# Tables of the budget


def budget_tables() -> Iterator[tuple[dict[str, Any], Sheet, Form]]:
    resolved = read(LINGSHOU)
    for table in truth(LINGSHOU, "tables")["tables"]:
        title = plain(table["title"])
        form = next(f for f in resolved.standards.forms.values() if title in map(plain, f.captions))
        yield table, resolved.filing.sheets[form.form], form


def row_id(row: dict[str, Any], form: Form, sheet: Sheet) -> str:
    """Return the row of the sheet that a row of the truth is: by its code, or by its side and name."""
    if row["code"]:
        return str(row["code"])
    wanted = SIDES.get(row.get("side", ""))
    named = [key for key, name in sheet.rows.items() if bare(name) == bare(row["name"])]
    mine = [key for key in named if wanted is None or side(key, form) == wanted]
    if len(mine) > 1:  # a name that stands twice: income of the year and what was carried over
        mine = [key for key in mine if ("carry_over" in key) == (row["seq"] > 4)]
    assert len(mine) == 1, (row, named)
    return mine[0]


def side(row: str, form: Form) -> str:
    fixed = form.row(row)
    return fixed.side or "" if fixed is not None else "expenditure"


def test_every_row_of_the_budget_s_tables_is_there_once() -> None:
    tables = list(budget_tables())
    assert len(tables) == 11
    for table, sheet, form in tables:
        ids = [row_id(row, form, sheet) for row in table["rows"]]
        assert len(set(ids)) == len(ids)
        assert set(ids) == set(sheet.rows), table["title"]
        for row, key in zip(table["rows"], ids, strict=True):
            assert bare(sheet.rows[key]) == bare(row["name"])


def test_every_cell_of_the_budget_s_tables_is_read_and_a_blank_is_no_zero() -> None:
    stated = 0
    for table, sheet, form in budget_tables():
        columns = {
            caption: next(c.id for c in form.columns if plain(caption) in map(plain, c.captions))
            for row in table["rows"]
            for caption in row["values"]
        }
        assert len(set(columns.values())) >= len(columns) - 1, table["title"]
        known = set()
        for row in table["rows"]:
            key = row_id(row, form, sheet)
            for caption, number in row["values"].items():
                figure = sheet.figure(key, columns[caption])
                cell = (table["title"], row["name"], caption)
                assert (figure is None) == (number is None), cell
                if figure is not None:
                    known.add((key, columns[caption]))
                    assert stated_number(figure.value, table["unit"]) == number, cell
        assert known == set(sheet.figures), table["title"]
        stated += len(known)
    assert stated == 269


def stated_number(value: Measure, unit: str) -> Decimal:
    """Return what a cell states, an amount in the unit that the table's head begins with."""
    if isinstance(value, Amount):
        assert unit.startswith(value.unit.label)
        return value.yuan / WAN
    assert isinstance(value, Quantity)
    return value.number.value


def test_every_target_of_the_budget_s_projects_is_read() -> None:
    projects = read(LINGSHOU).filing.projects
    tables = truth(LINGSHOU, "targets")["tables"]
    assert len(projects) == len(tables) == 8
    assert sum(len(project.indicators) for project in projects) == 59
    for project, table in zip(projects, tables, strict=True):
        assert project.name == table["project"]
        assert squeeze(project.texts["annual_goal"]) == squeeze("".join(table["goals"]))
        for indicator, true in zip(project.indicators, table["indicators"], strict=True):
            assert (indicator.level1, indicator.level2) == (true["level1"], true["level2"])
            assert squeeze(indicator.name) == squeeze(true["level3"])
            assert squeeze(indicator.description or "") == squeeze(true["description"] or "")
            assert squeeze(indicator.basis or "") == squeeze(true["basis"] or "")
            assert indicator.operator == (true["operator"] if true["operator_written"] else None)
            assert squeeze(f"{indicator.operator or ''}{indicator.target}{indicator.unit or ''}") == squeeze(
                true["target_text"]
            )
            if not true["qualitative"]:
                assert (Decimal(indicator.target or ""), indicator.unit) == (true["number"], true["unit"])
            assert (indicator.actual, indicator.weight, indicator.score) == (None, None, None)


# Self-evaluations of the accounts


def evaluations() -> list[tuple[Project, dict[str, Any]]]:
    return list(zip(read(QUXIAN).filing.projects, truth(QUXIAN, "projects"), strict=True))


def test_every_project_is_read_with_its_code_name_and_unit() -> None:
    pairs = evaluations()
    assert len(pairs) == 23
    for project, true in pairs:
        assert (project.code, project.name) == (true["code"], squeeze(true["name"]))
        assert project.texts["department"] == true["department"]
        assert project.texts["unit_stamp"] == true["unit"]


def test_every_row_of_funds_is_read_with_blanks_as_blanks() -> None:
    for project, true in evaluations():
        budget, funds = true["budget"], project.funds
        assert funds is not None
        assert [FUND_ROWS[row["row"]] for row in budget["rows"]] == list(funds.rows)
        wanted = {
            (FUND_ROWS[row["row"]], column): cell["text"]
            for row in budget["rows"]
            for key, column in FUND_COLUMNS.items()
            if (cell := row[key]) is not None
        }
        found = {}
        for cell, figure in funds.figures.items():
            assert isinstance(figure.value, Amount | Percent)
            assert isinstance(figure.value, Percent) or figure.value.unit.label == budget["unit"]
            found[cell] = figure.value.text
        assert found == wanted, true["name"]
        assert (project.execution_weight, project.execution_score) == (budget["weight"], budget["score"])
        assert squeeze(project.texts.get("reason", "")) == squeeze(budget["reason"] or "")


def test_every_indicator_is_read_cell_by_cell() -> None:
    pairs = evaluations()
    assert sum(len(true["indicators"]) for _, true in pairs) == 133
    for project, true in pairs:
        assert len(project.indicators) == len(true["indicators"]), true["name"]
        for indicator, row in zip(project.indicators, true["indicators"], strict=True):
            assert cells(indicator) in wanted_cells(row), (true["name"], row["n"])


def cells(indicator: Indicator) -> tuple[object, ...]:
    nature = "定性" if indicator.operator == "qualitative" else indicator.operator
    texts = (indicator.level1, indicator.level2, indicator.name, nature, indicator.target, indicator.unit,
             indicator.actual, indicator.shortfall)  # fmt: skip
    return (*(squeeze(text) if text else None for text in texts), indicator.weight, indicator.score)


def wanted_cells(row: dict[str, Any]) -> list[tuple[object, ...]]:
    """Return how an indicator may be read: one way, or either where one text stands for target and result."""
    one_text = row.get("unplaced_text")
    options = [(row["target"], row["actual"])]
    if one_text:
        options = [({"text": one_text}, None), (None, {"text": one_text}), (None, None)]
    found = []
    for target, actual in options:
        texts = (row["level1"], row["level2"], row["level3"], row["nature"],
                 target and target["text"], row["unit"],
                 actual and actual["text"], row["shortfall_reason"])  # fmt: skip
        found.append((*(squeeze(text) if text else None for text in texts), row["weight"], row["score"]))
    return found


def test_totals_and_conclusions_are_read() -> None:
    for project, true in evaluations():
        stated = (true["stated_total_weight"], true["stated_total_score"])
        one_figure = stated[1] is None
        printed = (project.stated_weight, project.stated_score)
        assert printed == stated or (one_figure and printed == stated[::-1]), true["name"]
        assert project.conclusion_score == true["conclusion_score"]
        for label, key in (
            ("conclusion", "conclusion_text"),
            ("problems", "problems"),
            ("measures", "measures"),
        ):
            assert squeeze(project.texts[label]) == squeeze(true[key] or ""), (true["name"], label)
        assert squeeze(project.texts["overview"]) == squeeze(true["implementation_overview"] or "")


def test_goal_and_result_of_every_project_are_read() -> None:
    """Where both stand on one line and nothing parts them, their characters are there together."""
    for project, true in evaluations():
        goal, result = squeeze(true["annual_target"]), squeeze(true["annual_target_completion"])
        if "annual_goal" in project.texts:
            assert squeeze(project.texts["annual_goal"]) == goal, true["name"]
            assert squeeze(project.texts["goal_result"]) == result, true["name"]
        else:
            whole = squeeze(project.texts["goal_completion"])
            whole = re.sub("^项目年度目标年度目标完成情况", "", whole)
            assert whole == goal + result or Counter(whole) == Counter(goal + result), true["name"]


# Overall targets of the accounts


def test_the_overall_targets_are_read() -> None:
    overall, true = read(QUXIAN).filing.overall, truth(QUXIAN, "overall_targets")
    assert overall is not None
    assert overall.funds is not None
    assert overall.stated_unit == true["funds"]["stated_unit"]
    stated = {
        (row, column): cell["text"]
        for row in ("basic", "project")
        for column, cell in true["funds"][row].items()
        if cell is not None
    }
    stated["total", "total"] = true["funds"]["total"]["text"]
    assert {cell: str(getattr(f.value, "text", "")) for cell, f in overall.funds.figures.items()} == stated
    assert [(task.name, squeeze(task.content)) for task in overall.tasks] == [
        (task["name"], squeeze(task["content"])) for task in true["tasks"]
    ]
    assert squeeze(overall.texts["overall_goal"]) == squeeze("".join(true["overall_goals"]))


def test_the_indicators_of_the_overall_targets_are_read() -> None:
    overall, true = read(QUXIAN).filing.overall, truth(QUXIAN, "overall_targets")
    assert overall is not None
    assert len(overall.indicators) == len(true["indicators"]) == 16
    for indicator, row in zip(overall.indicators, true["indicators"], strict=True):
        wanted = (row["level1"], row["level2"], squeeze(row["level3"]), row["nature"], row["value"]["text"],
                  row["unit"], None, None, row["weight"], None)  # fmt: skip
        assert cells(indicator) == wanted, row["n"]
