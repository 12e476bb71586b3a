"""Audits of two real publications, held against what a careful reader found in them by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.audit import Audited, audit, audit_json
from hengjian.kernel import Finding, Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "tools" / "score_audit.py"
QUXIAN, LINGSHOU = "quxian-2022-final-accounts", "lingshou-2021-budget"

pytestmark = pytest.mark.skipif(
    not SCORER.is_file(),
    reason="the hand-made truth is no part of the repository; it is not beside this checkout",
)


@cache
def audited(name: str) -> Audited:
    return audit(SHARED / "sources" / f"{name}.txt", load_library(data_folder("packs")))


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


def found(name: str, code: str) -> list[Finding]:
    return [finding for finding in audited(name).findings if finding.code == code]


def quotes(finding: Finding) -> str:
    return " | ".join(squeeze(place.quote) for place in (finding.place, *finding.related))


def loud(name: str) -> list[Finding]:
    return [finding for finding in audited(name).findings if finding.severity is not Severity.INFO]


@pytest.mark.parametrize(("name", "recall", "precision"), [(QUXIAN, 0.7, 0.95), (LINGSHOU, 0.3, 0.9)])
def test_the_audit_finds_what_a_careful_reader_found(
    tmp_path: Path, name: str, recall: float, precision: float
) -> None:
    output = tmp_path / "audit.json"
    output.write_text(json.dumps(audit_json([audited(name)]), ensure_ascii=False), encoding="utf-8")
    bounds = ["--min-recall", str(recall), "--min-precision", str(precision), "--verbose"]
    done = subprocess.run(
        [sys.executable, str(SCORER), str(SHARED / "truth" / name), str(output), *bounds],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "kind", "entity", "year", "pack"),
    [
        (QUXIAN, "final_accounts", "医疗保障局", 2022, "cn/sichuan"),
        (LINGSHOU, "budget", "医疗保障局", 2021, "cn/hebei"),
    ],
)
def test_the_document_is_known_for_what_it_is(
    name: str, kind: str, entity: str, year: int, pack: str
) -> None:
    resolved = audited(name).resolved
    assert audited(name).status == "complete"
    assert resolved is not None
    filing = resolved.filing
    assert (resolved.kind, filing.year.year, filing.pack) == (kind, year, pack)
    assert filing.entity.name.endswith(entity)


@pytest.mark.parametrize("name", [QUXIAN, LINGSHOU])
def test_every_finding_points_to_words_of_the_document(name: str) -> None:
    whole = squeeze((SHARED / "sources" / f"{name}.txt").read_text(encoding="utf-8"))
    for finding in loud(name):
        assert finding.place.quote, finding
        for place in (finding.place, *finding.related):
            # A quote may leave out a page number that stands inside the words.
            pieces = [squeeze(piece) for piece in (place.quote or "").split()]
            assert all(piece in whole for piece in pieces), place


# The findings that the project promises


def test_the_wrong_rate_is_found_where_it_stands_twice() -> None:
    wrong = found(QUXIAN, "claim.change-rate")
    assert [(f.stated, f.expected, f.severity.value) for f in wrong] == [("18.3%", "19.01%", "error")] * 2
    assert all("减少1740.65万元，下降18.3%" in quotes(finding) for finding in wrong)
    assert len({finding.place.line for finding in wrong}) == 2


def test_money_spent_at_0_percent_of_the_budget_is_found() -> None:
    (finding,) = found(QUXIAN, "claim.completion-spent")
    assert finding.severity is Severity.ERROR
    assert finding.stated == "0%"
    assert "1.31万元,完成预算0%" in quotes(finding).replace("，", ",")


def test_basic_expenditure_below_its_parts_is_found() -> None:
    # 463.94 + 50.56 = 514.50, yet 基本支出 is 436.65.
    hits = [f for f in loud(QUXIAN) if "436.65" in quotes(f) and "463.94" in quotes(f)]
    assert len(hits) == 1
    assert "50.56" in quotes(hits[0])
    assert hits[0].severity is Severity.ERROR
    assert "77.85" in hits[0].message.zh


def test_the_wrong_money_unit_of_the_overall_targets_is_found() -> None:
    (finding,) = found(QUXIAN, "form.unit")
    assert (finding.stated, finding.expected) == ("元", "万元")
    assert finding.severity is Severity.ERROR


def test_missed_targets_with_full_marks_are_found() -> None:
    wrong = found(QUXIAN, "score.unmet-full")
    assert wrong
    assert all(finding.severity is Severity.ERROR for finding in wrong)


# What looks wrong and is right


def test_a_rate_that_rounding_explains_is_no_finding() -> None:
    assert not [f for f in audited(QUXIAN).findings if "13.79" in quotes(f)]


def test_two_totals_whose_difference_is_stated_are_no_finding() -> None:
    both = [f for f in loud(QUXIAN) if "12010.11" in quotes(f) and "7413.59" in quotes(f)]
    assert both == []
    assert not [f for f in loud(QUXIAN) if {f.stated, f.expected} >= {"12010.11", "7413.59"}]


def test_a_trailing_zero_is_no_difference() -> None:
    assert not [f for f in loud(LINGSHOU) if "2655.8" in quotes(f)]


def test_the_budget_has_no_false_identity() -> None:
    review = audited(LINGSHOU).review
    assert review is not None
    failed = [
        verdict for verdict in review.verdicts if verdict.outcome.value not in ("pass", "not_applicable")
    ]
    assert [(verdict.rule.ref, verdict.rule.severity) for verdict in failed] == [("FR-16", Severity.INFO)]
    assert len(review.verdicts) > 200


# The machine output


@pytest.mark.parametrize("name", [QUXIAN, LINGSHOU])
def test_the_machine_output_has_the_shape_that_is_promised(name: str) -> None:
    output: dict[str, Any] = json.loads(json.dumps(audit_json([audited(name)])))
    assert output["schema"] == "hengjian.audit/1"
    (document,) = output["documents"]
    assert set(document) == {"path", "sha256", "status", "kind", "entity", "year", "counts", "findings"}
    assert set(document["counts"]) == {"pages", "tables", "figures", "claims", "rules"}
    assert set(document["counts"]["rules"]) == {"pass", "fail", "not_evaluable"}
    severities = [finding["severity"] for finding in document["findings"]]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    for finding in document["findings"]:
        assert set(finding) == {
            "code", "severity", "message", "place", "related", "stated", "expected", "difference",
            "basis", "suggestion",
        }  # fmt: skip
        assert set(finding["message"]) == {"zh", "en"}
        for place in (finding["place"], *finding["related"]):
            assert set(place) == {"page", "section", "table", "row", "column", "quote"}
