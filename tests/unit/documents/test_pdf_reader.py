"""From printed pages to the document: places, blocks and what was not read."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.documents.bounds import Bounds
from hengjian.documents.pdf_reader import pages_to_tree
from hengjian.documents.printed import PrintedPage, Rule
from hengjian.documents.tree import DocumentTree, Table
from hengjian.kernel.errors import InputError
from tests.unit.documents.printed_maker import centred, line, lines_of, page_of

LONG = (
    "本部门负责公共图书的采购编目和流通借阅工作，组织开展全民阅读活动，"
    "指导乡镇图书分馆的业务建设，承担地方文献的收集整理"
)
LEFTS, TOPS = [100.0, 300.0, 500.0], [200.0, 230.0, 260.0]


def tabled(number: int) -> PrintedPage:
    """Return a page with a heading, prose, a titled table and its remark."""
    cells = [("项目", 205, 110), ("决算数", 205, 310), ("合计", 235, 110), ("1,200.50", 235, 310)]
    lines = [
        line("二、收入决算情况", 60, 109),
        *lines_of(f"{LONG}。", 90),
        centred("收入决算表", 160),
        line("单位：万元", 180, 420),
        *(line(text, top, left) for text, top, left in cells),
        line("注：本表反映各项收入。", 270, 100),
        centred(f"— {number} —", 800),
    ]
    rules = [Rule(LEFTS[0], top, LEFTS[-1], top) for top in TOPS]
    return page_of(number, lines, [*rules, *(Rule(left, TOPS[0], left, TOPS[-1]) for left in LEFTS)])


def tree_of(*pages: PrintedPage, bounds: Bounds | None = None) -> DocumentTree:
    return pages_to_tree(iter(pages), "a.pdf", "0" * 64, "pdf", bounds or Bounds())


def test_a_table_has_its_caption_notes_section_and_page() -> None:
    (table,) = tree_of(page_of(1, [line("封面", 300)]), tabled(2)).tables()
    assert (table.caption, table.page, table.section) == ("收入决算表", 2, ("二、收入决算情况",))
    assert table.notes == ("单位：万元", "注：本表反映各项收入。")
    assert table.texts() == (("项目", "决算数"), ("合计", "1,200.50"))


def test_every_line_and_cell_has_its_page_and_box() -> None:
    tree = tree_of(tabled(1), tabled(2))
    assert [each.number for each in tree.lines] == list(range(1, len(tree.lines) + 1))
    assert all(each.box is not None and each.page in {1, 2} for each in tree.lines)
    for table in tree.tables():
        for cell in table.cells:
            printed = tree.lines[cell.line - 1]
            assert (printed.text, printed.page) == (cell.text, table.page)
    figure = next(each for each in tree.lines if each.text == "1,200.50")
    assert figure.box == (300, 230, 500, 260)


def test_spans_map_back_to_the_printed_lines() -> None:
    tree = tree_of(tabled(1))
    (paragraph,) = (each for each in tree.paragraphs() if each.text.startswith(LONG[:8]))
    assert len(paragraph.segments) == 2
    for segment in paragraph.segments:
        printed = tree.lines[segment.line - 1].text
        end = segment.source_start + segment.length
        assert paragraph.text[segment.text_start :][: segment.length] == printed[segment.source_start : end]
    assert all(one.line + 1 == other.line for one, other in pairwise(paragraph.segments))


def test_a_page_that_is_a_picture_is_named() -> None:
    pictures = [page_of(number, [], pictured=True) for number in (2, 3, 5)]
    tree = tree_of(tabled(1), *pictures[:2], tabled(4), pictures[2])
    (problem,) = tree.problems
    assert problem.code == "input.page-not-read"
    assert "2–3, 5" in problem.message.zh
    assert problem.place.page == 2
    assert tree.pages == 5


def test_a_picture_with_text_over_it_is_read_and_one_with_a_page_number_is_not() -> None:
    cover = replace(page_of(1, [centred("2023年度部门决算", 300, 26)]), pictured=True)
    scan = replace(page_of(2, [centred("— 2 —", 800)]), pictured=True)
    assert [problem.place.page for problem in tree_of(cover, scan).problems] == [2]


def test_a_document_of_pictures_is_still_a_document() -> None:
    tree = tree_of(page_of(1, [], pictured=True))
    assert tree.blocks == ()
    assert [problem.code for problem in tree.problems] == ["input.page-not-read"]


def test_recognised_pages_are_marked() -> None:
    tree = tree_of(tabled(1), replace(tabled(2), scanned=True))
    assert tree.scanned == {2}
    assert tree.problems == ()


def test_a_table_over_the_bound_of_cells_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        tree_of(tabled(1), bounds=Bounds(cells=3))
    assert caught.value.code == "input.too-complex"


def test_tables_are_blocks_between_paragraphs() -> None:
    kinds = [isinstance(block, Table) for block in tree_of(tabled(1), tabled(2)).blocks]
    assert kinds == [False, False, True, False, False, True]


WORDS = st.text("一二三四五六七八九十、（）。，0123456789.万元表", min_size=1, max_size=40)
PAGES = st.lists(
    st.lists(
        st.tuples(st.integers(8, 34), st.integers(40, 300), WORDS), max_size=12, unique_by=lambda at: at[0]
    ),
    min_size=1,
    max_size=4,
)


@given(PAGES)
def test_no_character_in_the_middle_of_a_page_is_lost(pages: list[list[tuple[int, int, str]]]) -> None:
    made = [
        page_of(number, [line(text, 20 * row, left) for row, left, text in rows])
        for number, rows in enumerate(pages, 1)
    ]
    tree = tree_of(*made)
    printed = sorted(char.text for page in made for char in page.chars)
    assert sorted("".join("".join(each.text for each in tree.lines).split())) == printed
    texts = [block.text for block in tree.blocks if not isinstance(block, Table)]
    texts += [part for table in tree.tables() for part in (table.caption, *table.notes)]
    texts += [cell.text for table in tree.tables() for cell in table.cells]
    said = "".join("".join(texts).split())
    assert all(said.count(each) >= printed.count(each) for each in set(printed))
