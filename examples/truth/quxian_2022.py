"""渠县医疗保障局2022年度部门决算: figures of the explanation, overall targets, 23 self-evaluated projects."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from hengjian.filing import Entity, Filing, Indicator, OverallTargets, Project
from hengjian.filing.model import Operator
from hengjian.kernel import FiscalYear, MoneyUnit
from hengjian.packs.load import Library
from hengjian.packs.standards import Standards, squeeze
from truth.common import WORDS, Sheets, Source, points, words
from truth.quxian_2022_text import add_sheets, stated_facts

NAME, PACK, YEAR = "quxian-2022-final-accounts", "cn/sichuan", 2022
_FUNDS_ROWS = {
    "总额": "total",
    "其中：财政资金": "fiscal",
    "财政专户管理资金": "special_account",
    "单位资金": "unit",
    "其他资金": "other",
}
_FUNDS_COLUMNS = {"initial": "initial", "adjusted": "adjusted", "executed": "executed", "rate_pct": "rate"}
_STATED_VALUE = re.compile(r"[≥≤＞＜>=<＝]?\s*[\d.,]+\s*[%％]?")
_GRADE = re.compile(r"[\u4e00-\u9fff]{2,6}")


def filing(truth: Path, library: Library) -> Filing:
    """Return the example."""
    source = Source.of(truth, NAME)
    sheets = Sheets.of(library, PACK, YEAR, partial=True)
    add_sheets(sheets, source)
    targets = source.json("overall_targets")
    code = targets["budget_unit"].partition("-")[0]
    return Filing(
        entity=Entity("渠县医疗保障局", code),
        year=FiscalYear(YEAR),
        pack=PACK,
        kind="final_accounts",
        sheets=sheets.filled,
        projects=tuple(_project(sheets, item) for item in source.json("projects")),
        overall=_overall(sheets, targets),
        stated_total=points(source.figure(r"绩效自评得分为(\d+)分")),
        facts=tuple(stated_facts(source)),
    )


def _overall(sheets: Sheets, targets: dict[str, Any]) -> OverallTargets:
    funds = targets["funds"]
    rows = [("total", "预算支出总额", {"total": funds["total"]["text"]})]
    for row, name in (("basic", "基本支出"), ("project", "项目支出")):
        cells = {column: funds[row][column]["text"] for column in ("total", "fiscal")}
        rows.append((row, name, cells))
    unit = MoneyUnit.from_label(funds["likely_unit"])
    sheet = sheets.sheet("performance.overall_funds", rows, unit=unit)
    indicators = tuple(_indicator(item, sheets.standards, "value") for item in targets["indicators"])
    return OverallTargets(sheet, indicators, funds["stated_unit"])


def _project(sheets: Sheets, item: dict[str, Any]) -> Project:
    budget = item["budget"]
    rows = [(_FUNDS_ROWS[row["row"]], row["row"], _funds_cells(row)) for row in budget["rows"]]
    texts = {
        "department": item["department"],
        "unit_stamp": item["unit"],
        "annual_goal": words(item["annual_target"]),
        "goal_result": words(item["annual_target_completion"]),
        "overview": words(item["implementation_overview"]),
        "reason": words(budget["reason"]),
        "conclusion": words(item["conclusion_text"]),
        "problems": item["problems"] if item["problems_is_none"] else words(item["problems"]),
        "measures": item["measures"] if item["measures_is_none"] else words(item["measures"]),
    }
    return Project(
        name=item["name"],
        code=item["code"],
        funds=sheets.sheet("performance.funds", rows),
        indicators=tuple(_indicator(each, sheets.standards, "target") for each in item["indicators"]),
        execution_weight=points(budget["weight"]),
        execution_score=points(budget["score"]),
        stated_weight=points(item["stated_total_weight"]),
        stated_score=points(item["stated_total_score"]),
        conclusion_score=points(item["conclusion_score"]),
        texts=texts,
    )


def _funds_cells(row: dict[str, Any]) -> dict[str, str]:
    stated = {column: row[key] for key, column in _FUNDS_COLUMNS.items()}
    return {column: cell["text"] for column, cell in stated.items() if cell is not None}


def _indicator(item: dict[str, Any], standards: Standards, target: str) -> Indicator:
    stated = item[target]["text"] if item[target] else None
    # One text of one row may be its target or its result; it is taken for the result.
    actual = item["actual"]["text"] if item.get("actual") else item.get("unplaced_text")
    return Indicator(
        item["level1"],
        item["level2"],
        item["level3"],
        operator=_operator(item["nature"]),
        target=stated,
        unit=item["unit"],
        actual=_actual(actual, stated, standards),
        weight=_points(item["weight"]),
        score=_points(item.get("score")),
        shortfall=words(item.get("shortfall_reason")) or None,
    )


def _operator(nature: str | None) -> Operator | None:
    operators: dict[str | None, Operator] = {"定性": "qualitative", "=": "=", "≥": "≥", "≤": "≤", "<": "<"}
    return operators[nature] if nature else None


def _actual(text: str | None, target: str | None, standards: Standards) -> str | None:
    """Return a result: a figure, a grade or the form's own guidance as it is, other words as a marker."""
    if text is None or text == target or _STATED_VALUE.fullmatch(text) or _GRADE.fullmatch(text):
        return text
    if any(re.search(prompt, squeeze(text)) for prompt in standards.prompts):
        return text
    return WORDS


def _points(value: Decimal | int | None) -> Decimal | None:
    return points(value)
