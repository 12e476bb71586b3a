"""The reader of text files: dumps of Word files and of PDFs."""

from __future__ import annotations

from hengjian.documents.bounds import BOUNDS, Bounds, check_text
from hengjian.documents.builder import Passage, TableItem, TreeBuilder, is_note
from hengjian.documents.dump import pieces
from hengjian.documents.grid import note_rows, table_grid
from hengjian.documents.source import decode, paged, raw_lines
from hengjian.documents.text_tables import RawTable
from hengjian.documents.tree import DocumentTree
from hengjian.documents.wrapped import join_lines, wrap_width


def read_text(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read the bytes of a text file. Raises InputError when they are no text or too much of it."""
    text = decode(data, path)
    check_text(text, path, bounds)
    raw = raw_lines(text)
    width = wrap_width([line for line, _ in raw])
    lines, numbers = paged(raw, wrapped=width is not None)
    builder = TreeBuilder(lines, wrapped=width is not None)
    if width is None:
        builder.build([item if isinstance(item, Passage) else _table(item, bounds) for item in pieces(lines)])
    else:
        builder.build([Passage(spans) for spans in join_lines(lines, numbers, width)])
    return DocumentTree(
        path=path,
        sha256=sha256,
        format="txt",
        blocks=tuple(builder.blocks),
        lines=lines,
        pages=max((line.page for line in lines if line.page is not None), default=None),
        wrapped=width is not None,
        toc=tuple(builder.toc),
    )


def _table(raw: RawTable, bounds: Bounds) -> TableItem:
    """Lay a table out; its first rows that hold only notes become its notes."""
    taken = note_rows([[cell.text for cell in row] for row in raw.rows], is_note)
    notes = tuple(cell.text for r in taken for cell in raw.rows[r] if cell.text)
    rows = [row for r, row in enumerate(raw.rows) if r not in taken]
    return TableItem(table_grid(rows, bounds), notes, raw.rows[0][0].line, raw.last)
