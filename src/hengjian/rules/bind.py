"""Bind a rule to the standards of a year: every name gets its form, row, column or code, or is a fault.

Bound rules hold the same syntax nodes with the forms filled in, so that nothing later has to guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hengjian.filing import LAST_YEAR_PREFIX
from hengjian.kernel import PackFault, Text
from hengjian.packs import Standards
from hengjian.packs.schema import Column, Form, Rule
from hengjian.rules.grammar import RuleSyntaxError, parse_assertion, parse_condition
from hengjian.rules.syntax import (
    And,
    Arithmetic,
    CellRef,
    CodeRow,
    Comparison,
    Condition,
    Constant,
    CurrentRow,
    Expression,
    NamedRow,
    Negation,
    Not,
    Or,
    Parts,
    Reference,
    Stated,
    SumOver,
    is_constant,
    references,
)
from hengjian.rules.units import MEASURES, Unit, UnitError, common_unit, unit_of


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule whose names are all resolved.

    `form` is the form it is repeated over (None for a rule that stands once), `columns` the columns it
    may be repeated for, `forms` every form that it names, by id.
    """

    rule: Rule
    form: Form | None
    forms: Mapping[str, Form]
    columns: tuple[str, ...]
    assertion: Comparison
    where: Condition | None

    @property
    def nodes(self) -> Iterator[Reference]:
        """Every cell and sum that the rule names, those of its condition last."""
        yield from references(self.assertion)
        if self.where is not None:
            yield from references(self.where)

    def measure(self, ref: Reference, column: str | None) -> str:
        """Return what a cell holds (amount, percent or count); `column` is the one repeated for."""
        found = self.forms[str(ref.form)].column(str(ref.column or column))
        return found.measure if found is not None else "amount"

    def unit(self, ref: Reference, column: str | None) -> Unit:
        """Return the unit of a cell."""
        return MEASURES[self.measure(ref, column)]


@dataclass(frozen=True, slots=True)
class Binding:
    """What came of binding a rule: the bound rule, or every fault that was found."""

    bound: BoundRule | None
    faults: tuple[PackFault, ...] = ()


def form_named(standards: Standards, form_id: str) -> Form | None:
    """Return the form that a rule names; ``last_year.<form>`` is a form as the year before filled it."""
    form = standards.forms.get(form_id.removeprefix(LAST_YEAR_PREFIX))
    if form is None or not form_id.startswith(LAST_YEAR_PREFIX):
        return form
    title = Text(f"上年度{form.title.zh}", f"{form.title.en} (last year)")
    return form.model_copy(update={"form": form_id, "title": title})


def forms_named(standards: Standards, sheets: Iterable[str]) -> dict[str, Form]:
    """Return the forms of the standards by id, and those of last year that sheets at hand bear."""
    last = {each: form_named(standards, each) for each in sheets if each.startswith(LAST_YEAR_PREFIX)}
    return standards.forms | {each: form for each, form in last.items() if form is not None}


def bind_rule(rule: Rule, standards: Standards) -> Binding:
    """Bind a rule to the forms and codes of a year; faults are collected, never raised.

    A rule with a fault is not bound. Cost: some tenths of a millisecond.
    """
    binder = _Binder(rule, standards)
    bound = binder.bind()
    faults = tuple(PackFault(*rule.source, f"{rule.id}: {fault}") for fault in dict.fromkeys(binder.faults))
    return Binding(None if faults else bound, faults)


