"""A province from the command line: gather filings, check them together, take one out; the same on Spark."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = shutil.which("hengjian", path=str(Path(sys.executable).parent)) or ""
EXAMPLES = [str(ROOT / "examples" / name) for name in ("lingshou-2021", "quxian-2022", "dachuan-2018")]

pytestmark = pytest.mark.skipif(not PROGRAM, reason="the console script is not beside this interpreter")


def run(*words: str, status: int = 0) -> str:
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "110"}
    done = subprocess.run(
        [PROGRAM, *words, "--lang", "zh"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, f"{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


def checked(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("check", "--facts", *words, "--format", "json", status=1))
    return found


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facts") / "province"
    assert "3 个部门" in run("facts", "gather", *EXAMPLES, "--out", str(folder))
    return folder


def test_the_summary_counts_departments_and_outcomes(province: Path) -> None:
    found = checked(str(province))
    assert found["schema"] == "hengjian.province/1"
    assert found["departments"] == 3
    assert found["outcomes"]["fail"] == sum(each["count"] for each in found["failing"])
    assert found["outcomes"]["pass"] > 400


def test_the_failing_rules_and_departments_are_shown_and_written(province: Path, tmp_path: Path) -> None:
    target = tmp_path / "verdicts.parquet"
    shown = run("check", "--facts", str(province), "--out", str(target), status=1)
    assert "渠县医疗保障局" in shown
    assert "FR-07" in shown
    verdicts = pq.read_table(target).to_pylist()
    assert {row["outcome"] for row in verdicts} == {"fail"}
    assert ("final.general-public.hierarchy", "208") in {(row["rule"], row["row"]) for row in verdicts}


def test_a_department_is_taken_out_and_checked_by_itself(province: Path, tmp_path: Path) -> None:
    run("facts", "take", str(province), "灵寿县医疗保障局", "--into", str(tmp_path / "one"))
    assert "灵寿县医疗保障局 2021" in run("check", str(tmp_path / "one"))


def test_a_store_is_not_gathered_over(province: Path) -> None:
    run("facts", "gather", EXAMPLES[0], "--out", str(province), status=2)


def test_filings_and_facts_are_not_mixed(province: Path) -> None:
    run("check", EXAMPLES[0], "--facts", str(province), status=2)
    run("check", status=2)


@pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("pyspark", "pandas")),
    reason="the extra spark is not installed",
)
@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java to run Spark on")
def test_spark_comes_to_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "province"
    run("synth", str(folder), "--departments", "40", "--faults", "12", "--as", "facts")
    assert checked(str(folder), "--engine", "spark") == checked(str(folder))
