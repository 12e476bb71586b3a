"""Formulas of packs: names of figures with ``+ - * / ( )``, numbers, ``abs``, ``min`` and ``max``.

A formula is parsed once, when its pack is loaded, and evaluated over intervals. Nothing but arithmetic is
understood, so a pack can hold no code. A name that stands twice widens a result: write ``this / last - 1``
rather than ``(this - last) / last``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from hengjian.kernel import Interval

LONGEST = 400
"""Characters; no scoring method needs more."""
_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_FUNCTIONS = ("abs", "min", "max")
_BINDING = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula with the names that stand in it, in order.

    >>> rate = Formula.parse("actual / authorised")
    >>> rate.names, rate.evaluate({"actual": Interval.exactly(39), "authorised": Interval.exactly(40)})
    (('actual', 'authorised'), [0.975, 0.975])
    """

    text: str
    node: ast.expr
    names: tuple[str, ...]

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, text: str) -> Formula:
        """Parse a formula; raises ValueError, saying what is not understood."""
        if len(text) > LONGEST:
            raise ValueError(f"a formula has at most {LONGEST} characters")
        try:
            node = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ValueError(f"{text!r} is no formula") from error
        names: dict[str, None] = {}
        _check(node, names)
        return cls(text, node, tuple(names))

    def evaluate(self, figures: Mapping[str, Interval]) -> Interval | None:
        """Return what the formula comes to; None when it divides by what may be zero.

        Raises KeyError for a name that has no figure.
        """
        return _evaluate(self.node, figures)

    def shown(self, words: Mapping[str, str]) -> str:
        """Return the formula with words for its names, as a reader writes it.

        >>> Formula.parse("1 - adjusted / (budget + extra)").shown(
        ...     {"adjusted": "12", "budget": "80", "extra": "20"}
        ... )
        '1 − 12 ÷ (80 + 20)'
        """
        return _shown(self.node, words)


def _check(node: ast.expr, names: dict[str, None]) -> None:
    """Note the names of a formula; raises ValueError for anything that is no arithmetic."""
    match node:
        case ast.Name(id=name):
            names[name] = None
        case ast.Constant(value=bool()):
            raise ValueError("a formula holds numbers and names only")
        case ast.Constant(value=int() | float()):
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            _check(left, names)
            _check(right, names)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _check(operand, names)
        case ast.Call(func=ast.Name(id=function), args=args, keywords=[]) if function in _FUNCTIONS and args:
            if function == "abs" and len(args) != 1:
                raise ValueError("abs takes one figure")
            for arg in args:
                _check(arg, names)
        case _:
            raise ValueError(f"{ast.unparse(node)!r} is not understood in a formula")


def _evaluate(node: ast.expr, figures: Mapping[str, Interval]) -> Interval | None:
    match node:
        case ast.Name(id=name):
            return figures[name]
        case ast.Constant(value=int() | float() as value):
            return Interval.exactly(Fraction(repr(value)))
        case ast.UnaryOp(operand=operand):
            inner = _evaluate(operand, figures)
            return None if inner is None else -inner
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _evaluate(left, figures), _evaluate(right, figures)
            return None if one is None or other is None else _ARITHMETIC[type(op)](one, other)
        case ast.Call(func=ast.Name(id=function), args=args):
            values = [_evaluate(arg, figures) for arg in args]
            known = [value for value in values if value is not None]
            return _called(function, known) if len(known) == len(values) else None
    raise AssertionError(ast.dump(node))


_ARITHMETIC: dict[type[ast.operator], Callable[[Interval, Interval], Interval | None]] = {
    ast.Add: Interval.__add__,
    ast.Sub: Interval.__sub__,
    ast.Mult: Interval.__mul__,
    ast.Div: Interval.divided_by,
}


def _called(function: str, values: list[Interval]) -> Interval:
    if function == "abs":
        value = values[0]
        ends = (abs(value.low), abs(value.high))
        return Interval(Fraction(0) if value.contains(Fraction(0)) else min(ends), max(ends))
    pick = min if function == "min" else max
    return Interval(pick(value.low for value in values), pick(value.high for value in values))


def _shown(node: ast.expr, words: Mapping[str, str], outer: int = 0, *, right: bool = False) -> str:
    match node:
        case ast.Name(id=name):
            return words.get(name, name)
        case ast.UnaryOp(operand=operand):
            return f"−{_shown(operand, words, 3)}"
        case ast.BinOp(left=one, op=op, right=other):
            binding = _BINDING[type(op)]
            before, after = _shown(one, words, binding), _shown(other, words, binding, right=True)
            text = f"{before} {_SIGNS[type(op)]} {after}"
            return f"({text})" if binding < outer or (right and binding == outer) else text
        case ast.Call(func=ast.Name(id="abs"), args=[arg]):
            return f"|{_shown(arg, words)}|"
        case ast.Call(func=ast.Name(id=function), args=args):
            return f"{function}({', '.join(_shown(arg, words) for arg in args)})"
    return ast.unparse(node)


def _formula(text: str) -> str:
    Formula.parse(text)
    return text


FormulaText = Annotated[str, AfterValidator(_formula)]
"""A formula as a pack writes it, checked when it is loaded."""
