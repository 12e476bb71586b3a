"""Read a folder of facts block by block; what cannot be used is a finding and the rest goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.filing.derive import LAST_YEAR_PREFIX
from hengjian.filing.facts import CELLS, DEPARTMENTS, FACTS, Cell, Department, Integers, Mask
from hengjian.filing.intake import MOST_PROBLEMS, Intake
from hengjian.filing.sheets import row_fault, side_of
from hengjian.filing.stored import LARGEST
from hengjian.kernel import Finding, InputError, Place
from hengjian.packs.schema import Form
from hengjian.packs.standards import Standards

MOST_ROWS = 20_000_000
"""A row group of more facts is refused: it would be read into memory whole."""


@dataclass(frozen=True, slots=True)
class Block:
    """The facts of some departments: entities, the numbers of their cells, and arrays of cells × entities.

    The arrays have one row more than there are cells, which is stated by nobody. `units` and `known` have one
    column where they are the same for every entity.
    """

    entities: npt.NDArray[np.int32]
    cells: npt.NDArray[np.int32]
    values: Integers
    units: Integers
    known: Mask
    problems: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A block where it stands: file, number within it, and the first and last department."""

    path: Path
    index: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FactStore:
    """An open folder of facts: cells and departments by number, and groups of facts to be read one by one."""

    folder: Path
    cells: tuple[Cell, ...]
    departments: tuple[Department, ...]
    groups: tuple[RowGroup, ...]

    @classmethod
    def open(cls, folder: Path) -> FactStore:
        """Open a folder; raises `InputError` when a file of it is missing or of another shape."""
        cells = _table(folder / "cells.parquet", CELLS)
        departments = _table(folder / "departments.parquet", DEPARTMENTS)
        files = sorted(folder.glob("facts-*.parquet"))
        if not files:
            raise InputError("input.not-found", Place(file=str(folder / "facts-000.parquet")))
        listed = [(row["form"], row["row"], row["column"]) for row in _numbered(cells, "cell", folder)]
        twice = next((cell for cell, count in Counter(listed).items() if count > 1), None)
        if twice is not None:
            raise InputError(
                "input.duplicate", Place(file=str(folder / "cells.parquet")), name=" ".join(twice)
            )
        store = cls(
            folder,
            tuple(listed),
            tuple(
                Department(row["name"], row["code"], row["pack"], row["year"])
                for row in _numbered(departments, "entity", folder)
            ),
            tuple(group for path in files for group in _groups(path)),
        )
        store.require_whole_departments()
        return store

    def require_whole_departments(self) -> None:
        """Raise `InputError` when a department's facts stand in two blocks, and cannot be compared."""
        last = -1
        for group in self.groups:
            if group.first <= last:
                known = 0 <= group.first < len(self.departments)
                name = self.departments[group.first].name if known else str(group.first)
                raise InputError("input.fact-split", Place(file=str(group.path)), name=name)
            last = group.last

    def blocks(self) -> Iterator[Block]:
        """Read every block, in order."""
        for index in range(len(self.groups)):
            yield self.block(index)

    def block(self, index: int) -> Block:
        """Read one block; raises `InputError` when the file is damaged."""
        group = self.groups[index]

        place = Place(file=str(group.path))
        try:
            file = pq.ParquetFile(group.path)
        except (OSError, pa.ArrowException) as error:
            raise InputError("input.unreadable", place, reason=str(error)) from error

        def column(name: str) -> npt.NDArray[Any]:
            try:
                values = file.read_row_group(group.index, columns=[name], use_threads=False).column(0)
            except (OSError, pa.ArrowException) as error:
                raise InputError("input.unreadable", place, reason=str(error)) from error
            if values.null_count:
                raise InputError("input.fact-null", place, column=name)
            return np.asarray(values.to_numpy())

        return _Sorter(self, group.path.name, column, Intake(self.folder)).block()

    def groups_with(self, entity: int) -> Iterator[int]:
        """Yield the blocks that may hold a department."""
        for index, group in enumerate(self.groups):
            if group.first <= entity <= group.last:
                yield index


