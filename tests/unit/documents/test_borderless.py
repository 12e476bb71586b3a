"""Tables in columns without lines."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from hengjian.documents.borderless import borderless_tables
from hengjian.documents.printed import PrintedPage
from hengjian.documents.ruled import ruled_tables
from tests.unit.documents.pdf_maker import HEIGHT, fill_in, grid, page_of, texts, write

XS = (100, 250, 350)
ROWS = (
    ("项目", "预算数", "决算数"),
    ("办公费", "1,234.50", "1,200.00"),
    ("印刷费", "20.00", "19.30"),
    ("差旅费", "", "3.00"),
    ("合计", "1,254.50", "1,222.30"),
)
TOPS = tuple(100 + 18 * at for at in range(len(ROWS)))


def plain(canvas: Canvas) -> None:
    fill_in(canvas, XS, TOPS, ROWS)


def found(page: PrintedPage) -> list[list[list[str | None]]]:
    return [texts(table) for table in borderless_tables(page, ruled_tables(page))]


def test_columns_of_figures_are_a_table() -> None:
    page = page_of(plain)
    (table,) = borderless_tables(page, [])
    assert texts(table) == [list(row) for row in ROWS]
    assert not table.ruled
    assert len(table.columns) == 4
    assert all(len(row) == 3 for row in table.rows)


def test_what_is_taken_is_left_alone() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (*XS, 450), (*TOPS, TOPS[-1] + 18))
        plain(canvas)

    assert found(page_of(draw)) == []


def test_prose_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(8):
            write(
                canvas, 60, 100 + 16 * at, "2024年度支出1,234.50万元，完成预算的98.2%，比上年减少2.10万元。"
            )

    assert found(page_of(draw)) == []


def test_contents_without_leaders_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(8):
            write(canvas, 60, 100 + 16 * at, "一、部门概况及主要职能")
            write(canvas, 500, 100 + 16 * at, str(at * 3 + 1))

    assert found(page_of(draw)) == []


def test_signatures_and_dates_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for at, row in enumerate(
            (("填报人：", "电话：12345678"), ("负责人：", "日期：2024.3.1"), ("单位：", "盖章"))
        ):
            fill_in(canvas, (100, 350), (100 + 18 * at,), (row,))

    assert found(page_of(draw)) == []


def test_two_rows_are_too_few() -> None:
    assert found(page_of(lambda canvas: fill_in(canvas, XS, TOPS, ROWS[1:3]))) == []


def test_three_lines_make_a_table_of_whole_numbers() -> None:
    rows = (("指标", "目标值", "完成值"), ("培训人数", "120", "118"), ("会议次数", "4", "4"))

    def draw(canvas: Canvas) -> None:
        for top in (98, 116, 152):
            canvas.line(95, HEIGHT - top, 420, HEIGHT - top)
        fill_in(canvas, XS, TOPS, rows)
        write(canvas, 100, 170, "注：本表由部门填报。")

    assert found(page_of(draw)) == [[list(row) for row in rows]]
