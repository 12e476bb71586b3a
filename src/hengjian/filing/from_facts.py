"""Take one department out of a store of facts, as a filing."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from hengjian.filing.derive import LAST_YEAR_PREFIX, PROJECTS
from hengjian.filing.fact_store import FactStore, unusable
from hengjian.filing.facts import Cell
from hengjian.filing.model import OVERALL_FUNDS, OVERALL_INDICATORS, Entity, Filing, Kind, Sheet
from hengjian.filing.stored import restored
from hengjian.kernel import Figure, FiscalYear, InputError, Place
from hengjian.packs.schema import Form
from hengjian.packs.standards import Standards

_DERIVED = (OVERALL_FUNDS, OVERALL_INDICATORS, PROJECTS)
"""Forms that a filing makes anew from its other parts, which facts do not hold."""


def entity_of(store: FactStore, name: str) -> int:
    """Return the number of the department of a code or name.

    Raises `InputError` when none or several have it.
    """
    found = [n for n, each in enumerate(store.departments) if name in (each.code, each.name)]
    if len(found) != 1:
        code = "input.no-department" if not found else "input.several-departments"
        raise InputError(code, Place(file=str(store.folder)), name=name, count=len(found))
    return found[0]


def filing_of(store: FactStore, entity: int, standards: Standards) -> Filing:
    """Return the filing of a department, its figures stated in the forms' units.

    What facts do not hold, such as texts and projects, is not there. Raises `InputError` when it has none.
    """
    department = store.departments[entity]
    facts = _facts(store, entity, standards)
    by_form: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
    for (form, row, column), fact in facts.items():
        if form not in _DERIVED and not form.startswith(LAST_YEAR_PREFIX):
            by_form.setdefault(form, {})[row, column] = fact
    sheets = {form: _sheet(standards.forms[form], each, standards) for form, each in by_form.items()}
    kinds = [standards.forms[form].kind for form in sheets]
    kind: Kind = "final_accounts" if kinds.count("final_accounts") * 2 > len(kinds) else "budget"
    entity_named = Entity(department.name, department.code)
    return Filing(entity_named, FiscalYear(department.year), department.pack, kind, sheets)


def _facts(store: FactStore, entity: int, standards: Standards) -> dict[Cell, tuple[int, int]]:
    bad = unusable(store.cells, standards)
    for index in store.groups_with(entity):
        block = store.block(index)
        at = int(np.searchsorted(block.entities, entity))
        if at == len(block.entities) or block.entities[at] != entity:
            continue
        known = np.broadcast_to(block.known, block.values.shape)[:-1, at]
        units = np.broadcast_to(block.units, block.values.shape)[:, at]
        return {
            store.cells[int(block.cells[row])]: (int(block.values[row, at]), int(units[row]))
            for row in np.flatnonzero(known)
            if int(block.cells[row]) not in bad
        }
    raise InputError("input.no-department", Place(file=str(store.folder)), name=str(entity), count=0)


def _sheet(form: Form, facts: dict[tuple[str, str], tuple[int, int]], standards: Standards) -> Sheet:
    partial = facts.get(("", ""), (0, 0))[1] == 1
    rows = _in_order(form, {row for row, _ in facts if row})
    names = {row: _name(form, row, standards) for row in rows}
    measures = {column.id: column.measure for column in form.columns}
    figures: dict[tuple[str, str], Figure] = {}
    for (row, column), (value, unit) in facts.items():
        if column and (measure := restored(value, unit, measures[column], form.unit)) is not None:
            figures[row, column] = Figure(form.form, row, column, measure, Place())
    return Sheet(form.form, names, figures, partial=partial)


def _in_order(form: Form, rows: set[str]) -> list[str]:
    fixed: Iterable[str] = (row.id for row in form.rows if row.id in rows)
    codes = sorted(row for row in rows if row.isdecimal())
    return [*fixed, *codes]


def _name(form: Form, row: str, standards: Standards) -> str:
    fixed = form.row(row)
    if fixed is not None or form.code_rows is None:
        return fixed.captions[0] if fixed is not None else row
    return standards.schemes[form.code_rows.scheme].items[row].name
