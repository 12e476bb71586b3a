"""Read a workbook that was exported: whose it is, and what its sheets state now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hengjian.authoring.workbook.book import read_book
from hengjian.authoring.workbook.manifest import (
    MANIFEST_TAB,
    Manifest,
    Mark,
    content_digest,
    read_manifest,
)
from hengjian.authoring.workbook.sheet_reader import SheetReader, Taken
from hengjian.authoring.workbook.words import WORDS
from hengjian.documents.book import Tab
from hengjian.filing import Filing
from hengjian.filing.intake import Intake
from hengjian.kernel import Finding, InputError, Place
from hengjian.packs import Standards

_OTHER_TABS = {MANIFEST_TAB, *(WORDS["cover"][language] for language in ("zh", "en"))}
_MARK_ROWS = 20
"""How far down the hidden row of marks is looked for: rows may have been put above it."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that was read: what it was exported from, its sheets by form, and what could not be used."""

    manifest: Manifest
    sheets: dict[str, Taken]
    problems: tuple[Finding, ...]


def is_exported(path: Path) -> bool:
    """Tell whether a file is a workbook that was exported, also when its hidden sheet was removed since."""
    try:
        tabs = read_book(path)
    except InputError:
        return False
    return any(tab.name == MANIFEST_TAB or _marks(tab) for tab in tabs)


def read_workbook(path: Path, filing: Filing, standards: Standards) -> Workbook:
    """Read a workbook for a filing.

    Raises `InputError` when it is no workbook, was not exported by this program, or belongs to another
    department, year or pack; every other defect is in its `problems`.
    """
    tabs = read_book(path)
    hidden = next((tab for tab in tabs if tab.name == MANIFEST_TAB), None)
    manifest = None if hidden is None else read_manifest(hidden)
    if manifest is None:
        raise InputError("input.workbook-foreign", Place(file=str(path)))
    _check_owner(manifest, filing, str(path))
    intake = Intake(path.parent)
    if manifest.content != content_digest(filing, standards):
        intake.add("input.workbook-changed", Place(file=str(path)))
    return Workbook(manifest, _read_sheets(path, tabs, manifest, standards, intake), intake.findings())


def _check_owner(manifest: Manifest, filing: Filing, path: str) -> None:
    entity = filing.entity
    pairs = {
        "year": (manifest.year, str(filing.year.year)),
        "entity": (manifest.entity, entity.name),
        "entity-code": (manifest.code, entity.code or ""),
        "pack": (manifest.pack, filing.pack),
    }
    for key, (theirs, ours) in pairs.items():
        if theirs != ours:
            values = {"what": WORDS[key], "theirs": theirs or "—", "ours": ours or "—"}
            raise InputError("input.workbook-other", Place(file=path), **values)


def _read_sheets(
    path: Path, tabs: tuple[Tab, ...], manifest: Manifest, standards: Standards, intake: Intake
) -> dict[str, Taken]:
    sheets: dict[str, Taken] = {}
    for tab in tabs:
        marks = _marks(tab)
        form_id = next((mark.form for mark in marks.values()), "")
        place = Place(file=str(path), section=tab.name)
        if form_id in sheets:
            intake.add("input.duplicate", place, name=tab.name)
        elif form_id in manifest.sheets and form_id in standards.forms:
            reader = SheetReader(str(path), tab, standards.forms[form_id], standards, intake)
            sheets[form_id] = reader.read(marks, manifest.sheets[form_id])
        elif tab.cells and tab.name not in _OTHER_TABS:
            intake.add("input.workbook-extra-sheet", place)
    for form_id, base in manifest.sheets.items():
        if form_id not in sheets:
            intake.add("input.workbook-missing", Place(file=str(path)), part=base.tab)
    return sheets


def _marks(tab: Tab) -> dict[int, Mark]:
    """Return what the columns of a tab are; empty when it has no row of marks."""
    rows = set(sorted({row for row, _ in tab.cells})[:_MARK_ROWS])
    found: dict[int, dict[int, Mark]] = {}
    for row, column in sorted(tab.cells):
        mark = Mark.parse(tab.text(row, column)) if row in rows else None
        if mark is not None:
            found.setdefault(row, {})[column] = mark
    return next(iter(found.values()), {})
