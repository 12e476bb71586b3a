"""Audit a document: read it, resolve it into a filing, review that, and check its sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hengjian.audit.claims import Claim, claims_of
from hengjian.audit.consistency import consistency_findings
from hengjian.audit.resolve import Resolved, resolve
from hengjian.audit.review import Review, review
from hengjian.audit.scanned import marked
from hengjian.documents import DocumentTree, read_document
from hengjian.kernel import Finding, InputError, Outcome, Place, in_order, is_input
from hengjian.packs import Library


@dataclass(frozen=True, slots=True)
class Audited:
    """An audited document. Without `tree` it could not be read, and its one finding says why."""

    path: str
    sha256: str
    findings: tuple[Finding, ...]
    tree: DocumentTree | None = None
    resolved: Resolved | None = None
    review: Review | None = None
    claims: tuple[Claim, ...] = ()

    @property
    def status(self) -> str:
        """``complete``, ``partial`` (a part could not be read) or ``unreadable``."""
        if self.tree is None:
            return "unreadable"
        return "partial" if any(is_input(finding) for finding in self.findings) else "complete"

    def outcomes(self, outcome: Outcome) -> int:
        """How many identities and claims came to an outcome."""
        verdicts = self.review.outcomes[outcome] if self.review is not None else 0
        return verdicts + sum(claim.outcome is outcome for claim in self.claims)


def audit(
    path: Path,
    library: Library,
    pack: str | None = None,
    year: int | None = None,
    read: Callable[[Path], DocumentTree] = read_document,
) -> Audited:
    """Audit one document; what cannot be read becomes a finding, never an exception.

    `read` is `documents.isolation.Readers.read` where a file that hangs or crashes must end nothing but its
    child process. Raises `PackError` when the packs are faulty.
    """
    try:
        tree = read(path)
        resolved = resolve(tree, library, pack, year)
    except InputError as error:
        return Audited(str(path), _digest(path), (error.located(Place(file=str(path))).finding,))
    reviewed = review(resolved.filing, resolved.standards)
    claims = claims_of(tree)
    found = [
        *tree.problems,
        *resolved.findings,
        *(claim.finding for claim in claims if claim.finding is not None),
        *reviewed.findings,
        *consistency_findings(tree, resolved.filing, resolved.standards),
    ]
    return Audited(str(path), tree.sha256, in_order(marked(found, tree)), tree, resolved, reviewed, claims)


def _digest(path: Path) -> str:
    """Hash a file that could not be read as a document, as far as it can be read at all."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
