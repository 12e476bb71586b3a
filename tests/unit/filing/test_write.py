"""Writing is the inverse of reading, and the same filing gives the same bytes."""

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing import (
    Entity,
    Fact,
    Filing,
    Indicator,
    OverallTargets,
    Project,
    RubricScore,
    Sheet,
    Task,
    read_filing,
    write_filing,
)
from hengjian.filing.model import Operator
from hengjian.filing.sheets import read_measure
from hengjian.filing.write import filing_files
from hengjian.kernel import Figure, FiscalYear, InputError, MoneyUnit, Place
from hengjian.packs.schema import Column, Form
from tests.unit.filing.maker import MANIFEST, library, make_folder, standards, without_places

STANDARDS = standards()
FORMS = [form for form in STANDARDS.forms.values() if form.kind == "demo"]
LABELS = sorted(STANDARDS.wordings["self_evaluation_form"].labels)

words = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"),
    min_size=1,
    max_size=12,
)
names = words.filter(lambda text: bool(text.strip()))
points = st.decimals(0, 1000, allow_nan=False, places=2) | st.integers(0, 100).map(Decimal)
blank_or_points = st.none() | points
numbers = st.decimals(-(10**9), 10**9, allow_nan=False, places=2)


@st.composite
def stated(draw: st.DrawFn, column: Column) -> str:
    number = draw(numbers)
    if column.measure == "percent":
        return f"{number}{draw(st.sampled_from(['', '%', '％']))}"
    if column.measure == "count":
        return f"{abs(int(number))}{draw(st.sampled_from(['', '人', '册']))}"
    text = draw(st.sampled_from([f"{number}", f"{number:,}", f"{int(number)}"]))
    return text + draw(st.sampled_from(["", "元", "万元", "亿元"]))


@st.composite
def sheets(draw: st.DrawFn, form: Form) -> Sheet:
    ids = [row.id for row in form.rows]
    if form.code_rows is not None:
        scheme = STANDARDS.schemes[form.code_rows.scheme]
        ids += [code for code in scheme.items if len(code) in form.code_rows.levels]
    rows = {
        row: draw(words) for row in draw(st.lists(st.sampled_from(ids), unique=True, min_size=1, max_size=6))
    }
    figures: dict[tuple[str, str], Figure] = {}
    unit = draw(st.sampled_from(MoneyUnit))
    for row in rows:
        for column in form.columns:
            value = read_measure(draw(stated(column)), column, unit) if draw(st.booleans()) else None
            if value is not None:
                figures[row, column.id] = Figure(form.form, row, column.id, value)
    return Sheet(form.form, rows, figures, Place(table=draw(st.none() | names)), draw(st.none() | words))


operators: st.SearchStrategy[Operator | None] = st.sampled_from(
    ["≥", ">", "≤", "<", "=", "qualitative", None]
)
indicators = st.builds(
    Indicator,
    level1=words | st.just(""),
    level2=words | st.just(""),
    name=words,
    operator=operators,
    target=st.none() | words,
    unit=st.none() | words,
    actual=st.none() | words,
    weight=blank_or_points,
    score=blank_or_points,
    shortfall=st.none() | words,
    basis=st.none() | words,
    place=st.just(Place()),
)
some_indicators = st.lists(indicators, max_size=3).map(tuple)
projects = st.builds(
    Project,
    name=words,
    code=st.none() | words,
    funds=st.none() | sheets(STANDARDS.forms["performance.funds"]),
    indicators=some_indicators,
    execution_weight=blank_or_points,
    execution_score=blank_or_points,
    stated_weight=blank_or_points,
    stated_score=blank_or_points,
    conclusion_score=blank_or_points,
    texts=st.dictionaries(st.sampled_from(LABELS), words | st.just(""), max_size=4),
    place=st.just(Place()),
    places=st.just({}),
)
overall = st.builds(
    OverallTargets,
    funds=st.none() | sheets(STANDARDS.forms["performance.overall_funds"]),
    indicators=some_indicators,
    stated_unit=st.none() | st.sampled_from(["元", "万元"]),
    place=st.just(Place()),
    texts=st.dictionaries(st.sampled_from(LABELS), words | st.just(""), max_size=3),
    tasks=st.lists(st.builds(Task, words, words | st.just("")), max_size=3).map(tuple),
)
rubric_scores = st.builds(
    RubricScore, names, words, words, maximum=blank_or_points, score=blank_or_points, place=st.just(Place())
)
facts = st.builds(
    Fact, names, words, words, words, year=st.none() | st.integers(1994, 2100), place=st.just(Place())
)


