"""Claims of real publications that were judged by hand; skipped where that material is not at hand."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.audit.claims import Claim, claims_of
from hengjian.documents import read_document
from hengjian.kernel import Outcome, Severity

SHARED = Path(__file__).resolve().parents[4] / "shared"
SAMPLES = SHARED / "samples" / "claims.json"
NAME = "quxian-2022-final-accounts"
TRUTH, SOURCE = SHARED / "truth" / NAME / "claims.json", SHARED / "sources" / f"{NAME}.txt"
REASON = "the hand-made truth is no part of the repository; it is not beside this checkout"

needs_samples = pytest.mark.skipif(not SAMPLES.is_file(), reason=REASON)
needs_truth = pytest.mark.skipif(not TRUTH.is_file() or not SOURCE.is_file(), reason=REASON)
LOUD = {Severity.ERROR, Severity.WARNING}


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


def loud(found: list[Claim]) -> list[str]:
    return [c.finding.code for c in found if c.finding is not None and c.finding.severity in LOUD]


def sampled() -> list[dict[str, Any]]:
    """Return the judged claims whose quote is a full sentence."""
    if not SAMPLES.is_file():
        return []
    every = json.loads(SAMPLES.read_text(encoding="utf-8"))
    kinds = {"completion", "share", "yoy_percent"}
    return [claim for claim in every if claim["kind"] in kinds and "…" not in claim["quote"]]


@needs_samples
def test_the_samples_hold_right_and_wrong_claims() -> None:
    verdicts = {(claim["ok"], claim["adjudication"]) for claim in sampled()}
    assert {(True, None), (False, "true_error"), (False, "tolerable_rounding")} <= verdicts


@needs_samples
@pytest.mark.parametrize("judged", sampled(), ids=lambda judged: str(judged["id"]))
def test_a_sentence_is_an_error_only_where_it_was_judged_one(tmp_path: Path, judged: dict[str, Any]) -> None:
    path = tmp_path / "sentence.txt"
    path.write_text(f"{judged['quote']}。\n", encoding="utf-8")
    found = list(claims_of(read_document(path)))
    errors = [c for c in found if c.finding is not None and c.finding.severity is Severity.ERROR]
    assert bool(errors) == (judged["adjudication"] == "true_error")


@needs_samples
def test_a_list_with_shares_cut_to_sum_to_100_is_no_error(tmp_path: Path) -> None:
    """The sampled shares, put back behind their total."""
    shares = [claim for claim in sampled() if claim["kind"] == "share"]
    wholes = {claim["inputs"]["whole"] for claim in shares}
    assert len(wholes) == 1
    listed = "；".join(claim["quote"] for claim in shares)
    path = tmp_path / "list.txt"
    path.write_text(f"支出{wholes.pop()}万元，主要用于以下方面：{listed}。\n", encoding="utf-8")
    found = [claim for claim in claims_of(read_document(path)) if claim.kind == "share"]
    assert len(found) == len(shares)
    by_share = {judged["stated"]: judged for judged in shares}
    for claim in found:
        judged = by_share[squeeze(claim.place.quote).rpartition("占")[2]]
        assert (claim.outcome is Outcome.PASS) == judged["ok"]
        assert claim.finding is None or claim.finding.severity is not Severity.ERROR


# The fully judged publication


@cache
def judged_claims() -> tuple[dict[str, Any], ...]:
    """Return the claims that the text itself makes, of the kinds that sentences are checked for."""
    every = json.loads(TRUTH.read_text(encoding="utf-8"), parse_float=Decimal)
    own = [c for c in every if not (c.get("implied") or c.get("inference") or c.get("comparison"))]
    return tuple(claim for claim in own if claim["kind"] in {"share", "yoy", "completion"})


@cache
def found_claims() -> tuple[Claim, ...]:
    kinds = ("share", "change-rate", "completion")
    return tuple(claim for claim in claims_of(read_document(SOURCE)) if claim.kind.startswith(kinds))


def claims_for(judged: dict[str, Any]) -> list[Claim]:
    """Return the found claims that end in words of the quote, on one of its lines."""
    quote = squeeze(judged["quote"])
    first, last = judged["lines"]
    return [
        claim
        for claim in found_claims()
        if squeeze(claim.place.quote)[-9:] in quote and first - 8 <= (claim.place.line or 0) <= last
    ]


@needs_truth
def test_no_right_claim_is_reported() -> None:
    wrong = {
        judged["id"]: loud(claims_for(judged))
        for judged in judged_claims()
        if judged["ok"] or judged.get("within_rounding_of_inputs")
    }
    assert {name: codes for name, codes in wrong.items() if codes} == {}


@needs_truth
def test_every_wrong_claim_is_reported_and_nothing_else() -> None:
    wrong = [
        judged
        for judged in judged_claims()
        if judged["ok"] is False and not judged.get("within_rounding_of_inputs")
    ]
    assert len(wrong) >= 5
    reported = {judged["id"]: loud(claims_for(judged)) for judged in wrong}
    assert all(reported.values()), reported
    places = {id(claim) for judged in wrong for claim in claims_for(judged)}
    stray = [c.place.quote for c in found_claims() if c.finding is not None and id(c) not in places]
    assert stray == []


@needs_truth
def test_most_claims_are_found() -> None:
    """Claims of tables and of an undefined base are other checks' matter."""
    sentences = [judged for judged in judged_claims() if judged["ok"] is not None]
    seen = [judged for judged in sentences if claims_for(judged)]
    assert len(seen) / len(sentences) >= 0.9, [j["quote"] for j in sentences if not claims_for(j)]