@dataclass(slots=True)
class _Binder:
    rule: Rule
    standards: Standards
    form: Form | None = None
    faults: list[str] = field(default_factory=list)
    forms: dict[str, Form] = field(default_factory=dict)

    def bind(self) -> BoundRule | None:
        rule = self.rule
        if rule.each is not None and rule.form is None:
            self.faults.append(f"for: {rule.each} needs form:")
        if rule.form is not None:
            self.form = self._form(rule.form)
        try:
            assertion = parse_assertion(rule.asserts, rule.each)
        except RuleSyntaxError as error:
            self.faults.append(f"assert: {error}")
            return None
        try:
            where = None if rule.where is None else parse_condition(rule.where, rule.each)
        except RuleSyntaxError as error:
            self.faults.append(f"where: {error}")
            return None
        if self.faults:
            return None
        return self._bound(assertion, where)

    def _bound(self, assertion: Comparison, where: Condition | None) -> BoundRule | None:
        if is_constant(assertion.left) and is_constant(assertion.right):
            self.faults.append("assert: names no cell")
        assertion = self._comparison(assertion)
        where = None if where is None else self._condition(where)
        if self.faults:
            return None
        bound = BoundRule(self.rule, self.form, self.forms, (), assertion, where)
        columns = self._columns(bound)
        self._rows(bound)
        if self.faults:
            return None
        self._units(bound, columns)
        return BoundRule(self.rule, self.form, self.forms, tuple(c.id for c in columns), assertion, where)

    # Names

    def _form(self, form_id: str | None) -> Form | None:
        form = self.form if form_id is None else self.forms.get(form_id)
        if form is None and form_id is not None:
            form = form_named(self.standards, form_id)
        if form is None:
            self.faults.append(f"there is no form {form_id}")
            return None
        return self.forms.setdefault(form.form, form)

    def _comparison(self, node: Comparison) -> Comparison:
        return Comparison(node.relation, self._expression(node.left), self._expression(node.right))

    def _condition(self, node: Condition) -> Condition:
        match node:
            case Comparison():
                return self._comparison(node)
            case Stated(cell):
                return Stated(self._cell(cell))
            case Not(condition):
                return Not(self._condition(condition))
            case And(conditions):
                return And(tuple(self._condition(condition) for condition in conditions))
            case Or(conditions):
                return Or(tuple(self._condition(condition) for condition in conditions))

    def _expression(self, node: Expression) -> Expression:
        match node:
            case CellRef():
                return self._cell(node)
            case SumOver():
                return self._sum(node)
            case Negation(operand):
                return Negation(self._expression(operand))
            case Arithmetic(operator, left, right):
                if operator == "/" and isinstance(right, Constant) and right.value == 0:
                    self.faults.append("divides by 0")
                return Arithmetic(operator, self._expression(left), self._expression(right))
            case Constant():
                return node

    def _cell(self, node: CellRef) -> CellRef:
        form = self._form(node.form)
        if form is None:
            return node
        column = self._column(form, node.column)
        sides = self._sides(form, node)
        if sides and column is not None and not any(form.has_cell(side, column) for side in sides):
            self.faults.append(f"form {form.form} has no cell in row {_row_name(node)}, column {column.id}")
        return CellRef(form.form, node.row, node.column)

    def _sum(self, node: SumOver) -> SumOver:
        form = self._form(node.form)
        if form is None:
            return node
        column = self._column(form, node.column)
        if isinstance(node.rows, Parts):
            self._row(form, node.rows.of)
            sides = [row.side for row in form.rows if row.of_which == node.rows.of]
            if not sides:
                self.faults.append(f"form {form.form} declares no row of_which: {node.rows.of}")
        elif form.code_rows is None:
            self.faults.append(f"form {form.form} has no code rows")
            sides = []
        else:
            sides = [form.code_rows.side]
        if sides and column is not None and not all(form.has_cell(side, column) for side in sides):
            self.faults.append(f"form {form.form} has rows of the sum without a cell in column {column.id}")
        return SumOver(form.form, node.rows, node.column)

    def _column(self, form: Form, column_id: str | None) -> Column | None:
        if column_id is None:
            return None
        column = form.column(column_id)
        if column is None:
            self.faults.append(f"form {form.form} has no column {column_id}{_hint(form, column_id)}")
        return column

    def _row(self, form: Form, row_id: str) -> list[str | None]:
        row = form.row(row_id)
        if row is None:
            self.faults.append(f"form {form.form} has no row {row_id}{_hint(form, row_id)}")
            return []
        return [row.side]

    def _sides(self, form: Form, node: CellRef) -> list[str | None]:
        """Return the sides that the row may stand on; empty when there is no such row."""
        match node.row:
            case NamedRow(row_id):
                return self._row(form, row_id)
            case CodeRow(code):
                return self._code(form, code)
            case CurrentRow() if form is not self.form:
                return self._shared_rows(form)
        return row_sides(form)

    def _code(self, form: Form, code: str) -> list[str | None]:
        rows = form.code_rows
        if rows is None:
            self.faults.append(f"form {form.form} has no code rows, so none for {code}")
            return []
        scheme = self.standards.schemes.get(rows.scheme)
        if scheme is None or scheme.code(code) is None:
            self.faults.append(f"{code} is no code of {rows.scheme}")
            return []
        if len(code) not in rows.levels:
            self.faults.append(f"form {form.form} has no rows of the level of {code}")
            return []
        return [rows.side]

    def _shared_rows(self, form: Form) -> list[str | None]:
        own = self.form
        if own is None:
            return []
        sides: list[str | None] = [row.side for row in form.rows if own.row(row.id) is not None]
        mine, theirs = own.code_rows, form.code_rows
        if mine is not None and theirs is not None and mine.scheme == theirs.scheme:
            sides.append(theirs.side)
        if not sides:
            self.faults.append(f"forms {own.form} and {form.form} share no row")
        return sides

    # What the rule is repeated for

    def _columns(self, bound: BoundRule) -> list[Column]:
        """Return the columns of a rule for each column or parent: percentages do not add up."""
        form, each = self.form, self.rule.each
        if form is None or each not in ("column", "parent"):
            return []
        if each == "parent" and form.code_rows is None:
            self.faults.append(f"form {form.form} has no code rows, so no parents")
            return []
        bare = [ref for ref in bound.nodes if ref.column is None]
        if not bare:
            self.faults.append(f"names nothing of {form.form} that stands alone")
            return []
        columns = [
            column
            for column in form.columns
            if column.measure != "percent" and all(_holds(form, ref, column) for ref in bare)
        ]
        if not columns:
            self.faults.append(f"form {form.form} has no column that the rule can be repeated for")
        return columns

    def _rows(self, bound: BoundRule) -> None:
        form = self.form
        if form is None or self.rule.each != "row":
            return
        bare = [
            form.column(ref.column) for ref in bound.nodes if is_current(ref, form) and ref.column is not None
        ]
        if not bare:
            self.faults.append(f"names no column of {form.form} that stands alone")
        elif not any(
            all(form.has_cell(side, column) for column in bare if column) for side in row_sides(form)
        ):
            self.faults.append(f"form {form.form} has no row with a cell in every column named")

    # Units

    def _units(self, bound: BoundRule, columns: list[Column]) -> None:
        """Check the units, once for each kind of column that the rule is repeated for."""
        by_measure: dict[str, str | None] = {column.measure: column.id for column in columns}
        for current in by_measure.values() or [None]:
            for comparison in _comparisons(bound):
                try:
                    _check_units(bound, comparison, current)
                except UnitError as error:
                    self.faults.append(str(error))


