"""Bind every rule of every pack in every year, so that no fault waits for a filing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from hengjian.filing import LAST_YEAR_PREFIX
from hengjian.kernel import FiscalYear, InputError, PackError, PackFault
from hengjian.packs import Library, Standards
from hengjian.packs.cache import known_sound, mark_sound
from hengjian.packs.lint import LINT_YEARS, lint_library
from hengjian.packs.load import load_library
from hengjian.packs.schema import Rule
from hengjian.packs.standards import resolve_standards
from hengjian.rules.bind import Binding, bind_rule
from hengjian.rules.grammar import RuleSyntaxError, parse_assertion, parse_condition
from hengjian.rules.syntax import CellRef, CodeRow, Reference, references


def lint_rules(subject: Standards | Library) -> tuple[PackFault, ...]:
    """Return every fault of the rules of standards, or of a library's packs in all years they serve.

    A rule that a pack inherits is bound to that pack's own forms too; the same fault is told once, with the
    years it holds in unless these are all of the rule's. Cost: well under a second for all packs.
    """
    if isinstance(subject, Standards):
        faults = {fault for rule in subject.rules.values() for fault in bind_rule(rule, subject).faults}
        return tuple(sorted(faults))
    found: dict[tuple[PackFault, Rule], set[int]] = defaultdict(set)
    for standards, bound in bindings(subject):
        for rule, binding in bound:
            for fault in binding.faults:
                found[fault, rule].add(standards.year.year)
    return tuple(sorted([*_reserved_ids(subject), *(_in_years(*item) for item in found.items())]))


def sound_library(root: Path) -> Library:
    """Load every pack under a folder, if none has a fault of any kind.

    Raises `PackError` with every fault at once: of files, of what items name, of dates and of rules. What was
    found sound once is not looked through again. Cost: under a second, and some hundredths the next time.
    """
    library = load_library(root)
    if not known_sound(library.digest):
        faults = {*lint_library(library), *(() if library.faults else lint_rules(library))}
        if faults:
            raise PackError(tuple(sorted(faults)))
        mark_sound(library.digest)
    return library


def _reserved_ids(library: Library) -> list[PackFault]:
    return [
        PackFault(*form.source, f"{form.form}: {LAST_YEAR_PREFIX} is kept for the forms of the year before")
        for pack in library.packs.values()
        for form in pack.forms
        if form.form.startswith(LAST_YEAR_PREFIX)
    ]


Bindings: TypeAlias = tuple[tuple[Rule, Binding], ...]


def bindings(library: Library) -> Iterator[tuple[Standards, Bindings]]:
    """Yield the standards of every pack in every year with what came of binding each rule.

    Rules are bound anew only when what they name changes, so the same binding comes back year after year.
    """
    known: dict[tuple[object, ...], Binding] = {}
    for pack_id in library.packs:
        for year in LINT_YEARS:
            try:
                standards = resolve_standards(library, pack_id, FiscalYear(year))
            except (InputError, PackError):  # the pack's parents are at fault, which packs.lint tells
                break
            yield standards, tuple(_bound(standards, known))


def _bound(standards: Standards, known: dict[tuple[object, ...], Binding]) -> Iterator[tuple[Rule, Binding]]:
    for rule in standards.rules.values():
        key = (id(rule), *_dependencies(rule, standards))
        if key not in known:
            known[key] = bind_rule(rule, standards)
        yield rule, known[key]


def _dependencies(rule: Rule, standards: Standards) -> Iterator[object]:
    """Yield what the binding of a rule depends on: the forms it names and whether its codes are there."""
    yield id(standards.forms.get((rule.form or "").removeprefix(LAST_YEAR_PREFIX)))
    for ref in _references(rule):
        form = standards.forms.get((ref.form or rule.form or "").removeprefix(LAST_YEAR_PREFIX))
        yield id(form)
        if isinstance(ref, CellRef) and isinstance(ref.row, CodeRow) and form and form.code_rows:
            scheme = standards.schemes.get(form.code_rows.scheme)
            yield scheme is not None and ref.row.code in scheme.items


def _references(rule: Rule) -> Iterator[Reference]:
    try:
        yield from references(parse_assertion(rule.asserts, rule.each))
        if rule.where is not None:
            yield from references(parse_condition(rule.where, rule.each))
    except RuleSyntaxError:
        return


def _in_years(key: tuple[PackFault, Rule], years: set[int]) -> PackFault:
    fault, rule = key
    if years == {year for year in LINT_YEARS if rule.holds_in(FiscalYear(year))}:
        return fault
    span = f"{min(years)}-{max(years)}" if len(years) > 1 else str(min(years))
    return PackFault(fault.file, fault.line, f"{fault.message} ({span})")