@dataclass(slots=True)
class _Sorter:
    """Turns the rows of a row group into a block; `column` reads one of its columns."""

    store: FactStore
    file: str
    column: Callable[[str], npt.NDArray[Any]]
    intake: Intake

    def block(self) -> Block:
        entity, cell = self.column("entity"), self.column("cell")
        square = _square(entity, cell)
        if square is not None and all(_within(found, *self._bounds(n)) for n, found in enumerate(square)):
            del entity, cell
            return self._square_block(*square)
        return self._any_block(entity, cell, self.column("value"), self.column("unit"))

    def _square_block(self, entities: npt.NDArray[np.int32], cells: npt.NDArray[np.int32]) -> Block:
        """Return the block of departments that all state the same cells.

        Columns are read and dropped one by one, which keeps the largest of them from standing side by side.
        """
        shape = (len(entities), len(cells))
        value = self.column("value")
        values = _with_nobody(value.reshape(shape))
        sound = _within(value, -LARGEST, LARGEST)
        del value
        unit = self.column("unit")
        if not (sound and _within(unit, 0, LARGEST)):
            return self._any_block(*(self.column(name) for name in FACTS.names))
        units = unit.reshape(shape)
        if bool((units == units[:1]).all()):
            units = units[:1]
        known = np.ones((1, shape[1]), np.bool_)
        return Block(entities, cells, values, _with_nobody(units), _with_nobody(known))

    def _bounds(self, number: int) -> tuple[int, int]:
        """Return the least and largest number of a department (0) or of a cell (1)."""
        return 0, len((self.store.departments, self.store.cells)[number]) - 1

    def _any_block(
        self, entity: npt.NDArray[Any], cell: npt.NDArray[Any], value: Integers, unit: Integers
    ) -> Block:
        keep = self._usable(entity, cell, value, unit)
        entity, cell, value, unit = entity[keep], cell[keep], value[keep], unit[keep]
        if len(entity) and not _rising(entity, cell):
            order = np.lexsort((cell, entity))
            entity, cell, value, unit = entity[order], cell[order], value[order], unit[order]
            first = self._first_of_each(entity, cell, unit)
            entity, cell, value, unit = entity[first], cell[first], value[first], unit[first]
        return self._scattered(entity, cell, value, unit)

    def _scattered(
        self,
        entity: npt.NDArray[np.int32],
        cell: npt.NDArray[np.int32],
        value: Integers,
        unit: Integers,
    ) -> Block:
        """Put facts that are sorted and single into arrays; some cells are not stated by all."""
        new = np.append(True, entity[1:] != entity[:-1])[: len(entity)]
        present = np.zeros(len(self.store.cells), np.bool_)
        present[cell] = True
        cells = np.flatnonzero(present).astype(np.int32)
        row, column = np.cumsum(present)[cell] - 1, np.cumsum(new) - 1
        shape = (len(cells) + 1, int(np.count_nonzero(new)))
        values, units, known = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
        values[row, column], units[row, column], known[row, column] = value, unit, True
        return Block(entity[new], cells, values, units, known, self.intake.findings())

    def _usable(
        self, entity: npt.NDArray[Any], cell: npt.NDArray[Any], value: Integers, unit: Integers
    ) -> Mask:
        """Return which rows can be used."""
        keep = np.ones(len(entity), np.bool_)
        for numbers, least, most, code in (
            (cell, *self._bounds(1), "input.fact-cell"),
            (entity, *self._bounds(0), "input.fact-entity"),
            (value, -LARGEST, LARGEST, "input.fact-too-large"),
            (unit, 0, LARGEST, "input.fact-unit"),
        ):
            if not _within(numbers, least, most):
                wrong = (numbers < least) | (numbers > most)
                self._note(code, np.flatnonzero(wrong), (entity, cell, value, unit))
                keep &= ~wrong
        return keep

    def _first_of_each(self, entity: npt.NDArray[Any], cell: npt.NDArray[Any], unit: Integers) -> Mask:
        again = np.zeros(len(entity), np.bool_)
        again[1:] = (entity[1:] == entity[:-1]) & (cell[1:] == cell[:-1])
        other = again & np.append(False, unit[1:] != unit[:-1])
        for code, which in (("input.fact-twice", again & ~other), ("input.fact-two-units", other)):
            self._note(code, np.flatnonzero(which), (entity, cell, unit, unit))
        return ~again

    def _note(self, code: str, rows: Integers, facts: tuple[npt.NDArray[Any], ...]) -> None:
        """Note what is wrong with rows; more than anybody reads are counted."""
        store, room = self.store, max(MOST_PROBLEMS - len(self.intake.problems), 0)
        for row in rows[:room]:
            entity, cell, value, unit = (int(each[row]) for each in facts)
            form, line, column = store.cells[cell] if 0 <= cell < len(store.cells) else (None, None, None)
            known = 0 <= entity < len(store.departments)
            name = store.departments[entity].name if known else str(entity)
            place = Place(file=self.file, section=name, table=form, row=line, column=column)
            self.intake.add(code, place, entity=entity, cell=cell, value=value, unit=unit)
        self.intake.unlisted += len(rows[room:])


def _within(numbers: npt.NDArray[Any], least: int, most: int) -> bool:
    return not len(numbers) or bool(numbers.min() >= least and numbers.max() <= most)


