"""灵寿县医疗保障局2021年部门预算: eleven tables and the targets of eight projects."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from hengjian.filing import Entity, Fact, Filing, Indicator, Project
from hengjian.kernel import FiscalYear, Place
from hengjian.packs.load import Library
from hengjian.packs.schema import Form
from hengjian.packs.standards import squeeze
from truth.common import WORDS, Cells, Sheets, Source, plain_name

NAME, PACK, YEAR = "lingshou-2021-budget", "cn/hebei", 2021
_SIDES = {"收入": "income", "支出": "expenditure"}
_OPERATION = "三、机关运行经费安排情况"
_SHARE = re.compile(r"[^，。]+占[^，。]+的(?:比例|比率)")
_FIGURE = re.compile(r"\d+日内")
_CHANGES = "二、部门预算安排的总体情况 3、比上年增减情况"


def filing(truth: Path, library: Library) -> Filing:
    """Return the example."""
    source = Source.of(truth, NAME)
    tables, targets = source.json("tables"), source.json("targets")
    sheets = Sheets.of(library, PACK, YEAR)
    for table in tables["tables"]:
        _add_table(source, sheets, table)
    return Filing(
        entity=Entity(tables["department"], tables["department_code"]),
        year=FiscalYear(YEAR),
        pack=PACK,
        kind="budget",
        sheets=sheets.filled,
        projects=tuple(_project(sheets, table) for table in targets["tables"]),
        facts=(*_units(tables["other_tables"][0]), *_stated(source)),
    )


def _add_table(source: Source, sheets: Sheets, table: dict[str, Any]) -> None:
    title = squeeze(table["title"])
    form = next(f for f in sheets.standards.forms.values() if title in map(squeeze, f.captions))
    taken: set[str] = set()
    rows = [(_row(sheets, form, row, taken), row["name"], _cells(source, form, row)) for row in table["rows"]]
    # The two sides of a two-sided table stand side by side; a sheet has one below the other.
    rows.sort(key=lambda row: row[0].startswith("expenditure.") or row[0].isdecimal())
    if form.code_rows is not None and form.code_rows.side is None:
        rows.sort(key=lambda row: row[0] != "total")
    sheets.add(form.form, rows, table["title"], table.get("note"))


def _row(sheets: Sheets, form: Form, row: dict[str, Any], taken: set[str]) -> str:
    """Return the id of a row: its code, or the next fixed row of its side that is called so."""
    if row["code"]:
        return str(row["code"])
    side, name = _SIDES.get(row.get("side", "")), plain_name(row["name"])
    for fixed in form.rows:
        captions = {squeeze(caption) for caption in fixed.captions}
        if fixed.id not in taken and fixed.side == side and name in captions:
            taken.add(fixed.id)
            return fixed.id
    return sheets.code((name,))


def _cells(source: Source, form: Form, row: dict[str, Any]) -> Cells:
    """Return a row's cells as the text states them, held against the numbers of the truth."""
    printed = []
    for line in source.lines[row["line"] - 1 :]:
        if not line.startswith("\t"):
            break
        printed.append(line.strip("\t \u3000"))
    first = [squeeze(text) for text in printed].index(squeeze(row["name"])) + 1
    cells: dict[str, str] = {}
    for text, (caption, number) in zip(printed[first:], row["values"].items(), strict=False):
        if (Decimal(text) if text else None) != number:
            raise ValueError(f"line {row['line']}: {text!r} is printed, {number} is true")
        column = next(c for c in form.columns if squeeze(caption) in map(squeeze, c.captions))
        cells[column.id] = text
    return cells


def _project(sheets: Sheets, table: dict[str, Any]) -> Project:
    name = table["project"]
    budget = table["budget_wan"]
    cells = {"initial": table["budget_quote"].removeprefix(name).removesuffix("万元")} if budget else {}
    funds = sheets.sheet("performance.funds", [("total", "预算数", cells)]) if budget else None
    indicators = tuple(_indicator(item) for item in table["indicators"])
    return Project(name, funds=funds, indicators=indicators, texts={"annual_goal": WORDS})


def _indicator(item: dict[str, Any]) -> Indicator:
    operator = item["operator"] if item["operator_written"] else None
    target = item["target_text"].removeprefix(operator or "").removesuffix(item["unit"] or "")
    return Indicator(
        item["level1"],
        item["level2"],
        item["level3"],
        operator=operator,
        target=target,
        unit=item["unit"],
        basis=item["basis"],
        description=_description(item),
    )


def _description(item: dict[str, Any]) -> str:
    """Return what a description states: terms of a share, a figure, the name again; else that it is words."""
    text = squeeze(item["description"])
    share, figure = _SHARE.search(text), _FIGURE.search(text)
    if share is not None:
        return share[0]
    if text == squeeze(item["level3"]):
        return text
    return figure[0] if figure is not None else WORDS


def _units(table: dict[str, Any]) -> Iterable[Fact]:
    """Return what the units of the department are."""
    columns = table["columns"][1:]
    for row in table["rows"]:
        for column, value in zip(columns, row[1:], strict=True):
            yield Fact(f"{row[0]} {column}", value, "", table["title"], None, Place(line=table["line"]))


def _stated(source: Source) -> Iterable[Fact]:
    """Return the figures of the explanation that no form holds."""
    assets = "七、国有资产信息"
    targets = "五、预算绩效信息 第一部分 部门整体绩效目标"
    three = "四、财政拨款“三公”经费预算情况及增减变化原因"
    yield source.fact("较2020年预算增加", "万元", _CHANGES, r"较2020年预算增加([\d.]+)万元")
    yield source.fact("基本支出增加", "万元", _CHANGES, r"其中：基本支出增加([\d.]+)万元")
    yield source.fact("项目支出增加", "万元", _CHANGES, r"；项目支出增加([\d.]+)万元")
    yield source.fact("机关运行经费", "万元", _OPERATION, r"机关运行经费共计安排([\d.]+)万元")
    yield source.fact("“三公”经费与2020年相比", "", three, r"与2020年相比(持平)")
    yield source.fact("政府采购预算", "万元", "六、政府采购预算情况", r"安排政府采购预算([\d.]+)万元")
    yield source.fact("上年末固定资产金额", "万元", assets, r"上年末固定资产金额为([\d.]+)万元", 2020)
    yield source.fact("拟购置固定资产总额", "万元", assets, r"拟购置固定资产总额为([\d.]+)万元")
    yield source.fact("固定资产占用情况截止时间", "", assets, r"截止时间：([\d-]+\d)项目", 2020)
    yield source.fact("参保人政策范围内住院报销比例", "%", targets, r"住院报销比例平均达到([\d.]+)%")
    yield source.fact(
        "特困人员、低保对象住院救助比例", "%", targets, r"政策范围内的住院救助比例达到([\d.]+)%"
    )
    yield source.fact("举报案件查处率", "%", targets, r"举报案件查处率达到([\d.]+)%")
    yield source.fact("举报案件办结率", "%", targets, r"举报案件办结率达到([\d.]+)%")
    yield source.fact("举报奖励发放率", "%", targets, r"举报奖励发放率达到([\d.]+)%")
