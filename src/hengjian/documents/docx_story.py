"""A walk through a docx in reading order: paragraphs and tables, with a line for each paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from hengjian.documents.bounds import Bounds, too_complex
from hengjian.documents.builder import TableItem, is_note
from hengjian.documents.docx_package import W, is_on, value, whole
from hengjian.documents.docx_styles import Numbering, Style, Styles, outline_level
from hengjian.documents.docx_table import DocxCell, DocxRow, lay_out, merges
from hengjian.documents.docx_text import ALTERNATE, Pages, chosen, first_child, plain_words, words_of
from hengjian.documents.grid import note_rows, without_rows
from hengjian.documents.tree import Line, grid_texts
from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place

_PARAGRAPH, _TABLE, _CONTROL, _ROW, _CELL = (W + name for name in ("p", "tbl", "sdt", "tr", "tc"))
_R_PR, _TC_PR, _TR_PR = (W + name for name in ("rPr", "tcPr", "trPr"))
_STYLE, _OUTLINE, _NUMBER, _LIST, _LEVEL = (
    W + name for name in ("pStyle", "outlineLvl", "numPr", "numId", "ilvl")
)
_DELETED, _CHUNK = W + "del", W + "altChunk"
_BEFORE, _AFTER = W + "gridBefore", W + "gridAfter"
_NOTE_ROWS = 8
"""Notes are looked for in the first rows of a table only."""

_THROUGH = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))


class Para(NamedTuple):
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
    """Walks through a document; `lines` (text and page), `pages` and `problems` fill as it goes."""

    styles: Styles
    numbering: Numbering
    bounds: Bounds
    path: str
    lines: list[tuple[str, int]] = field(default_factory=list)
    pages: Pages = field(default_factory=Pages)
    problems: list[Finding] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    depth: int = 0

    def blocks(self, container: etree._Element) -> list[Para | TableItem]:
        """Return the paragraphs and tables of a body, cell, text box or note; a box after its paragraph."""
        found: list[Para | TableItem] = []
        self._gather(container, found, contents=False)
        return found

    def _gather(self, container: etree._Element, found: list[Para | TableItem], *, contents: bool) -> None:
        for child in container:
            self._block(child, found, contents=contents)

    def _block(self, element: etree._Element, found: list[Para | TableItem], *, contents: bool) -> None:
        tag = element.tag
        if tag == _PARAGRAPH:
            para, boxes = self._paragraph(element, contents=contents)
            found.append(para)
            for box in boxes:
                self._gather(box, found, contents=False)
        elif tag == _TABLE:
            found += self._table(element)
        elif tag == _CONTROL:
            inside = contents or _is_contents_control(element)
            for content in element.iterchildren(W + "sdtContent"):
                self._gather(content, found, contents=inside)
        elif tag == ALTERNATE:
            self._gather(chosen(element), found, contents=contents)
        elif tag == _CHUNK:
            self._unread("altChunk")
        elif tag in _THROUGH:
            self._gather(element, found, contents=contents)

    def tree_lines(self) -> tuple[Line, ...]:
        """Return the lines read so far; without pages when the document tells of no page break."""
        seen = self.pages.seen
        made = [
            Line(number, text, page if seen else None, 0)
            for number, (text, page) in enumerate(self.lines, start=1)
        ]
        return tuple(made)

    def _paragraph(self, element: etree._Element, *, contents: bool) -> tuple[Para, Sequence[etree._Element]]:
        """Return a paragraph and its text boxes."""
        words = words_of(element, self.pages)
        stated = words.stated
        style_id = value(stated.get(_STYLE))
        style = self.styles.of(style_id or self.styles.default)
        for part in words.embedded:
            self._unread(part)
        if words.notes:
            self.references.extend(words.notes)
        line = self._line(words.text, words.page or self.pages.page)
        numbered = style.list_id is not None or _NUMBER in stated
        own_level = outline_level(stated[_OUTLINE]) if _OUTLINE in stated else None
        para = Para(
            line,
            words.text,
            self._number(stated.get(_NUMBER), style_id, style) if numbered else "",
            (style.level if own_level is None else own_level) or None,
            contents or style.contents,
            _R_PR in stated and stated[_R_PR].find(_DELETED) is not None,
        )
        return para, words.boxes

    def _line(self, text: str, page: int) -> int:
        """Append a line, and return its number. Raises InputError over the bound of lines."""
        self.lines.append((text, page))
        line = len(self.lines)
        if line > self.bounds.lines:
            raise too_complex(self.path, self.path, "paragraph", line, self.bounds.lines)
        return line

    def _plain(self, paragraph: etree._Element) -> str | None:
        """Read a paragraph of a cell that has only text and no number; None for another, still unread."""
        found = plain_words(paragraph)
        if found is None:
            return None
        text, style_id = found
        if self.styles.of(style_id or self.styles.default).list_id is not None:
            return None
        self._line(text, self.pages.page)
        if text:
            self.pages.just_broken = False
        return text

    def _number(self, own: etree._Element | None, style_id: str | None, style: Style) -> str:
        list_id = style.list_id if own is None else value(own.find(_LIST)) or style.list_id
        if list_id is None or list_id == "0":
            return ""
        stated = None if own is None else own.find(_LEVEL)
        tied = self.numbering.level_of_style(list_id, style_id)
        level = whole(stated, 0) if stated is not None else tied if tied is not None else style.list_level
        return self.numbering.label(list_id, level or 0)

    def _table(self, element: etree._Element) -> list[TableItem]:
        """Return a table with those that stand in its cells, whose text it holds too; nothing when empty."""
        self.depth += 1
        if self.depth > self.bounds.nesting:
            raise too_complex(self.path, "table", "nested table", self.depth, self.bounds.nesting)
        first = len(self.lines) + 1
        nested: list[TableItem] = []
        columns = len(element.findall(f"{W}tblGrid/{W}gridCol"))
        rows = [self._row(row, stated, columns, nested) for row, stated in _rows(element)]
        grid = lay_out(rows, self.bounds)
        taken = note_rows(grid_texts(grid[:_NOTE_ROWS]), is_note)
        if any(cell.row_span > 1 for r in range(taken.stop) for cell in grid[r]):
            taken = range(0)
        notes = tuple(cell.text for r in taken for cell in dict.fromkeys(grid[r]) if cell.text)
        grid = without_rows(grid, taken)
        self.depth -= 1
        return [TableItem(grid, notes, first, len(self.lines), tuple(nested))] if grid else []

    def _row(
        self,
        element: etree._Element,
        stated: dict[str, etree._Element],
        columns: int,
        nested: list[TableItem],
    ) -> DocxRow:
        cells = [self._cell(cell, columns, nested) for cell in _cells(element)]
        if _BEFORE not in stated and _AFTER not in stated:
            return DocxRow(cells)
        before, after = (max(whole(stated.get(name), 0), 0) for name in (_BEFORE, _AFTER))
        return DocxRow(cells, self._clamped(before, columns), self._clamped(after, columns))

    def _cell(self, element: etree._Element, columns: int, nested: list[TableItem]) -> DocxCell:
        line = len(self.lines) + 1
        texts: list[str] = []
        properties = None
        for child in element:
            tag = child.tag
            if tag == _PARAGRAPH and (text := self._plain(child)) is not None:
                texts.append(text.strip())
            elif tag == _TC_PR:
                properties = child
            else:
                texts += self._texts(child, nested)
        text = texts[0] if len(texts) == 1 else "\n".join(filter(None, texts))
        if properties is None or not len(properties):
            return DocxCell(text, line)
        span, vertical, horizontal = merges(properties)
        return DocxCell(text, line, self._clamped(span, columns), vertical, horizontal)

    def _texts(self, element: etree._Element, nested: list[TableItem]) -> Iterator[str]:
        """Yield the texts of what a child of a cell holds, and add the tables in it to `nested`."""
        found: list[Para | TableItem] = []
        self._block(element, found, contents=False)
        for item in found:
            if isinstance(item, Para):
                yield (item.number + item.text).strip()
            else:
                nested += (item, *item.inner)
                yield "\n".join("\t".join(row) for row in item.texts())

    def _unread(self, part: str) -> None:
        place = Place(file=self.path, line=len(self.lines) + 1)
        self.problems.append(Finding.of("input.part-unread", place, part=part))

    def _clamped(self, span: int, columns: int) -> int:
        """Hold a span within the table's columns when it is beyond any table's."""
        if span <= self.bounds.columns:
            return span
        limit = min(columns or 1, self.bounds.columns)
        place = Place(file=self.path, line=len(self.lines))
        self.problems.append(Finding.of("input.spans-clamped", place, measured=span, limit=limit))
        return limit


def _stated(properties: etree._Element | None) -> dict[str, etree._Element]:
    """Return what an element of properties states, by tag."""
    return {} if properties is None else {child.tag: child for child in properties}


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, dict[str, etree._Element]]]:
    """Yield a table's rows with their properties, but deleted rows."""
    for child in table:
        if child.tag == _ROW:
            stated = _stated(first_child(child, _TR_PR))
            if not is_on(stated.get(_DELETED)):
                yield child, stated
        elif child.tag in _THROUGH or child.tag == _CONTROL:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == _CELL:
            yield child
        elif child.tag in _THROUGH or child.tag == _CONTROL:
            yield from _cells(child)


def _is_contents_control(control: etree._Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return value(gallery) == "Table of Contents"
