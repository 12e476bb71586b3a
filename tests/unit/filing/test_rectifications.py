"""The list of rectifications: what a clerk types is read, what cannot be used is named, nothing is lost."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing import Entity, Filing, Rectification, RectificationState, read_filing, write_filing
from hengjian.filing.rectifications import RECTIFICATIONS, STATES, parse_date
from hengjian.kernel import FiscalYear
from tests.unit.filing.maker import codes, library, read, without_places

HEADER = "编号,问题,项目,来源,整改措施,责任人,完成时限,状态,佐证材料,发现年度\n"
ROW = "ZG-1,讲座次数的单位写成“%”,讲座,target.unit,改为“次”,业务部,2023-06-30,整改中,更正表,2022\n"


def test_a_row_is_read_in_the_fields_words(tmp_path: Path) -> None:
    filing = read(tmp_path, {RECTIFICATIONS: HEADER + ROW})
    assert codes(filing) == []
    (item,) = filing.rectifications
    assert (item.place.line, item.place.section) == (2, "讲座")
    assert without_places(item) == Rectification(
        id="ZG-1",
        problem="讲座次数的单位写成“%”",
        project="讲座",
        source="target.unit",
        measure="改为“次”",
        owner="业务部",
        due="2023-06-30",
        state="under_way",
        evidence="更正表",
        year=2022,
    )


def test_columns_may_be_left_out_stand_in_any_order_and_bear_identifiers(tmp_path: Path) -> None:
    text = "state,due,problem\ndone,2023/6/30,读者满意度没有调查\n,,馆藏台账不全\n"
    filing = read(tmp_path, {RECTIFICATIONS: text.encode("gb18030")})
    assert codes(filing) == []
    first, second = filing.rectifications
    assert (first.state, first.due, first.measure, first.year) == ("done", "2023-06-30", None, None)
    assert (second.state, second.due) == ("open", None)
    assert first.id != second.id
    assert read(tmp_path, {RECTIFICATIONS: text}).rectifications[0].id == first.id


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("ZG-2,讲座太少,,,,,年底前,,,", "input.not-a-date", "完成时限"),
        ("ZG-2,讲座太少,,,,,2023-06-31,,,", "input.not-a-date", "完成时限"),
        ("ZG-2,讲座太少,,,,,,改好了,,", "input.unknown-value", "状态"),
        ("ZG-2,讲座太少,,,,,,,,去年", "input.year", "发现年度"),
        ("ZG-2,,讲座,,,,,,,", "input.missing-key", "问题"),
        ("ZG-1,讲座太少,,,,,,,,", "input.duplicate", None),
        ("ZG-2,讲座太少", "input.csv-fields", None),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_is_read(
    tmp_path: Path, row: str, code: str, column: str | None
) -> None:
    filing = read(tmp_path, {RECTIFICATIONS: f"{HEADER}{ROW}{row}\n"})
    (problem,) = filing.problems
    assert (problem.code, problem.place.file, problem.place.line) == (code, RECTIFICATIONS, 3)
    assert problem.place.column == column
    assert filing.rectifications[0].id == "ZG-1"


def test_unknown_and_repeated_columns_are_named(tmp_path: Path) -> None:
    filing = read(tmp_path, {RECTIFICATIONS: "问题,备注,问题\n讲座太少,一,二\n"})
    assert codes(filing) == ["input.unknown-key", "input.duplicate"]
    assert filing.rectifications[0].problem == "讲座太少"


def test_a_list_without_problems_is_none(tmp_path: Path) -> None:
    filing = read(tmp_path, {RECTIFICATIONS: "编号,状态\nZG-1,待整改\n"})
    assert codes(filing) == ["input.missing-key"]
    assert filing.rectifications == ()


@pytest.mark.parametrize("text", ["", "2023", "2023-13-01", "0000-01-01", "2" * 10_000, "2023-06-30 17:00"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_date(text) is None


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).map(str.strip)
texts = texts.filter(bool)
states: st.SearchStrategy[RectificationState] = st.sampled_from(list(STATES))
items = st.builds(
    Rectification,
    id=texts,
    problem=texts,
    project=st.none() | texts,
    source=st.none() | texts,
    measure=st.none() | texts,
    owner=st.none() | texts,
    due=st.none() | st.dates().map(lambda day: day.isoformat()),
    state=states,
    evidence=st.none() | texts,
    year=st.none() | st.integers(1994, 2100),
)


@given(st.lists(items, max_size=6, unique_by=lambda item: item.id))
def test_writing_and_reading_keep_every_item(written: list[Rectification]) -> None:
    filing = Filing(Entity("青山图书馆"), FiscalYear(2022), "demo", "budget", rectifications=tuple(written))
    with tempfile.TemporaryDirectory() as folder:
        write_filing(filing, Path(folder))
        again = read_filing(Path(folder), library())
        assert codes(again) == []
        assert without_places(again.rectifications) == filing.rectifications
        write_filing(replace(again, rectifications=()), Path(folder))
        assert not (Path(folder) / RECTIFICATIONS).exists()
