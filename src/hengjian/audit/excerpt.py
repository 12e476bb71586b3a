"""A finding's words in their surroundings, for a reader who wants to see the place."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.documents import Block, DocumentTree, Line, Table
from hengjian.kernel import Place

LINES_AROUND = 2
LONGEST_SIDE = 160
"""Characters of a paragraph shown on each side of the quote."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words before, the quoted words, words after; `quoted` is empty when the place has no words."""

    before: str
    quoted: str
    after: str


def excerpt(tree: DocumentTree | None, place: Place) -> Excerpt:
    """Return the quote with its surroundings: its paragraph, its table row, or the lines around it."""
    quote = (place.quote or "").strip()
    if tree is None or not quote:
        return Excerpt("", quote, "")
    for block in tree.blocks:
        if isinstance(block, Table):
            found = _in_table(block, quote, place.line)
        else:
            found = _cut(block.text, quote) if _holds_line(block, place.line) else None
        if found is not None:
            return found
    return _in_lines(tree.lines, quote, place.line)


def _holds_line(block: Block, line: int | None) -> bool:
    if isinstance(block, Table):
        return False
    lines = [segment.line for segment in block.segments] or [block.line]
    return line is None or min(lines) <= line <= max(lines)


def _in_table(table: Table, quote: str, line: int | None) -> Excerpt | None:
    """Show the row of a table that holds the quote, cells parted by bars."""
    for row in table.texts():
        words = " | ".join(cell for cell in row if cell)
        if line is not None and not any(cell.line == line for cell in table.cells):
            return None
        found = _cut(words, quote)
        if found is not None:
            return found
    return None


def _in_lines(lines: tuple[Line, ...], quote: str, line: int | None) -> Excerpt:
    """Show the source lines that the quote covers, with a few around."""
    if line is None or not 0 < line <= len(lines):
        return Excerpt("", quote, "")
    filled = [each for each in lines if each.text.strip()]
    start = next((index for index, each in enumerate(filled) if each.number >= line), len(filled))
    wanted, stop = len("".join(quote.split())), start
    while stop < len(filled) and wanted > 0:
        wanted -= len("".join(filled[stop].text.split()))
        stop += 1
    return Excerpt(
        _joined(filled[max(start - LINES_AROUND, 0) : start]),
        _joined(filled[start:stop]) or quote,
        _joined(filled[stop : stop + LINES_AROUND]),
    )


def _joined(lines: list[Line]) -> str:
    return " ".join(line.text.strip() for line in lines)


def _cut(text: str, quote: str) -> Excerpt | None:
    """Cut a text at a quote, white space aside."""
    positions = [index for index, character in enumerate(text) if not character.isspace()]
    at = "".join(text.split()).find("".join(quote.split()))
    length = len("".join(quote.split()))
    if at < 0 or length == 0:
        return None
    start, end = positions[at], positions[at + length - 1] + 1
    before, after = text[:start], text[end:]
    if len(before) > LONGEST_SIDE:
        before = "…" + before[-LONGEST_SIDE:]
    if len(after) > LONGEST_SIDE:
        after = after[:LONGEST_SIDE] + "…"
    return Excerpt(before, text[start:end], after)
