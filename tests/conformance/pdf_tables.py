"""Tables of a PDF as the audit takes them: an oracle reader on pdfplumber, which the product does not use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pdfplumber
from pdfplumber.page import Page

from hengjian.documents import Cell, DocumentTree, Paragraph, Table
from hengjian.documents.tree import Block, Line

Texts = list[list[str | None]]
"""The rows of a table; None where the cell left of a place, or above it, reaches over it."""

_PAGE_NUMBER = re.compile(r"[-—\s]*\d{1,3}[-—\s]*")
_TITLE = re.compile(r".{2,40}表")
_CONTENTS_WIDTH = 1
"""A frame of one column round a page of text is no table."""


def read_pdf(path: Path) -> DocumentTree:
    """Read lines and tables of a PDF; a table that goes on over the page becomes one table."""
    blocks: list[Block] = []
    lines: list[Line] = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for item in _items(page):
                line = len(lines) + 1
                if isinstance(item, str):
                    lines.append(Line(line, item, page.page_number, 0))
                    blocks.append(Paragraph(item, (), page.page_number, line))
                else:
                    lines.append(Line(line, "", page.page_number, 0))
                    _add(blocks, item, page.page_number, line)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return DocumentTree(str(path), digest, "pdf", tuple(blocks), tuple(lines), None, wrapped=False)


def _items(page: Page) -> Iterator[str | Texts]:
    """Yield the lines and tables of a page from the top down, without its number."""
    top = 0.0
    tables = [each for each in page.find_tables() if len(each.rows[0].cells) > _CONTENTS_WIDTH]
    for table in tables:
        yield from _lines(page, top, table.bbox[1])
        yield table.extract()
        top = table.bbox[3]
    yield from _lines(page, top, float(page.height))


def _lines(page: Page, top: float, bottom: float) -> Iterator[str]:
    text = page.crop((0, top, page.width, bottom)).extract_text() if bottom - top > 1 else ""
    yield from (line for line in text.splitlines() if line.strip() and not _PAGE_NUMBER.fullmatch(line))


def _add(blocks: list[Block], texts: Texts, page: int, line: int) -> None:
    """Add a table, or its rows to the table that ends the page before."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Table) and last.width == len(texts[0]):
        blocks[-1] = _longer(last, texts, line)
        return
    caption, notes = _title(blocks)
    blocks.append(Table(caption, notes, grid_of(texts, line), (), page, line))


def _title(blocks: list[Block]) -> tuple[str, tuple[str, ...]]:
    """Take the nearest title off the lines before a table, and the lines between: its notes."""
    for back, block in enumerate(reversed(blocks[-3:]), 1):
        if isinstance(block, Paragraph) and _TITLE.fullmatch(block.text):
            notes = tuple(each.text for each in blocks[len(blocks) - back + 1 :])
            del blocks[len(blocks) - back :]
            return block.text, notes
    return "", ()


def _longer(table: Table, texts: Texts, line: int) -> Table:
    """Return a table with further rows, without those of its head that are printed again."""
    head = table.texts()
    again = sum(1 for _ in takewhile(lambda pair: _same(*pair), zip(texts, head, strict=False)))
    rows = grid_of(texts[again:], line, first=len(table.rows))
    return Table(table.caption, table.notes, (*table.rows, *rows), table.section, table.page, table.line)


def _same(row: list[str | None], head: tuple[str, ...]) -> bool:
    return [text or "" for text in row] == list(head) and any(row)


def grid_of(texts: Texts, line: int, first: int = 0) -> tuple[tuple[Cell, ...], ...]:
    """Lay cells over the places that they reach over."""
    width, height = len(texts[0]), len(texts)
    taken: dict[tuple[int, int], Cell] = {}
    for r in range(height):
        for c in range(width):
            text = texts[r][c]
            if (r, c) in taken:
                continue
            wide = 1
            while c + wide < width and texts[r][c + wide] is None and (r, c + wide) not in taken:
                wide += 1
            high = 1
            while r + high < height and all(texts[r + high][k] is None for k in range(c, c + wide)):
                high += 1
            cell = Cell(text or "", first + r, c, high, wide, line)
            taken |= {(r + i, c + k): cell for i in range(high) for k in range(wide)}
    return tuple(tuple(taken[r, c] for c in range(width)) for r in range(height))
