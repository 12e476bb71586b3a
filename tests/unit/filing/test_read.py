"""What is read from a sound folder, and where it stands."""

from decimal import Decimal
from pathlib import Path

import pytest

from hengjian.filing import read_filing
from hengjian.kernel import Amount, FiscalYear, InputError, MoneyUnit, Percent, Place, Quantity
from tests.unit.filing.maker import MANIFEST, codes, library, make_folder, read, sheet

EXPENDITURE = (
    "row,name,total,running,project\ntotal,合计,3.00,1.00,2.00\n101,一、馆藏,3.00,,\n10103,数字资源,,,\n"
)


def test_the_manifest_says_whose_filing_it_is(tmp_path: Path) -> None:
    filing = read(tmp_path, {}, MANIFEST.replace("kind", "score = 97.5\nkind") + 'code = "473"\n')
    assert (filing.entity.name, filing.entity.code) == ("青山图书馆", "473")
    assert (filing.year, filing.pack, filing.kind) == (FiscalYear(2022), "demo", "budget")
    assert filing.stated_total == Decimal("97.5")
    assert filing.problems == ()


def test_a_sheet_keeps_rows_figures_and_their_places(tmp_path: Path) -> None:
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": EXPENDITURE}, sheet("demo.expenditure"))
    found = filing.sheets["demo.expenditure"]
    assert list(found.rows.items()) == [("total", "合计"), ("101", "一、馆藏"), ("10103", "数字资源")]
    figure = found.figure("101", "total")
    assert figure is not None
    assert figure.value == Amount.parse("3.00", MoneyUnit.WAN_YUAN)
    assert figure.place == Place(
        file="sheets/demo.expenditure.csv",
        table="协会支出表",
        row="一、馆藏",
        column="合计",
        line=3,
        quote="3.00",
    )
    assert found.figure("101", "project") is None
    assert filing.problems == ()


