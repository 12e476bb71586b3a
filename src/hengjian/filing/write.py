"""Write a filing to its folder: the same filing gives the same bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import tomli_w

from hengjian.filing.listings import (
    FACT_COLUMNS,
    FACTS,
    INPUT_COLUMNS,
    INPUTS,
    NOT_APPLICABLE,
    RUBRIC,
    RUBRIC_COLUMNS,
)
from hengjian.filing.model import (
    Fact,
    Filing,
    Indicator,
    OverallTargets,
    Project,
    Rectification,
    RubricScore,
    Sheet,
)
from hengjian.filing.monitoring import monitoring_file, monitoring_text
from hengjian.filing.rectifications import RECTIFICATIONS, rectification_rows
from hengjian.filing.sheets import LEADING, sheet_file
from hengjian.filing.targets import OVERALL, number_words
from hengjian.kernel import Amount, Figure, InputError, MoneyUnit, Place, Quantity
from hengjian.packs.standards import Standards

MANIFEST = "filing.toml"
_OWNED = (
    "sheets/*.csv",
    "projects/*.toml",
    "monitoring/*.toml",
    OVERALL,
    RUBRIC,
    INPUTS,
    FACTS,
    RECTIFICATIONS,
)
_NO_SLUG = re.compile(r"[^\w\u4e00-\u9fff]+")
_LONGEST_SLUG = 40
_SPECIAL = re.compile(r'[",\r\n]')

TomlTable = dict[str, object]


def write_filing(filing: Filing, folder: Path, standards: Standards | None = None) -> None:
    """Write a filing to a folder, and remove the sheets and projects there that it no longer has.

    With `standards` a sheet's file has every column of its form, in the form's order; without, only the
    columns that are used. Raises `InputError` when the filing could not be read whole and the folder
    already holds one: what was not read would be lost.
    """
    if filing.problems and (folder / MANIFEST).exists():
        raise InputError("input.would-lose", Place(file=str(folder)), count=len(filing.problems))
    files = filing_files(filing, standards)
    for pattern in _OWNED:
        for path in folder.glob(pattern):
            if path.relative_to(folder).as_posix() not in files:
                path.unlink()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())


def filing_files(filing: Filing, standards: Standards | None = None) -> dict[str, str]:
    """Return the files of a filing's folder: relative name → text."""
    files = {MANIFEST: _toml(_manifest(filing, standards))}
    for sheet in filing.sheets.values():
        if sheet.rows:
            files[sheet_file(sheet.form)] = _sheet_csv(sheet, _columns(sheet, standards))
    width = max(2, len(str(len(filing.projects))))
    for number, project in enumerate(filing.projects, start=1):
        name = f"{number:0{width}}-{_slug(project.code or project.name)}".rstrip("-")
        files[f"projects/{name}.toml"] = _toml(_project(project))
    if filing.overall is not None:
        files[OVERALL] = _toml(_overall(filing.overall))
    if filing.rubric_scores:
        reasons = any(line.not_applicable for line in filing.rubric_scores)
        header = (*RUBRIC_COLUMNS, NOT_APPLICABLE) if reasons else RUBRIC_COLUMNS
        files[RUBRIC] = _csv(header, (_rubric_row(line)[: len(header)] for line in filing.rubric_scores))
    if filing.inputs:
        given = ((i.name, i.value, i.unit or "", i.evidence or "") for i in filing.inputs)
        files[INPUTS] = _csv(INPUT_COLUMNS, given)
    if filing.facts:
        files[FACTS] = _csv(FACT_COLUMNS, map(_fact_row, filing.facts))
    if filing.rectifications:
        files[RECTIFICATIONS] = rectifications_csv(filing.rectifications)
    for monitored in filing.monitoring:
        files[monitoring_file(monitored.month)] = monitoring_text(monitored, filing, standards)
    return files


def rectifications_csv(items: Iterable[Rectification]) -> str:
    """Return the text of ``rectification.csv``."""
    header, *rows = rectification_rows(items)
    return _csv(header, rows)


def _manifest(filing: Filing, standards: Standards | None) -> TomlTable:
    entity = {"name": filing.entity.name, "code": filing.entity.code}
    return _given(
        {
            "pack": filing.pack,
            "year": filing.year.year,
            "kind": filing.kind,
            "score": _number(filing.stated_total),
            "entity": _given(entity),
            "sheet": [_sheet_entry(sheet, standards) for sheet in filing.sheets.values()],
        }
    )


def _sheet_entry(sheet: Sheet, standards: Standards | None) -> TomlTable:
    """Return a sheet's entry; a caption that is the form's own title goes without saying."""
    form = standards.forms.get(sheet.form) if standards else None
    caption = sheet.place.table
    return _given(
        {
            "form": sheet.form,
            "unit": _unit_label(sheet),
            "caption": None if form is not None and caption == form.title.zh else caption,
            "empty": None if sheet.rows else True,
            "note": sheet.note,
            "partial": True if sheet.partial else None,
        }
    )


def _sheet_csv(sheet: Sheet, columns: tuple[str, ...]) -> str:
    unit = _unit_label(sheet)
    rows = (
        (row, name, *(_cell(sheet.figure(row, column), unit) for column in columns))
        for row, name in sheet.rows.items()
    )
    return _csv((*LEADING, *columns), rows)


