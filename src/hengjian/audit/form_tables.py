"""From a document's tables to sheets: which form a table is, and its figures with their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hengjian.audit.grid_heads import Head, head_of
from hengjian.audit.grid_layout import Layout, layout_of
from hengjian.audit.grid_rows import RowFinder
from hengjian.audit.grid_sheet import FormTable, stated_empty, unmapped
from hengjian.audit.grid_titles import FormTitles, is_note, shown_title, title_key
from hengjian.audit.grid_words import FormWords
from hengjian.audit.tables import distinct, money_unit, texts_before
from hengjian.documents import DocumentTree, Paragraph, Table
from hengjian.filing import Sheet
from hengjian.kernel import Finding, MoneyUnit
from hengjian.packs import Standards
from hengjian.packs.schema import Form

_OTHER_READERS = frozenset({"self_evaluation", "targets"})
"""Kinds of forms that are no tables of figures; `evaluation_grid` reads them."""

_LINES_AFTER = 3
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class TableReading:
    """The sheets that a document's tables hold, by form id; `unmatched` are the tables of no known form."""

    sheets: Mapping[str, Sheet]
    findings: tuple[Finding, ...]
    unmatched: tuple[Table, ...]


def sheets_from(tree: DocumentTree, standards: Standards, kind: str | None = None) -> TableReading:
    """Read every table that is one of the year's forms.

    `kind` (``budget``, ``final_accounts``) is the document's, if it is known: it decides between forms of
    one title. A form that stands there twice is kept once: the first that holds figures. A table that states
    no unit has that of the form before it, or the form's usual one.
    """
    return _Reader(tree, standards, kind).read()


@dataclass(frozen=True, slots=True)
class _Context:
    """A table with its title and the texts near it that may state its unit."""

    table: Table
    title: str
    texts: tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    tree: DocumentTree
    standards: Standards
    kind: str | None
    titles: FormTitles = field(init=False)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unmatched: list[Table] = field(default_factory=list)
    _words: dict[str, FormWords] = field(default_factory=dict)
    _last: FormTable | None = None
    _unit: MoneyUnit | None = None

    @property
    def _last_form(self) -> str | None:
        return self._last.words.form.form if self._last is not None else None

    def __post_init__(self) -> None:
        forms = [form for form in self.standards.forms.values() if form.kind not in _OTHER_READERS]
        self.titles = FormTitles(forms)

    def read(self) -> TableReading:
        blocks = self.tree.blocks
        for index, block in enumerate(blocks):
            if isinstance(block, Table):
                self._table(block, texts_before(blocks[:index], block), _texts_after(blocks[index + 1 :]))
        return TableReading(dict(self.sheets), tuple(self.findings), tuple(self.unmatched))

    def _table(self, table: Table, before: Sequence[str], after: Sequence[str]) -> None:
        head = head_of(table, is_note)
        title, forms = self._forms(table, head, before)
        context = _Context(table, title, (*table.notes, title, *before))
        read = self._best(context, head, forms)
        if read is None and all(form.form == self._last_form for form in forms):
            read = self._continued(context)
        if read is None and not forms:
            read = self._untitled(context, head)
        if read is not None:
            self._keep(read, after)
            return
        if forms and (note := stated_empty(table)) is not None:
            place = replace(self.tree.place(table), table=title)
            self.sheets.setdefault(forms[0].form, Sheet(forms[0].form, {}, {}, place, note))
            return
        self.unmatched.append(table)
        if forms:
            self.findings.append(unmapped(self.tree.place(table), [f"“{title}”"]))

    def _forms(self, table: Table, head: Head | None, before: Sequence[str]) -> tuple[str, list[Form]]:
        """Return the title that names forms, and those forms; without one the table's own caption."""
        top = table.rows[: head.top] if head is not None else ()
        texts = [table.caption, *(cell.text for row in top for cell in distinct(row) if cell.text.strip())]
        if before:
            texts.append(f"{before[-1]}{table.caption}")
        if not title_key(table.caption).endswith("表"):
            texts += [*reversed(before), *table.section[-1:]]
        for text in texts:
            forms = self.titles.forms(text, self.kind)
            if forms:
                return shown_title(text), forms
        return table.caption, []

    def _best(self, context: _Context, head: Head | None, forms: Sequence[Form]) -> FormTable | None:
        """Read the table as each of the forms and return the reading that recognises most."""
        if head is None:
            return None
        readings = [self._read(context, head, form) for form in forms]
        usable = [reading for reading in readings if reading is not None and _is_usable(reading)]
        return max(usable, key=_recognised, default=None)

    def _read(self, context: _Context, head: Head, form: Form) -> FormTable | None:
        """Read a table as a form; None when it has none of the form's columns."""
        words = self._words.get(form.form)
        if words is None:
            words = self._words[form.form] = FormWords(form, self.standards)
        table = context.table
        layout = layout_of(table, head, words)
        if layout.mapped == 0:
            return None
        inside = [cell.text for row in table.rows[: head.top] for cell in distinct(row)]
        stated = money_unit((*context.texts, *inside))
        unit = stated or self._unit or form.unit
        rows = table.rows[head.top : head.body]
        reading = FormTable(
            self.tree, table, context.title, head, layout, words, unit, RowFinder(words), rows, stated
        )
        reading.read()
        return reading

    def _continued(self, context: _Context) -> FormTable | None:
        """Read a table without a head of its own as the rest of the form before it, as on a further page."""
        last, table = self._last, context.table
        if last is None or table.width != last.table.width or last.layout.turned:
            return None
        head = replace(last.head, top=0, body=0)
        layout = replace(last.layout, unmapped=())
        reading = replace(
            last, table=table, head=head, layout=layout, finder=last.finder.copy(), rows={}, figures={},
            findings=[], unmapped=[], remarks=[], unknown=[], stated=0, strays=0,
        )  # fmt: skip
        reading.read()
        return reading if len(reading.rows) > len(reading.unmapped) else None

    def _untitled(self, context: _Context, head: Head | None) -> FormTable | None:
        """Read a table without a title as the one form that all its columns and most of its rows fit."""
        if head is None or title_key(context.title).endswith("表"):
            return None
        readings = [self._read(context, head, form) for form in self.titles.of_kind(self.kind)]
        fitting = [reading for reading in readings if reading is not None and _fits(reading)]
        fitting.sort(key=_recognised, reverse=True)
        if not fitting or (len(fitting) > 1 and _recognised(fitting[0]) == _recognised(fitting[1])):
            return None
        return replace(fitting[0], caption=fitting[0].words.form.title.zh)

    def _keep(self, read: FormTable, after: Sequence[str]) -> None:
        form = read.words.form
        sheet = read.sheet(after)
        known = self.sheets.get(form.form)
        self._last = read
        self._unit = read.stated_unit or self._unit
        if known is None or (not known.figures and sheet.figures):
            self.sheets[form.form] = sheet
        elif _goes_on(known, sheet):
            self.sheets[form.form] = _together(known, sheet)
        elif sheet.figures and _values(known) != _values(sheet):
            related = (known.place,)
            self.findings.append(
                Finding.of("table.repeated", sheet.place, related=related, form=form.title.zh)
            )
            return
        else:
            return
        self.findings += read.findings


