"""达州市达川区医疗保险管理局2018年度部门决算: figures, completion table of its projects, scored rubric."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hengjian.filing import Entity, Filing, Indicator, Project, RubricScore
from hengjian.kernel import FiscalYear
from hengjian.packs.load import Library
from truth.common import WORDS, Cells, Sheets, Source, facts_of, input_of, points

NAME, PACK, YEAR = "dachuan-2018-final-accounts", "cn/sichuan", 2018
_EXPLAINED = {
    "income_year": ("本年收入合计", {"amount": 11}),
    "expenditure_year": ("本年支出合计", {"amount": 14}),
    "general_public": (
        "一般公共预算财政拨款支出",
        {"amount": 19, "change": -21, "change_rate": -22, "completion": 32},
    ),
    "three_public": ("“三公”经费财政拨款支出", {"amount": 43, "completion": 44}),
    "abroad": ("因公出国（境）费", {"amount": 45, "completion": 51}),
    "vehicles": ("公务用车购置及运行维护费", {"amount": 47, "change": -54, "change_rate": -55}),
    "vehicle_purchase": ("公务用车购置支出", {"amount": 56}),
    "vehicle_operation": ("公务用车运行维护费", {"amount": 58}),
    "reception": ("公务接待费", {"amount": 49, "change": 60, "change_rate": 61, "completion": 59}),
    "operating_cost": ("机关运行经费", {"amount": 91, "change": 92, "change_rate": 93}),
    "procurement": ("政府采购支出总额", {"amount": 94}),
}
"""Row → name and the number of the fact in each column; a decrease is negative."""
_CLASSES = {"201": 23, "208": 25, "210": 27, "221": 29}
# The text gives 社会保险经办机构 the code of 一般行政管理事务 (2080102); its own is 2080109.
_ITEMS = {
    "2011006": 33,
    "2080101": 34,
    "2080102": 35,
    "2080109": 36,
    "2100199": 37,
    "2101101": 38,
    "2210201": 39,
}
_RECODED = "dc18-f036"
_COMPLETION_ROWS = (
    ("total", "合计", "预算数", "执行数"),
    ("fiscal", "其中：财政拨款", "预算数_其中财政拨款", "执行数_其中财政拨款"),
    ("other", "其它资金", "预算数_其它资金", "执行数_其它资金"),
)


_INPUTS = {
    "staff_actual": "dc18-f002",
    "staff_authorised": "dc18-f001",
    "projects_evaluated": "dc18-f075",
    "projects_managed": "dc18-f070",
}
"""What the publication prints of the figures that the scored lines follow from."""


class _Stated:
    """The facts by number, and which of them a form holds."""

    def __init__(self, facts: list[dict[str, Any]]) -> None:
        self._facts = {item["id"]: item for item in facts}
        self.held: set[str] = set()

    def text(self, number: int) -> str:
        """Return a figure as it is stated; a negative number asks for the figure with a minus."""
        item = self._facts[f"dc18-f{abs(number):03}"]
        self.held.add(item["id"])
        return f"{'-' if number < 0 else ''}{item['value_text']}{'%' if item['unit'] == '%' else ''}"

    def fact(self, fact_id: str) -> dict[str, Any]:
        """Return a fact by its id."""
        return self._facts[fact_id]

    def name(self, number: int) -> str:
        """Return what the text calls a figure."""
        return str(self._facts[f"dc18-f{number:03}"]["key"])

    def cells(self, numbers: dict[str, int]) -> Cells:
        """Return the figures by column."""
        return {column: self.text(number) for column, number in numbers.items()}


def filing(truth: Path, library: Library) -> Filing:
    """Return the example."""
    source = Source.of(truth, NAME)
    found = source.json("facts")
    stated = _Stated(found["facts"])
    sheets = Sheets.of(library, PACK, YEAR, partial=True)
    _add_sheets(sheets, stated)
    rubric = source.json("rubric")
    # What a text states once more elsewhere is a fact of its own; so is a figure whose printed code is wrong.
    facts = facts_of(found["facts"], stated.held - {_RECODED})
    return Filing(
        entity=Entity(found["unit"]),
        year=FiscalYear(YEAR),
        pack=PACK,
        kind="final_accounts",
        sheets=sheets.filled,
        projects=(_completion(sheets, source.json("completion_table")),),
        rubric_scores=tuple(_rubric(rubric)),
        stated_total=points(rubric["computed"]["stated_total_score"]),
        facts=facts,
        inputs=tuple(input_of(name, stated.fact(fact)) for name, fact in _INPUTS.items()),
    )


def _add_sheets(sheets: Sheets, stated: _Stated) -> None:
    summary = {
        "income.general_public": ("一般公共预算财政拨款收入", 12),
        "income.total_year": ("本年收入合计", 11),
        "expenditure.total_year": ("本年支出合计", 14),
    }
    sheets.add(
        "final.summary", [(row, name, {"amount": stated.text(n)}) for row, (name, n) in summary.items()]
    )
    sheets.total("final.income", stated.cells({"total": 11, "fiscal": 5}))
    sheets.total("final.expenditure", stated.cells({"total": 14, "basic": 15, "project": 17}))
    by_budget = {"general_public": 19, "government_fund": 68, "state_capital": 69}
    fiscal = [
        ("income.general_public", "一般公共预算财政拨款", stated.cells({"amount": 12})),
        ("expenditure.total_year", "本年支出合计", stated.cells(by_budget)),
    ]
    sheets.add("final.fiscal_summary", fiscal)
    rows = [("total", "合计", stated.cells({"total": 19, "basic": 40}))]
    by_code = sorted({**_CLASSES, **_ITEMS}.items())
    rows += [(code, stated.name(number), stated.cells({"total": number})) for code, number in by_code]
    sheets.add("final.general_public", rows)
    basic = (("personnel_total", "人员经费合计", 41), ("public_total", "公用经费合计", 42))
    sheets.add("final.basic", [(row, name, {"amount": stated.text(n)}) for row, name, n in basic])
    sheets.total("final.government_fund", stated.cells({"expenditure": 68}))
    sheets.total("final.state_capital", stated.cells({"total": 69}))
    three = [
        ("total" if row == "three_public" else row, name, stated.cells({"final": numbers["amount"]}))
        for row, (name, numbers) in _EXPLAINED.items()
        if row in _THREE_PUBLIC
    ]
    sheets.add("final.three_public", three)
    explained = [(row, name, stated.cells(numbers)) for row, (name, numbers) in _EXPLAINED.items()]
    sheets.add("final.explanation", explained)


_THREE_PUBLIC = (
    "three_public",
    "abroad",
    "vehicles",
    "vehicle_purchase",
    "vehicle_operation",
    "reception",
)


def _completion(sheets: Sheets, table: dict[str, Any]) -> Project:
    """Return the one table that reports on five projects together."""
    budget = table["budget"]
    rows = [
        (row, name, {"adjusted": budget[planned] or "", "executed": budget[executed] or ""})
        for row, name, planned, executed in _COMPLETION_ROWS
    ]
    return Project(
        name=table["projects_text"],
        funds=sheets.sheet("performance.funds", rows),
        indicators=tuple(_indicator(item) for item in table["indicators"]),
        texts={"unit_stamp": table["organisation"], "annual_goal": WORDS, "goal_result": WORDS},
    )


def _indicator(item: dict[str, Any]) -> Indicator:
    """Return an indicator; a target in words keeps them, a result in words is left out."""
    target, unit = item["target_text"], None
    operator = item["operator"] if item["operator"] and target.startswith(item["operator"]) else None
    if operator:
        unit = item["unit"]
        target = target.removeprefix(operator).removesuffix(unit)
    actual = item["actual_text"] if operator else WORDS
    levels = (item["level1"], item["level2"], item["level3"])
    return Indicator(*levels, operator=operator, target=target, unit=unit, actual=actual)


def _rubric(rubric: dict[str, Any]) -> Iterable[RubricScore]:
    """Yield the scored lines; where a line has no maximum of its own, that of its group is its."""
    for level1 in rubric["level1"]:
        for level2 in level1["level2"]:
            for line in level2["level3"]:
                stated = line["max"] if line["max"] is not None else line["max_inherited_from_level2"]
                scores = (points(stated), points(line["self_score"]))
                yield RubricScore(line["name"], level1["name"], level2["name"], *scores)
