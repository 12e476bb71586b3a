"""Running heads, feet and page numbers are left out, and nothing else."""

from __future__ import annotations

import pytest

from hengjian.documents.furniture import without_furniture
from hengjian.documents.printed import PrintedLine
from tests.unit.documents.printed_maker import HEIGHT, WIDTH, Item, centred, flow_page, line, table

FOOT = HEIGHT - 50


def words(pages: list[list[Item]], width: float = WIDTH, height: float = HEIGHT) -> list[list[str]]:
    made = [flow_page(at + 1, items, width, height) for at, items in enumerate(pages)]
    return [
        [item.text for item in page.items if isinstance(item, PrintedLine)]
        for page in without_furniture(made)
    ]


@pytest.mark.parametrize(
    "text", ["— 2 —", "- 12 -", "第 3 页", "第3页 共12页", "3/12", "Page 3 of 12", "·7·"]
)
def test_a_marked_page_number_is_left_out(text: str) -> None:
    assert words([[line("正文。", 300), centred(text, FOOT)]]) == [["正文。"]]


def test_bare_numbers_that_count_the_pages_are_left_out() -> None:
    pages: list[list[Item]] = [[line("正文。", 300), centred(str(at), FOOT)] for at in (4, 5, 6)]
    assert words(pages) == [["正文。"]] * 3


def test_roman_numbers_are_left_out() -> None:
    pages: list[list[Item]] = [[line("正文。", 300), centred(text, FOOT)] for text in ("iii", "iv")]
    assert words(pages) == [["正文。"]] * 2


def test_a_bare_figure_that_counts_nothing_stays() -> None:
    pages: list[list[Item]] = [[line("正文。", 300), centred(text, FOOT)] for text in ("307", "12")]
    assert words(pages) == [["正文。", "307"], ["正文。", "12"]]


def test_a_number_in_the_middle_of_a_page_stays() -> None:
    assert words([[centred("— 2 —", 400)], [centred("— 3 —", 400)]]) == [["— 2 —"], ["— 3 —"]]


def test_heads_that_alternate_between_odd_and_even_pages_are_left_out() -> None:
    heads = ("某县图书馆", "2023年部门决算") * 3
    pages: list[list[Item]] = [[line(head, 40), line("正文。", 300)] for head in heads]
    assert words(pages) == [["正文。"]] * 6


def test_a_head_with_the_page_number_in_it_is_left_out() -> None:
    pages: list[list[Item]] = [[line("正文。", 300), line(f"某县图书馆 {at}/9", FOOT)] for at in range(1, 5)]
    assert words(pages) == [["正文。"]] * 4


def test_the_unit_line_and_the_title_of_a_table_stay() -> None:
    grid = table([["项目", "金额"], ["一", "1.00"]], [85, 300, 510])
    pages: list[list[Item]] = [
        [centred(f"表{at}", 40), centred("收入决算表", 60), line("单位：万元", 80, 420), grid]
        for at in range(4)
    ]
    assert words(pages) == [[f"表{at}", "收入决算表", "单位：万元"] for at in range(4)]


def test_a_line_that_stands_at_another_height_on_each_page_stays() -> None:
    pages: list[list[Item]] = [[line("公开说明", 40 + 15 * at), line("正文。", 300)] for at in range(4)]
    assert words(pages) == [["公开说明", "正文。"]] * 4


def test_the_number_down_the_side_of_a_turned_page_is_left_out() -> None:
    side: list[Item] = [line(text, 250 + 12 * at, 20) for at, text in enumerate("-9-")]
    assert words([[line("正文。", 300, 200), *side]], HEIGHT, WIDTH) == [["正文。"]]
