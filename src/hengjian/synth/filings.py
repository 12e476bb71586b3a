"""Departments of a block as filings: what a clerk keeps in a folder."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.filing import Entity, Filing
from hengjian.filing.facts import Cell, sheets_of
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
            sheets=sheets_of(_facts(block, place), standards),
        )


def _facts(block: Block, place: int) -> dict[Cell, tuple[int, int]]:
    values, units = block.values[place].tolist(), block.units.tolist()
    known = [True] * len(values) if block.known is None else block.known[place].tolist()
    facts = zip(block.cells, values, units, known, strict=True)
    return {cell: (value, unit) for cell, value, unit, held in facts if held}
