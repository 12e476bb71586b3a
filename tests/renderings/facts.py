"""What a filing states, so that two of them can be held against each other whatever they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from hengjian.filing import Filing, Indicator, OverallTargets, Project, Sheet
from hengjian.kernel import Amount, Measure
from hengjian.packs import squeeze

Value = Decimal | str | None


def sheet_facts(sheets: Iterable[Sheet]) -> dict[tuple[str, str, str], Value]:
    """Return every figure by form, row and column; and every row's name under the column ``name``."""
    facts: dict[tuple[str, str, str], Value] = {}
    for sheet in sheets:
        facts |= {(sheet.form, row, "name"): squeeze(name) for row, name in sheet.rows.items()}
        facts |= {(sheet.form, *cell): number(figure.value) for cell, figure in sheet.figures.items()}
    return facts


def number(value: Measure) -> Value:
    """Return a figure's number: yuan, percent or count."""
    return value.yuan if isinstance(value, Amount) else getattr(value, "value", str(value))


def indicator_facts(indicator: Indicator) -> tuple[Value, ...]:
    """Return an indicator's levels, name, target, result, points and words; "" is no word."""
    words = (
        indicator.level1, indicator.level2, indicator.name, indicator.operator, indicator.target,
        indicator.unit, indicator.actual, indicator.shortfall, indicator.basis, indicator.description,
    )  # fmt: skip
    return (*(squeeze(text) if text else None for text in words), indicator.weight, indicator.score)


def project_facts(project: Project) -> dict[str, object]:
    """Return everything that a project's form states, by what it is."""
    return {
        "code": project.code,
        "name": squeeze(project.name),
        "funds": {} if project.funds is None else _figures(project.funds),
        "indicators": [indicator_facts(each) for each in project.indicators],
        "execution": (project.execution_weight, project.execution_score),
        "total": (project.stated_weight, project.stated_score),
        "conclusion_score": project.conclusion_score,
        "texts": _texts(project.texts),
    }


def overall_facts(overall: OverallTargets) -> dict[str, object]:
    """Return everything that the department's targets state, by what it is."""
    return {
        "funds": {} if overall.funds is None else _figures(overall.funds),
        "indicators": [indicator_facts(each) for each in overall.indicators],
        "tasks": [(squeeze(task.name), squeeze(task.content)) for task in overall.tasks],
        "texts": _texts(overall.texts),
    }


def differences(stated: Filing, read: Filing, forms: Iterable[str]) -> list[str]:
    """Tell, a line each, where a filing that was read is not the one printed; `forms` are its sheets."""
    wanted = sheet_facts(stated.sheets[form] for form in forms)
    found = sheet_facts(sheet for form, sheet in read.sheets.items() if form in stated.sheets)
    told = _unequal(wanted, found)
    told += _unequal(_by_name(stated.projects), _by_name(read.projects))
    if stated.overall is not None:
        facts = overall_facts(read.overall) if read.overall is not None else {}
        told += _unequal(overall_facts(stated.overall), facts)
    return told


def _by_name(projects: Iterable[Project]) -> dict[tuple[int, str], object]:
    return {
        (number, part): fact
        for number, project in enumerate(projects, 1)
        for part, fact in project_facts(project).items()
    }


def _unequal(wanted: Mapping[Any, object], found: Mapping[Any, object]) -> list[str]:
    keys = dict.fromkeys((*wanted, *found))
    return [
        f"{key}: {wanted.get(key)!r} is printed, {found.get(key)!r} was read"
        for key in keys
        if wanted.get(key) != found.get(key)
    ]


def _figures(sheet: Sheet) -> dict[tuple[str, str], Value]:
    return {cell: number(figure.value) for cell, figure in sheet.figures.items()}


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {label: squeeze(text) for label, text in texts.items() if squeeze(text)}
