"""A walk through a docx in reading order: paragraphs and tables, with a line for each paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from hengjian.documents.bounds import Bounds, too_complex
from hengjian.documents.builder import TableItem, is_note
from hengjian.documents.docx_package import W, is_on, value, whole
from hengjian.documents.docx_styles import Numbering, Style, outline_level
from hengjian.documents.docx_table import DocxCell, DocxRow, lay_out, merges
from hengjian.documents.docx_text import MC, Pages, Words, chosen, words_of
from hengjian.documents.grid import note_rows, without_rows
from hengjian.documents.tree import Line, grid_texts
from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place

_THROUGH = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its line number, its characters, its automatic number, and what its properties say.

    `level` is its outline level from 1, `contents` that it is a line of the contents, `merges` that
    its end was deleted, so the next paragraph goes on it.
    """

    line: int
    text: str
    number: str = ""
    level: int | None = None
    contents: bool = False
    merges: bool = False


@dataclass(slots=True)
class Story:
    """Walks through a document; `lines`, `pages` and `problems` fill as it goes."""

    styles: dict[str, Style]
    default: str | None
    numbering: Numbering
    bounds: Bounds
    path: str
    lines: list[Line] = field(default_factory=list)
    pages: Pages = field(default_factory=Pages)
    problems: list[Finding] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    depth: int = 0

    def blocks(self, container: etree._Element, *, contents: bool = False) -> Iterator[Para | TableItem]:
        """Yield the paragraphs and tables of a body, cell, text box or note; a box after its paragraph."""
        for child in container:
            tag = child.tag
            if tag == W + "p":
                para, words = self._paragraph(child, contents=contents)
                yield para
                for box in words.boxes:
                    yield from self.blocks(box)
            elif tag == W + "tbl":
                yield from self._table(child)
            elif tag == W + "sdt":
                inside = contents or _is_contents_control(child)
                for content in child.iterchildren(W + "sdtContent"):
                    yield from self.blocks(content, contents=inside)
            elif tag == MC + "AlternateContent":
                yield from self.blocks(chosen(child), contents=contents)
            elif tag in _THROUGH:
                yield from self.blocks(child, contents=contents)

    def _paragraph(self, element: etree._Element, *, contents: bool) -> tuple[Para, Words]:
        properties = element.find(W + "pPr")
        style_id = None if properties is None else value(properties.find(W + "pStyle"))
        style = self.styles.get(style_id or self.default or "", Style())
        words = words_of(element, self.pages)
        self.references.extend(words.notes)
        line = len(self.lines) + 1
        if line > self.bounds.lines:
            raise too_complex(self.path, self.path, "paragraph", line, self.bounds.lines)
        self.lines.append(Line(line, words.text, words.page, 0))
        stated = None if properties is None else outline_level(properties)
        para = Para(
            line=line,
            text=words.text,
            number=self._number(properties, style_id, style),
            level=(style.level if stated is None else stated) or None,
            contents=contents or style.contents,
            merges=properties is not None and properties.find(f"{W}rPr/{W}del") is not None,
        )
        return para, words

    def _number(self, properties: etree._Element | None, style_id: str | None, style: Style) -> str:
        own = None if properties is None else properties.find(W + "numPr")
        list_id = style.list_id if own is None else value(own.find(W + "numId")) or style.list_id
        if list_id is None or list_id == "0":
            return ""
        stated = None if own is None else own.find(W + "ilvl")
        tied = self.numbering.level_of_style(list_id, style_id)
        level = whole(stated, 0) if stated is not None else tied if tied is not None else style.list_level
        return self.numbering.label(list_id, level or 0)

    def _table(self, element: etree._Element) -> Iterator[TableItem]:
        """Yield a table with those that stand in its cells, whose text it holds too; nothing when empty."""
        self.depth += 1
        if self.depth > self.bounds.nesting:
            raise too_complex(self.path, "table", "nested table", self.depth, self.bounds.nesting)
        first = len(self.lines) + 1
        nested: list[TableItem] = []
        columns = len(element.findall(f"{W}tblGrid/{W}gridCol"))
        rows = [self._row(row, columns, nested) for row in _rows(element)]
        grid = lay_out(rows, self.bounds)
        taken = note_rows(grid_texts(grid), is_note)
        if any(cell.row_span > 1 for r in range(taken.stop) for cell in grid[r]):
            taken = range(0)
        notes = tuple(cell.text for r in taken for cell in dict.fromkeys(grid[r]) if cell.text)
        grid = without_rows(grid, taken)
        self.depth -= 1
        if grid:
            yield TableItem(grid, notes, first, len(self.lines), tuple(nested))

    def _row(self, element: etree._Element, columns: int, nested: list[TableItem]) -> DocxRow:
        cells = tuple(self._cell(cell, columns, nested) for cell in _cells(element))
        properties = element.find(W + "trPr")
        if properties is None:
            return DocxRow(cells)
        before, after = (whole(properties.find(W + name), 0) for name in ("gridBefore", "gridAfter"))
        return DocxRow(cells, self._clamped(before, columns), self._clamped(after, columns))

    def _cell(self, element: etree._Element, columns: int, nested: list[TableItem]) -> DocxCell:
        line = len(self.lines) + 1
        texts: list[str] = []
        for item in self.blocks(element):
            if isinstance(item, Para):
                text = (item.number + item.text).strip()
            else:
                nested += (item, *item.inner)
                text = "\n".join("\t".join(row) for row in item.texts())
            if text:
                texts.append(text)
        span, vertical, horizontal = merges(element.find(W + "tcPr"))
        return DocxCell("\n".join(texts), line, max(self._clamped(span, columns), 1), vertical, horizontal)

    def _clamped(self, span: int, columns: int) -> int:
        """Hold a span within the table's columns when it is beyond any table's."""
        if span <= self.bounds.columns:
            return max(span, 0)
        limit = min(columns or 1, self.bounds.columns)
        place = Place(file=self.path, line=len(self.lines))
        self.problems.append(Finding.of("input.spans-clamped", place, measured=span, limit=limit))
        return limit


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield a table's rows, but deleted ones."""
    for child in table:
        if child.tag == W + "tr":
            if not is_on(child.find(f"{W}trPr/{W}del")):
                yield child
        elif child.tag in _THROUGH or child.tag == W + "sdt":
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _THROUGH or child.tag == W + "sdt":
            yield from _cells(child)


def _is_contents_control(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return value(gallery) == "Table of Contents"
