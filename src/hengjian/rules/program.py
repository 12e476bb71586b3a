"""Compile rules for many departments at once, over the cells that occur among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from hengjian.filing.stored import SCALES
from hengjian.packs import Standards
from hengjian.rules.bind import BoundRule, form_named
from hengjian.rules.filled import Cell, Shape, is_code, nearest
from hengjian.rules.matrix import Lists, Matrix, MatrixBuilder, TooLargeError
from hengjian.rules.plan import Instance, Linear, Plan, expand, flatten
from hengjian.rules.syntax import (
    And,
    Arithmetic,
    Comparison,
    Condition,
    Expression,
    Not,
    Or,
    Reference,
    Relation,
    Stated,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison within a condition, for every instance of the rule: rows of the matrix."""

    rows: slice
    relation: Relation


@dataclass(frozen=True, slots=True)
class Known:
    """A cell that must be stated, for every instance of the rule."""

    cells: Lists


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions of which every one, or any one, must hold."""

    parts: tuple[Truth, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class Negated:
    """A condition that must certainly not hold."""

    part: Truth


Truth: TypeAlias = Compared | Known | Joined | Negated


@dataclass(frozen=True, slots=True)
class Ratio:
    """An equation with a quotient on one side: ``plain == top / bottom``, decided by cross-multiplication.

    Each is rows of the matrix that compare with nothing, and so doubled; `scales` multiply top and bottom so
    that ``plain * bottom == top`` in stored units.
    """

    plain: slice
    top: slice
    bottom: slice
    scales: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """A rule at all its places, with the rows of the matrix that hold its assertion.

    `forms` and `below` are numbers of forms and rows that must be there; `bare` the cells of which one must
    be stated. A group whose assertion is neither rows nor a ratio is decided one department at a time.
    """

    plan: Plan
    instances: tuple[Instance, ...]
    forms: tuple[int, ...]
    bare: Lists | None
    below: Lists | None
    condition: Truth | None
    assertion: slice | Ratio | None


@dataclass(frozen=True, slots=True)
class Program:
    """Every rule over a set of cells, in numbers.

    `form_cells` and `row_cells` list the cells of every form and row, `rows` numbers the rows; `parents`
    gives each row the row that it is counted under, or itself; `markers` are the cells that say of each form
    whether it is partial.
    """

    shape: Shape
    numbers: Mapping[Cell, int]
    groups: tuple[Group, ...]
    matrix: Matrix
    forms: tuple[str, ...]
    markers: npt.NDArray[np.int64]
    form_cells: Lists
    rows: Mapping[tuple[str, str], int]
    row_cells: Lists
    parents: npt.NDArray[np.int64]


def compile_rules(plans: Iterable[Plan], standards: Standards, cells: Sequence[Cell]) -> Program:
    """Compile plans over cells; those of unknown forms are passed over.

    Cost: some 40 µs a place.
    """
    return _Compiler(standards, cells).program(plans)


class _Compiler:
    def __init__(self, standards: Standards, cells: Sequence[Cell]) -> None:
        named = {form: form_named(standards, form) for form, _, _ in cells}
        forms = {form_id: form for form_id, form in named.items() if form is not None}
        self.nobody = len(cells)
        self.builder = MatrixBuilder(self.nobody)
        self.numbers = {cell: number for number, cell in enumerate(cells)}
        by_form: dict[str, list[int]] = {}
        by_row: dict[tuple[str, str], list[int]] = {}
        for number, (form, row, _) in enumerate(cells):
            if form in forms:
                by_form.setdefault(form, []).append(number)
                if row:
                    by_row.setdefault((form, row), []).append(number)
        self.by_form, self.by_row = by_form, by_row
        rows: dict[str, list[str]] = {form: [] for form in by_form}
        for form, row in sorted(by_row):
            rows[form].append(row)
        self.shape = Shape(forms, {form: tuple(each) for form, each in rows.items()}, self.numbers)
        self.form_numbers = {form: number for number, form in enumerate(by_form)}
        self.row_numbers = {row: number for number, row in enumerate(by_row)}

    def program(self, plans: Iterable[Plan]) -> Program:
        groups = [group for plan in plans if (group := self._group(plan)) is not None]
        return Program(
            self.shape,
            self.numbers,
            tuple(groups),
            self.builder.matrix(),
            tuple(self.by_form),
            np.array([self.numbers.get((form, "", ""), self.nobody) for form in self.by_form], np.int64),
            Lists.of(self.by_form.values(), self.nobody),
            self.row_numbers,
            Lists.of(self.by_row.values(), self.nobody),
            self._parents(),
        )

    def _parents(self) -> npt.NDArray[np.int64]:
        codes: dict[str, set[str]] = {}
        for form, row in self.by_row:
            codes.setdefault(form, set()).add(row)
        parents = [
            self.row_numbers[form, (nearest(row, codes[form]) if is_code(row) else None) or row]
            for form, row in self.by_row
        ]
        return np.array(parents, np.int64)

    def _group(self, plan: Plan) -> Group | None:
        """Compile a rule; None when one of its forms does not occur at all."""
        bound = plan.bound
        if any(form not in self.form_numbers for form in bound.forms):
            return None
        instances = tuple(expand(plan, self.shape))
        if not instances:
            return None
        condition: Truth | None = None
        assertion: slice | Ratio | None = None
        if bound.where is None or _is_linear(bound.where):
            height = self.builder.height
            try:
                condition = None if bound.where is None else self._truth(bound, bound.where, instances)
                assertion = self._assertion(bound, instances)
            except TooLargeError:
                self.builder.forget(height)
                condition = None
        return Group(
            plan,
            instances,
            tuple(self.form_numbers[form] for form in bound.forms),
            self._bare(plan, instances),
            self._below(plan, instances),
            condition,
            assertion,
        )

    def _bare(self, plan: Plan, instances: tuple[Instance, ...]) -> Lists | None:
        if not plan.bare:
            return None
        return Lists.of(
            ([n for ref in plan.bare for n in self._numbers(ref, each)] for each in instances),
            self.nobody,
        )

    def _below(self, plan: Plan, instances: tuple[Instance, ...]) -> Lists | None:
        form = plan.bound.form
        if form is None or plan.bound.rule.each != "parent":
            return None
        children = self.shape.children(form.form)
        return Lists.of(
            ([self.row_numbers[form.form, child] for child in children[str(each.row)]] for each in instances),
            0,
        )

    def _numbers(self, ref: Reference, at: Instance) -> list[int]:
        cells = self.shape.cells_of(ref, at.row, at.column)
        return [self.numbers[cell] for cell in cells if cell in self.numbers]

    # Assertions and conditions

    def _assertion(self, bound: BoundRule, instances: tuple[Instance, ...]) -> slice | Ratio | None:
        left, right = bound.assertion.left, bound.assertion.right
        plain, other = flatten(left), flatten(right)
        if plain is not None and other is not None:
            return self._rows(bound, plain, other, instances)
        if bound.assertion.relation != "==":
            return None
        plain, quotient = (plain, _quotient(right)) if plain is not None else (other, _quotient(left))
        if plain is None or quotient is None:
            return None
        top, bottom = quotient
        scale, over, under = (_scale(bound, side, instances[0]) for side in (plain, top, bottom))
        nothing = Linear()
        return Ratio(
            self._rows(bound, plain, nothing, instances),
            self._rows(bound, top, nothing, instances),
            self._rows(bound, bottom, nothing, instances),
            (2 * scale * under, over),
        )

    def _rows(self, bound: BoundRule, left: Linear, right: Linear, instances: tuple[Instance, ...]) -> slice:
        first = self.builder.height
        for instance in instances:
            near, far = (
                [(c, number) for c, ref in side.terms for number in self._numbers(ref, instance)]
                for side in (left, right)
            )
            scale = _scale(bound, left if left.terms else right, instance)
            constants = [None if side.constant is None else side.constant * scale for side in (left, right)]
            self.builder.add(near, far, (constants[0], constants[1]))
        return slice(first, self.builder.height)

    def _truth(self, bound: BoundRule, node: Condition, instances: tuple[Instance, ...]) -> Truth:
        match node:
            case Stated(cell):
                return Known(Lists.of((self._numbers(cell, each) for each in instances), self.nobody))
            case Comparison(relation, left, right):
                near, far = flatten(left) or Linear(), flatten(right) or Linear()
                return Compared(self._rows(bound, near, far, instances), relation)
            case Not(inner):
                return Negated(self._truth(bound, inner, instances))
            case And(parts) | Or(parts):
                truths = tuple(self._truth(bound, part, instances) for part in parts)
                return Joined(truths, isinstance(node, And))


def _is_linear(node: Condition) -> bool:
    match node:
        case Stated():
            return True
        case Comparison(_, left, right):
            return flatten(left) is not None and flatten(right) is not None
        case Not(inner):
            return _is_linear(inner)
        case And(parts) | Or(parts):
            return all(_is_linear(part) for part in parts)


def _quotient(node: Expression) -> tuple[Linear, Linear] | None:
    """Return dividend and divisor of an expression that divides once, at its top."""
    if not isinstance(node, Arithmetic) or node.operator != "/":
        return None
    top, bottom = flatten(node.left), flatten(node.right)
    if top is None or bottom is None or not top.terms or not bottom.terms:
        return None
    return top, bottom


def _scale(bound: BoundRule, side: Linear, at: Instance) -> int:
    """Return how many stored units make one of what a side measures."""
    return SCALES[bound.measure(side.terms[0][1], at.column)] if side.terms else 1
