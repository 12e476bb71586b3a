"""Filings out into workbooks and back, through the command line; formulas reckoned by LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hengjian.authoring.workbook import write_workbook
from hengjian.authoring.workbook.book import read_book
from hengjian.cli.app import build
from hengjian.filing import read_filing
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from tests.unit.authoring.workbook.editing import Editor, S

EXAMPLES = data_folder("examples")
LINGSHOU = EXAMPLES / "lingshou-2021"
ALL = sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "filing.toml").is_file())
TOTAL = "5 一般公共预算支出表"


def run(*arguments: object, answer: str | None = None, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), [str(argument) for argument in arguments], input=answer)


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    folder = tmp_path / "lingshou-2021"
    shutil.copytree(LINGSHOU, folder)
    return folder


@pytest.fixture
def edited(filing: Path, tmp_path: Path) -> Path:
    """The exported workbook with one figure changed, one cleared, and one that is none."""
    path = tmp_path / "填报.xlsx"
    assert run("export", filing, "--xlsx", path).exit_code == 0
    book = Editor(path.read_bytes())
    tab = book.tab("“三公”经费支出表")
    book.put(tab, "C9", 3.5)
    book.put(tab, "D9", None)
    path.write_bytes(book.data())
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ALL)
def test_every_example_comes_back_without_a_difference(name: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    assert run("export", EXAMPLES / name, "--xlsx", path).exit_code == 0
    result = run("import", path, "--into", EXAMPLES / name)
    assert (result.exit_code, result.output.strip()) == (0, "没有改动。")


def test_the_workbook_is_named_after_the_filing(
    filing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", filing).exit_code == 0
    assert (tmp_path / "lingshou-2021.xlsx").is_file()


def test_changes_are_shown_and_written_when_agreed(filing: Path, edited: Path) -> None:
    before = content(filing)
    refused = run("import", edited, "--into", filing, answer="n\n")
    assert refused.exit_code == 1
    assert content(filing) == before
    assert all(word in refused.output for word in ("原来", "现在", "3.00", "3.50", "空白"))
    unasked = run("import", edited, "--into", filing)
    assert (unasked.exit_code, content(filing)) == (1, before)
    assert "--yes" in unasked.stderr
    agreed = run("import", edited, "--into", filing, answer="y\n")
    assert agreed.exit_code == 0
    changed = {name for name, data in content(filing).items() if before[name] != data}
    assert changed == {"sheets/budget.three_public.csv"}
    assert run("import", edited, "--into", filing).stdout.strip() == "没有改动。"


def test_json_tells_changes_and_asks_nothing(filing: Path, edited: Path) -> None:
    told = run("import", edited, "--into", filing, "--format", "json")
    data = json.loads(told.stdout)
    assert (told.exit_code, data["written"], len(data["changes"])) == (1, False, 2)
    assert data["changes"][0]["after"] == "3.50"
    written = run("import", edited, "--into", filing, "--format", "json", "--yes")
    assert (written.exit_code, json.loads(written.stdout)["written"]) == (0, True)


def test_a_conflict_writes_nothing_and_is_told_with_all_three_figures(filing: Path, edited: Path) -> None:
    sheet = filing / "sheets" / "budget.three_public.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("3.00", "4.00"), encoding="utf-8")
    before = content(filing)
    result = run("import", edited, "--into", filing, "--yes")
    assert (result.exit_code, content(filing)) == (2, before)
    assert all(figure in result.stderr for figure in ("3.00", "3.50", "4.00"))


def test_a_workbook_of_another_year_is_refused_with_the_reason(filing: Path, edited: Path) -> None:
    manifest = filing / "filing.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("2021", "2020"), encoding="utf-8")
    result = run("import", edited, "--into", filing, "--yes", language="en")
    assert result.exit_code == 2
    assert "2021" in result.stderr
    assert "2020" in result.stderr


def test_a_filing_that_was_not_read_whole_is_not_written_over(filing: Path, edited: Path) -> None:
    sheet = filing / "sheets" / "budget.assets.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "other,多出来,1,2,3,4\n", encoding="utf-8")
    before = content(filing)
    result = run("import", edited, "--into", filing, "--yes")
    assert (result.exit_code, content(filing)) == (2, before)
    assert "丢失" in result.stderr


@pytest.mark.parametrize("name", ["lingshou-2021", "quxian-2022"])
def test_formulas_reckoned_anew_give_the_figures_of_the_filing(name: str, tmp_path: Path) -> None:
    """The results that the file holds are taken out, so that LibreOffice must come to them itself."""
    library = load_library(data_folder("packs"))
    filing = read_filing(EXAMPLES / name, library)
    standards = standards_for(library, filing.pack, filing.year)
    book = Editor(write_workbook(filing, standards))
    for root in book.roots.values():
        for cell in root.iter(f"{S}c"):
            value = cell.find(f"{S}v")
            if cell.find(f"{S}f") is not None and value is not None:
                cell.remove(value)
    (tmp_path / "in").mkdir()
    bare, path = tmp_path / "in" / "book.xlsx", tmp_path / "book.xlsx"
    bare.write_bytes(book.data())
    convert(bare, tmp_path)
    original = tmp_path / "original.xlsx"
    original.write_bytes(write_workbook(filing, standards))
    reckoned = {tab.name: tab for tab in read_book(path)}
    for tab in read_book(original):
        if tab.name in {"封面", "_hengjian"}:
            continue
        numbers = {at: cell.number for at, cell in tab.cells.items() if cell.number is not None}
        others = {at: cell.number for at, cell in reckoned[tab.name].cells.items() if cell.number is not None}
        assert {at: others.get(at) and round(others[at], 6) for at in others} == {
            at: round(number, 6) for at, number in numbers.items()
        }
    result = run("import", path, "--into", EXAMPLES / name)
    assert result.stdout.strip() == "没有改动。", result.output


def convert(source: Path, folder: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=False, capture_output=True, timeout=180)
    if not (folder / source.name).is_file():
        pytest.skip("LibreOffice is here without Calc")


def test_a_workbook_of_ours_without_its_hidden_sheet_is_no_publication(filing: Path, edited: Path) -> None:
    book = Editor(edited.read_bytes())
    book.drop("_hengjian")
    edited.write_bytes(book.data())
    before = content(filing)
    result = run("import", edited, "--into", filing, "--yes")
    assert (result.exit_code, content(filing)) == (2, before)
    assert "hengjian export" in result.stderr
