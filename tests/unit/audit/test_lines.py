"""Forms whose cells a dump has broken over lines: invented ones, and those of a real publication."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.audit.evaluation_lines import projects_from_lines
from hengjian.audit.line_cursor import after_characters, find_label, label_at, printed_lines
from hengjian.audit.overall_lines import overall_from_lines
from hengjian.audit.tables import Labels, reading_labels
from hengjian.documents import DocumentTree, Line, read_document
from hengjian.filing import Indicator, Project
from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for

SHARED = Path(__file__).resolve().parents[4] / "shared"
NAME = "quxian-2022-final-accounts"
SOURCE, TRUTH = SHARED / "sources" / f"{NAME}.txt", SHARED / "truth" / NAME
needs_truth = pytest.mark.skipif(
    not TRUTH.is_dir() or not SOURCE.is_file(),
    reason="the hand-made truth is no part of the repository; it is not beside this checkout",
)


@cache
def standards() -> Standards:
    return standards_for(load_library(data_folder("packs")), "cn/sichuan", FiscalYear(2022))


@cache
def labels() -> Labels:
    return reading_labels(load_library(data_folder("packs")))


def lines_of(text: str, page: int | None = None) -> tuple[Line, ...]:
    return tuple(Line(number, line, page, 0) for number, line in enumerate(text.split("\n"), 1))


def document(text: str) -> DocumentTree:
    return DocumentTree("made-up.txt", "0" * 64, "txt", (), lines_of(text), None, wrapped=True)


def read_projects(text: str) -> tuple[Project, ...]:
    return projects_from_lines(document(text), labels(), standards().vocabulary)


def row_of(indicator: Indicator) -> tuple[str | None, ...]:
    """Return an indicator's cells as texts."""
    points = (str(each) if each is not None else None for each in (indicator.weight, indicator.score))
    cells = (indicator.operator, indicator.target, indicator.unit, indicator.actual)
    return (indicator.level1, indicator.level2, indicator.name, *cells, *points, indicator.shortfall)


# Invented forms

FORM = """\
部门预算项目支出绩效自评表（2022 年度）
项目名称 51000022T000001234567-青山书屋维护费
主管部门 青山部门
实施单位
（盖章） 青山书屋
项目
基本
情况
1.项目年度目标完成情况
项目年度目标 年度目标完成情况
维护书屋 已维护书屋
2.项目实施内容及过程概述
更换门窗，粉刷墙面。
预算
执行
情况
（10
分）
年度预算数（万元）
年初预算 调整后预算数 执行数 执行率 权重 得分 原因
总额 20.00 18.00 17.10 95.00% 10 9.5
其中：财政资金 20.00 18.00 17.10 95.00% / /
财政专户管理资金 0.00 0.00 0.00 0.00% / /
单位资金 0.00 0.00 0.00 0.00% / /
其他资金
绩效
指标
（90
分）
一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分
未完成原因分析
{rows}
合计 100 {total}
评价
结论 项目自评得分 {total} 分，书屋可以使用。
存在
问题 无
改进
措施 无
项目负责人：甲 财务负责人：乙
"""

PLAIN = """\
产出指标 数量指标 修缮书屋 ≥ 12 间 12 30 30
质量指标 验收合格率 ＝ 100 % 100 20 20
效益指标 社会效益指标 读者人数 ≥ 5000 人次 4800 30 28.8 阅览室停用两周
满意度指标 服务对象满意度指标 读者满意度 ≥ 90 % 95 10 10"""

WRAPPED = """\
产出指标 数量指标
修缮书
屋
≥ 12 间 12 30 30
质量指标 验收合格率 ＝
100 %
100
20 20
效益指标
社会效益
指标
读者人
数 ≥ 5000
人
次
4800 30 28.8
阅览室停用两周
满意度指标
服务对象满意
度指标
读者满意度 ≥ 90 % 95 10 10"""

READ = [
    ("产出指标", "数量指标", "修缮书屋", "≥", "12", "间", "12", "30", "30", None),
    ("产出指标", "质量指标", "验收合格率", "=", "100", "%", "100", "20", "20", None),
    ("效益指标", "社会效益指标", "读者人数", "≥", "5000", "人次", "4800", "30", "28.8", "阅览室停用两周"),
    ("满意度指标", "服务对象满意度指标", "读者满意度", "≥", "90", "%", "95", "10", "10", None),
]


def form(rows: str, total: str = "98.3") -> str:
    return FORM.format(rows=rows, total=total)


