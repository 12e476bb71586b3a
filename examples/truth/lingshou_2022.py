"""灵寿县医疗保障局2022年度部门整体绩效自评报告: nine projects with funds and scores."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hengjian.filing import Entity, Fact, Filing, Project
from hengjian.kernel import FiscalYear, Place
from hengjian.packs.load import Library
from truth.common import Sheets, Source, facts_of, input_of, points

NAME, PACK, YEAR = "lingshou-2022-self-evaluation", "cn/hebei", 2022
_ASSETS = "部门固定资产占用情况表"
_ASSET_CELLS = {
    "ls22-f001": ("total", "value"),
    "ls22-f002": ("vehicles", "quantity"),
    "ls22-f003": ("vehicles", "value"),
    "ls22-f004": ("other", "quantity"),
    "ls22-f005": ("other", "value"),
}
_ASSET_ROWS = {
    "total": "资产总额",
    "buildings": "1、房屋（平方米）",
    "office_buildings": "其中：办公用房（平方米）",
    "vehicles": "2、车辆（台、辆）",
    "large_equipment": "3、单价在20万元以上的设备",
    "other": "4、其他固定资产（台、个等）",
}
_SCORE = "ls22-f069"
_INPUTS = {"budget_executed": "ls22-f013", "budget_adjusted": "ls22-f008"}
"""What the report prints of the figures that its scored lines follow from."""


def filing(truth: Path, library: Library) -> Filing:
    """Return the example."""
    source = Source.of(truth, NAME)
    found = source.json("facts")
    stated = {item["id"]: item for item in found["facts"]}
    sheets = Sheets.of(library, PACK, YEAR)
    rows: dict[str, dict[str, str]] = {row: {} for row in _ASSET_ROWS}
    for fact_id, (row, column) in _ASSET_CELLS.items():
        rows[row][column] = stated[fact_id]["value_text"]
    sheets.add("budget.assets", [(row, _ASSET_ROWS[row], cells) for row, cells in rows.items()], _ASSETS)
    in_projects = (item["id"] for item in found["facts"] if "project" in item)
    held = (*_ASSET_CELLS, _SCORE, *in_projects)
    return Filing(
        entity=Entity(found["department"], found["department_code"]),
        year=FiscalYear(YEAR),
        pack=PACK,
        kind="self_evaluation",
        sheets=sheets.filled,
        projects=tuple(_project(sheets, item, found["facts"]) for item in found["projects"]),
        stated_total=points(stated[_SCORE]["value_text"]),
        facts=(*_units(source, found["units"]), *facts_of(found["facts"], held)),
        inputs=tuple(input_of(name, stated[fact]) for name, fact in _INPUTS.items()),
    )


def _project(sheets: Sheets, item: dict[str, Any], facts: list[dict[str, Any]]) -> Project:
    """Return a project; the report speaks of its money as the adjusted budget."""
    stated = {fact["key"].rsplit(" ")[-1]: fact for fact in facts if fact.get("project") == item["no"]}
    cells = {
        "adjusted": stated["金额"]["value_text"],
        "executed": stated["实际支出"]["value_text"],
        "rate": f"{stated['预算执行率']['value_text']}%",
    }
    funds = sheets.sheet("performance.funds", [("total", "项目资金", cells)])
    return Project(item["name"], funds=funds, stated_score=points(stated["自评得分"]["value_text"]))


def _units(source: Source, units: list[dict[str, str]]) -> Iterable[Fact]:
    """Return what the units of the department are."""
    captions = {"nature": "单位性质", "rank": "单位规格", "funding": "经费保障形式"}
    line = next(number for number, text in enumerate(source.lines, 1) if units[0]["name"] in text)
    for unit in units:
        for key, caption in captions.items():
            yield Fact(f"{unit['name']} {caption}", unit[key], "", "部门机构设置情况", None, Place(line=line))
