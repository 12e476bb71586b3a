"""How a region adds its rubric, followed to the letter: the files and the commands of the document itself."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "how-to" / "add-a-rubric.md").read_text(encoding="utf-8")
FILES = re.findall(r"^`([^`\n]+)`:\n\n```[a-z]+\n(.*?)```", DOCUMENT, re.DOTALL | re.MULTILINE)
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL) for line in block.splitlines()
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout into which the document's files were written."""
    root = tmp_path_factory.mktemp("checkout")
    for folder in ("src", "packs", "examples"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in FILES:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def run(checkout: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the document with the program of the copy."""
    program, *arguments = shlex.split(command)
    assert program == "hengjian"
    environment = {
        **os.environ,
        "PYTHONPATH": str(checkout / "src"),
        "PYTHONUTF8": "1",
        "HENGJIAN_CACHE": str(checkout / "cache"),
        "LANG": "zh_CN.UTF-8",
        "COLUMNS": "200",
    }
    call = [sys.executable, "-c", "from hengjian.cli import main; main()", *arguments]
    return subprocess.run(
        call, cwd=checkout, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_the_document_has_the_files_and_commands_of_the_whole_way() -> None:
    assert [name for name, _ in FILES] == [
        "packs/cn/example/pack.yaml",
        "packs/cn/example/rubrics/department.yaml",
        "packs/cn/example/cases/rubrics.yaml",
        "my-bureau/filing.toml",
        "my-bureau/inputs.csv",
        "my-bureau/rubric.csv",
    ]
    assert {command.split()[1] for command in COMMANDS} == {"packs", "score"}
    assert len(COMMANDS) == 7


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_document(checkout: Path, command: str) -> None:
    done = run(checkout, command)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr


def test_the_bureau_is_scored_by_the_new_method(checkout: Path) -> None:
    done = run(checkout, "hengjian score my-bureau --lang zh")
    rows = [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines()]
    earned = {row[1]: row[4] for row in rows if len(row) >= 5 and row[0] == "✓"}
    assert earned == {
        "预算执行率": "19",
        "预算调整率": "10",
        "在职人员控制率": "10",
        "信息公开": "8",
        "内部控制": "10",
        "审计情况": "6",
    }
    judged = next(row for row in rows if "群众满意度" in row)
    assert judged[0] == "?"


def test_a_wrong_case_of_the_new_pack_is_told(checkout: Path) -> None:
    cases = checkout / "packs/cn/example/cases/rubrics.yaml"
    right = cases.read_text(encoding="utf-8")
    assert "score: 18}" in right
    cases.write_text(right.replace("score: 18}", "score: 17}", 1), encoding="utf-8")
    try:
        done = run(checkout, "hengjian packs test --pack cn/example")
    finally:
        cases.write_text(right, encoding="utf-8")
    assert done.returncode == 1
    assert "cn/example/cases/rubrics.yaml:5" in done.stdout