def test_every_measure_is_read_by_its_column(tmp_path: Path) -> None:
    text = "row,name,visitors,cost,change_rate\ntotal,合计,1200人次,3.5万元,-5.0%\n"
    filing = read(tmp_path, {"sheets/demo.activity.csv": text}, sheet("demo.activity", unit='"元"'))
    found = filing.sheets["demo.activity"]
    values = [figure.value for figure in found.figures.values()]
    assert values == [
        Quantity.parse("1200", "人次"),
        Amount.parse("3.5", MoneyUnit.WAN_YUAN),
        Percent.parse("-5.0%"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_are_read_in_every_encoding_in_use(tmp_path: Path, encoding: str) -> None:
    manifest = sheet("demo.expenditure").encode(encoding)
    (tmp_path / "filing.toml").write_bytes(manifest)
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets/demo.expenditure.csv").write_bytes(EXPENDITURE.encode(encoding))
    filing = read_filing(tmp_path, library())
    assert filing.entity.name == "青山图书馆"
    assert filing.sheets["demo.expenditure"].rows["101"] == "一、馆藏"
    assert filing.problems == ()


def test_lines_are_counted_through_line_breaks_in_cells_and_windows_ends(tmp_path: Path) -> None:
    text = 'row,name,total\r\ntotal,"合\r\n计",1\r\n\r\n101,馆藏,2\r\n'
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": text}, sheet("demo.expenditure"))
    figures = filing.sheets["demo.expenditure"].figures
    assert [figure.place.line for figure in figures.values()] == [2, 5]


def test_columns_of_commas_that_a_spreadsheet_adds_do_no_harm(tmp_path: Path) -> None:
    text = "row,name,total,,\ntotal,合计,1,,\n,,,,\n101,馆藏,1\n"
    filing = read(tmp_path, {"sheets/demo.expenditure.csv": text}, sheet("demo.expenditure"))
    assert len(filing.sheets["demo.expenditure"].figures) == 2
    assert filing.problems == ()


def test_an_empty_sheet_needs_no_file_and_keeps_its_note(tmp_path: Path) -> None:
    manifest = sheet("demo.expenditure", empty="true", note='"注：空表列示。"', caption='"协会预算支出表"')
    filing = read(tmp_path, {}, manifest)
    found = filing.sheets["demo.expenditure"]
    assert (found.rows, found.figures, found.note) == ({}, {}, "注：空表列示。")
    assert found.place.table == "协会预算支出表"
    assert filing.problems == ()


PROJECT = '''name = "阅读推广"
code = "P-01"
weight = 100
score = "99.5"
conclusion_score = 99.5

[execution]
weight = 10
score = 9.50

[texts]
annual_goal = """
办好讲座，
[[indicator]]
"""
overview = ""

[funds]
unit = "元"

[[funds.row]]
row = "total"
name = "总额"
adjusted = "2,000.00"
executed = 2000
rate = "100%"

# the first
[[indicator]]
level1 = "产出指标"
level2 = "数量指标"
name = "讲座场次"
operator = "＝"
target = 12
unit = "场"
actual = "12"
weight = 22.5
score = 22.5

[[indicator]]
name = "读者满意度"
operator = "定性"
target = "优良"
'''


def test_a_project_is_read_with_funds_scores_texts_and_places(tmp_path: Path) -> None:
    filing = read(tmp_path, {"projects/01-a.toml": PROJECT})
    (project,) = filing.projects
    assert filing.problems == ()
    assert (project.name, project.code, project.stated_weight) == ("阅读推广", "P-01", Decimal(100))
    assert (project.stated_score, project.conclusion_score) == (Decimal("99.5"), Decimal("99.5"))
    assert str(project.execution_score) == "9.50"
    assert project.texts == {"annual_goal": "办好讲座，\n[[indicator]]\n", "overview": ""}
    assert project.funds is not None
    adjusted = project.funds.figure("total", "adjusted")
    assert adjusted is not None
    assert adjusted.value == Amount.parse("2,000.00", MoneyUnit.YUAN)
    assert project.place_of("total").line == 4
    assert project.place_of("execution").quote == "总额 2,000.00 2000 100% 10 9.50"
    assert project.place_of("overview").line == 16


def test_indicators_stand_in_the_line_of_their_header_and_quote_their_row(tmp_path: Path) -> None:
    filing = read(tmp_path, {"projects/01-a.toml": PROJECT})
    first, second = filing.projects[0].indicators
    assert (first.operator, first.target, first.weight) == ("=", "12", Decimal("22.5"))
    assert first.place == Place(
        file="projects/01-a.toml", row="讲座场次", line=29, quote="讲座场次 = 12 场 12 22.5 22.5"
    )
    assert (second.operator, second.unit, second.place.line) == ("qualitative", None, 40)
    assert second.place.quote == "读者满意度 定性 优良"


def test_projects_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    names = ("10-c", "2-b", "01-a")
    files: dict[str, str | bytes] = {f"projects/{name}.toml": f'name = "{name}"' for name in names}
    assert [project.name for project in read(tmp_path, files).projects] == ["01-a", "2-b", "10-c"]


def test_overall_targets_take_their_unit_from_the_form_s_head(tmp_path: Path) -> None:
    text = 'stated_unit = "元"\n[funds]\n[[funds.row]]\nrow = "total"\nname = "总额"\ntotal = "5"\n'
    overall = read(tmp_path, {"targets/overall.toml": text + '[[indicator]]\nname = "经费"\n'}).overall
    assert overall is not None
    assert overall.stated_unit == "元"
    assert overall.funds is not None
    figure = overall.funds.figure("total", "total")
    assert figure is not None
    assert figure.value == Amount.parse("5", MoneyUnit.YUAN)
    assert [indicator.name for indicator in overall.indicators] == ["经费"]


def test_the_rubric_and_the_facts_are_plain_lists(tmp_path: Path) -> None:
    rubric = "level1,level2,title,maximum,score\n投入,目标,目标明确,5,4.5\n投入,目标,缺分,5,\n"
    facts = 'key,value,unit,section,year,line\n馆藏量,"12,000",册,一、基本情况,2022,31\n读者,5.2万,人次,,,\n'
    filing = read(tmp_path, {"rubric.csv": rubric, "facts.csv": facts})
    assert [(line.title, line.maximum, line.score) for line in filing.rubric_scores] == [
        ("目标明确", Decimal(5), Decimal("4.5")),
        ("缺分", Decimal(5), None),
    ]
    first, second = filing.facts
    assert (first.value, first.year, first.place.line, first.place.file) == ("12,000", 2022, 31, None)
    assert (second.year, second.place.line, second.place.file) == (None, 3, "facts.csv")
    assert codes(filing) == []


def test_a_folder_without_a_manifest_is_no_filing(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_filing(tmp_path / "nowhere", library())
    assert caught.value.code == "input.not-found"
    assert "nowhere" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("2022", '"明年"', "input.year", 2),
        ("2022", "1066", "input.year", 2),
        ("2022", "true", "input.missing-key", 1),
        ('"demo"', '"nowhere"', "input.unknown-pack", 1),
        ('"budget"', '"novel"', "input.unknown-value", 3),
        ('name = "青山图书馆"', "", "input.missing-key", 5),
        ("[entity]", "[someone]", "input.missing-key", None),
        ("[entity]", "[entity", "input.toml", 5),
        ("2022", "1" * 5000, "input.toml", None),
        ("2022", "[" * 5000, "input.toml", None),
        ("2022", "1e99999999999999999999", "input.toml", None),
    ],
)
def test_a_manifest_that_is_no_manifest_is_an_error_with_its_place(
    tmp_path: Path, old: str, new: str, code: str, line: int | None
) -> None:
    make_folder(tmp_path, {}, MANIFEST.replace(old, new))
    with pytest.raises(InputError) as caught:
        read_filing(tmp_path, library())
    assert caught.value.code == code
    assert caught.value.finding.place.file == "filing.toml"
    assert caught.value.finding.place.line == line
