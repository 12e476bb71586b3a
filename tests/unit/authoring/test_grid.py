from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.authoring.grid import FULL, SMALL, Cell, Row, heights, placed


def test_cells_fall_into_the_columns_that_spans_leave_free() -> None:
    rows = [Row((Cell("a", rows=2), Cell("b", columns=2))), Row((Cell("c"), Cell("d")))]
    first, second = placed(rows, (10, 20, 30))
    assert [(item.cell.text, item.column, item.width, item.first, item.last) for item in first] == [
        ("a", 0, 10, True, False),
        ("b", 1, 50, True, True),
    ]
    assert [(item.cell.text, item.column, item.first, item.last) for item in second] == [
        ("a", 0, False, True),
        ("c", 1, True, True),
        ("d", 2, True, True),
    ]


def test_a_row_is_as_tall_as_its_tallest_cell() -> None:
    rows = [Row((Cell("短"), Cell("")), height=1), Row((Cell("长" * 50), Cell(""))), Row((Cell(), Cell()), 3)]
    low, high, given_height = heights(rows, (30, 30), FULL)
    assert low == pytest.approx(FULL.row, abs=0.3)
    assert high > 7 * FULL.line
    assert given_height == pytest.approx(3 * FULL.row, abs=0.3)
    assert sum(heights(rows, (30, 30), SMALL)) < low + high + given_height


def test_what_a_span_needs_more_is_added_to_its_last_row() -> None:
    rows = [Row((Cell("长" * 50, rows=2), Cell())), Row((Cell(),)), Row((Cell(), Cell()))]
    first, last, after = heights(rows, (30, 30), FULL)
    (alone, _) = heights([Row((Cell("长" * 50),)), Row((Cell(),))], (30,), FULL)
    assert first == after
    assert first + last == pytest.approx(alone)


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.floats(4, 60))
def test_an_even_text_loses_nothing(text: str, width: float) -> None:
    ((plain,),) = placed([Row((Cell(text),))], (width,))
    ((even,),) = placed([Row((Cell(text, even=True),))], (width,))
    assert "".join(even.lines(FULL)) == "".join(plain.lines(FULL))


@pytest.mark.parametrize("width", range(15, 60, 3))
def test_no_line_of_an_even_text_ends_up_with_a_single_character(width: int) -> None:
    ((item,),) = placed([Row((Cell("项目实施内容及过程概述", even=True),))], (width,))
    parts = item.lines(FULL)
    assert all(len(a) == len(b) for a, b in pairwise(parts[:-1]))
    assert len(parts) == 1 or len(parts[-1]) > 1
