"""Every command that the readmes name is run as written."""

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
READMES = ("README.md", "README.zh-CN.md")
FOUND = {
    "check examples/quxian-2022",
    "check --facts",
    "explain examples/dachuan-2018",
    "score examples/quxian-2022",
    "audit",
}
"""Commands that find errors, by how they begin after the program's name: they end with status 1."""
PROGRAM = shutil.which("hengjian", path=str(Path(sys.executable).parent)) or ""

pytestmark = pytest.mark.skipif(not PROGRAM, reason="the console script is not beside this interpreter")


def commands(readme: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_both_readmes_name_the_same_commands() -> None:
    assert commands(READMES[0]) == commands(READMES[1])
    assert {"make demo", "make test"} <= set(commands(READMES[0]))


def test_make_targets_of_the_readmes_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {line.split()[1] for line in commands(READMES[0]) if line.startswith("make ")}
    assert named <= targets


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_table_of_the_demo_is_what_the_demo_prints(readme: str, language: str, tmp_path: Path) -> None:
    environment = {**os.environ, "COLUMNS": "110", "PYTHONUTF8": "1"}
    command = [PROGRAM, "demo", "--out", str(tmp_path), "--lang", language]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    shown = re.search(r"```\n(╭.*?╯)\n```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert shown[1] in done.stdout, f"{readme}: replace the table with\n{done.stdout}"


def test_the_commands_of_the_readmes_run_in_order(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = {**os.environ, "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
    ran = 0
    for line in commands(READMES[0]):
        words = shlex.split(line)
        if words[0] == "cp":
            subprocess.run(words, cwd=tmp_path, check=True)
        if words[0] != "hengjian":
            continue
        done = subprocess.run(
            [PROGRAM, *words[1:]], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        wanted = 1 if line.removeprefix("hengjian ").startswith(tuple(FOUND)) else 0
        assert done.returncode == wanted, f"{line}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        ran += 1
    assert ran >= 9
    assert (
        (tmp_path / "out" / "tour" / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    )
