"""What a user waits for before anything is checked: packs, and one command in a process of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import ROUNDS, Measured, Table, command_once, median, table
from benchmarks.scoring import INDICATORS, PROJECTS, made_up
from hengjian.filing import write_filing
from hengjian.kernel.resources import data_folder

_CACHE = "HENGJIAN_CACHE"
_IMPORT = "import benchmarks.parts, hengjian.packs"
CHECK = "hengjian check examples/lingshou-2021"


def run() -> list[Table]:
    """Measure commands from start to end, with nothing parsed beforehand and with packs kept."""
    code, load = [sys.executable, "-c"], [sys.executable, "-m", "benchmarks.parts", "load_packs"]
    check = [
        str(Path(sys.executable).with_name("hengjian")),
        "check",
        str(data_folder("examples") / "lingshou-2021"),
    ]
    kept = "parsed packs kept"
    lines = [
        ("the interpreter alone", _taken([*code, "pass"]), ""),
        ("imports to load packs", _taken([*code, _IMPORT]), ""),
        ("load all packs, first time", _taken(load, first=True), "all YAML is read"),
        ("load all packs, again", _taken(load), kept),
        (f"{CHECK}, first time", _taken(check, first=True), "packs searched for faults too"),
        (CHECK, _taken(check), kept),
        _score(check[0]),
    ]
    return [table(f"Start-up: processes from start to end, median of {ROUNDS}", lines, [CHECK])]


def _score(command: str) -> tuple[str, Measured, str]:
    """Score a made-up filing of many projects, a file each, reading included."""
    with tempfile.TemporaryDirectory() as folder:
        write_filing(made_up(), Path(folder))
        return (
            "hengjian score",
            _taken([command, "score", folder]),
            f"{PROJECTS} projects × {INDICATORS} indicators",
        )


def _taken(command: list[str], *, first: bool = False) -> Measured:
    """Run a command some times, with a folder for parsed packs that is empty each time or filled once."""
    before = os.environ.get(_CACHE)
    runs: list[Measured] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(ROUNDS + 1):
                os.environ[_CACHE] = f"{folder}/{number if first else 0}"
                runs.append(command_once(command, accepted=(0, 1)))
    finally:
        os.environ.pop(_CACHE)
        if before is not None:
            os.environ[_CACHE] = before
    return median(runs[1:])
