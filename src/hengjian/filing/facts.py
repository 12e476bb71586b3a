"""The figures of many departments in columns: a folder of Parquet files, written in blocks.

``cells.parquet`` numbers the cells (form, row, column), ``departments.parquet`` the departments with their
pack and year. ``facts-*.parquet`` holds a row a figure: entity, cell, value and unit (see `stored`), sorted
by entity and cell, whole departments to a row group. What a sheet has beside figures is said by cells without
a column: ``(form, "", "")`` says that the sheet is there (unit 1: it is partial), ``(form, row, "")`` that a
row is printed without a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.filing.derive import LAST_YEAR_PREFIX, derived_sheets
from hengjian.filing.model import Filing, Sheet
from hengjian.filing.stored import restored, stored
from hengjian.kernel import Figure, Place
from hengjian.packs.schema import Form
from hengjian.packs.standards import Standards

Cell: TypeAlias = tuple[str, str, str]
"""Form, row and column."""
Integers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

MOST_FACTS = 1_800_000
"""Facts of a row group: enough to be read at full speed, few enough to check within little memory."""
FACTS = pa.schema([("entity", pa.int32()), ("cell", pa.int32()), ("value", pa.int64()), ("unit", pa.int64())])
CELLS = pa.schema(
    [("cell", pa.int32()), ("form", pa.string()), ("row", pa.string()), ("column", pa.string())]
)
DEPARTMENTS = pa.schema(
    [
        ("entity", pa.int32()),
        ("name", pa.string()),
        ("code", pa.string()),
        ("pack", pa.string()),
        ("year", pa.int16()),
    ]
)
_LAYOUT: dict[str, Any] = {
    "compression": "lz4",
    "use_dictionary": ["entity", "unit"],
    "column_encoding": {"cell": "DELTA_BINARY_PACKED", "value": "PLAIN"},
}


@dataclass(frozen=True, slots=True)
class Department:
    """Who filed, under which pack and for which fiscal year."""

    name: str
    code: str | None
    pack: str
    year: int


@dataclass(slots=True)
class FactsWriter:
    """Writes blocks of departments to a folder; use as a context manager.

    The folder is made; a store that is there is not written over (`FileExistsError`), and none is left behind
    when an error ends the writing.
    """

    folder: Path
    _cells: dict[Cell, int] = field(default_factory=dict)
    _departments: list[Department] = field(default_factory=list)
    _file: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / "facts-000.parquet"
        if target.exists():
            raise FileExistsError(target)
        self._file = pq.ParquetWriter(target, FACTS, **_LAYOUT)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        if error is not None:  # half a store would pass for a whole one
            (self.folder / "facts-000.parquet").unlink(missing_ok=True)
            return
        pq.write_table(self._cell_table(), self.folder / "cells.parquet")
        pq.write_table(self._department_table(), self.folder / "departments.parquet")

    def add_block(
        self,
        departments: Sequence[Department],
        cells: Sequence[Cell],
        values: Integers,
        units: Integers,
        known: Mask | None = None,
    ) -> None:
        """Add departments that share a list of cells.

        `values` is departments × cells; `units` the same or one a cell; `known` says which are stated.
        """
        ids = np.array([self._cells.setdefault(cell, len(self._cells)) for cell in cells], np.int32)
        order = np.argsort(ids)
        first = len(self._departments)
        self._departments.extend(departments)
        units = np.broadcast_to(units, values.shape)
        step = max(MOST_FACTS // max(len(cells), 1), 1)
        for start in range(0, len(departments), step):
            part = slice(start, start + step)
            columns: list[npt.NDArray[Any]] = [
                np.repeat(
                    np.arange(first + start, first + start + len(values[part]), dtype=np.int32), len(ids)
                ),
                np.tile(ids[order], len(values[part])),
                values[part][:, order].ravel(),
                units[part][:, order].ravel(),
            ]
            if known is not None:
                held = known[part][:, order].ravel()
                columns = [column[held] for column in columns]
            self._write(columns)

    def _write(self, columns: list[npt.NDArray[Any]]) -> None:
        if self._file is None:
            raise ValueError("the writer is not open")
        if len(columns[0]):
            self._file.write_table(pa.table(columns, schema=FACTS), row_group_size=len(columns[0]))

    def _cell_table(self) -> pa.Table:
        forms, rows, columns = zip(*self._cells, strict=True) if self._cells else ((), (), ())
        return pa.table([list(range(len(self._cells))), forms, rows, columns], schema=CELLS)

    def _department_table(self) -> pa.Table:
        rows = [
            {"entity": index, "name": each.name, "code": each.code, "pack": each.pack, "year": each.year}
            for index, each in enumerate(self._departments)
        ]
        return pa.Table.from_pylist(rows, schema=DEPARTMENTS)


def facts_of(sheets: Iterable[Sheet], forms: dict[str, Form]) -> dict[Cell, tuple[int, int]]:
    """Return the facts of sheets: value and unit by cell, with what is said without figures."""
    facts: dict[Cell, tuple[int, int]] = {}
    for sheet in sheets:
        form = forms[sheet.form.removeprefix(LAST_YEAR_PREFIX)]
        facts[sheet.form, "", ""] = (len(sheet.rows), int(sheet.partial))
        measures = {column.id: column.measure for column in form.columns}
        for (row, column), figure in sheet.figures.items():
            facts[sheet.form, row, column] = stored(figure.value, measures[column])
        bare = sheet.rows.keys() - {row for row, _ in sheet.figures}
        facts |= {(sheet.form, row, ""): (0, 0) for row in bare}
    return facts


def sheets_of(facts: Mapping[Cell, tuple[int, int]], standards: Standards) -> dict[str, Sheet]:
    """Return the sheets that facts say, with figures as they would be stated in each form's unit."""
    by_form: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
    for (form, row, column), fact in facts.items():
        by_form.setdefault(form, {})[row, column] = fact
    return {form: _sheet(standards.forms[form], each, standards) for form, each in by_form.items()}


