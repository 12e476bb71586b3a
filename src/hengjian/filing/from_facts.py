"""Take one department out of a store of facts, as a filing."""

from __future__ import annotations

import numpy as np

from hengjian.filing.derive import LAST_YEAR_PREFIX, PROJECTS
from hengjian.filing.fact_store import FactStore, unusable
from hengjian.filing.facts import Cell, sheets_of
from hengjian.filing.model import OVERALL_FUNDS, OVERALL_INDICATORS, Entity, Filing, Kind
from hengjian.kernel import FiscalYear, InputError, Place
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
    own = {
        cell: fact
        for cell, fact in facts.items()
        if cell[0] not in _DERIVED and not cell[0].startswith(LAST_YEAR_PREFIX)
    }
    sheets = sheets_of(own, standards)
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
