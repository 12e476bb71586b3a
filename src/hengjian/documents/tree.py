"""What a reader makes of a file: blocks in reading order, each with its place in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place

SECTION_SEPARATOR = " / "

_COUNTED = frozenset({"md", "txt"})
"""The formats whose lines a person can count to; elsewhere a line is a paragraph or a cell."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Where a run of a block's text stands in the source.

    ``text[text_start:text_start + length]`` equals the same run of the source. In a text file
    `source_start` counts characters from the beginning of the decoded file and `line` lines from 1;
    in a docx they are the offset in a paragraph and that paragraph's number from 1. Characters that
    no segment covers were added by the reader (a joining space, an automatic number).
    """

    text_start: int
    source_start: int
    length: int
    line: int


@dataclass(frozen=True, slots=True)
class Line:
    """One raw line of a text file, one paragraph of a docx, one printed line or cell of a page.

    `number` counts from 1; `start` is the character offset in the decoded text file (0 elsewhere). `box` is
    where it stands on its page: left, top, right and bottom in points from the page's top left corner.
    """

    number: int
    text: str
    page: int | None
    start: int
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `section` holds the headings above it, outermost first, without itself.

    `level` counts from 1 at the top; `numbering` is the printed mark, such as ``（一）``, or "".
    """

    text: str
    level: int
    numbering: str
    section: tuple[str, ...]
    page: int | None
    line: int
    segments: tuple[Segment, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The section path of what stands under the heading."""
        return (*self.section, self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, joined over the source's hard line breaks. `section` is its path of headings."""

    text: str
    section: tuple[str, ...]
    page: int | None
    line: int
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell at its anchor, the top left position of its span; rows and columns count from 0."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    line: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a full rectangular grid; a merged cell stands by reference at every position it covers.

    `caption` is the title before the table, "" when there is none; `notes` are the lines of unit,
    department, year and the like around it. `line` is where the first row stands, `caption_line`
    where the caption does (0 for none); `caption_elsewhere` tells that the caption is also a heading
    block or a row of the table.
    """

    caption: str
    notes: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    section: tuple[str, ...]
    page: int | None
    line: int
    caption_line: int = 0
    caption_elsewhere: bool = False

    @property
    def grid(self) -> tuple[tuple[Cell, ...], ...]:
        """The rectangular grid: ``grid[row][column]`` is the cell that covers the position."""
        return self.rows

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Each cell once, in reading order of the anchors."""
        return tuple(
            cell
            for r, row in enumerate(self.rows)
            for c, cell in enumerate(row)
            if cell.row == r and cell.column == c
        )

    def texts(self, *, repeat: bool = False) -> tuple[tuple[str, ...], ...]:
        """Return the grid's texts; positions a merge covers are "" unless `repeat`."""
        return grid_texts(self.rows, repeat=repeat)

    @property
    def text(self) -> str:
        """Caption (unless it stands elsewhere too), notes and rows as lines, cells parted by tabs."""
        lines = [self.caption] if self.caption and not self.caption_elsewhere else []
        lines += self.notes
        lines += ["\t".join(row) for row in self.texts()]
        return "\n".join(lines)


def grid_texts(grid: tuple[tuple[Cell, ...], ...], *, repeat: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the texts of a grid; positions a merge covers are "" unless `repeat`."""
    return tuple(
        tuple(
            cell.text if repeat or (cell.row == r and cell.column == c) else "" for c, cell in enumerate(row)
        )
        for r, row in enumerate(grid)
    )


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the table of contents: its title, the page it prints ("" for none) and its line."""

    text: str
    page_label: str
    line: int


@dataclass(frozen=True, slots=True)
class DocumentTree:
    """A read document: its blocks in order, its raw lines, and what could not be read.

    `format` is the reader's name (``txt``, ``docx``); `pages` the number of the last page, None when
    the source does not tell; `wrapped` says that the source's lines were broken at a fixed width, so
    its tables are not blocks and must be read from `lines`. `scanned` are the pages whose characters were
    recognised in a picture and may be wrong; `converted_from` is the format that was converted into this one.
    """

    path: str
    sha256: str
    format: str
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    pages: int | None
    wrapped: bool
    toc: tuple[TocEntry, ...] = ()
    problems: tuple[Finding, ...] = ()
    scanned: frozenset[int] = frozenset()
    converted_from: str | None = None

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """Yield the tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def headings(self) -> Iterator[Heading]:
        """Yield the headings in reading order."""
        return (block for block in self.blocks if isinstance(block, Heading))

    @property
    def text(self) -> str:
        """The whole text, a block a line; tables as lines of cells parted by tabs."""
        return "\n".join(block.text for block in self.blocks)

    def page_of(self, line: int) -> int | None:
        """Return the page a source line stands on; `line` counts from 1."""
        return self.lines[line - 1].page if 0 < line <= len(self.lines) else None

    @property
    def _countable(self) -> bool:
        return self.format in _COUNTED

    def place(self, block: Block, start: int = 0, end: int | None = None) -> Place:
        """Return the place of ``block.text[start:end]``; of a whole table when the block is one."""
        section = SECTION_SEPARATOR.join(block.section) or None
        if isinstance(block, Table):
            caption = block.caption or None
            return Place(
                file=self.path, page=block.page, section=section, table=caption, line=block.line,
                countable=self._countable, scanned=block.page in self.scanned,
            )  # fmt: skip
        line = source_line(block.segments, start) or block.line
        page = self.page_of(line) or block.page
        return Place(
            file=self.path, page=page, section=section, line=line, quote=block.text[start:end],
            countable=self._countable, scanned=page in self.scanned,
        )  # fmt: skip

    def cell_place(
        self, table: Table, cell: Cell, *, row: str | None = None, column: str | None = None
    ) -> Place:
        """Return the place of a cell; `row` and `column` are the labels to show, when known."""
        page = self.page_of(cell.line) or table.page
        return Place(
            file=self.path,
            page=page,
            section=SECTION_SEPARATOR.join(table.section) or None,
            table=table.caption or None,
            row=row,
            column=column,
            line=cell.line or table.line,
            quote=cell.text or None,
            countable=self._countable,
            scanned=page in self.scanned,
        )


def source_line(segments: tuple[Segment, ...], offset: int) -> int | None:
    """Return the source line of a character of a block's text, None when the block has no segments."""
    if not segments:
        return None
    index = bisect_right(segments, offset, key=lambda segment: segment.text_start) - 1
    return segments[max(index, 0)].line
