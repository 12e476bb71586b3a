"""What another figure would change: a filing with some results or inputs set, and the scores that move.

A change names what it sets: an input of the department's rubric by id or title, a project's indicator
(``项目/指标``, or the indicator alone where its name is the only one), or what a project has spent
(``项目/执行数``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from hengjian.filing import Filing, Indicator, InputValue, Project
from hengjian.kernel import Amount, Figure, InputError, MoneyUnit, NotANumberError, Quantity
from hengjian.packs import Standards, squeeze
from hengjian.packs.rubric import Rubric
from hengjian.scoring.project import ProjectScore
from hengjian.scoring.scores import Assessment, assess_scores
from hengjian.scoring.words import span

_Found = TypeVar("_Found")
_EXECUTED = frozenset({"执行数", "预算执行数", "executed"})
_SEPARATOR = "/"
MOST_KNOWN = 12
"""Names that a complaint about an unknown one lists."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A score before and after, in words; None where it is not evaluable."""

    name: str
    before: str | None
    after: str | None


def changed(filing: Filing, standards: Standards, changes: Mapping[str, str]) -> Filing:
    """Return the filing with other figures; raises `InputError` for a name that is not that of one thing."""
    rubric = standards.rubric_for("department")
    for name, value in changes.items():
        filing = _with_input(filing, rubric, name, value) or _with_project(filing, name, value)
    return filing


def moved(filing: Filing, standards: Standards, changes: Mapping[str, str]) -> tuple[Moved, ...]:
    """Return every score that the changes move: lines, projects with their indicators, and totals."""
    before = dict(_scores(assess_scores(filing, standards)))
    after = dict(_scores(assess_scores(changed(filing, standards, changes), standards)))
    return tuple(Moved(name, before.get(name), now) for name, now in after.items() if before.get(name) != now)


def _scores(assessment: Assessment) -> Iterator[tuple[str, str | None]]:
    for project in assessment.projects:
        yield from _project_scores(project)
    if assessment.department is not None:
        for line in assessment.department.lines:
            yield line.title, None if line.earned is None else span(line.earned)
        total = assessment.department.total
        yield "总分", None if total is None else span(total)


def _project_scores(scored: ProjectScore) -> Iterator[tuple[str, str | None]]:
    name = scored.project.name
    points = scored.execution.point
    yield f"{name}{_SEPARATOR}预算执行", None if points is None else span(points)
    for each in scored.indicators:
        points = each.score.point
        yield f"{name}{_SEPARATOR}{each.indicator.name}", None if points is None else span(points)
    points = scored.total.point
    yield f"{name}{_SEPARATOR}总分", None if points is None else span(points)


def _with_input(filing: Filing, rubric: Rubric | None, name: str, value: str) -> Filing | None:
    inputs = rubric.inputs if rubric is not None else {}
    key = next((k for k, each in inputs.items() if name in (k, each.title.zh, each.title.en)), None)
    if key is None:
        return None
    text, unit = value, None
    if inputs[key].measure in ("amount", "count"):
        text, unit = _parted(value)
    others = tuple(each for each in filing.inputs if each.name != key)
    return replace(filing, inputs=(*others, InputValue(key, text, unit)))


def _parted(value: str) -> tuple[str, str | None]:
    """Part a figure from its unit: 12.3万元."""
    try:
        quantity = Quantity.parse(value)
    except NotANumberError:
        return value, None
    return (value, None) if quantity is None else (quantity.number.text, quantity.unit or None)


def _with_project(filing: Filing, name: str, value: str) -> Filing:
    project_name, _, part = name.rpartition(_SEPARATOR)
    if squeeze(part) in _EXECUTED and project_name:
        found = [project for project in filing.projects if project_name in (project.name, project.code)]
        project = _only(found, name, filing)
        return _replaced(filing, project, _spent(project, name, value))
    holders = [
        (project, indicator)
        for project in filing.projects
        if not project_name or project_name in (project.name, project.code)
        for indicator in project.indicators
        if squeeze(indicator.name) == squeeze(part)
    ]
    project, indicator = _only(holders, name, filing)
    return _replaced(filing, project, _achieved(project, indicator, value))


def _only(found: list[_Found], name: str, filing: Filing) -> _Found:
    if len(found) == 1:
        return found[0]
    known = "、".join(_names(filing, name)) or "—"
    raise InputError("input.what-if", name=name, count=len(found), known=known)


def _names(filing: Filing, name: str) -> list[str]:
    """Return names that would do: those that hold a part of the name given, else the first of all."""
    parts = [squeeze(part) for part in name.split(_SEPARATOR)]
    every = [
        f"{project.name}{_SEPARATOR}{each.name}" for project in filing.projects for each in project.indicators
    ]
    near = [each for each in every if all(part in squeeze(each) for part in parts)]
    near = near or [each for each in every if any(part and part in squeeze(each) for part in parts)]
    return (near or every)[:MOST_KNOWN]


def _replaced(filing: Filing, old: Project, new: Project) -> Filing:
    return replace(filing, projects=tuple(new if each is old else each for each in filing.projects))


def _achieved(project: Project, indicator: Indicator, value: str) -> Project:
    other = replace(indicator, actual=value)
    return replace(
        project, indicators=tuple(other if each is indicator else each for each in project.indicators)
    )


def _spent(project: Project, name: str, value: str) -> Project:
    try:
        amount = Amount.parse(value, MoneyUnit.WAN_YUAN)
    except NotANumberError:
        amount = None
    if project.funds is None or amount is None:
        raise InputError("input.what-if", name=name, count=0, known=f"{value}")
    cell = ("total", "executed")
    figures = {**project.funds.figures, cell: Figure(project.funds.form, *cell, amount)}
    return replace(project, funds=replace(project.funds, figures=figures))
