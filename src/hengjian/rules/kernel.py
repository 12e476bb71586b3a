"""Evaluate a program on the columns of many departments: one outcome a place and department.

This is the one function over a batch: it runs over row groups of facts on one machine, and in the workers of
a cluster. Money stays in integers throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from hengjian.filing.stored import SCALES
from hengjian.kernel import Interval, Outcome
from hengjian.kernel.blank import add_stated
from hengjian.rules.filled import Cell
from hengjian.rules.gaps import close_gaps
from hengjian.rules.matrix import Columns, Mask, Matrix, Sums
from hengjian.rules.plan import Instance
from hengjian.rules.program import Compared, Group, Joined, Known, Negated, Program, Ratio, Tree, Truth
from hengjian.rules.run import evaluate, holds
from hengjian.rules.syntax import Parts, Reference, SumOver, references
from hengjian.rules.values import Lack, Value, decide

Codes: TypeAlias = npt.NDArray[np.int8]

OUTCOMES = (Outcome.NOT_APPLICABLE, Outcome.PASS, Outcome.FAIL, Outcome.NOT_EVALUABLE)
"""Outcomes by the number that stands for them in arrays."""
NOT_APPLICABLE, PASS, FAIL, NOT_EVALUABLE = (np.int8(number) for number in range(4))


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcomes of a program, places × departments, and the sums of its assertions."""

    outcomes: Codes
    sums: Sums


@dataclass(frozen=True, slots=True)
class Presence:
    """Which forms and rows each department has, and which forms are partial."""

    forms: Mask
    rows: Mask
    partial: Mask

    @classmethod
    def of(cls, tree: Tree, columns: Columns) -> Presence:
        """Read presence off the cells that are known."""
        known, at = columns.known, columns.at
        markers = at[tree.markers]
        partial = known[markers] & (columns.units[markers] == 1)
        return cls(tree.form_cells.any(known, at), tree.row_cells.any(known, at), partial)

    def has_gaps(self, tree: Tree) -> bool:
        """Tell whether a department prints a row without the row that others count it under."""
        return bool((self.rows & ~self.rows[tree.parents]).any())


def judge(program: Program, columns: Columns, presence: Presence | None = None) -> Judged:
    """Evaluate every rule of a program at all its places."""
    presence = presence or Presence.of(program.tree, columns)
    below = presence.rows
    if presence.has_gaps(program.tree):
        columns, below = close_gaps(program, columns, presence.rows)
    others = program.others.sums(columns)
    applies = _applies(program, columns, presence, below, others)
    sums = program.assertions.sums(columns)
    shape = (len(program.places), columns.values.shape[1])
    outcomes = np.broadcast_to(_compared(program.assertions, sums), shape)
    outcomes = np.where(applies, outcomes, NOT_APPLICABLE)
    applies = np.broadcast_to(applies, shape)
    for group in program.groups:
        if group.ratio is not None:
            outcomes[group.places] = _divided(group.ratio, others, applies[group.places])
        elif group.alone:
            outcomes[group.places] = _one_by_one(program, group, columns, applies[group.places])
    if presence.partial.any():
        _as_far_as_printed(program, columns, presence, outcomes)
    return Judged(outcomes, sums)


def _applies(program: Program, columns: Columns, presence: Presence, below: Mask, others: Sums) -> Mask:
    """Tell where rules apply: their forms and rows are there, something is stated, their condition holds."""
    (bare, asks_bare), (parts, asks_below), (here, asks_here) = program.bare, program.below, program.here
    applies: Mask = bare.any(columns.known, columns.at) | ~asks_bare
    applies = applies & (parts.any(below) | ~asks_below) & (here.any(presence.rows) | ~asks_here)
    truths = program.others.certain(others)
    stated = program.stated.any(columns.known, columns.at) if len(program.stated.starts) else None
    width = max(each.shape[1] for each in (applies, truths, presence.forms))
    applies = applies & _have_forms(program, presence)
    applies = np.array(np.broadcast_to(applies, (len(applies), width)))
    for group in program.groups:
        if group.condition is not None:
            applies[group.places] &= _truth(group.condition, truths, stated) == 1
    return applies


def _have_forms(program: Program, presence: Presence) -> Mask:
    """Tell for every place whether all forms of its rule are there."""
    wanted = {group.forms: presence.forms[list(group.forms)].all(axis=0) for group in program.groups}
    sizes = [group.places.stop - group.places.start for group in program.groups]
    held = [wanted[group.forms] for group in program.groups] or [np.ones(1, np.bool_)]
    return np.repeat(np.array(held), sizes or [0], axis=0)


def _truth(node: Truth, truths: Codes, stated: Mask | None) -> Codes:
    """Return 1 where a condition certainly holds, -1 where it certainly does not, 0 where neither."""
    match node:
        case Known(lists) if stated is not None:
            return np.where(stated[lists], np.int8(1), np.int8(-1))
        case Compared(rows):
            return truths[rows]
        case Negated(part):
            return -_truth(part, truths, stated)
        case Joined(parts, every):
            joined = _truth(parts[0], truths, stated)
            for part in parts[1:]:
                joined = (np.minimum if every else np.maximum)(joined, _truth(part, truths, stated))
            return joined
    raise TypeError(node)


