"""Tables continued over pages become one: repeated heads are dropped, broken cells and labels rejoined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hengjian.documents.grid import LONGEST_HEAD
from hengjian.documents.headings import mark_of
from hengjian.documents.page_flow import FlowPage
from hengjian.documents.page_text import PageLine, cell_text
from hengjian.documents.printed import Box, PrintedLine, PrintedTable

_TOLERANCE = 3.0
"""Points by which the edges of columns may differ from page to page."""

_SHARED = 0.6
"""The share of the inner edges that the pages of one table have in common at least."""

_LEAD = 4
"""Lines above a table that may be its title and notes, and may be printed again on the next page."""

_FOOT = 0.3
"""The share of a page's height that a table which goes on leaves empty at most."""

_LONG_TEXT = 20
"""Characters of a cell that is broken in the middle of a sentence, whatever its neighbours hold."""

_LOOK_BACK = 100
"""Rows above a page's end that tell what goes on: a table of thousands of rows is read once."""

_HEADS = 3
"""Words that a row which names columns holds at least."""

_CONTINUED = re.compile(r"[（(]?\s*续\s*表?\s*\d{0,2}\s*[)）]?")
_ENDED = re.compile(r"[。！？!?]$")
_FIGURE = re.compile(r"[-+－]?[\d,，]+(?:[.．]\d+)?[%％]?")
_OPEN = re.compile(r"[、，,（(《“]$")


@dataclass(slots=True, eq=False)
class LaidCell:
    """A cell of a table that may still grow; it is the same object at each position it covers."""

    lines: list[PrintedLine]
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    page: int

    @property
    def text(self) -> str:
        """The lines' text, broken lines joined."""
        return cell_text(self.lines, self.box)

    @property
    def key(self) -> str:
        """The words without any space, for comparison."""
        return "".join("".join(line.text for line in self.lines).split())


Rows = list[list[LaidCell]]


@dataclass(slots=True, eq=False)
class LaidTable:
    """A table and the lines above it; `last_page` and `bottom` tell where it ends."""

    rows: Rows
    columns: list[float]
    last_page: int
    bottom: float
    height: float
    open_bottom: bool
    lead: list[str] = field(default_factory=list)


def stitch(pages: Sequence[FlowPage]) -> list[PageLine | LaidTable]:
    """Return the lines and tables of all pages, furniture left out, each table once."""
    items: list[PageLine | LaidTable] = []
    for page in pages:
        sheet = (round(page.width), round(page.height))
        rest: Sequence[PrintedLine | PrintedTable] = page.items
        open_table = items[-1] if items else None
        if isinstance(open_table, LaidTable) and open_table.last_page < page.number:
            rest = _continue(open_table, page)
        for item in rest:
            if isinstance(item, PrintedLine):
                items.append(PageLine(item.text, item.box, page.number, sheet))
            else:
                lead = [each.text for each in _lines_before(items)]
                items.append(_laid(item, page, lead))
    return items


def _lines_before(items: Sequence[PageLine | LaidTable]) -> Iterator[PageLine]:
    """Yield the lines right before the end, at most as many as lead a table."""
    for item in items[-_LEAD:][::-1]:
        if not isinstance(item, PageLine):
            return
        yield item


def _laid(table: PrintedTable, page: FlowPage, lead: list[str]) -> LaidTable:
    rows: Rows = []
    for at, row in enumerate(table.rows):
        laid: list[LaidCell] = []
        for place, cell in enumerate(row):
            if cell.column < place:
                laid.append(laid[-1])
            elif cell.row < at:
                laid.append(rows[-1][place])
            else:
                spans = (cell.row_span, cell.column_span)
                laid.append(LaidCell(list(cell.lines), at, place, *spans, cell.box, page.number))
        rows.append(laid)
    return LaidTable(
        rows, list(table.columns), page.number, table.box.bottom, page.height, table.open_bottom, lead
    )


def _continue(table: LaidTable, page: FlowPage) -> Sequence[PrintedLine | PrintedTable]:
    """Add the table that goes on at the top of a page; return what is left of the page."""
    for at, item in enumerate(page.items[: _LEAD + 1]):
        if isinstance(item, PrintedTable):
            lead = [line.text for line in page.items[:at] if isinstance(line, PrintedLine)]
            both_open = table.open_bottom and item.open_top
            columns = _common_columns(table.columns, item.columns, same=both_open)
            again = {_bare(text) for text in table.lead}
            if columns is None or any(_bare(text) not in again for text in lead if not _is_mark(text)):
                break
            if _goes_on(table, _laid(item, page, lead), columns, both_open=both_open):
                return page.items[at + 1 :]
            break
    return page.items


