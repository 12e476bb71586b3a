"""Findings about budget execution: its score, its reasons, and whether the scores are credible."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hengjian.filing import Project
from hengjian.kernel import Finding, Interval, Outcome, Severity
from hengjian.packs.rubric import Rubric
from hengjian.scoring.execution import execution_rate
from hengjian.scoring.project import ProjectScore
from hengjian.scoring.words import plain, span, unsaid

_FULL = Fraction(100)


def execution_findings(scored: ProjectScore, rubric: Rubric) -> Iterator[Finding]:
    """Yield what is wrong with the score for budget execution, and what its rate leaves to be explained."""
    if scored.project.funds is None or scored.execution.weight is None:
        return
    yield from _score(scored, rubric)
    rate = execution_rate(scored.project)
    printed = execution_rate(scored.project, as_printed=True)
    if rate is not None and printed is not None and not (scored.stated is None and scored.printed is None):
        yield from _low(scored.project, rate, span(printed), rubric)
        yield from _adjusted(scored.project, rubric)
        yield from _credible(scored, rate, printed, rubric)


def _score(scored: ProjectScore, rubric: Rubric) -> Iterator[Finding]:
    project, execution = scored.project, scored.execution
    place = project.place_of("execution")
    expected = span(execution.point) if execution.point is not None else None
    if execution.stated is None:
        yield from _score_missing(scored, expected, rubric)
    elif execution.outcome is Outcome.FAIL:
        yield Finding.of(
            "score.execution",
            place,
            stated=plain(execution.stated),
            expected=expected,
            basis=rubric.basis,
            name=project.name,
        )
    elif execution.allowed is None and any(row == "total" for row, _ in _cells(project)):
        yield Finding.of(
            "score.execution-no-base",
            place,
            severity=None if execution.stated else Severity.INFO,
            stated=plain(execution.stated),
            basis=rubric.basis,
            name=project.name,
            why=execution.missing[0],
        )


def _score_missing(scored: ProjectScore, expected: str | None, rubric: Rubric) -> Iterator[Finding]:
    project = scored.project
    if scored.stated is None or not project.indicators or scored.printed is None:
        return
    missing = scored.stated - scored.printed
    yield Finding.of(
        "score.execution-missing",
        project.place_of("execution"),
        expected=expected,
        difference=plain(missing),
        related=(project.place_of("total"),),
        basis=rubric.basis,
        name=project.name,
        printed=plain(scored.printed),
        total=plain(scored.stated),
        severity=Severity.ERROR if missing > 0 else Severity.WARNING,
    )


def _low(project: Project, rate: Interval, printed: str, rubric: Rubric) -> Iterator[Finding]:
    """A low execution rate needs a reason."""
    least = rubric.explain_below
    if least is not None and rate.high < Fraction(least) and unsaid(project.texts.get("reason")):
        yield Finding.of(
            "result.execution-unexplained",
            project.place_of("execution"),
            stated=f"{printed}%",
            expected=f"≥{plain(least)}%",
            basis=rubric.basis,
            name=project.name,
        )


def _adjusted(project: Project, rubric: Rubric) -> Iterator[Finding]:
    """A budget that was much adjusted during the year needs a reason."""
    most = rubric.explain_adjusted
    initial, adjusted = (_total(project, column) for column in ("initial", "adjusted"))
    if most is None or initial is None or adjusted is None or not unsaid(project.texts.get("reason")):
        return
    change = adjusted.gap_to(initial)
    if change > 0 and change * _FULL > Fraction(most) * initial.high:
        words = {column: _cells(project)["total", column] for column in ("initial", "adjusted")}
        yield Finding.of(
            "result.adjustment-unexplained",
            project.place_of("execution"),
            stated=words["adjusted"],
            expected=words["initial"],
            basis=rubric.basis,
            name=project.name,
        )


def _credible(scored: ProjectScore, rate: Interval, printed: Interval, rubric: Rubric) -> Iterator[Finding]:
    """Indicators that score far better than the money was spent; the more is left, the louder."""
    rule, earned = rubric.credibility, _score_rate(scored.project)
    if rule is None or earned is None or earned - rate.high <= Fraction(rule.gap):
        return
    loud = _FULL - rate.high > Fraction(rule.unspent) and unsaid(scored.project.texts.get("reason"))
    yield Finding.of(
        "score.not-credible",
        scored.project.place_of("execution"),
        severity=Severity.WARNING if loud else Severity.INFO,
        stated=f"{plain(earned)}%",
        expected=f"{span(printed)}%",
        difference=plain(earned - printed.middle),
        related=(scored.project.place_of("total"),),
        basis=rubric.basis,
        name=scored.project.name,
    )


def _score_rate(project: Project) -> Fraction | None:
    """Return the indicators' stated scores over their weights in percent; None while one is not stated."""
    pairs = [(indicator.score, indicator.weight) for indicator in project.indicators]
    stated = [(score, weight) for score, weight in pairs if score is not None and weight is not None]
    whole = sum(weight for _, weight in stated)
    if len(stated) < len(pairs) or whole <= 0:
        return None
    return _FULL * Fraction(sum(score for score, _ in stated)) / Fraction(whole)


def _total(project: Project, column: str) -> Interval | None:
    return None if project.funds is None else project.funds.interval("total", column)


def _cells(project: Project) -> dict[tuple[str, str], str]:
    """Return what the cells of the funds state, as written."""
    figures = {} if project.funds is None else project.funds.figures
    return {cell: str(figure.value) for cell, figure in figures.items()}
