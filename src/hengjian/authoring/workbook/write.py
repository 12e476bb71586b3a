"""Write a filing as a workbook: a cover, a sheet a form, and a hidden sheet of what was exported.

The same filing gives the same bytes.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from hengjian.authoring.workbook.cover import write_cover
from hengjian.authoring.workbook.layout import Layout, lay_out
from hengjian.authoring.workbook.manifest import MANIFEST_TAB, manifest_rows
from hengjian.authoring.workbook.sheet import SheetWriter
from hengjian.authoring.workbook.style import Styles
from hengjian.authoring.workbook.words import WORDS
from hengjian.filing import Filing
from hengjian.packs import Standards
from hengjian.packs.form_set import FormOfSet

_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST_TAB = 31
_NO_TAB = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_OTHER_PARTS = "performance."


def write_workbook(filing: Filing, standards: Standards, language: str = "zh") -> bytes:
    """Return the workbook of a filing: the forms of its form set in order, then its other sheets."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": _MADE, "title": f"{filing.entity.name}{filing.year.year}"})
    book.set_calc_mode("auto")
    styles = Styles(book)
    numbers = {each.form: each.number for each in _set(filing, standards)}
    cover = book.add_worksheet(WORDS["cover"][language])
    tabs = _tabs(filing, standards)
    for tab, layout in tabs.items():
        writer = SheetWriter(book.add_worksheet(tab), styles, layout, standards, language)
        writer.write(filing, numbers.get(layout.form.form))
    write_cover(cover, styles, filing, tabs, language)
    _write_manifest(book.add_worksheet(MANIFEST_TAB), filing, standards, tabs)
    book.close()
    return target.getvalue()


def _set(filing: Filing, standards: Standards) -> tuple[FormOfSet, ...]:
    kind = "budget" if filing.kind == "budget" else "final_accounts"
    form_set = standards.form_sets.get(kind)
    return form_set.forms if form_set is not None else ()


def _tabs(filing: Filing, standards: Standards) -> dict[str, Layout]:
    """Lay out the forms by the names of their sheets: those to be published, and those there are."""
    ordered = [each.form for each in _set(filing, standards) if _is_wanted(each, filing)]
    forms = dict.fromkeys([*ordered, *filing.sheets])
    tabs: dict[str, Layout] = {}
    for form_id in forms:
        form = standards.forms.get(form_id)
        if form is not None:
            layout = lay_out(form, filing.sheets.get(form_id), standards)
            title = _NO_TAB.sub(" ", form.title.zh)
            tabs[f"{len(tabs) + 1} {title}"[:_LONGEST_TAB].rstrip()] = layout
    return tabs


def _is_wanted(entry: FormOfSet, filing: Filing) -> bool:
    """Tell whether a form of the set has a sheet; the funds of projects and targets are no sheets."""
    return entry.form in filing.sheets or not (entry.optional or entry.form.startswith(_OTHER_PARTS))


def _write_manifest(sheet: Any, filing: Filing, standards: Standards, tabs: dict[str, Layout]) -> None:  # noqa: ANN401 - untyped library
    for number, row in enumerate(manifest_rows(filing, standards, tabs)):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    sheet.very_hidden()
