"""Name the cell, or the fewest cells, whose change would make failing identities hold.

A cell is a suspect when some value of it makes every failing identity of its group hold and breaks none that
holds now. Several suspects are alternatives: the identities cannot tell them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from hengjian.kernel import Amount, Figure, Measure, Outcome
from hengjian.rules.equations import Equation, Range, Region, equations_of
from hengjian.rules.figures import decimals_in
from hengjian.rules.filled import Cell, FilledForms
from hengjian.rules.slips import Grid, Slip, decimals_of, slip_towards
from hengjian.rules.verdict import Verdict

MOST_CELLS = 3
MOST_TRIED = 1000
"""Sets of cells that are tried a group; a group that needs more is left without suspects."""

Cells: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell and what it would have to say; `figure` is None when it is blank.

    `expected` is None when the identities leave the value open; `slip` is the slip of the pen that explains
    what stands there instead.
    """

    cell: Cell
    figure: Figure | None
    expected: Measure | None
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """The fewest cells whose change explains a group of failing identities.

    Suspects with the same `failing` are alternatives, the likeliest first.
    """

    corrections: tuple[Correction, ...]
    failing: tuple[Verdict, ...]

    @property
    def cells(self) -> Cells:
        """The cells, in the order of the identities."""
        return tuple(correction.cell for correction in self.corrections)


def diagnose(verdicts: Iterable[Verdict]) -> tuple[Suspect, ...]:
    """Return the suspects for every group of linear identities that fail and share cells.

    A group that no three cells explain has none. Takes all verdicts of a check: those that hold say which
    cells are right. Nothing is done where nothing fails; otherwise some milliseconds.
    """
    by_material: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        by_material.setdefault(id(verdict.material), []).append(verdict)
    return tuple(
        suspect
        for each in by_material.values()
        if any(verdict.outcome is Outcome.FAIL for verdict in each)
        for suspect in _of_one_material(each)
    )


def _of_one_material(verdicts: list[Verdict]) -> Iterator[Suspect]:
    material = verdicts[0].material
    if material is None:
        return
    equations = equations_of(verdicts)
    for group in _groups(equations):
        yield from _Search(group, equations, material.filled).suspects()


def _groups(equations: tuple[Equation, ...]) -> list[list[Equation]]:
    """Return the broken identities by what they share; a group of blanks alone is no contradiction."""
    groups: list[tuple[set[Cell], list[Equation]]] = []
    for equation in equations:
        if not equation.broken:
            continue
        cells, members = set(equation.terms), [equation]
        joined = [group for group in groups if not cells.isdisjoint(group[0])]
        groups = [group for group in groups if group not in joined]
        for others, earlier in reversed(joined):
            cells, members = cells | others, earlier + members
        groups.append((cells, members))
    return [
        members
        for _, members in groups
        if any(equation.verdict.outcome is Outcome.FAIL for equation in members)
    ]


