"""Findings about results and scores: each is a score or a result that does not follow from inputs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hengjian.filing import Project
from hengjian.kernel import Finding, Interval, Outcome, Severity
from hengjian.packs.rubric import Rubric
from hengjian.scoring.achievement import State
from hengjian.scoring.project import IndicatorScore, ProjectScore, same_points
from hengjian.scoring.words import plain, span, target_in_words

_NONE_WORDS = frozenset({"无", "没有", "暂无", "/", "无。"})


def result_findings(scored: ProjectScore, rubric: Rubric) -> Iterator[Finding]:
    """Yield what is wrong with a project's results, scores and totals."""
    for each in scored.indicators:
        yield from _result(each, rubric)
        yield from _indicator_score(each, rubric)
    yield from _execution(scored, rubric)
    yield from _total(scored)
    yield from _conclusion(scored)
    yield from _problems_denied(scored)


_RESULT_CODES = {
    State.BLANK: "result.missing",
    State.PROMPT: "form.prompt-left",
    State.REPEATS_TARGET: "result.repeats-target",
    State.NOT_NUMERIC: "result.not-numeric",
}


def _result(each: IndicatorScore, rubric: Rubric) -> Iterator[Finding]:
    indicator = each.indicator
    code = _RESULT_CODES.get(each.achievement.state)
    if code is None or (each.achievement.state is State.BLANK and indicator.score is None):
        return
    yield Finding.of(
        code,
        indicator.place,
        stated=(indicator.actual or "").strip() or None,
        expected=None,
        basis=rubric.basis,
        name=indicator.name,
        text=(indicator.actual or "").strip(),
        target=target_in_words(indicator),
        score=plain(indicator.score) if indicator.score is not None else "",
    )


def _indicator_score(each: IndicatorScore, rubric: Rubric) -> Iterator[Finding]:
    indicator, score = each.indicator, each.score
    if score.stated is None or score.weight is None:
        return
    values: dict[str, Any] = {
        "name": indicator.name,
        "target": target_in_words(indicator),
        "actual": f"{indicator.actual or ''}",
        "weight": plain(score.weight),
    }
    if score.stated > score.weight:
        yield Finding.of(
            "score.above-weight",
            indicator.place,
            stated=plain(score.stated),
            expected=f"≤{plain(score.weight)}",
            difference=plain(score.stated - score.weight),
            **values,
        )
    elif score.outcome is Outcome.FAIL and score.allowed is not None:
        yield _not_by_rule(each, rubric, values)
    elif each.achievement.state is State.MISSED and not (indicator.shortfall or "").strip():
        yield Finding.of("score.shortfall-unexplained", indicator.place, **values)


def _not_by_rule(each: IndicatorScore, rubric: Rubric, values: dict[str, Any]) -> Finding:
    score, missed = each.score, each.achievement.state is State.MISSED
    if score.stated is None or score.allowed is None:
        raise AssertionError("only a stated score can be compared")
    point = score.point or score.allowed
    full = score.stated == score.weight
    code = "score.unmet-full" if missed and full else "score.not-by-rule"
    if not missed and score.stated < (score.weight or 0):
        code = "score.reduced-though-met"
    return Finding.of(
        code,
        each.indicator.place,
        stated=plain(score.stated),
        expected=span(point),
        difference=plain(Interval.exactly(Fraction(score.stated)).gap_to(point)),
        basis=rubric.basis,
        **values,
    )


def _execution(scored: ProjectScore, rubric: Rubric) -> Iterator[Finding]:
    project, execution = scored.project, scored.execution
    place = project.place_of("execution")
    if project.funds is None or execution.weight is None:
        return
    expected = span(execution.point) if execution.point is not None else None
    if execution.stated is None:
        if scored.stated is None or not project.indicators or scored.printed is None:
            return
        missing = scored.stated - scored.printed
        yield Finding.of(
            "score.execution-missing",
            place,
            expected=expected,
            difference=plain(missing),
            related=(project.place_of("total"),),
            basis=rubric.basis,
            name=project.name,
            printed=plain(scored.printed),
            total=plain(scored.stated),
            severity=Severity.ERROR if missing > 0 else Severity.WARNING,
        )
    elif execution.outcome is Outcome.FAIL:
        yield Finding.of(
            "score.execution",
            place,
            stated=plain(execution.stated),
            expected=expected,
            basis=rubric.basis,
            name=project.name,
        )


def _total(scored: ProjectScore) -> Iterator[Finding]:
    project = scored.project
    place = project.place_of("total")
    if not project.indicators or scored.printed is None:
        return
    if project.stated_score is None:
        if project.stated_weight is not None or project.conclusion_score is not None:
            claimed = project.conclusion_score
            yield Finding.of(
                "score.total-missing",
                place,
                stated=None,
                expected=plain(scored.printed),
                related=(project.place_of("conclusion"),) if claimed is not None else (),
                name=project.name,
            )
        return
    blank = project.funds is not None and project.execution_score is None
    if not blank and not same_points(project.stated_score, scored.printed):
        yield Finding.of(
            "score.total",
            place,
            stated=plain(project.stated_score),
            expected=plain(scored.printed),
            difference=plain(abs(project.stated_score - scored.printed)),
            name=project.name,
        )


def _conclusion(scored: ProjectScore) -> Iterator[Finding]:
    project = scored.project
    claimed, total = project.conclusion_score, project.stated_score
    if claimed is not None and total is not None and not same_points(claimed, total):
        yield Finding.of(
            "score.conclusion",
            project.place_of("conclusion"),
            stated=plain(claimed),
            expected=plain(total),
            difference=plain(abs(claimed - total)),
            related=(project.place_of("total"),),
            name=project.name,
        )


def _problems_denied(scored: ProjectScore) -> Iterator[Finding]:
    """A missed indicator is a problem; a form that says there is none contradicts itself."""
    project = scored.project
    missed = [each for each in scored.indicators if each.achievement.state is State.MISSED]
    if missed and _denied(project, "problems") and _denied(project, "measures"):
        first = missed[0].indicator
        yield Finding.of(
            "result.problems-denied",
            project.place_of("problems"),
            related=(first.place,),
            name=project.name,
            indicator=first.name,
            count=len(missed),
        )


def _denied(project: Project, label: str) -> bool:
    return project.texts.get(label, "").strip() in _NONE_WORDS


def weight_findings(scored: ProjectScore, rubric: Rubric) -> Iterator[Finding]:
    """Yield a finding when the weights do not sum to what the rubric gives."""
    weights = [i.weight for i in scored.project.indicators]
    if not weights or any(weight is None for weight in weights):
        return
    total = sum((Fraction(weight) for weight in weights if weight is not None), Fraction(0))
    execution = scored.execution.weight or Decimal(0)
    if scored.project.funds is not None and total + Fraction(execution) != 100:  # noqa: PLR2004
        yield Finding.of(
            "score.weights",
            scored.project.place_of("total"),
            stated=plain(total + Fraction(execution)),
            expected="100",
            difference=plain(abs(total + Fraction(execution) - 100)),
            basis=rubric.basis,
            name=scored.project.name,
        )
