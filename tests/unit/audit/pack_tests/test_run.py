"""Cases that hold, cases that do not, faulty cases and items without cases, each told with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from hengjian.audit.pack_tests import CaseFailure, PackTest, run_pack_tests
from hengjian.kernel import InputError, Outcome, PackError
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library
from hengjian.packs.load_cases import load_cases

CASES = "cases/tried.yaml"
ITEMS = [item.key for item in load_library(data_folder("packs")).packs["demo"].items]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The demo pack in a folder of its own, without its cases."""
    shutil.copytree(data_folder("packs") / "demo", tmp_path / "demo")
    shutil.rmtree(tmp_path / "demo" / "cases")
    return tmp_path


def tried(root: Path, text: str) -> list[CaseFailure]:
    """Return what fails of a case file, the items without cases left out."""
    path = root / "demo" / CASES
    path.parent.mkdir(exist_ok=True)
    path.write_text("year: 2022\n" + dedent(text), encoding="utf-8")
    (test,) = run_pack_tests(root, "demo")
    return [failure for failure in test.failures if failure.file == f"demo/{CASES}"]


def rule(root: Path, cases: str, rule_id: str = "demo.expenditure.by-nature") -> list[CaseFailure]:
    lines = "".join(f"    {line.strip()}\n" for line in cases.strip().splitlines())
    return tried(root, f"rules:\n  {rule_id}:\n{lines}")


def bare(test: PackTest) -> set[str]:
    return {failure.item for failure in test.failures if failure.expected is None}


def test_the_demo_pack_holds_what_its_cases_state() -> None:
    (test,) = run_pack_tests(data_folder("packs"), "demo")
    assert test.failures == ()
    assert (test.pack, test.items) == ("demo", len(ITEMS))
    assert test.cases > 2 * test.items


def test_every_case_fails_when_pass_and_fail_are_exchanged(tmp_path: Path) -> None:
    shutil.copytree(data_folder("packs") / "demo", tmp_path / "demo")
    (tmp_path / "demo" / "cases" / "items.yaml").unlink()
    path = tmp_path / "demo" / "cases" / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    text = (
        text.replace("    pass:", "    was:")
        .replace("    fail:", "    pass:")
        .replace("    was:", "    fail:")
    )
    path.write_text(text, encoding="utf-8")
    (test,) = run_pack_tests(tmp_path)
    loaded = next(each for each in load_cases(tmp_path) if each.source.name == "demo/cases/rules.yaml")
    stated = [outcome for _, _, cases in loaded.cases.by_kind for outcome, _, _ in cases.stated]
    exchanged = [outcome for outcome in stated if outcome in {Outcome.PASS, Outcome.FAIL}]
    assert len(exchanged) > 30
    failed = [each for each in test.failures if each.file == loaded.source.name]
    assert len(failed) == len(exchanged)


def test_a_case_that_comes_out_otherwise(root: Path) -> None:
    (failure,) = rule(
        root,
        """
        pass: {total: "100", running: "60", project: "30"}
        fail: {total: "100", running: "60", project: "20"}
        not_evaluable: {total: "100"}
        """,
    )
    assert (failure.file, failure.line) == ("demo/cases/tried.yaml", 4)
    assert (failure.item, failure.expected, failure.got) == (
        "demo.expenditure.by-nature",
        Outcome.PASS,
        Outcome.FAIL,
    )
    assert "100" in failure.explanation.zh
    assert "60" in failure.explanation.en


def test_each_of_several_cases_has_its_line(root: Path) -> None:
    failures = rule(
        root,
        """
        pass:
        - {total: "100", running: "60", project: "40"}
        - {total: "100", running: "60", project: "50"}
        fail: {total: "100"}
        """,
    )
    found = [(failure.line, failure.expected, failure.got) for failure in failures]
    assert found == [(6, Outcome.PASS, Outcome.FAIL), (7, Outcome.FAIL, Outcome.NOT_EVALUABLE)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ('{nothing: "1"}', "nothing"),
        ('{row: nowhere, total: "1"}', "nowhere"),
        ("{total: many}", "many"),
        ('{row: "10177", total: "1"}', "10177"),
        ('{"demo.none[total].total": "1"}', "demo.none"),
        ("{empty: demo.none}", "demo.none"),
        ("{total: [a, b]}", "total"),
    ],
)
def test_a_case_that_names_what_is_not_there_is_faulty(root: Path, cells: str, reason: str) -> None:
    failures = rule(root, f'pass: {cells}\nfail: {{total: "100", running: "60"}}')
    (failure,) = failures
    assert (failure.expected, failure.got) == (Outcome.PASS, None)
    assert reason in failure.explanation.zh


def test_a_rule_of_single_cells_has_no_short_keys(root: Path) -> None:
    failures = rule(root, 'pass: {amount: "1"}\nfail: {amount: "2"}', "demo.summary-expenditure.year")
    assert [failure.got for failure in failures] == [None, None]
    assert "form[row].column" in failures[0].explanation.en


def test_an_item_that_is_not_there_in_the_year(root: Path) -> None:
    (first, second) = rule(root, 'pass: {total: "1"}\nfail: {total: "2"}', "demo.expenditure.none")
    assert (first.got, second.got) == (None, None)
    assert "2022" in first.explanation.zh


def test_items_without_cases_are_told_where_they_stand(root: Path) -> None:
    rule(root, 'pass: {total: "9", running: "9"}\nfail: {total: "9", running: "2"}')
    (test,) = run_pack_tests(root)
    assert bare(test) == set(ITEMS)
    codes = next(failure for failure in test.failures if failure.item == "purpose")
    assert (codes.file, codes.line) == ("demo/codes/purpose.yaml", 1)
    one_sided = next(failure for failure in test.failures if failure.item == "demo.expenditure.by-nature")
    assert one_sided.file == "demo/rules/demo.yaml"
    assert "not evaluable" in one_sided.explanation.en


def test_cases_of_another_year_do_not_exercise_an_item(root: Path) -> None:
    """The rule on the cost of activities ends with 2023."""
    path = root / "demo" / CASES
    path.parent.mkdir()
    cells = '{"demo.activity[talks].cost": "1", empty: demo.expenditure}'
    text = f"rules:\n  demo.activity.cost-within: {{pass: {cells}, fail: {cells}, not_evaluable: {cells}}}\n"
    path.write_text(f"year: 2024\n{text}", encoding="utf-8")
    (test,) = run_pack_tests(root)
    assert "demo.activity.cost-within" in bare(test)
    path.write_text(f"year: 2023\n{text}", encoding="utf-8")
    (test,) = run_pack_tests(root)
    assert "demo.activity.cost-within" not in bare(test)


def test_faults_of_case_files_are_told_at_once(root: Path) -> None:
    with pytest.raises(PackError) as error:
        tried(root, "rules:\n  demo.expenditure.by-nature:\n    pass: {total: 100}\n    fall: {}\n")
    assert {(fault.file, fault.line) for fault in error.value.faults} == {
        ("demo/cases/tried.yaml", line) for line in (3, 4, 5)
    }


def test_an_unknown_pack(root: Path) -> None:
    with pytest.raises(InputError):
        run_pack_tests(root, "nowhere")
