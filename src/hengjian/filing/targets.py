"""Projects and overall targets: funds, indicators and narrative cells, one TOML file each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import get_args

from hengjian.filing.intake import Intake
from hengjian.filing.model import (
    OVERALL_FUNDS,
    PROJECT_FUNDS,
    Indicator,
    Operator,
    OverallTargets,
    Project,
    Sheet,
    Task,
)
from hengjian.filing.sheets import LEADING, SheetBuilder, read_unit
from hengjian.filing.toml_file import Table, read_toml
from hengjian.kernel import InputError, MoneyUnit, Place
from hengjian.packs.standards import Standards

OVERALL = "targets/overall.toml"
QUALITATIVE = "定性"
MOST_PROJECTS = 2_000
_OPERATORS: dict[str, Operator] = {
    **{operator: operator for operator in get_args(Operator)},
    QUALITATIVE: "qualitative",
    "＝": "=",
    "＞": ">",
    "＜": "<",
    ">=": "≥",
    "≧": "≥",
    "<=": "≤",
    "≦": "≤",
}
_INDICATOR_POINTS = ("weight", "score")
_INDICATOR_TEXTS = dict.fromkeys(
    each.name for each in fields(Indicator) if each.name not in (*_INDICATOR_POINTS, "operator", "place")
)
_INDICATOR = dict.fromkeys((*_INDICATOR_TEXTS, "operator", *_INDICATOR_POINTS))
"""The keys of an indicator, of which texts are read as they stand."""
_NUMBERED = re.compile(r"(\d+)")


def indicator_words(indicator: Indicator) -> str:
    """Return an indicator as the row that a reader sees, blanks left out.

    >>> indicator_words(
    ...     Indicator("产出指标", "数量指标", "宣传次数", "≥", "10", "%", "10", Decimal(20), Decimal(20))
    ... )
    '宣传次数 ≥ 10 % 10 20 20'
    """
    texts = (indicator.name, indicator.operator, indicator.target, indicator.unit, indicator.actual)
    return _words(texts, (indicator.weight, indicator.score))


def _words(texts: Sequence[str | None], points: Sequence[Decimal | None]) -> str:
    """Join an indicator's name, operator, target, unit and result, and its weight and score."""
    name, operator, *others = texts
    shown = (
        name,
        QUALITATIVE if operator == "qualitative" else operator,
        *others,
        *map(number_words, points),
    )
    return " ".join(filter(None, shown))


def number_words(number: Decimal | None) -> str:
    """Return a number as it is written; nothing for a blank.

    >>> number_words(Decimal("22.50")), number_words(None)
    ('22.50', '')
    """
    return "" if number is None else f"{number:f}"


def read_projects(intake: Intake, standards: Standards) -> tuple[Project, ...]:
    """Read every project file, in the order of the numbers that their names begin with."""
    names = sorted(intake.names("projects", ".toml", MOST_PROJECTS), key=_numbered)
    tables = (_opened(intake, name) for name in names)
    return tuple(_project(table, standards) for table in tables if table is not None)


def read_overall(intake: Intake, standards: Standards) -> OverallTargets | None:
    """Read the department's overall targets; None when there are none."""
    table = _opened(intake, OVERALL) if intake.exists(OVERALL) else None
    if table is None:
        return None
    stated_unit = table.stated("stated_unit")
    funds = _funds(table, standards, OVERALL_FUNDS, stated_unit)
    indicators = _indicators(table)
    texts = _texts(table.table("texts"), standards)
    tasks = tuple(_task(task) for task in table.tables("task"))
    table.finish()
    return OverallTargets(funds, indicators, stated_unit, Place(file=OVERALL), texts, tasks)


def _task(table: Table) -> Task:
    task = Task(table.text("name") or "", table.text("content") or "")
    table.finish()
    return task


def _opened(intake: Intake, name: str) -> Table | None:
    try:
        return read_toml(intake, name)
    except InputError as error:
        intake.note(error)
        return None


def _numbered(name: str) -> tuple[int, str]:
    number = _NUMBERED.match(name.removeprefix("projects/"))
    digits = number[1].lstrip("0") if number else ""
    return (int(digits[:18] or 0), name)


def _project(table: Table, standards: Standards) -> Project:
    name = table.stated("name")
    if name is None:
        table.intake.add("input.missing-key", table.place(), key="name")
    execution, texts = table.table("execution"), table.table("texts")
    project = Project(
        name=name or "",
        code=table.stated("code"),
        funds=_funds(table, standards, PROJECT_FUNDS),
        indicators=_indicators(table),
        execution_weight=execution.number("weight") if execution else None,
        execution_score=execution.number("score") if execution else None,
        stated_weight=table.number("weight"),
        stated_score=table.number("score"),
        conclusion_score=table.number("conclusion_score"),
        texts=_texts(texts, standards),
        place=Place(file=table.file, section=name, line=table.line),
    )
    for part in (table, execution):
        if part is not None:
            part.finish()
    return replace(project, places=_places(project, table, execution, texts))


