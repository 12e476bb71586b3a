"""Review a filing's performance part: score every project and say what does not follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengjian.filing import Filing, Project, RubricScore
from hengjian.kernel import Finding
from hengjian.packs import Standards, squeeze
from hengjian.packs.rubric import Rubric, RubricLine
from hengjian.scoring.project import ProjectScore, same_points, score_project
from hengjian.scoring.results import result_findings, weight_findings
from hengjian.scoring.targets import target_findings
from hengjian.scoring.words import plain


@dataclass(frozen=True, slots=True)
class Assessment:
    """The scores of a filing's projects under the authority's rubric, and the findings about them."""

    rubric: Rubric | None
    projects: tuple[ProjectScore, ...]
    findings: tuple[Finding, ...]


def assess(filing: Filing, standards: Standards) -> Assessment:
    """Score a filing's projects and review its targets, results and scores."""
    rubric = standards.rubric_for("project")
    scores: tuple[ProjectScore, ...] = ()
    findings = list(target_findings(filing, standards))
    if rubric is not None:
        scores = tuple(score_project(project, rubric, standards.prompts) for project in filing.projects)
        for scored in scores:
            findings.extend(result_findings(scored, rubric))
            findings.extend(weight_findings(scored, rubric))
    for project in filing.projects:
        findings.extend(_prompts_left(project, standards))
    findings.extend(_overall_scores(filing, standards.rubric_for("department")))
    return Assessment(rubric, scores, tuple(findings))


def _prompts_left(project: Project, standards: Standards) -> Iterator[Finding]:
    for label, text in project.texts.items():
        for prompt in standards.prompts:
            if re.search(prompt, squeeze(text)):
                yield Finding.of(
                    "form.prompt-left",
                    project.place_of(label),
                    stated=text,
                    name=project.name,
                    text=text,
                    target="",
                    score="",
                )
                break


def _overall_scores(filing: Filing, rubric: Rubric | None) -> Iterator[Finding]:
    """Hold the lines of an overall rubric against their maxima and attainable scores, and the total."""
    lines = {squeeze(line.title): line for line in rubric.lines} if rubric is not None else {}
    for scored in filing.rubric_scores:
        line = lines.get(squeeze(scored.title))
        maximum = scored.maximum if scored.maximum is not None else (line.max if line else None)
        if scored.score is None or maximum is None:
            continue
        if scored.score > maximum:
            yield _above(scored, maximum)
        elif line is not None and line.attainable and scored.score not in line.attainable:
            yield _unattainable(scored, line, rubric)
    scores = [scored.score for scored in filing.rubric_scores]
    if filing.stated_total is not None and scores and None not in scores:
        total = sum((score for score in scores if score is not None), Decimal(0))
        if not same_points(filing.stated_total, total):
            yield Finding.of(
                "score.total",
                filing.place,
                stated=plain(filing.stated_total),
                expected=plain(total),
                difference=plain(abs(Fraction(filing.stated_total) - Fraction(total))),
                name=filing.entity.name,
            )


def _above(scored: RubricScore, maximum: Decimal) -> Finding:
    return Finding.of(
        "score.above-weight",
        scored.place,
        stated=plain(scored.score or Decimal(0)),
        expected=f"≤{plain(maximum)}",
        name=scored.title,
        target="",
        actual="",
        weight=plain(maximum),
    )


def _unattainable(scored: RubricScore, line: RubricLine, rubric: Rubric | None) -> Finding:
    return Finding.of(
        "score.unattainable",
        scored.place,
        stated=plain(scored.score or Decimal(0)),
        expected="、".join(plain(value) for value in line.attainable),
        basis=rubric.basis if rubric is not None else None,
        name=scored.title,
    )
