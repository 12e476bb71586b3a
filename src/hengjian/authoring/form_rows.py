"""From a layout and what a filing states to rows of cells: lists become rows, labels become words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hengjian.authoring.grid import Cell, Row
from hengjian.authoring.scope import Scope
from hengjian.packs.layout import Band, Layout, LayoutCell, Line, words_of
from hengjian.packs.schema import Wording

_OUTSIDE = ("left", "bottom", "right")
_COLONS = ("：", ":")


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A layout to be filled from a scope, in the words of an authority."""

    layout: Layout
    wording: Wording
    scope: Scope

    def words(self, label: str) -> str:
        """Return a label's words with the year, the month and the department's name in their places."""
        text = words_of(self.wording, label)
        for name in ("year", "month", "entity", "entity_name", "department_total"):
            if name in self.scope.values:
                text = text.replace(f"{{{name}}}", self.scope.values[name].text)
        return text

    def tables(self) -> Iterator[list[Row]]:
        """Yield the rows of each table."""
        for table in self.layout.tables:
            yield [row for part in table for row in self._part(part)]

    def _part(self, part: Band | Line) -> list[Row]:
        return self._band(part) if isinstance(part, Band) else list(self._line(part))

    def _band(self, band: Band) -> list[Row]:
        """Put one label beside rows; a row that stands again on further pages keeps its own part of it."""
        rows = [row for line in band.rows for row in self._line(line)]
        side = Cell(_broken(self.words(band.side)), "FormHead", rows=len(rows), even=True)
        if not rows[0].repeated:
            return [_led(side, rows[0]), *rows[1:]]
        above = replace(side, rows=1, without=("bottom",))
        below = Cell("", "FormHead", rows=len(rows) - 1, without=("top",))
        return [_led(above, rows[0]), _led(below, rows[1]), *rows[2:]]

    def _line(self, line: Line) -> Iterator[Row]:
        if line.each is None:
            cells = tuple(self._cell(cell, self.scope, 1) for cell in line.cells)
            yield Row(cells, line.height, line.repeated, line.keep == "next")
            return
        scopes = [item.within(self.scope) for item in self.scope.lists[line.each]]
        rows = self._each(line, scopes) if scopes else [tuple(Cell(columns=c.columns) for c in line.cells)]
        for number, cells in enumerate(rows, 1):
            last = number == len(rows)
            yield Row(cells, line.height, keep=line.keep == ("next" if last else "together"))

    def _each(self, line: Line, scopes: Sequence[Scope]) -> list[tuple[Cell, ...]]:
        """Return the rows for each item of a list; equal neighbours share a cell, blank ones do not."""
        columns: list[list[Cell | None]] = []
        shared: list[tuple[str, ...]] = [()] * len(scopes)
        for cell in line.cells:
            filled = [self._cell(cell, scope, len(scopes)) for scope in scopes]
            if cell.rows == "all":
                columns.append([filled[0], *[None] * (len(scopes) - 1)])
            elif cell.shared:
                shared = [(*key, each.text) for key, each in zip(shared, filled, strict=True)]
                columns.append(list(_joined(filled, shared)))
            else:
                columns.append(list(filled))
        rows = zip(*columns, strict=True)
        return [tuple(cell for cell in row if cell is not None) for row in rows]

    def _cell(self, cell: LayoutCell, scope: Scope, items: int) -> Cell:
        rows = items if cell.rows == "all" else cell.rows
        return replace(self._content(cell, scope), columns=cell.columns, rows=rows)

    def _content(self, cell: LayoutCell, scope: Scope) -> Cell:
        if cell.head is not None:
            words = self.words(cell.head)
            return Cell(_broken(words) if cell.columns == 1 else words, "FormHead", even=True)
        if cell.sign is not None:
            words = self.words(cell.sign)
            return Cell(words if words.endswith(_COLONS) else f"{words}：", without=_OUTSIDE)
        if cell.text is not None:
            return Cell(scope.texts.get(cell.text, ""))
        if cell.value is None:
            return Cell()
        stated = scope.values[cell.value]
        return Cell(self._caption(scope) if cell.value == "caption" else stated.text, stated.style)

    def _caption(self, scope: Scope) -> str:
        """Return what the form calls a row of funds: its own words, else the row's."""
        label = f"funds_{scope.values['row'].text}"
        return self.words(label) if label in self.wording.labels else scope.values["caption"].text


def _joined(cells: Sequence[Cell], keys: Sequence[tuple[str, ...]]) -> Iterator[Cell | None]:
    """Join neighbours of one key; None stands for what the cell above covers."""

    def key(number: int) -> object:
        return keys[number] if cells[number].text else number

    for _, group in groupby(range(len(cells)), key=key):
        members = list(group)
        yield replace(cells[members[0]], rows=len(members))
        yield from [None] * (len(members) - 1)


def _led(side: Cell, row: Row) -> Row:
    return replace(row, cells=(side, *row.cells))


def _broken(words: str) -> str:
    """Put what a narrow head has in brackets behind it on a line of its own."""
    return words.replace("（", "\n（") if words.endswith("）") else words
