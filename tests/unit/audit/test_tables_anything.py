"""Whatever stands in a table, reading it neither fails nor makes figures up; what is printed reads back."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hengjian.audit.evaluation_grid import projects_from_tables
from hengjian.audit.form_tables import sheets_from
from hengjian.audit.tables import reading_labels
from hengjian.documents import DocumentTree, Table
from hengjian.documents.grid import RawCell, table_grid
from hengjian.kernel import Amount, FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for

LIBRARY = load_library(data_folder("packs"))
DEMO = standards_for(LIBRARY, "demo", FiscalYear(2022))
LABELS = reading_labels(LIBRARY)
TITLES = [
    "",
    "协会支出表",
    "协会收支总表",
    "活动情况表",
    "项目自评表",
    "甲项目绩效目标表",
    "部门整体支出绩效目标表",
    "另一表",
]
WORDS = [
    "", " ", "0", "-", "5.00", "1,234.50", "(3)", "99999999999999999999999999999999亿", "12%", "无",
    "一、", "合计", "总计", "科目编码", "科目名称", "项目", "收入", "支出", "栏次", "行次", "1",
    "2", "101", "10101", "20", "馆藏", "类", "日常支出", "项目支出", "预算数", "2021年预算数",
    "会费收入", "收入总计", "人次", "费用", "单位：元", "注：没有数据。", "项目名称", "主管部门",
    "年初预算", "调整后预算数", "执行数", "执行率", "权重", "得分", "总额", "其中：财政资金",
    "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "≥5次", "定性",
    "评价结论", "说" * 90, "绩效目标", "总体资金情况（元）", "预算支出总额", "基本支出", "上\n下",
    "\u3000", "：", "/", "（）",
]  # fmt: skip


def document(*tables: tuple[str, list[list[str]]]) -> DocumentTree:
    """Return a document that holds nothing but tables."""
    blocks: list[Table] = []
    line = 1
    for caption, rows in tables:
        raw = [[RawCell(text, line + r) for text in row] for r, row in enumerate(rows)]
        blocks.append(Table(caption, (), table_grid(raw), (), None, line))
        line += len(rows)
    return DocumentTree("made-up.txt", "", "txt", tuple(blocks), (), None, wrapped=False)


rows = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=1, max_size=9)


@given(st.lists(st.tuples(st.sampled_from(TITLES), rows), min_size=1, max_size=4))
def test_no_table_is_too_strange(tables: list[tuple[str, list[list[str]]]]) -> None:
    tree = document(*tables)
    texts = {text for _, lines in tables for row in lines for text in row}
    reading = sheets_from(tree, DEMO)
    for sheet in reading.sheets.values():
        for figure in sheet.figures.values():
            assert not isinstance(figure.value, Amount) or any(figure.value.text in text for text in texts)
            assert figure.place.row
            assert figure.row in sheet.rows
    for project in projects_from_tables(tree, DEMO, LABELS).projects:
        assert project.name
        assert all(indicator.place.line for indicator in project.indicators)


amounts = st.none() | st.decimals(min_value=Decimal(0), max_value=Decimal(10**9), places=2)


@given(
    st.lists(st.sampled_from(["101", "10101", "10102", "102", "10201", "103"]), unique=True, min_size=1),
    st.data(),
)
def test_what_is_printed_reads_back(codes: list[str], data: st.DataObject) -> None:
    columns = ["total", "running", "project"]
    stated = {(code, column): data.draw(amounts) for code in sorted(codes) for column in columns}
    lines = [["科目编码", "科目名称", "合计", "日常支出", "项目支出"]]
    for code in sorted(codes):
        figures = [stated[code, column] for column in columns]
        texts = ["" if figure is None else f"{figure:,.2f}" for figure in figures]
        lines.append([code, DEMO.schemes["purpose"].items[code].name, *texts])
    reading = sheets_from(document(("协会支出表", lines)), DEMO)
    read = reading.sheets["demo.expenditure"].figures
    assert {cell: figure.value.text for cell, figure in read.items() if isinstance(figure.value, Amount)} == {
        cell: f"{figure:,.2f}" for cell, figure in stated.items() if figure is not None
    }
    assert reading.findings == ()
