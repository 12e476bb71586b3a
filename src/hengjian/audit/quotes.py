"""The words around a quote: its paragraph, the source lines or the rows of a table that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from hengjian.documents import DocumentTree, Table
from hengjian.kernel import Place

LINES_AROUND = 2
SHORT, BESIDE = 60, 90  # a shorter paragraph is shown with so many characters of its neighbours
LONG, SIDE = 700, 260  # a longer paragraph is cut to so many characters on either side of the quote
WINDOW = 30  # filled lines in which a quote must be found
WIDE = 8  # columns beyond which a table is narrowed to those near the quote


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the document's words, marked when it belongs to the quote."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A table cell: its words and how many of the shown columns it spans."""

    pieces: tuple[Piece, ...]
    span: int = 1


@dataclass(frozen=True, slots=True)
class Context:
    """A quote in its surroundings: paragraphs, numbered source lines, or rows of a table under its head."""

    prose: tuple[tuple[Piece, ...], ...] = ()
    lines: tuple[tuple[int, tuple[Piece, ...]], ...] = ()
    head: tuple[ShownCell, ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()


def mark(texts: Sequence[str], quote: str) -> list[tuple[Piece, ...]] | None:
    """Cut texts into pieces with the quote marked, white space aside; None when it is not there.

    A quote whose words do not follow one another is marked word by word, in order.

    >>> [[(p.text, p.marked) for p in pieces] for pieces in mark(["共 3.0", "0万元"], "3.00")]
    [[('共 ', False), ('3.0', True)], [('0', True), ('万元', False)]]
    """
    spots = [(u, i) for u, text in enumerate(texts) for i, char in enumerate(text) if not char.isspace()]
    flat = "".join(texts[u][i] for u, i in spots)
    words = quote.split()
    found = _find(flat, ["".join(words)]) or _find(flat, words)
    if not found:
        return None
    ranges: dict[int, list[tuple[int, int]]] = {}
    for start, end in found:
        for unit, run in groupby(spots[start:end], key=itemgetter(0)):
            inside = [i for _, i in run]
            ranges.setdefault(unit, []).append((inside[0], inside[-1] + 1))
    return [tuple(_cut(text, ranges.get(unit, []))) for unit, text in enumerate(texts)]


def _find(flat: str, words: list[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in words:
        start = flat.find(word, at) if word else -1
        if start < 0:
            return []
        at = start + len(word)
        found.append((start, at))
    return found


def _cut(text: str, ranges: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in ranges:
        if text[at:start]:
            yield Piece(text[at:start])
        yield Piece(text[start:end], marked=True)
        at = end
    if text[at:]:
        yield Piece(text[at:])


class Surroundings:
    """Finds the context of places in one document."""

    def __init__(self, tree: DocumentTree | None) -> None:
        self._blocks = tree.blocks if tree is not None else ()
        self._filled = [line for line in tree.lines if line.text.strip()] if tree is not None else []
        self._wrapped = tree is not None and tree.wrapped
        self._at: dict[int, int] = {}
        for index, block in enumerate(self._blocks):
            last = block.cells if isinstance(block, Table) else block.segments
            for line in range(block.line, max([block.line, *(part.line for part in last)]) + 1):
                self._at.setdefault(line, index)

    def of(self, place: Place) -> Context:
        """Return the surroundings of a place's quote; the quote alone when they cannot be found."""
        quote = (place.quote or "").strip()
        if not quote:
            return Context()
        index = self._at.get(place.line or 0)
        block = self._blocks[index] if index is not None else None
        found = None
        if isinstance(block, Table):
            found = _in_table(block, quote, place.line or 0)
        elif index is not None and block is not None and (not self._wrapped or "。" in block.text):
            found = self._in_prose(index, quote)
        return found or self._in_lines(place.line, quote) or Context(prose=((Piece(quote, marked=True),),))

    def _in_prose(self, index: int, quote: str) -> Context | None:
        """Mark the quote in its paragraph; a short one is shown between its neighbours."""
        marked = mark([self._blocks[index].text], quote)
        if marked is None or len(self._blocks[index].text) >= SHORT:
            return None if marked is None else Context(prose=(_shortened(marked[0]),))
        above, below = self._text(index - 1), self._text(index + 1)
        above = above if len(above) <= BESIDE else "…" + above[-BESIDE:]
        below = below if len(below) <= BESIDE else below[:BESIDE] + "…"
        return Context(
            prose=tuple(run for run in ((Piece(above),), marked[0], (Piece(below),)) if run[0].text)
        )

    def _text(self, index: int) -> str:
        block = self._blocks[index] if 0 <= index < len(self._blocks) else None
        return "" if block is None or isinstance(block, Table) else block.text

    def _in_lines(self, line: int | None, quote: str) -> Context | None:
        """Mark the quote in the source lines from its place on, with a few lines around."""
        start = next((i for i, each in enumerate(self._filled) if each.number >= (line or 0)), None)
        if line is None or start is None:
            return None
        shown = self._filled[start : start + WINDOW]
        marked = mark([each.text.strip() for each in shown], quote)
        if marked is None:
            return None
        hits = [start + i for i, pieces in enumerate(marked) if any(p.marked for p in pieces)]
        around = self._filled[max(hits[0] - LINES_AROUND, 0) : hits[-1] + LINES_AROUND + 1]
        words = {each.number: pieces for each, pieces in zip(shown, marked, strict=True)}
        return Context(lines=tuple((n.number, words.get(n.number, (Piece(n.text.strip()),))) for n in around))


def _shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Cut a long paragraph's words before and after the quote."""
    if sum(len(piece.text) for piece in pieces) <= LONG:
        return pieces
    first, last = pieces[0], pieces[-1]
    if not first.marked and len(first.text) > SIDE:
        pieces = (Piece("…" + first.text[-SIDE:]), *pieces[1:])
    if not last.marked and len(last.text) > SIDE:
        pieces = (*pieces[:-1], Piece(last.text[:SIDE] + "…"))
    return pieces


def _in_table(table: Table, quote: str, line: int) -> Context | None:
    """Show the row that holds the quote between its neighbours, under the table's head."""
    begun = [max((cell.line for cell in row if cell.row == r), default=0) for r, row in enumerate(table.rows)]
    for at in sorted(range(len(table.rows)), key=lambda r: (begun[r] < line, r)):
        words = [cell.text if _own(table, at, c) else "" for c, cell in enumerate(table.rows[at])]
        marked = _mark_cells(words, quote) or mark(words, quote)
        if marked is None:
            continue
        columns = _columns(table, at, marked)
        plain = [_row(table, r, columns) for r in range(max(at - 1, 0), min(at + 2, len(table.rows)))]
        plain[min(at, 1)] = _row(table, at, columns, marked)
        head = _row(table, _head(table), columns) if at > _head(table) + 1 else ()
        return Context(head=head, rows=tuple(plain))
    return None


def _mark_cells(words: Sequence[str], quote: str) -> list[tuple[Piece, ...]] | None:
    """Mark whole cells where a quote joins some of a row; None where they do not make it up."""
    left = "".join(quote.split())
    marked: list[tuple[Piece, ...]] = []
    for word in words:
        bare = "".join(word.split())
        hit = bool(bare) and left.startswith(bare)
        left = left.removeprefix(bare) if hit else left
        marked.append((Piece(word, marked=hit),) if word else ())
    return None if left else marked


def _head(table: Table) -> int:
    """Return the first row with words in most columns: titles above it fill but one cell."""
    rows = ({id(cell) for cell in row if cell.text.strip()} for row in table.rows)
    return next((r for r, filled in enumerate(rows) if len(filled) * 2 > table.width), 0)


def _own(table: Table, row: int, column: int) -> bool:
    """Tell whether a position is the first of its cell in the row."""
    return column == 0 or table.rows[row][column] is not table.rows[row][column - 1]


def _columns(table: Table, at: int, marked: Sequence[tuple[Piece, ...]]) -> list[int]:
    """Choose the columns to show: those with words, and of a wide table those near the quote."""
    near = {_head(table), at, at - 1, at + 1} & set(range(len(table.rows)))
    filled = [c for c in range(table.width) if any(table.rows[r][c].text.strip() for r in near)]
    if len(filled) <= WIDE:
        return filled
    hits = [c for c, pieces in enumerate(marked) if any(piece.marked for piece in pieces)]
    return [c for c in filled if c <= 1 or hits[0] - 1 <= c <= hits[-1] + 1]


def _row(
    table: Table, row: int, columns: Iterable[int], marked: Sequence[tuple[Piece, ...]] | None = None
) -> tuple[ShownCell, ...]:
    cells: list[ShownCell] = []
    last = None
    for column in columns:
        cell = table.rows[row][column]
        if cell is last:
            cells[-1] = replace(cells[-1], span=cells[-1].span + 1)
        else:
            pieces = marked[column] if marked is not None and marked[column] else (Piece(cell.text),)
            cells.append(ShownCell(pieces))
        last = cell
    return tuple(cells)
