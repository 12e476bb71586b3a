"""The identities of one department: the kernel, the engine for single filings, and peers on the same set."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.identities import Case, case_of
from benchmarks.measure import Measured, Table, progress, repeated, table
from benchmarks.peers import AbsentError, arelle_peer, libreoffice_peer, pandera_peer
from hengjian.filing.fact_store import FactStore
from hengjian.filing.facts import FactsWriter, block_of
from hengjian.kernel import FiscalYear, Outcome
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library, standards_for
from hengjian.rules import check_sheets
from hengjian.rules.kernel import FAIL, PASS, Judged, judge
from hengjian.rules.matrix import Columns
from hengjian.rules.province import ProvinceCheck
from hengjian.rules.reference import NaiveVerdict, interpret
from hengjian.synth import Order, Province, filings

PACK, YEAR = "cn/national", 2024
ITEMS = 40
_SEED = 1
KERNEL, STORED = "kernel, figures in arrays", "kernel, out of Parquet"
_PEERS = (pandera_peer, arelle_peer, libreoffice_peer)

Found = tuple[str, Measured, str]


def run() -> list[Table]:
    """Measure all on a made-up department with forty functional items, and that all find a planted fault."""
    library = load_library(data_folder("packs"))
    case = _case(library)
    faulty = case.with_fault(_widest(case))
    broken = _broken(faulty)
    if not broken or _broken(case):
        raise RuntimeError("the planted fault is not the only one")
    lines = _own(case, library)
    size = (
        f"{len(case.identities):,} linear identities of {len(case.plans)} rules, {len(case.cells):,} figures"
    )
    notes = [
        f"{size}: the same for all but the lines of all rules, which check more",
        f"all find the planted fault, which breaks {len(broken)} identities",
    ]
    for peer in _PEERS:
        progress(peer.__name__)
        try:
            met = peer.measure(case, faulty)
        except AbsentError as absent:
            notes.append(f"left out: {absent}")
            continue
        if met.broken != broken:
            raise RuntimeError(f"{peer.__name__} finds {sorted(met.broken)} broken, not {sorted(broken)}")
        lines += met.lines
    return [table("One department", lines, [KERNEL, STORED], [*notes, *_against_arelle(lines)])]


def _against_arelle(lines: Sequence[Found]) -> list[str]:
    """Say how many times as fast the kernel is, each of the two at the same work; nothing without Arelle."""
    walls = {what: measured.wall for what, measured, _ in lines}
    if arelle_peer.BOTH not in walls:
        return []
    files, memory = walls[arelle_peer.BOTH] / walls[STORED], walls[arelle_peer.ALONE] / walls[KERNEL]
    fast = f"the kernel is {files:,.0f} × as fast as Arelle out of files (load and validation)"
    return [f"{fast} and {memory:,.0f} × in memory (validation alone)"]


def _case(library: Library) -> Case:
    standards = standards_for(library, PACK, FiscalYear(YEAR))
    block = next(Province(standards, Order(1, ITEMS, _SEED)).blocks())
    return case_of(next(filings(block, standards)), standards)


def _widest(case: Case) -> tuple[str, str, str]:
    """Return the amount that most identities name."""
    counts = dict.fromkeys(case.cells, 0)
    for identity in case.identities:
        for _, cell in identity.terms:
            counts[cell] += 1
    money = (
        c
        for c in case.cells
        if (column := case.standards.forms[c[0]].column(c[2])) is not None and column.measure == "amount"
    )
    return max(money, key=counts.__getitem__)


def _broken(case: Case) -> frozenset[int]:
    """Return the numbers of the identities that do not hold, on which all of ours agree."""
    numbers = {identity.key: number for number, identity in enumerate(case.identities)}
    program, columns = case.compiled()
    outcomes = judge(program, columns).outcomes
    kernel = {
        numbers[place.plan.bound.rule.id, place.row, place.column]
        for place, outcome in zip(program.places, outcomes[:, 0], strict=True)
        if outcome == FAIL
    }
    engine = {numbers[v.rule.id, v.row, v.column] for v in case.check() if v.outcome is Outcome.FAIL}
    naive = {numbers[rule, v.row, v.column] for rule, v in _interpreted(case) if v.outcome is Outcome.FAIL}
    checked = int(np.isin(outcomes, (PASS, FAIL)).sum())
    if not kernel == engine == naive or checked != len(case.identities):
        raise RuntimeError(f"{checked} checked; broken: {kernel}, {engine}, {naive}")
    return frozenset(kernel)


def _interpreted(case: Case) -> Iterator[tuple[str, NaiveVerdict]]:
    for plan in case.plans:
        rule = plan.bound.rule
        for verdict in interpret(rule, case.standards, case.sheets):
            yield rule.id, verdict


def _own(case: Case, library: Library) -> list[Found]:
    """Measure what is ours, on the identities that peers check too and with all rules."""
    program, columns = case.compiled()
    verdicts = check_sheets(case.standards, case.sheets)
    with tempfile.TemporaryDirectory() as folder:
        with FactsWriter(Path(folder)) as writer:
            writer.add_block(*block_of([(case.filing, case.standards)]))
        store = FactStore.open(Path(folder))
        check = ProvinceCheck(store, library)
        check.block(0)

        def stored() -> Judged:
            block = store.block(0)
            return judge(program, Columns(block.values, block.units, block.known, columns.at))

        return [
            (KERNEL, repeated(lambda: judge(program, columns)), "rules compiled"),
            (STORED, repeated(stored), "facts read from the disk each time; rules compiled"),
            (f"{STORED}, all rules", repeated(lambda: check.block(0)), "verdicts that are no pass collected"),
            ("engine, sheets to verdicts", repeated(case.check), "with both sides and their figures"),
            (
                "engine, all rules",
                repeated(lambda: check_sheets(case.standards, case.sheets)),
                f"{len(verdicts):,} verdicts",
            ),
            ("naive interpreter", repeated(lambda: list(_interpreted(case))), "nothing bound or planned"),
        ]
