"""Monitoring on the command line, from a blank sheet to the findings."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from hengjian.cli.app import build
from hengjian.kernel.resources import data_folder

ROOT = Path(__file__).resolve().parents[2]
QUXIAN = data_folder("examples") / "quxian-2022"
TESTED = (6, 9, 11)


def run(*arguments: object, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), ["monitor", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(QUXIAN, tmp_path / "quxian"))


def filled(folder: Path, month: int, share: str) -> None:
    """Fill the first project's executed amount into a blank sheet; every other stays blank."""
    assert run(folder, "--new", month).exit_code == 0
    path = folder / "monitoring" / f"{month:02}.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('executed = ""', f'executed = "{share}"', 1), encoding="utf-8")


def test_a_blank_sheet_is_written_once_and_lists_every_project(folder: Path) -> None:
    path = folder / "monitoring" / "06.toml"
    result = run(folder, "--new", 6)
    assert result.exit_code == 0, result.output
    assert str(path) in result.output.replace("\n", "")
    text = path.read_text(encoding="utf-8")
    assert text.count("[[project]]") == 23
    assert "# 年度指标值 =100%" in text
    path.write_text(text + "\n", encoding="utf-8")
    again = run(folder, "--new", 6)
    assert again.exit_code == 2
    assert path.read_text(encoding="utf-8") == text + "\n", "what is there is kept"


def test_what_is_behind_is_shown_in_words_and_found(folder: Path) -> None:
    filled(folder, 6, "20.00")
    result = run(folder)
    assert result.exit_code == 0, result.output
    assert "2022年1—6月" in result.output
    assert "21.32%" in result.output
    assert "红" in result.output
    assert "≈40" in result.output
    assert "执行进度（6、9、11月）" in result.output
    assert "9月末 缺这个月的监控表" in result.output


def test_the_machine_output_holds_every_project_and_the_test(folder: Path) -> None:
    for month, share in zip(TESTED, ("20.00", "60.00", "94.00"), strict=True):
        filled(folder, month, share)
    data = json.loads(run(folder, "--format", "json").output)
    assert data["schema"] == "hengjian.monitor/1"
    (filing,) = data["filings"]
    assert [month["month"] for month in filing["months"]] == list(TESTED)
    first = filing["months"][0]["projects"][0]
    assert (first["rate"], first["execution"]["colour"]) == ("21.32", "red")
    assert first["colour"] == "red"
    assert first["forecast"] == {"low": "399900", "high": "400100", "assumed": True}
    assert first["indicators"][0]["missing"] == "actual"
    assert filing["execution_test"]["share"] is None
    assert {month["missing"] for month in filing["execution_test"]["months"]} == {"executed"}
    codes = {finding["code"] for finding in filing["findings"]}
    assert codes >= {"monitoring.behind-without-action", "monitoring.not-evaluable"}
    assert "monitoring.executed-above-budget" in codes
    assert run(folder, "--format", "json").exit_code == 1


def test_one_month_alone_is_shown_with_its_findings(folder: Path) -> None:
    filled(folder, 6, "20.00")
    filled(folder, 9, "94.00")
    data = json.loads(run(folder, "--month", 6, "--format", "json").output)
    assert [month["month"] for month in data["filings"][0]["months"]] == [6]
    assert {finding["file"] for finding in data["filings"][0]["findings"]} == {"monitoring/06.toml"}


@pytest.mark.parametrize(("arguments", "words"), [((), "--new"), (("--month", 7), "--new")])
def test_without_a_sheet_it_says_how_to_begin(
    folder: Path, arguments: tuple[object, ...], words: str
) -> None:
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_a_month_without_a_sheet_names_those_there_are(folder: Path) -> None:
    filled(folder, 6, "20.00")
    result = run(folder, "--month", 7, language="en")
    assert result.exit_code == 2
    assert "There are: 6" in result.output


def test_it_speaks_english(folder: Path) -> None:
    filled(folder, 6, "20.00")
    result = run(folder, language="en")
    assert "January to month 6 of 2022" in result.output
    assert "red" in result.output


def test_the_findings_belong_to_the_check(folder: Path) -> None:
    filled(folder, 6, "20.00")
    result = CliRunner().invoke(build("zh"), ["check", str(folder), "--format", "json"])
    codes = {finding["code"] for finding in json.loads(result.output)["filings"][0]["findings"]}
    assert "monitoring.behind-without-action" in codes


def test_the_how_to_is_followed_as_written(folder: Path) -> None:
    """Its commands run, and its example is a sheet that can be used whole."""
    page = (ROOT / "docs" / "how-to" / "monitor.md").read_text(encoding="utf-8")
    commands = re.findall(r"^hengjian monitor (examples/quxian-2022.*)$", page, re.MULTILINE)
    assert len(commands) == 3
    example = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    for command in commands:
        arguments = [folder if word.startswith("examples/") else word for word in shlex.split(command)]
        assert run(*arguments).exit_code == 0
        (folder / "monitoring" / "06.toml").write_text(example[0], encoding="utf-8")
    data = json.loads(run(folder, "--format", "json").output)
    (project,) = [p for p in data["filings"][0]["months"][0]["projects"] if p["actions"]]
    assert (project["execution"]["colour"], project["actions"][0]["owner"]) == ("red", "信息科")
    codes = {finding["code"] for finding in data["filings"][0]["findings"]}
    assert codes == {"monitoring.not-evaluable"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_narrow_terminal_names_stay_readable(
    folder: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    filled(folder, 6, "20.00")
    lines = run(folder, language=language).output.splitlines()
    assert any("城乡居" in line and "4,596.52" in line for line in lines)
    assert max(map(cell_len, lines[:60])) <= 80


def test_a_sheet_that_cannot_be_read_is_not_called_missing(folder: Path) -> None:
    (folder / "monitoring").mkdir()
    (folder / "monitoring" / "06.toml").write_text('unit = "万元', encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 2
    assert "TOML" in result.output
    assert "还没有监控表" not in result.output
