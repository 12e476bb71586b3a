"""``hengjian packs test`` as a pack's author meets it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hengjian.cli.app import build
from hengjian.kernel.resources import data_folder

RIGHT = 'pass: {total: "100", running: "60", project: "40"}'
WRONG = 'pass: {total: "100", running: "60", project: "30"}'


def run(*arguments: object, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), ["packs", "test", *map(str, arguments)])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(data_folder("packs") / "demo", tmp_path / "demo")
    return tmp_path


def change(root: Path, old: str, new: str) -> None:
    path = root / "demo" / "cases" / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_pack_whose_cases_hold() -> None:
    result = run("--pack", "demo")
    assert (result.exit_code, "demo" in result.output) == (0, True)
    assert "不成立" not in result.output


def test_a_failure_says_where_it_stands_and_why(root: Path) -> None:
    change(root, RIGHT, WRONG)
    for language, words in (
        ("zh", "用例写的是“成立”，结果是“不成立”"),
        ("en", "states pass, it came out fail"),
    ):
        result = run(root, language=language)
        assert result.exit_code == 1
        (line,) = [line for line in result.output.splitlines() if "demo/cases/rules.yaml:4" in line]
        assert "demo.expenditure.by-nature" in line
        assert words in line
        assert "100" in line


def test_a_faulty_case_and_an_item_without_cases(root: Path) -> None:
    change(root, RIGHT, 'pass: {nothing: "100"}')
    (root / "demo" / "cases" / "items.yaml").unlink()
    result = run(root, language="en")
    assert result.exit_code == 1
    assert "demo/cases/rules.yaml:4: demo.expenditure.by-nature: the case is faulty" in result.output
    assert "demo/codes/purpose.yaml:1: purpose: it has no cases." in result.output


def test_what_cannot_be_read(root: Path) -> None:
    assert run("--pack", "nowhere").exit_code == 2
    change(root, RIGHT, "pass: {total: 100}")
    assert run(root).exit_code == 2
