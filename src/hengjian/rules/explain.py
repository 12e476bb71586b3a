"""Say a verdict in numbers, from the tree that it was decided by.

Amounts are shown in the unit and with the decimals they were stated in; where units are mixed, in the unit
of the left side, without losing a digit. Blank cells are left out of sums and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hengjian.kernel import Interval, Outcome, Text
from hengjian.rules.bind import BoundRule
from hengjian.rules.figures import Display, Kind, Namer
from hengjian.rules.filled import Cell, FilledForms
from hengjian.rules.plan import flatten
from hengjian.rules.syntax import (
    Arithmetic,
    CellRef,
    Constant,
    Expression,
    Negation,
    Reference,
    Relation,
    references,
)
from hengjian.rules.units import AMOUNT, PURE, unit_of
from hengjian.rules.verdict import Verdict

MOST_TERMS = 12
"""A longer sum is cut after ten terms and says how many there are."""

_SHOWN_OF_LONG = 10
_SIGNS: dict[Relation, str] = {"==": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_CONTRARY: dict[Relation, str] = {"==": "≠", "<=": ">", ">=": "<", "<": "≥", ">": "≤"}
_OPERATORS = {"*": "×", "/": "÷"}
_BLANK = Text("空白", "blank")
_LEFT_OUT = Text("另有{count}个空格未计", "{count} blank cells not counted")
_LEFT_OUT_ONE = Text("另有1个空格未计", "1 blank cell not counted")
_CUT = Text("…（共{count}项）", "… ({count} terms)")
_JOIN = Text("，", ", ")
_OVER = Text("多{amount}", "over by {amount}")
_SHORT = Text("少{amount}", "short by {amount}")
_EXCEEDS = Text("超出{amount}", "exceeds by {amount}")
_FALLS_SHORT = Text("差{amount}", "falls short by {amount}")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict in words: with numbers alone, and with the names of rows and columns.

    `stated`, `expected` and `difference` are both sides and their distance as a reader would write them;
    None when a side is blank or undefined.
    """

    numbers: Text
    named: Text
    stated: str | None = None
    expected: str | None = None
    difference: str | None = None


def explain(verdict: Verdict) -> Explanation:
    """Return the verdict in words; both languages show the same numbers.

    Of a verdict that is not applicable, the words are its reason.
    """
    bound, material = verdict.bound, verdict.material
    if verdict.outcome is Outcome.NOT_APPLICABLE or bound is None or material is None:
        reason = verdict.reason or Text("", "")
        return Explanation(reason, reason)
    display = Display.of(verdict.cells, _kind(bound, verdict.column))
    comparison = bound.assertion
    sides = _Sides(verdict, display, material.filled)
    texts = {
        (language, named): sides.sentence(language, Namer.of(verdict, language) if named else None)
        for language in ("zh", "en")
        for named in (False, True)
    }
    stated = sides.written(comparison.left, verdict.left)
    expected = sides.written(comparison.right, verdict.right)
    if expected is not None and comparison.relation != "==":
        expected = f"{_SIGNS[comparison.relation]} {expected}"
    gap = sides.gap
    return Explanation(
        Text(texts["zh", False], texts["en", False]),
        Text(texts["zh", True], texts["en", True]),
        stated,
        expected,
        None if gap is None else display.with_unit(abs(gap), sides.decimals),
    )


def _kind(bound: BoundRule, column: str | None) -> Kind:
    """Tell what the sides of an assertion are; a ratio is a percentage where one is named."""
    comparison = bound.assertion
    units = [
        unit_of(side, lambda ref: bound.unit(ref, column)) for side in (comparison.left, comparison.right)
    ]
    if AMOUNT in units:
        return "amount"
    measures = [bound.measure(ref, column) for ref in references(comparison)]
    return "percent" if PURE in units and "percent" in measures else "number"


