"""Application of results (结果应用): what grades and unspent money mean for the next budget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengjian.filing import Filing, Project
from hengjian.kernel import Amount, Text
from hengjian.packs import Standards
from hengjian.scoring.project import ProjectScore, grade_of


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """What follows for a project, or for the department (`project` is None), from its grade and its money.

    `suggestion` is None without a grade, or when the standards say nothing of it. `unspent` is money that was
    budgeted and surely not spent.
    """

    project: Project | None
    grade: str | None
    suggestion: Text | None
    unspent: Amount | None = None


def budget_uses(
    filing: Filing, standards: Standards, scores: Iterable[ProjectScore]
) -> tuple[BudgetUse, ...]:
    """Return what follows for the department, where its total is stated, and for every project scored."""
    uses = [_of(standards, each.project, each.grade, unspent(each.project)) for each in scores]
    rubric = standards.rubric_for("department")
    if rubric is not None and filing.stated_total is not None:
        uses.insert(0, _of(standards, None, grade_of(rubric, Fraction(filing.stated_total))))
    return tuple(uses)


def _of(
    standards: Standards, project: Project | None, grade: str | None, left: Amount | None = None
) -> BudgetUse:
    return BudgetUse(project, grade, suggestion_for(standards, grade), left)


def suggestion_for(standards: Standards, grade: str | None) -> Text | None:
    """Return what a grade suggests for the next budget; None where the standards say nothing of it."""
    if grade is None:
        return None
    said = (use.suggestion(grade) for use in standards.result_uses.values())
    return next((words for words in said if words is not None), None)


def execution_below(standards: Standards) -> Decimal | None:
    """Return the execution rate in percent below which an explanation is due; None where none is set."""
    limits = (use.execution_below for use in standards.result_uses.values())
    return next((limit for limit in limits if limit is not None), None)


def use_of_unspent(standards: Standards) -> Text | None:
    """Return what becomes of unspent money; None where the standards say nothing of it."""
    said = (use.unspent for use in standards.result_uses.values())
    return next((words for words in said if words is not None), None)


def unspent(project: Project) -> Amount | None:
    """Return the adjusted (else the initial) budget less what was spent, where it is surely above zero."""
    figures = project.funds.figures if project.funds is not None else {}
    budget = figures.get(("total", "adjusted")) or figures.get(("total", "initial"))
    executed = figures.get(("total", "executed"))
    if budget is None or executed is None:
        return None
    had, spent = budget.value, executed.value
    if not isinstance(had, Amount) or not isinstance(spent, Amount):
        return None
    if (had.interval - spent.interval).low <= 0:
        return None
    left = Fraction(had.yuan) - Fraction(spent.yuan)
    return Amount.computed(left, had.unit, max(_decimals(had, had), _decimals(spent, had)))


def _decimals(amount: Amount, other: Amount) -> int:
    """Return the decimals that an amount has when it is stated in another one's unit."""
    return max(amount.decimals + other.unit.exponent - amount.unit.exponent, 0)
