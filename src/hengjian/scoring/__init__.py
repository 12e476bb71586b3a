"""Scores that follow from inputs, and what is wrong with targets, results and scores."""

from hengjian.scoring.achievement import Achievement, State, achievement
from hengjian.scoring.department import DepartmentScore, LineScore, score_department
from hengjian.scoring.project import IndicatorScore, ProjectScore, score_project
from hengjian.scoring.review import Assessment, assess, assess_scores
from hengjian.scoring.score import Score
from hengjian.scoring.targets import target_findings

__all__ = [
    "Achievement",
    "Assessment",
    "DepartmentScore",
    "IndicatorScore",
    "LineScore",
    "ProjectScore",
    "Score",
    "State",
    "achievement",
    "assess",
    "assess_scores",
    "score_department",
    "score_project",
    "target_findings",
]
