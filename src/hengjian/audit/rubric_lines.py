"""The lines of one table of an overall score, with every row that cannot be trusted named in a finding."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hengjian.audit.grid_labels import LabelBook
from hengjian.audit.rubric_columns import LEVELS, RubricHead, is_points, points, rubric_head
from hengjian.audit.rubric_levels import Levels, inherited, maxima_findings
from hengjian.audit.rubric_rows import RubricRow, goes_on, read_row, same_line
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
    _rows: list[RubricRow] = field(default_factory=list)
    _level1: str = ""
    _level2: str = ""
    _maxima: dict[Levels, Decimal] = field(default_factory=dict)
    _whole: tuple[Decimal, Place] | None = None
    _closed: bool = False

    def read(self, table: Table, first: int) -> None:
        """Read the rows of a table from one on; one of another width than the head's has no columns."""
        self.tables.append(table)
        head = self.head if table.width == self.table.width else None
        for number in range(first, len(table.rows)):
            row = read_row(table, number, head)
            if row is None or rubric_head([table.rows[number]], self.book) is not None:
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
        broken = self.unread or any(row.ordered for row in self._rows)
        self.findings += maxima_findings(self.lines, self._maxima, self._whole, broken=broken)

    def _row(self, row: RubricRow) -> None:
        if self.lines and goes_on(row, self._rows[-1]):
            self._go_on(row)
            return
        twin = self._twin(row)
        self._rows.append(row)
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
        unsure = (each for each in self._rows if not (each.title and row.title) and (each.moved or row.moved))
        return next((each for each in unsure if same_line(each, row)), None)

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

    def _go_on(self, row: RubricRow) -> None:
        line = self.lines[-1]
        more = {label: line.texts[label] + text for label, text in row.texts.items()}
        self.lines[-1] = replace(line, texts={**line.texts, **more})
        self._rows[-1] = replace(self._rows[-1], texts=self.lines[-1].texts)

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
