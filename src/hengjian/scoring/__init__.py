"""Scores that follow from inputs, and what is wrong with targets, results and scores."""

from hengjian.scoring.achievement import Achievement, State, achievement
from hengjian.scoring.project import IndicatorScore, ProjectScore, Score, score_project
from hengjian.scoring.review import Assessment, assess

__all__ = [
    "Achievement",
    "Assessment",
    "IndicatorScore",
    "ProjectScore",
    "Score",
    "State",
    "achievement",
    "assess",
    "score_project",
]
