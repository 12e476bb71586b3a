"""Resolved figures: a value with its meaning and its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from hengjian.kernel.amount import Amount
from hengjian.kernel.percent import Percent
from hengjian.kernel.place import Place
from hengjian.kernel.quantity import Quantity

Measure = Amount | Percent | Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated value of a form's cell. A blank cell has no figure.

    `form`, `row` and `column` are ids of the standards; a row may be a classification code.
    """

    form: str
    row: str
    column: str
    value: Measure
    place: Place = field(default_factory=Place)

    @property
    def cell(self) -> tuple[str, str, str]:
        """The identity of the cell: form, row, column."""
        return (self.form, self.row, self.column)
