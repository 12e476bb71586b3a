"""One code over the editions: what it was called when, what stands above it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.kernel import Code, FiscalYear, Text
from hengjian.packs.crosswalk import Step, follow
from hengjian.packs.load import Library
from hengjian.packs.schema import CodeItem, CodeList
from hengjian.packs.standards import Scheme, lineage, resolve_standards


@dataclass(frozen=True, slots=True)
class CodeVersion:
    """A name of a code in its years, with its basis: its own, or that of the list."""

    item: CodeItem
    basis: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Became:
    """What an edition did to a code, with the items that it became as that edition names them."""

    step: Step
    items: tuple[CodeItem, ...]


@dataclass(frozen=True, slots=True)
class CodeHistory:
    """A code as of its edition; `later` is what became of it up to the last edition asked for."""

    code: Code
    title: Text
    name: str
    parents: tuple[CodeItem, ...]
    versions: tuple[CodeVersion, ...]
    later: tuple[Became, ...]


def code_histories(
    library: Library, pack_id: str, code: str, *, scheme: str | None, years: tuple[int | None, int]
) -> Iterator[CodeHistory]:
    """Yield the history of a code in each scheme that has it, or in the one given.

    `years` are the edition to look at (None: the last in which the code is valid) and the one to follow the
    code to. A code that is not in the edition yields nothing. Raises `InputError` for an unknown pack.
    """
    start, end = years
    lists = [codes for pack in lineage(library, pack_id) for codes in pack.codes]
    for each in sorted({codes.scheme for codes in lists}):
        if scheme not in (None, each):
            continue
        mine = [codes for codes in lists if codes.scheme == each]
        versions = _versions(mine, code)
        if not versions:
            continue
        last = max(min(version.item.valid_to or end, end) for version in versions)
        edition = Code(each, last if start is None else start, code)
        scheme_then = _scheme(library, pack_id, edition)
        if code in scheme_then.items:
            above = (scheme_then.items[up.code] for up in reversed(edition.ancestors(scheme_then.levels)))
            yield CodeHistory(
                edition,
                mine[-1].title,
                scheme_then.items[code].name,
                tuple(above),
                versions,
                tuple(_later(library, pack_id, edition, end)),
            )


def _scheme(library: Library, pack_id: str, code: Code) -> Scheme:
    return resolve_standards(library, pack_id, FiscalYear(code.edition)).schemes[code.scheme]


def _versions(lists: list[CodeList], code: str) -> tuple[CodeVersion, ...]:
    found = [
        CodeVersion(
            item,
            codes.basis if item.basis is None else item.basis,
            codes.verified if item.verified is None else item.verified,
        )
        for codes in lists
        for item in codes.items
        if item.code == code
    ]
    return tuple(sorted(found, key=lambda version: version.item.valid_from))


def _later(library: Library, pack_id: str, code: Code, end: int) -> Iterator[Became]:
    walks = [walk for pack in lineage(library, pack_id) for walk in pack.crosswalks]
    for step in follow(walks, code.scheme, code.code, code.edition, end).steps:
        items = _scheme(library, pack_id, Code(code.scheme, step.edition, step.old)).items
        yield Became(step, tuple(items[new] for new in step.new))
