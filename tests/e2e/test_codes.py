"""Looking a code up on the command line."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from hengjian.cli.app import build


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("2089901",), ("社会保障和就业支出", "2020", "2021  2089901改为2089999")),
        (("20805", "--year", "2018"), ("行政事业单位离退休", "20805改名：20805 行政事业单位养老支出")),
        (("30201", "--scheme", "economic_department"), ("商品和服务支出", "办公费", "没有变化")),
        (("2100601", "--lang", "en"), ("2023", "moved to 2101704", "unverified")),
    ],
)
def test_a_code_is_shown_with_what_became_of_it(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    language = "en" if "en" in arguments else "zh"
    result = CliRunner().invoke(build(language), ["packs", "code", *arguments])
    assert result.exit_code == 0, result.output
    assert [word for word in words if word not in result.output] == []


@pytest.mark.parametrize(
    "arguments", [("9999999",), ("2089901", "--year", "2022"), ("210", "--pack", "cn/nowhere")]
)
def test_a_code_that_is_not_there(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(build("zh"), ["packs", "code", *arguments]).exit_code == 2
