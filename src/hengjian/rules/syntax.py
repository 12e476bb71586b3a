"""The syntax of a rule: frozen nodes that say what a rule means and nothing about how it is run.

`form` is None for the rule's own form, `column` is None for the column that a rule is repeated for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["+", "-", "*", "/"]
Relation: TypeAlias = Literal["==", "<=", ">=", "<", ">"]
Each: TypeAlias = Literal["row", "column", "parent"] | None


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A fixed row, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A row that is a classification code."""

    code: str


@dataclass(frozen=True, slots=True)
class CurrentRow:
    """The row that the rule is repeated for."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The code rows of the first level."""


@dataclass(frozen=True, slots=True)
class Children:
    """The code rows right below the current one."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The fixed rows that are declared `of_which` a row."""

    of: str


RowSelector: TypeAlias = NamedRow | CodeRow | CurrentRow
RowSet: TypeAlias = Classes | Children | Parts


@dataclass(frozen=True, slots=True)
class Constant:
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class CellRef:
    """One cell."""

    form: str | None
    row: RowSelector
    column: str | None


@dataclass(frozen=True, slots=True)
class SumOver:
    """The cells of a set of rows in one column, added up."""

    form: str | None
    rows: RowSet
    column: str | None


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two expressions joined by an operator."""

    operator: Operator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negation:
    """An expression with its sign turned."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two expressions that are compared: an assertion, or one condition of it."""

    relation: Relation
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Stated:
    """A cell is not blank."""

    cell: CellRef


@dataclass(frozen=True, slots=True)
class And:
    """Every one of the conditions holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition certainly does not hold."""

    condition: Condition


Reference: TypeAlias = CellRef | SumOver
Expression: TypeAlias = Constant | CellRef | SumOver | Arithmetic | Negation
Condition: TypeAlias = Comparison | Stated | And | Or | Not
Node: TypeAlias = Expression | Condition


def references(node: Node) -> Iterator[Reference]:
    """Yield every cell and sum that a node names, from left to right.

    >>> from hengjian.rules.grammar import parse_assertion
    >>> [ref.column for ref in references(parse_assertion("total == basic + project", "row"))]
    ['total', 'basic', 'project']
    """
    match node:
        case CellRef() | SumOver():
            yield node
        case Stated(cell):
            yield cell
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            yield from references(left)
            yield from references(right)
        case Negation(inner) | Not(inner):
            yield from references(inner)
        case And(conditions) | Or(conditions):
            for condition in conditions:
                yield from references(condition)
        case Constant():
            return


def is_constant(expression: Expression) -> bool:
    """Tell whether an expression names no cell.

    >>> is_constant(Arithmetic("*", Constant(2), Constant(50)))
    True
    """
    return next(references(expression), None) is None
