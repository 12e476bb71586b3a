"""From passages and tables in reading order to blocks with section paths, captions and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from hengjian.documents.headings import (
    CONTENTS,
    UNMARKED,
    Mark,
    Outline,
    heading_mark,
    is_toc_title,
    mark_of,
    may_head,
    states_something,
    toc_line,
)
from hengjian.documents.spans import Span, joined
from hengjian.documents.tree import (
    Block,
    Cell,
    Heading,
    Line,
    Paragraph,
    Segment,
    Table,
    TocEntry,
    grid_texts,
)

LONGEST_CAPTION = 60
"""A longer line before a table is no title."""

_CLOSE = 2
"""Lines from a caption, note or remark to its table: the next one, or one with a blank line between."""

_CLOSE_AFTER = 3
"""Lines from a table's end to a remark on it: in a dump two blank lines end a table."""

_INSIDE_FORMS = frozenset({"arabic", "arabic-paren", "circled", "form"})
_NOTE = re.compile(
    r"(?:金额)?(?:计量)?单位\s*[:：].{0,20}"
    r"|(?:预算|决算|财政)?年[度份]\s*[:：].{0,20}"
    r"|截[止至](?:时间|日期)?\s*[:：]?\s*\d{4}.{0,20}"
    r"|(?:编制|填报|填表|公开|预算|主管)?(?:单位|部门)(?:名称)?(?:[（(]盖章[）)])?\s*[:：].{0,40}"
    r"|(?:填报|填表|编制)(?:日期|时间)\s*[:：].{0,30}"
    r"|\d{4}\s*年度?"
    r"|(?:公开\s*\d{1,2}\s*表|表\s*\d{1,2}(?:[-—]\d{1,2})?)"
    r"|\d{3,6}[.．、\s-]?\D\S{1,40}(?:局|委|委员会|办|办公室|部|院|中心|所|厅|站|会|室|校|馆|队|处|政府)(?:（本级）|本级)?"
)
_GAP = re.compile(r"[\t\u3000]+|\s{2,}")
_AFTER = re.compile(r"(?:注|备注|说明)\s*\d*\s*[:：].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph before it is known to be a heading or not.

    `number` is its automatic number, which the source does not spell out; `level` its outline level
    from 1 when the source says that it is a heading, 0 for the name of a sheet; `contents` that it is a
    line of the contents.
    """

    spans: tuple[Span, ...]
    number: str = ""
    level: int | None = None
    contents: bool = False

    @property
    def words(self) -> str:
        """The passage's own words as they stand in the source."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class TableItem:
    """A table's grid with the notes found in it; `first` and `last` are its lines in the source.

    `inner` are the tables nested in its cells, which follow it.
    """

    grid: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]
    first: int
    last: int
    inner: tuple[TableItem, ...] = ()

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the grid's texts; positions a merge covers are ""."""
        return grid_texts(self.grid)


def is_note(text: str) -> bool:
    """Tell whether a line states a table's unit, department, year or date.

    >>> [is_note(text) for text in ("单位：万元", "部门：某局  2023年度  单位：元", "单位人员参加了培训。")]
    [True, True, False]
    """
    parts = _GAP.split(text.strip())
    return all(_NOTE.fullmatch(part) for part in parts)


@dataclass(slots=True)
class _Contents:
    """Where in a table of contents the reading stands: it ends where its first title comes again."""

    first: str | None = None
    inside: bool = False


