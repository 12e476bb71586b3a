"""Audit: documents read into filings, reviewed like any filing, their sentences checked, and reported."""

from hengjian.audit.pipeline import Audited, audit
from hengjian.audit.report import SCHEMA, audit_json, finding_json
from hengjian.audit.review import Review, review

__all__ = [
    "SCHEMA",
    "Audited",
    "Review",
    "audit",
    "audit_json",
    "finding_json",
    "review",
]