def test_a_form_is_read_whole() -> None:
    (project,) = read_projects(form(PLAIN))
    assert (project.code, project.name) == ("51000022T000001234567", "青山书屋维护费")
    assert [row_of(indicator) for indicator in project.indicators] == READ
    assert project.funds is not None
    stated = {cell: str(figure.value) for cell, figure in project.funds.figures.items()}
    assert stated["total", "initial"] == "20.00万元"
    assert stated["total", "adjusted"] == stated["fiscal", "adjusted"] == "18.00万元"
    assert stated["total", "executed"] == "17.10万元"
    assert stated["total", "rate"] == "95.00%"
    assert stated["unit", "executed"] == "0.00万元"
    assert not [cell for cell in stated if cell[0] == "other"], "an empty row states nothing"
    assert (project.execution_weight, project.execution_score) == (Decimal(10), Decimal("9.5"))
    assert (project.stated_weight, project.stated_score) == (Decimal(100), Decimal("98.3"))
    assert project.conclusion_score == Decimal("98.3")
    assert project.texts["overview"] == "更换门窗，粉刷墙面。"
    assert (project.texts["problems"], project.texts["measures"]) == ("无", "无")


def test_a_form_reads_the_same_however_its_cells_are_broken() -> None:
    (project,) = read_projects(form(WRAPPED))
    assert [row_of(indicator) for indicator in project.indicators] == READ


def test_blank_lines_and_page_numbers_change_nothing() -> None:
    spaced = form(WRAPPED).replace("\n", "\n\n")
    (project,) = read_projects(spaced)
    assert [row_of(indicator) for indicator in project.indicators] == READ


def test_several_forms_stay_apart() -> None:
    second = form(PLAIN, "77").replace("青山书屋维护费", "青山书屋搬迁费")
    projects = read_projects(form(WRAPPED) + second)
    assert [project.name for project in projects] == ["青山书屋维护费", "青山书屋搬迁费"]
    assert [project.stated_score for project in projects] == [Decimal("98.3"), Decimal(77)]
    assert [len(project.indicators) for project in projects] == [4, 4]


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("产出指标 数量指标 采购图书 ≥ 3,000 册 3,120 90 90", ("≥", "3,000", "册", "3,120", "90", "90")),
        ("产出指标 时效指标 修缮时限 ≤ 2 个工作日 1.5 90 90", ("≤", "2", "个工作日", "1.5", "90", "90")),
        ("产出指标 时效指标 修缮时限 ＜ 30 分钟 ＜30 90 90", ("<", "30", "分钟", "＜30", "90", "90")),
        ("产出指标 成本指标 每间费用 ≤ 4500 元 4,498.50 90 90", ("≤", "4500", "元", "4,498.50", "90", "90")),
        ("产出指标 质量指标 书目质量 定性 好 好 90 90", ("qualitative", "好", None, "好", "90", "90")),
        ("产出指标 质量指标 书目质量 定\n性 优良中低差 优 90 90",
         ("qualitative", "优良中低差", None, "优", "90", "90")),
        ("产出指标 质量指标 破损率 ≤ 0.5 % 0.45 90 89.5", ("≤", "0.5", "%", "0.45", "90", "89.5")),
    ],
)  # fmt: skip
def test_every_kind_of_row_is_read(row: str, read: tuple[str | None, ...]) -> None:
    (project,) = read_projects(form(row))
    (indicator,) = project.indicators
    assert row_of(indicator)[3:9] == read


def test_a_missing_score_or_result_is_blank_and_not_guessed() -> None:
    rows = form(PLAIN).replace("95.00% 10 9.5", "95.00% 10")
    (project,) = read_projects(rows.replace("合计 100 98.3", "合计 100"))
    assert (project.execution_weight, project.execution_score) == (Decimal(10), None)
    assert (project.stated_weight, project.stated_score) == (Decimal(100), None)
    assert project.conclusion_score == Decimal("98.3")
    (project,) = read_projects(form(PLAIN).replace("≥ 12 间 12 30 30", "≥ 12 间 30 30"))
    assert row_of(project.indicators[0])[3:9] == ("≥", "12", "间", None, "30", "30")


def test_a_funds_row_without_all_its_amounts_is_blank_and_not_guessed() -> None:
    (project,) = read_projects(
        form(PLAIN).replace("总额 20.00 18.00 17.10 95.00%", "总额 18.00 17.10 95.00%")
    )
    assert project.funds is not None
    assert not [cell for cell in project.funds.figures if cell[0] == "total"]


