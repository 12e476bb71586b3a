"""Pages in reading order."""

from __future__ import annotations

from dataclasses import replace

from hengjian.documents.page_flow import flow
from hengjian.documents.printed import PrintedLine, PrintedTable, Rule
from tests.unit.documents.printed_maker import line, page_of

PROSE = "本部门负责公共图书的采购编目和流通借阅"


def grid_rules(lefts: list[float], tops: list[float]) -> list[Rule]:
    """Return the lines of a grid."""
    across = [Rule(lefts[0], top, lefts[-1], top) for top in tops]
    return [*across, *(Rule(left, tops[0], left, tops[-1]) for left in lefts)]


def test_a_table_stands_between_the_lines_above_and_below_it() -> None:
    inside = [line(text, top, left) for text, top, left in (("项目", 205, 110), ("金额", 205, 310))]
    inside += [line(text, top, left) for text, top, left in (("合计", 235, 110), ("1.00", 235, 310))]
    rules = grid_rules([100, 300, 500], [200, 230, 260])
    (page,) = flow([page_of(1, [line("上文。", 100), *inside, line("下文。", 300)], rules)])
    above, table, below = page.items
    assert isinstance(above, PrintedLine)
    assert isinstance(below, PrintedLine)
    assert (above.text, below.text) == ("上文。", "下文。")
    assert isinstance(table, PrintedTable)
    assert [["".join(each.text for each in cell.lines) for cell in row] for row in table.rows] == [
        ["项目", "金额"],
        ["合计", "1.00"],
    ]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    tops = [150 + 20 * at for at in range(12)]
    left = [line(f"{PROSE[:14]}甲", top, 80) for top in tops]
    right = [line(f"{PROSE[:14]}乙", top, 320) for top in tops]
    mixed = [each for pair in zip(left, right, strict=True) for each in pair]
    (page,) = flow([page_of(1, [line("通长的标题在两栏之上并且很长很长很长", 60), *mixed])])
    texts = [item.text for item in page.items if isinstance(item, PrintedLine)]
    assert texts == ["通长的标题在两栏之上并且很长很长很长", *(each.text for each in [*left, *right])]


def test_one_column_of_text_is_not_parted() -> None:
    lines = [line(PROSE + PROSE[:15], 150 + 20 * at) for at in range(12)]
    (page,) = flow([page_of(1, lines)])
    assert [item.text for item in page.items if isinstance(item, PrintedLine)] == [
        each.text for each in lines
    ]


def test_a_picture_that_was_recognised_is_none() -> None:
    pages = [
        page_of(1, [], pictured=True),
        replace(page_of(2, [], pictured=True), scanned=True),
        page_of(3, []),
    ]
    assert [page.pictured for page in flow(pages)] == [True, False, False]
