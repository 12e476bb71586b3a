"""Faults of crosswalks: whatever differs between two editions is told by exactly one change, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hengjian.kernel import FiscalYear, PackFault
from hengjian.packs.crosswalk import Change, changes_of
from hengjian.packs.load import Library, Pack
from hengjian.packs.schema import CodeItem, CodeList
from hengjian.packs.standards import Standards, resolve_standards

Items = Mapping[str, CodeItem]


def lint_crosswalks(library: Library, pack: Pack, years: Sequence[int]) -> Iterator[PackFault]:
    """Yield the faults of the crosswalks that hold for a pack's own code lists and crosswalks.

    A scheme without any crosswalk is not asked for one. Before a scheme's first edition nothing is known of
    its codes, so only the new side of a change is looked at there.
    """
    own = {item.scheme for item in pack.codes} | {walk.scheme for walk in pack.crosswalks}
    if not own:
        return
    yield from _misdated(pack, years)
    editions = {year: resolve_standards(library, pack.manifest.pack, FiscalYear(year)) for year in years}
    walked = {walk.scheme for walk in editions[years[0]].crosswalks}
    for scheme in sorted(walked & own):
        before: Items = {}
        for year, standards in editions.items():
            after = _items(standards, scheme)
            changes = tuple(changes_of(standards.crosswalks, scheme, year))
            for message in (*_unknown(changes, before, after), *_untold(changes, before, after)):
                yield PackFault(*_place(pack, scheme, year), f"{scheme} {year}: {message}")
            before = after


def _misdated(pack: Pack, years: Sequence[int]) -> Iterator[PackFault]:
    for walk in pack.crosswalks:
        if walk.edition != walk.valid_from:
            message = f"is the edition of {walk.edition} but valid from {walk.valid_from}"
            yield PackFault(*walk.source, message)
        if walk.edition not in years:
            message = f"the edition of {walk.edition} is none of {years[0]} to {years[-1]}"
            yield PackFault(*walk.source, message)


def _items(standards: Standards, scheme: str) -> Items:
    found = standards.schemes.get(scheme)
    return {} if found is None else found.items


def _place(pack: Pack, scheme: str, edition: int) -> tuple[str, int]:
    """Return the crosswalk of the edition, or else the list that lacks one."""
    for walk in pack.crosswalks:
        if (walk.scheme, walk.edition) == (scheme, edition):
            return walk.source
    items: tuple[CodeList, ...] = tuple(codes for codes in pack.codes if codes.scheme == scheme)
    return items[0].source if items else (f"{pack.manifest.pack}/pack.yaml", 1)


def _unknown(changes: tuple[Change, ...], before: Items, after: Items) -> Iterator[str]:
    """Say which codes are not in the edition that a change says they are in."""
    for change in changes:
        for code in change.old:
            if before and code not in before:
                yield f"{change.kind} from {code}, which is not in the edition before"
        for code in change.new:
            if code not in after:
                yield f"{change.kind} to {code}, which is not in the edition"


def _untold(changes: tuple[Change, ...], before: Items, after: Items) -> Iterator[str]:
    """Hold what the changes tell against what differs; a code may not be told of, or left, twice."""
    if not before:
        return
    told = [_told(change, before, after) for change in changes]
    count = Counter(code for codes in told for code in codes)
    left = Counter(code for change in changes for code in change.old)
    for change, codes in zip(changes, told, strict=True):
        if not codes:
            yield f"{change.kind} of {(change.old or change.new)[0]} tells no difference of the editions"
    for code in sorted(set(before) | set(after)):
        name_before, name_after = (items[code].name if code in items else None for items in (before, after))
        if name_before != name_after and not count[code]:
            yield f"{code} ({name_before or '—'} → {name_after or '—'}) is told by no change"
        elif count[code] > 1 or left[code] > 1:
            yield f"{code} is told of by several changes"


def _told(change: Change, before: Items, after: Items) -> set[str]:
    """Return the codes whose appearing, disappearing or other name a change tells."""
    gone = {code for code in change.old if code not in after}
    come = {code for code in change.new if code not in before}
    kept = set(change.old) if change.kind in ("renamed", "reused") else set(change.old) & set(change.new)
    named = {code for code in kept if code in before and code in after}
    return gone | come | {code for code in named if before[code].name != after[code].name}
