"""Habits of a whole set of self-evaluations: each says something of the set, and nothing wrong of any row.

Which habits are named, from how many places on and how often published sets show them, is pack data
(`Vocabulary.set_signals`); a habit that the pack does not list is not looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengjian.filing import Filing, Indicator, Project
from hengjian.kernel import Amount, Finding, Place, Severity
from hengjian.packs import Standards, squeeze
from hengjian.packs.schema import SetSignal, SignalName
from hengjian.scoring.achievement import quantity
from hengjian.scoring.project import grade_of
from hengjian.scoring.shared_results import shared_results
from hengjian.scoring.words import plain, says_none, target_in_words

_FULL = Decimal(100)
_MOST_RELATED = 8


@dataclass(frozen=True, slots=True)
class _Habit:
    """A signal of the pack with the set in which it is looked for."""

    name: SignalName
    signal: SetSignal
    filing: Filing
    standards: Standards

    def holds(self, hits: int, size: int) -> bool:
        """Tell whether the set is large enough and enough of it shows the habit."""
        return size >= self.signal.least and 100 * hits >= self.signal.percent * size

    def finding(
        self,
        places: Sequence[Place],
        size: int,
        severity: Severity | None = None,
        **values: Any,  # noqa: ANN401 - the placeholders of a message
    ) -> Finding:
        """Return the finding: the first places, and how many of how many they are."""
        vocabulary = self.standards.vocabulary
        return Finding.of(
            self.name,
            places[0],
            severity=severity,
            related=tuple(places[1 : _MOST_RELATED + 1]),
            stated=f"{len(places)}/{size}",
            basis=vocabulary.basis if vocabulary is not None else None,
            count=len(places),
            size=size,
            base=self.signal.base,
            **values,
        )


def set_findings(filing: Filing, standards: Standards) -> Iterator[Finding]:
    """Yield a finding for every habit of the pack that the filing's projects show as a set."""
    vocabulary = standards.vocabulary
    if vocabulary is not None:
        for name, signal in vocabulary.set_signals.items():
            yield from _HABITS[name](_Habit(name, signal, filing, standards))


def _score_place(project: Project) -> Place:
    return project.place_of("conclusion" if "conclusion" in project.places else "total")


def _rows(filing: Filing) -> Iterator[tuple[Project, Indicator]]:
    return ((project, indicator) for project in filing.projects for indicator in project.indicators)


def _numeric(filing: Filing) -> Iterator[tuple[Project, Indicator, Decimal, Decimal]]:
    """Yield the rows whose target and result are numbers, with both in the unit of the row."""
    for project, indicator in _rows(filing):
        if indicator.operator not in (None, "qualitative"):
            target = quantity(indicator.target, indicator.unit)
            result = quantity(indicator.actual, indicator.unit)
            if target is not None and result is not None:
                yield project, indicator, target.number.value, result.number.value


def _scores_full(habit: _Habit) -> Iterator[Finding]:
    scored = [project for project in habit.filing.projects if project.total_score is not None]
    full = [project for project in scored if (project.total_score or 0) >= (project.stated_weight or _FULL)]
    if habit.holds(len(full), len(scored)):
        yield habit.finding([_score_place(project) for project in full], len(scored))


def _results_at_target(habit: _Habit) -> Iterator[Finding]:
    """Targets that a result may surpass are counted apart: it is they that are seldom met to the digit."""
    rows = list(_numeric(habit.filing))
    limits = [(target, result) for _, i, target, result in rows if i.operator != "="]
    met = sum(target == result for target, result in limits)
    equal = [i.place for _, i, target, result in rows if target == result]
    if habit.holds(len(equal), len(rows)):
        mostly = habit.holds(met, len(limits))
        severity = Severity.WARNING if mostly else Severity.INFO
        yield habit.finding(equal, len(rows), severity, limits=len(limits), met=met)


def _execution_low(habit: _Habit) -> Iterator[Finding]:
    """The set's money is largely unspent, yet its mean score earns the best grade."""
    rubric, bound = habit.standards.rubric_for("project"), habit.signal.value
    known = [
        (project, executed, budget, total)
        for project in habit.filing.projects
        if (total := project.total_score) is not None
        and (executed := _yuan(project, "executed")) is not None
        and (budget := _budget(project))
    ]
    if rubric is None or bound is None or not rubric.grades or len(known) < habit.signal.least:
        return
    mean = Fraction(sum((total for *_, total in known), Decimal(0))) / len(known)
    spent = sum((executed for _, executed, _, _ in known), Decimal(0))
    budgeted = sum((budget for _, _, budget, _ in known), Decimal(0))
    best = max(rubric.grades, key=lambda grade: grade.at_least).name
    if grade_of(rubric, mean) != best or 100 * spent >= bound * budgeted:
        return
    low = [each for each in known if 100 * each[1] < bound * each[2]]
    low.sort(key=lambda each: each[1] / each[2])
    yield habit.finding(
        [project.place_of("execution") for project, *_ in low],
        len(known),
        rate=plain(100 * Fraction(spent) / Fraction(budgeted)),
        mean=plain(mean),
        bound=plain(bound),
    )


