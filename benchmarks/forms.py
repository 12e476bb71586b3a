"""The documents that several benchmarks read or write."""

from __future__ import annotations

from hengjian.authoring import PlannedDocument, documents_for
from hengjian.filing import Filing
from hengjian.packs import Standards

_KIND = "self_evaluation"


def self_evaluation(filing: Filing, standards: Standards) -> bytes:
    """Return the self-evaluation forms of a filing's projects as docx."""
    planned = (each for each in documents_for(filing, standards) if isinstance(each, PlannedDocument))
    return next(each for each in planned if each.kind == _KIND).render()
