"""What a writer of documents is, and the values that it answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from hengjian.filing import Filing
from hengjian.kernel import Text
from hengjian.packs.standards import Standards


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document that a filing gives, and the file name it gets.

    `render` returns its bytes, the same for the same filing.
    """

    kind: str
    title: Text
    file_name: str
    render: Callable[[], bytes] = field(compare=False, repr=False)


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
    """Writes the documents of one kind; planning looks at the filing and the standards only."""

    def plan(self, filing: Filing, standards: Standards) -> tuple[PlannedDocument | Skipped, ...]:
        """Say which documents the filing gives, or why it gives none."""
        ...
