"""What a writer of a document is, and the values that it answers with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hengjian.filing import Filing
from hengjian.kernel import Text
from hengjian.packs.standards import Standards


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document that a filing gives, and the file name it gets."""

    kind: str
    title: Text
    file_name: str


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document that was written, where, and the SHA-256 of its bytes."""

    kind: str
    title: Text
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that a filing does not give, and why."""

    kind: str
    title: Text
    reason: Text


class Writer(Protocol):
    """Writes one kind of document.

    `plan` looks at the filing and the standards only; `render` may be called when it planned a document,
    and gives the same bytes for the same filing.
    """

    kind: str
    title: Text

    def plan(self, filing: Filing, standards: Standards) -> PlannedDocument | Skipped:
        """Say which document the filing gives, or why it gives none."""
        ...

    def render(self, filing: Filing, standards: Standards) -> bytes:
        """Return the document's bytes; raises ValueError when none is planned."""
        ...
