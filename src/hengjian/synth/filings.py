"""Departments of a block as filings: what a clerk keeps in a folder."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.filing import Entity, Filing, Sheet
from hengjian.filing.stored import restored
from hengjian.kernel import Figure, Place
from hengjian.packs.schema import Form
from hengjian.packs.standards import Standards
from hengjian.synth.province import Block


def filings(block: Block, standards: Standards) -> Iterator[Filing]:
    """Yield each department of a block as a filing that holds its budget and its final accounts."""
    for place, department in enumerate(block.departments):
        yield Filing(
            entity=Entity(department.name, department.code),
            year=standards.year,
            pack=standards.pack,
            kind="final_accounts",
            sheets=_sheets(block, place, standards),
        )


def _sheets(block: Block, place: int, standards: Standards) -> dict[str, Sheet]:
    values, units = block.values[place].tolist(), block.units.tolist()
    known = [True] * len(values) if block.known is None else block.known[place].tolist()
    rows: dict[str, dict[str, str]] = {}
    figures: dict[str, dict[tuple[str, str], Figure]] = {}
    for (form_id, row, column), value, unit, held in zip(block.cells, values, units, known, strict=True):
        form = standards.forms[form_id]
        named = rows.setdefault(form_id, {})
        if not row or not held:
            continue
        named.setdefault(row, row_name(standards, form, row))
        measure = next(each.measure for each in form.columns if each.id == column)
        figure = restored(value, unit, measure, form.unit)
        if figure is not None:
            at = Place(table=form.title.zh)
            figures.setdefault(form_id, {})[row, column] = Figure(form_id, row, column, figure, at)
    return {
        form_id: Sheet(
            form_id, named, figures.get(form_id, {}), Place(table=standards.forms[form_id].title.zh)
        )
        for form_id, named in rows.items()
    }


def row_name(standards: Standards, form: Form, row: str) -> str:
    """Return what is printed for a row: the name of its code, or the form's own caption."""
    fixed = form.row(row)
    if fixed is not None:
        return fixed.captions[0]
    scheme = standards.schemes[form.code_rows.scheme] if form.code_rows is not None else None
    return scheme.items[row].name if scheme is not None else row
