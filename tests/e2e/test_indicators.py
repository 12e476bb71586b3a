"""The indicator library on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from hengjian.cli.app import build


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The console looks at the width when the commands are built."""
    monkeypatch.setenv("COLUMNS", "140")


def run(*arguments: str, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), ["indicators", *arguments])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("search", "救助"), ("MI-32", "享受医疗救助人次", "≥上年数（人次）", "医疗救助台账", "待核实")),
        (("search", "满意度", "离休"), ("MI-104", "≥95%", "满意的有效样本数 ÷ 有效样本数 × 100%")),
        (("search", "讲座", "--pack", "demo", "--year", "2022"), ("LB-01", "≥12次")),
        (("show", "mi-106"), ("预算编制准确率", "|执行数 − 年初预算数| ÷ 年初预算数", "依据", "渠县")),
        (("show", "MI-33"), ("MI-33a", "住院救助人次", "MI-33b", "门诊救助人次")),
        (("show", "MI-07"), ("≥95%（待核实）", "出生90日内参保的新生儿数")),
    ],
)
def test_what_is_shown(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert [word for word in words if word not in result.output] == []


def test_in_english() -> None:
    result = run("show", "MI-22", language="en")
    assert result.exit_code == 0
    assert "average working days from acceptance to payment" in result.output
    assert "(unverified)" in result.output


def test_as_json() -> None:
    result = run("search", "宣传次数", "--limit", "1", "--format", "json")
    data = json.loads(result.output)
    assert (data["schema"], data["pack"], data["year"]) == ("hengjian.indicators/1", "cn/national", 2025)
    (indicator,) = data["indicators"]
    assert (indicator["id"], indicator["unit"], indicator["usual"]) == ("MI-94", "次", "≥10次")
    assert indicator["ledgers"][0]["id"] == "PUB"
    assert set(indicator["definition"]) == {"zh", "en"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "潜水艇"), "没有“潜水艇”"),
        (("show", "MI-31", "MI-999"), "没有编号“MI-999”"),
        (("search", "救助", "--pack", "cn/nowhere"), "cn/nowhere"),
    ],
)
def test_what_is_not_there_is_said(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_nothing_found_as_json_is_an_empty_list() -> None:
    result = run("search", "潜水艇", "--format", "json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["indicators"] == []
