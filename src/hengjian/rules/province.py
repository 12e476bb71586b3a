"""Check a store of facts: every identity of every department in one pass over its blocks."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hengjian.filing.fact_store import Block, FactStore, unusable
from hengjian.filing.facts import Cell
from hengjian.kernel import Finding, FiscalYear, InputError, Outcome, Place
from hengjian.packs import Library, Standards, standards_for
from hengjian.packs.schema import Rule
from hengjian.rules.check import plans_for
from hengjian.rules.kernel import FAIL, OUTCOMES, Judged, Presence, judge
from hengjian.rules.matrix import Columns
from hengjian.rules.narrow import narrowed
from hengjian.rules.program import Program, compile_rules

NO_CELL: Cell = ("", "", "")
_FEWEST_TO_CUT = 20
"""A block of fewer departments is checked sooner than the program is cut to it."""
_MOST_CUT = 16
"""Programs of blocks that are kept."""
VERDICTS = pa.schema(
    [
        ("entity", pa.int32()),
        ("rule", pa.string()),
        ("row", pa.string()),
        ("column", pa.string()),
        ("outcome", pa.string()),
        ("difference", pa.int64()),
        ("allowed", pa.int64()),
    ]
)
"""A verdict that is no pass. `difference` is left minus right and `allowed` what rounding explains, both
doubled and in the stored unit of the cells; they are null where the rule is no sum."""


@dataclass(slots=True)
class Tally:
    """How often each rule came to each outcome, and how many departments were checked."""

    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    departments: int = 0

    def add(self, other: Tally) -> None:
        """Add the counts of another part."""
        self.outcomes.update(other.outcomes)
        self.departments += other.departments

    def of(self, outcome: Outcome) -> int:
        """Return how many verdicts came to an outcome."""
        return sum(count for (_, each), count in self.outcomes.items() if each is outcome)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a block: verdicts that are no pass, counts, and what could not be used."""

    verdicts: pa.Table
    tally: Tally
    problems: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The standards of a pack and year, ready for the cells of a store.

    `unusable` are the cells that the standards do not have, by number, with what is to be said of them.
    """

    standards: Standards
    program: Program
    unusable: dict[int, tuple[str, dict[str, str]]]


@dataclass
class ProvinceCheck:
    """A store with the programs of its packs and years, each compiled once.

    Raises `InputError` for an unknown pack and `PackError` for faulty ones.
    """

    store: FactStore
    library: Library
    _prepared: dict[tuple[str, int], Prepared] = field(default_factory=dict)
    _cut: dict[tuple[int, bytes], Program] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def run(self, workers: int | None = None) -> Iterator[Checked]:
        """Check every block, in order, on as many threads as there are processors."""
        workers = workers or os.cpu_count() or 1
        waiting: deque[Future[Checked]] = deque()
        told: set[object] = set()
        with ThreadPoolExecutor(workers) as pool:
            for index in range(len(self.store.groups)):
                waiting.append(pool.submit(self.block, index))
                if len(waiting) > workers:
                    yield told_once(waiting.popleft().result(), told)
            while waiting:
                yield told_once(waiting.popleft().result(), told)

    def block(self, index: int) -> Checked:
        """Check one block of departments."""
        block = self.store.block(index)
        tally, tables = Tally(departments=len(block.entities)), []
        problems = list(block.problems)
        for prepared, chosen in self._by_standards(block):
            part = _part(block, chosen)
            problems.extend(self._unusable(part, prepared))
            program, columns = prepared.program, _columns(part, prepared.program.nobody)
            presence = Presence.of(program.tree, columns)
            if len(part.entities) >= _FEWEST_TO_CUT and not presence.has_gaps(program.tree):
                program = self._narrowed(program, columns)
            judged = judge(program, columns, presence)
            if _count(tally, program, judged):
                tables.append(_verdicts(program, judged, part.entities))
        verdicts = pa.concat_tables(tables) if tables else VERDICTS.empty_table()
        return Checked(verdicts.sort_by([("entity", "ascending")]), tally, tuple(problems))

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every rule of the packs and years of the store, by id."""
        years = dict.fromkeys((each.pack, each.year) for each in self.store.departments)
        found = (standards_for(self.library, pack, FiscalYear(year)).rules for pack, year in years)
        return {rule_id: rule for rules in found for rule_id, rule in rules.items()}

    def _unusable(self, block: Block, prepared: Prepared) -> Iterator[Finding]:
        """Yield the cells of a block that the standards do not have; they are passed over."""
        for number, (code, values) in prepared.unusable.items():
            row = int(np.searchsorted(block.cells, number))
            if row < len(block.cells) and block.cells[row] == number and block.known[row].any():
                form, line, column = self.store.cells[number]
                first = block.entities[int(np.argmax(block.known[row]))]
                name = self.store.departments[int(first)].name
                place = Place(section=name, table=form, row=line or None, column=column or None)
                yield InputError(code, place, **values).finding

    def _narrowed(self, program: Program, columns: Columns) -> Program:
        """Return the program for what is stated in a block; the next block often states the same."""
        present = np.asarray(columns.known.any(axis=1))[columns.at[: program.nobody + 1]]
        key = (id(program), present.tobytes())
        with self._lock:
            if key not in self._cut:
                while len(self._cut) >= _MOST_CUT:
                    self._cut.pop(next(iter(self._cut)))
                self._cut[key] = narrowed(program, present)
            return self._cut[key]

    def _by_standards(self, block: Block) -> Iterator[tuple[Prepared, npt.NDArray[np.int64]]]:
        chosen: dict[tuple[str, int], list[int]] = {}
        for at, entity in enumerate(block.entities):
            department = self.store.departments[int(entity)]
            chosen.setdefault((department.pack, department.year), []).append(at)
        for (pack, year), places in chosen.items():
            yield self.prepared(pack, year), np.array(places, np.int64)

    def prepared(self, pack: str, year: int) -> Prepared:
        """Return the program for every usable cell of the store, compiled once a pack and year."""
        with self._lock:
            if (pack, year) not in self._prepared:
                standards = standards_for(self.library, pack, FiscalYear(year))
                bad = unusable(self.store.cells, standards)
                cells = [NO_CELL if number in bad else cell for number, cell in enumerate(self.store.cells)]
                program = compile_rules(plans_for(standards), standards, cells)
                self._prepared[pack, year] = Prepared(standards, program, bad)
            return self._prepared[pack, year]


