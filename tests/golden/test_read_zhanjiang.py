"""Zhanjiang 2023: a damaged scan. What is legible is read, and every row that cannot be trusted is named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hengjian.kernel import Severity
from tests.golden.sources import audited, filing_of, needs_truth, squeeze, truth_of

pytestmark = needs_truth

NAME = "zhanjiang-2023-self-evaluation"
ROW = "input.rubric-row-"


def rows() -> list[dict[str, Any]]:
    return list(truth_of(NAME, "rubric")["rows"])


def named(code: str = "") -> set[int]:
    return {
        finding.place.line or 0 for finding in audited(NAME).findings if finding.code.startswith(ROW + code)
    }


def points(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def test_every_line_that_has_a_name_is_read() -> None:
    read = {line.title: line for line in filing_of(NAME).rubric_scores}
    stated = [row for row in rows() if row["level3"] is not None]
    assert [row["level3"] for row in stated] == list(read)
    for row in stated:
        line = read[row["level3"]]
        assert (line.maximum, line.score) == (points(row["max"]), points(row["score"]))
        assert line.place.line == row["line"]


def test_texts_are_put_back_in_their_columns() -> None:
    read = {line.title: line.texts for line in filing_of(NAME).rubric_scores}
    for row in rows():
        if row["level3"] is not None:
            for label in ("explanation", "rule", "evidence"):
                assert squeeze(read[row["level3"]].get(label, "")) == squeeze(row[label] or ""), row["line"]


def test_a_level_is_what_is_printed_or_left_open() -> None:
    read = {line.title: line for line in filing_of(NAME).rubric_scores}
    for row in rows():
        if row["level3"] is not None:
            line = read[row["level3"]]
            assert line.level1 in {row["level1"] or "", ""}
            assert line.level2 in {row["level2"] or "", ""}
    assert (read["合同备案及时性"].level1, read["合同备案及时性"].level2) == ("管理效率", "采购管理")


def test_every_row_that_cannot_be_trusted_is_named() -> None:
    rubric = truth_of(NAME, "rubric")
    damaged = {*rubric["damaged_lines"], *rubric["shifted_lines"], *rubric["repeated_lines"]}
    assert damaged <= named()
    assert set(rubric["shifted_lines"]) <= named("shifted")
    assert set(rubric["repeated_lines"]) == named("repeated")
    nameless = {row["line"] for row in rows() if row["level3"] is None and row["status"] == "damaged"}
    assert nameless <= named("unnamed")
    # Behind the last row stand labels and figures that have lost their place; the total is none of them.
    foot = {label["line"] for label in rubric["labels_at_foot"]} - {253}
    assert named() - damaged == foot


def test_what_is_missing_is_told_and_no_error_made_of_it() -> None:
    findings = audited(NAME).findings
    missing = [finding for finding in findings if finding.code == "score.maxima"]
    assert {(finding.stated, finding.expected) for finding in missing} == {("50", "40")}
    assert {finding.severity for finding in missing} == {Severity.INFO}
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]


def test_the_total_is_that_of_the_text() -> None:
    filing = filing_of(NAME)
    assert filing.stated_total == Decimal(96)
    assert filing.total_place is not None
    assert filing.total_place.line == 146
