"""The reader of xlsx workbooks that were published: what the sheets show."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from hengjian.documents.book import Cell, Position, Range, Tab, address, book_of
from hengjian.documents.bounds import BOUNDS, Bounds
from hengjian.documents.builder import TreeBuilder
from hengjian.documents.cell_text import cell_text
from hengjian.documents.sheet_tables import SheetLines, Shown, disjoint
from hengjian.documents.tree import DocumentTree
from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place

_UNREAD = {"error": "input.cell-error", "uncalculated": "input.cell-uncalculated"}
_MOST_NAMED = 50
"""Cells that could not be read are named one by one up to so many on a sheet."""


def read_xlsx(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read the bytes of an xlsx: each visible sheet a section, its figures as their formats show them.

    Raises InputError when the file is damaged or over a bound.
    """
    return tabs_tree(book_of(data, path, bounds), path, sha256, "xlsx", bounds)


def tabs_tree(tabs: Sequence[Tab], path: str, sha256: str, kind: str, bounds: Bounds) -> DocumentTree:
    """Make the document of a workbook's sheets, of the format `kind`. Raises InputError over a bound."""
    problems = [problem for tab in tabs if not tab.hidden.sheet for problem in _problems(tab, path)]
    hidden = [tab.name for tab in tabs if tab.hidden.sheet]
    shown = [_shown(tab) for tab in tabs if not tab.hidden.sheet]
    made = SheetLines(path, bounds)
    builder = TreeBuilder(made.lines)
    builder.build([item for sheet in shown for item in made.items(sheet)])
    return DocumentTree(
        path=path,
        sha256=sha256,
        format=kind,
        blocks=tuple(builder.blocks),
        lines=tuple(made.lines),
        pages=None,
        wrapped=False,
        toc=tuple(builder.toc),
        problems=(*problems, *_hidden_sheets(hidden, path)),
    )


def _hidden_sheets(names: Sequence[str], path: str) -> tuple[Finding, ...]:
    """Say which sheets a workbook hides."""
    named = "、".join(f"“{name}”" for name in names)
    return (Finding.of("input.sheet-hidden", Place(file=path), names=named),) if names else ()


def _shown(tab: Tab) -> Shown:
    merges = disjoint(tab.merges)
    under = set(_under(merges, tab))
    texts = {at: text for at, cell in tab.cells.items() if at not in under and (text := _text(tab, cell))}
    return Shown(tab.name, texts, merges).without(tab.hidden.rows, tab.hidden.columns)


def _under(merges: Sequence[Range], tab: Tab) -> Iterator[Position]:
    """Yield the positions of cells that hold something but that a merged cell covers."""
    filled: dict[int, list[int]] = {}
    for row, column in sorted(tab.cells):
        filled.setdefault(row, []).append(column)
    rows = list(filled)
    for first, last in merges:
        for row in rows[bisect_left(rows, first[0]) : bisect_left(rows, last[0] + 1)]:
            columns = filled[row]
            for column in columns[bisect_left(columns, first[1]) : bisect_left(columns, last[1] + 1)]:
                if (row, column) != first:
                    yield row, column


def _text(tab: Tab, cell: Cell) -> str:
    if tab.hidden.zeros and cell.number == 0:
        return ""
    return cell_text(cell, since_1904=tab.since_1904)


def _problems(tab: Tab, path: str) -> Iterator[Finding]:
    """Name the cells that state nothing, and say how many rows and columns are hidden."""
    unread = [(at, cell) for at, cell in sorted(tab.cells.items()) if cell.kind in _UNREAD]
    for at, cell in unread[:_MOST_NAMED]:
        if at[0] not in tab.hidden.rows and at[1] not in tab.hidden.columns:
            yield Finding.of(_UNREAD[cell.kind], _place(path, tab, at), value=cell.text)
    if len(unread) > _MOST_NAMED:
        yield Finding.of("input.too-many", Place(file=path, section=tab.name), limit=_MOST_NAMED)
    rows = {row for row, _ in tab.cells} & tab.hidden.rows
    columns = {column for _, column in tab.cells} & tab.hidden.columns
    if rows or columns:
        place = Place(file=path, section=tab.name)
        yield Finding.of("input.cells-hidden", place, rows=len(rows), columns=len(columns))


def _place(path: str, tab: Tab, at: Position) -> Place:
    return Place(file=path, section=f"{tab.name} {address(at)}")
