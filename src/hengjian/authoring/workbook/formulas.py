"""Totals as live formulas: the identities of the pack that give one cell as a sum of others.

A formula never changes what is stated. Where the sum of the stated parts is not the stated total, because of
rounding or of an error, the total stays a value and a note says what the parts come to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hengjian.authoring.workbook.cell_value import written
from hengjian.authoring.workbook.layout import Layout, unit_of
from hengjian.documents.book import Position, address
from hengjian.kernel import MoneyUnit, Severity
from hengjian.packs import Standards
from hengjian.rules import Plan, expand, plans_for
from hengjian.rules.filled import Cell, Shape
from hengjian.rules.plan import Linear, Terms
from hengjian.rules.syntax import CellRef

_MOST_PARTS = 200
"""A function takes 255 arguments."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell's formula and the cells it adds; `value` is what it gives, None for a blank."""

    text: str
    parts: tuple[tuple[str, str], ...]
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Sums:
    """The formulas of a sheet by cell (row, column), and what totals that differ would come to, by rule."""

    formulas: dict[tuple[str, str], Formula] = field(default_factory=dict)
    differing: dict[tuple[str, str], tuple[str, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Total:
    """A cell that a rule gives as a sum; a `sure` rule holds without a condition."""

    cell: Cell
    parts: Terms
    ref: str
    sure: bool


def sums_of(layout: Layout, standards: Standards) -> Sums:
    """Choose the formulas of a sheet so that none leads back to itself.

    A sheet that holds only what a text states has none: its parts are not all there.
    """
    sums = Sums()
    if layout.sheet is not None and layout.sheet.partial:
        return sums
    numbers = _Numbers.of(layout)
    for total in _totals(layout, standards):
        key = total.cell[1:]
        if key in sums.formulas or len(total.parts) > _MOST_PARTS or _leads_back(total, sums):
            continue
        value, stated = numbers.sum_of(total.parts), numbers.stated.get(key)
        if key in numbers.texts or (stated is None and not total.sure):
            continue
        if value == stated:
            parts = tuple(cell[1:] for _, cell in total.parts)
            sums.formulas[key] = Formula(_formula(total.parts, layout.cells), parts, value)
            sums.differing.pop(key, None)
        elif value is not None and total.sure and (value or stated):
            sums.differing.setdefault(key, (total.ref, value))
    return sums


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The figures of a sheet as the numbers that stand in its cells; `texts` are those that are no number."""

    stated: Mapping[tuple[str, str], Decimal]
    texts: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, layout: Layout) -> _Numbers:
        sheet = layout.sheet
        unit: MoneyUnit = unit_of(layout.form, sheet)
        figures = {} if sheet is None else {key: f.value for key, f in sheet.figures.items()}
        cells = {key: written(value, unit).number for key, value in figures.items()}
        stated = {key: number for key, number in cells.items() if number is not None}
        return cls(stated, frozenset(cells.keys() - stated.keys()))

    def sum_of(self, parts: Terms) -> Decimal | None:
        """Return what the parts come to, as a spreadsheet adds: texts and blanks add nothing."""
        values = [(times, self.stated[cell[1:]]) for times, cell in parts if cell[1:] in self.stated]
        return sum((times * number for times, number in values), Decimal()) if values else None


def _totals(layout: Layout, standards: Standards) -> Iterator[_Total]:
    form = layout.form.form
    rows = tuple(line.row for lines in layout.lines for line in lines if line.row is not None)
    cells = {(form, row, column) for row, column in layout.cells}
    shape = Shape({form: layout.form}, {form: rows}, cells)
    for plan in _plans(form, standards):
        for instance in expand(plan, shape):
            total = _total(plan, instance.left or (), instance.right or ())
            if total is not None and cells.issuperset((total.cell, *(cell for _, cell in total.parts))):
                yield total


def _plans(form: str, standards: Standards) -> Iterator[Plan]:
    """Yield the rules that could give a sum on the form, those without a condition first."""
    plans = [plan for plan in plans_for(standards) if set(plan.bound.forms) == {form} and _adds(plan)]
    yield from sorted(plans, key=lambda plan: plan.bound.where is not None)


def _adds(plan: Plan) -> bool:
    rule, sides = plan.bound.rule, (plan.left, plan.right)
    return (
        plan.bound.assertion.relation == "=="
        and rule.severity is Severity.ERROR
        and all(side is not None and side.constant is None for side in sides)
        and sorted(map(_is_cell, sides)) == [False, True]
    )


def _is_cell(side: Linear | None) -> bool:
    """Tell whether a side names just one cell; two such sides are an equation, no sum."""
    return side is not None and len(side.terms) == 1 and isinstance(side.terms[0][1], CellRef)


def _total(plan: Plan, left: Terms, right: Terms) -> _Total | None:
    one, parts = (left, right) if _is_cell(plan.left) else (right, left)
    if len(one) != 1 or one[0][0] != 1 or not parts or {times for times, _ in parts} - {1, -1}:
        return None
    return _Total(one[0][1], parts, plan.bound.rule.ref, plan.bound.where is None)


def _leads_back(total: _Total, sums: Sums) -> bool:
    """Tell whether a part of the total is reckoned from the total."""
    waiting, seen = [cell[1:] for _, cell in total.parts], set[tuple[str, str]]()
    while waiting:
        key = waiting.pop()
        if key == total.cell[1:]:
            return True
        if key in sums.formulas and key not in seen:
            seen.add(key)
            waiting.extend(sums.formulas[key].parts)
    return False


def _formula(parts: Terms, cells: Mapping[tuple[str, str], Position]) -> str:
    """Return a sum that is blank while all its parts are."""
    added = _runs([cells[cell[1:]] for times, cell in parts if times > 0])
    taken = _runs([cells[cell[1:]] for times, cell in parts if times < 0])
    value = "-".join(f"SUM({each})" if each else "0" for each in ([added, taken] if taken else [added]))
    return f'=IF(COUNT({",".join(filter(None, (added, taken)))})=0,"",{value})'


def _runs(positions: list[Position]) -> str:
    """Return positions as references, those that follow one another in a column or a row as a range.

    >>> _runs([(4, 2), (5, 2), (6, 2), (9, 2)]), _runs([(4, 2), (4, 3)])
    ('C5:C7,C10', 'C5:D5')
    """
    runs: list[list[Position]] = []
    for at in sorted(positions):
        steps = [(at[0] - run[-1][0], at[1] - run[-1][1]) for run in runs[-1:]]
        way = {(run[1][0] - run[0][0], run[1][1] - run[0][1]) for run in runs[-1:] if len(run) > 1}
        if steps and steps[0] in {(1, 0), (0, 1)} and way <= set(steps):
            runs[-1].append(at)
        else:
            runs.append([at])
    return ",".join(
        address(run[0]) if len(run) == 1 else f"{address(run[0])}:{address(run[-1])}" for run in runs
    )