def told_once(checked: Checked, told: set[object]) -> Checked:
    """Leave out what an earlier block has told of the same cell of the standards."""
    new: list[Finding] = []
    for problem in checked.problems:
        key = (problem.code, problem.place if problem.place.file else replace(problem.place, section=None))
        if key not in told:
            told.add(key)
            new.append(problem)
    return replace(checked, problems=tuple(new))


def _columns(block: Block, nobody: int) -> Columns:
    at = np.full(nobody + 1, len(block.cells), np.int64)
    at[block.cells] = np.arange(len(block.cells))
    return Columns(block.values, block.units, block.known, np.concatenate([at, at[:-1]]))


def _part(block: Block, chosen: npt.NDArray[np.int64]) -> Block:
    """Return the block of some of the departments."""
    if len(chosen) == len(block.entities):
        return block
    columns = Columns(block.values, block.units, block.known, chosen).part(chosen)
    return Block(block.entities[chosen], block.cells, columns.values, columns.units, columns.known)


def _count(tally: Tally, program: Program, judged: Judged) -> bool:
    """Count the outcomes of every rule; tells whether any is no pass."""
    found = [judged.outcomes == number for number in range(1, len(OUTCOMES))]
    lacking = False
    for group in program.groups:
        rule, size = group.plan.bound.rule.id, judged.outcomes[group.places].size
        counts = [int(np.count_nonzero(each[group.places])) for each in found]
        for outcome, count in zip(OUTCOMES, (size - sum(counts), *counts), strict=True):
            if count:
                tally.outcomes[rule, outcome] += count
        lacking = lacking or any(counts[FAIL - 1 :])
    return lacking


def _verdicts(program: Program, judged: Judged, entities: npt.NDArray[np.int32]) -> pa.Table:
    """Return the verdicts that are no pass."""
    places, departments = np.nonzero(judged.outcomes >= FAIL)
    shape = judged.outcomes.shape
    difference, slack = (
        np.broadcast_to(each, shape)[places, departments]
        for each in (judged.sums.difference, judged.sums.slack)
    )
    odd = {n for g in program.groups if g.ratio or g.alone for n in range(g.places.start, g.places.stop)}
    unsummed = np.array([place in odd for place in places.tolist()], np.bool_)
    instances = [program.places[place] for place in places.tolist()]
    columns = [
        pa.array(entities[departments]),
        pa.array([each.plan.bound.rule.id for each in instances], pa.string()),
        pa.array([each.row for each in instances], pa.string()),
        pa.array([each.column for each in instances], pa.string()),
        pa.array([OUTCOMES[code].value for code in judged.outcomes[places, departments]], pa.string()),
        pa.array(difference, mask=unsummed),
        pa.array(slack, mask=unsummed),
    ]
    return pa.table(columns, schema=VERDICTS)
