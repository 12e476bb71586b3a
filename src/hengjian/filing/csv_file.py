"""CSV tables with exact line numbers: every row either fits the header or is a problem."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.filing.intake import Intake
from hengjian.kernel import Place

MOST_ROWS = 20_000
MOST_FIELDS = 64
LONGEST_FIELD = 10_000


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row: the line it begins in, counted from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table: its header and the rows that have a cell for every column."""

    name: str
    header: CsvRow
    rows: tuple[CsvRow, ...]


def read_table(intake: Intake, name: str, leading: tuple[str, ...]) -> CsvTable | None:
    """Read a table whose header begins with the columns `leading`; None when it has none."""
    text = intake.text(name)
    if text is None:
        return None
    rows = _rows(intake, name, text)
    first = next(rows, CsvRow(1, ()))
    header = CsvRow(first.line, tuple(cell.strip() for cell in _without_blank_end(first.cells)))
    if header.cells[: len(leading)] != leading:
        found = ",".join(header.cells[: len(leading)])
        place = Place(file=name, line=header.line, quote=found or None)
        intake.add("input.csv-header", place, expected=",".join(leading), found=found)
        return None
    fitting = (_fitted(intake, name, row, len(header.cells)) for row in rows)
    return CsvTable(name, header, tuple(row for row in fitting if row is not None))


def _rows(intake: Intake, name: str, text: str) -> Iterator[CsvRow]:
    """Yield the rows that are not blank; what is no CSV is noted and passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for _ in range(MOST_ROWS + 1):
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            intake.add("input.csv", Place(file=name, line=line), reason=str(error))
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield CsvRow(line, tuple(cells))
    intake.add("input.too-many", Place(file=name, line=reader.line_num), limit=MOST_ROWS)


def _fitted(intake: Intake, name: str, row: CsvRow, width: int) -> CsvRow | None:
    """Return the row with a cell for every column, or None with a problem noted."""
    cells = row.cells
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    place = Place(file=name, line=row.line, row=cells[0].strip() or None, quote=",".join(cells))
    if len(cells) != width or width > MOST_FIELDS:
        intake.add("input.csv-fields", place, found=len(row.cells), expected=width)
        return None
    if any(len(cell) > LONGEST_FIELD for cell in cells):
        intake.add("input.too-long", place, limit=LONGEST_FIELD)
        return None
    return CsvRow(row.line, cells)


def _without_blank_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]
