"""Tables drawn with lines."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from reportlab.pdfgen.canvas import Canvas

from hengjian.documents.bounds import BOUNDS
from hengjian.documents.pdf_pages import printed_pages
from hengjian.documents.ruled import ruled_tables
from hengjian.kernel.errors import InputError
from tests.unit.documents.pdf_maker import HEIGHT, fill_in, grid, page_of, texts, write

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
XS, TOPS = (100, 200, 300, 400), (100, 120, 140, 160)
ROWS = (("科目", "预算数", "决算数"), ("201", "1.00", "2.00"), ("合计", "1.00", "2.00"))


def level(canvas: Canvas, top: float, left: float = 100, right: float = 400) -> None:
    canvas.line(left, HEIGHT - top, right, HEIGHT - top)


def upright(canvas: Canvas, x: float, top: float = 100, bottom: float = 160) -> None:
    canvas.line(x, HEIGHT - top, x, HEIGHT - bottom)


def plain(canvas: Canvas) -> None:
    grid(canvas, XS, TOPS)
    fill_in(canvas, XS, TOPS, ROWS)


def test_a_grid_is_a_table() -> None:
    (table,) = ruled_tables(page_of(plain))
    assert texts(table) == [list(row) for row in ROWS]
    assert [round(x) for x in table.columns] == list(XS)
    assert table.box == pytest.approx((100, 100, 400, 160), abs=0.5)
    assert table.rows[1][2].box == pytest.approx((300, 120, 400, 140), abs=0.5)
    assert (table.ruled, table.open_top, table.open_bottom) == (True, False, False)


def test_cells_are_merged_where_no_line_parts_them() -> None:
    def draw(canvas: Canvas) -> None:
        for top in (100, 140, 160):
            level(canvas, top)
        level(canvas, 120, 200)
        for x in (100, 200, 400):
            upright(canvas, x)
        upright(canvas, 300, 120)
        fill_in(canvas, XS, TOPS, (("项\n目", "金额"), ("", "预算", "决算"), ("办公费", "1", "2")))

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [["项|目", "金额", None], [None, "预算", "决算"], ["办公费", "1", "2"]]
    assert (table.rows[0][0].row_span, table.rows[0][1].column_span) == (2, 2)
    assert table.rows[0][1] is table.rows[0][2]


def test_the_left_and_right_sides_may_be_open() -> None:
    def draw(canvas: Canvas) -> None:
        for top in TOPS:
            level(canvas, top)
        upright(canvas, 200)
        upright(canvas, 300)
        fill_in(canvas, XS, TOPS, ROWS)

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [list(row) for row in ROWS]


def test_a_missing_outer_line_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        for top in TOPS[:3]:
            level(canvas, top)
        for x in XS:
            upright(canvas, x)
        fill_in(canvas, XS, TOPS, ROWS)

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [list(row) for row in ROWS]
    assert (table.open_top, table.open_bottom) == (False, True)


def test_a_line_of_text_is_parted_at_the_sides_of_cells() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (100, 130, 160), TOPS)
        for top in TOPS[:3]:
            write(canvas, 80, top + 14, "外一二三四五六七外")

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [["二三四", "五六七"]] * 3


def test_double_rules_are_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        plain(canvas)
        for top in TOPS:
            level(canvas, top + 1.8)
        upright(canvas, 101.5)

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [list(row) for row in ROWS]


def test_thin_fills_and_dots_are_lines() -> None:
    def draw(canvas: Canvas) -> None:
        for top in TOPS:
            canvas.rect(100, HEIGHT - top, 300, 0.5, stroke=0, fill=1)
        for x in XS:
            for at in range(30):
                canvas.rect(x, HEIGHT - 160 + 2 * at, 0.5, 1, stroke=0, fill=1)
        fill_in(canvas, XS, TOPS, ROWS)

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [list(row) for row in ROWS]


def test_boxes_drawn_round_each_cell_are_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        for left in XS[:3]:
            for top in TOPS[:3]:
                canvas.rect(left + 1, HEIGHT - top - 19, 98, 18)
        fill_in(canvas, XS, TOPS, ROWS)

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [list(row) for row in ROWS]


def test_several_tables_come_from_the_top_down() -> None:
    def draw(canvas: Canvas) -> None:
        lower = [top + 300 for top in TOPS]
        grid(canvas, XS, lower)
        fill_in(canvas, XS, lower, ROWS[::-1])
        plain(canvas)

    first, second = ruled_tables(page_of(draw))
    assert texts(first) == [list(row) for row in ROWS]
    assert texts(second) == [list(row) for row in ROWS[::-1]]


def test_vertical_labels_stay_lines() -> None:
    def draw(canvas: Canvas) -> None:
        tops = (100, 160, 180)
        grid(canvas, (100, 120, 300), tops)
        fill_in(canvas, (100, 120), tops, (("产\n出\n指\n标", "数量"), ("", "质量")))

    (table,) = ruled_tables(page_of(draw))
    assert texts(table)[0] == ["产|出|指|标", "数量"]


def test_a_figure_that_runs_over_its_cell_goes_where_its_middle_is() -> None:
    def draw(canvas: Canvas) -> None:
        plain(canvas)
        write(canvas, 398, 123, "元")

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [list(row) for row in ROWS]


def test_a_frame_round_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (100, 400), (100, 200))
        for at in range(5):
            write(canvas, 110, 105 + 15 * at, "这是框中的一段说明文字。")

    assert ruled_tables(page_of(draw)) == []


def test_a_stack_of_framed_paragraphs_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        tops = (100, 200, 300, 400)
        grid(canvas, (100, 400), tops)
        fill_in(canvas, (100,), tops, (("第一段\n还有一行",),) * 3)

    assert ruled_tables(page_of(draw)) == []


def test_a_list_in_one_column_is_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (100, 400), TOPS)
        fill_in(canvas, (100,), TOPS, (("名称",), ("甲项目",), ("乙项目",)))

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [["名称"], ["甲项目"], ["乙项目"]]


def test_underlines_and_axes_are_no_tables() -> None:
    def draw(canvas: Canvas) -> None:
        for top in (100, 130, 160):
            write(canvas, 100, top, "一、部门主要职能")
            level(canvas, top + 11, 100, 200)
        level(canvas, 500)
        upright(canvas, 120, 300, 500)
        for at, x in enumerate((150, 200, 250, 300)):
            write(canvas, x, 505, str(2020 + at))
        for at in range(5):
            level(canvas, 300 + 40 * at, 120, 400)

    assert ruled_tables(page_of(draw)) == []


def test_an_underline_within_a_cell_parts_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        plain(canvas)
        level(canvas, 134, 205, 240)

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [list(row) for row in ROWS]


def test_a_table_over_the_bound_of_cells_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        ruled_tables(page_of(plain), replace(BOUNDS, cells=8))
    assert caught.value.code == "input.too-complex"


def test_a_drawing_of_very_many_lines_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(2100):
            level(canvas, 5 + 4 * (at % 200), 10 * (at // 200), 10 * (at // 200) + 6)
        upright(canvas, 100, 0, 800)

    assert ruled_tables(page_of(draw)) == []


def test_boxes_with_gaps_between_them_make_no_slivers() -> None:
    def draw(canvas: Canvas) -> None:
        for left in XS[:3]:
            for top in TOPS[:3]:
                canvas.rect(left + 2, HEIGHT - top - 18, 96, 16)
        fill_in(canvas, XS, TOPS, ROWS)

    (table,) = ruled_tables(page_of(draw))
    assert texts(table) == [list(row) for row in ROWS]


def cells_by_pdfplumber(data: bytes) -> list[list[list[str | None]]]:
    """Return what pdfplumber makes of the same file, white space aside."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            [[cell and "".join(cell.split()) for cell in row] for row in table]
            for page in document.pages
            for table in page.extract_tables()
        ]


@pytest.mark.parametrize(
    "path",
    sorted(SAMPLES.glob("*.pdf")) or [pytest.param(None, marks=pytest.mark.skip("no samples here"))],
    ids=str,
)
def test_published_tables_have_the_cells_that_pdfplumber_finds(path: Path) -> None:
    data = path.read_bytes()
    found = [
        [[text and "".join(text.replace("|", "").split()) for text in row] for row in texts(table)]
        for page in printed_pages(data, path.name)
        for table in ruled_tables(page)
    ]
    # pdfplumber takes the links of a contents page for boxes; a table of one column is its own doing.
    assert found == [table for table in cells_by_pdfplumber(data) if len(table[0]) > 1]
    assert len(found) >= 9
