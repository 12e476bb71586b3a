"""The lines of one table of an overall score, with every row that cannot be trusted named in a finding."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hengjian.audit.grid_labels import LabelBook
from hengjian.audit.rubric_columns import LEVELS, RubricHead, is_points, points
from hengjian.audit.rubric_levels import Levels, inherited, maxima_findings
from hengjian.audit.rubric_rows import RubricRow, goes_on, keys_of, read_row
from hengjian.documents import DocumentTree, Table
from hengjian.filing import RubricScore
from hengjian.kernel import Finding, Place
from hengjian.packs import squeeze

_QUOTED_CELLS, _LABEL_CELLS = 6, 3


@dataclass(slots=True)
class RubricLines:
    """A table of scored lines while it is read; it may go on in tables without a head.

    `total` is the score of its total row; `unread` tells that a row with points was not read.
    """

    tree: DocumentTree
    book: LabelBook
    head: RubricHead
    table: Table
    tables: list[Table] = field(default_factory=list)
    lines: list[RubricScore] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    total: tuple[Decimal, Place] | None = None
    unread: bool = False
    _last: RubricRow | None = None
    _ordered: bool = False
    _first: dict[str, RubricRow] = field(default_factory=dict)
    _nameless: dict[str, RubricRow] = field(default_factory=dict)
    _level1: str = ""
    _level2: str = ""
    _maxima: dict[Levels, Decimal] = field(default_factory=dict)
    _whole: tuple[Decimal, Place] | None = None
    _closed: bool = False

    def read(self, table: Table, first: int) -> None:
        """Read the rows of a table from one on; one of another width than the head's has no columns."""
        self.tables.append(table)
        head = self.head if table.width == self.table.width else None
        above = (read_row(self.table, number, None) for number in range(self.head.first))
        printed_again = {row.words for row in above if row is not None}
        for number in range(first, len(table.rows)):
            row = read_row(table, number, head)
            if row is None or row.words in printed_again:
                continue
            if self._labelled(row, "subtotal"):
                continue
            if self._labelled(row, "total"):
                self._read_total(row)
            elif not self._closed or (self.unread and all(is_points(cell.text) for cell in row.cells)):
                self._row(row)

    def finish(self) -> None:
        """Give a line that is alone under its level that level's points, and add the points up."""
        self.lines = inherited(self.lines, self._maxima)
        broken = self.unread or self._ordered
        self.findings += maxima_findings(self.lines, self._maxima, self._whole, broken=broken)

    def _row(self, row: RubricRow) -> None:
        if self.lines and self._last is not None and goes_on(row, self._last):
            self._go_on(self._last, row)
            return
        twin = self._twin(row)
        self._last = row
        self._ordered = self._ordered or row.ordered
        if twin is not None:
            self._report("input.rubric-row-repeated", row, twin)
        if not row.title:
            if twin is None:
                self._report("input.rubric-row-unnamed", row)
            self.unread = True
            return
        self._enter_levels(row)
        if row.score is None and not row.texts and list(row.names)[-1] != self.head.title:
            return  # a line across the table that heads a part of it
        if row.moved:
            self._report("input.rubric-row-shifted", row, name=row.title)
        self.lines.append(self._line(row))

    def _twin(self, row: RubricRow) -> RubricRow | None:
        """Return the row that this one repeats; two named lines are for the score sheet to tell apart."""
        unsure = self._nameless if row.title else self._first
        found = next((unsure[key] for key in keys_of(row) if key in unsure), None)
        for key in keys_of(row):
            self._first.setdefault(key, row)
            if not row.title:
                self._nameless.setdefault(key, row)
        return found if found is not None and (found.moved or row.moved) else None

    def _enter_levels(self, row: RubricRow) -> None:
        """Take over the levels that a row prints; a new one above leaves the one below it open.

        Cells that have moved say nothing of the level that is blank, nor does a table without a head.
        """
        if row.table.width != self.table.width:
            self._level1 = ""
        if row.ordered or row.names.get("level1", self._level1) != self._level1:
            self._level2 = ""
        self._level1 = row.names.get("level1", self._level1)
        if self.head.title != "level2":
            self._level2 = row.names.get("level2", self._level2)
        for levels in ((self._level1,), (self._level1, self._level2)):
            level = LEVELS[len(levels) - 1]
            if level in row.maxima and level != self.head.title:
                self._maxima.setdefault(levels, row.maxima[level])

    def _line(self, row: RubricRow) -> RubricScore:
        own = row.named or row.cells[0]
        printed = [squeeze(own.text)]
        if row.ordered:
            printed += [cell.text.strip() for cell in row.cells if is_points(cell.text)]
        else:
            printed += [cell.text.strip() for cell in row.cells if cell.column == self.head.score]
        lowest = list(row.names)[-1]
        place = self.tree.cell_place(row.table, own, row=row.title).at(quote=" ".join(printed))
        return RubricScore(
            row.title,
            self._level1 if lowest != "level1" else "",
            self._level2 if lowest == LEVELS[-1] else "",
            row.maxima.get(lowest, row.maxima.get(self.head.title)),
            row.score,
            place,
            texts=row.texts,
        )

    def _go_on(self, last: RubricRow, row: RubricRow) -> None:
        line = self.lines[-1]
        more = {label: line.texts[label] + text for label, text in row.texts.items()}
        self.lines[-1] = replace(line, texts={**line.texts, **more})
        self._last = replace(last, texts=self.lines[-1].texts)

    def _labelled(self, row: RubricRow, label: str) -> bool:
        return any(self.book.one_of(cell.text, (label,)) for cell in row.cells[:_LABEL_CELLS])

    def _read_total(self, row: RubricRow) -> None:
        """Read the maximum and the score of the total row, each by its column."""
        self._closed = True
        if row.table.width != self.table.width:
            return
        label = row.cells[0]
        for cell in row.cells:
            value = points(cell.text)
            if value is None:
                continue
            words = f"{squeeze(label.text)} {cell.text.strip()}"
            place = self.tree.cell_place(row.table, cell, row=squeeze(label.text)).at(quote=words)
            if cell.column == self.head.score:
                self.total = (value, place)
            elif cell.column == self.head.maxima.get(self.head.title):
                self._whole = (value, place)

    def _report(self, code: str, row: RubricRow, *others: RubricRow, **values: str) -> None:
        given: dict[str, Any] = {**values, "related": tuple(self._place(other) for other in others)}
        self.findings.append(Finding.of(code, self._place(row), **given))

    def _place(self, row: RubricRow) -> Place:
        quote = " ".join(squeeze(each.text) for each in row.cells[:_QUOTED_CELLS])
        return self.tree.cell_place(row.table, row.cells[0]).at(quote=quote)