def _compared(matrix: Matrix, sums: Sums) -> Codes:
    failed = matrix.failed(sums)
    outcomes: Codes = failed + PASS
    one_blank = sums.left_stated != sums.right_stated
    if one_blank.any():
        equal = np.zeros((len(failed), 1), np.bool_)
        equal[matrix.relations.get("==", [])] = True
        outcomes = np.where(one_blank & (failed | ~equal), NOT_EVALUABLE, outcomes)
    return np.where(sums.left_stated | sums.right_stated, outcomes, NOT_APPLICABLE)


def _divided(ratio: Ratio, sums: Sums, applies: Mask) -> Codes:
    """Decide ``plain == top / bottom`` in integers of any size."""
    plain, top, bottom = (sums.of(side) for side in (ratio.plain, ratio.top, ratio.bottom))
    shape = applies.shape
    at = np.nonzero(applies)
    low, high = _bounds(plain, at, 1, shape)
    top_low, top_high = _bounds(top, at, ratio.scales[0], shape)
    low_bottom, high_bottom = _bounds(bottom, at, ratio.scales[1], shape)
    turned = high_bottom < 0
    low_bottom, high_bottom = (
        np.where(turned, -high_bottom, low_bottom),
        np.where(turned, -low_bottom, high_bottom),
    )
    top_low, top_high = np.where(turned, -top_high, top_low), np.where(turned, -top_low, top_high)
    least_under = np.where(top_low >= 0, high_bottom, low_bottom)
    most_under = np.where(top_high >= 0, low_bottom, high_bottom)
    meet = (high * least_under >= top_low) & (low * most_under <= top_high)
    known = [np.broadcast_to(side.left_stated, shape)[at] for side in (plain, top, bottom)]
    defined = known[1] & known[2] & (low_bottom > 0)
    zero = (top_low <= 0) & (top_high >= 0)
    decided = np.where(known[0], np.where(meet, PASS, FAIL), np.where(zero, PASS, NOT_EVALUABLE))
    undefined = np.where(known[0], NOT_EVALUABLE, NOT_APPLICABLE)
    outcomes = np.full(shape, NOT_APPLICABLE)
    outcomes[at] = np.where(defined, decided, undefined)
    return outcomes


def _bounds(
    sums: Sums, at: tuple[npt.NDArray[Any], ...], factor: int, shape: tuple[int, ...]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    middle = np.broadcast_to(sums.difference, shape)[at].astype(object) * factor
    slack = np.broadcast_to(sums.slack, shape)[at].astype(object) * factor
    return middle - slack, middle + slack


# What is neither linear nor one quotient, and what texts leave open


def _one_by_one(program: Program, group: Group, columns: Columns, applies: Mask) -> Codes:
    outcomes = np.full(applies.shape, NOT_APPLICABLE)
    bound = group.plan.bound
    for place, department in zip(*np.nonzero(applies), strict=True):
        read = _reader(program, group, program.places[group.places][place], columns, department)
        if bound.where is None or holds(bound.where, read) is True:
            sides = evaluate(bound.assertion.left, read), evaluate(bound.assertion.right, read)
            outcomes[place, department] = OUTCOMES.index(decide(bound.assertion.relation, *sides))
    return outcomes


def _reader(
    program: Program, group: Group, at: Instance, columns: Columns, department: np.int64
) -> Callable[[Reference], Value]:
    def stated(number: int, scale: int) -> Interval | None:
        row = int(columns.at[number])
        if not _of(columns.known, row, department):
            return None
        value, unit = int(columns.values[row, department]), int(_of(columns.units, row, department))
        return Interval.about(Fraction(value, scale), Fraction(unit, 2 * scale))

    def read(ref: Reference) -> Value:
        scale = SCALES[group.plan.bound.measure(ref, at.column)]
        cells = program.shape.cells_of(ref, at.row, at.column)
        total = add_stated(stated(program.number(ref, cell), scale) for cell in cells).total
        return Lack.BLANK if total is None else total

    return read


def _as_far_as_printed(program: Program, columns: Columns, presence: Presence, outcomes: Codes) -> None:
    """Leave alone what figures could settle that a partial sheet does not hold: unknown is not blank."""
    for group in program.groups:
        numbers = dict(zip(group.plan.bound.forms, group.forms, strict=True))
        if not presence.partial[list(group.forms)].any():
            continue
        found = outcomes[group.places]
        for place, department in zip(*np.nonzero(found >= FAIL), strict=True):
            partial = {form for form, n in numbers.items() if _of(presence.partial, n, department)}
            at = program.places[group.places][place]
            lacking = {
                cell[0]
                for ref, cell in _cells_used(program, group, at, presence, department)
                if not _of(columns.known, int(columns.at[program.number(ref, cell)]), department)
            }
            if lacking & partial or (partial and found[place, department] == NOT_EVALUABLE):
                found[place, department] = NOT_APPLICABLE


def _cells_used(
    program: Program, group: Group, at: Instance, presence: Presence, department: np.int64
) -> Iterator[tuple[Reference, Cell]]:
    """Yield the cells of an assertion; of rows that are codes, those that the department prints."""
    for ref in references(group.plan.bound.assertion):
        printed_only = isinstance(ref, SumOver) and not isinstance(ref.rows, Parts)
        for cell in program.shape.cells_of(ref, at.row, at.column):
            if not printed_only or _of(presence.rows, program.tree.rows[cell[:2]], department):
                yield ref, cell


def _of(array: npt.NDArray[Any], row: int, department: np.int64) -> Any:  # noqa: ANN401
    """Return an element of an array that may have one column for all departments."""
    return array[row, department if array.shape[1] > 1 else 0]
