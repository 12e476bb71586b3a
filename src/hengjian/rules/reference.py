"""A naive interpreter of rules, kept beside the engine to test it against.

It walks the syntax as it was parsed, row by row and column by column, and shares nothing with the planned
engine but the syntax and the kernel's interval: no binding, no flattening, no integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from hengjian.filing import LAST_YEAR_PREFIX, Sheet
from hengjian.kernel import Interval, Outcome
from hengjian.packs import Standards
from hengjian.packs.schema import Column, Form, Rule
from hengjian.rules.grammar import parse_assertion, parse_condition
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
    Expression,
    NamedRow,
    Negation,
    Node,
    Not,
    Or,
    Parts,
    Reference,
    Relation,
    RowSet,
    Stated,
    SumOver,
    is_constant,
    references,
)

_UNDEFINED = "undefined"
_Value: TypeAlias = Interval | str | None


@dataclass(frozen=True, slots=True)
class NaiveVerdict:
    """The outcome of a rule in one row and column, with both sides."""

    outcome: Outcome
    row: str | None = None
    column: str | None = None
    left: Interval | None = None
    right: Interval | None = None


def interpret(rule: Rule, standards: Standards, sheets: Mapping[str, Sheet]) -> tuple[NaiveVerdict, ...]:
    """Check one faultless rule on sheets the slow and obvious way, in the order the engine does."""
    assertion = parse_assertion(rule.asserts, rule.each)
    where = parse_condition(rule.where, rule.each) if rule.where else None
    nodes: list[Node] = [assertion] if where is None else [assertion, where]
    refs = [ref for node in nodes for ref in references(node)]
    forms = {ref.form or rule.form for ref in refs} | ({rule.form} if rule.form else set())
    if not all(form in sheets for form in forms):
        return (NaiveVerdict(Outcome.NOT_APPLICABLE),)
    verdicts = [
        _Spot(rule, standards, sheets, row, column).check(assertion, where)
        for row, column in _spots(rule, standards, sheets)
        if _Spot(rule, standards, sheets, row, column).applies(refs)
    ]
    return tuple(verdicts) or (NaiveVerdict(Outcome.NOT_APPLICABLE),)


def _spots(
    rule: Rule, standards: Standards, sheets: Mapping[str, Sheet]
) -> Iterator[tuple[str | None, str | None]]:
    if rule.form is None or rule.each is None:
        yield (None, None)
        return
    columns = [column.id for column in _named(standards, rule.form).columns if column.measure != "percent"]
    rows = list(sheets[rule.form].rows)
    if rule.each == "row":
        yield from ((row, None) for row in rows)
    elif rule.each == "column":
        yield from ((None, column) for column in columns)
    else:
        parents = [row for row in rows if row[0].isdigit() and any(_is_child(c, row, rows) for c in rows)]
        yield from product(parents, columns)


def _is_child(code: str, parent: str, rows: list[str]) -> bool:
    if not (code[0].isdigit() and parent[0].isdigit()):
        return False
    above = [row for row in rows if row != code and code.startswith(row)]
    return bool(above) and max(above, key=len) == parent


@dataclass(frozen=True, slots=True)
class _Spot:
    """One row and column in which a rule is read."""

    rule: Rule
    standards: Standards
    sheets: Mapping[str, Sheet]
    row: str | None
    column: str | None

    # Whether the rule is checked here

    def applies(self, refs: list[Reference]) -> bool:
        if self.rule.each is None:
            return True
        own = [ref for ref in refs if self._stands_alone(ref)]
        here = [ref for ref in refs if isinstance(ref, CellRef) and ref.row == CurrentRow()]
        return all(self._possible(ref) for ref in [*own, *here]) and any(
            value is not None for ref in own for value in self._values(ref)
        )

    def _stands_alone(self, ref: Reference) -> bool:
        if self.rule.each == "row":
            return (
                isinstance(ref, CellRef)
                and ref.row == CurrentRow()
                and self._form(ref).form == self.rule.form
            )
        return ref.column is None

    def _possible(self, ref: Reference) -> bool:
        form = self._form(ref)
        column = self._column(form, ref)
        return all(self._cell_possible(form, row, column) for row in self._declared_rows(form, ref))

    def _declared_rows(self, form: Form, ref: Reference) -> list[str]:
        """Return rows that stand for the reference; any code where the rows are not known beforehand."""
        if isinstance(ref, SumOver):
            if isinstance(ref.rows, Parts):
                return [row.id for row in form.rows if row.of_which == ref.rows.of]
            return ["0"]
        return [self._selected(ref)]

    def _cell_possible(self, form: Form, row: str, column: Column) -> bool:
        fixed = {each.id: each.side for each in form.rows}
        own = form.form == self.rule.form
        if row in fixed:
            side = fixed[row]
        elif form.code_rows is not None and (own or self._is_code_of(form, row)):
            side = form.code_rows.side
        elif own:
            side = None
        else:
            return False
        return side is None or column.side is None or side == column.side

    def _is_code_of(self, form: Form, row: str) -> bool:
        mine = _named(self.standards, str(self.rule.form)).code_rows
        theirs = form.code_rows
        return (
            row.isdigit()
            and mine is not None
            and theirs is not None
            and mine.scheme == theirs.scheme
            and len(row) in theirs.levels
        )

    # What the rule comes to here

    def check(self, assertion: Comparison, where: Condition | None) -> NaiveVerdict:
        if where is not None and not self._surely(where):
            return NaiveVerdict(Outcome.NOT_APPLICABLE, self.row, self.column)
        left, right = self._evaluate(assertion.left), self._evaluate(assertion.right)
        outcome = _outcome(assertion.relation, left, right)
        return NaiveVerdict(
            outcome,
            self.row,
            self.column,
            left if isinstance(left, Interval) else None,
            right if isinstance(right, Interval) else None,
        )

    def _surely(self, condition: Condition) -> bool:
        match condition:
            case Stated(cell):
                return self._values(cell) != [None]
            case And(conditions):
                return all(self._surely(each) for each in conditions)
            case Or(conditions):
                return any(self._surely(each) for each in conditions)
            case Not(inner):
                return self._surely_not(inner)
            case Comparison(relation, left, right):
                return _always(relation, self._evaluate(left), self._evaluate(right))

    def _surely_not(self, condition: Condition) -> bool:
        match condition:
            case Stated(cell):
                return self._values(cell) == [None]
            case And(conditions):
                return any(self._surely_not(each) for each in conditions)
            case Or(conditions):
                return all(self._surely_not(each) for each in conditions)
            case Not(inner):
                return self._surely(inner)
            case Comparison(relation, left, right):
                return _never(relation, self._evaluate(left), self._evaluate(right))

    def _evaluate(self, node: Expression) -> _Value:
        match node:
            case Constant(number):
                return Interval.exactly(number)
            case CellRef() | SumOver():
                return _plus(self._values(node))
            case Negation(operand):
                return _minus(self._evaluate(operand))
            case Arithmetic(operator, left, right):
                first, second = self._evaluate(left), self._evaluate(right)
                if operator in ("+", "-"):
                    return _plus([first, second if operator == "+" else _minus(second)])
                by_constant = is_constant(right) or (operator == "*" and is_constant(left))
                return _times(first, second, operator, by_constant=by_constant)

    # Cells

    def _form(self, ref: Reference) -> Form:
        return _named(self.standards, str(ref.form or self.rule.form))

    def _column(self, form: Form, ref: Reference) -> Column:
        wanted = ref.column or self.column
        return next(column for column in form.columns if column.id == wanted)

    def _selected(self, ref: CellRef) -> str:
        match ref.row:
            case NamedRow(row) | CodeRow(row):
                return row
            case CurrentRow():
                return str(self.row)

    def _values(self, ref: Reference) -> list[_Value]:
        form = self._form(ref)
        column = self._column(form, ref).id
        sheet = self.sheets[form.form]
        if isinstance(ref, CellRef):
            return [sheet.interval(self._selected(ref), column)]
        return [sheet.interval(row, column) for row in self._members(form, sheet, ref.rows)]

    def _members(self, form: Form, sheet: Sheet, wanted: RowSet) -> list[str]:
        rows = list(sheet.rows)
        match wanted:
            case Parts(whole):
                return [row.id for row in form.rows if row.of_which == whole]
            case Children():
                return [row for row in rows if _is_child(row, str(self.row), rows)]
            case Classes():
                first = form.code_rows.levels[0] if form.code_rows else 0
                return [row for row in rows if row[0].isdigit() and len(row) == first]


def _named(standards: Standards, form_id: str) -> Form:
    """Return a form by the id that its sheet bears."""
    form = standards.forms[form_id.removeprefix(LAST_YEAR_PREFIX)]
    return form.model_copy(update={"form": form_id})


def _minus(value: _Value) -> _Value:
    return -value if isinstance(value, Interval) else value


def _times(first: _Value, second: _Value, operator: str, *, by_constant: bool) -> _Value:
    """Multiply or divide; a blank by or over a constant stays blank."""
    if _UNDEFINED in (first, second):
        return _UNDEFINED
    if isinstance(first, Interval) and isinstance(second, Interval):
        return first * second if operator == "*" else first.divided_by(second) or _UNDEFINED
    return None if by_constant else _UNDEFINED


def _plus(values: list[_Value]) -> _Value:
    if _UNDEFINED in values:
        return _UNDEFINED
    intervals = [value for value in values if isinstance(value, Interval)]
    if not intervals:
        return None
    low = sum((interval.low for interval in intervals), start=0 * intervals[0].low)
    high = sum((interval.high for interval in intervals), start=0 * intervals[0].high)
    return Interval(low, high)


def _outcome(relation: Relation, left: _Value, right: _Value) -> Outcome:
    numbers = [value for value in (left, right) if isinstance(value, Interval)]
    if not numbers:
        return Outcome.NOT_APPLICABLE
    if len(numbers) == 1:
        met = relation == "==" and None in (left, right) and numbers[0].low <= 0 <= numbers[0].high
        return Outcome.PASS if met else Outcome.NOT_EVALUABLE
    return Outcome.FAIL if _never(relation, left, right) else Outcome.PASS


def _always(relation: Relation, left: _Value, right: _Value) -> bool:
    """Tell whether the relation holds at every corner of the two intervals."""
    if not isinstance(left, Interval) or not isinstance(right, Interval):
        return False
    corners = list(product((left.low, left.high), (right.low, right.high)))
    match relation:
        case "==":
            return all(a == b for a, b in corners)
        case "<=":
            return all(a <= b for a, b in corners)
        case ">=":
            return all(a >= b for a, b in corners)
        case "<":
            return all(a < b for a, b in corners)
        case ">":
            return all(a > b for a, b in corners)


def _never(relation: Relation, left: _Value, right: _Value) -> bool:
    """Tell whether the relation holds at no point of the two intervals."""
    match relation:
        case "==":
            return _always("<", left, right) or _always(">", left, right)
        case "<=":
            return _always(">", left, right)
        case ">=":
            return _always("<", left, right)
        case "<":
            return _always(">=", left, right)
        case ">":
            return _always("<=", left, right)
