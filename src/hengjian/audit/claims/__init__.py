"""Claims: sentences that arithmetic can check, found and checked by kind."""

from __future__ import annotations

from hengjian.audit.claims.change import change_claims
from hengjian.audit.claims.claim import Claim, Extractor, Passage, passages
from hengjian.audit.claims.completion import completion_claims
from hengjian.audit.claims.composition import composition_claims
from hengjian.audit.claims.share import share_claims
from hengjian.documents import DocumentTree

EXTRACTORS: dict[str, Extractor] = {
    "composition": composition_claims,
    "share": share_claims,
    "change": change_claims,
    "completion": completion_claims,
}
"""The kinds of claims, each with what finds and checks it."""


def claims_of(tree: DocumentTree) -> tuple[Claim, ...]:
    """Return every claim of a document's paragraphs, in reading order within each kind."""
    return tuple(
        claim for passage in passages(tree) for extract in EXTRACTORS.values() for claim in extract(passage)
    )


__all__ = ["EXTRACTORS", "Claim", "Passage", "claims_of", "passages"]
