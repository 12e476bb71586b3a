"""Read a document into a filing: its tables, its self-evaluation forms and its overall targets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengjian.audit.claims import passages
from hengjian.audit.classify import entity_of, kind_of, pack_of, year_of
from hengjian.audit.evaluation_grid import projects_from_tables
from hengjian.audit.evaluation_lines import projects_from_lines
from hengjian.audit.explanation import explanation_sheet
from hengjian.audit.form_tables import sheets_from
from hengjian.audit.items import GENERAL_PUBLIC, read_items
from hengjian.audit.overall_lines import overall_from_lines
from hengjian.audit.report_projects import projects_from_report
from hengjian.audit.rubric_table import read_rubrics
from hengjian.audit.tables import reading_labels, score_table_labels
from hengjian.documents import DocumentTree, Table
from hengjian.filing import Entity, Filing, Project, Sheet
from hengjian.filing.model import Kind
from hengjian.kernel import Finding, FiscalYear, InputError, Place
from hengjian.packs import Library, Standards, standards_for

UNKNOWN_KIND = "unknown"
_AMOUNT = re.compile(r"-?[\d,]+\.\d{2,}")
_FILED_AS: dict[str, Kind] = {
    "budget": "budget",
    "final_accounts": "final_accounts",
    "self_evaluation": "self_evaluation",
    "targets": "budget",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document as a filing, with what it was taken for and the findings of reading it."""

    filing: Filing
    standards: Standards
    kind: str
    findings: tuple[Finding, ...]


def resolve(
    tree: DocumentTree, library: Library, pack: str | None = None, year: int | None = None
) -> Resolved:
    """Resolve a document under a pack and year, by default those that the text speaks of.

    Raises `InputError` when no year is stated and none is given, or the pack is unknown.
    """
    place = Place(file=tree.path)
    stated = year if year is not None else year_of(tree)
    if stated is None:
        raise InputError("input.no-year", place)
    fiscal_year = FiscalYear(stated)
    standards = standards_for(library, pack or pack_of(tree, library), fiscal_year)
    labels = reading_labels(library)
    kind = kind_of(tree)
    tables = sheets_from(tree, standards, kind if kind in _FILED_AS else None)
    grids = projects_from_tables(tree, standards, labels)
    projects, overall = grids.projects, grids.overall
    if tree.wrapped or not projects:  # a form may be in lines where the rest is not
        projects += projects_from_lines(tree, labels, standards.vocabulary)
        overall = overall or overall_from_lines(tree, labels, standards.vocabulary)
    projects = projects or projects_from_report(tree, standards)
    sheets = dict(tables.sheets)
    rubrics = read_rubrics(tree, score_table_labels(library))
    findings = [
        *tables.findings,
        *grids.findings,
        *rubrics.findings,
        *_unread(tree, tables.unmatched, grids.tables + rubrics.tables),
    ]
    if kind == "final_accounts":
        findings += _read_text(tree, standards, sheets)
    filing = Filing(
        entity=Entity(entity_of(tree) or _implementer(projects)),
        year=fiscal_year,
        pack=standards.pack,
        kind=_FILED_AS.get(kind, "final_accounts"),
        sheets=sheets,
        projects=projects,
        overall=overall,
        rubric_scores=rubrics.scores,
        stated_total=rubrics.total,
        total_place=rubrics.total_place,
        place=place,
    )
    return Resolved(filing, standards, kind, tuple(findings))


def _unread(tree: DocumentTree, unmatched: Sequence[Table], read: Sequence[Table]) -> Iterator[Finding]:
    """One finding for the tables that hold figures and were taken for nothing known."""
    lines = {table.line for table in read}
    left = [table for table in unmatched if table.line not in lines and _states_figures(table)]
    if left:
        names = "、".join(f"“{table.caption or table.cells[0].text.strip()[:20]}”" for table in left[:8])
        yield Finding.of("table.unmatched", tree.place(left[0]), count=len(left), names=names)


def _states_figures(table: Table) -> bool:
    return any(_AMOUNT.fullmatch(cell.text.strip()) for cell in table.cells)


def _implementer(projects: tuple[Project, ...]) -> str:
    """Return the unit that most of the forms name as theirs."""
    named = Counter(text for project in projects if (text := project.texts.get("unit_stamp", "").strip()))
    return named.most_common(1)[0][0] if named else ""


def _read_text(tree: DocumentTree, standards: Standards, sheets: dict[str, Sheet]) -> tuple[Finding, ...]:
    """Add what the text of final accounts states to the sheets, beside the tables that are there."""
    stated = passages(tree)
    items = read_items(stated, standards, sheets.get(GENERAL_PUBLIC), tree.path)
    for sheet in (explanation_sheet(stated, standards, tree.path), items.sheet):
        if sheet is not None:
            sheets.setdefault(sheet.form, sheet)
    return items.findings
