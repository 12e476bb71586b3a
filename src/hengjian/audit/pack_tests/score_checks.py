"""What cases of rubrics, vocabularies and prompts come to, through the review of a made-up filing."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from hengjian.audit.pack_tests.result import FaultyCaseError, Result
from hengjian.filing import (
    PROJECT_FUNDS,
    Entity,
    Filing,
    Indicator,
    InputValue,
    OverallTargets,
    Project,
    RubricScore,
    Sheet,
)
from hengjian.kernel import Amount, Figure, Finding, MoneyUnit, NotANumberError, Outcome, Text
from hengjian.packs import Standards
from hengjian.packs.cases import IndicatorCase, ScoreCase
from hengjian.packs.rubric import Rubric
from hengjian.packs.schema import Vocabulary, Wording
from hengjian.scoring import Score, score_department, score_project
from hengjian.scoring.department_results import department_findings
from hengjian.scoring.project import grade_of
from hengjian.scoring.review import assess
from hengjian.scoring.words import span

_NAME = "—"
_AMOUNT = re.compile(r"(?P<number>-?[\d,.]+)(?P<unit>亿元|万元|元)")
_PROMPT_LEFT = "form.prompt-left"
_NO_LINE = Text("评分办法没有“{line}”", "the rubric has no line {line}")
_NOT_MONEY = Text("“{text}”不是金额", "{text} is no amount")
_POINTS = Text("按办法得{points}分", "the rubric gives {points} points")
_NO_POINTS = Text("评不出分", "no points can be given")
_GRADE = Text("{total}分是“{grade}”", "{total} points are {grade}")
_FITS = Text("没有发现问题", "nothing found")


def check_score(rubric: Rubric, case: ScoreCase, standards: Standards) -> Result:
    """Tell whether a score or a grade is one that the rubric gives.

    Raises `FaultyCaseError` for a line that the rubric does not have.
    """
    if case.total is not None:
        grade = grade_of(rubric, Fraction(case.total))
        why = _GRADE.filled(total=case.total, grade=grade or _NAME)
        return Result.of(holds=grade == case.grade, why=why)
    if case.line is not None:
        return _line(rubric, case, standards)
    scored = score_project(_project(case), rubric, standards.prompts, standards.target_words)
    return _points(scored.execution if case.actual is None else scored.indicators[0].score)


def check_indicator(vocabulary: Vocabulary, case: IndicatorCase, standards: Standards) -> Result:
    """Tell whether nothing is wrong with an indicator's name, unit, level and target."""
    alone = replace(standards, rubrics={}, vocabularies={vocabulary.vocabulary: vocabulary})
    project = Project(_NAME, indicators=(_indicator(case),))
    return _clean(
        [f for f in _findings(alone, project) if f.code.startswith("target.") and f.basis == vocabulary.basis]
    )


def check_prompt(wording: Wording, text: str, standards: Standards) -> Result:
    """Tell whether a text of a form is guidance that was left in it."""
    alone = replace(standards, rubrics={}, wordings={wording.wording: wording})
    found = _findings(alone, Project(_NAME, texts={"": text}))
    left = [finding for finding in found if finding.code == _PROMPT_LEFT]
    return Result(Outcome.PASS if left else Outcome.FAIL, left[0].message if left else _FITS)


def _findings(standards: Standards, project: Project) -> tuple[Finding, ...]:
    return assess(_filing(standards, project), standards).findings


def _filing(standards: Standards, *projects: Project, scores: tuple[RubricScore, ...] = ()) -> Filing:
    return Filing(
        Entity(_NAME),
        standards.year,
        standards.pack,
        "self_evaluation",
        projects=projects,
        rubric_scores=scores,
    )


def _clean(found: list[Finding]) -> Result:
    return Result.of(holds=not found, why=found[0].message if found else _FITS)


def _line(rubric: Rubric, case: ScoreCase, standards: Standards) -> Result:
    line = next((line for line in rubric.lines if line.title == case.line), None)
    if line is None:
        raise FaultyCaseError(_NO_LINE.filled(line=case.line))
    maximum = line.max if line.max is not None else case.weight
    scored = RubricScore(line.title, line.level1, line.level2, maximum, case.score)
    alone = replace(standards, rubrics={rubric.rubric: rubric})
    filing = replace(
        _filing(alone, scores=(scored,)),
        inputs=tuple(_input(name, text) for name, text in case.inputs.items()),
        overall=OverallTargets(indicators=tuple(map(_indicator, case.targets))) if case.targets else None,
    )
    department = score_department(filing, alone)
    found = list(department_findings(filing, department))
    if found or department is None or not (case.inputs or case.targets):
        return _clean(found)
    earned = next(each for each in department.lines if each.line == line)
    return Result(earned.outcome, _NO_POINTS if earned.earned is None else _FITS)


def _input(name: str, text: str) -> InputValue:
    """Return an input as a clerk lists it: the unit of an amount stands by itself."""
    amount = _AMOUNT.fullmatch(text)
    return InputValue(name, text) if amount is None else InputValue(name, amount["number"], amount["unit"])


def _points(score: Score) -> Result:
    if score.allowed is None:
        return Result(score.outcome, _NO_POINTS)
    return Result(score.outcome, _POINTS.filled(points=span(score.allowed)))


def _project(case: ScoreCase) -> Project:
    if case.actual is not None:
        return Project(_NAME, indicators=(_indicator(case),))
    figures = {
        ("total", column): Figure(PROJECT_FUNDS, "total", column, _amount(text))
        for column, text in (("adjusted", case.adjusted), ("executed", case.executed))
    }
    return Project(
        _NAME,
        funds=Sheet(PROJECT_FUNDS, {"total": ""}, figures),
        execution_weight=case.weight,
        execution_score=case.score,
    )


def _indicator(case: IndicatorCase) -> Indicator:
    return Indicator(**{name: getattr(case, name) for name in IndicatorCase.model_fields})


def _amount(text: str | None) -> Amount:
    try:
        amount = Amount.parse(text or "", MoneyUnit.WAN_YUAN)
    except NotANumberError:
        amount = None
    if amount is None:
        raise FaultyCaseError(_NOT_MONEY.filled(text=text))
    return amount
