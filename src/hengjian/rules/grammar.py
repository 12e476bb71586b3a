"""Read a rule's text: Python's own parser, then a closed list of what may stand in a rule.

Nothing is evaluated. Text → `ast` → the nodes of `hengjian.rules.syntax`.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import NoReturn

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
    Operator,
    Or,
    Parts,
    Relation,
    RowSelector,
    RowSet,
    Stated,
    SumOver,
)

LONGEST_TEXT = 2_000
DEEPEST_TREE = 100
LARGEST_CONSTANT = 10**15

_OPERATORS: dict[type[ast.operator], Operator] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_RELATIONS: dict[type[ast.cmpop], Relation] = {
    ast.Eq: "==",
    ast.LtE: "<=",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.Gt: ">",
}
_SETS = ("classes", "children", "parts")


class RuleSyntaxError(ValueError):
    """The text is no rule: `what` is wrong, at `column` (from 1).

    >>> parse_assertion("a == __import__('os')", "row")
    Traceback (most recent call last):
        ...
    hengjian.rules.grammar.RuleSyntaxError: column 6: only sum(…) may be called here
    """

    def __init__(self, what: str, column: int) -> None:
        super().__init__(f"column {column}: {what}")
        self.what = what
        self.column = column


@lru_cache(maxsize=4096)
def parse_assertion(text: str, each: Each = None) -> Comparison:
    """Read an assertion, exactly one comparison; `each` says what its bare names are.

    Raises `RuleSyntaxError`.

    >>> parse_assertion("budget.basic[301].total >= 0").left
    CellRef(form='budget.basic', row=CodeRow(code='301'), column='total')
    """
    node = _parsed(text)
    if not isinstance(node, ast.Compare):
        _refuse(node, "an assertion is one comparison (== <= >= < >)")
    return _Reader(each).comparison(node, 1)


@lru_cache(maxsize=4096)
def parse_condition(text: str, each: Each = None) -> Condition:
    """Read the condition of a `where`; raises `RuleSyntaxError`.

    >>> parse_condition("stated(total) and not basic > 0", "row").conditions[0]
    Stated(cell=CellRef(form=None, row=CurrentRow(), column='total'))
    """
    return _Reader(each).condition(_parsed(text), 1)


def _parsed(text: str) -> ast.expr:
    text = text.strip().replace("\n", " ")
    if len(text) > LONGEST_TEXT:
        raise RuleSyntaxError(f"longer than {LONGEST_TEXT} characters", LONGEST_TEXT + 1)
    for at, char in enumerate(text):
        if not (char.isascii() and char.isprintable()) or char in "#\\":
            raise RuleSyntaxError(f"{char!r} cannot stand in a rule", at + 1)
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise RuleSyntaxError(error.msg, error.offset or 1) from None
    except (RecursionError, MemoryError):
        raise RuleSyntaxError("nested too deeply", 1) from None
    return tree.body


def _refuse(node: ast.expr, what: str) -> NoReturn:
    raise RuleSyntaxError(what, node.col_offset + 1)


class _Reader:
    """Turns `ast` nodes into rule nodes, refusing whatever is not on the list."""

    def __init__(self, each: Each) -> None:
        self.each = each

    def condition(self, node: ast.expr, depth: int) -> Condition:
        _bound(node, depth)
        match node:
            case ast.Compare():
                return self.comparison(node, depth)
            case ast.BoolOp(op=op, values=values):
                conditions = tuple(self.condition(value, depth + 1) for value in values)
                return And(conditions) if isinstance(op, ast.And) else Or(conditions)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.condition(operand, depth + 1))
            case ast.Call(func=ast.Name(id="stated"), args=[argument], keywords=[]):
                return self._stated(argument, depth)
        _refuse(node, "a condition is a comparison, stated(…), and, or, not")

    def comparison(self, node: ast.Compare, depth: int) -> Comparison:
        if len(node.ops) != 1:
            _refuse(node, "exactly one comparison, no chain of them")
        relation = _RELATIONS.get(type(node.ops[0]))
        if relation is None:
            _refuse(node, "only == <= >= < > compare")
        left = self.expression(node.left, depth + 1)
        return Comparison(relation, left, self.expression(node.comparators[0], depth + 1))

    def expression(self, node: ast.expr, depth: int) -> Expression:
        _bound(node, depth)
        match node:
            case ast.Constant(value=value):
                return Constant(_whole(node, value))
            case ast.BinOp(left=left, op=op, right=right):
                operator = _OPERATORS.get(type(op))
                if operator is None:
                    _refuse(node, "only + - * / calculate")
                return Arithmetic(
                    operator, self.expression(left, depth + 1), self.expression(right, depth + 1)
                )
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negation(self.expression(operand, depth + 1))
            case ast.Call(func=ast.Name(id="sum"), args=[argument], keywords=[]):
                return self._sum(argument)
            case ast.Call():
                _refuse(node, "only sum(…) may be called here")
            case ast.Name() | ast.Attribute() | ast.Subscript():
                return self._cell(node)
        _refuse(node, f"{type(node).__name__} cannot stand in a rule")

    def _stated(self, node: ast.expr, depth: int) -> Stated:
        cell = self.expression(node, depth + 1)
        if not isinstance(cell, CellRef):
            _refuse(node, "stated(…) takes one cell")
        return Stated(cell)

    def _cell(self, node: ast.expr) -> CellRef:
        subscript, column = _split(node)
        if subscript is None:
            return self._bare(node, _dotted(node))
        if column is None:
            _refuse(node, "a cell is form[row].column: the column is missing")
        return CellRef(_dotted(subscript.value), self._row(subscript.slice), column)

    def _bare(self, node: ast.expr, name: str) -> CellRef:
        if name in _SETS:
            _refuse(node, f"{name} is a set of rows: add it up with sum({name})")
        if self.each == "row":
            return CellRef(None, CurrentRow(), name)
        if self.each == "column":
            return CellRef(None, NamedRow(name), None)
        if self.each == "parent":
            if name != "value":
                _refuse(node, f"in a rule for each parent, {name} stands alone: only value and children may")
            return CellRef(None, CurrentRow(), None)
        _refuse(node, f"{name} stands alone: write form[row].column, or give the rule form: and for:")

    def _row(self, node: ast.expr) -> RowSelector:
        if isinstance(node, ast.Constant):
            return CodeRow(str(_whole(node, node.value)))
        if _is_set(node):
            _refuse(node, "a set of rows is added up: sum(form[…].column)")
        name = _dotted(node)
        if name != "row":
            return NamedRow(name)
        if self.each != "row":
            _refuse(node, "[row] is the current row of a rule for each row")
        return CurrentRow()

    def _sum(self, node: ast.expr) -> SumOver:
        if _is_set(node):
            if self.each not in ("column", "parent"):
                _refuse(node, "a set of rows needs its column: sum(form[…].column)")
            return SumOver(None, self._set(node), None)
        subscript, column = _split(node)
        if subscript is None or column is None or not _is_set(subscript.slice):
            _refuse(node, "sum(…) takes classes, children, parts(…) or form[one of these].column")
        return SumOver(_dotted(subscript.value), self._set(subscript.slice), column)

    def _set(self, node: ast.expr) -> RowSet:
        match node:
            case ast.Name(id="classes"):
                return Classes()
            case ast.Name(id="children"):
                if self.each != "parent":
                    _refuse(node, "children are of the current row: the rule needs for: parent")
                return Children()
            case ast.Call(args=[argument], keywords=[]):
                return Parts(_dotted(argument))
        _refuse(node, "parts(…) takes one row")


def _bound(node: ast.expr, depth: int) -> None:
    if depth > DEEPEST_TREE:
        _refuse(node, "nested too deeply")


def _whole(node: ast.expr, value: object) -> int:
    if type(value) is not int or value > LARGEST_CONSTANT:
        _refuse(node, "only whole numbers may stand in a rule")
    return value


def _is_set(node: ast.expr) -> bool:
    match node:
        case ast.Name(id="classes" | "children") | ast.Call(func=ast.Name(id="parts")):
            return True
    return False


def _split(node: ast.expr) -> tuple[ast.Subscript | None, str | None]:
    """Part ``form[row].column`` into its subscript and its column."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Subscript):
        return (None, None)
    return (node, ".".join(reversed(names)) or None)


def _dotted(node: ast.expr) -> str:
    """Return a name such as ``income.total``."""
    parts: list[str] = []
    inner = node
    while isinstance(inner, ast.Attribute):
        parts.append(inner.attr)
        inner = inner.value
    if not isinstance(inner, ast.Name):
        _refuse(node, "a name is missing here")
    return ".".join(reversed([*parts, inner.id]))
