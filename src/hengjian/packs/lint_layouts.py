"""Faults of layouts: labels without words, values that no filing has, rows that do not fill the grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hengjian.kernel import FiscalYear, PackFault
from hengjian.packs.layout import LISTS, Band, Layout, Line, values_of
from hengjian.packs.load import Library, Pack
from hengjian.packs.schema import Form
from hengjian.packs.standards import Standards, resolve_standards

_FIGURE = re.compile(r"funds\[(?P<row>[a-z0-9_.]+)\]\.(?P<column>[a-z0-9_]+)")
_ROOM = {"landscape": 265, "portrait": 180}
"""Millimetres that an A4 page leaves between its margins, and a little more for rounding."""
_FUNDS = {"department": "performance.overall_funds"}
_PROJECT_FUNDS = "performance.funds"


def lint_layouts(library: Library, pack: Pack, years: range) -> Iterator[PackFault]:
    """Yield every fault of a pack's layouts in the years given."""
    for layout in pack.layouts:
        faults = [*_unknown_values(layout), *_misfits(layout)]
        for year in years:
            if layout.holds_in(FiscalYear(year)):
                standards = resolve_standards(library, pack.manifest.pack, FiscalYear(year))
                faults += [*_unworded(layout, standards), *_unknown_figures(layout, standards)]
        for message in dict.fromkeys(faults):
            yield PackFault(*layout.source, f"{layout.layout}: {message}")


def _unworded(layout: Layout, standards: Standards) -> Iterator[str]:
    wording = standards.wordings.get(layout.wording)
    if wording is None:
        yield f"there is no wording {layout.wording}"
        return
    for label in sorted(layout.labels - wording.labels.keys()):
        yield f"the wording {layout.wording} has no label {label}"


def _named(layout: Layout) -> Iterator[tuple[str, Line | None]]:
    """Yield every value that the form names, with its row; None for what it needs."""
    for need in layout.needs:
        yield need, None
    for line in layout.lines:
        yield from ((cell.value, line) for cell in line.cells if cell.value is not None)


def _unknown_values(layout: Layout) -> Iterator[str]:
    lists = frozenset({*LISTS[layout.subject], "funds"})
    for value, line in _named(layout):
        own = values_of(layout.subject)
        known = own | (lists if line is None else values_of(layout.subject, line.each))
        if value not in known and _FIGURE.fullmatch(value) is None:
            yield f"{value} is no value"
    for line in layout.lines:
        if line.each is not None and line.each not in LISTS[layout.subject]:
            yield f"a form of a {layout.subject} has no list of {line.each}"


def _unknown_figures(layout: Layout, standards: Standards) -> Iterator[str]:
    form: Form | None = standards.forms.get(_FUNDS.get(layout.subject, _PROJECT_FUNDS))
    for value, line in _named(layout):
        match = _FIGURE.fullmatch(value)
        if match is None:
            continue
        of = standards.forms.get(_PROJECT_FUNDS) if line is not None and line.each == "projects" else form
        if of is None or of.row(match["row"]) is None or of.column(match["column"]) is None:
            yield f"{value} is no cell of a form"


def _misfits(layout: Layout) -> Iterator[str]:
    if sum(layout.widths) > _ROOM[layout.page]:
        yield f"the columns are wider than a page in {layout.page}"
    for number, table in enumerate(layout.tables, 1):
        for part in table:
            rows, side = (part.rows, 1) if isinstance(part, Band) else ((part,), 0)
            if side:
                yield from _unfilled(rows, len(layout.widths) - side, number)
        plain = [part for part in table if isinstance(part, Line)]
        yield from _unfilled(plain, len(layout.widths), number)


def _unfilled(rows: Sequence[Line], width: int, table: int) -> Iterator[str]:
    """Yield the rows whose cells, with those that reach in from above, do not make up the width."""
    hanging: list[tuple[int, int]] = []
    for line in rows:
        reaching = sum(columns for columns, _ in hanging)
        taken = reaching + sum(cell.columns for cell in line.cells)
        if taken != width:
            first = next((cell.head or cell.value or cell.text for cell in line.cells), None)
            yield f"table {table}: the row of {first} fills {taken} of {width} columns"
        hanging = [(columns, left - 1) for columns, left in hanging if left > 1]
        hanging += [
            (cell.columns, cell.rows - 1)
            for cell in line.cells
            if isinstance(cell.rows, int) and cell.rows > 1
        ]
    if hanging:
        yield f"table {table}: a cell reaches below the last row"