@dataclass(slots=True)
class TreeBuilder:
    """Turns passages and tables into blocks; `wrapped` when tables are lines of text."""

    lines: Sequence[Line]
    wrapped: bool = False
    outline: Outline = field(default_factory=Outline)
    blocks: list[Block] = field(default_factory=list)
    toc: list[TocEntry] = field(default_factory=list)
    _contents: _Contents = field(default_factory=_Contents)
    _later: dict[str, int] = field(default_factory=dict)
    _taken: int = 0

    def build(self, items: Sequence[Passage | TableItem]) -> None:
        """Append the blocks of all items."""
        self._later = {_squeezed(item): i for i, item in enumerate(items) if isinstance(item, Passage)}
        index = 0
        while index < len(items):
            item = items[index]
            if isinstance(item, TableItem):
                index += self._table(item, items[index + 1 : index + 2])
            elif not self._is_contents(item, index):
                self._passage(item)
            index += 1

    def _passage(self, passage: Passage) -> None:
        text, segments = numbered(passage)
        line = passage.spans[0].line
        page = self._page(line)
        mark = heading_mark(text)
        if passage.level == 0:
            mark = Mark(UNMARKED, 0, "")
        elif mark is None and passage.level is not None and may_head(text):
            mark = mark_of(text) or Mark(UNMARKED, 0, "")
        if mark is None or (self.wrapped and self.outline.in_form and mark.style in _INSIDE_FORMS):
            self.blocks.append(Paragraph(text, self.outline.section, page, line, segments))
            return
        level, above = self.outline.enter(mark, text, passage.level)
        self.blocks.append(Heading(text, level, mark.text, above, page, line, segments))

    def _page(self, line: int) -> int | None:
        # A docx table whose cells hold no paragraph at all stands on no line.
        return self.lines[line - 1].page if line <= len(self.lines) else None

    def _is_contents(self, passage: Passage, index: int) -> bool:
        """Take a line of a table of contents; False for any other line."""
        text, segments = numbered(passage)
        line = passage.spans[0].line
        if is_toc_title(text):
            self._contents = _Contents(inside=True)
        elif (entry := self._entry(passage, text, index)) is not None:
            self._contents.first = self._contents.first or "".join(entry[0].split())
            self.toc.append(TocEntry(entry[0], entry[1], line))
        else:
            return False
        self.blocks.append(Paragraph(text, CONTENTS, self._page(line), line, segments))
        return True

    def _entry(self, passage: Passage, text: str, index: int) -> tuple[str, str] | None:
        """Return title and page label of a line of the contents.

        A line without dots and page is one only while the first title of the contents is still to come.
        """
        contents = self._contents
        entry = toc_line(text, inside=contents.inside or passage.contents)
        if entry is None and passage.contents:
            return (text, "")
        if entry is None and contents.inside:
            key = _squeezed(passage)
            comes_again = self._later.get(contents.first or key, 0) > index
            title = may_head(text) and text[-1] not in "。；"
            contents.inside = contents.first != key and comes_again and title
            return (text, "") if contents.inside else None
        return entry

    def _table(self, table: TableItem, following: Sequence[Passage | TableItem]) -> int:
        """Append a table with the caption and notes around it; return how many items after it are used."""
        notes, caption, caption_line = self._before(table.first)
        if not caption and table.grid:
            caption, caption_line = _title_row(table.grid)
        after = [joined(item.spans)[0] for item in following if _is_remark(item, table.last)]
        line = table.grid[0][0].line if table.grid else table.first
        all_notes = (*notes, *table.notes, *after)
        section = self.outline.section
        elsewhere = caption_line >= line or any(
            isinstance(block, Heading) and block.line == caption_line for block in self.blocks[-1:]
        )
        self.blocks.append(
            Table(
                caption=caption,
                notes=all_notes,
                rows=table.grid,
                section=section,
                page=self._page(line),
                line=line,
                caption_line=caption_line,
                caption_elsewhere=elsewhere,
            )
        )
        self._taken = len(self.blocks)
        return len(after)

    def _before(self, first: int) -> tuple[list[str], str, int]:
        """Take the lines right before a table's first line that are its notes and its title."""
        notes: list[str] = []
        at = first
        while (block := self._adjacent(at)) is not None and is_note(block.text):
            notes.insert(0, block.text)
            at = block.line
            self._drop_last()
        block = self._adjacent(at)
        if block is None or not _may_title(block):
            return notes, "", 0
        if not (isinstance(block, Heading) and block.numbering):
            self._drop_last()
        return notes, block.text, block.line

    def _adjacent(self, line: int) -> Heading | Paragraph | None:
        """Return the last block when it ends right before a line, but for one blank line."""
        block = self.blocks[-1] if len(self.blocks) > self._taken else None
        if block is None or isinstance(block, Table) or block.section == CONTENTS:
            return None
        last = block.segments[-1].line if block.segments else block.line
        return block if line - last <= _CLOSE else None

    def _drop_last(self) -> None:
        block = self.blocks.pop()
        if isinstance(block, Heading):
            self.outline.leave(block.text)


def numbered(passage: Passage) -> tuple[str, tuple[Segment, ...]]:
    """Return a passage's text, its automatic number first, and its segments."""
    text, segments = joined(passage.spans)
    if not passage.number:
        return text, segments
    ahead = len(passage.number)
    moved = (Segment(s.text_start + ahead, s.source_start, s.length, s.line) for s in segments)
    return passage.number + text, tuple(moved)


def _may_title(block: Heading | Paragraph) -> bool:
    """Tell whether the line before a table may be its title."""
    text = block.text
    if isinstance(block, Heading) and block.numbering:
        return text.endswith(("表", "）", ")"))
    if len(text) > LONGEST_CAPTION or states_something(text):
        return False
    return not text.endswith(tuple("、：:"))


def _is_remark(item: Passage | TableItem, last: int) -> TypeGuard[Passage]:
    """Tell whether a passage is a remark on the table that ends on line `last`."""
    if not isinstance(item, Passage) or item.spans[0].line - last > _CLOSE_AFTER:
        return False
    return bool(_AFTER.fullmatch(item.words))


def _title_row(grid: tuple[tuple[Cell, ...], ...]) -> tuple[str, int]:
    """Return the title that a table's first row holds alone, and its line."""
    row = {(cell.row, cell.column): cell for cell in grid[0] if cell.text}
    if len(row) != 1 or len(grid) == 1 or len(grid[0]) == 1:
        return "", 0
    (cell,) = row.values()
    return ("".join(cell.text.split("\n")), cell.line) if len(cell.text) <= LONGEST_CAPTION else ("", 0)


def _squeezed(passage: Passage) -> str:
    return "".join((passage.number + passage.words).split())
