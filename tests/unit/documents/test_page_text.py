"""Lines are joined where a line was broken, and nowhere else."""

from __future__ import annotations

import pytest

from hengjian.documents.page_text import PageLine, cell_text, measures, paragraphs
from hengjian.documents.printed import Box, PrintedLine
from tests.unit.documents.printed_maker import HEIGHT, WIDTH, cell_lines, centred, line, lines_of

LONG = (
    "本部门负责公共图书的采购编目和流通借阅工作，组织开展全民阅读活动，"
    "指导乡镇图书分馆的业务建设，承担地方文献的收集整理"
)


def joined(lines: list[PrintedLine], page: int = 1) -> list[str]:
    return joined_pages([(page, lines)])


def joined_pages(pages: list[tuple[int, list[PrintedLine]]]) -> list[str]:
    lines = [
        PageLine(each.text, each.box, page, (round(WIDTH), round(HEIGHT)))
        for page, on_page in pages
        for each in on_page
    ]
    return ["".join(each.text for each in group) for group in paragraphs(lines, measures(lines))]


def test_indented_paragraphs_are_parted_and_their_lines_joined() -> None:
    lines = [*lines_of(f"{LONG}。", 100), *lines_of(f"其次，{LONG}。", 160)]
    assert joined(lines) == [f"{LONG}。", f"其次，{LONG}。"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = lines_of(f"{LONG}，{LONG}。", 700)
    moved = [PrintedLine(each.text, each.box._replace(top=80, bottom=92)) for each in lines[2:3]]
    rest = [PrintedLine(each.text, each.box._replace(top=100, bottom=112)) for each in lines[3:]]
    assert joined_pages([(1, lines[:2]), (2, [*moved, *rest])]) == [f"{LONG}，{LONG}。"]


def test_a_short_line_ends_its_paragraph() -> None:
    lines = [line("第一项支出十万元", 100), line("第二项支出九万元", 120), *lines_of(LONG, 140)]
    assert joined(lines)[:2] == ["第一项支出十万元", "第二项支出九万元"]


def test_a_numbered_heading_begins_anew_below_a_full_line() -> None:
    full = lines_of(LONG[:35], 100, indent=0)
    assert len(full) == 1
    assert joined([*full, line("二、收入决算表", 120), *lines_of(LONG, 140)])[:2] == [
        LONG[:35],
        "二、收入决算表",
    ]


def test_lines_of_the_contents_stay_apart() -> None:
    entries = [f"{mark}、部门概况{'…' * 26}{page}" for mark, page in (("一", 1), ("二", 3), ("三", 4))]
    assert joined([centred("目录", 80), *(line(text, 100 + 20 * at) for at, text in enumerate(entries))]) == [
        "目录",
        *entries,
    ]


def test_a_title_in_large_type_over_two_lines_is_one() -> None:
    title = [centred("某县文化旅游局", 100, 26), centred("2023年度部门决算", 140, 26)]
    assert joined([*title, *lines_of(LONG, 300)])[0] == "某县文化旅游局2023年度部门决算"


def test_a_title_and_the_unit_below_it_stay_apart() -> None:
    lines = [centred("收入支出决算总表", 100), line("单位：万元", 120, 420), *lines_of(LONG, 200)]
    assert joined(lines)[:2] == ["收入支出决算总表", "单位：万元"]


@pytest.mark.parametrize(
    ("printed", "width", "text"),
    [
        ("机关事业单位基本\n养老保险缴费支出", 108, "机关事业单位基本养老保险缴费支出"),
        ("1,234,56\n7.89", 58, "1,234,567.89"),
        ("1,234.56\n7,890.12", 58, "1,234.56\n7,890.12"),
        ("产\n出\n指\n标", 100, "产出指标"),
        ("一、发放工资\n二、缴纳社保", 200, "一、发放工资\n二、缴纳社保"),
        ("公务用车（轿\n车）", 84, "公务用车（轿车）"),
        ("annual budget\nreport", 88, "annual budget report"),
    ],
)
def test_the_lines_of_a_cell(printed: str, width: float, text: str) -> None:
    box = Box(100, 100, 100 + width, 180)
    assert cell_text(cell_lines(printed, box), box) == text
