"""The sparse integer matrix over cells, and what it gives for the columns of many departments at once.

A column is a department, a row a comparison: its coefficients are those of the left side less the right side.
A value stands for ``value ± unit / 2``, so sums are compared doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from hengjian.filing.stored import LARGEST
from hengjian.rules.syntax import Relation

Integers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Side: TypeAlias = tuple[list[tuple[int, int]], int | None]
"""Coefficients with their cells, and the constant on the scale of the cells, if there is one."""

_MOST_COEFFICIENTS = 2**61 // LARGEST
"""A doubled sum with larger coefficients could leave 64 bits."""


class TooLargeError(ValueError):
    """Sums with such factors could leave 64 bits."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The figures of some departments, in arrays of rows × departments; the last row is stated by nobody.

    `units` and `known` have one column where all departments agree. `at` gives the row of each cell.
    """

    values: Integers
    units: Integers
    known: Mask
    at: Integers

    def part(self, chosen: slice | npt.NDArray[Any]) -> Columns:
        """Return the columns of some departments."""
        units = self.units if self.units.shape[1] == 1 else self.units[:, chosen]
        known = self.known if self.known.shape[1] == 1 else self.known[:, chosen]
        return Columns(np.ascontiguousarray(self.values[:, chosen]), units, known, self.at)


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of numbers laid end to end; `starts` says where each begins. No list is empty."""

    members: Integers
    starts: Integers

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]], filler: int) -> Lists:
        """Lay lists end to end; an empty one holds the filler."""
        filled = [list(each) or [filler] for each in lists]
        lengths = np.array([len(each) for each in filled], np.int64)
        starts = np.cumsum(lengths) - lengths
        return cls(np.array([each for one in filled for each in one], np.int64), starts)

    def only(self, chosen: Mask) -> Lists:
        """Return some of the lists."""
        lengths = np.diff(self.starts, append=len(self.members))
        kept = lengths[chosen]
        return Lists(self.members[np.repeat(chosen, lengths)], np.cumsum(kept) - kept)

    def any(self, mask: Mask, at: Integers | None = None) -> Mask:
        """Tell for every list whether the mask holds for any of its members; `at` gives their rows in it."""
        rows = self.members if at is None else at[self.members]
        ends = np.append(self.starts, len(rows))
        shape = (len(self.starts), len(mask))
        # Over truth values scipy adds by "or": ten times as fast as reducing list by list.
        return np.asarray(sparse.csr_array((np.ones(len(rows), np.bool_), rows, ends), shape=shape) @ mask)


