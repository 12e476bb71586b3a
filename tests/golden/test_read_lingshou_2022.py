"""Lingshou 2022: the nine projects that the report lists in sentences, and its total."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.filing import Project
from tests.golden.sources import figures_of, filing_of, needs_truth, resolved_of, truth_of

pytestmark = needs_truth

NAME = "lingshou-2022-self-evaluation"


def stated(project: Project, column: str) -> str:
    return figures_of(project)["total", column]


def test_every_project_of_the_list_is_read() -> None:
    read = filing_of(NAME).projects
    rows = truth_of(NAME, "facts")["projects"]
    assert len(read) == len(rows) == 9
    for project, row in zip(read, rows, strict=True):
        assert (project.name, project.total_score) == (row["name"], Decimal(row["score"]))
        assert (stated(project, "adjusted"), stated(project, "executed")) == (
            row["amount_text"], row["executed_text"],
        )  # fmt: skip
        assert stated(project, "rate") == f"{row['rate_percent']}%"
        assert project.texts["overview"] == row["purpose"]
        assert project.place.line == row["line"]


def test_the_projects_come_to_their_sum() -> None:
    total = sum(Decimal(stated(project, "adjusted")) for project in filing_of(NAME).projects)
    assert float(total) == pytest.approx(truth_of(NAME, "facts")["projects_sum"]["amount"])


def test_the_department_s_score_is_that_of_the_conclusion() -> None:
    filing = filing_of(NAME)
    scores = {each["scope"]: each["score"] for each in truth_of(NAME, "rubric")["self_scores"]}
    assert filing.stated_total == Decimal(scores["部门整体"])
    assert filing.total_place is not None
    assert filing.total_place.line == 141
    assert filing.rubric_scores == ()


def test_the_document_is_known_for_what_it_is() -> None:
    resolved = resolved_of(NAME)
    assert (resolved.kind, resolved.filing.year.year) == ("self_evaluation", 2022)
    assert resolved.filing.entity.name.endswith("医疗保障局")