@st.composite
def filings(draw: st.DrawFn) -> Filing:
    forms = draw(st.lists(st.sampled_from(FORMS), unique_by=lambda form: form.form, max_size=3))
    return Filing(
        entity=draw(st.builds(Entity, words, st.none() | words)),
        year=FiscalYear(2022),
        pack="demo",
        kind=draw(st.sampled_from(["budget", "final_accounts", "self_evaluation"])),
        sheets={form.form: draw(sheets(form)) for form in forms},
        projects=draw(st.lists(projects, max_size=3).map(tuple)),
        overall=draw(st.none() | overall),
        rubric_scores=draw(st.lists(rubric_scores, max_size=3).map(tuple)),
        stated_total=draw(blank_or_points),
        facts=draw(st.lists(facts, max_size=3).map(tuple)),
    )


@given(filing=filings(), with_standards=st.booleans())
def test_what_is_written_is_read_back(filing: Filing, *, with_standards: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_filing(filing, folder, STANDARDS if with_standards else None)
        again = read_filing(folder, library())
        assert again.problems == ()
        assert without_places(again) == without_places(filing)
        assert filing_files(again, STANDARDS) == filing_files(filing, STANDARDS)


def _filing(**parts: object) -> Filing:
    filing = Filing(Entity("青山图书馆"), FiscalYear(2022), "demo", "budget")
    return replace(filing, **parts)  # type: ignore[arg-type]


def test_projects_are_numbered_and_named_by_code(tmp_path: Path) -> None:
    given_projects = (Project("阅读/推广", code="../P-01"), Project("展览（一）"), Project("!"))
    write_filing(_filing(projects=given_projects), tmp_path)
    assert sorted(path.name for path in (tmp_path / "projects").iterdir()) == [
        "01-P-01.toml",
        "02-展览-一.toml",
        "03.toml",
    ]


def test_what_a_filing_no_longer_has_is_removed(tmp_path: Path) -> None:
    write_filing(_filing(projects=(Project("一"), Project("二")), facts=(Fact("a", "1", "", ""),)), tmp_path)
    (tmp_path / "notes.md").write_text("mine", encoding="utf-8")
    write_filing(_filing(projects=(Project("一"),)), tmp_path)
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert files == ["filing.toml", "notes.md", "projects/01-一.toml"]


def test_a_filing_that_was_not_read_whole_is_not_written_over_itself(tmp_path: Path) -> None:
    make_folder(tmp_path, {"projects/01.toml": "name = "}, MANIFEST)
    filing = read_filing(tmp_path, library())
    with pytest.raises(InputError) as caught:
        write_filing(filing, tmp_path)
    assert caught.value.code == "input.would-lose"
    write_filing(filing, tmp_path / "copy")
    assert (tmp_path / "copy/filing.toml").is_file()


def test_with_standards_every_column_of_the_form_is_there_to_be_filled(tmp_path: Path) -> None:
    sheet = Sheet("demo.expenditure", {"total": "合计"}, {})
    write_filing(_filing(sheets={"demo.expenditure": sheet}), tmp_path, STANDARDS)
    text = (tmp_path / "sheets/demo.expenditure.csv").read_text(encoding="utf-8")
    assert text == "row,name,total,running,project\ntotal,合计,,,\n"
