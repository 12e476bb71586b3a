"""Score a filing: its projects and the department, with what is wrong about results and scores."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.filing import Filing
from hengjian.kernel import Finding
from hengjian.packs import Standards
from hengjian.packs.rubric import Rubric
from hengjian.scoring.department import DepartmentScore, score_department
from hengjian.scoring.department_results import department_findings
from hengjian.scoring.project import ProjectScore, score_project
from hengjian.scoring.results import result_findings
from hengjian.scoring.results_operator import operatorless_findings


@dataclass(frozen=True, slots=True)
class Assessment:
    """The scores of a filing's projects and of the department, and the findings about them.

    `rubric` is that of projects; `department` is None where the authority has no rubric for departments.
    """

    rubric: Rubric | None
    projects: tuple[ProjectScore, ...]
    findings: tuple[Finding, ...]
    department: DepartmentScore | None = None


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
            findings.extend(operatorless_findings(scored, rubric, words))
    department = score_department(filing, standards)
    findings.extend(department_findings(filing, department))
    return Assessment(rubric, scores, tuple(findings), department)
