"""`hengjian targets lint`: findings about targets alone, in both languages and formats."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hengjian.cli.app import build

ROOT = Path(__file__).resolve().parents[2]
BUDGET, ACCOUNTS = ROOT / "examples" / "lingshou-2021", ROOT / "examples" / "quxian-2022"


def run(*arguments: str | Path, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), [str(argument) for argument in arguments])


def test_it_prints_targets_alone_with_a_better_wording() -> None:
    result = run("targets", "lint", BUDGET, "--format", "json")
    data = json.loads(result.output)
    codes = {finding["code"] for finding in data["filings"][0]["findings"]}
    assert data["schema"] == "hengjian.targets/1"
    assert {code.partition(".")[0] for code in codes} == {"target"}
    assert "（MI-97）" in result.output
    assert result.exit_code == 0, "warnings and hints are no errors"


def test_an_error_shows_in_the_exit_status() -> None:
    assert run("targets", "lint", ACCOUNTS).exit_code == 1


@pytest.mark.parametrize(("language", "words"), [("zh", "按目标算出的金额超过预算"), ("en", "severity")])
def test_it_speaks_both_languages(language: str, words: str) -> None:
    assert words in " ".join(run("targets", "lint", BUDGET, language=language).output.split())


def test_a_folder_that_cannot_be_read(tmp_path: Path) -> None:
    assert run("targets", "lint", tmp_path / "missing").exit_code == 2


def test_last_years_results(tmp_path: Path) -> None:
    now, before = tmp_path / "now", tmp_path / "before"
    for folder in (now, before):
        shutil.copytree(ACCOUNTS, folder)
    for folder, year in ((now, 2023), (before, 2022)):
        text = (folder / "filing.toml").read_text(encoding="utf-8")
        (folder / "filing.toml").write_text(text.replace("year = 2022", f"year = {year}"), encoding="utf-8")
    result = run("targets", "lint", now, "--last-year", before, "--format", "json")
    told = [
        f
        for f in json.loads(result.output)["filings"][0]["findings"]
        if f["code"] == "target.below-last-year"
    ]
    assert "完成检查报告数量" in {finding["place"]["row"] for finding in told}
    alone = run("targets", "lint", now, "--format", "json")
    assert "target.below-last-year" not in alone.output
    assert run("targets", "lint", now, "--last-year", BUDGET).exit_code == 2
