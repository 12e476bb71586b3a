"""Follow a cell down to the figures that it is made of, through the identities that define them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from hengjian.kernel import Figure, Interval, Outcome
from hengjian.packs.schema import Rule
from hengjian.rules.filled import Cell, FilledForms
from hengjian.rules.plan import flatten
from hengjian.rules.syntax import (
    CellRef,
    Children,
    Classes,
    Expression,
    Parts,
    SumOver,
    is_constant,
    references,
)
from hengjian.rules.verdict import Verdict

Addends: TypeAlias = tuple[tuple[int | None, Cell], ...]

_HIERARCHY, _PARTS, _SUM, _LINK, _FORMULA = range(5)
"""What a definition is, the most telling first."""


@dataclass(frozen=True, slots=True)
class Node:
    """A cell and what it is made of.

    `multiple` is how often it counts in the cell above, None in a formula that is no sum. `verdict` is that
    of the identity that defines it, `alternatives` are the ids of others that do. `gap` is by how much it is
    more than its parts, None when they add up or cannot be compared. `blanks` counts the addends left out
    because they are blank; `repeated` marks a cell whose parts stand elsewhere in the tree.
    """

    cell: Cell
    figure: Figure | None
    multiple: int | None = 1
    verdict: Verdict | None = None
    children: tuple[Node, ...] = ()
    gap: Interval | None = None
    alternatives: tuple[str, ...] = ()
    blanks: int = 0
    repeated: bool = False

    @property
    def rule(self) -> Rule | None:
        """The rule that defines the cell."""
        return None if self.verdict is None else self.verdict.rule


def drill(cell: Cell, verdicts: Iterable[Verdict], by: Verdict | None = None) -> Node:
    """Return the tree of a cell, given the verdicts of one check; `by` chooses the first identity.

    Of several identities that define a cell the failing one goes first, then sums over codes, over the parts
    of a row, other sums, equal cells, and formulas. No cell is taken apart twice.
    """
    return Definitions.of(verdicts).drill(cell, by)


@dataclass(frozen=True, slots=True)
class _Definition:
    """An identity with one cell alone on a side, and the cells of its other side."""

    verdict: Verdict
    addends: Addends
    kind: int
    on_left: bool

    @property
    def gap(self) -> Interval | None:
        """The cell less what defines it, if that is a contradiction."""
        left, right = self.verdict.left, self.verdict.right
        if self.verdict.outcome is not Outcome.FAIL or left is None or right is None:
            return None
        return left - right if self.on_left else right - left


@dataclass(frozen=True, slots=True)
class Definitions:
    """The identities of one check by the cells they define, the preferred first."""

    by_cell: dict[Cell, list[_Definition]]
    filled: FilledForms | None

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Definitions:
        """Sort the verdicts of one check by the cells that they define."""
        by_cell: dict[Cell, list[_Definition]] = {}
        filled: FilledForms | None = None
        for verdict in verdicts:
            filled = verdict.material.filled if verdict.material is not None else filled
            for cell, definition in _definitions(verdict):
                by_cell.setdefault(cell, []).append(definition)
        for found in by_cell.values():
            found.sort(key=lambda each: (each.verdict.outcome is not Outcome.FAIL, each.kind))
        return cls(by_cell, filled)

    def defines(self, verdict: Verdict) -> Cell | None:
        """Return the cell that a verdict's identity defines."""
        return next((cell for cell, _ in _definitions(verdict)), None)

    def drill(self, cell: Cell, by: Verdict | None = None) -> Node:
        """Return the tree of a cell."""
        return self._node(cell, 1, by, set())

    def _node(self, cell: Cell, multiple: int | None, by: Verdict | None, seen: set[Cell]) -> Node:
        figure = self.filled.figures.get(cell) if self.filled is not None else None
        found = self.by_cell.get(cell, [])
        chosen = next((each for each in found if each.verdict is by), found[0] if found else None)
        if chosen is None:
            return Node(cell, figure, multiple)
        if cell in seen:
            return Node(cell, figure, multiple, repeated=True)
        seen.add(cell)
        told = [(factor, part) for factor, part in chosen.addends if self._is_told(part)]
        return Node(
            cell,
            figure,
            multiple,
            chosen.verdict,
            tuple(self._node(part, factor, None, seen) for factor, part in told),
            chosen.gap,
            tuple(dict.fromkeys(each.verdict.rule.id for each in found if each is not chosen)),
            len(chosen.addends) - len(told),
        )

    def _is_told(self, cell: Cell) -> bool:
        """Tell whether a cell is stated, or blank though its parts are stated."""
        if self.filled is None or cell in self.filled.figures:
            return True
        return any(each.verdict.outcome is Outcome.NOT_EVALUABLE for each in self.by_cell.get(cell, []))


def _definitions(verdict: Verdict) -> Iterator[tuple[Cell, _Definition]]:
    """Yield what an identity defines: the cell alone on a side; of two such cells, that on the left."""
    bound, material = verdict.bound, verdict.material
    if bound is None or material is None or verdict.outcome is Outcome.NOT_APPLICABLE:
        return
    assertion = bound.assertion
    if assertion.relation != "==":
        return
    for alone, other in ((assertion.left, assertion.right), (assertion.right, assertion.left)):
        if isinstance(alone, CellRef) and not is_constant(other):
            (cell,) = material.filled.cells_of(alone, verdict.row, verdict.column)
            addends = _addends(other, verdict, material.filled)
            if all(part != cell for _, part in addends):
                yield cell, _Definition(verdict, addends, _kind(other), alone is assertion.left)
            return


def _addends(node: Expression, verdict: Verdict, filled: FilledForms) -> Addends:
    linear = flatten(node)
    terms = linear.terms if linear is not None else tuple((None, ref) for ref in references(node))
    cells = (
        (factor, cell) for factor, ref in terms for cell in filled.cells_of(ref, verdict.row, verdict.column)
    )
    return tuple(dict.fromkeys(cells))


def _kind(node: Expression) -> int:
    if isinstance(node, CellRef):
        return _LINK
    if flatten(node) is None:
        return _FORMULA
    sets = {type(ref.rows) for ref in references(node) if isinstance(ref, SumOver)}
    if sets & {Classes, Children}:
        return _HIERARCHY
    return _PARTS if Parts in sets else _SUM
