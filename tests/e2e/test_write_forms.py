"""``hengjian write``: the forms of real filings, written, audited again and compared with the check."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hengjian.cli.app import build
from hengjian.kernel.resources import data_folder

EXAMPLES = data_folder("examples")
HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "write-forms.md"
EXPECTED = {
    "quxian-2022": ["部门整体支出绩效目标申报表", "项目支出绩效目标申报表", "项目支出绩效自评表"],
    "lingshou-2021": ["项目支出绩效目标表"],
    "lingshou-2022": ["项目支出绩效自评结果汇总表", "项目支出绩效自评表"],
    "dachuan-2018": ["部门整体支出绩效评价得分表", "项目支出绩效目标申报表", "项目支出绩效自评表"],
}
NO_READER = {"项目支出绩效自评结果汇总表": {"table.unmatched": 1}}
NOT_PRINTED = {"dachuan-2018": {"target.no-amount": 1}}
"""Its one project has no initial budget, so that its form of targets prints no amount."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build("zh"), [str(argument) for argument in arguments])


def codes(arguments: tuple[object, ...], key: str) -> Counter[str]:
    result = run(*arguments, "--format", "json")
    (item,) = json.loads(result.stdout)[key]
    return Counter(finding["code"] for finding in item["findings"])


@pytest.mark.parametrize("example", sorted(EXPECTED))
def test_what_is_written_audits_as_the_filing_checks(tmp_path: Path, example: str) -> None:
    result = run("write", EXAMPLES / example, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    titles = sorted(re.sub(r".*年度", "", path.stem) for path in tmp_path.iterdir())
    assert titles == sorted(EXPECTED[example])
    known = codes(("check", EXAMPLES / example), "filings")
    for path in tmp_path.iterdir():
        title = re.sub(r".*年度", "", path.stem)
        found = codes(("audit", path), "documents") - known
        allowed = NO_READER.get(title, NOT_PRINTED.get(example, {}) if "目标" in title else {})
        assert (title, dict(found)) == (title, allowed)


def test_what_is_not_written_is_named_with_the_reason(tmp_path: Path) -> None:
    result = run("write", EXAMPLES / "lingshou-2021", "--out", tmp_path)
    assert "未写《项目支出绩效自评表》：预算尚未执行，没有可以自评的结果。" in result.output
    assert "未写《项目支出绩效运行监控表》：没有填报绩效运行监控数据" in result.output


def test_the_how_to_is_followed_literally(tmp_path: Path) -> None:
    text = HOW_TO.read_text(encoding="utf-8")
    commands = re.findall(r"^hengjian (write .*)$", text, flags=re.MULTILINE)
    assert commands
    for command in commands:
        arguments = [
            str(tmp_path) if word == "写出" else word.replace("examples", str(EXAMPLES), 1)
            for word in command.split()
        ]
        result = run(*arguments)
        assert result.exit_code == 0, result.output
    assert list(tmp_path.glob("*.docx"))
