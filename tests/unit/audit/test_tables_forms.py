"""Made-up tables of the demo authority become sheets."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hengjian.audit.form_tables import TableReading, sheets_from
from hengjian.documents import read_document
from hengjian.filing import Sheet
from hengjian.kernel import FiscalYear, Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.packs.schema import Form
from tests.unit.audit.drawn_tables import docx_tree

DEMO = standards_for(load_library(data_folder("packs")), "demo", FiscalYear(2022))

EXPENDITURE = """
    科目编码 | 科目名称 | 合计  | 日常支出 | 项目支出
             | 合计     | 9.00  | 6.00     | 3.00
    101      | 馆藏     | 5.00  | 5.00     |
    10101    | 图书购置 | 5.00  | 5.00     |
    103      | 活动     | 4.00  | 1.00     | 3.00
"""


def read(folder: Path, *parts: str, standards: Standards = DEMO) -> TableReading:
    return sheets_from(docx_tree(folder, *parts), standards)


def figures(sheet: Sheet) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {row: {} for row in sheet.rows}
    for (row, column), figure in sheet.figures.items():
        rows[row][column] = str(figure.value)
    return rows


def with_form(**declared: Any) -> Standards:  # noqa: ANN401 - a form as YAML would give it
    common = {"title": {"zh": "甲表", "en": "A"}, "kind": "demo", "unit": "万元", "from": 2018}
    form = Form.model_validate({**common, "basis": "made up", "verified": False, **declared})
    return replace(DEMO, forms={form.form: form})


def test_codes_names_and_places(tmp_path: Path) -> None:
    reading = read(tmp_path, "表2 甲协会2022年协会支出表", "单位：元", EXPENDITURE)
    sheet = reading.sheets["demo.expenditure"]
    assert figures(sheet) == {
        "total": {"total": "9.00元", "running": "6.00元", "project": "3.00元"},
        "101": {"total": "5.00元", "running": "5.00元"},
        "10101": {"total": "5.00元", "running": "5.00元"},
        "103": {"total": "4.00元", "running": "1.00元", "project": "3.00元"},
    }
    place = sheet.figures["103", "project"].place
    assert (place.row, place.column, place.quote) == ("活动", "项目支出", "活动 4.00 1.00 3.00")
    assert place.table == "表2 甲协会2022年协会支出表"
    assert (reading.findings, reading.unmatched) == ((), ())


@pytest.mark.parametrize(
    ("title", "is_form"),
    [
        ("协会支出表", True),
        ("附件3：2022年度甲区图书馆协会支出表（公开02表）", True),
        ("支  出  表（续）", True),
        ("政府性基金支出表", False),
        ("项目支出表", False),
        ("支出表填写说明", False),
    ],
)
def test_a_title_names_a_form_unless_it_names_another_one(tmp_path: Path, title: str, is_form: bool) -> None:
    table = EXPENDITURE.replace("日常支出", "行政支出")  # the head alone would not do
    assert bool(read(tmp_path, title, table).sheets) is is_form


def test_two_sides_with_numbered_rows_and_columns(tmp_path: Path) -> None:
    table = """
        收入           | <    | <      | 支出         | <    | <
        项目           | 行次 | 预算数 | 项目         | 行次 | 预算数
        栏次           |      | 1      | 栏次         |      | 2
        一、会费收入   | 1    | 4.00   | 一、馆藏     | 11   | 5.00
        （二）资助收入 | 2    | 5.00   | 三、活动     | 12   | 4.00
                       | 3    |        |              | 13   |
        本年收入合计   | 4    | 9.00   | 本年支出合计 | 14   | 9.00
        收入总计       | 5    | 9.00   | 支出总计     | 15   | 9.00
        注：本表反映全年收支。 | < | < | < | < | <
    """
    reading = read(tmp_path, "协会收支总表", "公开01表", table)
    sheet = reading.sheets["demo.summary"]
    assert figures(sheet) == {
        "income.dues": {"amount": "4.00万元"},
        "101": {"amount": "5.00万元"},
        "income.grants": {"amount": "5.00万元"},
        "103": {"amount": "4.00万元"},
        "income.total_year": {"amount": "9.00万元"},
        "expenditure.total_year": {"amount": "9.00万元"},
        "income.total": {"amount": "9.00万元"},
        "expenditure.total": {"amount": "9.00万元"},
    }
    assert sheet.note == "注：本表反映全年收支。"
    assert sheet.figures["income.dues", "amount"].place.quote == "一、会费收入 1 4.00"
    assert reading.findings == ()


def test_stacked_heads_last_year_and_shared_heads(tmp_path: Path) -> None:
    table = """
        项目     | <        | 2021年预算 | 2022年支出预算 | <        | <        | 增减
        科目编码 | 科目名称 | ^          | 合计           | 日常支出 | 项目支出 | ^
        101      | 馆藏     | 1.00       | 5.00           | 5.00     |          | 4.00
    """
    reading = read(tmp_path, "协会支出表", table)
    assert figures(reading.sheets["demo.expenditure"]) == {
        "101": {"total": "5.00万元", "running": "5.00万元"}
    }
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("table.unmapped", Severity.INFO)
    assert "2021年预算" in finding.message.zh
    assert "增减" in finding.message.zh


def test_heads_whose_merged_cells_were_dropped(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    rows = [
        ["科目编码", "科目名称", "2022年预算数"],
        ["", "", "合计", "其中"],
        ["", "", "", "日常支出", "项目支出"],
        ["101", "馆藏", "5.00", "4.00", "1.00"],
    ]
    dump = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)
    path.write_text(f"协会支出表\n{dump}\n\n\n", encoding="utf-8")
    sheet = sheets_from(read_document(path), DEMO).sheets["demo.expenditure"]
    assert figures(sheet) == {"101": {"total": "5.00万元", "running": "4.00万元", "project": "1.00万元"}}


@pytest.mark.parametrize(
    "rows",
    [
        "101|<|馆藏|5.00\n10101|<|图书购置|5.00",
        "101||馆藏|5.00\n101|01|图书购置|5.00",
        "101||馆藏|5.00\n|01|图书购置|5.00",
        "[101]||　馆藏|5.00\n10101||　　图书 购置|5.00",
        "||101 馆藏|5.00\n||10101-图书购置|5.00",
        "||馆藏（101）|5.00\n||图书购置（10101）|5.00",
        "101||馆藏|5.00\n101-01||图书购置|5.00",
        "||馆藏|5.00\n||图书购置|5.00",
    ],
)
def test_codes_are_read_in_every_shape(tmp_path: Path, rows: str) -> None:
    reading = read(tmp_path, "协会支出表", f"科目编码|<|科目名称|合计\n类|款|^|^\n{rows}")
    assert figures(reading.sheets["demo.expenditure"]) == {
        "101": {"total": "5.00万元"},
        "10101": {"total": "5.00万元"},
    }
    assert reading.findings == ()


def test_blocks_side_by_side_and_a_total_that_reaches_over(tmp_path: Path) -> None:
    standards = with_form(
        form="demo.basic",
        captions=["基本支出表"],
        columns=[{"id": "amount", "captions": ["金额"]}],
        rows=[{"id": "personnel", "captions": ["馆藏合计"]}, {"id": "public", "captions": ["其他合计"]}],
        code_rows={"scheme": "purpose", "levels": [3, 5]},
    )
    table = """
        编码     | 名称     | 金额 | 编码     | 名称 | 金额 | 编码 | 名称 | 金额
        101      | 馆藏     | 5.00 | 102      | 馆舍 | 2.00 | 103  | 活动 | 1.00
        10101    | 图书购置 | 5.00 | 10201    | 水电 | 2.00 |      |      |
        馆藏合计 | <        | 5.00 | 其他合计 | <    | <    | <    | <    | 3.00
    """
    sheet = read(tmp_path, "基本支出表", table, standards=standards).sheets["demo.basic"]
    assert {row: cells["amount"] for row, cells in figures(sheet).items()} == {
        "101": "5.00万元",
        "102": "2.00万元",
        "103": "1.00万元",
        "10101": "5.00万元",
        "10201": "2.00万元",
        "personnel": "5.00万元",
        "public": "3.00万元",
    }


THREE = {
    "form": "demo.three",
    "captions": ["公务费用表"],
    "columns": [{"id": "budget", "captions": ["预算数"]}, {"id": "final", "captions": ["决算数"]}],
    "rows": [
        {"id": "total", "captions": ["合计"]},
        {"id": "abroad", "of_which": "total", "captions": ["出国费"]},
        {"id": "vehicles", "of_which": "total", "captions": ["车辆购置及运行费"]},
        {"id": "purchase", "of_which": "vehicles", "captions": ["车辆购置费"]},
        {"id": "running", "of_which": "vehicles", "captions": ["车辆运行费"]},
        {"id": "reception", "of_which": "total", "captions": ["接待费"]},
    ],
}
STATED = {
    "total": {"budget": "9万元", "final": "8万元"},
    "abroad": {},
    "vehicles": {"budget": "5万元", "final": "5万元"},
    "purchase": {"budget": "2万元", "final": "2万元"},
    "running": {"budget": "3万元", "final": "3万元"},
    "reception": {"budget": "4万元", "final": "3万元"},
}


@pytest.mark.parametrize(
    "table",
    [
        """
        2022年预算数 | <      | <                | <      | <      | <      | 2022年决算数 | < | < | < | < | <
        合计 | 出国费 | 车辆购置及运行费 | < | < | 接待费 | 合计 | 出国费 | 车辆购置及运行费 | < | < | 接待费
        ^    | ^      | 合计             | 购置费 | 运行费 | ^ | ^    | ^      | 合计 | 购置费 | 运行费 | ^
        1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
        9 |   | 5 | 2 | 3 | 4 | 8 |   | 5 | 2  | 3  | 3
        """,
        """
        合计|<|出国费|<|车辆购置及运行费|<|<|<|<|<|接待费|<
        ^|<|^|<|小计|<|购置费|<|运行费|<|^|<
        预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数
        9|8|||5|5|2|2|3|3|4|3
        """,
        """
        项目                    | 预算数 | 决算数
        合计                    | 9      | 8
        一、出国费              |        |
        二、车辆购置及运行费    | 5      | 5
        其中：购置费            | 2      | 2
        运行费                  | 3      | 3
        三、接待费              | 4      | 3
        """,
    ],
)
def test_rows_may_stand_as_columns(tmp_path: Path, table: str) -> None:
    reading = read(tmp_path, "公务费用表", table, standards=with_form(**THREE))
    assert figures(reading.sheets["demo.three"]) == STATED
    assert reading.findings == ()


def test_one_caption_for_two_rows_is_told_apart_by_order(tmp_path: Path) -> None:
    fund = {"captions": ["会费"], "of_which": "income"}
    standards = with_form(
        form="demo.flow",
        captions=["资金表"],
        columns=[{"id": "amount", "captions": ["金额"]}],
        rows=[
            {"id": "income", "captions": ["本年收入"]},
            {"id": "dues", **fund},
            {"id": "carried", "captions": ["上年结转"]},
            {"id": "carried_dues", "captions": ["会费"], "of_which": "carried"},
        ],
    )
    table = "项目|金额\n一、上年结转|2\n会费|2\n二、本年收入|3\n会费|3"
    sheet = read(tmp_path, "资金表", table, standards=standards).sheets["demo.flow"]
    assert {row: cells["amount"] for row, cells in figures(sheet).items()} == {
        "carried": "2万元",
        "carried_dues": "2万元",
        "income": "3万元",
        "dues": "3万元",
    }


def test_what_is_no_number_is_reported_and_left_blank(tmp_path: Path) -> None:
    table = "科目编码|科目名称|合计|日常支出|项目支出\n101|馆藏|5.O0|无|-"
    reading = read(tmp_path, "协会支出表", table)
    assert figures(reading.sheets["demo.expenditure"]) == {"101": {}}
    assert [(f.code, f.severity, f.stated, f.place.column) for f in reading.findings] == [
        ("table.not-a-number", Severity.WARNING, "5.O0", "合计"),
        ("table.not-a-number", Severity.INFO, "无", "日常支出"),
    ]


def test_a_code_that_the_edition_lacks_is_kept_and_reported(tmp_path: Path) -> None:
    table = "科目编码|科目名称|合计\n103|活动|5\n10309|展览|2\n10307|电影|3"
    reading = read(tmp_path, "协会支出表", table)
    assert list(reading.sheets["demo.expenditure"].rows) == ["103", "10309", "10307"]
    other, none = reading.findings
    assert (other.severity, other.stated, other.expected) == (Severity.WARNING, "10309", "10302")
    assert (none.severity, none.stated, none.expected) == (Severity.INFO, "10307", None)


def test_rows_that_the_form_lacks_are_named_in_one_finding(tmp_path: Path) -> None:
    reading = read(tmp_path, "协会支出表", "科目名称|合计|备注\n馆藏|5|好\n食堂|2|\n花园|1|")
    (finding,) = reading.findings
    assert finding.code == "table.unmapped"
    assert all(name in finding.message.zh for name in ("食堂", "花园", "备注"))


def test_an_empty_form_keeps_its_statement(tmp_path: Path) -> None:
    for number, parts in enumerate(
        [
            ("协会支出表", "科目编码|科目名称|合计\n||", "本协会全年没有支出，故本表无数据。"),
            ("协会支出表", "科目编码|科目名称|合计\n本年没有支出，故本表无数据。|<|<"),
            ("协会支出表", "本年没有支出，故本表无数据。|"),
            (
                "协会支出表",
                "科目编码|科目名称|合计\n||",
                "注：本表反映全年收支。\n没有支出的，仍保留本表，并作说明。\n说明：本年没有支出，故本表无数据。",
            ),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        sheet = read(folder, *parts).sheets["demo.expenditure"]
        assert not sheet.figures
        assert sheet.note is not None
        assert sheet.note.endswith("故本表无数据。")


def test_a_form_goes_on_over_pages_with_or_without_its_head(tmp_path: Path) -> None:
    head = "科目编码|科目名称|合计"
    parts = ["协会支出表", f"{head}\n|合计|9\n101|馆藏|5", " ", "10101|图书购置|5\n103|活动|4", " "]
    reading = read(tmp_path, *parts, f"{head}\n10301|讲座|4")
    assert list(reading.sheets["demo.expenditure"].rows) == ["total", "101", "10101", "103", "10301"]
    assert (reading.findings, reading.unmatched) == ((), ())


def test_a_form_that_comes_twice_is_kept_once(tmp_path: Path) -> None:
    table = "科目编码|科目名称|合计\n|合计|{}\n101|馆藏|{}"
    empty, first, second = table.format("", ""), table.format(5, 5), table.format(6, 6)
    parts: list[str] = []
    for each in (empty, first, first, second):
        parts += ["文字说明。", "协会支出表", each]
    reading = read(tmp_path, *parts)
    assert figures(reading.sheets["demo.expenditure"])["total"] == {"total": "5万元"}
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("table.repeated", Severity.INFO)


def test_a_table_without_title_is_known_by_its_head_and_rows(tmp_path: Path) -> None:
    reading = read(tmp_path, "如下。", EXPENDITURE)
    assert list(reading.sheets) == ["demo.expenditure"]
    assert reading.sheets["demo.expenditure"].place.table == "协会支出表"


def test_a_column_may_state_its_own_unit(tmp_path: Path) -> None:
    table = "项目|人次|费用（金额单位：万元）\n讲座|120|3.5"
    sheet = read(tmp_path, "活动情况表", table).sheets["demo.activity"]
    assert figures(sheet) == {"talks": {"visitors": "120", "cost": "3.5万元"}}


def test_a_table_without_unit_has_that_of_the_form_before_it(tmp_path: Path) -> None:
    first = "科目编码|科目名称|合计\n101|馆藏|5"
    second = "收入|<|支出|<\n项目|预算数|项目|预算数\n会费收入|9|馆藏|5"
    sheets = read(tmp_path, "协会支出表", "单位：元", first, "协会收支总表", second).sheets
    assert figures(sheets["demo.summary"])["101"] == {"amount": "5元"}
    sheets = read(tmp_path, "协会支出表", first, "协会收支总表", "单位：元", second).sheets
    assert figures(sheets["demo.expenditure"])["101"] == {"total": "5万元"}


def test_a_merged_figure_belongs_to_the_first_of_its_rows(tmp_path: Path) -> None:
    table = "科目编码|科目名称|合计|日常支出\n101|馆藏|5|5\n10101|图书购置|^|2"
    sheet = read(tmp_path, "协会支出表", table).sheets["demo.expenditure"]
    assert figures(sheet)["10101"] == {"running": "2万元"}


@pytest.mark.parametrize(
    "table",
    [
        "协会支出表说明：全年支出9.00万元，比上年增加1.00万元，增长12.5%，主要是活动增加。|备注\n（一）|无",
        "一|二\n三|四",
        "|\n|",
        "合计|5",
        "协会支出表|<\n|",
        "5|6\n7|8",
    ],
)
def test_other_tables_are_left_alone(tmp_path: Path, table: str) -> None:
    reading = read(tmp_path, "情况说明。", table)
    assert not reading.sheets
    assert len(reading.unmatched) == 1


def test_a_titled_table_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    reading = read(tmp_path, "协会支出表", "甲|乙\n丙|5")
    assert not reading.sheets
    assert len(reading.unmatched) == 1
    assert [finding.code for finding in reading.findings] == ["table.unmapped"]


def test_a_caption_as_it_stands_goes_before_one_that_lost_its_brackets(tmp_path: Path) -> None:
    standards = with_form(
        form="demo.capital",
        captions=["资本表"],
        columns=[
            {"id": "construction", "captions": ["资本性支出（基本建设）"]},
            {"id": "capital", "captions": ["资本性支出"]},
        ],
        rows=[
            {"id": "new", "captions": ["设备（新）"]},
            {"id": "all", "captions": ["设备"]},
        ],
    )
    table = "项目|资本性支出（基本建设）|资本性支出\n设备（新）|1|2\n设备|3|4"
    reading = read(tmp_path, "资本表", table, standards=standards)
    assert figures(reading.sheets["demo.capital"]) == {
        "new": {"construction": "1万元", "capital": "2万元"},
        "all": {"construction": "3万元", "capital": "4万元"},
    }


def test_a_name_broken_over_lines_is_reported_on_one(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, "协会支出表", "科目编码|科目名称|合计\n177|图书\\n交换|9").findings
    assert (finding.code, "图书交换" in finding.message.zh) == ("table.unknown-code", True)


def test_numbers_of_units_are_no_codes(tmp_path: Path) -> None:
    by_code = """
        科目编码 | 单位代码 | 单位名称（科目） | 合计
                 |          | 合计             | 9
        101      |          | 馆藏             | 9
        10101    | 103001   | 图书购置         | 9
    """
    by_unit = """
        部门（单位）代码 | 部门（单位）名称 | 合计
        103              | 甲馆             | 9
                         | 合计             | 9
    """
    rows = [
        list(read(tmp_path, "协会支出表", table).sheets["demo.expenditure"].rows)
        for table in (by_code, by_unit)
    ]
    assert rows == [["total", "101", "10101"], ["total"]]
