"""Whatever cannot be used becomes a finding with its place, and the rest is read."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengjian.filing import csv_file, intake, read_filing, toml_file
from hengjian.filing.intake import Intake
from hengjian.filing.sheets import SheetBuilder
from hengjian.kernel import InputError, MoneyUnit, Place
from hengjian.packs.schema import Form
from tests.unit.filing.maker import MANIFEST, codes, library, make_folder, read, sheet, standards

HEADER = "row,name,total,running,project\n"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("101,馆藏,1", "input.csv-fields", None),
        ("101,馆藏,1,2,3,4", "input.csv-fields", None),
        ('101,"馆藏"x,1,2,3', "input.csv", None),
        ("heating,取暖,1,,", "input.unknown-row", None),
        ("10199,其他,1,,", "input.unknown-code", None),
        (",无名,1,,", "input.unknown-row", None),
        ("102,馆舍,一点,,", "input.not-a-number", "合计"),
        ("total,合计,1,,", "input.duplicate", None),
        (f"102,{'长' * 10_001},1,,", "input.too-long", None),
    ],
)
def test_a_bad_row_is_a_problem_and_the_others_are_read(
    tmp_path: Path, row: str, code: str, column: str | None
) -> None:
    text = f"{HEADER}total,合计,9,,\n{row}\n103,活动,8,,\n"
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": text}, sheet("demo.expenditure"))
    assert codes(filing) == [code]
    place = filing.problems[0].place
    assert (place.file, place.line, place.column) == ("sheets/demo.expenditure.csv", 3, column)
    figures = filing.sheets["demo.expenditure"].figures
    assert {row for row, _ in figures} >= {"total", "103"}


def test_a_code_is_held_against_the_edition_of_the_year(tmp_path: Path) -> None:
    text = f"{HEADER}10104,新馆,1,,\n"
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": text}, sheet("demo.expenditure"))
    assert "2022年" in filing.problems[0].message.zh
    assert "10104" in filing.problems[0].message.en


def test_a_form_takes_only_codes_of_its_levels(tmp_path: Path) -> None:
    text = "row,name,amount\n10101,图书购置,1\n101,馆藏,1\n"
    filing = read(tmp_path, {"sheets/demo.summary.csv": text}, sheet("demo.summary"))
    assert codes(filing) == ["input.code-level"]
    assert list(filing.sheets["demo.summary"].rows) == ["101"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("row,name,total,heating\ntotal,合计,1,2\n", ["input.unknown-column"]),
        ("row,name,total,total\ntotal,合计,1,2\n", ["input.duplicate"]),
        ("name,row,total\n合计,total,1\n", ["input.csv-header"]),
        ("", ["input.csv-header"]),
        ('row,name,total\ntotal,合计,1\n102,馆舍,"2\n', ["input.csv"]),
    ],
)
def test_a_bad_header_or_an_open_quote_is_one_problem(tmp_path: Path, text: str, found: list[str]) -> None:
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": text}, sheet("demo.expenditure"))
    assert codes(filing) == found
    assert "demo.expenditure" in filing.sheets


def test_a_sheet_must_be_known_listed_once_and_there(tmp_path: Path) -> None:
    manifest = sheet("demo.summary") + sheet("demo.summary").removeprefix(MANIFEST)
    manifest += sheet("../../etc/passwd").removeprefix(MANIFEST)
    manifest += sheet("demo.expenditure").removeprefix(MANIFEST)
    files: dict[str, str | bytes] = {
        "sheets/demo.summary.csv": "row,name,amount\n",
        "sheets/demo.funds.csv": "row,name,planned\n",
    }
    filing = read(tmp_path, files, manifest)
    assert sorted(codes(filing)) == [
        "input.duplicate",
        "input.not-found",
        "input.sheet-unlisted",
        "input.unknown-form",
    ]


def test_an_empty_sheet_with_rows_is_read_and_noted(tmp_path: Path) -> None:
    text = f"{HEADER}total,合计,1,,\n"
    manifest = sheet("demo.expenditure", empty="true")
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": text}, manifest)
    assert codes(filing) == ["input.sheet-not-empty"]
    assert len(filing.sheets["demo.expenditure"].figures) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("unit = '斤'", "input.money-unit"),
        ("empty = 'yes'", "input.wrong-type"),
        ("colour = 'red'", "input.unknown-key"),
        ("caption = ['a']", "input.wrong-type"),
    ],
)
def test_a_bad_entry_of_a_sheet_is_a_problem_at_its_line(tmp_path: Path, line: str, code: str) -> None:
    manifest = sheet("demo.expenditure") + line + "\n"
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": f"{HEADER}total,合计,1,,\n"}, manifest)
    assert codes(filing) == [code]
    assert filing.problems[0].place.line == len(manifest.splitlines())
    assert filing.sheets["demo.expenditure"].figures


PROJECT = 'name = "阅读"\n[[indicator]]\nname = "讲座"\n{line}\n[[indicator]]\nname = "展览"\nweight = 5\n'


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("weight = 'many'", "input.not-a-number"),
        ("weight = true", "input.wrong-type"),
        ("weight = nan", "input.not-a-number"),
        ("weight = 1e400", "input.out-of-range"),
        ("weight = 1e-99", "input.out-of-range"),
        (f"weight = 0x{'f' * 5000}", "input.out-of-range"),
        (f"target = 0x{'f' * 5000}", "input.wrong-type"),
        ("target = 2022-01-01", "input.wrong-type"),
        ("operator = '约'", "input.unknown-value"),
        ("wieght = 5", "input.unknown-key"),
    ],
)
def test_a_bad_value_of_an_indicator_is_a_problem_at_its_line(tmp_path: Path, line: str, code: str) -> None:
    filing = read(tmp_path, {"projects/01.toml": PROJECT.format(line=line)})
    assert codes(filing) == [code]
    assert (filing.problems[0].place.file, filing.problems[0].place.line) == ("projects/01.toml", 4)
    assert [indicator.name for indicator in filing.projects[0].indicators] == ["讲座", "展览"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code = 1", "input.missing-key"),
        ("name = ''", "input.missing-key"),
        ('name = "a"\nindicator = 3', "input.wrong-type"),
        ('name = "a"\nindicator = [1]', "input.wrong-type"),
        ('name = "a"\nfunds = 3', "input.wrong-type"),
        ('name = "a"\n[texts]\nweather = "fine"', "input.unknown-key"),
        ('name = "a"\n[execution]\nrate = 1', "input.unknown-key"),
        ('name = "a"\n[[funds.row]]\nrow = "heating"', "input.unknown-row"),
        ('name = "a"\n[[funds.row]]\nrow = "total"\nheating = "3"', "input.unknown-column"),
        ('name = "a"\n[[funds.row]]\nrow = "total"\ninitial = "三"', "input.not-a-number"),
        ('name = "a"\n[[indicator]]\nlevel1 = "产出"', "input.missing-key"),
        ("name = ", "input.toml"),
        ("a." * 40 + "a = 1", "input.toml"),
        ("a = " + "[" * 5000, "input.toml"),
        (f"name = '{'a' * 20_001}'", "input.too-long"),
        (f'name = "a"\ncode = [\n[{" " * 19_000}\n]]', "input.wrong-type"),
    ],
)
def test_a_bad_project_is_a_problem_and_the_next_is_read(tmp_path: Path, text: str, code: str) -> None:
    filing = read(tmp_path, {"projects/01.toml": text, "projects/02.toml": 'name = "展览"'})
    assert codes(filing) == [code]
    assert filing.problems[0].place.file == "projects/01.toml"
    assert filing.projects[-1].name == "展览"


def test_bad_lines_of_the_lists_are_problems(tmp_path: Path) -> None:
    rubric = "level1,level2,title,maximum,score,remark\n投入,目标,明确,五,4,x\n"
    facts = "key,value,unit,section,year,line\n馆藏,1,册,,去年,\n馆藏,1,册,,,十\n"
    filing = read(tmp_path, {"rubric.csv": rubric, "facts.csv": facts})
    assert codes(filing) == [
        "input.unknown-key",
        "input.not-a-number",
        "input.year",
        "input.not-a-number",
    ]
    assert (filing.rubric_scores[0].maximum, filing.rubric_scores[0].score) == (None, Decimal(4))
    assert len(filing.facts) == 2


def test_a_figure_where_the_form_has_no_cell_is_a_problem() -> None:
    two_sided = Form.model_validate(
        {
            "form": "demo.sides",
            "title": {"zh": "两栏表", "en": "Two sides"},
            "captions": ["两栏表"],
            "kind": "demo",
            "unit": "元",
            "from": 2018,
            "basis": "虚构",
            "verified": True,
            "columns": [
                {"id": "in", "side": "income", "captions": ["收"]},
                {"id": "out", "side": "expenditure", "captions": ["支"]},
            ],
            "rows": [{"id": "dues", "side": "income", "captions": ["会费"]}],
        }
    )
    inlet = Intake(Path())
    builder = SheetBuilder(inlet, standards(), two_sided, MoneyUnit.YUAN, Place())
    builder.add_row("dues", "会费", {"in": "3", "out": "4"}, Place(file="a.csv", line=2))
    assert list(builder.figures) == [("dues", "in")]
    assert [problem.code for problem in inlet.problems] == ["input.no-cell"]
    assert inlet.problems[0].place == Place(file="a.csv", row="会费", column="支", line=2, quote="4")


def test_a_file_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    filing = read(tmp_path, {"facts.csv": b"\xff\xfe\x00\xd8", "projects/01.toml": b"\xff\xff"})
    assert codes(filing) == ["input.not-text", "input.not-text"]
    assert filing.facts == ()


def test_every_size_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_BYTES", 500)
    monkeypatch.setattr(csv_file, "MOST_ROWS", 2)
    monkeypatch.setattr(toml_file, "MOST_TABLES", 1)
    files: dict[str, str | bytes] = {
        "facts.csv": "key,value,unit,section,year,line\n" + "k,1,,,,\n" * 5,
        "rubric.csv": "x" * 501,
        "projects/01.toml": 'name = "a"\n' + "[[indicator]]\nname = 'b'\n" * 3,
    }
    filing = read(tmp_path, files)
    assert sorted(codes(filing)) == ["input.too-large", "input.too-many", "input.too-many"]
    assert len(filing.facts) == 2
    assert len(filing.projects[0].indicators) == 1


def test_problems_beyond_a_number_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_PROBLEMS", 3)
    facts = "key,value,unit,section,year,line\n" + "k,1,,,never,\n" * 10
    filing = read(tmp_path, {"facts.csv": facts})
    assert codes(filing) == ["input.year"] * 3 + ["input.more-problems"]
    assert "7" in filing.problems[-1].message.zh


def test_every_problem_says_what_where_and_what_to_do_in_two_languages(tmp_path: Path) -> None:
    text = f"{HEADER}102,馆舍,一点,,\n"
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": text}, sheet("demo.expenditure"))
    problem = filing.problems[0]
    assert problem.suggestion is not None
    assert "一点" in problem.message.zh
    assert "一点" in problem.message.en
    assert (
        problem.place.where("zh") == "sheets/demo.expenditure.csv，《协会支出表》，行“馆舍”，列“合计”，第2行"
    )
    assert problem.place.quote == "一点"


_TEXTS = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode(errors="replace")),
    st.lists(
        st.sampled_from(
            ['"', ",", "\n", "row,name", "total", "101", "[[", "]]", "=", "name", "{", "'''", "1e9"]
        ),
        max_size=40,
    ).map(lambda parts: "".join(parts).encode()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=_TEXTS,
    name=st.sampled_from(
        ["facts.csv", "rubric.csv", "targets/overall.toml", "projects/01.toml", "sheets/demo.expenditure.csv"]
    ),
)
def test_no_content_of_a_file_is_ever_a_crash(tmp_path: Path, content: bytes, name: str) -> None:
    filing = read(tmp_path, {name: content}, sheet("demo.expenditure"))
    assert all(problem.code.startswith("input.") for problem in filing.problems)
    (tmp_path / name).unlink()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=_TEXTS)
def test_no_content_of_the_manifest_is_a_crash(tmp_path: Path, content: bytes) -> None:
    make_folder(tmp_path, {})
    (tmp_path / "filing.toml").write_bytes(content)
    with pytest.raises(InputError):
        read_filing(tmp_path, replace(library(), digest="other"))