def _goes_on(table: LaidTable, more: LaidTable, columns: list[float], *, both_open: bool) -> bool:
    """Append `more` over `columns` when it is the same table on the next page; else return False."""
    first = _spread(table.rows, table.columns, columns)
    added = _spread(more.rows, more.columns, columns)
    head = _head_again(first, added)
    said = bool(head) or any(_is_mark(text) or "续" in text for text in more.lead)
    if not said and (more.lead or _ends_early(table, added)):
        return False
    if head == len(added) or _is_another(first, added, head, titled=bool(more.lead)):
        return False
    table.rows, table.columns = first, columns
    _append(table, added[head:], head, both_open=both_open)
    table.last_page, table.bottom, table.open_bottom = more.last_page, more.bottom, more.open_bottom
    table.height = more.height
    return True


def _bare(text: str) -> str:
    return "".join(_CONTINUED.sub("", text).split())


def _is_mark(text: str) -> bool:
    """Tell whether a line only says that the table goes on."""
    return bool(_CONTINUED.fullmatch(text.strip()))


def _ends_early(table: LaidTable, added: Rows) -> bool:
    """Tell whether the next row would still have fitted on the page, and much else."""
    box = added[0][0].box
    room = table.height - table.bottom
    return room > _FOOT * table.height + min(box.bottom - box.top, _FOOT * table.height)


def _common_columns(one: Sequence[float], other: Sequence[float], *, same: bool) -> list[float] | None:
    """Return the edges of both tables' columns as one list, None when they are different tables' edges.

    Where it is the `same` table, as its open cells tell, the rows of a page may have few edges in common.
    The edges count from the first table's left edge: pages may be bound with other margins.
    """
    shift = one[0] - other[0]
    if abs(one[-1] - other[-1] - shift) > _TOLERANCE:
        return None
    own = [edge for edge in other if not any(abs(edge + shift - each) <= _TOLERANCE for each in one)]
    shared = len(other) - len(own) - 2
    fewest = min(len(one), len(other)) - 2
    if not same and own and len(one) - 2 > shared and shared < _SHARED * fewest:
        return None
    return sorted([*one, *(edge + shift for edge in own)])


def _spread(rows: Rows, edges: Sequence[float], columns: Sequence[float]) -> Rows:
    """Return a grid over more columns; cells that now cover several span them."""
    if len(edges) == len(columns):
        return rows
    shift = columns[0] - edges[0]
    at = [min(range(len(columns)), key=lambda i, e=edge: abs(columns[i] - e - shift)) for edge in edges]  # type: ignore[misc]
    spread = [[cell for c, cell in enumerate(row) for _ in range(at[c + 1] - at[c])] for row in rows]
    for cell in {id(cell): cell for row in rows for cell in row}.values():
        start = cell.column
        cell.column = at[start]
        cell.column_span = at[start + cell.column_span] - at[start]
    return spread


def _head_again(first: Rows, added: Rows) -> int:
    """Return how many rows at the top of `added` print a head of `first` again.

    The head is that of the table, or of a further table right below it, which may have no rules of its own.
    """
    keys = [[cell.key for cell in row] for row in added]
    count = _alike(first, keys)
    for at in range(max(len(first) - _LOOK_BACK, 1), len(first)):
        if _is_head(first[at]):
            count = max(count, _alike(first[at:], keys))
    while count and any(cell.row + cell.row_span > count for cell in added[count - 1]):
        count -= 1
    return count