def test_the_unit_of_the_head_is_the_unit_of_the_funds() -> None:
    (project,) = read_projects(form(PLAIN).replace("年度预算数（万元）", "年度预算数（元）"))
    assert project.funds is not None
    figure = project.funds.figure("total", "initial")
    assert figure is not None
    assert str(figure.value) == "20.00元"


def test_places_lead_to_the_lines() -> None:
    text = form(WRAPPED)
    (project,) = read_projects(text)
    for indicator in project.indicators:
        assert indicator.place.quote is not None
        joined = "".join(text.split())
        assert "".join(indicator.place.quote.split()) in joined
        assert indicator.name in "".join(indicator.place.quote.split())
        assert text.split("\n")[(indicator.place.line or 0) - 1].strip()
        assert indicator.place.table == project.name


@pytest.mark.parametrize(
    "text",
    ["", "项目名称 甲", "项目名称 51-甲\n总额 1 1 1 100%\n一级指标\n", "一级指标 二级指标\n合计 100 90"],
)
def test_what_is_no_form_gives_no_indicators(text: str) -> None:
    assert [indicator for project in read_projects(text) for indicator in project.indicators] == []


OVERALL = """\
部门（单位）整体支出绩效目标申报表
（2022 年度）
预算（单位）名称：青山部门
总体资金情况（元）
预算支出总额 基本支出 项目支出
{amounts}
年度总体目标 书屋正常开放
年度绩效指标
一级指标 二级指标 三级指标
绩效指标性质 绩效指标值 绩效度量单位 权重
产出指标 数量指标 开放天数 ≥ 300 天 30
质量
指标 图书完好率 ≥ 95 % 20
时效指标 开放及时
性 定性 高中低 20
效益指标 社会效益指标 服务读者 ≥ 1.5 万人
次 20
其他说明 无
"""


@pytest.mark.parametrize(
    ("amounts", "split"),
    [("514.50 214.50 300.00", ("514.50", "214.50", "300.00")),
     ("514.50 214.50 214.50 300.00 300.00", ("514.50", "214.50", "300.00")),
     ("1,514.50 214.50 1,300.00", ("1,514.50", "214.50", "1,300.00")),
     ("514.50 214.50 290.00", None),
     ("514.50 214.50", None)],
)  # fmt: skip
def test_overall_funds_are_taken_only_when_they_add_up(amounts: str, split: tuple[str, ...] | None) -> None:
    overall = overall_from_lines(document(OVERALL.format(amounts=amounts)), labels(), standards().vocabulary)
    assert overall is not None
    assert overall.stated_unit == "元"
    if split is None:
        assert overall.funds is None
    else:
        assert overall.funds is not None
        figures = overall.funds.figures
        texts = [getattr(f.value, "text", None) for (_, column), f in figures.items() if column == "total"]
        assert tuple(texts) == split


def test_overall_indicators_are_read_without_results() -> None:
    overall = overall_from_lines(
        document(OVERALL.format(amounts="514.50 214.50 300.00")), labels(), standards().vocabulary
    )
    assert overall is not None
    assert [row_of(indicator)[:8] for indicator in overall.indicators] == [
        ("产出指标", "数量指标", "开放天数", "≥", "300", "天", None, "30"),
        ("产出指标", "质量指标", "图书完好率", "≥", "95", "%", None, "20"),
        ("产出指标", "时效指标", "开放及时性", "qualitative", "高中低", None, None, "20"),
        ("效益指标", "社会效益指标", "服务读者", "≥", "1.5", "万人次", None, "20"),
    ]


def test_a_document_without_such_a_form_has_no_overall_targets() -> None:
    assert overall_from_lines(document(form(PLAIN)), labels(), standards().vocabulary) is None


# The cursor


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [("评价结论 好", 0, 0, "好"), ("评价\n结论 好", 0, 1, "好"), ("评\n价\n结\n论\n好", 0, 3, ""),
     ("评价结论：好", 0, 0, "好"), ("评价\n结论: 好", 0, 1, "好"),
     ("评价 结论", 0, 0, ""), ("前言\n评价结论", 1, 1, "")],
)  # fmt: skip
def test_a_label_is_found_however_it_is_broken(text: str, first: int, last: int, rest: str) -> None:
    hit = find_label(lines_of(text), ["评价结论"])
    assert hit is not None
    assert (hit.first, hit.last, hit.rest) == (first, last, rest)


@pytest.mark.parametrize("text", ["评价结论书", "评价\n好\n结论", "综合评价结论", "评价 好\n结论", ""])
def test_other_words_are_not_the_label(text: str) -> None:
    assert find_label(lines_of(text), ["评价结论"]) is None


