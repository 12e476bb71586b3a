"""Compile rules for many departments at once, over the cells that occur among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from hengjian.filing.stored import SCALES
from hengjian.packs import Standards
from hengjian.rules.bind import BoundRule, form_named
from hengjian.rules.filled import Cell, Shape, is_code, nearest
from hengjian.rules.matrix import Integers, Lists, Mask, Matrix, MatrixBuilder, TooLargeError
from hengjian.rules.plan import Instance, Linear, Plan, expand, flatten
from hengjian.rules.syntax import (
    And,
    Arithmetic,
    Children,
    Comparison,
    Condition,
    Expression,
    Not,
    Or,
    Reference,
    Relation,
    Stated,
    SumOver,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison within a condition, at every place of the rule: rows of the second matrix."""

    rows: slice


@dataclass(frozen=True, slots=True)
class Known:
    """A cell that must be stated, at every place of the rule: lists of `Program.stated`."""

    lists: slice


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

    Each is rows of the second matrix that compare with nothing, and so doubled; `scales` multiply top and
    bottom so that ``plain * bottom == top`` in stored units.
    """

    plain: slice
    top: slice
    bottom: slice
    scales: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Group:
    """A rule at all its places: rows of the first matrix, unless it is a ratio or decided one by one.

    `forms` are the numbers of the forms that must be there.
    """

    plan: Plan
    places: slice
    forms: tuple[int, ...]
    condition: Truth | None
    ratio: Ratio | None
    alone: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """The rows of the forms by number, and what each is counted under.

    `form_cells` and `row_cells` list the cells of every form and row; `parents` gives each row the row that
    it is counted under, or itself; `markers` are the cells that say of each form whether it is partial.
    """

    forms: tuple[str, ...]
    markers: Integers
    form_cells: Lists
    rows: Mapping[tuple[str, str], int]
    row_cells: Lists
    parents: Integers


@dataclass(frozen=True, slots=True)
class Program:
    """Every rule over a set of cells, in numbers. A place is one instance of a rule.

    Cells have two numbers: their own, and with `nobody` + 1 added the one that they have as a part of a code
    above, which also stands for what a row that is not printed comes to. `bare` lists the cells of which one
    must be stated, `below` the rows of which one must be printed, `here` the row that must be; each has a
    list a place, and a mask of the places that ask for it.
    """

    shape: Shape
    numbers: Mapping[Cell, int]
    nobody: int
    tree: Tree
    places: tuple[Instance, ...]
    groups: tuple[Group, ...]
    assertions: Matrix
    others: Matrix
    stated: Lists
    bare: tuple[Lists, Mask]
    below: tuple[Lists, Mask]
    here: tuple[Lists, Mask]

    def number(self, ref: Reference, cell: Cell) -> int:
        """Return the number that a cell has in a reference; that of nobody when it does not occur."""
        own = self.numbers.get(cell, self.nobody)
        return own + self.nobody + 1 if own != self.nobody and is_below(ref) else own


def compile_rules(plans: Iterable[Plan], standards: Standards, cells: Sequence[Cell]) -> Program:
    """Compile plans over cells; those of unknown forms are passed over.

    The numbers of the cells are their places in the list. Cost: some 40 µs a place.
    """
    return _Compiler(standards, cells).program(plans)


def is_below(ref: Reference) -> bool:
    """Tell whether a reference adds up the rows below a code."""
    return isinstance(ref, SumOver) and isinstance(ref.rows, Children)


@dataclass(frozen=True, slots=True)
class Sides:
    """A comparison of two sums, or without a relation a sum to be known by itself."""

    left: Linear
    right: Linear = field(default_factory=Linear)
    relation: Relation | None = None


@dataclass(slots=True)
class _Places:
    """What is noted of every place while rules are compiled."""

    instances: list[Instance] = field(default_factory=list)
    stated: list[list[int]] = field(default_factory=list)
    bare: list[list[int]] = field(default_factory=list)
    below: list[list[int]] = field(default_factory=list)
    here: list[list[int]] = field(default_factory=list)


class _Compiler:
    def __init__(self, standards: Standards, cells: Sequence[Cell]) -> None:
        named = {form: form_named(standards, form) for form, _, _ in cells}
        forms = {form_id: form for form_id, form in named.items() if form is not None}
        by_row: dict[tuple[str, str], list[int]] = {}
        self.by_form: dict[str, list[int]] = {}
        for number, (form, row, _) in enumerate(cells):
            if form in forms:
                self.by_form.setdefault(form, []).append(number)
                if row:
                    by_row.setdefault((form, row), []).append(number)
        self.by_row = by_row
        rows: dict[str, list[str]] = {form: [] for form in self.by_form}
        for form, row in sorted(by_row):
            rows[form].append(row)
        self.numbers = {cell: number for number, cell in enumerate(cells)}
        self.shape = Shape(forms, {form: tuple(each) for form, each in rows.items()}, self.numbers)
        self.nobody = len(cells)
        for cell in dict.fromkeys(self._wanting(cells)):
            if cell not in self.numbers:
                self.numbers[cell] = self.nobody
                self.nobody += 1
        self.matrix, self.others = MatrixBuilder(self.nobody), MatrixBuilder(self.nobody)
        self.form_numbers = {form: number for number, form in enumerate(self.by_form)}
        self.row_numbers = {row: number for number, row in enumerate(by_row)}
        self.noted = _Places()

    def _wanting(self, cells: Sequence[Cell]) -> Iterator[Cell]:
        """Yield the cells above others: they stand for the codes that a department does not print."""
        codes = {form: frozenset(rows) for form, rows in self.shape.rows.items()}
        for form, row, column in cells:
            if column and is_code(row) and form in codes:
                above = (row[:length] for length in range(1, len(row)))
                yield from ((form, code, column) for code in above if code in codes[form])

    def program(self, plans: Iterable[Plan]) -> Program:
        groups = [group for plan in plans if (group := self._group(plan)) is not None]
        noted = self.noted
        return Program(
            self.shape,
            self.numbers,
            self.nobody,
            self._tree(),
            tuple(noted.instances),
            tuple(groups),
            self.matrix.matrix(),
            self.others.matrix(),
            Lists.of(noted.stated, self.nobody),
            _asked(noted.bare, self.nobody),
            _asked(noted.below, 0),
            _asked(noted.here, 0),
        )

    def _tree(self) -> Tree:
        codes: dict[str, set[str]] = {}
        for form, row in self.by_row:
            codes.setdefault(form, set()).add(row)
        parents = [
            self.row_numbers[form, (nearest(row, codes[form]) if is_code(row) else None) or row]
            for form, row in self.by_row
        ]
        markers = [self.numbers.get((form, "", ""), self.nobody) for form in self.by_form]
        return Tree(
            tuple(self.by_form),
            np.array(markers, np.int64),
            Lists.of(self.by_form.values(), self.nobody),
            self.row_numbers,
            Lists.of(self.by_row.values(), self.nobody),
            np.array(parents, np.int64),
        )

    def _group(self, plan: Plan) -> Group | None:
        """Compile a rule; None when one of its forms does not occur at all, or it has no place."""
        bound = plan.bound
        if any(form not in self.form_numbers for form in bound.forms):
            return None
        instances = tuple(expand(plan, self.shape))
        if not instances:
            return None
        first, heights = self.matrix.height, (self.matrix.height, self.others.height)
        condition: Truth | None = None
        decided: Ratio | slice | None = None
        if bound.where is None or _is_linear(bound.where):
            try:
                condition = None if bound.where is None else self._truth(bound, bound.where, instances)
                decided = self._assertion(bound, instances)
            except TooLargeError:
                self.matrix.forget(heights[0])
                self.others.forget(heights[1])
                condition = None
        if not isinstance(decided, slice):
            for _ in instances:
                self.matrix.add(([], None), ([], None), None)
        self._note(plan, instances)
        forms = tuple(self.form_numbers[form] for form in bound.forms)
        places = slice(first, self.matrix.height)
        return Group(
            plan, places, forms, condition, decided if isinstance(decided, Ratio) else None, decided is None
        )

    def _note(self, plan: Plan, instances: tuple[Instance, ...]) -> None:
        noted, bound = self.noted, plan.bound
        noted.instances.extend(instances)
        form = bound.form.form if bound.form is not None else ""
        children = self.shape.children(form) if bound.rule.each == "parent" else {}
        for each in instances:
            noted.bare.append([n for ref in plan.bare for n in self._numbers(ref, each)])
            noted.below.append([self.row_numbers[form, child] for child in children.get(str(each.row), ())])
            noted.here.append([] if each.row is None else [self.row_numbers[form, each.row]])

    def _numbers(self, ref: Reference, at: Instance) -> list[int]:
        shift = self.nobody + 1 if is_below(ref) else 0
        cells = self.shape.cells_of(ref, at.row, at.column)
        return [self.numbers[cell] + shift for cell in cells if cell in self.numbers]

    # Assertions and conditions

    def _assertion(self, bound: BoundRule, instances: tuple[Instance, ...]) -> slice | Ratio | None:
        left, right = bound.assertion.left, bound.assertion.right
        plain, other = flatten(left), flatten(right)
        if plain is not None and other is not None:
            return self._rows(self.matrix, bound, Sides(plain, other, bound.assertion.relation), instances)
        if bound.assertion.relation != "==":
            return None
        plain, quotient = (plain, _quotient(right)) if plain is not None else (other, _quotient(left))
        if plain is None or quotient is None:
            return None
        top, bottom = quotient
        scale, over, under = (_scale(bound, side, instances[0]) for side in (plain, top, bottom))
        rows = [self._rows(self.others, bound, Sides(each), instances) for each in (plain, top, bottom)]
        return Ratio(rows[0], rows[1], rows[2], (2 * scale * under, over))

    def _rows(
        self, builder: MatrixBuilder, bound: BoundRule, sides: Sides, instances: tuple[Instance, ...]
    ) -> slice:
        first = builder.height
        measured = sides.left if sides.left.terms else sides.right
        for instance in instances:
            scale = _scale(bound, measured, instance)
            near, far = (
                (
                    [(c, number) for c, ref in side.terms for number in self._numbers(ref, instance)],
                    None if side.constant is None else side.constant * scale,
                )
                for side in (sides.left, sides.right)
            )
            builder.add(near, far, sides.relation)
        return slice(first, builder.height)

    def _truth(self, bound: BoundRule, node: Condition, instances: tuple[Instance, ...]) -> Truth:
        match node:
            case Stated(cell):
                first = len(self.noted.stated)
                self.noted.stated.extend(self._numbers(cell, each) for each in instances)
                return Known(slice(first, len(self.noted.stated)))
            case Comparison(relation, left, right):
                sides = Sides(flatten(left) or Linear(), flatten(right) or Linear(), relation)
                return Compared(self._rows(self.others, bound, sides, instances))
            case Not(inner):
                return Negated(self._truth(bound, inner, instances))
            case And(parts) | Or(parts):
                truths = tuple(self._truth(bound, part, instances) for part in parts)
                return Joined(truths, isinstance(node, And))


def _asked(lists: list[list[int]], filler: int) -> tuple[Lists, Mask]:
    return Lists.of(lists, filler), np.array([bool(each) for each in lists], np.bool_)[:, np.newaxis]


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
