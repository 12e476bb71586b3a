"""From a bound rule to what is calculated: integer coefficients where it is linear, and its instances.

A linear side becomes terms, whole-number coefficients over cells: rows of a sparse integer matrix.
Coefficients of one cell are not merged: a figure less itself is known to two half units, not to none,
and the explanation shows each term where the rule has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from hengjian.packs.schema import Form
from hengjian.rules.bind import BoundRule, is_current
from hengjian.rules.filled import Cell, Shape, is_code
from hengjian.rules.syntax import (
    Arithmetic,
    CellRef,
    Constant,
    CurrentRow,
    Expression,
    Negation,
    Reference,
    SumOver,
)

Terms: TypeAlias = tuple[tuple[int, Cell], ...]


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of whole multiples of cells and sums; `constant` is None when the rule states none."""

    terms: tuple[tuple[int, Reference], ...] = ()
    constant: int | None = None

    def plus(self, other: Linear) -> Linear:
        """Return the sum of two sides."""
        if self.constant is None or other.constant is None:
            constant = other.constant if self.constant is None else self.constant
        else:
            constant = self.constant + other.constant
        return Linear(self.terms + other.terms, constant)

    def times(self, factor: int) -> Linear:
        """Return the side with every coefficient multiplied."""
        constant = None if self.constant is None else self.constant * factor
        return Linear(tuple((factor * coefficient, ref) for coefficient, ref in self.terms), constant)


@dataclass(frozen=True, slots=True)
class Plan:
    """A bound rule with both sides flattened, if both are linear.

    `bare` are the references that decide where the rule is repeated; `beside` the cells of the same row in
    other forms.
    """

    bound: BoundRule
    left: Linear | None
    right: Linear | None
    bare: tuple[Reference, ...]
    beside: tuple[CellRef, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """One place that a rule is checked in; a linear rule has its terms over cells."""

    plan: Plan
    row: str | None = None
    column: str | None = None
    left: Terms | None = None
    right: Terms | None = None


def plan_rule(bound: BoundRule) -> Plan:
    """Plan a bound rule once for all filings.

    >>> flatten(Arithmetic("-", Constant(3), Arithmetic("*", Constant(2), Constant(4))))
    Linear(terms=(), constant=-5)
    """
    left, right = flatten(bound.assertion.left), flatten(bound.assertion.right)
    if left is None or right is None:
        left = right = None
    refs = tuple(bound.nodes)
    if bound.rule.each == "row":
        bare = tuple(ref for ref in refs if is_current(ref, bound.form))
    else:
        bare = tuple(ref for ref in refs if ref.column is None)
    beside = tuple(
        ref for ref in refs if isinstance(ref, CellRef) and ref.row == CurrentRow() and ref not in bare
    )
    return Plan(bound, left, right, tuple(dict.fromkeys(bare)), beside)


def flatten(expression: Expression) -> Linear | None:
    """Return an expression as a linear sum; None when it divides or multiplies cells."""
    match expression:
        case Constant(value):
            return Linear((), value)
        case CellRef() | SumOver():
            return Linear(((1, expression),))
        case Negation(operand):
            inner = flatten(operand)
            return None if inner is None else inner.times(-1)
        case Arithmetic(operator, left_node, right_node):
            left, right = flatten(left_node), flatten(right_node)
            if left is None or right is None or operator == "/":
                return None
            if operator == "*":
                return _product(left, right)
            return left.plus(right.times(-1) if operator == "-" else right)


def _product(left: Linear, right: Linear) -> Linear | None:
    for side, other in ((left, right), (right, left)):
        if not side.terms and side.constant is not None:
            return other.times(side.constant)
    return None


def expand(plan: Plan, shape: Shape) -> Iterator[Instance]:
    """Yield every place where the rule is to be checked in the forms at hand.

    A rule that is repeated is checked wherever one of its bare names is stated.
    """
    form = plan.bound.form
    each = plan.bound.rule.each
    if form is None or each is None:
        yield _instance(plan, shape, None, None)
    elif each == "row":
        for row in shape.rows[form.form]:
            if _fits(plan, form, row) and _any_stated(plan, shape, row, None):
                yield _instance(plan, shape, row, None)
    else:
        parents: tuple[str | None, ...] = (None,) if each == "column" else tuple(shape.children(form.form))
        for parent in parents:
            for column in plan.bound.columns:
                if _any_stated(plan, shape, parent, column):
                    yield _instance(plan, shape, parent, column)


def _instance(plan: Plan, shape: Shape, row: str | None, column: str | None) -> Instance:
    if plan.left is None or plan.right is None:
        return Instance(plan, row, column)
    left, right = (
        tuple(
            (coefficient, cell)
            for coefficient, ref in side.terms
            for cell in shape.cells_of(ref, row, column)
        )
        for side in (plan.left, plan.right)
    )
    return Instance(plan, row, column, left, right)


def _any_stated(plan: Plan, shape: Shape, row: str | None, column: str | None) -> bool:
    return any(cell in shape.cells for ref in plan.bare for cell in shape.cells_of(ref, row, column))


def _fits(plan: Plan, form: Form, row: str) -> bool:
    """Tell whether every form has the row, with a cell in each column that the rule names."""
    return all(_has_cell(form, ref, _own_side(form, row)) for ref in plan.bare) and all(
        _has_row(other, row, form) and _has_cell(other, ref, _own_side(other, row))
        for ref in plan.beside
        for other in (plan.bound.forms[str(ref.form)],)
    )


def _has_cell(form: Form, ref: Reference, side: str | None) -> bool:
    column = form.column(str(ref.column))
    return column is not None and form.has_cell(side, column)


def _own_side(form: Form, row: str) -> str | None:
    fixed = form.row(row)
    if fixed is not None:
        return fixed.side
    return form.code_rows.side if form.code_rows is not None else None


def _has_row(form: Form, row: str, like: Form) -> bool:
    """Tell whether a form may have a row of another form: the same fixed row, or the same scheme's code."""
    if not is_code(row):
        return form.row(row) is not None
    mine, theirs = form.code_rows, like.code_rows
    return (
        mine is not None and theirs is not None and mine.scheme == theirs.scheme and len(row) in mine.levels
    )
