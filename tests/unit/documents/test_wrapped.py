import re
import textwrap

from hypothesis import example, given
from hypothesis import strategies as st

from hengjian.documents.text_reader import read_text
from hengjian.documents.tree import DocumentTree, Heading, Paragraph, Table

BROKEN = """第一部分 基本情况

一、单位职责

1.负责本县公共图书的采购编目和流通借阅工作，组织开展全民

阅读活动，指导乡镇图书分馆的业务建设，承担地方文献的收集

整理。

2.完成主管部门交办的其他任务。

二、经费情况

2023 年度收入合计 812.40 万元，其中：财政拨款收入 800.40

万元，占 98.52%；其他收入 12.00 万元，占 1.48%，与上年相

比增加 23.

15 万元，主要原因是购书经费增加，新馆开放后运行费用也有

所增加。
 （图 1：收入结构图）

三、支出情况
"""


def read(text: str) -> DocumentTree:
    return read_text(text.encode(), "a.txt", "")


def paragraphs(tree: DocumentTree) -> list[str]:
    return [block.text for block in tree.paragraphs()]


def test_broken_lines_become_paragraphs() -> None:
    tree = read(BROKEN)
    assert tree.wrapped
    assert [h.text for h in tree.headings()] == [
        "第一部分 基本情况",
        "一、单位职责",
        "二、经费情况",
        "三、支出情况",
    ]
    assert paragraphs(tree)[0].endswith(
        "组织开展全民阅读活动，指导乡镇图书分馆的业务建设，承担地方文献的收集整理。"
    )
    assert paragraphs(tree)[1] == "2.完成主管部门交办的其他任务。"
    assert "财政拨款收入 800.40万元，占 98.52%；" in paragraphs(tree)[2]
    assert "（图 1：收入结构图）" in paragraphs(tree)


def test_page_numbers_between_lines_are_left_out_and_name_the_pages() -> None:
    full = "本馆全年开放三百余天接待读者和举办各类活动的情况比上年"
    lines = [
        f"{full}有\n\n{full}多\n\n7\n\n{full}好\n\n所改善。",
        f" {full}少\n\n{full}些\n\n9\n\n{full}在\n\n增加。",
    ]
    tree = read("\n\n".join(lines))
    assert tree.wrapped
    text = "".join(paragraphs(tree))
    assert "7" not in text
    assert "9" not in text
    assert {line.page for line in tree.lines} == {6, 7, 8, 9}
    assert tree.pages == 9
    assert [line.text for line in tree.lines if line.text.strip().isdigit()] == ["7", "9"]


def test_lone_figures_that_do_not_count_pages_stay() -> None:
    tree = read(BROKEN + "\n合计\n\n5\n\n5\n")
    assert paragraphs(tree)[-3:] == ["合计", "5", "5"]


def test_form_feeds_break_pages() -> None:
    tree = read("第一页的话。\n\f第二页的话。\n")
    assert [(p.text, p.page) for p in tree.paragraphs()] == [("第一页的话。", 1), ("第二页的话。", 2)]
    assert tree.pages == 2


def test_lines_of_a_form_are_not_glued() -> None:
    rows = "项目名称 0000000000000000000001 读书节专项经费（公共服务）\n\n主管部门 文化部门\n\n"
    tree = read(f"{BROKEN}\n项目支出绩效自评表\n\n{rows}")
    assert paragraphs(tree)[-2:] == [
        "项目名称 0000000000000000000001 读书节专项经费（公共服务）",
        "主管部门 文化部门",
    ]


def test_rows_of_figures_are_not_glued() -> None:
    row = "其中：财政拨款收入安排的资金 4,900.00 4,596.52 4,596.52 100.00%"
    assert paragraphs(read(f"{BROKEN}\n{row}\n\n{row}\n"))[-2:] == [row, row]


def test_contents_are_no_headings_and_keep_their_lines() -> None:
    tree = read(f"目 录\n\n第一部分 基本情况………1\n\n一、单位职责……………1\n\n{BROKEN}")
    assert [(entry.text, entry.page_label, entry.line) for entry in tree.toc] == [
        ("第一部分 基本情况", "1", 3),
        ("一、单位职责", "1", 5),
    ]
    assert sum(p.section == ("目录",) for p in tree.paragraphs()) == 3
    assert next(tree.headings()).line == 7


