"""Made-up evaluation forms and tables of targets become projects."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from hengjian.audit.evaluation_grid import ProjectReading, projects_from_tables
from hengjian.audit.tables import reading_labels
from hengjian.documents import read_document
from hengjian.filing import Indicator, Project
from hengjian.kernel import FiscalYear, Place
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from tests.unit.audit.drawn_tables import docx_tree
from tests.unit.authoring.full import FULL
from tests.unit.authoring.sample import FILING, rendered

LIBRARY = load_library(data_folder("packs"))
DEMO = standards_for(LIBRARY, "demo", FiscalYear(2022))
LABELS = reading_labels(LIBRARY)

SCORED = """
    项目名称      | <            | 88000022T000000000101-流动书车 | < | < | < | < | < | <
    主管部门      | <            | 甲区图书馆协会 | < | < | 实施单位 | <    | 甲区图书馆 | <
    项目资金（元） |             | <            | 年初预算 | 调整后预算数 | 执行数 | 分值 | 执行率 | 得分
    ^             | 总额         | <            | 1000     | 1,200        | 1,080  | 10   | 90%    | 9
    ^             | 其中：财政资金 | <          | 1000     | 1,200        | 1,080  | —    |        | —
    ^             | 捐赠         | <            | 5        |              |        |      |        |
    ^             | 其他资金     | <            |          |              |        | —    |        | —
    年度总体目标  | 预期目标     | <            | <        | <            | 实际完成情况 | < | <  | <
    ^             | 开进二十个村。 | <          | <        | <            | 开进十八个村。 | < | < | <
    绩效指标      | 一级指标     | 二级指标     | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    ^             | 产出指标（50分） | 数量指标 | 到村次数 | ≥20次        | 18次   | 30   | 27     | 汛期停运
    ^             | ^            | 时效指标     | 按时率   | ≥95%         | 96%    | 20   | 20     |
    ^             | ^            | ^            | 指标2    |              |        |      |        |
    ^             | 效益指标     | 社会效益指标 | 读者增加 | 明显         | 明显   | 30   | 30     |
    ^             | 满意度指标   | 服务对象满意度指标 | 读者满意度 | 不低于90% | 91% | 10  | 十     |
    总分          | <            | <            | <        | <            | <      | 100  | 96     |
    评价结论      | 自评得分96分，总体较好。 | < | <       | <            | <      | <    | <      | <
    存在问题      |              | <            | <        | <            | <      | <    | <      | <
