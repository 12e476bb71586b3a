"""Characters set into lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hengjian.documents.printed import Box, Char
from hengjian.documents.text_lines import char_runs, outside, text_lines


def line(text: str, left: float = 0, top: float = 0, size: float = 10) -> list[Char]:
    return [
        Char(each, left + size * at, top, left + size * (at + 1), top + size) for at, each in enumerate(text)
    ]


def texts(chars: list[Char]) -> list[str]:
    return [each.text for each in text_lines(chars)]


def test_lines_come_from_the_top_down_and_left_to_right() -> None:
    chars = line("第二行", top=20) + line("右", left=30) + line("第一行")
    assert texts(chars) == ["第一行右", "第二行"]


def test_a_wide_gap_parts_words() -> None:
    assert texts(line("项目") + line("金额", left=26.5)) == ["项目 金额"]


def test_a_narrow_gap_parts_latin_words_but_not_chinese_ones() -> None:
    assert texts(line("AB") + line("CD", left=23)) == ["AB CD"]
    assert texts(line("项目") + line("金额", left=23)) == ["项目金额"]
    assert texts(line("1") + line(",", left=13) + line("2", left=23.1)) == ["1,2"]


def test_a_small_shift_and_another_size_stay_on_the_line() -> None:
    assert texts(line("合计") + line("元", left=20, top=2) + line("大", left=30, top=-4, size=18)) == [
        "合计元大"
    ]


def test_a_superscript_stays_on_its_line() -> None:
    assert texts(line("上行") + line("注", top=14) + line("1", left=10, top=13, size=5)) == ["上行", "注1"]


def test_what_is_printed_twice_is_read_once() -> None:
    assert texts(line("加粗") + line("加粗", left=0.3)) == ["加粗"]
    assert texts(line("11") + line("11", left=0.3, top=0.2)) == ["11"]


def test_a_box_holds_its_characters() -> None:
    (only,) = text_lines(line("合计", left=5, top=7))
    assert only.box == (5, 7, 25, 17)


def test_a_box_cuts_the_runs_that_reach_over_its_sides() -> None:
    runs = char_runs(line("左一二右") + line("下面", top=30) + line("中", left=10, top=60))
    left = outside(runs, [Box(10, 0, 30, 20), Box(0, 55, 30, 75)])
    assert ["".join(char.text for char in run) for run in left] == ["左", "右", "下面"]


def test_no_characters_make_no_lines() -> None:
    assert text_lines([]) == []


@given(
    st.lists(
        st.builds(
            lambda text, left, top, size: Char(text, left, top, left + size, top + size),
            st.sampled_from("预算1a，"),
            st.floats(0, 500),
            st.floats(0, 800),
            st.floats(1, 30),
        ),
        max_size=40,
    )
)
def test_no_character_is_lost_but_those_printed_twice(chars: list[Char]) -> None:
    made = "".join(texts(chars)).replace(" ", "")
    assert len(made) <= len(chars)
    assert set(made) == {char.text for char in chars}
