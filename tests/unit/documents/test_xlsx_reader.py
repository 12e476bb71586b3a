import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter

from hengjian.documents.bounds import Bounds
from hengjian.documents.number_format import parse_format
from hengjian.documents.tree import DocumentTree
from hengjian.documents.xlsx_reader import read_xlsx
from hengjian.kernel import InputError

Fill = Callable[[Any, Any], object]
ROWS = (("项目", "预算数", "决算数"), ("基本支出", 12.5, 12), ("项目支出", 3, 2.75))


def book(fill: Fill, **options: object) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    fill(made, made.add_worksheet("收支总表"))
    made.close()
    return out.getvalue()


def read(fill: Fill, bounds: Bounds | None = None, **options: object) -> DocumentTree:
    return read_xlsx(book(fill, **options), "book.xlsx", "0" * 64, bounds or Bounds())


def put(sheet: Any, rows: Any = ROWS, top: int = 0, left: int = 0, style: Any = None) -> None:  # noqa: ANN401
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value != "":
                sheet.write(top + r, left + c, value, style)


def only(tree: DocumentTree) -> tuple[tuple[str, ...], ...]:
    (table,) = tree.tables()
    return table.texts()


def test_a_title_and_a_unit_above_a_table_are_its_caption_and_note() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401
        sheet.merge_range("A1:C1", "某馆收支决算总表")
        sheet.write("C2", "单位：万元")
        put(sheet, top=2, style=made.add_format({"num_format": "#,##0.00"}))
        sheet.merge_range("A6:C6", "注：本表反映全年收支。")

    tree = read(fill)
    (table,) = tree.tables()
    assert table.caption == "某馆收支决算总表"
    assert table.notes == ("单位：万元", "注：本表反映全年收支。")
    assert table.texts() == (
        ("项目", "预算数", "决算数"),
        ("基本支出", "12.50", "12.00"),
        ("项目支出", "3.00", "2.75"),
    )
    assert table.section == ("收支总表",)
    assert tree.problems == ()
    assert [tree.lines[cell.line - 1].text for cell in table.cells if cell.text] == [
        cell.text for cell in table.cells if cell.text
    ]


