"""Tell the cells of forms that no rule touches: a slip in such a cell would go unnoticed.

A cell is touched when an assertion names it, alone or in a sum. Rows that are codes count as one kind of row:
a rule about a single code does not cover the others. What has no arithmetic is declared `free` in its form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from hengjian.kernel import PackFault
from hengjian.packs import Library, Standards
from hengjian.packs.schema import Form, Row
from hengjian.rules.bind import Binding, BoundRule, bind_rule
from hengjian.rules.lint import bindings
from hengjian.rules.syntax import CellRef, CurrentRow, NamedRow, Parts, Reference, references

PART_MARK = "其中"
"""What the caption of a row begins with that is a part of another."""

_Kind: TypeAlias = tuple[str, str | None, str]
"""Form, fixed row (None: every row that is a code) and column."""


def lint_coverage(subject: Standards | Library) -> tuple[PackFault, ...]:
    """Return a fault for each row of a form with a cell that no rule touches, in any year of its use.

    A row that is a part of another must also stand in a rule with it, and a row printed as 其中 must say of
    which row it is a part. Rules with faults touch nothing. Cost: some tenths of a second for all packs.
    """
    if isinstance(subject, Standards):
        bound = tuple(bind_rule(rule, subject) for rule in subject.rules.values())
        return tuple(sorted(set(_faults(subject, bound))))
    faults: set[PackFault] = set()
    seen: set[tuple[int, ...]] = set()
    for standards, pairs in bindings(subject):
        bound = tuple(binding for _, binding in pairs)
        key = (*map(id, standards.forms.values()), *map(id, bound))
        if key not in seen:
            seen.add(key)
            faults.update(_faults(standards, bound))
    return tuple(sorted(faults))


def _faults(standards: Standards, bindings_: Iterable[Binding]) -> Iterator[PackFault]:
    touched: set[_Kind] = set()
    tied: set[tuple[str, str]] = set()
    for binding in bindings_:
        if binding.bound is not None:
            touched.update(_touched(binding.bound))
            tied.update(_tied(binding.bound))
    for form in standards.forms.values():
        for message in (*_untouched(form, touched), *_loose_parts(form, tied)):
            yield PackFault(*form.source, f"{form.form}: {message}")


# What a rule touches


def _touched(bound: BoundRule) -> Iterator[_Kind]:
    """Yield the cells that the assertion of a rule names, by the kind of their row."""
    for ref in references(bound.assertion):
        form = bound.forms[str(ref.form)]
        columns = (ref.column,) if ref.column is not None else bound.columns
        for row in _kinds(bound, form, ref):
            for column in columns:
                yield (form.form, row, column)


def _kinds(bound: BoundRule, form: Form, ref: Reference) -> Iterator[str | None]:
    if not isinstance(ref, CellRef):
        if isinstance(ref.rows, Parts):
            yield from (row.id for row in form.rows if row.of_which == ref.rows.of)
        else:
            yield None
    elif isinstance(ref.row, NamedRow):
        yield ref.row.id
    elif isinstance(ref.row, CurrentRow):
        own = bound.form
        if bound.rule.each == "row":
            yield from (row.id for row in form.rows if own is None or own.row(row.id) is not None)
        if form.code_rows is not None and own is not None and own.code_rows is not None:
            yield None


def _tied(bound: BoundRule) -> Iterator[tuple[str, str]]:
    """Yield the form and id of each row that a rule adds to the other parts or holds against the whole."""
    named: set[tuple[str, str]] = set()
    for ref in references(bound.assertion):
        if not isinstance(ref, CellRef) or isinstance(ref.row, NamedRow):
            form = bound.forms[str(ref.form)]
            rows = [(form.form, row) for row in _kinds(bound, form, ref) if row is not None]
            named.update(rows)
            if not isinstance(ref, CellRef):
                yield from rows
    for form_id, row_id in named:
        row = bound.forms[form_id].row(row_id)
        if row is not None and row.of_which is not None and (form_id, row.of_which) in named:
            yield (form_id, row_id)


# What is left


def _untouched(form: Form, touched: set[_Kind]) -> Iterator[str]:
    kinds: list[tuple[str | None, str | None]] = [(row.id, row.side) for row in form.rows if not row.free]
    if form.code_rows is not None:
        kinds.append((None, form.code_rows.side))
    for row_id, side in kinds:
        left = [
            column.id
            for column in form.columns
            if not column.free
            and form.has_cell(side, column)
            and (form.form, row_id, column.id) not in touched
        ]
        if left:
            name = "the rows of codes" if row_id is None else f"row {row_id}"
            yield f"no rule touches {name} in {', '.join(left)}; write one, or say why with free:"


def _loose_parts(form: Form, tied: set[tuple[str, str]]) -> Iterator[str]:
    for row in form.rows:
        if row.free:
            continue
        if row.of_which is None and _says_part(row):
            yield f"row {row.id} is printed as {PART_MARK} and does not say of_which row"
        if row.of_which is not None and (form.form, row.id) not in tied:
            yield f"no rule adds up or limits row {row.id} as a part of {row.of_which}"


def _says_part(row: Row) -> bool:
    return any(caption.lstrip().startswith(PART_MARK) for caption in row.captions)
