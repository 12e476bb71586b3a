"""The plain lists of a filing: ``rubric.csv``, ``inputs.csv`` and ``facts.csv``."""

from __future__ import annotations

from hengjian.filing.csv_file import CsvRow, CsvTable, read_table
from hengjian.filing.intake import Intake
from hengjian.filing.model import Fact, InputValue, RubricScore
from hengjian.filing.toml_file import read_number
from hengjian.kernel import FiscalYear, InputError, Place

RUBRIC, INPUTS, FACTS = "rubric.csv", "inputs.csv", "facts.csv"
RUBRIC_COLUMNS = ("level1", "level2", "title", "maximum", "score")
NOT_APPLICABLE = "not_applicable"
"""The optional last column of ``rubric.csv``."""
INPUT_COLUMNS = ("input", "value", "unit", "evidence")
FACT_COLUMNS = ("key", "value", "unit", "section", "year", "line")
_LONGEST_LINE_NUMBER = 9


def read_rubric_scores(intake: Intake) -> tuple[RubricScore, ...]:
    """Read the scored lines of the overall rubric."""
    table = _listing(intake, RUBRIC, RUBRIC_COLUMNS, (NOT_APPLICABLE,))
    return tuple(_rubric_score(intake, row) for row in table.rows) if table else ()


def read_inputs(intake: Intake) -> tuple[InputValue, ...]:
    """Read the inputs of the overall rubric; a row without a value states nothing."""
    table = _listing(intake, INPUTS, INPUT_COLUMNS)
    return tuple(_input(row) for row in table.rows if row.cells[1].strip()) if table else ()


def read_facts(intake: Intake) -> tuple[Fact, ...]:
    """Read the figures that no form holds."""
    table = _listing(intake, FACTS, FACT_COLUMNS)
    return tuple(_fact(intake, row) for row in table.rows) if table else ()


def _listing(
    intake: Intake, name: str, columns: tuple[str, ...], optional: tuple[str, ...] = ()
) -> CsvTable | None:
    """Read a list with fixed columns, then optional ones in order; None when the folder has none."""
    table = read_table(intake, name, columns) if intake.exists(name) else None
    if table is None:
        return None
    further = table.header.cells[len(columns) :]
    known = sum(1 for given, allowed in zip(further, optional, strict=False) if given == allowed)
    for extra in further[known:]:
        place = Place(file=name, line=table.header.line, column=extra, quote=extra)
        intake.add("input.unknown-key", place, key=extra, known="、".join(columns))
    return table


def _rubric_score(intake: Intake, row: CsvRow) -> RubricScore:
    level1, level2, title, maximum, score = row.cells[: len(RUBRIC_COLUMNS)]
    words = " ".join(part for part in (title, maximum, score) if part)
    place = Place(file=RUBRIC, row=title or None, line=row.line, quote=words)
    return RubricScore(
        title,
        level1,
        level2,
        read_number(intake, maximum, place.at(column="maximum", quote=maximum)),
        read_number(intake, score, place.at(column="score", quote=score)),
        place,
        (row.cells[len(RUBRIC_COLUMNS)].strip() or None) if len(row.cells) > len(RUBRIC_COLUMNS) else None,
    )


def _input(row: CsvRow) -> InputValue:
    name, value, unit, evidence = (cell.strip() for cell in row.cells[: len(INPUT_COLUMNS)])
    place = Place(file=INPUTS, row=name or None, line=row.line, quote=f"{value}{unit}")
    return InputValue(name, value, unit or None, evidence or None, place)


def _fact(intake: Intake, row: CsvRow) -> Fact:
    key, value, unit, section, year, line = row.cells[: len(FACT_COLUMNS)]
    place = Place(file=FACTS, row=key or None, line=row.line, quote=value)
    fiscal_year = _year(intake, year, place)
    if line := line.strip():
        place = _source_place(intake, line, place)
    return Fact(key, value, unit, section, fiscal_year, place)


def _year(intake: Intake, text: str, place: Place) -> int | None:
    if not text.strip():
        return None
    try:
        return FiscalYear.parse(text).year
    except InputError as error:
        intake.note(error.located(place.at(column="year", quote=text)))
        return None


def _source_place(intake: Intake, line: str, place: Place) -> Place:
    """Return the place in the publication that a fact was taken from."""
    if not (line.isascii() and line.isdecimal() and len(line) <= _LONGEST_LINE_NUMBER):
        intake.add("input.not-a-number", place.at(column="line", quote=line), value=line)
        return place
    return Place(row=place.row, line=int(line), quote=place.quote)
