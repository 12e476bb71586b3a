"""Forms as the engine reads them: their rows, their cells, and the rows that sets stand for."""

from __future__ import annotations

from collections.abc import Container, Mapping
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from hengjian.filing import Sheet
from hengjian.kernel import Figure, Interval
from hengjian.packs.schema import Form
from hengjian.rules.syntax import CellRef, Children, Classes, CodeRow, NamedRow, Parts, Reference

Cell: TypeAlias = tuple[str, str, str]
"""Form, row and column."""


class Shape:
    """The rows that forms have, in printed order, and the cells that may be stated."""

    def __init__(
        self, forms: Mapping[str, Form], rows: Mapping[str, tuple[str, ...]], cells: Container[Cell]
    ) -> None:
        self.forms = forms
        self.rows = rows
        self.cells = cells
        self._classes: dict[str, tuple[str, ...]] = {}
        self._children: dict[str, dict[str, tuple[str, ...]]] = {}

    def classes(self, form_id: str) -> tuple[str, ...]:
        """Return the code rows of the form's first level, in printed order."""
        if form_id not in self._classes:
            rows = self.forms[form_id].code_rows
            length = rows.levels[0] if rows is not None else 0
            self._classes[form_id] = tuple(row for row in self._codes(form_id) if len(row) == length)
        return self._classes[form_id]

    def children(self, form_id: str) -> Mapping[str, tuple[str, ...]]:
        """Return the code rows whose nearest printed ancestor is a row, by that row, in printed order."""
        if form_id not in self._children:
            codes = dict.fromkeys(self._codes(form_id))
            below: dict[str, list[str]] = {}
            for code in codes:
                parent = nearest(code, codes)
                if parent is not None:
                    below.setdefault(parent, []).append(code)
            self._children[form_id] = {code: tuple(below[code]) for code in codes if code in below}
        return self._children[form_id]

    def _codes(self, form_id: str) -> list[str]:
        return [row for row in self.rows.get(form_id, ()) if is_code(row)]

    def rows_of(self, ref: Reference, current: str | None) -> tuple[str, ...]:
        """Return the rows that a reference stands for; `current` is the row the rule is repeated for."""
        form_id = str(ref.form)
        match ref.rows if not isinstance(ref, CellRef) else ref.row:
            case NamedRow(row):
                return (row,)
            case CodeRow(code):
                return (code,)
            case Classes():
                return self.classes(form_id)
            case Children():
                return self.children(form_id).get(str(current), ())
            case Parts(whole):
                return tuple(row.id for row in self.forms[form_id].rows if row.of_which == whole)
        return (str(current),)

    def cells_of(self, ref: Reference, row: str | None, column: str | None) -> tuple[Cell, ...]:
        """Return the cells that a reference stands for in one row and column of a rule."""
        form_id, where = str(ref.form), str(ref.column or column)
        return tuple((form_id, each, where) for each in self.rows_of(ref, row))


class FilledForms(Shape):
    """The stated cells of the sheets at hand.

    `bounds` holds each interval as two integers in units of 1/`scale`: exact, whatever was stated, because
    `scale` is a multiple of every denominator.
    """

    def __init__(self, sheets: Mapping[str, Sheet], forms: Mapping[str, Form]) -> None:
        self.sheets = sheets
        self.figures: dict[Cell, Figure] = {
            (form, row, column): figure
            for form, sheet in sheets.items()
            for (row, column), figure in sheet.figures.items()
        }
        super().__init__(forms, {form: tuple(sheet.rows) for form, sheet in sheets.items()}, self.figures)
        self.intervals: dict[Cell, Interval] = {
            cell: figure.value.interval for cell, figure in self.figures.items()
        }
        self.scale = lcm(
            *{interval.low.denominator for interval in self.intervals.values()},
            *{interval.high.denominator for interval in self.intervals.values()},
        )
        self.bounds: dict[Cell, tuple[int, int]] = {
            cell: (self._scaled(interval.low), self._scaled(interval.high))
            for cell, interval in self.intervals.items()
        }

    def _scaled(self, value: Fraction) -> int:
        return value.numerator * (self.scale // value.denominator)


def nearest(code: str, codes: Container[str]) -> str | None:
    """Return the nearest ancestor of a code that is among the codes.

    >>> nearest("2101501", {"210", "2101501"})
    '210'
    """
    above = (code[:length] for length in range(len(code) - 1, 0, -1))
    return next((ancestor for ancestor in above if ancestor in codes), None)


def is_code(row: str) -> bool:
    """Tell whether a row id is a classification code: fixed rows have ids that begin with a letter.

    >>> is_code("2101501"), is_code("income.total")
    (True, False)
    """
    return row.isascii() and row.isdigit()