"""


def read(folder: Path, *parts: str) -> ProjectReading:
    return projects_from_tables(docx_tree(folder, *parts), DEMO, LABELS)


def rows(indicators: Sequence[Indicator]) -> list[tuple[str | None, ...]]:
    return [(i.level1, i.level2, i.name, i.operator, i.target, i.unit, i.actual) for i in indicators]


def test_a_scored_form(tmp_path: Path) -> None:
    reading = read(tmp_path, "项目支出绩效自评表", "（2022年度）", SCORED)
    (project,) = reading.projects
    assert (project.code, project.name) == ("88000022T000000000101", "流动书车")
    assert project.funds is not None
    assert {cell: str(figure.value) for cell, figure in project.funds.figures.items()} == {
        ("total", "initial"): "1000元",
        ("total", "adjusted"): "1,200元",
        ("total", "executed"): "1,080元",
        ("total", "rate"): "90%",
        ("fiscal", "initial"): "1000元",
        ("fiscal", "adjusted"): "1,200元",
        ("fiscal", "executed"): "1,080元",
    }
    assert list(project.funds.rows) == ["total", "fiscal", "other"]
    assert rows(project.indicators) == [
        ("产出指标", "数量指标", "到村次数", "≥", "20", "次", "18次"),
        ("产出指标", "时效指标", "按时率", "≥", "95", "%", "96%"),
        ("效益指标", "社会效益指标", "读者增加", None, "明显", None, "明显"),
        ("满意度指标", "服务对象满意度指标", "读者满意度", "≥", "90", "%", "91%"),
    ]
    assert [i.score for i in project.indicators] == [Decimal(27), Decimal(20), Decimal(30), None]
    assert (project.execution_weight, project.execution_score) == (Decimal(10), Decimal(9))
    points = (project.stated_weight, project.stated_score, project.conclusion_score)
    assert points == (Decimal(100), Decimal(96), Decimal(96))
    assert project.texts == {
        "department": "甲区图书馆协会",
        "unit_stamp": "甲区图书馆",
        "annual_goal": "开进二十个村。",
        "goal_result": "开进十八个村。",
        "conclusion": "自评得分96分，总体较好。",
        "problems": "",
    }


def test_every_part_has_a_place_with_the_words_of_its_row(tmp_path: Path) -> None:
    (project,) = read(tmp_path, "项目支出绩效自评表", SCORED).projects
    assert project.indicators[0].place.quote == "到村次数 ≥20次 18次 30 27"
    assert project.place_of("execution").quote == "总额 1000 1,200 1,080 10 90% 9"
    assert project.place_of("total").quote == "总分 100 96"
    assert project.place_of("conclusion").quote == "评价结论 自评得分96分，总体较好。"
    assert project.place_of("problems").quote == "存在问题"
    assert project.place_of("project_name").quote == "项目名称 88000022T000000000101-流动书车"
    assert {place.table for place in project.places.values()} == {"流动书车"}


def test_what_cannot_be_read_is_reported(tmp_path: Path) -> None:
    findings = read(tmp_path, "项目支出绩效自评表", SCORED).findings
    stray, unmapped = findings
    assert (stray.code, stray.stated, stray.place.row) == ("table.not-a-number", "十", "读者满意度")
    assert unmapped.code == "table.unmapped"
    assert "捐赠" in unmapped.message.zh


@pytest.mark.parametrize("pack", sorted(LIBRARY.packs))
def test_the_written_form_reads_back(tmp_path: Path, pack: str) -> None:
    standards = standards_for(LIBRARY, pack, FILING.year)
    if "self_evaluation" not in standards.layouts:
        pytest.skip("this authority has no form to write")
    layout = standards.layouts["self_evaluation"]
    printed = {cell.text for line in layout.lines for cell in line.cells if cell.text is not None}
    natures = any(cell.value == "nature" for line in layout.lines for cell in line.cells)
    path = tmp_path / "form.docx"
    path.write_bytes(rendered(FILING, standards))
    reading = projects_from_tables(read_document(path), standards, LABELS)
    read = [comparable(project, printed, natures=True) for project in reading.projects]
    assert read == [comparable(project, printed, natures=natures) for project in FILING.projects]
    assert reading.findings == ()


def comparable(project: Project, printed: set[str], *, natures: bool) -> dict[str, object]:
    """Return what a form prints of a project: no places, and a blank cell for a text that is not there.

    The form prints the filing's department as the unit; the score in the conclusion is read from its words. A
    form without a column for the nature of a target does not tell a qualitative one by a word, and prints a
    result with its unit.
    """
    funds = {} if project.funds is None else {c: f.value for c, f in project.funds.figures.items()}
    return {
        "name": (project.code, project.name),
        "funds": funds,
        "indicators": [comparable_indicator(each, natures=natures) for each in project.indicators],
        "execution": (project.execution_weight, project.execution_score),
        "total": (project.stated_weight, project.stated_score),
        "texts": {
            label: text for label, text in project.texts.items() if text and label in printed - {"unit_stamp"}
        },
    }


def comparable_indicator(indicator: Indicator, *, natures: bool) -> Indicator:
    if natures:
        return replace(indicator, place=Place())
    operator = None if indicator.operator == "qualitative" else indicator.operator
    actual = indicator.actual + (indicator.unit or "") if indicator.actual is not None else None
    return replace(indicator, place=Place(), operator=operator, actual=actual)


TARGETS = """
    绩效目标 | 开进二十个村。 | < | < | < | <
    一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 | 指标值确定依据
    产出指标 | 数量指标 | 到村次数 | 全年开进村里的次数 | ≥20次 | 计划标准
             | 时效指标 | 完成时限 | 年底前完成 | 按时完成 | 计划标准
             | 成本指标 | 人均成本 | 每人每年 | 2元/人/年 | 行业标准
    效益指标 | 社会效益指标 | 读者增加 | 增加情况 | 明显 | 历史标准
