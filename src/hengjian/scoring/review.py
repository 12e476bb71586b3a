"""Review a filing's performance part: score every project and say what does not follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hengjian.filing import Filing, Project
from hengjian.kernel import Finding
from hengjian.packs import Standards, squeeze
from hengjian.packs.rubric import Rubric
from hengjian.scoring.department import DepartmentScore, score_department
from hengjian.scoring.department_results import department_findings
from hengjian.scoring.monitoring_findings import monitoring_findings
from hengjian.scoring.own_figures import own_figure_findings
from hengjian.scoring.project import ProjectScore, score_project
from hengjian.scoring.rectification import found_items, rectification_findings
from hengjian.scoring.result_use import execution_below
from hengjian.scoring.results import result_findings
from hengjian.scoring.signals import set_findings
from hengjian.scoring.targets import target_findings


@dataclass(frozen=True, slots=True)
class Assessment:
    """The scores of a filing's projects and of the department, and the findings about them.

    `rubric` is that of projects; `department` is None where the authority has no rubric for departments.
    """

    rubric: Rubric | None
    projects: tuple[ProjectScore, ...]
    findings: tuple[Finding, ...]
    department: DepartmentScore | None = None


def assess(filing: Filing, standards: Standards, previous: Filing | None = None) -> Assessment:
    """Score a filing and review its whole performance part, beside the filing of the year before."""
    scored = assess_scores(filing, standards)
    findings = [*target_findings(filing, standards, previous), *scored.findings]
    for project in filing.projects:
        findings.extend(_prompts_left(project, standards))
    findings.extend(own_figure_findings(filing, standards))
    findings.extend(set_findings(filing, standards))
    findings.extend(monitoring_findings(filing, standards))
    if filing.rectifications or (previous is not None and previous.rectifications):
        found = found_items(filing, findings, execution_below(standards))
        findings.extend(rectification_findings(filing, previous, found))
    return replace(scored, findings=tuple(findings))


def assess_scores(filing: Filing, standards: Standards) -> Assessment:
    """Score a filing's projects and the department; the findings are those about results and scores."""
    rubric = standards.rubric_for("project")
    scores: tuple[ProjectScore, ...] = ()
    findings: list[Finding] = []
    if rubric is not None:
        words = standards.target_words
        scores = tuple(score_project(each, rubric, standards.prompts, words) for each in filing.projects)
        for scored in scores:
            findings.extend(result_findings(scored, rubric))
    department = score_department(filing, standards)
    findings.extend(department_findings(filing, department))
    return Assessment(rubric, scores, tuple(findings), department)


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
