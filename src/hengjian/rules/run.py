"""Evaluate planned rules on sheets, exactly: integers for linear rules, fractions for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from hengjian.kernel import Interval, Outcome, Text
from hengjian.kernel.blank import add_stated
from hengjian.rules.bind import BoundRule
from hengjian.rules.filled import Cell, FilledForms
from hengjian.rules.plan import Instance, Linear, Plan, Terms, expand
from hengjian.rules.syntax import (
    And,
    Arithmetic,
    CellRef,
    Comparison,
    Condition,
    Constant,
    Expression,
    Negation,
    Not,
    Or,
    Reference,
    Stated,
    is_constant,
    references,
)
from hengjian.rules.values import Lack, Value, calculate, certain, decide, negate, stated
from hengjian.rules.verdict import Material, Verdict

FORM_ABSENT = Text("没有《{form}》", "the form is not in the filing: {form}")
NOTHING_STATED = Text("没有填数", "nothing is stated")
CONDITION = Text("适用条件不成立", "its condition does not certainly hold")
BLANK = Text("有单元格空白", "a cell is blank")
BASE = Text("除数为零或可能为零", "a divisor is or may be zero")
NOT_PRINTED = Text("文中没有给出所需的数", "the text does not state the figures it needs")


def check_rule(plan: Plan, material: Material) -> tuple[Verdict, ...]:
    """Check one rule wherever it applies; at least one verdict, *not applicable* when it applies nowhere."""
    filled = material.filled
    for form_id, form in plan.bound.forms.items():
        if form_id not in filled.sheets:
            reason = FORM_ABSENT.filled(form=form.title)
            return (_verdict(plan, material, Outcome.NOT_APPLICABLE, reason=reason),)
    verdicts = tuple(_check(instance, material) for instance in expand(plan, filled))
    return verdicts or (_verdict(plan, material, Outcome.NOT_APPLICABLE, reason=NOTHING_STATED),)


def _verdict(
    plan: Plan, material: Material, outcome: Outcome, at: Instance | None = None, *, reason: Text
) -> Verdict:
    row, column = (at.row, at.column) if at is not None else (None, None)
    form = next(iter(plan.bound.forms))
    return Verdict(
        plan.bound.rule, outcome, form, row, column, reason=reason, bound=plan.bound, material=material
    )


def _check(instance: Instance, material: Material) -> Verdict:
    plan, filled = instance.plan, material.filled
    where = plan.bound.where
    read = _reader(filled, instance.row, instance.column)
    if where is not None and holds(where, read) is not True:
        return _verdict(plan, material, Outcome.NOT_APPLICABLE, instance, reason=CONDITION)
    left, right = _sides(instance, filled, read)
    assertion = plan.bound.assertion
    outcome = decide(assertion.relation, left, right)
    if outcome is Outcome.NOT_APPLICABLE:
        return _verdict(plan, material, outcome, instance, reason=NOTHING_STATED)
    used = tuple(dict.fromkeys(_cells(assertion, instance, filled)))
    if outcome is not Outcome.PASS and _lacks_print(plan.bound, used, (left, right), filled):
        return _verdict(plan, material, Outcome.NOT_APPLICABLE, instance, reason=NOT_PRINTED)
    missing: tuple[Cell, ...] = ()
    reason: Text | None = None
    if outcome is Outcome.NOT_EVALUABLE:
        missing = _missing(instance, filled, (left, right))
        reason = BLANK if missing or Lack.BLANK in (left, right) else BASE
    return Verdict(
        rule=plan.bound.rule,
        outcome=outcome,
        form=next(iter(plan.bound.forms)),
        row=instance.row,
        column=instance.column,
        left=stated(left),
        right=stated(right),
        cells=tuple(filled.figures[cell] for cell in used if cell in filled.figures),
        missing=missing,
        reason=reason,
        bound=plan.bound,
        material=material,
    )


def _lacks_print(
    bound: BoundRule, used: tuple[Cell, ...], sides: tuple[Value, Value], filled: FilledForms
) -> bool:
    """Tell whether figures that a partial sheet does not hold could settle the rule.

    Such a sheet holds what a text states of a form: what is not there is unknown, not blank.
    """
    lacking = [cell for cell in used if cell not in filled.bounds]
    if any(filled.sheets[form].partial for form, _, _ in lacking):
        return True
    unread = any(isinstance(side, Lack) for side in sides)
    return unread and any(filled.sheets[form].partial for form in bound.forms)


def _sides(
    instance: Instance, filled: FilledForms, read: Callable[[Reference], Value]
) -> tuple[Value, Value]:
    plan = instance.plan
    if plan.left is None or plan.right is None or instance.left is None or instance.right is None:
        assertion = plan.bound.assertion
        return evaluate(assertion.left, read), evaluate(assertion.right, read)
    return (
        _linear(plan.left, instance.left, filled),
        _linear(plan.right, instance.right, filled),
    )


def _linear(side: Linear, terms: Terms, filled: FilledForms) -> Value:
    """Add the terms in integers; one fraction a bound at the end."""
    low = high = 0 if side.constant is None else side.constant * filled.scale
    blank = side.constant is None
    bounds = filled.bounds
    for coefficient, cell in terms:
        stated_bounds = bounds.get(cell)
        if stated_bounds is None:
            continue
        blank = False
        near, far = stated_bounds if coefficient >= 0 else (stated_bounds[1], stated_bounds[0])
        low += coefficient * near
        high += coefficient * far
    return Lack.BLANK if blank else Interval(Fraction(low, filled.scale), Fraction(high, filled.scale))


def _cells(node: Comparison | Expression, instance: Instance, filled: FilledForms) -> Iterator[Cell]:
    if instance.left is not None and instance.right is not None and isinstance(node, Comparison):
        for _, cell in instance.left + instance.right:
            yield cell
        return
    for ref in references(node):
        yield from filled.cells_of(ref, instance.row, instance.column)


def _missing(instance: Instance, filled: FilledForms, sides: tuple[Value, Value]) -> tuple[Cell, ...]:
    assertion = instance.plan.bound.assertion
    lacking = [
        node
        for node, side in zip((assertion.left, assertion.right), sides, strict=True)
        if isinstance(side, Lack)
    ]
    cells = (cell for node in lacking for cell in _cells(node, instance, filled))
    return tuple(dict.fromkeys(cell for cell in cells if cell not in filled.bounds))


# Trees


def _reader(filled: FilledForms, row: str | None, column: str | None) -> Callable[[Reference], Value]:
    def read(ref: Reference) -> Value:
        cells = filled.cells_of(ref, row, column)
        if isinstance(ref, CellRef):
            return filled.intervals.get(cells[0], Lack.BLANK)
        total = add_stated(filled.intervals.get(cell) for cell in cells).total
        return Lack.BLANK if total is None else total

    return read


def evaluate(node: Expression, read: Callable[[Reference], Value]) -> Value:
    """Return the value of an expression; `read` gives that of each cell and sum."""
    match node:
        case Constant(value):
            return Interval.exactly(value)
        case Negation(operand):
            return negate(evaluate(operand, read))
        case Arithmetic(operator, left, right):
            scaled = is_constant(right) or (operator == "*" and is_constant(left))
            return calculate(operator, evaluate(left, read), evaluate(right, read), scaled=scaled)
    return read(node)


def holds(condition: Condition, read: Callable[[Reference], Value]) -> bool | None:
    """Tell whether a condition certainly holds (True), certainly does not (False), or neither."""
    match condition:
        case Comparison(relation, left, right):
            return certain(relation, evaluate(left, read), evaluate(right, read))
        case Stated(cell):
            return read(cell) is not Lack.BLANK
        case Not(inner):
            return _opposite(holds(inner, read))
        case And(conditions):
            return _all(holds(each, read) for each in conditions)
        case Or(conditions):
            opposite = _all(_opposite(holds(each, read)) for each in conditions)
            return _opposite(opposite)


def _opposite(truth: bool | None) -> bool | None:  # noqa: FBT001 - a truth value, not a switch
    return None if truth is None else not truth


def _all(truths: Iterator[bool | None]) -> bool | None:
    found = set(truths)
    if False in found:
        return False
    return None if None in found else True


def bound_forms_present(bound: BoundRule, filled: FilledForms) -> bool:
    """Tell whether at least one form of a rule is in the filing."""
    return any(form in filled.sheets for form in bound.forms)
