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
from hengjian.rules.matrix import Columns, Mask, Sums, fails
from hengjian.rules.plan import Instance
from hengjian.rules.program import Compared, Group, Joined, Known, Negated, Program, Ratio, Truth
from hengjian.rules.run import evaluate, holds
from hengjian.rules.syntax import Parts, Reference, SumOver, references
from hengjian.rules.values import Lack, Value, decide

Codes: TypeAlias = npt.NDArray[np.int8]

OUTCOMES = (Outcome.NOT_APPLICABLE, Outcome.PASS, Outcome.FAIL, Outcome.NOT_EVALUABLE)
"""Outcomes by the number that stands for them in arrays."""
NOT_APPLICABLE, PASS, FAIL, NOT_EVALUABLE = (np.int8(number) for number in range(4))


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcomes of a rule: places × departments, and its sums where these decide it."""

    group: Group
    outcomes: Codes
    sums: Sums | None


@dataclass(frozen=True, slots=True)
class Presence:
    """Which forms and rows each department has."""

    forms: Mask
    rows: Mask
    partial: Mask

    @classmethod
    def of(cls, program: Program, columns: Columns) -> Presence:
        """Read presence off the cells that are known."""
        known, at = columns.known, columns.at
        markers = at[program.markers]
        partial = known[markers] & (columns.units[markers] == 1)
        return cls(program.form_cells.any(known, at), program.row_cells.any(known, at), partial)

    def irregular(self, program: Program) -> Mask:
        """Tell which departments print a row without the row that others count it under."""
        return np.asarray((self.rows & ~self.rows[program.parents]).any(axis=0))


def judge(program: Program, columns: Columns, presence: Presence) -> Iterator[Judged]:
    """Evaluate every rule of a program; a rule that applies nowhere is left out."""
    count = columns.values.shape[1]
    sums = program.matrix.sums(columns)
    for group in program.groups:
        applies = _applies(group, columns, presence, sums)
        if not applies.any():
            continue
        shape = (len(group.instances), count)
        own = sums.of(group.assertion) if isinstance(group.assertion, slice) else None
        if own is not None:
            outcomes = _compared(group, own)
        elif isinstance(group.assertion, Ratio):
            outcomes = _divided(group.assertion, sums, np.broadcast_to(applies, shape))
        else:
            outcomes = _one_by_one(program, group, columns, np.broadcast_to(applies, shape))
        if not applies.all():
            outcomes = np.where(applies, outcomes, NOT_APPLICABLE)
        outcomes = np.broadcast_to(outcomes, shape)
        if presence.partial[list(group.forms)].any():
            outcomes = _as_far_as_printed(program, group, columns, presence, outcomes)
        yield Judged(group, outcomes, own)


def _applies(group: Group, columns: Columns, presence: Presence, sums: Sums) -> Mask:
    applies = np.asarray(presence.forms[list(group.forms)].all(axis=0))[np.newaxis, :]
    if group.bare is not None:
        applies = applies & group.bare.any(columns.known, columns.at)
    if group.below is not None:
        applies = applies & group.below.any(presence.rows)
    if group.condition is not None:
        applies = applies & (_truth(group.condition, columns, sums) == 1)
    return applies


def _truth(node: Truth, columns: Columns, sums: Sums) -> Codes:
    """Return 1 where a condition certainly holds, -1 where it certainly does not, 0 where neither."""
    match node:
        case Known(cells):
            return np.where(cells.any(columns.known, columns.at), np.int8(1), np.int8(-1))
        case Compared(rows, relation):
            return sums.of(rows).certain(relation)
        case Negated(part):
            return -_truth(part, columns, sums)
        case Joined(parts, every):
            joined = _truth(parts[0], columns, sums)
            for part in parts[1:]:
                joined = (np.minimum if every else np.maximum)(joined, _truth(part, columns, sums))
            return joined


def _compared(group: Group, sums: Sums) -> Codes:
    relation = group.plan.bound.assertion.relation
    failed = fails(relation, sums.difference, sums.slack)
    outcomes: Codes = failed + PASS
    one_blank = sums.left_stated != sums.right_stated
    if one_blank.any():
        unclear = one_blank & failed if relation == "==" else one_blank
        outcomes = np.where(unclear, NOT_EVALUABLE, outcomes)
    stated = sums.left_stated | sums.right_stated
    return outcomes if stated.all() else np.where(stated, outcomes, NOT_APPLICABLE)


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
        read = _reader(program, group, group.instances[place], columns, department)
        if bound.where is None or holds(bound.where, read) is True:
            sides = evaluate(bound.assertion.left, read), evaluate(bound.assertion.right, read)
            outcomes[place, department] = OUTCOMES.index(decide(bound.assertion.relation, *sides))
    return outcomes


def _reader(
    program: Program, group: Group, at: Instance, columns: Columns, department: np.int64
) -> Callable[[Reference], Value]:
    def stated(cell: Cell, scale: int) -> Interval | None:
        number = program.numbers.get(cell)
        row = -1 if number is None else int(columns.at[number])
        if not _of(columns.known, row, department):
            return None
        value, unit = int(columns.values[row, department]), int(_of(columns.units, row, department))
        return Interval.about(Fraction(value, scale), Fraction(unit, 2 * scale))

    def read(ref: Reference) -> Value:
        scale = SCALES[group.plan.bound.measure(ref, at.column)]
        cells = program.shape.cells_of(ref, at.row, at.column)
        total = add_stated(stated(cell, scale) for cell in cells).total
        return Lack.BLANK if total is None else total

    return read


def _as_far_as_printed(
    program: Program, group: Group, columns: Columns, presence: Presence, outcomes: Codes
) -> Codes:
    """Leave alone what figures could settle that a partial sheet does not hold: unknown is not blank."""
    outcomes = outcomes.copy()
    numbers = dict(zip(group.plan.bound.forms, group.forms, strict=True))
    for place, department in zip(*np.nonzero(outcomes >= FAIL), strict=True):
        partial = {form for form, n in numbers.items() if _of(presence.partial, n, department)}
        lacking = {
            cell[0]
            for cell in _cells_used(program, group, group.instances[place], presence, department)
            if not _is_known(program, columns, cell, department)
        }
        if lacking & partial or (partial and outcomes[place, department] == NOT_EVALUABLE):
            outcomes[place, department] = NOT_APPLICABLE
    return outcomes


def _cells_used(
    program: Program, group: Group, at: Instance, presence: Presence, department: np.int64
) -> Iterator[Cell]:
    """Yield the cells of an assertion; of rows that are codes, those that the department prints."""
    for ref in references(group.plan.bound.assertion):
        printed_only = isinstance(ref, SumOver) and not isinstance(ref.rows, Parts)
        for cell in program.shape.cells_of(ref, at.row, at.column):
            if not printed_only or _of(presence.rows, program.rows[cell[:2]], department):
                yield cell


def _is_known(program: Program, columns: Columns, cell: Cell, department: np.int64) -> bool:
    number = program.numbers.get(cell)
    return number is not None and bool(_of(columns.known, int(columns.at[number]), department))


def _of(array: npt.NDArray[Any], row: int, department: np.int64) -> Any:  # noqa: ANN401
    """Return an element of an array that may have one column for all departments."""
    return array[row, department if array.shape[1] > 1 else 0]
