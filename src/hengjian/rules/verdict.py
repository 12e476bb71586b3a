"""What a rule came to at one place of a filing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hengjian.filing import Sheet
from hengjian.kernel import Figure, Interval, Outcome, Place, Text
from hengjian.packs import Standards
from hengjian.packs.schema import Rule
from hengjian.rules.bind import BoundRule, forms_named
from hengjian.rules.filled import Cell, FilledForms


@dataclass(frozen=True, slots=True)
class Material:
    """What verdicts are about: the standards, the sheets and where the filing stands."""

    standards: Standards
    filled: FilledForms
    place: Place = field(default_factory=Place)

    @classmethod
    def of(cls, standards: Standards, sheets: Mapping[str, Sheet], place: Place | None = None) -> Material:
        """Take sheets, by the id of their form, for checking."""
        return cls(standards, FilledForms(sheets, forms_named(standards, sheets)), place or Place())


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a rule in one row and column, with both sides and the figures that were used.

    `form` is the form the rule is repeated over, or of its first cell; `row` and `column` are those it is
    repeated for. Sides are in yuan, percentage points or units, None when blank or undefined. `missing` are
    the blank cells that keep it from being evaluated; `reason` says why it did not apply or could not be.
    """

    rule: Rule
    outcome: Outcome
    form: str
    row: str | None = None
    column: str | None = None
    left: Interval | None = None
    right: Interval | None = None
    cells: tuple[Figure, ...] = ()
    missing: tuple[Cell, ...] = ()
    reason: Text | None = None
    bound: BoundRule | None = field(default=None, repr=False, compare=False)
    material: Material | None = field(default=None, repr=False, compare=False)
