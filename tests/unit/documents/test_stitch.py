"""Tables that go on over the page become one; other tables stay apart."""

from __future__ import annotations

from collections.abc import Sequence

from hengjian.documents.printed import PrintedTable
from hengjian.documents.stitch import LaidTable, stitch
from tests.unit.documents.printed_maker import HEIGHT, Item, centred, flow_page, line, table

Texts = Sequence[Sequence[str | None]]

EDGES = (60.0, 160.0, 300.0, 400.0, 520.0)
HEAD = ["科目编码", "科目名称", "合计", "基本支出"]
FIRST = [["201", "一般公共服务支出", "80.00", "60.00"], ["20103", "政府办公厅", "80.00", "60.00"]]
SECOND = [["208", "社会保障和就业支出", "12.00", "12.00"], ["20805", "养老支出", "12.00", "12.00"]]


def foot(rows: Texts, edges: Sequence[float] = EDGES, *, open_bottom: bool = False) -> PrintedTable:
    """Return a table that ends near the foot of its page."""
    return table(rows, edges, HEIGHT - 80 - 30 * len(rows), open_bottom=open_bottom)


def head(rows: Texts, edges: Sequence[float] = EDGES, *, open_top: bool = False) -> PrintedTable:
    """Return a table that begins at the top of its page."""
    return table(rows, edges, 70, open_top=open_top)


def grids(*pages: Sequence[Item]) -> list[list[list[str]]]:
    """Stitch pages and return the texts of the tables, repeated where a cell spans."""
    items = stitch([flow_page(at + 1, items) for at, items in enumerate(pages)])
    tables = [item for item in items if isinstance(item, LaidTable)]
    for each in tables:
        for r, row in enumerate(each.rows):
            for c, cell in enumerate(row):
                assert cell.row <= r < cell.row + cell.row_span
                assert cell.column <= c < cell.column + cell.column_span
    return [[[cell.text for cell in row] for row in each.rows] for each in tables]


def test_rows_are_appended_and_keep_their_page() -> None:
    pages = [[foot([HEAD, *FIRST])], [head(SECOND)]]
    assert grids(*pages) == [[HEAD, *FIRST, *SECOND]]
    (item,) = stitch([flow_page(at + 1, items) for at, items in enumerate(pages)])
    assert isinstance(item, LaidTable)
    assert [row[0].page for row in item.rows] == [1, 1, 1, 2, 2]


def test_a_head_printed_again_is_dropped() -> None:
    assert grids([foot([HEAD, *FIRST])], [head([HEAD, *SECOND])]) == [[HEAD, *FIRST, *SECOND]]


def test_the_title_and_unit_printed_again_are_dropped_with_the_head() -> None:
    above = [centred("支出决算表", 30), line("单位：万元", 50, 420)]
    again = [centred("支出决算表（续）", 30), line("单位：万元", 50, 420)]
    first: list[Item] = [*above, foot([HEAD, *FIRST])]
    assert grids(first, [*again, head([HEAD, *SECOND])]) == [[HEAD, *FIRST, *SECOND]]
    items = stitch(
        [flow_page(1, first), flow_page(2, [*again, head([HEAD, *SECOND]), line("注：无。", 300)])]
    )
    assert [item.text for item in items if not isinstance(item, LaidTable)] == [
        "支出决算表",
        "单位：万元",
        "注：无。",
    ]


def test_three_pages_become_one_table() -> None:
    middle = table(SECOND, EDGES, 70, 350)
    assert grids([foot([HEAD, *FIRST])], [middle], [head([HEAD, ["210", "卫生健康支出", "1.00", ""]])]) == [
        [HEAD, *FIRST, *SECOND, ["210", "卫生健康支出", "1.00", ""]]
    ]


def test_another_title_begins_another_table() -> None:
    first, second = [HEAD, *FIRST], [HEAD, *SECOND]
    assert grids([foot(first)], [centred("项目支出表", 40), head(second)]) == [first, second]