def _rising(entity: npt.NDArray[np.int32], cell: npt.NDArray[np.int32]) -> bool:
    """Tell whether facts are sorted by entity and cell, each once."""
    later = entity[1:] > entity[:-1]
    return bool((later | ((entity[1:] == entity[:-1]) & (cell[1:] > cell[:-1]))).all())


def _square(
    entity: npt.NDArray[np.int32], cell: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]] | None:
    """Return entities and cells when every entity has the same cells in the same order; None otherwise."""
    if not len(entity):
        return entity, cell
    width = int(np.searchsorted(entity, entity[0], side="right"))
    if len(entity) % width:
        return None
    cells = cell.reshape(-1, width)
    owners = entity.reshape(-1, width)
    rising = bool((np.diff(owners[:, 0]) > 0).all() and (np.diff(cells[0]) > 0).all())
    if rising and bool((owners == owners[:, :1]).all()) and bool((cells == cells[0]).all()):
        return owners[:, 0].copy(), cells[0].copy()
    return None


def _with_nobody(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return an array of entities × cells turned round, with a row of nothing below."""
    turned = np.zeros((array.shape[1] + 1, array.shape[0]), array.dtype)
    turned[:-1] = array.T
    return turned


def _groups(path: Path) -> Iterator[RowGroup]:
    try:
        metadata = pq.ParquetFile(path).metadata
    except (OSError, pa.ArrowException) as error:
        raise InputError("input.unreadable", Place(file=str(path)), reason=str(error)) from error
    _like(path, metadata.schema.to_arrow_schema(), FACTS)
    for index in range(metadata.num_row_groups):
        group = metadata.row_group(index)
        if group.num_rows > MOST_ROWS:
            limits = {"measured": str(group.num_rows), "limit": str(MOST_ROWS)}
            raise InputError("input.too-large", Place(file=str(path)), part=f"row group {index}", **limits)
        if group.num_rows:
            statistics = group.column(metadata.schema.names.index("entity")).statistics
            first, last = (statistics.min, statistics.max) if statistics else _ends(path, index)
            yield RowGroup(path, index, first, last)


def _ends(path: Path, index: int) -> tuple[int, int]:
    entities = pq.ParquetFile(path).read_row_group(index, columns=["entity"]).column(0).to_numpy()
    return int(entities.min()), int(entities.max())


def _like(path: Path, schema: pa.Schema, wanted: pa.Schema) -> None:
    for column in wanted:
        found = schema.field(column.name).type if column.name in schema.names else None
        if found != column.type:
            values = {"column": column.name, "wanted": str(column.type), "found": str(found)}
            raise InputError("input.fact-column", Place(file=str(path)), **values)


def _table(path: Path, wanted: pa.Schema) -> pa.Table:
    if not path.is_file():
        raise InputError("input.not-found", Place(file=str(path)))
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise InputError("input.unreadable", Place(file=str(path)), reason=str(error)) from error
    _like(path, table.schema, wanted)
    for name in wanted.names:
        if name != "code" and table.column(name).null_count:
            raise InputError("input.fact-null", Place(file=str(path)), column=name)
    return table


def _numbered(table: pa.Table, key: str, folder: Path) -> list[dict[str, Any]]:
    """Return the rows in the order of their numbers, which must count from 0."""
    rows = sorted(table.to_pylist(), key=lambda row: int(row[key]))
    if [row[key] for row in rows] != list(range(len(rows))):
        raise InputError("input.fact-numbers", Place(file=str(folder)), column=key)
    return rows


def unusable(cells: tuple[Cell, ...], standards: Standards) -> dict[int, tuple[str, dict[str, str]]]:
    """Return the cells, by number, that the standards do not have: finding code and its values."""
    found: dict[int, tuple[str, dict[str, str]]] = {}
    for number, (form_id, row, column) in enumerate(cells):
        form = standards.forms.get(form_id.removeprefix(LAST_YEAR_PREFIX))
        wrong = _fault(form, form_id, row, column, standards)
        if wrong is not None:
            found[number] = wrong
    return found


def _fault(
    form: Form | None, form_id: str, row: str, column: str, standards: Standards
) -> tuple[str, dict[str, str]] | None:
    if form is None:
        return "input.unknown-form", {"form": form_id, "known": "、".join(standards.forms)}
    wrong = row_fault(form, row, standards) if row else None
    found = form.column(column)
    if wrong is not None or not column:
        return wrong
    if found is None:
        known = "、".join(each.id for each in form.columns)
        return "input.unknown-column", {"form": form_id, "column": column, "known": known}
    if not form.has_cell(side_of(form, row), found):
        return "input.no-cell", {"form": form_id, "value": f"{row}/{column}"}
    return None
