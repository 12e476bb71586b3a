"""An identity taken apart from the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = shutil.which("hengjian", path=str(Path(sys.executable).parent)) or ""
DACHUAN, LINGSHOU = (str(ROOT / "examples" / name) for name in ("dachuan-2018", "lingshou-2021"))

pytestmark = pytest.mark.skipif(not PROGRAM, reason="the console script is not beside this interpreter")


def run(*words: str, status: int = 0, language: str = "zh") -> str:
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "110"}
    command = [PROGRAM, "explain", *words, "--lang", language]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, f"{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_a_failing_identity_in_words_and_numbers_down_to_its_figures() -> None:
    shown = run(DACHUAN, "FR-07", status=1)
    assert "480.10 ≠ 373.69 + 40.70 + 19.85，少45.86" in shown
    assert "上级科目 = 下级科目之和" in shown
    assert "├── 行政运行 373.69万元" in shown
    assert "sheets/final.general_public.csv" in shown
    assert shown.index("✗") < shown.index("✓")


def test_in_english() -> None:
    assert "short by 45.86" in run(DACHUAN, "final.general-public.hierarchy", status=1, language="en")


def test_one_row_by_its_name_or_its_code() -> None:
    by_code = run(LINGSHOU, "BR-07", "--row", "210", "--column", "合计")
    assert "卫生健康支出" in by_code
    assert by_code == run(LINGSHOU, "BR-07", "--row", "卫生健康支出", "--column", "合计")


def test_as_data() -> None:
    data: dict[str, Any] = json.loads(run(DACHUAN, "FR-07", "--format", "json", status=1))
    assert data["schema"] == "hengjian.explain/1"
    failing = [
        verdict for rule in data["rules"] for verdict in rule["verdicts"] if verdict["outcome"] == "fail"
    ]
    assert [verdict["row"] for verdict in failing] == ["208"]


def test_a_rule_that_is_not_there_names_its_neighbours() -> None:
    shown = run(DACHUAN, "FR-7", status=2)
    assert "FR-07" in shown


def test_a_row_that_the_rule_does_not_speak_of() -> None:
    run(DACHUAN, "FR-07", "--row", "999", status=2)
