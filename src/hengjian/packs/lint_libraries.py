"""Faults of indicator libraries: doubled ids, unknown ledgers, unfit targets and units, bad formulas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from hengjian.kernel import FiscalYear, PackFault
from hengjian.packs.formula import Formula
from hengjian.packs.indicator_library import FUNDS, IndicatorLibrary, LibraryIndicator
from hengjian.packs.load import Library, Pack
from hengjian.packs.schema import Vocabulary
from hengjian.packs.standards import Standards, resolve_standards

_RATES = ("率", "比例", "占比", "比重")
_PERCENT = "%"


def lint_libraries(library: Library, pack: Pack, years: Sequence[int]) -> Iterator[PackFault]:
    """Yield every fault of a pack's indicator libraries in the years given."""
    if not pack.indicator_libraries:
        return
    editions = [resolve_standards(library, pack.manifest.pack, FiscalYear(year)) for year in years]
    for each in pack.indicator_libraries:
        faults = [message for indicator in each.indicators for message in _own(each, indicator)]
        for standards in editions:
            if each.holds_in(standards.year):
                faults += _doubled(each, pack, standards.year)
                faults += _unit_faults(each, standards)
        for message in dict.fromkeys(faults):
            yield PackFault(*each.source, f"{each.library}: {message}")


def _own(library: IndicatorLibrary, of: LibraryIndicator) -> Iterator[str]:
    for ledger in of.ledgers:
        if ledger not in library.ledgers:
            yield f"{of.id} names an unknown ledger {ledger}"
    if of.target is None:
        yield f"{of.id} has an operator and no target"
    if (of.numerator is None) != (of.denominator is None):
        yield f"{of.id} has only one of numerator and denominator"
    if of.unit == _PERCENT and of.name.endswith(_RATES) and of.denominator is None:
        yield f"{of.id} is a rate without numerator and denominator"
    if of.operator == "qualitative" and of.unit is not None:
        yield f"{of.id} is qualitative and has a unit"
    if of.operator != "qualitative" and of.unit is None:
        yield f"{of.id} has no unit"
    if of.formula is not None:
        yield from _formula_faults(of.id, of.formula)
    if (of.basis is None) != (of.verified is None):
        yield f"{of.id} has only one of basis and verified"


def _formula_faults(indicator_id: str, text: str) -> Iterator[str]:
    try:
        names = Formula.parse(text).names
    except ValueError as error:
        yield f"{indicator_id} has a formula that cannot be read: {error}"
        return
    for name in sorted(set(names) - FUNDS):
        yield f"{indicator_id} has a formula of {name}, which is none of {', '.join(sorted(FUNDS))}"


def _doubled(library: IndicatorLibrary, pack: Pack, year: FiscalYear) -> Iterator[str]:
    """Yield ids given twice, or by another library of the pack too: neither would override the other."""
    ids = Counter(indicator.id for indicator in library.indicators)
    others: dict[str, str] = defaultdict(str)
    for other in pack.indicator_libraries:
        if other.library != library.library and other.holds_in(year):
            others.update({indicator.id: other.library for indicator in other.indicators})
    for indicator_id, count in ids.items():
        if count > 1:
            yield f"the id {indicator_id} is given twice"
        if indicator_id in others:
            yield f"the id {indicator_id} is also in {others[indicator_id]}"


def _unit_faults(library: IndicatorLibrary, standards: Standards) -> Iterator[str]:
    vocabulary: Vocabulary | None = standards.vocabulary
    if vocabulary is None:
        return
    known = vocabulary.all_units
    for indicator in library.indicators:
        if indicator.unit is not None and indicator.unit not in known:
            yield f"{indicator.id} has a unit that is not in the vocabulary ({indicator.unit})"
