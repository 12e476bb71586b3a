"""The machine output of an audit: the public interface ``hengjian.audit/1``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.audit.pipeline import Audited
from hengjian.audit.resolve import UNKNOWN_KIND
from hengjian.kernel import Finding, Outcome, Place, Text

SCHEMA = "hengjian.audit/1"
_PLACE_KEYS = ("page", "section", "table", "row", "column", "quote")


def audit_json(audited: Iterable[Audited]) -> dict[str, Any]:
    """Return the audits of documents as data, ready for JSON."""
    return {"schema": SCHEMA, "documents": [_document(each) for each in audited]}


def _document(audited: Audited) -> dict[str, Any]:
    resolved = audited.resolved
    return {
        "path": audited.path,
        "sha256": audited.sha256,
        "status": audited.status,
        "kind": resolved.kind if resolved is not None else UNKNOWN_KIND,
        "entity": resolved.filing.entity.name if resolved is not None else None,
        "year": resolved.filing.year.year if resolved is not None else None,
        "counts": _counts(audited),
        "findings": [finding_json(finding) for finding in audited.findings],
    }


def _counts(audited: Audited) -> dict[str, Any]:
    tree, resolved = audited.tree, audited.resolved
    figures = 0
    if resolved is not None:
        filing = resolved.filing
        sheets = [*filing.sheets.values(), *(p.funds for p in filing.projects if p.funds is not None)]
        figures = sum(len(sheet.figures) for sheet in sheets)
        figures += sum(1 for p in filing.projects for i in p.indicators if i.actual is not None)
    return {
        "pages": (tree.pages or 0) if tree is not None else 0,
        "tables": sum(1 for _ in tree.tables()) if tree is not None else 0,
        "figures": figures,
        "claims": len(audited.claims),
        "rules": {
            "pass": audited.outcomes(Outcome.PASS),
            "fail": audited.outcomes(Outcome.FAIL),
            "not_evaluable": audited.outcomes(Outcome.NOT_EVALUABLE),
        },
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as data."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": _text(finding.message),
        "place": _place(finding.place),
        "related": [_place(place) for place in finding.related],
        "stated": finding.stated,
        "expected": finding.expected,
        "difference": finding.difference,
        "basis": finding.basis,
        "suggestion": _text(finding.suggestion) if finding.suggestion is not None else None,
    }


def _place(place: Place) -> dict[str, Any]:
    scanned = {"scanned": True} if place.scanned else {}
    return {key: getattr(place, key) for key in _PLACE_KEYS} | scanned


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
