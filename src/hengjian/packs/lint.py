"""Faults that only show when packs are seen together: overlaps, gaps and dangling references."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from hengjian.kernel import FiscalYear, InputError, PackError, PackFault
from hengjian.packs.lint_crosswalks import lint_crosswalks
from hengjian.packs.lint_form_sets import lint_form_sets
from hengjian.packs.lint_layouts import lint_layouts
from hengjian.packs.lint_libraries import lint_libraries
from hengjian.packs.lint_rubrics import lint_rubrics
from hengjian.packs.load import Library, Pack
from hengjian.packs.schema import CodeItem, CodeList, Form, Sourced, Wording
from hengjian.packs.standards import lineage, resolve_standards

LINT_YEARS = range(2018, 2027)
"""The fiscal years that the packs are meant to serve."""


def lint_library(library: Library) -> tuple[PackFault, ...]:
    """Return every fault of a library, those of loading included, sorted by file and line."""
    faults = list(library.faults)
    for pack in library.packs.values():
        faults.extend(_lint_pack(library, pack))
    return tuple(sorted(set(faults)))


def _lint_pack(library: Library, pack: Pack) -> Iterator[PackFault]:
    manifest_file = f"{pack.manifest.pack}/pack.yaml"
    try:
        lineage(library, pack.manifest.pack)
    except InputError as error:
        yield PackFault(manifest_file, 1, f"inherits from an unknown pack ({error.values['pack']})")
        return
    except PackError as error:
        yield from error.faults
        return
    yield from _overlaps(pack.items)
    for code_list in pack.codes:
        yield from _lint_codes(library, pack, code_list)
    for form in pack.forms:
        yield from _lint_form(library, pack, form)
    for wording in pack.wordings:
        yield from _lint_wording(wording)
    yield from lint_crosswalks(library, pack, LINT_YEARS)
    yield from lint_form_sets(library, pack, LINT_YEARS)
    yield from lint_rubrics(library, pack, LINT_YEARS)
    yield from lint_layouts(library, pack, LINT_YEARS)
    yield from lint_libraries(library, pack, LINT_YEARS)


def _fault(item: Sourced, message: str) -> PackFault:
    return PackFault(*item.source, message)


def _overlaps(items: Iterable[Sourced]) -> Iterator[PackFault]:
    by_key: dict[tuple[type, str], list[Sourced]] = defaultdict(list)
    for item in items:
        by_key[type(item), item.key].append(item)
    for (_, key), versions in by_key.items():
        ordered = sorted(versions, key=lambda item: item.valid_from)
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield _fault(later, f"{key} is valid twice in {later.valid_from}")


def _lint_codes(library: Library, pack: Pack, code_list: CodeList) -> Iterator[PackFault]:
    by_code: dict[str, list[CodeItem]] = defaultdict(list)
    for item in code_list.items:
        by_code[item.code].append(item)
        if len(item.code) not in code_list.levels:
            yield _fault(code_list, f"{item.code} has the length of no level {code_list.levels}")
    for code, versions in by_code.items():
        for earlier, later in pairwise(sorted(versions, key=lambda item: item.valid_from)):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield _fault(code_list, f"{code} is valid twice in {later.valid_from}")
    for year in LINT_YEARS:
        scheme = resolve_standards(library, pack.manifest.pack, FiscalYear(year)).schemes[code_list.scheme]
        for code in scheme.items:
            for ancestor in _ancestors(code, code_list.levels):
                if ancestor not in scheme.items:
                    yield _fault(code_list, f"{code} has no parent {ancestor} in {year}")


def _ancestors(code: str, levels: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(code[:n] for n in levels if n < len(code))


def _lint_form(library: Library, pack: Pack, form: Form) -> Iterator[PackFault]:
    for ids in ([column.id for column in form.columns], [row.id for row in form.rows]):
        for doubled in sorted({each for each in ids if ids.count(each) > 1}):
            yield _fault(form, f"the id {doubled} is given twice")
    for row in form.rows:
        if row.of_which is not None and form.row(row.of_which) is None:
            yield _fault(form, f"row {row.id} is part of an unknown row {row.of_which}")
    if form.code_rows is None and not form.rows:
        yield _fault(form, "the form has no rows")
    if form.code_rows is not None:
        year = FiscalYear(max(form.valid_from, LINT_YEARS[0]))
        if form.code_rows.scheme not in resolve_standards(library, pack.manifest.pack, year).schemes:
            yield _fault(form, f"unknown scheme {form.code_rows.scheme}")


def _lint_wording(wording: Wording) -> Iterator[PackFault]:
    for prompt in wording.prompts:
        try:
            re.compile(prompt)
        except re.error as error:
            yield _fault(wording, f"the prompt {prompt!r} is no pattern: {error}")
