"""The derivation of a score: a tree from the points down to the inputs and the rule that joins them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.kernel import Place, Text


@dataclass(frozen=True, slots=True)
class Step:
    """What something is, what it comes to (None while an input is missing), and from what.

    `source` is the document that gives the rule; `place` is where a figure stands.
    """

    what: Text
    result: Text | None
    because: tuple[Step, ...] = ()
    source: str | None = None
    place: Place | None = None

    def walk(self) -> Iterator[Step]:
        """Yield the step and all below it."""
        yield self
        for step in self.because:
            yield from step.walk()