@dataclass(slots=True)
class _Search:
    """The search for the fewest cells that explain one group; `at` are all equations by cell."""

    group: list[Equation]
    equations: tuple[Equation, ...]
    filled: FilledForms
    at: dict[Cell, list[Equation]] = field(default_factory=dict)
    grids: dict[Cell, Grid] = field(default_factory=dict)
    tries: int = MOST_TRIED

    def suspects(self) -> list[Suspect]:
        """Return the alternatives of the smallest size there is; none once too many sets were tried.

        That a cell was left blank is looked at when no stated one explains the group alone.
        """
        for equation in self.equations:
            for cell in equation.terms:
                self.at.setdefault(cell, []).append(equation)
        cells = dict.fromkeys(cell for equation in self.group for cell in equation.terms)
        stated = [cell for cell in cells if cell in self.filled.figures]
        blank = [cell for cell in cells if cell not in self.filled.figures and self._may_be_stated(cell)]
        sizes = [(1, stated), (1, blank), *((size, stated) for size in range(2, MOST_CELLS + 1))]
        for size, pool in sizes:
            found = [each for cells in self._covers(pool, size) if (each := self._explain(cells)) is not None]
            if self.tries < 0:
                return []
            if found:
                failing = tuple(equation.verdict for equation in self.group)
                found.sort(key=self._doubt)
                return [Suspect(corrections, failing) for corrections in found]
        return []

    def _may_be_stated(self, cell: Cell) -> bool:
        """Tell whether a blank cell is one that its form has and its sheet is known to lack."""
        form, row, column = cell
        sheet, found = self.filled.sheets.get(form), self.filled.forms[form].column(column)
        fixed, codes = self.filled.forms[form].row(row), self.filled.forms[form].code_rows
        side = fixed.side if fixed is not None else codes.side if codes is not None else None
        known = sheet is not None and not sheet.partial
        return known and found is not None and self.filled.forms[form].has_cell(side, found)

    # Which cells

    def _covers(self, pool: list[Cell], size: int) -> Iterator[Cells]:
        """Yield the sets of cells that have a part in every broken identity, each once."""
        seen: set[frozenset[Cell]] = set()
        for cells in self._covering(frozenset(pool), size, ()):
            if frozenset(cells) not in seen:
                seen.add(frozenset(cells))
                yield cells

    def _covering(self, pool: Collection[Cell], size: int, chosen: Cells) -> Iterator[Cells]:
        open_ = [equation for equation in self.group if equation.terms.keys().isdisjoint(chosen)]
        if len(chosen) == size:
            if not open_:
                yield chosen
            return
        choices = [
            [cell for cell in equation.terms if cell in pool and cell not in chosen]
            for equation in open_ or self.group
        ]
        everywhere = dict.fromkeys(cell for each in choices for cell in each)
        fewest = min(choices, key=len) if open_ else list(everywhere)
        last = len(chosen) + 1 == size
        for cell in fewest:
            if not last or all(cell in equation.terms for equation in open_):
                yield from self._covering(pool, size, (*chosen, cell))

    # Which values

    def _explain(self, cells: Cells) -> tuple[Correction, ...] | None:
        """Return what the cells would have to say; None when no values mend all that they are in."""
        self.tries -= 1
        if self.tries < 0:
            return None
        equations = list(dict.fromkeys(equation for cell in cells for equation in self.at[cell]))
        region = Region()
        for equation in equations:
            region.limit(*self._limits(equation, cells))
        corrections: list[Correction] = []
        for index, cell in enumerate(cells):
            within = region.range_of(index)
            if within is None:
                return None
            correction = self._correction(cell, within, self._solved(cell, cells))
            if correction is None:
                return None
            corrections.append(correction)
        return tuple(corrections)

    def _limits(
        self, equation: Equation, cells: Cells
    ) -> tuple[tuple[int, ...], Fraction | None, Fraction | None]:
        """Return between which ends the figures stated in the cells keep an equation."""
        multiples = tuple(equation.terms.get(cell, 0) for cell in cells)
        rest = equation.without(cells, self.filled.intervals)
        slack = sum(
            (abs(multiple) * self._half(cell) for multiple, cell in zip(multiples, cells, strict=True)),
            Fraction(0),
        )
        low, high = -rest.high - slack, -rest.low + slack
        match equation.relation:
            case "==":
                return multiples, low, high
            case "<=" | "<":
                return multiples, None, high
        return multiples, low, None

    def _solved(self, cell: Cell, cells: Cells) -> list[Fraction]:
        """Return the values that each identity asks of a cell alone, by the middles of the others."""
        others = [each for each in cells if each != cell]
        return sorted(
            -equation.without([cell], self.filled.intervals).middle / equation.terms[cell]
            for equation in self.at[cell]
            if equation.relation == "==" and equation.terms[cell] and equation.terms.keys().isdisjoint(others)
        )

    def _correction(self, cell: Cell, within: Range, solved: list[Fraction]) -> Correction | None:
        figure, grid = self.filled.figures.get(cell), self._grid(cell)
        if not solved:
            return Correction(cell, figure, None)
        wanted = solved[(len(solved) - 1) // 2]
        slip = slip_towards(figure.value, wanted, within) if figure is not None else None
        if slip is not None:
            return Correction(cell, figure, grid.measure(slip.value, slip.decimals), slip)
        value = grid.nearest(wanted, within)
        return None if value is None else Correction(cell, figure, grid.measure(value))

    def _half(self, cell: Cell) -> Fraction:
        """Return how far from the truth the cell's figure may be, now or when it is mended."""
        interval = self.filled.intervals.get(cell)
        own = Fraction(0) if interval is None else (interval.high - interval.low) / 2
        return max(own, self._grid(cell).half)

    def _grid(self, cell: Cell) -> Grid:
        """Return what the cell can state: in its unit, with the decimals that are usual around it."""
        if cell not in self.grids:
            around = [
                figure.value
                for equation in self.at[cell]
                for other in equation.terms
                if (figure := self.filled.figures.get(other)) is not None
            ]
            own = self.filled.figures.get(cell)
            model = own.value if own is not None else around[0]
            self.grids[cell] = Grid(model, _usual_decimals(model, around))
        return self.grids[cell]

    # Which first

    def _doubt(self, corrections: tuple[Correction, ...]) -> tuple[int, int, Fraction]:
        """Return how much speaks against a set: no slip explains it, a sign turns, residues remain."""
        changes = {each.cell: each.expected for each in corrections if each.expected is not None}
        unexplained = sum(each.slip is None for each in corrections)
        return unexplained, sum(map(_turns_negative, corrections)), self._residue(changes)

    def _residue(self, changes: Mapping[Cell, Measure]) -> Fraction:
        """Return by how much the identities of the cells then miss, by the middles of the figures."""
        missed = Fraction(0)
        for equation in dict.fromkeys(each for cell in changes for each in self.at[cell]):
            if equation.relation == "==":
                rest = equation.without(changes.keys(), self.filled.intervals).middle
                missed += abs(
                    sum(
                        (equation.terms.get(cell, 0) * new.interval.middle for cell, new in changes.items()),
                        rest,
                    )
                )
        return missed


def _usual_decimals(model: Measure, around: list[Measure]) -> int:
    """Return the commonest decimals, counted in the model's unit; on a tie the model's own."""
    unit = model.unit if isinstance(model, Amount) else None
    counted = Counter(decimals_in(value, unit) for value in around if type(value) is type(model))
    own = decimals_of(model)
    most = max(counted.values(), default=0)
    return own if counted[own] == most else min(each for each in counted if counted[each] == most)


def _turns_negative(correction: Correction) -> bool:
    before = correction.figure.value.interval.middle if correction.figure is not None else Fraction(0)
    after = correction.expected.interval.middle if correction.expected is not None else before
    return after < 0 <= before
