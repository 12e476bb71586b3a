"""The cover of a workbook: whose it is, how to fill it in, and its tables with links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.authoring.workbook.layout import Layout
from hengjian.authoring.workbook.style import Styles
from hengjian.authoring.workbook.words import HOW, WORDS
from hengjian.filing import Filing

_WIDTHS = (2, 12, 58, 26)
_LAST = 3


def write_cover(
    sheet: Any,  # noqa: ANN401 - untyped library
    styles: Styles,
    filing: Filing,
    tabs: Mapping[str, Layout],
    language: str,
) -> None:
    """Write the cover; `tabs` are the forms by the names of their sheets."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles.of("plain"))
    heading = WORDS["heading"].filled(entity=filing.entity.name, year=filing.year.year)[language]
    sheet.set_row(1, 34)
    sheet.merge_range(1, 1, 1, _LAST, heading, styles.of("title"))
    row = _write_facts(sheet, styles, filing, language)
    sheet.write_string(row, 1, WORDS["how"][language], styles.of("bold"))
    for number, text in enumerate(HOW, start=1):
        row += 1
        sheet.set_row(row, 32)
        sheet.merge_range(row, 1, row, _LAST, f"{number}. {text[language]}", styles.of("wrap"))
    _write_index(sheet, styles, tabs, row + 2, language)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"select_locked_cells": True})


def _write_facts(sheet: Any, styles: Styles, filing: Filing, language: str) -> int:  # noqa: ANN401
    facts = {
        "entity": filing.entity.name,
        "entity-code": filing.entity.code,
        "year": str(filing.year.year),
        "pack": filing.pack,
    }
    row = 3
    for key, value in facts.items():
        if value is not None:
            sheet.write_string(row, 1, WORDS[key][language], styles.of("bold"))
            sheet.write_string(row, 2, value, styles.of("plain"))
            row += 1
    return row + 1


def _write_index(
    sheet: Any,  # noqa: ANN401
    styles: Styles,
    tabs: Mapping[str, Layout],
    row: int,
    language: str,
) -> None:
    sheet.write_string(row, 1, WORDS["sheets"][language], styles.of("bold"))
    for column, key in enumerate(("number", "table", "state"), start=1):
        sheet.write_string(row + 1, column, WORDS[key][language], styles.of("head"))
    for number, (tab, layout) in enumerate(tabs.items(), start=1):
        at = row + 1 + number
        sheet.write_number(at, 1, number, styles.of("box", "center"))
        link, title = f"internal:'{tab}'!A1", layout.form.title[language]
        sheet.write_url(at, 2, link, styles.of("box", "link"), title)
        sheet.write_string(at, 3, _state(layout, language), styles.of("box"))


def _state(layout: Layout, language: str) -> str:
    sheet = layout.sheet
    if sheet is None:
        return WORDS["to-fill"][language]
    if not sheet.figures:
        return WORDS["empty"][language]
    words = WORDS["partial" if sheet.partial else "figures"]
    return words.filled(count=len(sheet.figures))[language]