def test_merged_cells_are_spans() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401, ARG001
        sheet.merge_range("A1:A2", "项目")
        sheet.merge_range("B1:C1", "支出")
        put(sheet, (("", "预算", "决算"), ("合计", 1, 2)), top=1)

    tree = read(fill)
    assert only(tree) == (("项目", "支出", ""), ("", "预算", "决算"), ("合计", "1", "2"))
    (table,) = tree.tables()
    assert [(cell.row_span, cell.column_span) for cell in table.cells[:2]] == [(2, 1), (1, 2)]


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (1234.5, "0.00", "1234.50"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.565, "#,##0.00_);(#,##0.00)", "-1,234.57"),
        (0.957, "0.0%", "95.7%"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (12345, '0!.0,"万元"', "1.2"),
        (1234567, "#,##0,", "1,235"),
        (0, '0.00;-0.00;""', "0.00"),
        (0, "0.00;-0.00;;@", ""),
        (44927, "yyyy-mm-dd", "2023-01-01"),
        (44927, 'yyyy"年"m"月"d"日"', "2023年1月1日"),
        (44927, 'yyyy"年"m"月"', "2023年1月"),
        (0.5, "h:mm", "12:00"),
        (2022, "0", "2022"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: float, code: str, expected: str) -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401
        put(sheet, (("项目", "数"), ("合计", "")))
        sheet.write_number("B2", value, made.add_format({"num_format": code}))

    assert only(read(fill))[1][1] == expected


def test_dates_may_count_from_1904() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401
        put(sheet, (("项目", "日期"), ("验收", "")))
        sheet.write_datetime("B2", datetime(2022, 6, 30), made.add_format({"num_format": 14}))  # noqa: DTZ001

    assert only(read(fill, date_1904=True))[1][1] == "2022-06-30"


def test_formulas_give_their_results_and_errors_are_named() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401, ARG001
        put(sheet, (("项目", "金额", "占比", "备注"), ("合计", "", "", "")))
        sheet.write_formula("B2", "=1+2", None, 3)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D2", "=A9", None, "完成")

    tree = read(fill)
    assert only(tree)[1] == ("合计", "3", "", "完成")
    assert [(p.code, p.place.section) for p in tree.problems] == [("input.cell-error", "收支总表 C2")]


def test_a_formula_that_was_never_calculated_is_named() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401, ARG001
        put(sheet, (("项目", "金额"), ("合计", "")))
        sheet.write_formula("B2", "=1+2", None, "")

    tree = read(fill)
    assert only(tree)[1] == ("合计", "")
    assert [p.code for p in tree.problems] == ["input.cell-uncalculated"]


def test_tables_one_below_another_are_parted_by_empty_rows() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401, ARG001
        sheet.write("A1", "表一")
        put(sheet, top=1)
        sheet.write("A7", "收入总表")
        put(sheet, (("来源", "金额"), ("拨款", 15.5)), top=7)

    first, second = read(fill).tables()
    assert (first.caption, second.caption) == ("表一", "收入总表")
    assert second.texts() == (("来源", "金额"), ("拨款", "15.5"))


def test_figures_after_an_empty_row_belong_to_the_table_above() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401, ARG001
        put(sheet)
        put(sheet, (("合计", 15.5, 14.75),), top=5)

    assert only(read(fill))[-1] == ("合计", "15.5", "14.75")


def test_hidden_sheets_rows_and_columns_are_left_out_and_said() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401
        put(sheet)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        other = made.add_worksheet("底稿")
        put(other)
        other.hide()

    tree = read(fill)
    assert only(tree) == (("项目", "决算数"), ("项目支出", "2.75"))
    assert {p.code for p in tree.problems} == {"input.cells-hidden", "input.sheet-hidden"}
    assert all(p.severity == "info" for p in tree.problems)


def test_a_merged_cell_shows_where_its_first_row_is_hidden() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401, ARG001
        put(sheet, (("级", "名称", "值"), ("", "甲", 1), ("", "乙", 2), ("", "丙", 3)))
        sheet.merge_range("A2:A4", "产出")
        sheet.set_row(1, None, None, {"hidden": True})

    tree = read(fill)
    assert only(tree) == (("级", "名称", "值"), ("产出", "乙", "2"), ("", "丙", "3"))


def test_a_sheet_of_prose_gives_paragraphs_and_rich_text_its_words() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401
        sheet.write("A1", "一、基本情况")
        sheet.write_rich_string("A2", made.add_format({"bold": True}), "本馆", "全年开放，读者满意。")

    tree = read(fill)
    assert not list(tree.tables())
    assert [(block.text, block.section[-1]) for block in tree.paragraphs()] == [
        ("本馆全年开放，读者满意。", "一、基本情况")
    ]


def test_formats_without_end_and_far_merges_do_no_harm() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401
        put(sheet)
        sheet.set_column("A:XFD", 5, made.add_format({"border": 1}))
        sheet.write_blank("A1000000", None, made.add_format({"border": 1}))
        # merge_range would write every one of the 17,000 million cells.
        sheet.merge.append([9, 0, 1_048_575, 16_383])

    assert only(read(fill))[2] == ("项目支出", "3", "2.75")


def test_a_sheet_over_the_bound_of_cells_is_refused() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401, ARG001
        put(sheet)
        put(sheet, (("甲", 1),), top=2, left=100)

    with pytest.raises(InputError) as caught:
        read(fill, Bounds(cells=100))
    assert caught.value.code == "input.too-complex"


def test_formats_that_divide_by_thousands() -> None:
    assert parse_format("0,,").shift == 6
    assert parse_format("#,##0").shift == 0


def test_of_merged_ranges_that_overlap_the_first_counts() -> None:
    def fill(made: Any, sheet: Any) -> None:  # noqa: ANN401, ARG001
        put(sheet, (("支出", "", "备注"), ("预算", "决算", ""), (1, 2, 3)))
        sheet.merge += [[0, 0, 0, 1], [0, 1, 1, 1], [0, 2, 1, 2]]

    tree = read(fill)
    assert only(tree) == (("支出", "", "备注"), ("预算", "决算", ""), ("1", "2", "3"))
