"""Read a table as a form: a sheet of figures with places, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import InvalidOperation

from hengjian.audit.grid_heads import Head, is_numbering_row, is_repeated_head
from hengjian.audit.grid_layout import Block, Layout, TurnedCell, ValueColumn
from hengjian.audit.grid_rows import RowFinder, RowHit
from hengjian.audit.grid_words import FormWords
from hengjian.audit.tables import bare, is_figure, plain, words
from hengjian.documents import Cell, DocumentTree, Table
from hengjian.filing import Sheet
from hengjian.kernel import (
    Amount,
    Figure,
    Finding,
    Measure,
    MoneyUnit,
    NotANumberError,
    Percent,
    Place,
    Quantity,
    Severity,
    Text,
)
from hengjian.packs.schema import Column

MOST_FINDINGS = 20
"""Cells of one table that are reported one by one."""

MOST_NAMED = 12
"""Rows and columns that one finding names."""

_REMARK = re.compile(r"(?:注|备注|说明)\d*[:.、]?|.*(?:空表|无数据|没有数据)")
_NONE_WORDS = frozenset({"无", "没有", "暂无", "不涉及", "不适用", "空"})
_NO_DATA = re.compile(
    r"空表|(?:故)?本?表?(?:为空|无数据|没有数据)|(?:没有|无|未).{0,40}(?:收入|支出|预算|拨款|经费|数据|采购)"
)


@dataclass(slots=True)
class FormTable:
    """A table that is read as a form, and what has been read so far."""

    tree: DocumentTree
    table: Table
    caption: str
    head: Head
    layout: Layout
    words: FormWords
    unit: MoneyUnit
    finder: RowFinder
    head_rows: Sequence[Sequence[Cell]]
    stated_unit: MoneyUnit | None = None
    rows: dict[str, str] = field(default_factory=dict)
    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unknown: list[tuple[RowHit, Place]] = field(default_factory=list)
    stated: int = 0
    strays: int = 0

    def read(self) -> None:
        """Read the body, row by row."""
        body = list(enumerate(self.table.rows))[self.head.body :]
        lines = [(number, row) for number, row in body if not self._is_aside(number, row)]
        if self.layout.turned:
            self._read_turned(lines)
        else:
            for number, row in lines:
                for block in self.layout.blocks:
                    self._read_block(number, row, block)
        self._report()

    @property
    def place(self) -> Place:
        """The place of the table."""
        return replace(self.tree.place(self.table), table=self.caption or self.words.form.title.zh)

    def sheet(self, further: Sequence[str] = ()) -> Sheet:
        """Return the sheet; `further` are texts below the table that may say why it is empty."""
        notes = [note for note in (*self.remarks, *self.table.notes) if _REMARK.match(plain(note))]
        if not self.figures:
            notes += [text for text in further if _NO_DATA.search(plain(text))]
        note = "\n".join(dict.fromkeys(note.strip() for note in notes)) or None
        return Sheet(self.words.form.form, dict(self.rows), dict(self.figures), self.place, note)

    def _is_aside(self, number: int, row: Sequence[Cell]) -> bool:
        """Tell whether a row is no line of the form: blank, a remark, or the head once more."""
        filled = [cell for cell in dict.fromkeys(row) if cell.text.strip()]
        if not filled or is_repeated_head(row, self.head_rows):
            return True
        texts = [plain(cell.text) for cell in filled]
        if is_numbering_row(texts) and not any(cell.row < number for cell in filled):
            return number <= self.head.body or "栏次" in texts
        if len(filled) == 1 and (_REMARK.match(texts[0]) or _is_sentence(texts[0])):
            self.remarks.append(filled[0].text.strip())
            return True
        return False

    def _read_block(self, number: int, row: Sequence[Cell], block: Block) -> None:
        if row[block.first].column < block.first:
            return  # the label of a block further left reaches over this one
        labels = [c for c in (*block.codes, *block.names) if _begins(row, c, number)]
        codes = [row[c].text if c in labels else "" for c in block.codes]
        names = [row[c].text for c in block.names if c in labels]
        inside = [row[c] for c in range(block.first, block.last + 1)]
        shown = [cell for cell in dict.fromkeys(inside) if cell.row == number or is_figure(cell.text)]
        cells = {value: _value_cell(row, number, value, block) for value in block.values}
        figures = [cell for cell in cells.values() if cell.text.strip()]
        self.stated += len(figures)
        if not any(text.strip() for text in (*codes, *names)) and not figures:
            return
        hit = self.finder.find(codes, names, block.side)
        if hit is None:
            label = next((text for text in (*names, *codes) if text.strip()), "")
            self.unmapped.append("".join(label.split()) or f"第{number + 1}行")
            return
        name = hit.name or next((text for text in names if text.strip()), hit.id)
        name = "".join(name.split())
        quote = words(cell for cell in shown if cell.column not in block.codes or not block.names)
        self.rows.setdefault(hit.id, name)
        if hit.unknown:
            cell = row[block.codes[0]] if block.codes else row[block.first]
            self.unknown.append((hit, self._place(cell, name, None, quote)))
        for value, cell in cells.items():
            self._enter(hit.id, name, cell, value, quote)

    def _read_turned(self, lines: Sequence[tuple[int, Sequence[Cell]]]) -> None:
        """Read the one line of figures of a form whose rows stand as columns."""
        turned = self.layout.turned
        first = min(cell.index for cell in turned)

        def label(row: Sequence[Cell]) -> str:
            return "".join("".join(cell.text for cell in dict.fromkeys(row[:first])).split())

        filled = [row for _, row in lines if any(row[cell.index].text.strip() for cell in turned)]
        chosen = next((row for row in filled if bare(label(row)) in {"合计", "总计"}), None)
        chosen = chosen or next(iter(filled), None)
        self.unmapped += [label(row) or "—" for row in filled if row is not chosen]
        for cell in turned:
            self.rows.setdefault(cell.row.id, cell.row.captions[0])
        if chosen is None:
            return
        self.stated += len(turned)
        quote = words(dict.fromkeys(chosen))
        for cell in turned:
            self._enter_turned(cell, chosen, quote)

    def _enter_turned(self, cell: TurnedCell, row: Sequence[Cell], quote: str) -> None:
        value = ValueColumn(cell.index, cell.column, cell.caption, None)
        self._enter(cell.row.id, cell.row.captions[0], row[cell.index], value, quote)

    def _enter(self, row: str, name: str, cell: Cell, value: ValueColumn, quote: str) -> None:
        place = self._place(cell, name, value.caption, quote)
        try:
            measure = read_measure(cell.text, value.column, value.unit or self.unit)
        except NotANumberError:
            self.strays += 1
            if self.strays <= MOST_FINDINGS:
                text = "".join(cell.text.split())[:60]
                severity = Severity.INFO if plain(text) in _NONE_WORDS else Severity.WARNING
                finding = Finding.of("table.not-a-number", place, severity=severity, stated=text, value=text)
                self.findings.append(finding)
            return
        if measure is not None and (row, value.column.id) not in self.figures:
            form = self.words.form.form
            self.figures[row, value.column.id] = Figure(form, row, value.column.id, measure, place)

    def _place(self, cell: Cell, row: str, column: str | None, quote: str) -> Place:
        place = self.tree.cell_place(self.table, cell, row=row, column=column)
        return replace(place, table=self.caption or self.words.form.title.zh, quote=quote or None)

    def _report(self) -> None:
        more = sum(max(0, number - MOST_FINDINGS) for number in (self.strays, len(self.unknown)))
        if more:
            found = Finding.of("input.more-problems", self.place, severity=Severity.WARNING, count=more)
            self.findings.append(found)
        for hit, place in self.unknown[:MOST_FINDINGS]:
            self.findings.append(self._unknown_code(hit, place))
        names = [*(f"“{name}”" for name in self.layout.unmapped), *(f"“{name}”" for name in self.unmapped)]
        if names:
            self.findings.append(unmapped(self.place, names))

    def _unknown_code(self, hit: RowHit, place: Place) -> Finding:
        """Report a code that the edition lacks; with no other code of that name the packs may have a gap."""
        scheme = self.words.scheme
        edition = scheme.edition if scheme is not None else 0
        hint = Text(f"；同名科目的编码是{hit.meant}", f"; a code of that name is {hit.meant}")
        return Finding.of(
            "table.unknown-code",
            place,
            severity=Severity.WARNING if hit.meant else Severity.INFO,
            stated=hit.id,
            expected=hit.meant,
            item=hit.id,
            name="".join(hit.name.split()),
            year=edition,
            hint=hint if hit.meant else Text("", ""),
        )


def unmapped(place: Place, names: Sequence[str]) -> Finding:
    """Report rows and columns that a form does not have."""
    shown = "、".join(name if len(name) <= 40 else f"{name[:40]}…”" for name in names[:MOST_NAMED])  # noqa: PLR2004
    if len(names) > MOST_NAMED:
        shown += "…"
    return Finding.of("table.unmapped", place, names=shown, count=len(names))


def read_measure(text: str, column: Column, unit: MoneyUnit) -> Measure | None:
    """Read a cell by what its column measures; None when blank, `NotANumberError` when it is none."""
    try:
        match column.measure:
            case "percent":
                return Percent.parse(text)
            case "count":
                return Quantity.parse(text)
            case _:
                return Amount.parse(text.replace("¥", "").replace("￥", ""), unit)
    except InvalidOperation as error:
        raise NotANumberError(text) from error


def _begins(row: Sequence[Cell], column: int, number: int) -> bool:
    """Tell whether a label column shows a cell of its own in a row, not the rest of one left of it."""
    return row[column].row == number and row[column].column == column


def _value_cell(row: Sequence[Cell], number: int, value: ValueColumn, block: Block) -> Cell:
    """Return a column's cell; where the label reaches over the one column, the next cell right of it.

    A figure that reaches in from the row above is that row's: here the cell is blank.
    """
    cell = row[value.index]
    if cell.row != number:
        return replace(cell, text="")
    reaches = cell.column < value.index and cell.column in (*block.codes, *block.names)
    if reaches and len(block.values) == 1 and cell.column + cell.column_span < len(row):
        return row[cell.column + cell.column_span]
    return replace(cell, text="") if reaches else cell


def _is_sentence(text: str) -> bool:
    return text.endswith(("。", "；", ";")) or len(text) > 60  # noqa: PLR2004


def stated_empty(table: Table) -> str | None:
    """Return the sentence of a table that holds no figure and says that it is empty, else None."""
    texts = [cell.text.strip() for cell in table.cells if cell.text.strip()]
    if len(texts) > MOST_NAMED or any(is_figure(text) for text in texts):
        return None
    return next((text for text in texts if _NO_DATA.search(plain(text))), None)