def _check_units(bound: BoundRule, comparison: Comparison, column: str | None) -> None:
    left = unit_of(comparison.left, lambda ref: bound.unit(ref, column))
    right = unit_of(comparison.right, lambda ref: bound.unit(ref, column))
    common_unit(left, right, "compared with")


def is_current(ref: Reference, form: Form | None) -> bool:
    """Tell whether a reference is a cell of the current row of the rule's own form."""
    return form is not None and isinstance(ref, CellRef) and ref.form == form.form and ref.row == CurrentRow()


def row_sides(form: Form) -> list[str | None]:
    """Return the side of every kind of row that a form may have."""
    sides: list[str | None] = [row.side for row in form.rows]
    return [*sides, form.code_rows.side] if form.code_rows is not None else sides


def _holds(form: Form, ref: Reference, column: Column) -> bool:
    """Tell whether every row that a bare reference names has a cell in the column."""
    if isinstance(ref, SumOver) and isinstance(ref.rows, Parts):
        return all(form.has_cell(row.side, column) for row in form.rows if row.of_which == ref.rows.of)
    if isinstance(ref, CellRef) and isinstance(ref.row, NamedRow):
        row = form.row(ref.row.id)
        return row is not None and form.has_cell(row.side, column)
    return form.code_rows is not None and form.has_cell(form.code_rows.side, column)


def _comparisons(bound: BoundRule) -> Iterator[Comparison]:
    waiting: list[Condition | None] = [bound.where, bound.assertion]
    while waiting:
        match waiting.pop():
            case Comparison() as comparison:
                yield comparison
            case And(conditions) | Or(conditions):
                waiting.extend(conditions)
            case Not(condition):
                waiting.append(condition)


def _row_name(node: CellRef) -> str:
    match node.row:
        case NamedRow(row_id):
            return row_id
        case CodeRow(code):
            return code
    return "row"


def _hint(form: Form, name: str) -> str:
    """Say why an id with a hyphen cannot be named: it would read as a subtraction."""
    ids = [*(column.id for column in form.columns), *(row.id for row in form.rows)]
    dashed = next((part for part in ids if part.startswith(f"{name}-")), None)
    return "" if dashed is None else f" (an id with a hyphen, {dashed}, cannot be named in a rule)"
