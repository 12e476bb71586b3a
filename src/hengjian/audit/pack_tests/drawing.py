"""Documents drawn in a few lines of text, read like any other document."""

from __future__ import annotations

from itertools import groupby

from hengjian.documents import Cell, DocumentTree, Line
from hengjian.documents.builder import Passage, TableItem, TreeBuilder
from hengjian.documents.spans import spans_of

BAR, LEFT, ABOVE = "|", "<", "^"


def drawn(text: str, name: str = "") -> DocumentTree:
    r"""Return the document that a text draws: a line with bars is a row of a table, any other a paragraph.

    ``<`` goes on the cell to its left and ``^`` the one above, which makes merged cells.

    >>> [table.texts() for table in drawn("收支表\n项目 | 金额\n合计 | 10").tables()]
    [(('项目', '金额'), ('合计', '10'))]
    """
    texts = (line.strip() for line in text.splitlines() if line.strip())
    lines = tuple(Line(number, line, None, 0) for number, line in enumerate(texts, 1))
    builder = TreeBuilder(lines)
    items: list[Passage | TableItem] = []
    for is_table, group in groupby(lines, key=lambda line: BAR in line.text):
        if is_table:
            rows = list(group)
            items.append(TableItem(_grid(rows), (), rows[0].number, rows[-1].number))
        else:
            items += [Passage(spans_of(line)) for line in group]
    builder.build(items)
    return DocumentTree(name, "", "drawn", tuple(builder.blocks), lines, None, wrapped=False)


def _grid(rows: list[Line]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows as a rectangle in which a merged cell stands at every position that it covers."""
    texts = [[cell.strip() for cell in row.text.split(BAR)] for row in rows]
    width = max(len(row) for row in texts)
    padded = [row + [""] * (width - len(row)) for row in texts]
    anchors: list[list[tuple[int, int]]] = []
    for r, row in enumerate(padded):
        anchors.append([])
        for c, text in enumerate(row):
            if text == LEFT and c:
                anchors[r].append(anchors[r][c - 1])
            elif text == ABOVE and r:
                anchors[r].append(anchors[r - 1][c])
            else:
                anchors[r].append((r, c))
    covered: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for r, row_anchors in enumerate(anchors):
        for c, anchor in enumerate(row_anchors):
            covered.setdefault(anchor, []).append((r, c))
    cells = {
        (r, c): Cell(
            padded[r][c],
            r,
            c,
            row_span=max(at[0] for at in positions) - r + 1,
            column_span=max(at[1] for at in positions) - c + 1,
            line=rows[r].number,
        )
        for (r, c), positions in covered.items()
    }
    return tuple(tuple(cells[anchor] for anchor in row) for row in anchors)
