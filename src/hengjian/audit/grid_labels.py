"""Evaluation forms as rows of cells, and which label of the form a cell bears."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hengjian.audit.tables import Labels, bare, distinct, own_cells, plain, words
from hengjian.documents import Cell, DocumentTree, Table
from hengjian.kernel import Place

LONGEST_LABEL = 40

_BRACKETS_BEHIND = re.compile(r"(?:\([^()]*\))+$")


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table; `cells` are those that begin in it."""

    table: Table
    number: int

    @property
    def grid(self) -> Sequence[Cell]:
        """The cell at each column, those that reach in from above included."""
        return self.table.rows[self.number]

    @property
    def cells(self) -> list[Cell]:
        """The cells that begin in the row, in print order."""
        return list(own_cells(self.grid, self.number))

    @property
    def filled(self) -> list[Cell]:
        """The cells that begin in the row and say something."""
        return [cell for cell in self.cells if cell.text.strip()]

    @property
    def shown(self) -> list[Cell]:
        """The cells that the row shows, each once."""
        return distinct(self.grid)

    def at(self, column: int) -> Cell | None:
        """Return the cell at a column, None beyond the row's end."""
        return self.grid[column] if 0 <= column < len(self.grid) else None

    def next_to(self, cell: Cell) -> Cell | None:
        """Return the cell right of another one, None at the end of the row."""
        return self.at(cell.column + cell.column_span)


class LabelBook:
    """Labels by the texts in use: a text may be that of several labels."""

    def __init__(self, labels: Labels) -> None:
        self._ids: dict[str, set[str]] = {}
        for label, texts in labels.items():
            for text in texts:
                for key in _keys(text):
                    self._ids.setdefault(key, set()).add(label)

    def ids(self, text: str) -> frozenset[str]:
        """Return the labels that a cell's text is; none for any other text."""
        if not text.strip() or len(text) > LONGEST_LABEL:
            return frozenset()
        return next((frozenset(self._ids[key]) for key in _keys(text) if key in self._ids), frozenset())

    def one_of(self, text: str, labels: Iterable[str]) -> str | None:
        """Return the first of the labels that a text is."""
        ids = self.ids(text)
        return next((label for label in labels if label in ids), None)

    def split(self, text: str, labels: Iterable[str]) -> tuple[str, str] | None:
        """Return label and rest of a cell that holds both: ``主管部门：甲局``."""
        head, mark, rest = plain_colon(text)
        label = self.one_of(head, labels) if mark else None
        return None if label is None else (label, rest)


def plain_colon(text: str) -> tuple[str, str, str]:
    """Split a text at its first colon, full-width or not.

    >>> plain_colon("主管部门：甲局")
    ('主管部门', '：', '甲局')
    """
    at = min((i for mark in "：:" if (i := text.find(mark)) >= 0), default=-1)
    return (text, "", "") if at < 0 else (text[:at].strip(), text[at], text[at + 1 :].strip())


def _keys(text: str) -> tuple[str, ...]:
    """Return what a label may be found by: whole, without ordinal, without brackets behind it."""
    whole, short = plain(text).rstrip(":"), bare(text)
    both = (whole, short, _BRACKETS_BEHIND.sub("", whole), _BRACKETS_BEHIND.sub("", short))
    return tuple(dict.fromkeys(filter(None, both)))


def place_of(
    tree: DocumentTree, table: Table, cells: Sequence[Cell], title: str | None, row: str | None = None
) -> Place:
    """Return the place of cells, with their words as the quote."""
    filled = [cell for cell in cells if cell.text.strip()]
    anchor = (filled or list(cells))[0]
    place = tree.cell_place(table, anchor, row=row)
    return replace(place, table=title or place.table, quote=words(filled) or None)
