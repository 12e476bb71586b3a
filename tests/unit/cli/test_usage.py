"""What was typed wrongly is told in the language of the reader."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from hengjian.cli.app import build

TYPED = [
    ("monitor x --month 13", "--month的值不能用。应为：1—12的整数。"),
    ("monitor x --new six", "--new的值不能用。应为：1—12的整数。"),
    ("check x --format xml", "--format的值不能用。应为：text、json。"),
    ("synth x --items 2", "--items的值不能用。应为：不小于6的整数。"),
    ("packs show x --year abc", "--year的值不能用。应为：整数。"),
    ("score x --explian y", "没有“--explian”这个选项。相近的：--explain、"),
    ("scores x", "没有“scores”这个命令。相近的：score。"),
    ("targets lnit x", "没有“lnit”这个命令。"),
    ("rectify --save", "缺少FILING。"),
    ("rectify x --on 下月", "“下月”不是日期"),
    ("check", "请给出填报数据文件夹"),
    ("--lang fr", "--lang的值不能用。应为：zh、en。"),
]


@pytest.mark.parametrize(("typed", "told"), TYPED)
def test_a_mistake_is_told_in_chinese_with_the_usage(typed: str, told: str) -> None:
    result = CliRunner().invoke(build("zh"), typed.split())
    assert result.exit_code == 2
    assert told in result.output
    assert "用法：hengjian" in result.output
    assert "--help" in result.output
    assert "Usage" not in result.output
    assert "Error" not in result.output


def test_an_option_without_its_value_is_told_too() -> None:
    result = CliRunner().invoke(build("zh"), ["monitor", "x", "--month"])
    assert (result.exit_code, result.output) == (2, "“--month”后面要有一个值。\n")


def test_english_stays_english() -> None:
    result = CliRunner().invoke(build("en"), ["monitor", "x", "--month", "13"])
    assert result.exit_code == 2
    assert "1<=x<=12" in result.output


@pytest.mark.parametrize("group", ["targets", "packs", "facts", "indicators"])
def test_a_group_takes_the_language_too(group: str) -> None:
    result = CliRunner().invoke(build("zh"), [group, "--lang", "zh"])
    assert result.exit_code == 2
    assert "后面要写一个命令：" in result.output