@dataclass(slots=True)
class _Sides:
    """Both sides of a verdict, ready to be written."""

    verdict: Verdict
    display: Display
    filled: FilledForms

    @property
    def decimals(self) -> int:
        """Decimals of computed values: exact for a linear rule, two or as stated for another."""
        return self.display.decimals if self.linear else max(self.display.stated_decimals(self.target), 2)

    @property
    def linear(self) -> bool:
        bound = self.verdict.bound
        return bound is not None and all(
            flatten(side) is not None for side in (bound.assertion.left, bound.assertion.right)
        )

    @property
    def target(self) -> Cell | None:
        """The one cell on the left that a formula on the right gives, if the rule is of that form."""
        bound = self.verdict.bound
        if bound is None or self.linear or not isinstance(bound.assertion.left, CellRef):
            return None
        return self.cells(bound.assertion.left)[0]

    @property
    def gap(self) -> Fraction | None:
        """Right less left, of the values as they are shown."""
        left, right = self.verdict.left, self.verdict.right
        if left is None or right is None:
            return None
        if self.linear:
            return right.middle - left.middle
        return self.display.rounded(right.middle, self.decimals) - self.display.rounded(
            left.middle, self.decimals
        )

    def is_money(self, node: Expression) -> bool:
        bound, column = self.verdict.bound, self.verdict.column
        return bound is not None and unit_of(node, lambda ref: bound.unit(ref, column)) == AMOUNT

    def cells(self, ref: Reference) -> tuple[Cell, ...]:
        return self.filled.cells_of(ref, self.verdict.row, self.verdict.column)

    def written(self, side: Expression, value: Interval | None) -> str | None:
        """Write one side with its unit, as stated when it is one cell."""
        if value is None:
            return None
        if isinstance(side, CellRef):
            figure = self.filled.figures.get(self.cells(side)[0])
            if figure is not None:
                return self.display.as_stated(figure)
        return self.display.with_unit(value.middle, self.decimals)

    def sentence(self, language: str, namer: Namer | None) -> str:
        bound, verdict = self.verdict.bound, self.verdict
        if bound is None:
            return ""
        comparison = bound.assertion
        writer = _Writer(self, language, namer)
        left, right = writer.side(comparison.left), writer.side(comparison.right)
        sign = self._sign(comparison.relation)
        words = f"{left} {sign} {right}"
        if self.target is not None and verdict.left is not None and verdict.right is not None:
            computed = self.display.number(verdict.right.middle, self.decimals)
            if verdict.outcome is Outcome.FAIL:
                words = f"{words} = {computed}"
            elif comparison.relation == "==":
                words = f"{right} {sign} {left}"
        if namer is not None and namer.prefix:
            words = f"{namer.prefix} {words}"
        return _JOIN[language].join([words, *self._notes(language, comparison.relation, writer.blanks)])

    def _sign(self, relation: Relation) -> str:
        if self.verdict.outcome is Outcome.FAIL:
            return _CONTRARY[relation]
        gap = self.gap
        if self.verdict.outcome is not Outcome.PASS or gap is None:
            return _SIGNS[relation]
        met = {"==": gap == 0, "<=": gap >= 0, ">=": gap <= 0, "<": gap > 0, ">": gap < 0}[relation]
        return _SIGNS[relation] if met else "≈"

    def _notes(self, language: str, relation: Relation, blanks: int) -> list[str]:
        notes: list[str] = []
        if self.verdict.outcome is Outcome.PASS:
            return notes
        gap = self.gap
        if self.verdict.outcome is Outcome.FAIL and gap is not None:
            amount = self.display.difference(abs(gap), self.decimals)[language]
            notes.append(_gap_words(relation, gap)[language].format(amount=amount))
        if blanks:
            pattern = _LEFT_OUT_ONE if blanks == 1 else _LEFT_OUT
            notes.append(pattern[language].format(count=blanks))
        return notes


def _gap_words(relation: Relation, gap: Fraction) -> Text:
    if relation == "==":
        return _OVER if gap > 0 else _SHORT
    return _EXCEEDS if relation in ("<=", "<") else _FALLS_SHORT


@dataclass(slots=True)
class _Writer:
    """Writes expressions in one language, with names or without, counting the blanks it leaves out."""

    sides: _Sides
    language: str
    namer: Namer | None
    blanks: int = 0

    def side(self, node: Expression) -> str:
        money = self.sides.display.kind == "amount"
        return self._joined(self._shown_terms(node, money=money), node)

    def _shown_terms(self, node: Expression, *, money: bool) -> list[tuple[int, str]]:
        """Return the terms of a sum; when all are blank the word says so and none is left out."""
        before = self.blanks
        terms = self.terms(node, 1, money=money)
        if not terms:
            self.blanks = before
        return terms

    def terms(self, node: Expression, sign: int, *, money: bool) -> list[tuple[int, str]]:
        """Return the signed terms of a sum, which is of money or not; a blank gives none."""
        match node:
            case Constant(value):
                return [(sign, self.sides.display.constant(value, money=money))]
            case Negation(operand):
                return self.terms(operand, -sign, money=money)
            case Arithmetic("+" | "-" as operator, left, right):
                second_sign = sign if operator == "+" else -sign
                return self.terms(left, sign, money=money) + self.terms(right, second_sign, money=money)
            case Arithmetic(operator, left, right):
                first = self._factor(left, bracket_products=False)
                second = self._factor(right, bracket_products=True)
                return [(sign, f"{first} {_OPERATORS[operator]} {second}")]
        return [term for cell in self.sides.cells(node) if (term := self._term(cell, sign)) is not None]

    def _term(self, cell: Cell, sign: int) -> tuple[int, str] | None:
        figure = self.sides.filled.figures.get(cell)
        if figure is None:
            self.blanks += 1
            return None
        text = self.sides.display.figure(figure)
        if self.namer is not None:
            return (sign, f"{self.namer.name(cell)} {text}")
        return (sign, text)

    def _factor(self, node: Expression, *, bracket_products: bool) -> str:
        if isinstance(node, Constant):
            return f"{node.value:,}"
        terms = self._shown_terms(node, money=self.sides.is_money(node))
        text = self._joined(terms, node)
        product = isinstance(node, Arithmetic) and node.operator in _OPERATORS
        if len(terms) > 1 or text.startswith(("-", "−")) or (product and bracket_products):
            return f"({text})"
        return text

    def _joined(self, terms: list[tuple[int, str]], node: Expression) -> str:
        if not terms:
            name = ""
            if isinstance(node, CellRef) and self.namer is not None:
                name = f"{self.namer.name(self.sides.cells(node)[0])} "
            return f"{name}{_BLANK[self.language]}"
        shown = terms if len(terms) <= MOST_TERMS else terms[:_SHOWN_OF_LONG]
        words = ""
        for sign, text in shown:
            if text.startswith("-") and (words or sign < 0):
                sign, text = -sign, text[1:]  # noqa: PLW2901 - a negative figure is taken away instead
            words += f" {'+' if sign > 0 else '−'} {text}" if words else f"{'− ' if sign < 0 else ''}{text}"
        if len(shown) < len(terms):
            words += f" + {_CUT[self.language].format(count=len(terms))}"
        return words