def _yuan(project: Project, column: str) -> Decimal | None:
    figure = project.funds.figure("total", column) if project.funds is not None else None
    return figure.value.yuan if figure is not None and isinstance(figure.value, Amount) else None


def _budget(project: Project) -> Decimal | None:
    """Return the adjusted budget, without one the initial budget, as the execution rate takes it."""
    adjusted = _yuan(project, "adjusted")
    return _yuan(project, "initial") if adjusted is None else adjusted


def _no_problems(habit: _Habit) -> Iterator[Finding]:
    """No form names a problem, yet points were lost, in a form or in the score of the department."""
    asked = [project for project in habit.filing.projects if project.texts.get("problems", "").strip()]
    denied = [project for project in asked if says_none(project.texts["problems"])]
    lost = sum(
        i.score is not None and i.weight is not None and i.score < i.weight for _, i in _rows(habit.filing)
    )
    total = habit.filing.stated_total
    if habit.holds(len(denied), len(asked)) and (lost or (total is not None and total < _FULL)):
        places = [project.place_of("problems") for project in denied]
        stated_total = None if total is None else plain(total)
        yield habit.finding(places, len(asked), lost=lost, total=stated_total)


def _satisfaction(habit: _Habit) -> list[tuple[Project, Indicator, Decimal, Decimal]]:
    """Return the rates of satisfaction among the numeric rows; a count of complaints is none."""
    return [
        row
        for row in _numeric(habit.filing)
        if any(part in row[1].name for part in habit.signal.names) and "%" in squeeze(row[1].unit or "%")
    ]


def _satisfaction_alike(habit: _Habit) -> Iterator[Finding]:
    """Every rate of one target came to one and the same result, whoever was asked."""
    groups: dict[str, list[tuple[Project, Indicator, Decimal]]] = defaultdict(list)
    for project, indicator, _, result in _satisfaction(habit):
        groups[target_in_words(indicator)].append((project, indicator, result))
    for target, rows in groups.items():
        forms = {id(project) for project, _, _ in rows}
        results = {result for _, _, result in rows}
        if len(results) == 1 and len(forms) >= habit.signal.least:
            yield habit.finding(
                [indicator.place for _, indicator, _ in rows],
                len(rows),
                target=target,
                result=plain(results.pop()),
                forms=len(forms),
            )


def _satisfaction_full(habit: _Habit) -> Iterator[Finding]:
    rows = _satisfaction(habit)
    bound = habit.signal.value if habit.signal.value is not None else _FULL
    full = [indicator.place for _, indicator, _, result in rows if result >= bound]
    if habit.holds(len(full), len(rows)):
        yield habit.finding(full, len(rows), bound=plain(bound))


def _adjusted_as_executed(habit: _Habit) -> Iterator[Finding]:
    """Budgets that were moved to what was spent: their execution rate of 100 % tells nothing.

    Money that was budgeted so from the start and spent is no such budget.
    """
    known = [
        (project, initial, adjusted, executed)
        for project in habit.filing.projects
        if (initial := _yuan(project, "initial")) is not None
        and (adjusted := _yuan(project, "adjusted")) is not None
        and (executed := _yuan(project, "executed")) is not None
        and (initial > 0 or executed > 0)
    ]
    equal = [each for each in known if each[2] == each[3]]
    moved = [(project, initial) for project, initial, adjusted, _ in equal if initial != adjusted]
    if len(moved) >= habit.signal.least and habit.holds(len(equal), len(known)):
        moved.sort(key=lambda each: each[1] > 0)  # what had no budget at all stands first
        yield habit.finding(
            [project.place_of("execution") for project, _ in moved],
            len(known),
            equal=len(equal),
            added=sum(initial == 0 for _, initial in moved),
        )


def _qualitative_repeated(habit: _Habit) -> Iterator[Finding]:
    answered = [i for _, i in _rows(habit.filing) if i.operator == "qualitative" and (i.actual or "").strip()]
    repeated = [i.place for i in answered if squeeze(i.actual or "") == squeeze(i.target or "")]
    if habit.holds(len(repeated), len(answered)):
        yield habit.finding(repeated, len(answered))


def _results_shared(habit: _Habit) -> Iterator[Finding]:
    """Several projects claim the same results: the pack's least number of figures stands in each of them."""
    vocabulary = habit.standards.vocabulary
    units = vocabulary.all_units if vocabulary is not None else frozenset()
    for shared in shared_results(habit.filing.projects, units, habit.signal.least):
        yield habit.finding(
            shared.places,
            len(habit.filing.projects),
            projects="、".join(f"“{project.name}”" for project in shared.projects[: _MOST_RELATED + 1]),
            figures="、".join(shared.figures[:_MOST_RELATED]),
            shared=len(shared.figures),
        )


_HABITS: dict[SignalName, Callable[[_Habit], Iterator[Finding]]] = {
    "set.scores-full": _scores_full,
    "set.results-at-target": _results_at_target,
    "set.execution-low": _execution_low,
    "set.no-problems": _no_problems,
    "set.satisfaction-alike": _satisfaction_alike,
    "set.satisfaction-full": _satisfaction_full,
    "set.adjusted-as-executed": _adjusted_as_executed,
    "set.qualitative-repeated": _qualitative_repeated,
    "set.results-shared": _results_shared,
}
