"""The reader of PDF files, and of all that comes as printed pages: pages → lines and tables → blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from hengjian.documents.bounds import BOUNDS, Bounds, check_grid
from hengjian.documents.builder import Passage, TableItem, TreeBuilder, is_note
from hengjian.documents.furniture import without_furniture
from hengjian.documents.grid import note_rows, without_rows
from hengjian.documents.page_flow import FlowPage, flow
from hengjian.documents.page_text import PageLine, measures, paragraphs
from hengjian.documents.pdf_pages import printed_pages
from hengjian.documents.printed import Box, PrintedPage
from hengjian.documents.scans import pdf_picture, with_scans
from hengjian.documents.spans import text_spans
from hengjian.documents.stitch import LaidCell, LaidTable, stitch
from hengjian.documents.tree import Cell, DocumentTree, Line, grid_texts
from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place


def read_pdf(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read the bytes of a PDF; pages that are pictures are recognised where the extra ``ocr`` is installed.

    Raises InputError when the file is damaged, encrypted or over a bound.
    """
    pages = with_scans(printed_pages(data, path, bounds), pdf_picture(data), bounds)
    return pages_to_tree(pages, path, sha256, "pdf", bounds)


def pages_to_tree(
    pages: Iterable[PrintedPage], path: str, sha256: str, kind: str, bounds: Bounds = BOUNDS
) -> DocumentTree:
    """Make the document of printed pages; `kind` is the format to note, ``pdf`` or ``ocr``.

    Pages are taken one by one and not kept. Pages left as pictures are named in a problem.
    Raises InputError when a table is over the bound of cells.
    """
    flowing = list(flow(pages))
    bare = without_furniture(flowing)
    items = stitch(bare)
    measured = measures(item for item in items if isinstance(item, PageLine))
    numbered = _Numbered(bounds)
    pieces: list[Passage | TableItem] = []
    for printed, group in groupby(items, key=lambda item: isinstance(item, PageLine)):
        if printed:
            stretch = [item for item in group if isinstance(item, PageLine)]
            pieces.extend(numbered.passages(paragraphs(stretch, measured)))
        else:
            pieces.extend(numbered.table(item) for item in group if isinstance(item, LaidTable))
    builder = TreeBuilder(numbered.lines)
    builder.build(pieces)
    return DocumentTree(
        path=path,
        sha256=sha256,
        format=kind,
        blocks=tuple(builder.blocks),
        lines=tuple(numbered.lines),
        pages=max((page.number for page in flowing), default=None),
        wrapped=False,
        toc=tuple(builder.toc),
        problems=_problems(bare, path),
        scanned=frozenset(page.number for page in flowing if page.scanned),
    )


@dataclass(slots=True)
class _Numbered:
    """Numbers the lines and cells of a document in reading order."""

    bounds: Bounds
    lines: list[Line] = field(default_factory=list)

    def _add(self, text: str, page: int, box: Box) -> int:
        number = len(self.lines) + 1
        self.lines.append(Line(number, text, page, 0, box))
        return number

    def passages(self, groups: Iterable[Sequence[PageLine]]) -> Iterator[Passage]:
        """Yield paragraphs as passages; lines without a word are none."""
        for group in groups:
            spans = [
                span
                for line in group
                for span in text_spans(line.text, 0, self._add(line.text, line.page, line.box))
            ]
            if spans:
                yield Passage(tuple(spans))

    def table(self, table: LaidTable) -> TableItem:
        """Return a table, each cell on a line of its own; first rows that hold only notes become notes."""
        check_grid(len(table.rows), len(table.columns) - 1, self.bounds)
        first = len(self.lines) + 1
        made: dict[LaidCell, Cell] = {}
        for row in table.rows:
            for laid in row:
                if laid not in made:
                    text = laid.text
                    number = self._add(text, laid.page, laid.box)
                    made[laid] = Cell(text, laid.row, laid.column, laid.row_span, laid.column_span, number)
        grid = tuple([tuple([made[laid] for laid in row]) for row in table.rows])
        texts = grid_texts(grid)
        taken = note_rows(texts, is_note)
        notes = tuple(text for r in taken for text in texts[r] if text)
        return TableItem(without_rows(grid, taken), notes, first, len(self.lines))


def _problems(pages: Sequence[FlowPage], path: str) -> tuple[Finding, ...]:
    """Name the pages that are pictures and bear no text but their number."""
    unread = [page.number for page in pages if page.pictured and not page.items]
    if not unread:
        return ()
    place = Place(file=path, page=unread[0])
    return (Finding.of("input.page-not-read", place, pages=page_ranges(unread), count=len(unread)),)


def page_ranges(numbers: Iterable[int]) -> str:
    """Write ascending page numbers in short.

    >>> page_ranges([1, 2, 3, 5])
    '1–3, 5'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)