def _alike(rows: Rows, keys: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top say the same, not counting from a blank one on."""
    count = 0
    for row, said in zip(rows, keys, strict=False):
        if not any(said) or any(cell.key != key for cell, key in zip(row, said, strict=True)):
            break
        count += 1
    return count


def _is_head(row: Sequence[LaidCell]) -> bool:
    """Tell whether a row names columns: it is full of short words without a figure."""
    keys = [cell.key for cell in dict.fromkeys(row)]
    return len(keys) >= _HEADS and all(
        0 < len(key) <= LONGEST_HEAD and not _FIGURE.fullmatch(key) for key in keys
    )


def _is_another(first: Rows, added: Rows, head: int, *, titled: bool) -> bool:
    """Tell whether a table is a further copy of the same form, or begins with a title of its own."""
    row, same = added[head], first[head] if head < len(first) else []
    label = row[0].key
    if label and not _FIGURE.fullmatch(label) and same and same[0].key == label:
        return True
    alone = row[0].column_span == len(row) and len(row) > 1
    return alone and not titled and head == 0 and label.endswith(("表", "表）")) and first[0][0].key != label


def _append(table: LaidTable, added: Rows, dropped: int, *, both_open: bool) -> None:
    """Append rows whose numbers begin at `dropped`, rejoining the row and the labels that the page broke."""
    last = table.rows[-1]
    start = len(table.rows) - dropped
    joined = _is_broken(last, added[0], both_open=both_open)
    if joined:
        start -= 1
    pairs = dict.fromkeys(zip(last, added[0], strict=True))
    labels = _label_columns(table.rows[-_LOOK_BACK:])
    replaced: dict[int, LaidCell] = {}
    for above, below in pairs:
        if (above.column, above.column_span) != (below.column, below.column_span):
            continue
        if joined or _is_label_broken(above, below, labels):
            above.lines.extend(below.lines)
            above.row_span += below.row_span - joined
            replaced[id(below)] = above
    for cell in {id(cell): cell for row in added for cell in row}.values():
        cell.row += start
    rows = [[replaced.get(id(cell), cell) for cell in row] for row in added]
    table.rows.extend(rows[joined:])


def _is_broken(last: Sequence[LaidCell], row: Sequence[LaidCell], *, both_open: bool) -> bool:
    """Tell whether a page breaks one row: a cell goes on in the middle of what it says, others are blank."""
    pairs = list(dict.fromkeys(zip(last, row, strict=True)))
    if any((a.column, a.column_span) != (b.column, b.column_span) for a, b in pairs):
        return False
    both = [(a, b) for a, b in pairs if a.lines and b.lines]
    if any(_FIGURE.fullmatch(a.key) and _FIGURE.fullmatch(b.key) and not _one_figure(a, b) for a, b in both):
        return False
    if not both or not all(_unfinished(a, b) or _lists(a, b) for a, b in both):
        return False
    blank = [a for a, b in pairs if a.lines and not b.lines]
    if both_open:
        return True
    if any(len(a.key) > _LONG_TEXT and len(a.lines) > 1 and _unfinished(a, b) for a, b in both):
        return True
    coded = not row[0].lines and bool(last[0].lines)
    tall = any(max(len(a.lines), len(b.lines)) > 1 or b.key[0] in "（(" for a, b in both)
    return bool(blank) and (coded or tall)


def _one_figure(above: LaidCell, below: LaidCell) -> bool:
    return "\n" not in cell_text([*above.lines, *below.lines], above.box)


def _unfinished(above: LaidCell, below: LaidCell) -> bool:
    """Tell whether what a cell says goes on in the one below it."""
    if _OPEN.search(above.key):
        return True
    if bool(_FIGURE.fullmatch(above.key)) is not bool(_FIGURE.fullmatch(below.key)):
        return False
    if _ENDED.search(above.key) or mark_of(below.lines[0].text):
        return False
    if below.key.startswith(("（", "(")):
        return True
    return "\n" not in cell_text([above.lines[-1], below.lines[0]], above.box)


def _lists(above: LaidCell, below: LaidCell) -> bool:
    """Tell whether a cell lists numbered items and the one below goes on counting."""
    mark = mark_of(below.lines[0].text)
    return mark is not None and sum(mark_of(line.text) is not None for line in above.lines) > 1


def _label_columns(rows: Rows) -> frozenset[int]:
    """Return the columns in which a label stands for several rows."""
    return frozenset(
        cell.column for row in rows for cell in row if cell.row > 0 and cell.row_span > 1 and cell.lines
    )


def _is_label_broken(above: LaidCell, below: LaidCell, labels: frozenset[int]) -> bool:
    """Tell whether a merged label goes on: its words break off, or it is blank beside further rows."""
    if not above.lines:
        return False
    if not below.lines:
        spans = above.row_span > 1 or below.row_span > 1 or above.column in labels
        return spans and not _FIGURE.fullmatch(above.key)
    whole = above.key + below.key
    return whole.endswith("指标") and not above.key.endswith("指标") and len(below.key) < len("产出指标")
