"""Run the cases of packs: one report a pack, with the cases that came out otherwise and the items without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hengjian.audit.pack_tests.checks import CHECKS, Bench, Check
from hengjian.audit.pack_tests.result import FaultyCaseError, Result
from hengjian.kernel import FiscalYear, Outcome, Text
from hengjian.packs import Library, Pack, load_library, resolve_standards
from hengjian.packs.load_cases import LoadedCases, load_cases
from hengjian.packs.schema import Sourced
from hengjian.packs.standards import lineage

_UNKNOWN = Text("{year}年没有这一项", "there is no such item in {year}")
_NO_CASES = Text("没有用例", "it has no cases")
_ONE_SIDED = Text("没有无法核对或不适用的用例", "no case is not evaluable or not applicable")
_UNEVALUATED = {Outcome.NOT_EVALUABLE, Outcome.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """A case that came out otherwise than stated, with its file and line; or an item that lacks cases.

    `expected` and `got` are None of an item; `got` is None when the case is faulty.
    """

    file: str
    line: int
    item: str
    expected: Outcome | None
    got: Outcome | None
    explanation: Text


@dataclass(frozen=True, slots=True)
class PackTest:
    """The test of a pack: how many items and cases it has, and what failed."""

    pack: str
    items: int
    cases: int
    failures: tuple[CaseFailure, ...]


def run_pack_tests(root: Path, pack: str | None = None) -> tuple[PackTest, ...]:
    """Run the cases of every pack under `root`, or of one.

    Raises `PackError` with the faults of packs and case files, `InputError` for an unknown pack.
    """
    library = load_library(root).require_clean()
    wanted = [lineage(library, pack)[-1]] if pack is not None else list(library.packs.values())
    loaded = load_cases(root, pack)
    return tuple(_tested(library, each, loaded) for each in wanted)


def _tested(library: Library, pack: Pack, loaded: Iterable[LoadedCases]) -> PackTest:
    files = [each for each in loaded if each.pack == pack.manifest.pack]
    failures = [failure for each in files for failure in _failures(library, each)]
    count = sum(1 for each in files for _, _, cases in each.cases.by_kind for _ in cases.stated)
    failures += _uncovered(pack, files)
    failures.sort(key=lambda failure: (failure.file, failure.line))
    return PackTest(pack.manifest.pack, sum(1 for _ in pack.items), count, tuple(failures))


def _failures(library: Library, loaded: LoadedCases) -> Iterator[CaseFailure]:
    """Yield the cases of a file that come out otherwise than they state."""
    year = FiscalYear(loaded.cases.year)
    bench = Bench(library, resolve_standards(library, loaded.pack, year))
    for kind, item_id, cases in loaded.cases.by_kind:
        item = bench.items(kind).get(item_id)
        for expected, key, material in cases.stated:
            result = _result(CHECKS[kind], item, material, bench)
            if result.outcome is not expected:
                place = (loaded.source.name, loaded.line_of((kind, item_id, *key)))
                yield CaseFailure(*place, item_id, expected, result.outcome, result.explanation)


def _result(check: Check, item: object, material: object, bench: Bench) -> Result:
    """Return what a case came to; without an outcome when it is faulty."""
    if item is None:
        return Result(None, _UNKNOWN.filled(year=bench.standards.year))
    try:
        return check(item, material, bench)
    except FaultyCaseError as fault:
        return Result(None, fault.reason)


def _uncovered(pack: Pack, files: Iterable[LoadedCases]) -> Iterator[CaseFailure]:
    """Yield the items of a pack that no case file of one of their years exercises."""
    outcomes: dict[tuple[str, str], list[tuple[FiscalYear, Outcome]]] = defaultdict(list)
    for each in files:
        for kind, item_id, cases in each.cases.by_kind:
            year = FiscalYear(each.cases.year)
            outcomes[kind, item_id] += [(year, outcome) for outcome, _, _ in cases.stated]
    for item in pack.items:
        kind = _kind(pack, item)
        known = {outcome for year, outcome in outcomes[kind, item.key] if item.holds_in(year)}
        if not known:
            yield CaseFailure(*item.source, item.key, None, None, _NO_CASES)
        elif kind == "rules" and not known & _UNEVALUATED:
            yield CaseFailure(*item.source, item.key, None, None, _ONE_SIDED)


def _kind(pack: Pack, item: Sourced) -> str:
    """Return the folder of the pack that an item stands in."""
    return item.source[0].removeprefix(f"{pack.manifest.pack}/").partition("/")[0]
