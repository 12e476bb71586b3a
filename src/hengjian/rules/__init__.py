"""Identities over forms: read, bound to the standards, planned, evaluated exactly and explained.

The language is described in ``docs/rules.md``.
"""

from hengjian.rules.bind import Binding, BoundRule, bind_rule
from hengjian.rules.check import check_sheets, findings, plans_for, residues
from hengjian.rules.coverage import lint_coverage
from hengjian.rules.diagnose import Correction, Suspect, diagnose
from hengjian.rules.drill import Definitions, Node, drill
from hengjian.rules.explain import Explanation, explain
from hengjian.rules.grammar import RuleSyntaxError, parse_assertion, parse_condition
from hengjian.rules.lint import lint_rules
from hengjian.rules.phrase import assertion_in_words, condition_in_words
from hengjian.rules.plan import Instance, Plan, expand, plan_rule
from hengjian.rules.run import check_rule
from hengjian.rules.suspects import suspects
from hengjian.rules.verdict import Material, Verdict

__all__ = [
    "Binding",
    "BoundRule",
    "Correction",
    "Definitions",
    "Explanation",
    "Instance",
    "Material",
    "Node",
    "Plan",
    "RuleSyntaxError",
    "Suspect",
    "Verdict",
    "assertion_in_words",
    "bind_rule",
    "check_rule",
    "check_sheets",
    "condition_in_words",
    "diagnose",
    "drill",
    "expand",
    "explain",
    "findings",
    "lint_coverage",
    "lint_rules",
    "parse_assertion",
    "parse_condition",
    "plan_rule",
    "plans_for",
    "residues",
    "suspects",
]
