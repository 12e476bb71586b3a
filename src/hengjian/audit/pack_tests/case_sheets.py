"""From the cells of a rule's case to sheets, through the same checks as a filing's own files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from hengjian.audit.pack_tests.result import FaultyCaseError
from hengjian.filing import Sheet
from hengjian.filing.intake import Intake
from hengjian.filing.sheets import SheetBuilder
from hengjian.kernel import Place, Text
from hengjian.packs import Standards
from hengjian.packs.cases import Cells
from hengjian.packs.schema import Form, Rule
from hengjian.rules.bind import form_named

EMPTY, ROW, COLUMN = "empty", "row", "column"
_CELL = re.compile(r"(?P<form>[a-z0-9_.]+)\[(?P<row>[a-z0-9_.]+)\]\.(?P<column>[a-z0-9_]+)")
_NO_FORM = Text("这个年度没有表样“{form}”", "there is no form {form} in the year")
_NO_CELL = Text("“{key}”不是“表样[行].栏”", "{key} is no form[row].column")
_TEXT = Text("“{key}”后面应是加引号的一个数", "{key} needs one figure in quotes")

Rows: TypeAlias = dict[str, dict[str, str]]


def sheets_of(cells: Cells, rule: Rule, standards: Standards) -> dict[str, Sheet]:
    """Return the sheets that a rule's case states, by form.

    Raises `FaultyCaseError` when a form, row, column or figure is none.
    """
    empty = cells.get(EMPTY, ())
    forms: dict[str, Rows] = {form: {} for form in ((empty,) if isinstance(empty, str) else empty)}
    for form, row, column, text in _cells(cells, rule, standards):
        forms.setdefault(form, {}).setdefault(row, {})[column] = text
    return {form: _sheet(_form(form, standards), rows, standards) for form, rows in forms.items()}


def _cells(cells: Cells, rule: Rule, standards: Standards) -> Iterator[tuple[str, str, str, str]]:
    for key, text in cells.items():
        if key == EMPTY:
            continue
        if not isinstance(text, str):
            raise FaultyCaseError(_TEXT.filled(key=key))
        if key in (ROW, COLUMN):
            continue
        match = _CELL.fullmatch(key)
        if match is not None:
            yield match["form"], match["row"], match["column"], text
        elif rule.form is None or rule.each is None:
            raise FaultyCaseError(_NO_CELL.filled(key=key))
        else:
            form = _form(rule.form, standards)
            row, column = (_row(cells, form), key) if rule.each == "row" else (key, _column(cells, form))
            yield form.form, row, column, text


def _form(form_id: str, standards: Standards) -> Form:
    form = form_named(standards, form_id)
    if form is None:
        raise FaultyCaseError(_NO_FORM.filled(form=form_id))
    return form


def _row(cells: Cells, form: Form) -> str:
    first = form.rows[0].id if form.rows else ""
    return str(cells.get(ROW, first))


def _column(cells: Cells, form: Form) -> str:
    first = next((column.id for column in form.columns if column.measure == "amount"), form.columns[0].id)
    return str(cells.get(COLUMN, first))


def _sheet(form: Form, rows: Rows, standards: Standards) -> Sheet:
    place = Place(table=form.title.zh)
    builder = SheetBuilder(Intake(Path()), standards, form, form.unit, place)
    for row, texts in rows.items():
        builder.known_columns(tuple(texts), place)
        builder.add_row(row, "", texts, place)
    for problem in builder.intake.problems:
        raise FaultyCaseError(problem.message)
    return builder.sheet()
