"""Dachuan 2018: the score table and the completion table of the project, held against a careful reading."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hengjian.filing import RubricScore
from tests.golden.sources import figures_of, filing_of, needs_truth, squeeze, truth_of

pytestmark = needs_truth

NAME = "dachuan-2018-final-accounts"


def lines_of(rubric: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    return [
        (level1, level2, level3)
        for level1 in rubric["level1"]
        for level2 in level1["level2"]
        for level3 in level2["level3"]
    ]


def points(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def test_every_line_of_the_score_table_is_read() -> None:
    read = filing_of(NAME).rubric_scores
    stated = lines_of(truth_of(NAME, "rubric"))
    assert len(read) == len(stated) == 30
    for line, (level1, level2, level3) in zip(read, stated, strict=True):
        maximum = level3["max"] if level3["max"] is not None else level3["max_inherited_from_level2"]
        assert (line.level1, line.level2, line.title) == (level1["name"], level2["name"], level3["name"])
        assert (line.maximum, line.score) == (points(maximum), points(level3["self_score"]))
        assert squeeze(line.texts["explanation"]) == squeeze(level3["explanation"])
        assert squeeze(line.texts["rule"]) == squeeze(level3["rule"])


def test_the_points_come_to_what_the_report_states() -> None:
    filing = filing_of(NAME)
    computed = truth_of(NAME, "rubric")["computed"]
    assert sum(line.score or 0 for line in filing.rubric_scores) == computed["self_score_sum"] == 93
    assert sum(line.maximum or 0 for line in filing.rubric_scores) == 100
    assert filing.stated_total == Decimal(93)


def test_places_are_those_of_the_lines() -> None:
    def line_of(score: RubricScore) -> int:
        assert score.place.line is not None
        return score.place.line

    read = [line_of(score) for score in filing_of(NAME).rubric_scores]
    stated = [level3["line"] for _, _, level3 in lines_of(truth_of(NAME, "rubric"))]
    # The truth counts a row's first cell, a place the cell of the line's own name, up to three lines below.
    assert all(0 <= place - line <= 3 for place, line in zip(read, stated, strict=True))


def test_the_completion_table_is_read() -> None:
    (project,) = filing_of(NAME).projects
    stated = truth_of(NAME, "completion_table")
    assert squeeze(project.name) == squeeze(stated["projects_text"])
    assert project.texts["unit_stamp"] == stated["organisation"]
    assert squeeze(project.texts["annual_goal"]) == squeeze("".join(stated["expected_goals"]))
    assert squeeze(project.texts["goal_result"]) == squeeze(stated["actual"])
    assert len(project.indicators) == stated["counts"]["indicators"] == 11
    for indicator, row in zip(project.indicators, stated["indicators"], strict=True):
        assert (indicator.level1, indicator.level2, indicator.name) == (
            row["level1"], row["level2"], row["level3"],
        )  # fmt: skip
        target = "".join(part or "" for part in (indicator.operator, indicator.target, indicator.unit))
        assert squeeze(target) == squeeze(row["target_text"])
        assert squeeze(indicator.actual or "") == squeeze(row["actual_text"])


def test_the_funds_of_the_completion_table_are_read() -> None:
    (project,) = filing_of(NAME).projects
    assert figures_of(project) == {
        ("total", "adjusted"): "88", ("total", "executed"): "88",
        ("fiscal", "adjusted"): "88", ("fiscal", "executed"): "88",
        ("other", "adjusted"): "0",
    }  # fmt: skip
