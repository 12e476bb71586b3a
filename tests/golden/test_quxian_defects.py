"""What a careful reader found in one publication's self-evaluations, held against a check of its filing."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hengjian.audit.review import review
from hengjian.filing import Filing, read_filing
from hengjian.kernel import Finding, Place, Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, squeeze, standards_for

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
TRUTH = SHARED / "truth" / "quxian-2022-final-accounts"
SCORER = SHARED / "tools" / "score_audit.py"

pytestmark = pytest.mark.skipif(
    not (TRUTH.is_dir() and SCORER.is_file()),
    reason="the hand-made truth is no part of the repository; it is not beside this checkout",
)

KINDS = {
    "cross_reference_mismatch": ("identity.", "target.conflict", "result.money-mismatch"),
    "duplicate_indicator": ("target.counted-twice",),
    "duplicate_results": ("set.results-shared",),
    "empty_cell": ("form.text-blank",),
    "missing_result": ("result.overall-missing",),
    "missing_score": ("score.execution-missing",),
    "missing_total": ("score.total-missing",),
    "missing_value": ("result.missing", "target.missing"),
    "no_initial_budget": ("set.adjusted-as-executed",),
    "non_numeric_actual": ("result.",),
    "placeholder_text": ("form.prompt-left",),
    "qualitative_copy": ("set.qualitative-repeated", "target."),
    "score_basis": ("result.own-figures",),
    "score_not_traceable": ("score.not-traceable",),
    "score_rule_unclear": ("score.not-by-rule",),
    "self_score_pattern": ("set.",),
    "sum_mismatch": ("identity.contradicted",),
    "target_inconsistent": ("target.conflict",),
    "target_is_scale": ("target.is-scale",),
    "target_not_met_full_score": ("score.unmet-full",),
    "target_too_low": ("result.", "score."),
    "unit_error": ("form.unit",),
    "unit_mismatch": ("target.unit",),
    "wrong_term": ("target.level-name", "target."),
    "year_mismatch": ("project.code-year",),
}
"""Which findings can stand for a defect of a kind: their code begins so."""


@dataclass(frozen=True)
class Spot:
    """Where a defect stands in the filing: the file, and the row's name when it is a row."""

    file: str
    row: str | None


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_audit", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def truth(name: str) -> Any:  # noqa: ANN401 - every file has a shape of its own
    return json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))


@cache
def findings() -> tuple[Finding, ...]:
    library = load_library(data_folder("packs"))
    filing: Filing = read_filing(ROOT / "examples" / "quxian-2022", library)
    return review(filing, standards_for(library, filing.pack, filing.year)).findings


def places(finding: Finding) -> tuple[Place, ...]:
    return (finding.place, *finding.related)


def quotes(finding: Finding) -> list[str]:
    words = [scorer().squeeze(place.quote) for place in places(finding) if place.quote]
    return [quote for quote in words if len(quote) <= scorer().LONGEST_QUOTE]


def spots(defect: dict[str, Any]) -> list[Spot]:
    """Return the forms in which a defect stands, each with the row that its words name."""
    found = []
    every = [
        defect["lines"],
        *(other["lines"] for other in defect.get("other_quotes", []) if "lines" in other),
    ]
    texts = [defect["quote"], *(other["quote"] for other in defect.get("other_quotes", []))]
    forms = [(item["code"], item["lines"], item["indicators"]) for item in truth("projects")]
    overall = truth("overall_targets")
    forms.append(("overall", overall["lines"], overall["indicators"]))
    if defect["kind"] == "score_not_traceable":  # its score is the filing's own
        found.append(Spot("filing.toml", None))
    for (first, _), text in zip(every, texts, strict=False):
        for code, (start, stop), rows in forms:
            if start <= first <= stop:
                names = [row["level3"] for row in rows if _same_name(row["level3"], text)]
                found.append(Spot(code, max(names, key=len, default=None)))
    return found


def _same_name(name: str, text: str) -> bool:
    """Tell whether words of a row hold its name; a row that breaks over lines may show its end alone."""
    bare, words = squeeze(name), squeeze(text)
    return bare in words or (len(bare) > 8 and bare[-5:] in words)


def touches(finding: Finding, defect: dict[str, Any]) -> bool:
    if scorer().reach(quotes(finding), scorer().quotes_of_defect(defect)):
        return True
    return any(
        spot.file in (place.file or "") and spot.row == place.row
        for place in places(finding)
        for spot in spots(defect)
    )


def defects(*severities: str) -> list[dict[str, Any]]:
    return [
        defect
        for defect in truth("defects")
        if defect["kind"] in KINDS and defect["severity"] in severities and spots(defect)
    ]


def stands_for(defect: dict[str, Any]) -> list[Finding]:
    return [f for f in findings() if f.code.startswith(KINDS[defect["kind"]]) and touches(f, defect)]


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_every_defect_of_scores_targets_units_values_and_weights_is_found(severity: str) -> None:
    missed = [defect["id"] for defect in defects(severity) if not stands_for(defect)]
    assert missed == []


def test_patterns_of_the_whole_set_are_found() -> None:
    wanted = {"D086", "D103", "D104", "D105", "D106", "D114"}
    named = {defect["id"] for defect in defects("info") if stands_for(defect)}
    assert wanted <= named


def test_at_most_two_loud_findings_touch_no_defect() -> None:
    every = truth("defects")
    loud = [finding for finding in findings() if finding.severity is not Severity.INFO]
    stray = [finding for finding in loud if not any(touches(finding, defect) for defect in every)]
    assert len(stray) <= 2, [finding.line() for finding in stray]


def test_the_overall_score_and_the_two_deviations_are_named() -> None:
    by_code = {finding.code: finding for finding in findings()}
    assert by_code["score.not-traceable"].stated == "97"
    deviations = [f.expected for f in findings() if f.code == "result.own-figures"]
    assert deviations == ["5.31", "36.81"]


def test_signals_count_what_the_truth_counts() -> None:
    stated = {finding.code: finding.stated for finding in findings() if finding.code.startswith("set.")}
    assert stated["set.scores-full"] == "22/23"
    assert stated["set.results-at-target"] == "82/115"
    assert stated["set.no-problems"] == "23/23"
    shared = next(finding for finding in findings() if finding.code == "set.results-shared")
    assert re.search("439家、157.1万元、50.73万元", shared.message.zh)
