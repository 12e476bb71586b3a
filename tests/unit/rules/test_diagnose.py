from __future__ import annotations

from hengjian.filing import Sheet
from hengjian.kernel import Severity
from hengjian.rules import Suspect, Verdict, check_sheets, diagnose, residues, suspects
from tests.unit.filing.maker import standards
from tests.unit.rules.maker import filled

ROWS = {
    "total": "9.00 5.00 4.00",
    "101": "6.00 5.00 1.00",
    "10101": "4.00 3.00 1.00",
    "10102": "2.00 2.00 -",
    "102": "3.00 - 3.00",
}


def verdicts(**changed: str) -> tuple[Verdict, ...]:
    """Return the verdicts of a balanced table in which some rows say something else."""
    rows = {row: changed.get(f"r{row}", text) for row, text in ROWS.items()}
    sheet: Sheet = filled("demo.expenditure", rows)
    return check_sheets(standards(), {sheet.form: sheet})


def named(found: tuple[Suspect, ...]) -> list[list[tuple[str, str, str]]]:
    """Return for each suspect the row, the column and what it should say."""
    return [
        [(each.cell[1], each.cell[2], str(each.expected)) for each in suspect.corrections]
        for suspect in found
    ]


def test_nothing_is_suspected_where_nothing_fails() -> None:
    assert diagnose(verdicts()) == ()


def test_the_cell_in_every_failing_identity_and_in_none_that_holds() -> None:
    found = diagnose(verdicts(r10101="4.00 8.00 1.00"))
    assert named(found) == [[("10101", "running", "3.00万元")]]


def test_a_slip_of_the_pen_is_told() -> None:
    (finding,) = suspects(verdicts(r101="60.00 5.00 1.00"))
    assert finding.severity is Severity.INFO
    assert finding.expected == "6.00万元"
    assert "小数点错位" in finding.message.zh
    assert finding.place.row == "馆藏"


def test_two_cells_are_named_when_one_does_not_do() -> None:
    found = diagnose(verdicts(r10101="4.00 8.00 1.00", r102="3.00 - 8.00"))
    changed = {cell for suspect in found for correction in named((suspect,)) for cell in correction}
    assert {("10101", "running", "3.00万元"), ("102", "project", "3.00万元")} <= changed


def test_a_blank_cell_may_be_the_one() -> None:
    found = diagnose(verdicts(r10102="2.00 - -"))
    assert [("10102", "running", "2.00万元")] in named(found)


def test_a_residue_is_a_hint_and_no_contradiction() -> None:
    changed = verdicts(r10101="4.01 3.00 1.00")
    assert diagnose(changed) == ()
    found = residues(changed)
    assert {finding.code for finding in found} == {"identity.residue"}
    assert all("10101" in str(finding) or finding.related for finding in found)
    assert residues(verdicts()) == ()
