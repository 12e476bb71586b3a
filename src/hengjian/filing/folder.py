"""The folder form of a filing: plain files that a clerk, a spreadsheet and version control can hold.

::

    filing.toml                 whose filing it is, and the list of its sheets
    sheets/<form>.csv           one table a file: row, name, then the form's columns
    projects/<nn>-<code>.toml   one project a file: funds, indicators, scores, narrative cells
    targets/overall.toml        the department's overall targets
    rubric.csv                  the scored lines of the overall rubric
    inputs.csv                  what those scores follow from and no form holds
    facts.csv                   figures that no form holds
    monitoring/<month>.toml     how far the projects are at the end of a month
    rectification.csv           problems found, and what becomes of them

Without a usable ``filing.toml`` there is no filing. Every other defect is a finding in
`Filing.problems`, and the rest is read.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

from hengjian.filing.intake import Intake
from hengjian.filing.listings import read_facts, read_inputs, read_rubric_scores
from hengjian.filing.model import Entity, Filing, Kind
from hengjian.filing.monitoring import read_monitoring
from hengjian.filing.rectifications import read_rectifications
from hengjian.filing.sheets import read_sheets
from hengjian.filing.targets import read_overall, read_projects
from hengjian.filing.toml_file import Table, read_toml
from hengjian.filing.write import MANIFEST, write_filing
from hengjian.kernel import FiscalYear, InputError, Place
from hengjian.packs.load import Library
from hengjian.packs.standards import Standards, standards_for

__all__ = ["MANIFEST", "read_filing", "write_filing"]


def read_filing(folder: Path, library: Library) -> Filing:
    """Read a filing from its folder, checked against the standards of its pack and year.

    Raises `InputError` when ``filing.toml`` is missing, broken or incomplete, when its pack is not in the
    library or its year is none; every other defect is in the filing's `problems`.
    """
    if not (folder / MANIFEST).is_file():
        raise InputError("input.not-found", Place(file=str(folder / MANIFEST)))
    intake = Intake(folder)
    manifest = read_toml(intake, MANIFEST)
    entity, standards, kind = _entity(manifest), _standards(manifest, library), _kind(manifest)
    filing = Filing(
        entity=entity,
        year=standards.year,
        pack=standards.pack,
        kind=kind,
        stated_total=manifest.number("score"),
        sheets=read_sheets(intake, standards, manifest.tables("sheet")),
        projects=read_projects(intake, standards),
        overall=read_overall(intake, standards),
        rubric_scores=read_rubric_scores(intake),
        facts=read_facts(intake),
        inputs=read_inputs(intake),
        monitoring=read_monitoring(intake),
        rectifications=read_rectifications(intake),
        place=Place(file=MANIFEST),
    )
    manifest.finish()
    return replace(filing, problems=intake.findings())


def _entity(manifest: Table) -> Entity:
    table = manifest.table("entity")
    if table is None:
        raise InputError("input.missing-key", Place(file=MANIFEST), key="entity")
    entity = Entity(table.required("name"), table.stated("code"))
    table.finish()
    return entity


def _standards(manifest: Table, library: Library) -> Standards:
    year, pack = manifest.required("year"), manifest.required("pack")
    try:
        fiscal_year = FiscalYear.parse(year)
    except InputError as error:
        raise error.located(manifest.place("year")) from error
    try:
        return standards_for(library, pack, fiscal_year)
    except InputError as error:
        raise error.located(manifest.place("pack")) from error


def _kind(manifest: Table) -> Kind:
    stated = manifest.required("kind")
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        if kind == stated:
            return kind
    place = manifest.place("kind")
    raise InputError("input.unknown-value", place, key="kind", value=stated, known=" ".join(kinds))
