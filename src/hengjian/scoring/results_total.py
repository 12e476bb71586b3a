"""Findings about a project's totals, weights and conclusion."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengjian.filing import Project
from hengjian.kernel import Finding
from hengjian.packs import squeeze
from hengjian.packs.rubric import Rubric
from hengjian.scoring.achievement import State
from hengjian.scoring.project import ProjectScore, weights_in_all
from hengjian.scoring.score import same_points
from hengjian.scoring.words import plain, unsaid

_WHOLE = 100


def total_findings(scored: ProjectScore, rubric: Rubric) -> Iterator[Finding]:
    """Yield what is wrong with the weights, the total, the conclusion and the problems named."""
    yield from _weights(scored, rubric)
    yield from _total(scored)
    yield from _conclusion(scored.project)
    yield from _problems_denied(scored)


def _weights(scored: ProjectScore, rubric: Rubric) -> Iterator[Finding]:
    """Yield a finding when the weights miss the whole, or their groups the rubric's layout."""
    total = weights_in_all(scored.project, scored.execution)
    if total is None:
        return
    if total == _WHOLE:
        yield from _layout(scored.project, rubric)
        return
    yield Finding.of(
        "score.weights",
        scored.project.place_of("total"),
        stated=plain(total),
        expected=plain(Decimal(_WHOLE)),
        difference=plain(abs(total - _WHOLE)),
        basis=rubric.basis,
        name=scored.project.name,
    )


def _layout(project: Project, rubric: Rubric) -> Iterator[Finding]:
    """Hold the weights of the first-level groups against those of the layouts with the same groups."""
    groups: dict[str, Decimal] = {}
    for indicator in project.indicators:
        level = squeeze(indicator.level1)
        groups[level] = groups.get(level, Decimal(0)) + (indicator.weight or Decimal(0))
    layouts = [{squeeze(each.level1): each.weight for each in layout} for layout in rubric.layouts]
    fitting = [layout for layout in layouts if layout.keys() == groups.keys()]
    if not fitting or groups in fitting:
        return
    yield Finding.of(
        "score.layout",
        project.place_of("total"),
        related=tuple({squeeze(each.level1): each.place for each in project.indicators}.values()),
        stated=_in_words(groups),
        expected="；".join(_in_words(layout) for layout in fitting),
        basis=rubric.basis,
        name=project.name,
    )


def _in_words(groups: dict[str, Decimal]) -> str:
    return "、".join(f"{level}{plain(weight)}" for level, weight in groups.items())


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


def _conclusion(project: Project) -> Iterator[Finding]:
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
    text = project.texts.get(label, "").strip()
    return bool(text) and unsaid(text)
