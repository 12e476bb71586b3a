"""Whom a form is printed for: each project, the department, or each project at a cut-off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hengjian.authoring.scope import (
    FIGURE,
    VALUE,
    Scope,
    Stated,
    amount_at,
    filing_values,
    full_name,
    indicator_scope,
    money,
    points,
    project_scope,
    rate,
    sheet_values,
)
from hengjian.filing import OVERALL_FUNDS, PROJECT_FUNDS, Filing, Indicator, Project, RubricScore
from hengjian.filing.model import CorrectiveAction, IndicatorProgress, MonitoringSheet, ProjectProgress
from hengjian.packs import squeeze
from hengjian.packs.layout import Layout
from hengjian.packs.rubric import Rubric
from hengjian.packs.standards import Standards

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Batch:
    """The forms of one document; each has a scope and the words of its running head.

    `until` is the month of a cut-off, which tells documents of one kind apart.
    """

    forms: tuple[tuple[str, Scope], ...]
    until: int | None = None


def batches(layout: Layout, filing: Filing, standards: Standards) -> Iterator[Batch]:
    """Yield the documents that a layout gives for a filing; none when nothing it needs is stated."""
    if layout.subject == "cut_off":
        for sheet in filing.monitoring:
            yield Batch(tuple(_cut_off(sheet, filing, standards, layout)), sheet.month)
        return
    forms = tuple(_projects(layout, filing, standards))
    if layout.subject == "department":
        forms = (("", department_scope(filing, standards, layout)),)
    stated = tuple(form for form in forms if any(form[1].states(need) for need in layout.needs))
    if stated:
        yield Batch(stated if layout.only_stated else forms)


def _projects(layout: Layout, filing: Filing, standards: Standards) -> Iterator[tuple[str, Scope]]:
    form, labels = standards.forms[PROJECT_FUNDS], standards.wordings[layout.wording].labels
    for number, project in enumerate(filing.projects, 1):
        yield full_name(project), project_scope(filing, project, form, number, labels)


def department_scope(filing: Filing, standards: Standards, layout: Layout) -> Scope:
    """Return the department's scope: its overall targets and funds, its projects and its scored lines."""
    overall, form = filing.overall, standards.forms.get(OVERALL_FUNDS)
    funds = overall.funds if overall is not None else None
    indicators = overall.indicators if overall is not None else ()
    values = filing_values(filing) | (sheet_values(funds, form) if form is not None else {})
    rubric = standards.rubric_for("department")
    lists = {
        "indicators": [indicator_scope(indicator) for indicator in indicators],
        "projects": [scope for _, scope in _projects(layout, filing, standards)],
        "lines": [_line_scope(line, filing, rubric) for line in filing.rubric_scores],
        "tasks": [
            Scope({"name": Stated(task.name), "content": Stated(task.content)})
            for task in (overall.tasks if overall is not None else ())
        ],
    }
    given = {name for name, items in lists.items() if items} | ({"funds"} if funds is not None else set())
    texts = dict(overall.texts) if overall is not None else {}
    return Scope(values, texts, lists, frozenset(given))


def _line_scope(line: RubricScore, filing: Filing, rubric: Rubric | None) -> Scope:
    return Scope(
        {
            "level1": Stated(line.level1, VALUE),
            "level2": Stated(line.level2, VALUE),
            "level3": Stated(line.title),
            "maximum": points(line.maximum),
            "score": points(line.score),
            "reason": Stated(line.not_applicable or _grounds(line, filing, rubric)),
        }
    )


def _grounds(line: RubricScore, filing: Filing, rubric: Rubric | None) -> str:
    """Return the inputs that the filing states for a line, with what they rest on."""
    if rubric is None:
        return ""
    title = squeeze(line.title)
    rule = next(
        (each.rule for each in rubric.lines if title in map(squeeze, (each.title, *each.aliases))), None
    )
    used = set(_NAME.findall(rule.model_dump_json())) if rule is not None else set()
    found = (
        f"{rubric.inputs[each.name].title.zh}：{each.value}{each.unit or ''}"
        + (f"（{each.evidence}）" if each.evidence else "")
        for each in filing.inputs
        if each.name in used and each.name in rubric.inputs
    )
    return "；".join(found)


def _cut_off(
    sheet: MonitoringSheet, filing: Filing, standards: Standards, layout: Layout
) -> Iterator[tuple[str, Scope]]:
    form, labels = standards.forms[PROJECT_FUNDS], standards.wordings[layout.wording].labels
    known = {key: project for project in filing.projects for key in (project.name, project.code) if key}
    for number, progress in enumerate(sheet.projects, 1):
        project = known.get(progress.project) or Project(progress.project)
        scope = project_scope(filing, project, form, number, labels)
        budget = progress.budget or amount_at(project.funds, "total", "adjusted", "initial")
        reached = {
            "executed": money(progress.executed, form.unit),
            "rate": rate(progress.executed, budget),
            "expected": money(progress.expected, form.unit),
        }
        whole = next(row.id for row in form.rows if row.of_which is None)
        lists = {
            "funds": [_at_cut_off(row, reached, whole) for row in scope.lists["funds"]],
            "indicators": list(_progress(project, progress)),
            "actions": [_action_scope(action) for action in progress.actions],
        }
        values = {**scope.values, **reached, "month": Stated(str(sheet.month))}
        values["disposition"] = Stated(progress.disposition or "", VALUE)
        yield full_name(project), replace(scope, values=values, lists=lists)


def _at_cut_off(row: Scope, reached: dict[str, Stated], whole: str) -> Scope:
    """Return a row of funds at a cut-off: what has been spent is known in total only."""
    blank = {name: Stated("", FIGURE) for name in reached}
    return replace(row, values={**row.values, **(reached if row.values["row"].text == whole else blank)})


def _progress(project: Project, progress: ProjectProgress) -> Iterator[Scope]:
    """Yield the project's indicators with their progress, then those that it does not have."""
    found = {squeeze(each.name): each for each in progress.indicators}
    own = {squeeze(indicator.name) for indicator in project.indicators}
    further = (Indicator("", "", each.name) for each in progress.indicators if squeeze(each.name) not in own)
    for indicator in (*project.indicators, *further):
        scope = indicator_scope(indicator)
        reached = found.get(squeeze(indicator.name)) or IndicatorProgress(indicator.name)
        short = {"progress": reached.actual, "expected": reached.expected, "likelihood": reached.likelihood}
        words = {"cause": reached.cause, "reason": reached.reason}
        values = {name: Stated(text or "", VALUE) for name, text in short.items()}
        values |= {name: Stated(text or "") for name, text in words.items()}
        yield replace(scope, values={**scope.values, **values})


def _action_scope(action: CorrectiveAction) -> Scope:
    values = {"owner": Stated(action.owner or "", VALUE), "due": Stated(action.due or "", VALUE)}
    return Scope({"measure": Stated(action.measure), **values})