@dataclass(frozen=True, slots=True)
class Sums:
    """Both sides of comparisons for each department: twice left minus right, and by how much that may be off.

    A side is `stated` when any of its cells is, or when the rule states a constant in it.
    """

    difference: Integers
    slack: Integers
    left_stated: Mask
    right_stated: Mask

    def of(self, rows: slice) -> Sums:
        """Return some of the comparisons."""
        parts = (self.difference[rows], self.slack[rows], self.left_stated[rows], self.right_stated[rows])
        return Sums(*parts)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of coefficients over cells. Lists 2i and 2i + 1 of `terms` are the left and right side of row i.

    `constants` are left minus right, on the scale of the cells; `fixed` tells for each row and side whether a
    constant stands there. `relations` are the rows that are compared in each way.
    """

    terms: Lists
    coefficients: Integers
    constants: Integers
    fixed: Mask
    relations: Mapping[Relation, Integers]

    def sums(self, columns: Columns) -> Sums:
        """Evaluate every comparison for every department."""
        rows = columns.at[self.terms.members]
        stated = self.terms.any(columns.known, columns.at)
        difference = self._product(self.coefficients, rows, columns.values)
        difference += self.constants[:, np.newaxis]
        difference *= 2
        return Sums(
            difference,
            self._product(abs(self.coefficients), rows, columns.units),
            stated[::2] | self.fixed[:, :1],
            stated[1::2] | self.fixed[:, 1:],
        )

    def only(self, chosen: Mask) -> Matrix:
        """Return some of the rows."""
        lengths = np.diff(self.terms.starts[::2], append=len(self.terms.members))
        place = np.cumsum(chosen) - 1
        return Matrix(
            self.terms.only(np.repeat(chosen, 2)),
            self.coefficients[np.repeat(chosen, lengths)],
            self.constants[chosen],
            self.fixed[chosen],
            {relation: place[rows[chosen[rows]]] for relation, rows in self.relations.items()},
        )

    def failed(self, sums: Sums) -> Mask:
        """Tell where the comparisons hold for no values inside the intervals; most of them are equations."""
        failed: Mask = fails("==", sums.difference, sums.slack)
        for relation, rows in self.relations.items():
            if relation != "==":
                failed[rows] = fails(relation, sums.difference[rows], sums.slack[rows])
        return failed

    def certain(self, sums: Sums) -> npt.NDArray[np.int8]:
        """Tell whether each comparison certainly holds (1), certainly does not (-1), or neither (0)."""
        truth = np.zeros(sums.difference.shape, np.int8)
        for relation, rows in self.relations.items():
            difference, slack = sums.difference[rows], sums.slack[rows]
            truth[rows] = holds(relation, difference, slack).astype(np.int8)
            truth[rows] -= fails(relation, difference, slack)
        truth *= sums.left_stated & sums.right_stated
        return truth

    def _product(self, coefficients: Integers, rows: Integers, columns: Integers) -> Integers:
        ends = np.append(self.terms.starts[::2], len(rows))
        shape = (len(self.constants), len(columns))
        return np.asarray(sparse.csr_array((coefficients, rows, ends), shape=shape) @ columns)


@dataclass(slots=True)
class MatrixBuilder:
    """A matrix being filled; `nobody` is the number of the cell that nobody states."""

    nobody: int
    lists: list[list[int]] = field(default_factory=list)
    coefficients: list[int] = field(default_factory=list)
    constants: list[int] = field(default_factory=list)
    fixed: list[tuple[bool, bool]] = field(default_factory=list)
    relations: list[Relation | None] = field(default_factory=list)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.constants)

    def add(self, left: Side, right: Side, relation: Relation | None) -> None:
        """Add a row of two sides.

        Raises `TooLargeError` when its sums could leave 64 bits.
        """
        constant = (left[1] or 0) - (right[1] or 0)
        total = sum(abs(coefficient) for coefficient, _ in (*left[0], *right[0]))
        if total > _MOST_COEFFICIENTS or abs(constant) > LARGEST:
            raise TooLargeError
        for sign, (terms, _) in ((1, left), (-1, right)):
            self.lists.append([cell for _, cell in terms])
            self.coefficients.extend([sign * coefficient for coefficient, _ in terms] or [0])
        self.constants.append(constant)
        self.fixed.append((left[1] is not None, right[1] is not None))
        self.relations.append(relation)

    def forget(self, height: int) -> None:
        """Take back the rows above a height."""
        del self.constants[height:], self.fixed[height:], self.relations[height:], self.lists[2 * height :]
        del self.coefficients[sum(max(len(each), 1) for each in self.lists) :]

    def matrix(self) -> Matrix:
        """Return the matrix."""
        return Matrix(
            Lists.of(self.lists, self.nobody),
            np.array(self.coefficients, np.int64),
            np.array(self.constants, np.int64),
            np.array(self.fixed, np.bool_).reshape(-1, 2),
            {
                relation: np.array(
                    [row for row, each in enumerate(self.relations) if each == relation], np.int64
                )
                for relation in dict.fromkeys(self.relations)
                if relation is not None
            },
        )


def fails(relation: Relation, difference: Any, slack: Any) -> Any:  # noqa: ANN401
    """Tell where no values inside the intervals make the relation true.

    >>> fails("==", np.array([0, 10, 11]), np.array([10])).tolist()
    [False, False, True]
    """
    match relation:
        case "==":
            return (difference > slack) | (difference < -slack)
        case "<=":
            return difference > slack
        case "<":
            return difference >= slack
        case ">=":
            return difference < -slack
        case ">":
            return difference <= -slack


def holds(relation: Relation, difference: Any, slack: Any) -> Any:  # noqa: ANN401
    """Tell where the relation is true for all values inside the intervals."""
    match relation:
        case "==":
            return (difference == 0) & (slack == 0)
        case "<=":
            return difference <= -slack
        case "<":
            return difference < -slack
        case ">=":
            return difference >= slack
        case ">":
            return difference > slack
