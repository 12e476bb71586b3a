"""The made-up province: blocks of departments that share a list of cells, each with figures of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle, islice

import numpy as np

from hengjian.filing.facts import Cell, Department, Integers, Mask
from hengjian.kernel import InputError, MoneyUnit
from hengjian.packs.schema import Form
from hengjian.packs.standards import Standards
from hengjian.synth.draws import Draws
from hengjian.synth.economy import ECONOMIC, Economy, draw_economy
from hengjian.synth.forms import FILLERS
from hengjian.synth.items import FEWEST, Items, items_of
from hengjian.synth.names import KINDS, Kind, county
from hengjian.synth.pages import At, Page, Sum
from hengjian.synth.texts import CHANGING

MOST_OF_A_BLOCK = 500
GRAIN = 10_000
"""Amounts are whole hundreds of yuan, as 万元 with two decimals show them, unless rounding is wanted."""
_PUBLISHED = {MoneyUnit.YUAN: 100, MoneyUnit.WAN_YUAN: GRAIN, MoneyUnit.YI_YUAN: 10**6}
"""What a unit of the last digit is worth in fen, by the unit of a form: 元 are whole."""
_PERCENT, _COUNT = 100, 0
_FIRST_CODE = 100_001
_SCHEMES = {"functional", "economic_department"}
_KINDS_OF_FORM = ("budget", "final_accounts")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: how many departments with how many functional items each.

    `rounded` publishes amounts that are exact to the fen, so that sums of what is printed miss by a rounding
    residue; otherwise every amount is whole as it is printed.
    """

    departments: int = 60
    items: int = 40
    seed: int = 1
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Who is in a block: its number, the number of its first department, names and common items."""

    number: int
    first: int
    names: tuple[str, ...]
    items: Items


@dataclass(frozen=True, slots=True)
class Total:
    """A cell that is the sum of others, by places in a block's cells; `tree` when they are all below it."""

    whole: int
    parts: tuple[int, ...]
    tree: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Departments with the same cells: `values` and `known` are departments × cells, `units` one a cell.

    The arguments of `FactsWriter.add_block`; `first` is the number of the first department. `sums` are the
    cells that were computed from others, as places in `cells`.
    """

    first: int
    departments: tuple[Department, ...]
    cells: tuple[Cell, ...]
    values: Integers
    units: Integers
    known: Mask | None
    sums: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """Made-up departments under the standards of one pack and year."""

    standards: Standards
    order: Order

    @property
    def left_out(self) -> tuple[Form, ...]:
        """The budget and final accounts forms of the pack that nobody here knows how to fill."""
        return tuple(form for form in self._forms() if form.form not in FILLERS)

    def parts(self) -> tuple[Part, ...]:
        """Return who is in each block; a block holds departments of one kind, for these share their items.

        Raises `InputError` when the pack has no codes or forms that a department could have.
        """
        kinds, wanted = self._kinds(), self.order.departments
        size = min(max(-(-wanted // len(kinds)), 1), MOST_OF_A_BLOCK)
        counties = {kind.name: count() for kind, _ in kinds}
        found: list[Part] = []
        for first, (kind, items) in zip(range(0, wanted, size), cycle(kinds), strict=False):
            places = islice(counties[kind.name], min(size, wanted - first))
            found.append(Part(len(found), first, tuple(county(each) + kind.name for each in places), items))
        return tuple(found)

    def blocks(self) -> Iterator[Block]:
        """Yield the departments block by block; the same order gives the same blocks."""
        yield from map(self.block, self.parts())

    def block(self, part: Part) -> Block:
        """Draw the departments of one block."""
        grain = 1 if self.order.rounded else GRAIN
        draws = Draws(np.random.default_rng([self.order.seed, part.number]), len(part.names), grain)
        scheme = self.standards.schemes["economic_department"]
        economic = [code for code in ECONOMIC if code in scheme.items]
        pages = self._fill(draw_economy(draws, part.items, economic, CHANGING))
        pack, year, code = self.standards.pack, self.standards.year.year, _FIRST_CODE + part.first
        departments = tuple(
            Department(name, str(code + place), pack, year) for place, name in enumerate(part.names)
        )
        return _assembled(part.first, departments, pages)

    def _forms(self) -> list[Form]:
        return [form for form in self.standards.forms.values() if form.kind in _KINDS_OF_FORM]

    def _kinds(self) -> list[tuple[Kind, Items]]:
        """Return the kinds of departments that the pack's codes allow, with their items."""
        schemes, wanted = self.standards.schemes, max(self.order.items, FEWEST)
        forms = len(self._forms()) > len(self.left_out)
        found = [
            (kind, items)
            for kind in KINDS
            if forms and schemes.keys() >= _SCHEMES
            if (items := items_of(schemes["functional"], kind, wanted)) is not None
        ]
        if not found:
            raise InputError("input.no-items", pack=self.standards.pack, year=self.standards.year)
        return found

    def _fill(self, economy: Economy) -> list[Page]:
        pages = []
        for form in self._forms():
            filler = FILLERS.get(form.form)
            if filler is not None:
                page = Page(form)
                filler(page, economy, economy.budget if form.kind == "budget" else economy.final)
                pages.append(page)
        return pages


def _assembled(first: int, departments: tuple[Department, ...], pages: list[Page]) -> Block:
    cells: list[Cell] = []
    columns: list[Integers] = []
    units: list[int] = []
    totals: list[Total] = []
    for page in pages:
        form, places = page.form.form, {}
        printed = _printed(page.form)
        cells.append((form, "", ""))
        columns.append(np.full(len(departments), len(page.rows()), np.int64))
        units.append(0)
        for row, column in page.cells():
            places[row, column] = len(cells)
            cells.append((form, row, column))
            columns.append(published(page.values[row, column], printed[column]))
            units.append(printed[column])
        totals += (_total(each, places) for each in page.sums)
    values = np.ascontiguousarray(np.stack(columns).T)
    return Block(first, departments, tuple(cells), values, np.array(units, np.int64), None, tuple(totals))


def _total(each: Sum, places: dict[At, int]) -> Total:
    return Total(places[each.whole], tuple(places[part] for part in each.parts), each.tree)


def _printed(form: Form) -> dict[str, int]:
    """Return what a unit of the last printed digit is worth, by column."""
    units = {"amount": _PUBLISHED[form.unit], "percent": _PERCENT, "count": _COUNT}
    return {column.id: units[column.measure] for column in form.columns}


def published(values: Integers, unit: int) -> Integers:
    """Round figures to the unit they are published in, halves away from zero.

    >>> published(np.array([14_999, 15_000, -15_000]), 10_000).tolist()
    [10000, 20000, -20000]
    """
    if not unit:
        return values
    rounded: Integers = np.sign(values) * ((np.abs(values) + unit // 2) // unit * unit)
    return rounded
