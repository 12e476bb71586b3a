"""Publications taken into filings: a new one is made, blanks are filled, what differs is told and left."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hengjian.cli.app import build
from hengjian.filing import read_filing
from hengjian.kernel import Amount
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

EXAMPLES = data_folder("examples")
LIBRARY = load_library(data_folder("packs"))
SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"


def run(*arguments: object, answer: str | None = None, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), [str(argument) for argument in arguments], input=answer)


def source(name: str) -> Path:
    path = SOURCES / f"{name}.txt"
    if not path.is_file():
        pytest.skip(f"the publication {name} is not here")
    return path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """The documents written of an example filing: a publication of our own."""
    out = tmp_path / "written"
    assert run("write", EXAMPLES / "quxian-2022", "--out", out).exit_code == 0
    return next(iter(sorted(out.rglob("*自评表*.docx"))))


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def amounts(folder: Path) -> dict[tuple[str, str, str], Any]:
    filing = read_filing(folder, LIBRARY)
    return {
        (form, *cell): figure.value.yuan if isinstance(figure.value, Amount) else figure.value
        for form, sheet in filing.sheets.items()
        for cell, figure in sheet.figures.items()
    }


def test_a_folder_that_is_not_there_is_made_and_reads_back(documents: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    dry = run("import", documents, "--into", folder, "--dry-run")
    assert (dry.exit_code, folder.exists()) == (0, False)
    assert "没有写入" in dry.stderr
    assert run("import", documents, "--into", folder, "--yes").exit_code == 0
    filing = read_filing(folder, LIBRARY)
    assert not filing.problems
    assert filing.projects
    again = run("import", documents, "--into", folder)
    assert (again.exit_code, "没有可以导入的新内容" in again.output) == (0, True)


def test_nothing_is_written_unless_agreed(documents: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert run("import", documents, "--into", folder, answer="n\n").exit_code == 1
    unasked = run("import", documents, "--into", folder)
    assert (unasked.exit_code, "--yes" in unasked.stderr) == (1, True)
    assert not folder.exists()
    assert run("import", documents, "--into", folder, answer="y\n").exit_code == 0
    assert (folder / "filing.toml").is_file()


def test_blanks_are_filled_and_what_differs_is_left_unless_the_document_goes_first(
    documents: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    assert run("import", documents, "--into", folder, "--yes").exit_code == 0
    whole = content(folder)
    path = next(name for name in whole if name.startswith("projects/"))
    text = (folder / path).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("conclusion_score")]
    changed = "".join(lines).replace("\nscore = 100", "\nscore = 98", 1)
    assert changed != "".join(lines)
    (folder / path).write_text(changed, encoding="utf-8")
    told = run("import", documents, "--into", folder, "--format", "json", "--yes")
    data = json.loads(told.stdout)
    assert (told.exit_code, len(data["differing"])) == (1, 1)
    assert data["differing"][0]["before"] != data["differing"][0]["after"]
    assert "\nscore = 98" in (folder / path).read_text(encoding="utf-8")
    assert run("import", documents, "--into", folder, "--replace", "--yes").exit_code == 0
    assert content(folder) == whole


def test_another_year_or_department_is_refused_with_both_named(documents: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lingshou"
    shutil.copytree(EXAMPLES / "lingshou-2021", folder)
    before = content(folder)
    told = run("import", documents, "--into", folder, "--yes", language="en")
    assert (told.exit_code, content(folder)) == (2, before)
    assert "department" in told.stderr
    other = run("import", documents, "--into", folder, "--yes", "--entity", "灵寿县医疗保障局", language="en")
    assert other.exit_code == 2
    assert "2021" in other.stderr


def test_a_folder_with_other_files_is_not_written_into(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "其他.txt").write_text("其他", encoding="utf-8")
    told = run("import", documents, "--into", tmp_path / "full", "--yes")
    assert told.exit_code == 2
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["其他.txt"]


def test_a_document_that_names_nobody_needs_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("2021年预算\n没有更多。\n", encoding="utf-8")
    told = run("import", path, "--into", tmp_path / "new", "--yes")
    assert (told.exit_code, "--entity" in told.stderr) == (2, True)


def test_a_publication_of_tables_gives_the_figures_of_the_example(tmp_path: Path) -> None:
    folder = tmp_path / "lingshou"
    assert run("import", source("lingshou-2021-budget"), "--into", folder, "--yes").exit_code == 0
    assert amounts(folder) == amounts(EXAMPLES / "lingshou-2021")


def test_a_publication_of_forms_gives_the_projects_of_the_example(tmp_path: Path) -> None:
    folder = tmp_path / "quxian"
    assert run("import", source("quxian-2022-final-accounts"), "--into", folder, "--yes").exit_code == 0
    read, typed = (read_filing(each, LIBRARY) for each in (folder, EXAMPLES / "quxian-2022"))
    assert [p.code for p in read.projects] == [p.code for p in typed.projects]
    pairs = [
        (one, other)
        for mine, theirs in zip(read.projects, typed.projects, strict=True)
        for one, other in zip(mine.indicators, theirs.indicators, strict=True)
    ]
    assert len(pairs) == 133
    assert all("".join(one.name.split()) == "".join(other.name.split()) for one, other in pairs)
    stated = [(one.target, other.target) for one, other in pairs if other.target is not None]
    assert len(stated) > 100
    assert all(one == other for one, other in stated)


@pytest.mark.parametrize("name", ["lingshou-2021-budget", "quxian-2022-final-accounts"])
def test_the_filing_has_the_identity_findings_of_the_publication(name: str, tmp_path: Path) -> None:
    path, folder = source(name), tmp_path / "filing"
    assert run("import", path, "--into", folder, "--yes").exit_code == 0
    audited = json.loads(run("audit", path, "--format", "json").stdout)["documents"][0]
    checked = json.loads(run("check", folder, "--format", "json").stdout)["filings"][0]
    assert identities(audited) == identities(checked)


def identities(data: dict[str, Any]) -> Counter[tuple[str, ...]]:
    keys = ("code", "stated", "expected", "basis")
    codes = {"identity.contradicted", "identity.not-evaluable", "identity.unusual"}
    return Counter(tuple(str(f[key]) for key in keys) for f in data["findings"] if f["code"] in codes)
