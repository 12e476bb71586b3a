"""Random rules: trees of one unit a side, and their text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from hypothesis import strategies as st

from hengjian.rules.syntax import (
    And,
    Arithmetic,
    CellRef,
    Children,
    Classes,
    CodeRow,
    Comparison,
    Condition,
    Constant,
    CurrentRow,
    Each,
    Expression,
    NamedRow,
    Negation,
    Not,
    Or,
    Parts,
    Reference,
    Relation,
    Stated,
    SumOver,
)

Unit = Literal["amount", "ratio"]
RELATIONS: tuple[Relation, ...] = ("==", "<=", ">=", "<", ">")


@dataclass(frozen=True)
class Dialect:
    """What a rule repeated for something may name; `own` are names that stand alone."""

    form: str | None
    each: Each
    own: tuple[Reference, ...]
    amounts: tuple[Reference, ...]
    ratios: tuple[Reference, ...] = ()


_ELSEWHERE: tuple[Reference, ...] = (
    CellRef("demo.summary", NamedRow("expenditure.total_year"), "amount"),
    CellRef("demo.expenditure", CodeRow("101"), "total"),
    SumOver("demo.expenditure", Classes(), "running"),
    SumOver("demo.funds", Parts("total"), "spent"),
)
DIALECTS = (
    Dialect(
        "demo.activity",
        "row",
        (CellRef(None, CurrentRow(), "cost"), CellRef(None, CurrentRow(), "last_year_cost")),
        (*_ELSEWHERE, CellRef("performance.funds", CurrentRow(), "executed")),
        (
            CellRef(None, CurrentRow(), "change_rate"),
            CellRef("demo.activity", NamedRow("talks"), "change_rate"),
        ),
    ),
    Dialect(
        "demo.summary",
        "row",
        (CellRef(None, CurrentRow(), "amount"),),
        (*_ELSEWHERE, CellRef("demo.expenditure", CurrentRow(), "project")),
    ),
    Dialect(
        "demo.funds",
        "column",
        (CellRef(None, NamedRow("total"), None), SumOver(None, Parts("total"), None)),
        _ELSEWHERE,
        (CellRef("demo.activity", NamedRow("total"), "change_rate"),),
    ),
    Dialect(
        "demo.expenditure",
        "column",
        (CellRef(None, NamedRow("total"), None), SumOver(None, Classes(), None)),
        _ELSEWHERE,
    ),
    Dialect(
        "demo.expenditure",
        "parent",
        (CellRef(None, CurrentRow(), None), SumOver(None, Children(), None)),
        (*_ELSEWHERE, SumOver("demo.expenditure", Children(), "total")),
    ),
    Dialect(
        None, None, _ELSEWHERE, _ELSEWHERE, (CellRef("demo.activity", NamedRow("total"), "change_rate"),)
    ),
)


@cache
def expressions(dialect: Dialect, unit: Unit, depth: int = 3) -> st.SearchStrategy[Expression]:
    """Return trees that count yuan, or nothing."""
    constants = st.integers(1, 9).map(Constant)
    named = dialect.own + dialect.amounts if unit == "amount" else dialect.ratios
    leaves: st.SearchStrategy[Expression] = st.sampled_from(named) if named else constants
    if depth == 0:
        return leaves
    same, ratio = expressions(dialect, unit, depth - 1), expressions(dialect, "ratio", depth - 1)
    whole = constants.map(lambda constant: Arithmetic("*", constant, Constant(10_000)))
    kinds: list[st.SearchStrategy[Expression]] = [
        leaves,
        st.builds(Negation, same),
        st.builds(Arithmetic, st.sampled_from(["+", "-"]), same, same | whole),
        st.builds(Arithmetic, st.sampled_from(["*", "/"]), same, constants | ratio),
        st.builds(Arithmetic, st.just("*"), constants | ratio, same),
    ]
    if unit == "ratio":
        amount = expressions(dialect, "amount", depth - 1)
        kinds.append(st.builds(Arithmetic, st.just("/"), amount, amount))
    return st.one_of(kinds)


@st.composite
def assertions(draw: st.DrawFn, dialect: Dialect) -> Comparison:
    """Return a comparison that names something that stands alone."""
    left: Expression = draw(expressions(dialect, "amount"))
    own = draw(st.sampled_from(dialect.own))
    relation: Relation = draw(st.sampled_from(RELATIONS))
    right = draw(expressions(dialect, "amount") | st.integers(0, 9).map(Constant))
    return Comparison(relation, Arithmetic(draw(st.sampled_from(["+", "-"])), own, left), right)


@cache
def conditions(dialect: Dialect, depth: int = 2) -> st.SearchStrategy[Condition]:
    """Return conditions over the same names."""
    cells = [ref for ref in dialect.own + dialect.amounts if isinstance(ref, CellRef)]
    leaves = st.builds(Stated, st.sampled_from(cells)) | assertions(dialect)
    if depth == 0:
        return leaves
    inner = conditions(dialect, depth - 1)
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return leaves | st.builds(Not, inner) | st.builds(And, several) | st.builds(Or, several)


_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}


def text_of(node: Expression | Condition) -> str:
    """Write a tree with no more brackets than it needs."""
    match node:
        case Comparison(relation, left, right):
            return f"{_written(left)} {relation} {_written(right)}"
        case Stated(cell):
            return f"stated({_written(cell)})"
        case Not(condition):
            return f"not ({text_of(condition)})"
        case And(parts) | Or(parts):
            joined = " and " if isinstance(node, And) else " or "
            return joined.join(f"({text_of(part)})" for part in parts)
    return _written(node)


def _written(node: Expression) -> str:
    match node:
        case Constant(value):
            return str(value)
        case CellRef() | SumOver():
            return _reference(node)
        case Negation(operand):
            return f"-{_bracketed(operand, 3)}"
        case Arithmetic(operator, left, right):
            binds = _BINDS[operator]
            return f"{_bracketed(left, binds)} {operator} {_bracketed(right, binds + 1)}"


def _bracketed(node: Expression, least: int) -> str:
    binds = _BINDS[node.operator] if isinstance(node, Arithmetic) else 3
    return _written(node) if binds >= least else f"({_written(node)})"


def _reference(ref: Reference) -> str:
    within = _selector(ref)
    if ref.form is None:
        bare = within if ref.column is None else ref.column
        name = "value" if bare == "row" else bare
    else:
        name = f"{ref.form}[{within}].{ref.column}"
    return f"sum({name})" if isinstance(ref, SumOver) else name


def _selector(ref: Reference) -> str:
    match ref.row if isinstance(ref, CellRef) else ref.rows:
        case NamedRow(name) | CodeRow(name):
            return name
        case Parts(whole):
            return f"parts({whole})"
        case Classes():
            return "classes"
        case Children():
            return "children"
        case CurrentRow():
            return "row"
