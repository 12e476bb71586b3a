"""The filing: the one model, its folder form, and the sheets derived from its parts."""

from hengjian.filing.derive import LAST_YEAR_PREFIX, PROJECTS, derived_sheets, last_year_sheets
from hengjian.filing.folder import read_filing, write_filing
from hengjian.filing.model import (
    OVERALL_FUNDS,
    OVERALL_INDICATORS,
    PROJECT_FUNDS,
    CorrectiveAction,
    Entity,
    Fact,
    Filing,
    Indicator,
    IndicatorProgress,
    InputValue,
    MonitoringSheet,
    OverallTargets,
    Project,
    ProjectProgress,
    Rectification,
    RubricScore,
    Sheet,
)

__all__ = [
    "LAST_YEAR_PREFIX",
    "OVERALL_FUNDS",
    "OVERALL_INDICATORS",
    "PROJECTS",
    "PROJECT_FUNDS",
    "CorrectiveAction",
    "Entity",
    "Fact",
    "Filing",
    "Indicator",
    "IndicatorProgress",
    "InputValue",
    "MonitoringSheet",
    "OverallTargets",
    "Project",
    "ProjectProgress",
    "Rectification",
    "RubricScore",
    "Sheet",
    "derived_sheets",
    "last_year_sheets",
    "read_filing",
    "write_filing",
]
