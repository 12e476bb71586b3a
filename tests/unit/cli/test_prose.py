"""Chinese on a terminal: lines break where a typesetter would break them, and nothing is lost."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.table import Table

from hengjian.cli.prose import ProseConsole, break_offsets

SENTENCE = "“参保人数（含新增）”指标值≥1000000人，完成值967688，按规则应得7.74分，自评7分，差0.74分。"


def lines_of(text: str, width: int) -> list[str]:
    offsets = break_offsets(text, width)
    return [text[start:end] for start, end in zip([0, *offsets], [*offsets, None], strict=True)]


@pytest.mark.parametrize("width", range(14, 80, 3))
def test_no_line_is_too_wide_cuts_a_figure_or_begins_with_a_stop(width: int) -> None:
    lines = lines_of(SENTENCE, width)
    assert "".join(lines) == SENTENCE
    assert all(cell_len(line) <= width for line in lines)
    assert not any(line[0] in "，。）”、" for line in lines)
    assert not any(line[-1] in "“（" for line in lines)
    for figure in ("1000000", "967688", "7.74", "0.74"):
        assert any(figure in line for line in lines)


def test_a_piece_without_a_place_to_break_at_is_cut() -> None:
    assert lines_of("ABCDEFGHIJ", 4) == ["ABCD", "EFGH", "IJ"]
    assert lines_of("", 4) == [""]


def test_english_breaks_at_spaces_and_a_mark_keeps_its_word() -> None:
    assert lines_of("→ 请补填。", 8) == ["→ 请补", "填。"]
    assert lines_of("成立 / 不成立 / 不适用", 10) == ["成立 / ", "不成立 / ", "不适用"]
    assert lines_of("executed above the budget", 10) == ["executed ", "above the ", "budget"]


def test_cells_of_tables_are_prose() -> None:
    out = StringIO()
    console = ProseConsole(file=out, width=20, markup=False, highlight=False)
    table = Table(box=None, padding=0)
    table.add_column("", width=12)
    table.add_row("各项得分相加为90分。")
    console.print(table)
    shown = [line.strip() for line in out.getvalue().splitlines() if line.strip()]
    assert shown == ["各项得分相加", "为90分。"]