def _sheet(form: Form, facts: Mapping[tuple[str, str], tuple[int, int]], standards: Standards) -> Sheet:
    place = Place(table=form.title.zh)
    names = {row: standards.row_name(form, row) for row in _in_order(form, {row for row, _ in facts if row})}
    measures = {column.id: column.measure for column in form.columns}
    figures: dict[tuple[str, str], Figure] = {}
    for (row, column), (value, unit) in facts.items():
        if column and (measure := restored(value, unit, measures[column], form.unit)) is not None:
            figures[row, column] = Figure(form.form, row, column, measure, place)
    return Sheet(form.form, names, figures, place, partial=facts.get(("", ""), (0, 0))[1] == 1)


def _in_order(form: Form, rows: set[str]) -> list[str]:
    """Return rows as forms print them: codes below the total, but above the totals of their own side."""
    side = form.code_rows.side if form.code_rows is not None else None
    below = [row.id for row in form.rows if side is not None and row.side == side]
    above = [row.id for row in form.rows if row.id not in below]
    codes = sorted(row for row in rows if form.row(row) is None)
    return [row for row in (*above, *codes, *below) if row in rows]


def block_of(
    filings: Sequence[tuple[Filing, Standards]],
) -> tuple[list[Department], list[Cell], Integers, Integers, Mask]:
    """Return filings as one block for `FactsWriter.add_block`."""
    departments = [Department(f.entity.name, f.entity.code, f.pack, f.year.year) for f, _ in filings]
    facts = [facts_of(derived_sheets(f, standards).values(), standards.forms) for f, standards in filings]
    cells = list(dict.fromkeys(cell for each in facts for cell in each))
    shape = (len(filings), len(cells))
    values, units, known = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    number = {cell: index for index, cell in enumerate(cells)}
    for index, each in enumerate(facts):
        for cell, (value, unit) in each.items():
            at = (index, number[cell])
            values[at], units[at], known[at] = value, unit, True
    return departments, cells, values, units, known
