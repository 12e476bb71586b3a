"""One department and the identities that every peer can state: sums that must equal sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hengjian.filing import Sheet
from hengjian.filing.facts import Cell, Integers, block_of
from hengjian.filing.model import Filing
from hengjian.kernel import Amount, Figure, Outcome, Place
from hengjian.packs import Standards
from hengjian.rules import Material, Plan, Verdict, check_rule, plans_for
from hengjian.rules.equations import Equation, equations_of
from hengjian.rules.matrix import Columns
from hengjian.rules.program import Program, compile_rules
from hengjian.rules.run import bound_forms_present


@dataclass(frozen=True, slots=True)
class Identity:
    """Multiples of cells that must come to nothing, and the place that a verdict names it by.

    `terms` begin with a cell that stands once: peers take it for the total of the others.
    """

    rule: str
    row: str | None
    column: str | None
    terms: tuple[tuple[int, Cell], ...]

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What verdicts call it."""
        return self.rule, self.row, self.column


@dataclass(frozen=True)
class Case:
    """A department's sheets, the plans that peers can check too, and their identities on these sheets."""

    standards: Standards
    filing: Filing
    plans: tuple[Plan, ...]
    identities: tuple[Identity, ...]

    @property
    def sheets(self) -> Mapping[str, Sheet]:
        """The department's sheets."""
        return self.filing.sheets

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that identities name, in order."""
        return tuple(dict.fromkeys(cell for each in self.identities for _, cell in each.terms))

    def check(self) -> tuple[Verdict, ...]:
        """Check the plans on the sheets, as `hengjian.rules.check_sheets` does with all plans."""
        material = Material.of(self.standards, self.sheets)
        return tuple(
            verdict
            for plan in self.plans
            if bound_forms_present(plan.bound, material.filled)
            for verdict in check_rule(plan, material)
        )

    def compiled(self) -> tuple[Program, Columns]:
        """Return the plans compiled for the sheets' cells, and the sheets as a block of one department."""
        _, cells, values, units, known = block_of([(self.filing, self.standards)])
        program = compile_rules(self.plans, self.standards, cells)
        at = np.full(program.nobody + 1, len(cells), np.int64)
        at[: len(cells)] = np.arange(len(cells))
        held = np.append(known[0], np.False_)[:, np.newaxis]
        both = np.concatenate([at, at[:-1]])
        return program, Columns(_with_nobody(values), _with_nobody(units), held, both)

    def stated(self) -> dict[Cell, tuple[int, int]]:
        """Return the value and unit (fen, ten-thousandths) of the cells that identities name."""
        _, cells, values, units, _ = block_of([(self.filing, self.standards)])
        facts = zip(values[0].tolist(), units[0].tolist(), strict=True)
        found = dict(zip(cells, facts, strict=True))
        return {cell: found[cell] for cell in self.cells}

    def with_fault(self, cell: Cell) -> Case:
        """Return the case with one amount too large by ten units of what it is printed in."""
        form, row, column = cell
        sheet = self.sheets[form]
        value = sheet.figures[row, column].value
        if not isinstance(value, Amount):
            raise TypeError(cell)
        text = f"{value.yuan.scaleb(-value.unit.exponent) + 10:.{value.decimals}f}"
        raised = Amount.parse(text, value.unit)
        if raised is None:
            raise ValueError(text)
        figure = Figure(form, row, column, raised, Place())
        figures = {**sheet.figures, (row, column): figure}
        sheets = {**self.sheets, form: Sheet(form, sheet.rows, figures, sheet.place)}
        filing = Filing(self.filing.entity, self.filing.year, self.filing.pack, self.filing.kind, sheets)
        return Case(self.standards, filing, self.plans, self.identities)


def _with_nobody(facts: Integers) -> Integers:
    """Return one department's facts as a column, with the last row that nobody states."""
    return np.append(facts[0], np.int64(0))[:, np.newaxis]


def case_of(filing: Filing, standards: Standards) -> Case:
    """Take the rules of a filing that are linear equations, hold on it, and speak of stated cells alone."""
    material = Material.of(standards, filing.sheets)
    plans: list[Plan] = []
    identities: list[Identity] = []
    for plan in plans_for(standards):
        if not bound_forms_present(plan.bound, material.filled) or not _is_linear(plan):
            continue
        decided = [v for v in check_rule(plan, material) if v.outcome is not Outcome.NOT_APPLICABLE]
        found = [_identity(each) for each in equations_of(decided) if each.terms.keys() <= _cells(material)]
        named = [each for each in found if each is not None]
        if decided and len(named) == len(decided):
            plans.append(plan)
            identities += named
    return Case(standards, filing, tuple(plans), tuple(identities))


def _is_linear(plan: Plan) -> bool:
    sides = (plan.left, plan.right)
    return plan.bound.assertion.relation == "==" and all(
        side is not None and not side.constant for side in sides
    )


def _cells(material: Material) -> set[Cell]:
    return set(material.filled.figures)


def _identity(equation: Equation) -> Identity | None:
    """Return an equation with the cell that is a total in front; None when no cell could be one."""
    terms = {cell: times for cell, times in equation.terms.items() if times}
    total = next((cell for cell, times in terms.items() if abs(times) == 1), None)
    if total is None or len(terms) < 2 or equation.verdict.outcome is not Outcome.PASS:
        return None
    turn = terms[total]
    rest = tuple((times * turn, cell) for cell, times in terms.items() if cell != total)
    verdict = equation.verdict
    return Identity(verdict.rule.id, verdict.row, verdict.column, ((1, total), *rest))
