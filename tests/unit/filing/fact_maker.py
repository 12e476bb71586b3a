"""Small stores of facts under the demo pack, and stores put together by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.filing.facts import CELLS, DEPARTMENTS, FACTS, Cell

FORM = "demo.expenditure"
CELLS_USED: tuple[Cell, ...] = (
    (FORM, "", ""),
    (FORM, "total", "total"),
    (FORM, "total", "running"),
    (FORM, "total", "project"),
    (FORM, "101", "total"),
    (FORM, "101", "running"),
    (FORM, "102", "total"),
    (FORM, "102", "project"),
)
BALANCED = (
    (2, 0),
    *((hundredths * 10_000, 10_000) for hundredths in (900, 500, 400, 500, 500, 400, 400)),
)
"""Value and unit of each cell: 9.00 = 5.00 + 4.00 万元, running and project, each all of one class."""
Fact = tuple[int, int, int, int]


def facts(departments: int = 2, **changed: int) -> list[Fact]:
    """Return balanced facts of some departments; `changed` gives other values, as ``d1_c3=5``."""
    return [
        (entity, cell, changed.get(f"d{entity}_c{cell}", value), unit)
        for entity in range(departments)
        for cell, (value, unit) in enumerate(BALANCED)
    ]


def write_store(
    folder: Path,
    groups: Sequence[Sequence[Fact]],
    cells: Sequence[Cell] = CELLS_USED,
    departments: int = 2,
    schema: pa.Schema = FACTS,
) -> Path:
    """Write a store as another program would, one row group a list of facts."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = [{"cell": n, "form": f, "row": r, "column": c} for n, (f, r, c) in enumerate(cells)]
    pq.write_table(pa.Table.from_pylist(listed, schema=CELLS), folder / "cells.parquet")
    named = [
        {"entity": n, "name": f"第{n}图书馆", "code": f"10{n}", "pack": "demo", "year": 2022}
        for n in range(departments)
    ]
    pq.write_table(pa.Table.from_pylist(named, schema=DEPARTMENTS), folder / "departments.parquet")
    with pq.ParquetWriter(folder / "facts-000.parquet", schema) as writer:
        for group in groups:
            columns = [np.array(column, np.int64) for column in zip(*group, strict=True)]
            table = pa.table(
                [pa.array(c).cast(t) for c, t in zip(columns, schema.types, strict=True)], schema=schema
            )
            writer.write_table(table)
    return folder