def test_other_columns_are_another_table() -> None:
    other = (60.0, 200.0, 340.0, 430.0, 470.0)
    assert len(grids([foot([HEAD, *FIRST])], [head(SECOND, other)])) == 2


def test_a_table_that_ended_early_is_over() -> None:
    assert len(grids([table([HEAD, *FIRST], EDGES, 100)], [head(SECOND)])) == 2


def test_a_form_for_each_project_is_a_table_of_its_own() -> None:
    edges = (60.0, 200.0, 520.0)
    title = centred("项目支出绩效目标表", 40)
    one = [["项目名称", "图书采购"], ["资金总额", "12.00"]]
    two = [["项目名称", "馆舍维修"], ["资金总额", "3.00"]]
    assert grids([title, foot(one, edges)], [title, head(two, edges)]) == [one, two]
    assert grids([foot(one, edges)], [head(two, edges)]) == [one, two]


def test_a_cell_broken_over_the_page_is_rejoined() -> None:
    last = ["2080505", "机关事业单位基本养老保", "6.18", "6.18"]
    goes_on = ["", "险缴费支出", "", ""]
    whole = ["2080505", "机关事业单位基本养老保险缴费支出", "6.18", "6.18"]
    assert grids([foot([HEAD, last])], [head([goes_on, *SECOND])]) == [[HEAD, whole, *SECOND]]


def test_a_long_text_broken_in_a_sentence_is_rejoined() -> None:
    edges = (60.0, 160.0, 304.0, 520.0)
    last = ["产出指标", "开展全民阅读活动并指导\n乡镇图书分馆的业务建设", "12场"]
    goes_on = ["", "工作的场次", ""]
    assert grids([foot([last], edges)], [head([goes_on], edges)]) == [
        [["产出指标", "开展全民阅读活动并指导乡镇图书分馆的业务建设工作的场次", "12场"]]
    ]


def test_a_row_below_a_full_cell_is_a_row_of_its_own() -> None:
    edges = (60.0, 120.0, 400.0)
    rows = [["财政拨款", "12.00"]], [["其他收入", ""]]
    assert grids([foot(rows[0], edges)], [head(rows[1], edges)]) == [[*rows[0], *rows[1]]]


def test_a_merged_label_goes_on_over_rows_that_leave_it_blank() -> None:
    edges = (60.0, 130.0, 300.0, 520.0)
    first: Texts = [["产出指标", "采购图书", "≥100册"], [None, "开放天数", "≥300天"]]
    second: Texts = [["", "借阅人次", "≥900人"], ["效益指标", "读者满意", "≥90%"]]
    assert [row[0] for row in grids([foot(first, edges)], [head(second, edges)])[0]] == [
        "产出指标",
        "产出指标",
        "产出指标",
        "效益指标",
    ]


def test_a_merged_label_broken_over_the_page_is_one_word() -> None:
    edges = (60.0, 130.0, 300.0, 520.0)
    first: Texts = [["产出", "采购图书", "≥100册"], [None, "开放天数", "≥300天"]]
    second: Texts = [["指标", "借阅人次", "≥900人"], [None, "外借册次", "≥900册"]]
    assert [row[0] for row in grids([foot(first, edges)], [head(second, edges)])[0]] == ["产出指标"] * 4


def test_a_page_where_a_row_spans_columns_has_fewer_edges() -> None:
    rows = grids([foot([HEAD, *FIRST])], [head([["合计", "80.00", "60.00"]], (60.0, 300.0, 400.0, 520.0))])
    assert rows == [[HEAD, *FIRST, ["合计", "合计", "80.00", "60.00"]]]


def test_pages_bound_with_another_margin_are_one_table() -> None:
    assert len(grids([foot([HEAD, *FIRST])], [head(SECOND, [edge + 14 for edge in EDGES])])) == 1
