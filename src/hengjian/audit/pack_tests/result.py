"""What a case came to, and the faults that a case itself may have."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.kernel import HengjianError, Outcome, Text
from hengjian.rules import Verdict, explain


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a case (None when it is faulty), and why: in words, or the verdict to be explained."""

    outcome: Outcome | None
    why: Text | Verdict

    @classmethod
    def of(cls, *, holds: bool, why: Text) -> Result:
        """Return pass or fail."""
        return cls(Outcome.PASS if holds else Outcome.FAIL, why)

    @property
    def explanation(self) -> Text:
        """Why the case came to its outcome."""
        if isinstance(self.why, Text):
            return self.why
        said, reason = explain(self.why).named, self.why.reason
        if reason is None or said == reason:
            return said
        return Text(f"{said.zh}（{reason.zh}）", f"{said.en} ({reason.en})")


class FaultyCaseError(HengjianError):
    """A case names what its standards do not have: nothing can be said of the item."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)