def test_the_longest_of_several_labels_is_meant() -> None:
    hit = label_at(lines_of("指标\n值\n单位"), ["指标", "指标值"], 0)
    assert hit is not None
    assert hit.last == 1


def test_a_number_alone_is_a_page_number_only_at_the_edge_of_a_page() -> None:
    numbered = [Line(1, "甲", 1, 0), Line(2, "5", 1, 0), Line(3, "乙", 1, 0), Line(4, "1", 1, 0)]
    following = [Line(5, "丙", 2, 0), Line(6, "   ", 2, 0), Line(7, "12", 2, 0), Line(8, "丁", 2, 0)]
    kept = [line.text for line in printed_lines([*numbered, *following])]
    assert kept == ["甲", "5", "乙", "丙", "12", "丁"]


def test_characters_are_counted_without_white_space() -> None:
    assert after_characters("甲 乙 丙丁", 3) == "丁"
    assert after_characters("甲乙", 5) == ""
    assert after_characters(" 甲乙", 0) == " 甲乙"


# The real publication


@cache
def published() -> DocumentTree:
    return read_document(SOURCE)


def truth(name: str) -> Any:  # noqa: ANN401 - every file has a shape of its own
    return json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"), parse_float=Decimal)


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


def judged_row(indicator: dict[str, Any]) -> tuple[Any, ...]:
    target, actual = indicator["target"] or {}, indicator["actual"] or {}
    names = (indicator["level1"], indicator["level2"], squeeze(indicator["level3"]))
    cells = (squeeze(target.get("text")), indicator["unit"], squeeze(actual.get("text")))
    return (*names, *cells, indicator["weight"], indicator["score"], squeeze(indicator["shortfall_reason"]))


def read_row(indicator: Indicator) -> tuple[Any, ...]:
    cells = (squeeze(indicator.target), indicator.unit, squeeze(indicator.actual))
    names = (indicator.level1, indicator.level2, indicator.name)
    return (*names, *cells, indicator.weight, indicator.score, squeeze(indicator.shortfall))


@needs_truth
def test_the_published_forms_are_read_as_they_were_by_hand() -> None:
    projects = projects_from_lines(published(), labels(), standards().vocabulary)
    judged = truth("projects")
    assert [(p.code, squeeze(p.name)) for p in projects] == [(j["code"], squeeze(j["name"])) for j in judged]
    assert [len(p.indicators) for p in projects] == [len(j["indicators"]) for j in judged]
    rows = [
        (read_row(mine), judged_row(theirs))
        for project, form in zip(projects, judged, strict=True)
        for mine, theirs in zip(project.indicators, form["indicators"], strict=True)
    ]
    assert len(rows) == 133
    different = [pair for pair in rows if pair[0] != pair[1]]
    assert len(different) <= 2, different


@needs_truth
def test_the_published_funds_scores_and_totals_are_read_as_they_were_by_hand() -> None:
    projects = projects_from_lines(published(), labels(), standards().vocabulary)
    for project, judged in zip(projects, truth("projects"), strict=True):
        assert project.funds is not None
        total = judged["budget"]["rows"][0]
        for column in ("initial", "adjusted", "executed"):
            figure = project.funds.figure("total", column)
            assert figure is not None
            assert getattr(figure.value, "text", None) == total[column]["text"], (project.name, column)
        assert project.execution_score == judged["budget"]["score"], project.name
        assert (project.stated_weight, project.stated_score, project.conclusion_score) == (
            judged["stated_total_weight"],
            judged["stated_total_score"],
            judged["conclusion_score"],
        ), project.name


@needs_truth
def test_the_published_overall_targets_are_read_as_they_were_by_hand() -> None:
    overall = overall_from_lines(published(), labels(), standards().vocabulary)
    judged = truth("overall_targets")
    assert overall is not None
    assert overall.stated_unit == judged["funds"]["stated_unit"]
    assert overall.funds is not None
    read = {cell[0]: getattr(f.value, "text", None) for cell, f in overall.funds.figures.items()}
    assert read == {
        "total": judged["funds"]["total"]["text"],
        "basic": judged["funds"]["basic"]["total"]["text"],
        "project": judged["funds"]["project"]["total"]["text"],
    }
    mine = [(i.level1, i.level2, i.name, squeeze(i.target), i.unit, i.weight) for i in overall.indicators]
    theirs = [
        (j["level1"], j["level2"], squeeze(j["level3"]), squeeze(j["value"]["text"]), j["unit"], j["weight"])
        for j in judged["indicators"]
    ]
    assert mine == theirs
