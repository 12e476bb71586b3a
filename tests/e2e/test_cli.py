"""The command line as a user meets it: in process, through its public entry."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hengjian.cli.app import build
from hengjian.kernel.resources import data_folder

EXAMPLES = data_folder("examples")
QUXIAN, LINGSHOU = EXAMPLES / "quxian-2022", EXAMPLES / "lingshou-2021"


def run(*arguments: object, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), [str(argument) for argument in arguments])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A filing with a broken row, a number that is none and a code that is not in its edition."""
    folder = tmp_path / "broken"
    shutil.copytree(QUXIAN, folder)
    summary = folder / "sheets" / "final.summary.csv"
    rows = summary.read_text(encoding="utf-8").splitlines()
    rows[1] = rows[1].replace("7056.14", "约七千")
    summary.write_text("\n".join([*rows, "income.other,多出来,1,2,3,4"]), encoding="utf-8")
    functional = folder / "sheets" / "final.general_public.csv"
    functional.write_text(
        functional.read_text(encoding="utf-8").replace("2101501", "2101577"), encoding="utf-8"
    )
    return folder


def test_demo_takes_every_example_through_and_reads_back_what_it_wrote(tmp_path: Path) -> None:
    result = run("demo", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert result.output.count("一致") >= 2
    assert "相差" not in result.output
    suffixes = Counter(path.suffix for path in tmp_path.iterdir())
    assert suffixes == {".docx": 10, ".html": 5}


def test_check_finds_what_the_quxian_filing_is_known_for() -> None:
    result = run("check", QUXIAN, "--format", "json")
    assert result.exit_code == 1
    findings = json.loads(result.output)["filings"][0]["findings"]
    by_code: dict[str, list[str]] = {}
    for finding in findings:
        by_code.setdefault(finding["code"], []).append(finding["place"]["quote"] or "")
    assert len(by_code["score.execution-missing"]) == 4
    assert sum("< 24" in quote for quote in by_code["score.unmet-full"]) == 2
    assert any("字以内" in quote for quote in by_code["form.prompt-left"])
    assert any("宣传次数 ≥ 10 %" in quote for quote in by_code["target.unit"])


def test_check_of_lingshou_passes_every_identity_and_explains_each() -> None:
    result = run("check", LINGSHOU, "--all", "--format", "json")
    filing = json.loads(result.output)["filings"][0]
    assert filing["rules"].get("not_evaluable", 0) == 0
    (hint,) = [finding for finding in filing["findings"] if finding["code"] == "identity.unusual"]
    assert (hint["severity"], hint["basis"].split()[0]) == ("info", "FR-16")
    assert filing["rules"].get("fail", 0) == 0
    assert filing["rules"]["pass"] > 300
    assert all(v["explanation"]["zh"] and v["explanation"]["en"] for v in filing["verdicts"])
    assert result.exit_code == 0


def test_bad_input_is_named_in_one_line_each_and_the_rest_goes_on(broken: Path, tmp_path: Path) -> None:
    result = run("check", broken, tmp_path / "absent", LINGSHOU)
    assert result.exit_code == 2
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 4
    assert any("约七千" in line and "第2行" in line for line in lines)
    assert any("2101577" in line and "2022" in line for line in lines)
    assert any("6个字段" in line for line in lines)
    assert any("absent" in line for line in lines)
    assert "灵寿县医疗保障局 2021" in result.stdout
    assert "Traceback" not in result.output


def test_unreadable_documents_are_named_and_the_others_audited(tmp_path: Path) -> None:
    good, empty = tmp_path / "说明.txt", tmp_path / "empty.docx"
    good.write_text("某县某局2022年度部门决算\n2022年本年收入合计10.00万元。\n", encoding="utf-8")
    empty.write_bytes(b"")
    result = run("audit", tmp_path / "absent.docx", empty, good, "--format", "json")
    assert result.exit_code == 2
    statuses = [document["status"] for document in json.loads(result.stdout)["documents"]]
    assert statuses == ["unreadable", "unreadable", "complete"]


@pytest.mark.parametrize(
    ("text", "status"),
    [("比上年增加10.00万元，增长11.11%", 0), ("比上年增加10.00万元，增长21.11%", 1)],
)
def test_exit_status_tells_whether_an_error_was_found(tmp_path: Path, text: str, status: int) -> None:
    document = tmp_path / "a.txt"
    document.write_text(f"某县某局2022年度部门决算\n2022年支出合计100.00万元，{text}。\n", encoding="utf-8")
    assert run("audit", document).exit_code == status


def test_an_unknown_pack_is_an_input_error(tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text("某县某局2022年度部门决算\n支出合计1.00万元。\n", encoding="utf-8")
    result = run("audit", document, "--pack", "cn/nowhere")
    assert result.exit_code == 2
    assert "cn/nowhere" in result.stderr
    assert "cn/sichuan" in result.stderr


def test_packs_are_listed_shown_and_clean() -> None:
    assert "cn/guangdong" in run("packs", "list").output
    assert "budget.summary" in run("packs", "show", "cn/hebei", "--year", "2021").output
    assert run("packs", "lint").exit_code == 0
    assert run("packs", "show", "cn/nowhere").exit_code == 2


def test_faulty_packs_are_reported_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "pack.yaml").write_text("pack: x\nformat: 1\nshape: round\n", encoding="utf-8")
    result = run("packs", "lint", tmp_path)
    assert result.exit_code == 1
    assert "x/pack.yaml:3:" in result.output


def test_write_says_what_it_wrote_and_what_it_skipped(tmp_path: Path) -> None:
    result = run("write", QUXIAN, EXAMPLES / "zhanjiang-2023", "--out", tmp_path)
    assert result.exit_code == 0
    assert len(list(tmp_path.glob("*.docx"))) == 4
    assert "未写" in result.output


def test_scores_are_shown_beside_those_stated() -> None:
    projects = json.loads(run("score", QUXIAN, "--format", "json").stdout)["filings"][0]["projects"]
    missed = next(project for project in projects if "三保" in project["project"])
    indicator = next(each for each in missed["indicators"] if each["state"] == "missed")
    assert (indicator["allowed"], indicator["stated"]) == ("7.74", "7")
    assert missed["total"]["stated"] == "99"


def test_help_teaches_in_both_languages() -> None:
    for name in ("demo", "audit", "check", "score", "write"):
        chinese, english = run(name, "--help").output, run(name, "--help", language="en").output
        assert chinese.isascii() is False
        assert english != chinese
    assert "Exit status" in run("--help", language="en").output


def test_the_difference_of_a_score_is_that_of_the_two_figures_shown() -> None:
    findings = json.loads(run("check", QUXIAN, "--format", "json").stdout)["filings"][0]["findings"]
    shown = {
        (finding["code"], finding["stated"], finding["expected"]): finding["difference"]
        for finding in findings
        if finding["code"] in {"score.unmet-full", "score.not-by-rule"}
    }
    assert shown == {("score.unmet-full", "10", "<10"): None, ("score.not-by-rule", "7", "7.74"): "0.74"}


def test_a_filing_that_cannot_be_read_at_all_is_named_with_its_folder(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "filing.toml").write_text("", encoding="utf-8")
    result = run("check", tmp_path / "甲", tmp_path / "乙")
    assert result.exit_code == 2
    told = result.output.replace("\n", "")
    assert str(tmp_path / "甲" / "filing.toml") in told
    assert str(tmp_path / "乙" / "filing.toml") in told