def _is_usable(reading: FormTable) -> bool:
    """Tell whether a table that bears a form's title is the form: columns fit, and rows if there are any."""
    return reading.layout.mapped > 0 and (bool(reading.rows) or reading.stated == 0)


def _fits(reading: FormTable) -> bool:
    """Tell whether a table without a title can only be the form."""
    whole = not reading.layout.unmapped and reading.layout.mapped > 0
    rows = len(reading.rows)
    return whole and bool(reading.figures) and rows >= _FEWEST_ROWS and len(reading.unmapped) * 4 <= rows


def _recognised(reading: FormTable) -> tuple[int, int, int]:
    layout: Layout = reading.layout
    return (
        len(reading.rows) - len(reading.unmapped),
        layout.mapped - len(layout.unmapped),
        len(reading.figures),
    )


def _goes_on(known: Sheet, sheet: Sheet) -> bool:
    return bool(sheet.figures) and bool(sheet.rows) and not known.rows.keys() & sheet.rows.keys()


def _together(known: Sheet, sheet: Sheet) -> Sheet:
    note = "\n".join(filter(None, (known.note, sheet.note))) or None
    return replace(
        known, rows={**known.rows, **sheet.rows}, figures={**known.figures, **sheet.figures}, note=note
    )


def _values(sheet: Sheet) -> dict[tuple[str, str], object]:
    return {cell: figure.value for cell, figure in sheet.figures.items()}


def _texts_after(blocks: Sequence[object]) -> list[str]:
    """Return the paragraphs right after a table."""
    found: list[str] = []
    for block in blocks[:_LINES_AFTER]:
        if not isinstance(block, Paragraph):
            break
        found.append(block.text)
    return found
