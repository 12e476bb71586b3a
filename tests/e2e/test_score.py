"""Scores from the command line: derivations, what-ifs, other methods, many projects."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hengjian.filing import Filing, read_filing, write_filing
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

HENGJIAN = str(Path(sys.executable).with_name("hengjian"))
DACHUAN, QUXIAN = (str(data_folder("examples") / name) for name in ("dachuan-2018", "quxian-2022"))
INSURED = "城乡居民医保（三保项目）/城乡居民基本医疗保险参保人数"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [HENGJIAN, "score", *arguments], capture_output=True, text=True, check=False, encoding="utf-8"
    )


def told(*arguments: str) -> dict[str, object]:
    filing: dict[str, object] = json.loads(run(*arguments, "--format", "json").stdout)["filings"][0]
    return filing


def lines(*arguments: str) -> dict[str, dict[str, object]]:
    department = told(*arguments)["department"]
    assert isinstance(department, dict)
    return {line["line"]: line for line in department["lines"]}


def test_lines_are_recomputed_or_say_what_is_missing() -> None:
    found = lines(DACHUAN)
    assert len(found) == 30
    assert found["人编比率"]["earned"] == "3"
    assert found["预算编制准确"] | {"missing": []} == {
        "line": "预算编制准确",
        "maximum": "4",
        "stated": "3",
        "earned": None,
        "attainable": "4、1、0",
        "outcome": "not_evaluable",
        "missing": [],
        "not_applicable": None,
    }
    open_lines = [line for line in found.values() if line["outcome"] == "not_evaluable"]
    assert all(line["missing"] and line["earned"] is None for line in open_lines)
    shown = run(DACHUAN, "--lang", "zh")
    assert "自评93分（各行自评得分相加93分）" in shown.stdout
    assert "只能得4、1、0分之一" in shown.stdout


def test_a_score_is_told_from_its_inputs_with_the_source_of_its_rule() -> None:
    shown = run(DACHUAN, "--explain", "人编比率", "--lang", "zh").stdout
    for words in (
        "人编比率（3分）：3分",
        "实际员工 ÷ 部门编制数：100%",
        "inputs.csv",
        "依据：",
        "不高于100%得3分",
    ):
        assert words in shown
    shown = run(QUXIAN, "--explain", "基本医疗保险参保人数", "--lang", "en").stdout
    for words in ("7.74 points", "Completion：96.77%", "missed", "For full points"):
        assert words in shown


def test_what_if_shows_the_scores_that_move_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "filing"
    shutil.copytree(QUXIAN, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    moved = told(str(folder), "--what-if", f"{INSURED}=1000000")["moved"]
    assert moved == [
        {"score": INSURED, "before": "7.74", "after": "8"},
        {"score": "城乡居民医保（三保项目）/总分", "before": "99.74", "after": "100"},
    ]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    spent = told(QUXIAN, "--what-if", "基金监管工作经费/执行数=9")["moved"]
    assert isinstance(spent, list)
    assert {move["score"]: move["after"] for move in spent}["基金监管工作经费/预算执行"] == "5"
    assert told(DACHUAN, "--what-if", "实际员工=41")["moved"] == [
        {"score": "人编比率", "before": "3", "after": "0~3"}
    ]


@pytest.mark.parametrize(
    "change", ["人编=1", "满意度=90", "无此项目/执行数=1", "基金监管工作经费/执行数=若干"]
)
def test_a_what_if_that_names_nothing_or_several_things_says_so(change: str) -> None:
    done = run(QUXIAN, "--what-if", change, "--lang", "zh")
    assert done.returncode == 2
    assert "没有唯一对应的一项" in done.stderr


def test_a_what_if_without_a_value_is_a_wrong_use() -> None:
    assert "名称=数" in run(QUXIAN, "--what-if", "人编比率", "--lang", "zh").stderr


def test_the_same_figures_are_scored_by_another_method() -> None:
    found = lines(DACHUAN, "--under", "cn/national")
    assert "在职人员控制率" in found
    assert all(line["stated"] is None for line in found.values())
    assert "100%" in run(DACHUAN, "--under", "cn/national", "--lang", "zh").stdout


def test_a_line_that_does_not_apply_keeps_its_reason(tmp_path: Path) -> None:
    folder = tmp_path / "filing"
    shutil.copytree(DACHUAN, folder)
    rows = (folder / "rubric.csv").read_text(encoding="utf-8").splitlines()
    debt = next(number for number, row in enumerate(rows) if "债务还本付息" in row)
    rows = [f"{rows[0]},not_applicable", *(f"{row}," for row in rows[1:])]
    rows[debt] = rows[debt].rsplit(",", 2)[0] + ",,没有政府性债务"
    (folder / "rubric.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    line = lines(str(folder))["债务还本付息"]
    assert line["not_applicable"] == "没有政府性债务"
    assert line["outcome"] == "not_applicable"


def many(folder: Path) -> Path:
    """Write a filing of a hundred projects, of which one scores what its results do not give."""
    library = load_library(data_folder("packs"))
    filing: Filing = read_filing(Path(QUXIAN), library)
    right, wrong = filing.projects[2], filing.projects[8]
    copies = tuple(replace(right, name=f"项目{number}", code=None) for number in range(99))
    write_filing(replace(filing, projects=(*copies, wrong)), folder)
    return folder


def test_of_many_projects_those_are_listed_that_leave_a_question(tmp_path: Path) -> None:
    folder = str(many(tmp_path / "many"))
    shown = run(folder, "--lang", "zh").stdout
    assert "共100个项目" in shown
    assert "城乡居民医保（三" in shown
    assert "项目17" not in shown
    assert "项目17" in run(folder, "--all", "--lang", "zh").stdout


def test_an_input_that_the_method_does_not_know_names_the_nearest(tmp_path: Path) -> None:
    made = shutil.copytree(DACHUAN, tmp_path / "dachuan")
    (made / "inputs.csv").write_text("input,value,unit,evidence\nstaf_actual,39,人,\n", encoding="utf-8")
    shown = run(str(made), "--lang", "zh").stdout
    assert "staff_actual" in shown
    assert "等" in shown
    assert "grave_incident" not in shown, "the list would be longer than the finding"
