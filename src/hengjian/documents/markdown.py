"""A document as Markdown: headings, paragraphs and tables in reading order, a mark where a page begins.

A table without merged cells is written with bars; one with merged cells as HTML, which Markdown allows, so
that no span is lost. Every character that Markdown would take for a mark is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from hengjian.documents.tree import Block, Cell, DocumentTree, Heading, Table

_DEEPEST = 6
_MARKS = re.compile(r"([\\`*_\[\]<>|~#&])")
_LEADING = re.compile(r"^(\s*\d*)([-+=.)])(?=\s|$|[-=]+\s*$)")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


def markdown(tree: DocumentTree) -> str:
    """Return a document as Markdown; pages are marked by comments such as ``<!-- page 3 -->``."""
    return "\n\n".join(_parts(tree)) + "\n"


def escaped(text: str) -> str:
    r"""Return a text in which nothing is a mark of Markdown.

    >>> escaped("1. a*b|c"), escaped("- 无"), escaped("-1.50")
    ('1\\. a\\*b\\|c', '\\- 无', '-1.50')
    """
    return _LEADING.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def _parts(tree: DocumentTree) -> Iterator[str]:
    page = None
    for block in tree.blocks:
        if block.page is not None and block.page != page:
            page = block.page
            yield f"<!-- page {page} -->"
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        if block.caption and not block.caption_elsewhere:
            yield f"**{_line(block.caption)}**"
        yield from map(_line, block.notes)
        if block.rows:
            merged = any(cell.row_span > 1 or cell.column_span > 1 for cell in block.cells)
            yield html_table(block) if merged else _bars(block)
    elif isinstance(block, Heading):
        yield f"{'#' * min(block.level, _DEEPEST)} {_line(block.text)}"
    elif block.text.strip():
        yield "\\\n".join(escaped(line) for line in _BREAK.split(block.text.strip()))


def _line(text: str) -> str:
    return escaped(" ".join(text.split()))


def _bars(table: Table) -> str:
    """Return a table with bars; its first row is its head, as Markdown knows no table without one."""
    head, *rest = ([_inside(cell) for cell in row] for row in table.rows)
    rows = (head, ["---"] * len(head), *rest)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _inside(cell: Cell) -> str:
    return "<br>".join(escaped(line.strip()) for line in _BREAK.split(cell.text.strip()))


def html_table(table: Table) -> str:
    """Return a table as HTML with its spans, a row a line."""
    anchors = (
        (cell for c, cell in enumerate(row) if (cell.row, cell.column) == (r, c))
        for r, row in enumerate(table.rows)
    )
    return "\n".join(("<table>", *(f"<tr>{_cells(row)}</tr>" for row in anchors), "</table>"))


def _cells(cells: Iterable[Cell]) -> str:
    return "".join(
        f"<td{_span('rowspan', cell.row_span)}{_span('colspan', cell.column_span)}>"
        f"{'<br>'.join(escape(line.strip()) for line in _BREAK.split(cell.text.strip()))}</td>"
        for cell in cells
    )


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""
