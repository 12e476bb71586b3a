"""Monitoring sheets: what a clerk writes is read, what cannot be used is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hengjian.filing import CorrectiveAction, Filing, write_filing
from hengjian.filing.monitoring import (
    blank_sheet,
    matched_indicators,
    monitoring_file,
    monitoring_text,
    project_of,
)
from hengjian.filing.write import filing_files
from tests.unit.filing.maker import codes, make_folder, read, standards, without_places

PROJECT = """name = "图书修复"
code = "A01"

[funds]
unit = "万元"

[[funds.row]]
row = "total"
name = "总额"
initial = "10.00"
adjusted = "12.00"

[[indicator]]
level1 = "产出指标"
level2 = "数量指标"
name = "修复图书"
operator = "≥"
target = "100"
unit = "册"

[[indicator]]
level1 = "产出指标"
level2 = "数量指标"
name = "修复图书"
operator = "≥"
target = "5"
unit = "套"
"""
SHEET = """unit = "万元"

[[project]]
project = "A01"
executed = 4.50
expected = "12万元"
disposition = "继续执行"

[[project.indicator]]
name = "修复图书"
actual = 40

[[project.indicator]]
name = "修复图书"
actual = "1"
reason = "缺纸"
likelihood = "有可能"

[[project.action]]
measure = "加快采购"
owner = "采编部"
due = "2022-09-30"

[[project.action]]
measure = ""
"""


def filing(folder: Path, sheet: str = SHEET, name: str = "06.toml") -> Filing:
    return read(folder, {"projects/01.toml": PROJECT, f"monitoring/{name}": sheet})


def test_a_sheet_is_read_as_it_was_filled_in(tmp_path: Path) -> None:
    made = filing(tmp_path)
    assert codes(made) == []
    (sheet,) = made.monitoring
    assert sheet.month == 6
    (progress,) = sheet.projects
    assert (str(progress.executed), str(progress.expected)) == ("4.50万元", "12万元")
    assert progress.budget is None
    assert [each.actual for each in progress.indicators] == ["40", "1"]
    assert [each.place.line for each in progress.indicators] == [9, 13]
    (action,) = progress.actions
    assert without_places(action) == CorrectiveAction("加快采购", "采编部", "2022-09-30")
    assert (action.place.file, action.place.line) == ("monitoring/06.toml", 19)


def test_a_project_is_named_by_code_or_name_and_indicators_of_one_name_by_their_order(tmp_path: Path) -> None:
    made = filing(tmp_path)
    assert project_of(made, " A01 ") is made.projects[0]
    assert project_of(made, "图书 修复") is made.projects[0]
    assert project_of(made, "A02") is None
    (progress,) = made.monitoring[0].projects
    indicators = made.projects[0].indicators
    pairs = matched_indicators(indicators[:1], progress.indicators)
    assert [(one and one.target, other and other.actual) for one, other in pairs] == [
        ("100", "40"),
        (None, "1"),
    ]
    assert matched_indicators(indicators, ())[1] == (indicators[1], None)


@pytest.mark.parametrize(
    ("name", "sheet", "code", "line"),
    [
        ("6.toml", "", "input.unknown-value", None),
        ("13.toml", "", "input.unknown-value", None),
        ("06.toml", "unit = =", "input.toml", 1),
        ("06.toml", 'unit = "斤"', "input.money-unit", 1),
        ("06.toml", "mouth = 6", "input.unknown-key", 1),
        ("06.toml", '[[project]]\nexecuted = "1"', "input.missing-key", 1),
        ("06.toml", '[[project]]\nproject = "A01"\nexecuted = "一点"', "input.not-a-number", 3),
        ("06.toml", '[[project]]\nproject = "A01"\n\n[[project]]\nproject = "A01"', "input.duplicate", 5),
        (
            "06.toml",
            '[[project]]\nproject = "A01"\n[[project.indicator]]\nactual = 1',
            "input.missing-key",
            3,
        ),
        ("06.toml", '[[project]]\nproject = "A01"\n[[project.action]]\nwho = "甲"', "input.unknown-key", 4),
        ("06.toml", 'project = "A01"', "input.wrong-type", 1),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(
    tmp_path: Path, name: str, sheet: str, code: str, line: int | None
) -> None:
    made = filing(tmp_path, sheet, name)
    assert codes(made) == [code]
    place = made.problems[0].place
    assert (place.file, place.line) == (f"monitoring/{name}", line)


def test_the_lists_of_a_second_project_have_lines_of_their_own(tmp_path: Path) -> None:
    more = '\n[[project]]\nproject = "图书修复"\n\n[[project.indicator]]\nname = "借阅"\n'
    made = filing(tmp_path, SHEET + more)
    second = made.monitoring[0].projects[1]
    lines = SHEET.count("\n")
    assert second.place.line == lines + 2
    assert second.indicators[0].place.line == lines + 5


def test_a_blank_sheet_has_every_project_and_indicator_and_reads_back(tmp_path: Path) -> None:
    made = filing(tmp_path / "a")
    text = monitoring_text(blank_sheet(made, 9), made, standards())
    assert "# 图书修复 调整后预算12.00万元" in text
    assert "# 年度指标值 ≥100册" in text
    assert "确定能、有可能、完全不可能" in text
    again = filing(tmp_path / "b", text, "09.toml")
    assert codes(again) == []
    assert without_places(again.monitoring[0]) == without_places(blank_sheet(made, 9))


def test_a_sheet_that_a_filing_no_longer_has_is_removed_with_it(tmp_path: Path) -> None:
    made = filing(tmp_path)
    path = tmp_path / monitoring_file(6)
    before = path.read_text(encoding="utf-8")
    write_filing(made, tmp_path, standards())
    assert path.read_text(encoding="utf-8") != before, "it is written with its comments"
    assert path.read_text(encoding="utf-8") == filing_files(made, standards())[monitoring_file(6)]
    make_folder(tmp_path / "other", {"monitoring/07.toml": ""})
    write_filing(made, tmp_path / "other", standards())
    assert sorted(p.name for p in (tmp_path / "other" / "monitoring").iterdir()) == ["06.toml"]


def test_a_comment_never_leaves_its_line(tmp_path: Path) -> None:
    name = 'name = "甲\\n[[project]]\\nproject = 1"\n'
    project = name + PROJECT.split("\n", 1)[1]
    made = read(tmp_path, {"projects/01.toml": project})
    text = monitoring_text(blank_sheet(made, 6), made)
    again = read(tmp_path / "b", {"projects/01.toml": project, "monitoring/06.toml": text})
    assert codes(again) == []
    assert len(again.monitoring[0].projects) == 1
