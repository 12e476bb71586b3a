"""Scores that follow from inputs.

The review of a whole performance part is `hengjian.scoring.review.assess`; that of targets alone is
`hengjian.scoring.targets.target_findings`.
"""

from hengjian.scoring.achievement import Achievement, State, achievement
from hengjian.scoring.department import DepartmentScore, LineScore, score_department
from hengjian.scoring.project import IndicatorScore, ProjectScore, score_project
from hengjian.scoring.score import Score
from hengjian.scoring.scores import Assessment, assess_scores

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
    "assess_scores",
    "score_department",
    "score_project",
]
