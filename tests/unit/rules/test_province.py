from __future__ import annotations

from pathlib import Path

import pytest

from hengjian.filing.fact_store import FactStore
from hengjian.filing.stored import LARGEST
from hengjian.kernel import Outcome
from hengjian.rules.province import Checked, ProvinceCheck, Tally
from tests.unit.filing.fact_maker import CELLS_USED, FORM, Fact, facts, write_store
from tests.unit.filing.maker import library


def check(folder: Path, workers: int = 1) -> list[Checked]:
    return list(ProvinceCheck(FactStore.open(folder), library()).run(workers))


def verdicts(checked: list[Checked]) -> list[tuple[object, ...]]:
    return [
        (row["entity"], row["rule"], row["row"], row["outcome"], row["difference"], row["allowed"])
        for each in checked
        for row in each.verdicts.to_pylist()
    ]


def tally(checked: list[Checked]) -> Tally:
    total = Tally()
    for each in checked:
        total.add(each.tally)
    return total


def moved(group: list[Fact], by: int) -> list[Fact]:
    """Return the same facts of other departments."""
    return [(entity + by, cell, value, unit) for entity, cell, value, unit in group]


BY_NATURE, CLASSES = "demo.expenditure.by-nature", "demo.expenditure.classes"


def test_balanced_departments_pass(tmp_path: Path) -> None:
    checked = check(write_store(tmp_path, [facts(2), moved(facts(1), 2)], departments=3))
    assert verdicts(checked) == []
    assert tally(checked).departments == 3
    assert tally(checked).outcomes[BY_NATURE, Outcome.PASS] == 9


def test_a_slip_is_told_with_its_size_and_what_rounding_allows(tmp_path: Path) -> None:
    checked = check(write_store(tmp_path, [facts(2, d1_c2=505_0000)]))
    assert verdicts(checked) == [
        (1, BY_NATURE, "total", "fail", -100_000, 30_000),
        (1, CLASSES, None, "fail", 100_000, 20_000),
    ]


def test_a_rounding_residue_is_no_slip(tmp_path: Path) -> None:
    assert verdicts(check(write_store(tmp_path, [facts(2, d1_c2=501_0000)]))) == []


def test_a_blank_total_is_not_evaluable(tmp_path: Path) -> None:
    blank = [fact for fact in facts(2) if fact[:2] != (0, 1)]
    found = verdicts(check(write_store(tmp_path, [blank])))
    assert [(entity, rule, outcome) for entity, rule, _, outcome, *_ in found] == [
        (0, BY_NATURE, "not_evaluable"),
        (0, CLASSES, "not_evaluable"),
    ]


def test_a_form_that_a_department_lacks_is_left_alone(tmp_path: Path) -> None:
    cells = (*CELLS_USED, ("demo.summary", "", ""), ("demo.summary", "expenditure.total_year", "amount"))
    more = [*facts(2), (1, 8, 1, 0), (1, 9, 800_0000, 100_00)]
    found = verdicts(check(write_store(tmp_path, [more], cells)))
    assert {(entity, rule) for entity, rule, *_ in found} >= {(1, "demo.summary-expenditure.year")}
    assert {entity for entity, *_ in found} == {1}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (("demo.nothing", "total", "total"), "input.unknown-form"),
        ((FORM, "999", "total"), "input.unknown-code"),
        ((FORM, "nothing", "total"), "input.unknown-row"),
        ((FORM, "total", "nothing"), "input.unknown-column"),
        ((FORM, "1010", "total"), "input.unknown-code"),
    ],
)
def test_cells_that_the_standards_do_not_have_are_told_once_and_passed_over(
    tmp_path: Path, cell: tuple[str, str, str], code: str
) -> None:
    group = [*facts(1), (0, 8, 5, 0)]
    checked = check(write_store(tmp_path, [group, moved(group, 1)], (*CELLS_USED, cell)))
    assert [problem.code for each in checked for problem in each.problems] == [code]
    assert checked[0].problems[0].place.section == "第0图书馆"
    assert verdicts(checked) == []


def test_a_department_that_leaves_a_level_of_its_codes_out_is_checked_by_what_it_prints(
    tmp_path: Path,
) -> None:
    """One prints 101 above 10101; the other only 10101, so that a class is wanting."""
    cells = (*CELLS_USED, (FORM, "10101", "total"), (FORM, "10101", "running"))
    full = [*facts(1), (0, 8, 500_0000, 100_00), (0, 9, 500_0000, 100_00)]
    gap = [fact for fact in full if fact[1] not in (4, 5)]
    found = verdicts(check(write_store(tmp_path, [[*full, *moved(gap, 1)]], cells)))
    assert [(entity, rule, outcome) for entity, rule, _, outcome, *_ in found] == [
        (1, CLASSES, "fail"),
        (1, CLASSES, "not_evaluable"),
    ]


def test_threads_change_nothing(tmp_path: Path) -> None:
    groups = [moved(facts(1, d0_c2=(500 + n) * 10_000), n) for n in range(12)]
    folder = write_store(tmp_path, groups, departments=12)
    assert verdicts(check(folder, 1)) == verdicts(check(folder, 3))
    assert len({entity for entity, *_ in verdicts(check(folder, 1))}) == 10


def test_the_largest_sums_stay_exact(tmp_path: Path) -> None:
    large = {
        "c1": LARGEST,
        "c2": LARGEST - 40_000,
        "c3": 10_000,
        "c4": LARGEST - 40_000,
        "c5": LARGEST - 40_000,
    }
    exact = facts(1, **{f"d0_{cell}": value for cell, value in large.items()}, d0_c6=40_000, d0_c7=40_000)
    found = verdicts(check(write_store(tmp_path, [exact], departments=1)))
    assert found == [
        (0, BY_NATURE, "total", "fail", 60_000, 30_000),
        (0, CLASSES, None, "fail", -60_000, 20_000),
    ]