"""


def test_a_table_of_targets_takes_the_name_from_its_caption(tmp_path: Path) -> None:
    reading = read(tmp_path, "3、“流动书车”项目绩效目标表", TARGETS)
    (project,) = reading.projects
    assert (project.name, project.texts) == ("“流动书车”项目", {"annual_goal": "开进二十个村。"})
    assert rows(project.indicators) == [
        ("产出指标", "数量指标", "到村次数", "≥", "20", "次", None),
        ("产出指标", "时效指标", "完成时限", None, "按时完成", None, None),
        ("产出指标", "成本指标", "人均成本", None, "2", "元/人/年", None),
        ("效益指标", "社会效益指标", "读者增加", None, "明显", None, None),
    ]
    assert project.indicators[0].basis == "计划标准"
    assert reading.findings == ()
    assert len(reading.tables) == 1


def test_a_listing_holds_many_projects(tmp_path: Path) -> None:
    table = """
        单位 | 项目名称 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重
        甲馆 | 88000022T000000000101-书车 | 下乡 | 产出指标 | 数量指标 | 次数 | ≥ | 20 | 次 | 60
        ^    | ^        | ^        | 效益指标 | 社会效益指标 | 成效 | 定性 | 好 | | 30
        乙馆 | 讲座     | 办讲座   | 产出指标 | 数量指标 | 场次 | ＝ | 6 | 场 | 90
    """
    first, second = read(tmp_path, "2022年项目绩效目标表", table).projects
    assert (first.code, first.name, first.texts["annual_goal"]) == ("88000022T000000000101", "书车", "下乡")
    assert rows(first.indicators) == [
        ("产出指标", "数量指标", "次数", "≥", "20", "次", None),
        ("效益指标", "社会效益指标", "成效", "qualitative", "好", None, None),
    ]
    assert (second.name, rows(second.indicators)) == (
        "讲座",
        [("产出指标", "数量指标", "场次", "=", "6", "场", None)],
    )


def test_forms_one_below_another_and_over_pages(tmp_path: Path) -> None:
    form = """
        项目名称：{}馆藏项目 | < | < | <
        年度目标 | 添置图书 | < | <
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 册数 | ≥{}册
    """
    first, second = form.format("甲", 1), form.format("乙", 2)
    further = "|质量指标|完好率|100%\n效益指标|社会效益指标|读者增加|明显"
    reading = read(tmp_path, "项目支出绩效目标申报表", first + second, " ", further)
    assert [(project.name, len(project.indicators)) for project in reading.projects] == [
        ("甲馆藏项目", 1),
        ("乙馆藏项目", 3),
    ]
    assert rows(reading.projects[1].indicators)[1][:3] == ("产出指标", "质量指标", "完好率")


def test_levels_go_on_below_a_head_that_is_printed_again(tmp_path: Path) -> None:
    head = "一级指标|二级指标|三级指标|指标值"
    first = f"项目名称|馆藏|<|<\n{head}\n产出指标|数量指标|册数|≥1册"
    (project,) = read(tmp_path, "项目绩效目标表", first, " ", f"{head}\n||种数|≥2种").projects
    assert [(i.level1, i.level2, i.name) for i in project.indicators] == [
        ("产出指标", "数量指标", "册数"),
        ("产出指标", "数量指标", "种数"),
    ]


def test_overall_targets_with_heads_over_one_line(tmp_path: Path) -> None:
    table = """
        部门名称 | 甲区图书馆协会 | < | < | < | < | < | <
        总体资金情况（元） | 预算支出总额 | 基本支出 | < | < | 项目支出 | < | <
        ^ | ^ | 合计 | 财政拨款 | 单位资金 | 合计 | 财政拨款 | 单位资金
        ^ | 50 | 30 | 30 | | 20 | 19 | 1
        整体绩效目标 | 服务读者 | < | < | < | < | < | <
        年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重
        ^ | 产出指标 | 数量指标 | 读者人次 | ≥ | 100 | 人次 | 90
    """
    reading = read(tmp_path, "部门整体支出绩效目标申报表", "（2022年度）", table)
    overall = reading.overall
    assert overall is not None
    assert overall.funds is not None
    assert overall.stated_unit == "元"
    assert {cell: str(figure.value) for cell, figure in overall.funds.figures.items()} == {
        ("total", "total"): "50元",
        ("basic", "total"): "30元",
        ("basic", "fiscal"): "30元",
        ("project", "total"): "20元",
        ("project", "fiscal"): "19元",
        ("project", "unit"): "1元",
    }
    assert rows(overall.indicators) == [("产出指标", "数量指标", "读者人次", "≥", "100", "人次", None)]
    assert reading.projects == ()


def test_amounts_that_stand_beside_their_names(tmp_path: Path) -> None:
    table = """
        项目名称 | 书车 | < | < | <
        预算执行情况（元） | 预算数： | 88万 | 执行数： | 80
        ^ | 其中-财政资金： | 88万 | 其中-财政资金： | 80
        绩效指标 | 一级指标 | 二级指标 | 三级指标 | 预期指标值
        ^ | 产出指标 | 数量指标 | 次数 | 12月31日前
    """
    (project,) = read(tmp_path, "项目绩效目标完成情况表", table).projects
    assert project.funds is not None
    assert {cell: int(f.value.interval.low) for cell, f in project.funds.figures.items()} == {
        ("total", "adjusted"): 875_000,
        ("total", "executed"): 79,
        ("fiscal", "adjusted"): 875_000,
        ("fiscal", "executed"): 79,
    }
    assert project.indicators[0].target == "12月31日前"


@pytest.mark.parametrize(
    "table",
    [
        "项目名称|预算资金|采购金额\n书架|5|5",
        "一级指标|二级指标|三级指标|指标解释|计分标准|自评得分\n产出|数量|次数|无|无|5",
        "项目名称|\n|",
        "项目名称|流动书车",
        "总分|100",
        "一级指标|二级指标|三级指标|指标值\n产出|数量|次数|5",
    ],
)
def test_other_tables_are_no_forms(tmp_path: Path, table: str) -> None:
    reading = read(tmp_path, "情况说明。", table)
    assert (reading.projects, reading.overall, reading.tables) == ((), None, ())


AMOUNT = """
    项目名称 | 流动书车 | < | <
    项目资金{unit} | 年度资金总额 | {amount} | <
    ^ | 其中：财政拨款 | {amount} | <
    年度目标 | 开进二十个村。 | < | <
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 到村次数 | ≥20次
"""


@pytest.mark.parametrize(
    ("unit", "amount", "yuan"),
    [
        ("（万元）", "12.50", Decimal(125000)),
        ("（元）", "12,500", Decimal(12500)),
        ("", "12.50万元", Decimal(125000)),
        ("", "12.50", None),
        ("（万元）", "待定", None),
    ],
)
def test_the_amount_of_a_form_of_targets_is_read_with_its_unit(
    tmp_path: Path, unit: str, amount: str, yuan: Decimal | None
) -> None:
    (project,) = read(tmp_path, "项目支出绩效目标申报表", AMOUNT.format(unit=unit, amount=amount)).projects
    figure = project.funds.figure("total", "initial") if project.funds is not None else None
    assert (figure.value.yuan if figure is not None else None) == yuan  # type: ignore[union-attr]
    assert len(project.indicators) == 1


def test_overall_targets_may_stand_in_two_tables(tmp_path: Path) -> None:
    path = tmp_path / "overall.docx"
    standards = standards_for(LIBRARY, "cn/sichuan", FiscalYear(2022))
    path.write_bytes(rendered(FULL, standards, "overall_targets"))
    overall = projects_from_tables(read_document(path), standards, LABELS).overall
    assert overall is not None
    assert overall.funds is not None
    assert FULL.overall is not None
    assert FULL.overall.funds is not None
    printed = {cell: figure.value for cell, figure in overall.funds.figures.items()}
    assert printed == {cell: figure.value for cell, figure in FULL.overall.funds.figures.items()}
    assert [each.name for each in overall.indicators] == [each.name for each in FULL.overall.indicators]
