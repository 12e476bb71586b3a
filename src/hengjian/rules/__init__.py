"""Identities over forms: read, bound to the standards, planned, evaluated exactly and explained.

The language is described in ``docs/rules.md``.
"""

from hengjian.rules.bind import Binding, BoundRule, bind_rule
from hengjian.rules.check import check_sheets, findings, plans_for
from hengjian.rules.explain import Explanation, explain
from hengjian.rules.grammar import RuleSyntaxError, parse_assertion, parse_condition
from hengjian.rules.lint import lint_rules
from hengjian.rules.plan import Instance, Plan, expand, plan_rule
from hengjian.rules.run import check_rule
from hengjian.rules.verdict import Material, Verdict

__all__ = [
    "Binding",
    "BoundRule",
    "Explanation",
    "Instance",
    "Material",
    "Plan",
    "RuleSyntaxError",
    "Verdict",
    "bind_rule",
    "check_rule",
    "check_sheets",
    "expand",
    "explain",
    "findings",
    "lint_rules",
    "parse_assertion",
    "parse_condition",
    "plan_rule",
    "plans_for",
]