def test_contents_without_dots_end_where_the_first_title_comes_again() -> None:
    tree = read("目录\n第一部分 概况\n第二部分 说明\n第一部分 概况\n本馆概况如下。\n第二部分 说明\n")
    assert [entry.text for entry in tree.toc] == ["第一部分 概况", "第二部分 说明"]
    assert [heading.line for heading in tree.headings()] == [4, 6]


def test_contents_with_pages_but_no_dots_and_a_preface_after() -> None:
    text = (
        "目录\n第一部分 概况 1\n第二部分 说明 12\n本说明由本馆编制，供读者查阅。\n第一部分 概况\n概况如下。\n"
    )
    tree = read(text)
    assert [(e.text, e.page_label) for e in tree.toc] == [("第一部分 概况", "1"), ("第二部分 说明", "12")]
    assert tree.blocks[3].section == ()
    assert [heading.line for heading in tree.headings()] == [5]


def test_a_running_head_is_left_out() -> None:
    page = "\n\n".join(BROKEN.splitlines()[4:11:2])
    tree = read("\f".join(f"某县图书馆年度报告\n\n{page}\n" for _ in range(5)))
    assert tree.pages == 5
    assert "年度报告" not in tree.text
    assert sum("年度报告" in line.text for line in tree.lines) == 5


def test_a_place_quotes_the_words_and_names_their_own_line() -> None:
    tree = read(BROKEN)
    block = next(p for p in tree.paragraphs() if "812.40" in p.text)
    start = block.text.index("占 98.52%")
    place = tree.place(block, start, start + len("占 98.52%"))
    assert place.quote == "占 98.52%"
    assert place.line == 17
    assert place.section == "第一部分 基本情况 / 二、经费情况"


WORDS = st.text(alphabet="预算决收入支出为一二（）、，。；：1234.%万元 ab\u3000“”", min_size=1, max_size=200)


def assert_segments_exact(source: str, tree: DocumentTree) -> None:
    for block in tree.blocks:
        if isinstance(block, Table):
            continue
        assert block.segments
        for segment in block.segments:
            end = segment.source_start + segment.length
            shown = block.text[segment.text_start : segment.text_start + segment.length]
            assert source[segment.source_start : end] == shown
            line = tree.lines[segment.line - 1]
            assert line.start <= segment.source_start
            assert end <= line.start + len(line.text)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(20, 40), st.sampled_from(["\n", "\n\n", "\r\n"]))
@example(["11““““““““““““““", *[" 11““““““““““““““"] * 3], 20, "\n")
def test_segments_point_at_the_source_and_no_character_is_lost(
    texts: list[str], width: int, ending: str
) -> None:
    lines = [line for text in texts for line in textwrap.wrap(text, width) or [""]]
    source = ending.join(lines)
    tree = read(source) if source.strip() else None
    if tree is None:
        return
    assert_segments_exact(source, tree)
    pages = {
        segment.line for block in tree.blocks if not isinstance(block, Table) for segment in block.segments
    }
    kept = "".join(block.text for block in tree.blocks if isinstance(block, Heading | Paragraph))
    dropped = [squeezed(line.text) for line in tree.lines if line.number not in pages and line.text.strip()]
    # Page numbers are left out, and one running head that pages begin with.
    heads = {text for text in dropped if not text.isdigit()}
    assert squeezed(source) == squeezed(kept) or not heads or len(heads) == 1 < len(dropped)


@given(st.text(alphabet="预算\t\n\f 、。1[bookmark: _T]", max_size=200))
def test_any_text_is_read_without_loss_of_place(source: str) -> None:
    tree = read(source)
    assert_segments_exact(source, tree)
    for table in tree.tables():
        assert len({len(row) for row in table.grid}) == 1
        for r, row in enumerate(table.grid):
            for c, cell in enumerate(row):
                assert cell.row <= r < cell.row + cell.row_span
                assert cell.column <= c < cell.column + cell.column_span
