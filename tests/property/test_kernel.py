"""The matrix kernel comes to the same as the engine for single filings, for many departments at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing import Sheet
from hengjian.filing.facts import facts_of
from hengjian.kernel import Outcome
from hengjian.packs.schema import Rule
from hengjian.rules import Material, Plan, bind_rule, check_rule, plan_rule
from hengjian.rules.kernel import OUTCOMES, Presence, judge
from hengjian.rules.matrix import Columns
from hengjian.rules.narrow import narrowed
from hengjian.rules.program import compile_rules
from hengjian.rules.syntax import Comparison, Condition
from tests.property.test_rules import FORMS, STANDARDS, rules, sheets

Verdicts = dict[tuple[int, str, str | None, str | None], Outcome]
DEPARTMENTS = st.lists(sheets(), min_size=1, max_size=4)


def plan_of(rule: Rule) -> Plan:
    bound = bind_rule(rule, STANDARDS).bound
    assert bound is not None
    return plan_rule(bound)


def one_by_one(plans: Sequence[Plan], departments: Sequence[dict[str, Sheet]]) -> Verdicts:
    """Return what the engine for single filings says, where a rule applies."""
    return {
        (number, plan.bound.rule.id, verdict.row, verdict.column): verdict.outcome
        for number, filled in enumerate(departments)
        for plan in plans
        for verdict in check_rule(plan, Material.of(STANDARDS, filled))
        if verdict.outcome is not Outcome.NOT_APPLICABLE
    }


def together(plans: Sequence[Plan], departments: Sequence[dict[str, Sheet]]) -> Verdicts:
    """Return what the kernel says of all departments."""
    facts = [facts_of(filled.values(), STANDARDS.forms) for filled in departments]
    cells = list(dict.fromkeys(cell for each in facts for cell in each))
    shape = (len(cells) + 1, len(facts))
    values, units, known = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    for number, each in enumerate(facts):
        for row, cell in enumerate(cells):
            if cell in each:
                values[row, number], units[row, number] = each[cell]
                known[row, number] = True
    program = compile_rules(plans, STANDARDS, cells)
    at = np.full(program.nobody + 1, len(cells))
    at[: len(cells)] = np.arange(len(cells))
    columns = Columns(values, units, known, np.concatenate([at, at[:-1]]))
    presence = Presence.of(program.tree, columns)
    if not presence.has_gaps(program.tree):
        program = narrowed(program, np.asarray(known.any(axis=1))[at])
    judged = judge(program, columns, presence)
    return {
        (number, instance.plan.bound.rule.id, instance.row, instance.column): OUTCOMES[outcome]
        for place, instance in enumerate(program.places)
        for number, outcome in enumerate(judged.outcomes[place])
        if outcome
    }


@given(DEPARTMENTS)
def test_the_rules_of_a_pack(departments: list[dict[str, Sheet]]) -> None:
    plans = [plan_of(rule) for rule in STANDARDS.rules.values()]
    assert together(plans, departments) == one_by_one(plans, departments)


@given(rules(), st.lists(sheets(least=len(FORMS)), min_size=1, max_size=3))
def test_any_rule(
    written: tuple[Rule, Comparison, Condition | None], departments: list[dict[str, Sheet]]
) -> None:
    plans = [plan_of(written[0])]
    assert together(plans, departments) == one_by_one(plans, departments)