def _texts(table: Table | None, standards: Standards) -> dict[str, str]:
    """Return the narrative cells by label id; an empty text is a blank cell.

    Where the standards have labels, a text under any other is noted and left out.
    """
    if table is None:
        return {}
    labels = {label for wording in standards.wordings.values() for label in wording.labels}
    asked = sorted(labels) if labels else list(table.data)
    texts = {label: table.text(label) for label in asked if label in table.data}
    if labels:
        table.known = dict.fromkeys(asked)
        table.finish()
    return {label: texts[label] or "" for label in table.data if texts.get(label) is not None}


def _places(project: Project, table: Table, execution: Table | None, texts: Table | None) -> dict[str, Place]:
    """Return where the parts of a project stand, with the words that a reader sees there."""
    places = {label: texts.place(label) for label in texts.data} if texts else {}
    if execution is not None:
        points = (project.execution_weight, project.execution_score)
        words = " ".join(filter(None, (_total_words(project.funds), *map(number_words, points))))
        places["execution"] = execution.place().at(quote=words)
    if given := [key for key in ("score", "weight") if key in table.data]:
        points = (project.stated_weight, project.stated_score)
        words = " ".join(filter(None, ("合计", *map(number_words, points))))
        places["total"] = table.place(given[0]).at(quote=words)
    if "conclusion_score" in table.data:
        places["conclusion"] = table.place("conclusion_score")
    return {part: replace(place, section=project.name, column=None) for part, place in places.items()}


def _total_words(funds: Sheet | None) -> str:
    """Return the first row of a project's funds in words."""
    if funds is None or not funds.rows:
        return ""
    row, name = next(iter(funds.rows.items()))
    figures = [figure.place.quote or "" for figure in funds.figures.values() if figure.row == row]
    return " ".join((name, *figures))


def _funds(table: Table, standards: Standards, form_id: str, unit: str | None = None) -> Sheet | None:
    """Return the sheet of the rows under ``[funds]``; None when there is none."""
    funds = table.table("funds")
    form = standards.forms.get(form_id)
    if funds is None:
        return None
    if form is None:
        table.intake.add("input.unknown-form", table.place(), form=form_id, known="、".join(standards.forms))
        return None
    place = Place(file=table.file, table=form.title.zh, line=funds.line)
    builder = SheetBuilder(table.intake, standards, form, read_unit(funds, _unit(unit, form.unit)), place)
    for row in funds.tables("row"):
        cells = {key: text for key in row.data if key not in LEADING and (text := row.text(key)) is not None}
        name = row.text("name") or ""
        builder.known_columns(tuple(cells), row.place())
        words = " ".join((name, *cells.values()))
        builder.add_row(row.text("row") or "", name, cells, Place(row.file, line=row.line, quote=words))
    note = funds.stated("note")
    funds.finish()
    return builder.sheet(note)


def _unit(label: str | None, default: MoneyUnit) -> MoneyUnit:
    try:
        return MoneyUnit.from_label(label) if label else default
    except ValueError:
        return default


def _indicators(table: Table) -> tuple[Indicator, ...]:
    return tuple(_indicator(item) for item in table.tables("indicator"))


def _indicator(table: Table) -> Indicator:
    table.known.update(_INDICATOR)
    texts: dict[str, str | None] = {}
    points: dict[str, Decimal | None] = {}
    for key, value in table.data.items():
        if key in _INDICATOR_POINTS:
            points[key] = table.number(key)
        elif key in _INDICATOR_TEXTS:
            texts[key] = (value if isinstance(value, str) else table.text(key)) or None
    name, operator = texts.pop("name", None), _operator(table)
    if name is None:
        table.intake.add("input.missing-key", table.place(), key="name")
    if table.data.keys() - _INDICATOR:
        table.finish()
    stated = (name, operator, texts.get("target"), texts.get("unit"), texts.get("actual"))
    quote = _words(stated, (points.get("weight"), points.get("score")))
    return Indicator(
        level1=texts.pop("level1", None) or "",
        level2=texts.pop("level2", None) or "",
        name=name or "",
        operator=operator,
        place=Place(file=table.file, row=name, line=table.line, quote=quote),
        **texts,
        weight=points.get("weight"),
        score=points.get("score"),
    )


def _operator(table: Table) -> Operator | None:
    stated = table.stated("operator")
    if stated is None:
        return None
    operator = _OPERATORS.get(stated.strip())
    if operator is None:
        values = {"key": "operator", "value": stated, "known": " ".join(get_args(Operator))}
        table.intake.add("input.unknown-value", table.place("operator"), **values)
    return operator
