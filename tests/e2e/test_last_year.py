"""A filing checked against the filing of the year before."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = shutil.which("hengjian", path=str(Path(sys.executable).parent)) or ""

pytestmark = pytest.mark.skipif(not PROGRAM, reason="the console script is not beside this interpreter")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([PROGRAM, *words], env=environment, capture_output=True, text=True, check=False)


def year(folder: Path, number: int) -> str:
    """Make a department up; its years are drawn one by one, so that they do not join up."""
    assert run("synth", str(folder), "--departments", "1", "--year", str(number)).returncode == 0
    return str(next(path for path in folder.iterdir() if path.is_dir()))


def test_opening_balances_are_held_against_last_year(tmp_path: Path) -> None:
    earlier, later = year(tmp_path / "a", 2023), year(tmp_path / "b", 2024)
    assert run("check", later).returncode == 0
    done = run("check", later, "--last-year", earlier, "--format", "json", "--all")
    assert done.returncode == 1
    report: dict[str, Any] = json.loads(done.stdout)
    failing = {each["ref"] for each in report["filings"][0]["verdicts"] if each["outcome"] == "fail"}
    assert failing == {"BR-35", "FR-32", "XR-02"}
    assert "上年度" in done.stdout


def test_a_filing_that_is_not_of_the_year_before(tmp_path: Path) -> None:
    later = year(tmp_path / "b", 2024)
    done = run("check", later, "--last-year", later)
    assert done.returncode == 2
    assert "2024" in done.stderr