def _columns(sheet: Sheet, standards: Standards | None) -> tuple[str, ...]:
    """Return the form's columns in order; those it does not have, or all without standards, as they come."""
    form = standards.forms.get(sheet.form) if standards else None
    known = tuple(column.id for column in form.columns) if form else ()
    used = dict.fromkeys(column for _, column in sheet.figures)
    return (*known, *(column for column in used if column not in known))


def _unit_label(sheet: Sheet) -> str | None:
    """Return the unit that most of the sheet's amounts are stated in."""
    amounts = (figure.value for figure in sheet.figures.values())
    units = Counter(amount.unit for amount in amounts if isinstance(amount, Amount))
    most = max(units.values(), default=0)
    return next((unit.label for unit in MoneyUnit if most and units[unit] == most), None)


def _cell(figure: Figure | None, unit: str | None) -> str:
    """Return a figure as it is stated, with its unit where that is not the sheet's."""
    if figure is None:
        return ""
    value = figure.value
    if isinstance(value, Amount):
        return value.text if value.unit.label == unit else str(value)
    return str(value) if isinstance(value, Quantity) else value.text


def _project(project: Project) -> TomlTable:
    execution = {
        "weight": _number(project.execution_weight),
        "score": _number(project.execution_score),
    }
    return _given(
        {
            "name": project.name,
            "code": project.code,
            "weight": _number(project.stated_weight),
            "score": _number(project.stated_score),
            "conclusion_score": _number(project.conclusion_score),
            "execution": _given(execution),
            "texts": dict(project.texts),
            "funds": _funds(project.funds),
            "indicator": [_indicator(indicator) for indicator in project.indicators],
        }
    )


def _overall(overall: OverallTargets) -> TomlTable:
    return _given(
        {
            "stated_unit": overall.stated_unit,
            "texts": dict(overall.texts),
            "task": [{"name": task.name, "content": task.content} for task in overall.tasks],
            "funds": _funds(overall.funds),
            "indicator": [_indicator(indicator) for indicator in overall.indicators],
        }
    )


def _funds(sheet: Sheet | None) -> TomlTable | None:
    if sheet is None:
        return None
    unit = _unit_label(sheet)
    rows = []
    for row, name in sheet.rows.items():
        cells = {figure.column: _cell(figure, unit) for figure in sheet.figures.values() if figure.row == row}
        rows.append({"row": row, "name": name, **cells})
    return _given({"unit": unit, "note": sheet.note, "row": rows})


def _indicator(indicator: Indicator) -> TomlTable:
    return _given(
        {
            "level1": indicator.level1,
            "level2": indicator.level2,
            "name": indicator.name,
            "operator": indicator.operator,
            "target": indicator.target,
            "unit": indicator.unit,
            "actual": indicator.actual,
            "weight": _number(indicator.weight),
            "score": _number(indicator.score),
            "shortfall": indicator.shortfall,
            "basis": indicator.basis,
            "description": indicator.description,
            "numerator": indicator.numerator,
            "denominator": indicator.denominator,
            "ledger": indicator.ledger,
            "rating": indicator.rating,
            "evidence": indicator.evidence,
        }
    )


def _rubric_row(line: RubricScore) -> tuple[str, ...]:
    points = (number_words(line.maximum), number_words(line.score))
    return (line.level1, line.level2, line.title, *points, line.not_applicable or "")


def _fact_row(fact: Fact) -> tuple[str, ...]:
    """Return a fact's row; its line is that of the publication, never that of this very file."""
    line = fact.place.line if fact.place.file != FACTS else None
    numbers = ("" if number is None else str(number) for number in (fact.year, line))
    return (fact.key, fact.value, fact.unit, fact.section, *numbers)


def _number(number: Decimal | None) -> int | str | None:
    """Return a number for TOML: whole as it is, others as a text that keeps their digits."""
    if number is None:
        return None
    return int(number) if number.as_tuple().exponent == 0 else f"{number:f}"


def _given(values: Mapping[str, object]) -> TomlTable:
    """Leave out what is not given: None, an empty list or an empty table."""
    return {key: value for key, value in values.items() if value is not None and value not in ([], {})}


def _slug(text: str) -> str:
    """Return a text as part of a file name.

    >>> _slug("城乡居民医保（三保项目）"), _slug("a/../b")
    ('城乡居民医保-三保项目', 'a-b')
    """
    return _NO_SLUG.sub("-", text).strip("-")[:_LONGEST_SLUG].rstrip("-")


def _toml(table: TomlTable, path: str = "") -> str:
    """Return a table as TOML, tables and lists of tables under headers of their own."""
    inner = {key: value for key, value in table.items() if _is_inner(value)}
    text = tomli_w.dumps({key: value for key, value in table.items() if key not in inner})
    for key, value in inner.items():
        name = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            text += f"\n[{name}]\n{_toml(value, name)}"
        elif isinstance(value, list):
            text += "".join(f"\n[[{name}]]\n{_toml(item, name)}" for item in value)
    return text


def _is_inner(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict))


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(",".join(map(_field, row)) + "\n" for row in (header, *rows))


def _field(text: str) -> str:
    """Return a text as a field; the standard writer leaves a lone carriage return bare.

    >>> _field("4,900.00"), _field('a"b'), _field("合计")
    ('"4,900.00"', '"a""b"', '合计')
    """
    escaped = text.replace('"', '""')
    return f'"{escaped}"' if _SPECIAL.search(text) else text
