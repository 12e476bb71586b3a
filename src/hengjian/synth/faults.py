"""Plant known faults in a block: the slips that clerks make, each where a sum of the block must show it.

No rule is looked at: what a fault breaks is told by the sums the block was made with. A sum is broken when it
misses by more than half a unit of the last digit of each of its figures together; a slip that breaks none is
*within rounding*.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import numpy as np

from hengjian.filing.facts import Cell, Integers, Mask
from hengjian.rules.filled import is_code
from hengjian.synth.province import Block, Total

Slip: TypeAlias = Callable[[np.random.Generator, int], int | None]
"""Makes another value of a cell's printed digits; None when there is no such slip."""

_LEAST = 100
"""Faults are planted in figures of at least three digits, as 1.00万元."""
_MOST_MIXED = 10**6
"""A unit is mixed up in figures to 10,000.00万元: a larger one would not pass for a department's."""
_TRIES = 200
COLUMNS = ("entity", "name", "form", "row", "column", "true", "planted", "kind", "within_rounding")


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault, amounts in fen; `planted` is None where the figure, or its whole row, is gone."""

    entity: int
    name: str
    cell: Cell
    true: int
    planted: int | None
    kind: str
    within_rounding: bool


@dataclass(frozen=True)
class _Layout:
    """The sums of a block by the cells they hold, and the cells that each kind of slip may hit."""

    block: Block

    @cached_property
    def of_cell(self) -> dict[int, list[Total]]:
        found: dict[int, list[Total]] = defaultdict(list)
        for each in self.block.sums:
            for cell in (each.whole, *each.parts):
                found[cell].append(each)
        return found

    @cached_property
    def everywhere(self) -> list[int]:
        return sorted(self.of_cell)

    @cached_property
    def wholes(self) -> list[int]:
        return sorted({each.whole for each in self.block.sums})

    @cached_property
    def parts(self) -> list[int]:
        """Parts that leave others behind when they are gone: a blank beside nothing cannot be evaluated."""
        return sorted(
            {part for each in self.block.sums if each.tree and len(each.parts) > 1 for part in each.parts}
        )

    @cached_property
    def leaves(self) -> list[int]:
        """Those in rows without rows below them: what is below a missing row counts for the row above it."""
        cells = self.block.cells
        above = {cells[each.whole][:2] for each in self.block.sums if each.tree}
        return [place for place in self.parts if cells[place][:2] not in above and is_code(cells[place][1])]

    def row(self, place: int) -> list[int]:
        """Return the cells of the same row."""
        row = self.block.cells[place][:2]
        return [other for other, cell in enumerate(self.block.cells) if cell[:2] == row]

    def sheet(self, place: int) -> int:
        """Return the cell that says that the sheet is there and how many rows it has."""
        return self.block.cells.index((self.block.cells[place][0], "", ""))


def plant(block: Block, count: int, seed: int) -> tuple[Block, tuple[Fault, ...]]:
    """Return the block with `count` faults, one a department, and the list of them.

    The kinds come in turn. Raises ValueError when there are more faults than departments.
    """
    if count > len(block.departments):
        raise ValueError(f"{count} faults for {len(block.departments)} departments")
    rng = np.random.default_rng([seed, block.first, count])
    planting = _Planting(_Layout(block), block.values.copy(), np.ones(block.values.shape, np.bool_))
    hit = np.sort(rng.permutation(len(block.departments))[:count])
    faults = tuple(
        fault
        for number, place in enumerate(hit.tolist())
        if (fault := planting.plant(rng, place, KINDS[(block.first + number) % len(KINDS)])) is not None
    )
    known = None if planting.known.all() else planting.known
    return replace(block, values=planting.values, known=known), faults


@dataclass(frozen=True, slots=True)
class _Planting:
    layout: _Layout
    values: Integers
    known: Mask

    def plant(self, rng: np.random.Generator, place: int, kind: str) -> Fault | None:
        """Plant a fault in a department; None when it has no figure that could be mistaken so."""
        cells, slip = self._where(kind), _SLIPS.get(kind)
        for cell in rng.choice(cells, _TRIES).tolist():
            true, unit = int(self.values[place, cell]), int(self.layout.block.units[cell])
            planted = slip(rng, true // unit) if slip is not None else 0
            if true < _LEAST * unit or planted is None:
                continue
            if slip is not None:
                self.values[place, cell] = planted * unit
                return self._fault(place, cell, true, planted * unit, kind)
            self._remove(place, cell, whole_row=kind == "row_missing")
            return self._fault(place, cell, true, None, kind)
        return None

    def _where(self, kind: str) -> list[int]:
        layout = self.layout
        places = {"total_off": layout.wholes, "blanked": layout.parts, "row_missing": layout.leaves}
        return places.get(kind, layout.everywhere)

    def _remove(self, place: int, cell: int, *, whole_row: bool) -> None:
        gone = self.layout.row(cell) if whole_row else [cell]
        self.values[place, gone] = 0
        self.known[place, gone] = False
        if whole_row:
            self.values[place, self.layout.sheet(cell)] -= 1

    def _fault(self, place: int, cell: int, true: int, planted: int | None, kind: str) -> Fault:
        block = self.layout.block
        broken = any(self._broken(place, each) for each in self.layout.of_cell[cell])
        name = block.departments[place].name
        return Fault(block.first + place, name, block.cells[cell], true, planted, kind, not broken)

    def _broken(self, place: int, each: Total) -> bool:
        """Tell whether a sum misses by more than its stated figures leave open."""
        members, values = [each.whole, *each.parts], self.values[place]
        missed = 2 * abs(int(values[each.whole]) - int(values[list(each.parts)].sum()))
        return missed > int(self.layout.block.units[members][self.known[place, members]].sum())


def _digit(rng: np.random.Generator, value: int) -> int | None:
    digits = list(str(value))
    at = int(rng.integers(len(digits)))
    digits[at] = str((int(digits[at]) + int(rng.integers(1, 10))) % 10)
    return int("".join(digits))


def _swapped(rng: np.random.Generator, value: int) -> int | None:
    digits = str(value)
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1]]
    if not places:
        return None
    at = int(rng.choice(places))
    return int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def _off(rng: np.random.Generator, value: int) -> int | None:
    return value + int(rng.integers(1, max(value // 5, 2))) * int(rng.choice([-1, 1]))


def _mixed_unit(_: np.random.Generator, value: int) -> int | None:
    return value * 10_000 if value <= _MOST_MIXED else None


def _negative(_: np.random.Generator, value: int) -> int | None:
    return -value


_SLIPS: dict[str, Slip] = {
    "digit": _digit,
    "swapped": _swapped,
    "total_off": _off,
    "mixed_unit": _mixed_unit,
    "sign": _negative,
}
KINDS = ("digit", "swapped", "total_off", "row_missing", "mixed_unit", "blanked", "sign")
"""The kinds of faults, in the order in which they are planted."""


def shared_out(count: int, sizes: Iterable[int], departments: int) -> Iterator[int]:
    """Share faults out over blocks in proportion to their departments.

    >>> list(shared_out(5, [4, 4, 2], 10))
    [2, 2, 1]
    """
    done = 0
    for size in sizes:
        before, done = done * count // departments, done + size
        yield done * count // departments - before


def write_faults(faults: Iterable[Fault], path: Path) -> None:
    """Write the list of faults as CSV: amounts in fen, an empty `planted` where the figure is gone."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for each in faults:
            planted = "" if each.planted is None else each.planted
            within = str(each.within_rounding).lower()
            writer.writerow((each.entity, each.name, *each.cell, each.true, planted, each.kind, within))
