"""Tables in the dump of a Word file: a cell a line behind a tab, or cells parted by tabs on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hengjian.documents.grid import RawCell
from hengjian.documents.headings import heading_mark
from hengjian.documents.spans import spans_of
from hengjian.documents.tree import Line

LONGEST_CELL_RUN = 40
"""Lines a cell may go on for without a tab; a longer run is text after the table."""


@dataclass(slots=True)
class RawTable:
    """A table as the dump prints it: rows of cells of any length.

    `last` is the number of its last line, `end` the index of the line to read on from.
    """

    rows: list[list[RawCell]] = field(default_factory=list)
    last: int = 0
    end: int = 0


def begins_table(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a table begins at a line."""
    text = lines[index].text
    if "\t" not in text:
        return False
    if text.startswith("\t"):
        return True
    # A single tab at the end of a line of prose is a stray one.
    return "\t" in text.rstrip() or _tabbed(lines, index + 1)


def _tabbed(lines: Sequence[Line], index: int) -> bool:
    return index < len(lines) and "\t" in lines[index].text.rstrip()


def read_table(lines: Sequence[Line], index: int) -> RawTable:
    """Read the table that begins at a line."""
    text = lines[index].text
    by_line = text.startswith("\t") and "\t" not in text[1:]
    return _read_cells(lines, index) if by_line else _read_rows(lines, index)


def _read_cells(lines: Sequence[Line], index: int) -> RawTable:
    """Read a table that has a cell on each line."""
    table = RawTable()
    row: list[RawCell] = []
    while index < len(lines):
        text = lines[index].text
        if text.startswith("\t"):
            row.extend(RawCell(part.strip(), lines[index].number) for part in text[1:].split("\t"))
            index += 1
        elif row and text.strip() and (run := _cell_run(lines, index)):
            row[-1] = row[-1].more(_text(line) for line in lines[index : index + run])
            index += run
        else:
            blanks = _blanks(lines, index)
            if not blanks:
                break
            table.last = lines[index - 1].number
            table.rows.append(row)
            row = []
            index += blanks
            if blanks > _BLANKS_IN_TABLE or index >= len(lines) or not lines[index].text.startswith("\t"):
                break
    if row:
        table.rows.append(row)
        table.last = lines[index - 1].number
    table.end = index
    return table


_BLANKS_IN_TABLE = 2
"""Blank lines within a table: a row's end, and one more when its last cell ends with an empty line."""


def _blanks(lines: Sequence[Line], index: int) -> int:
    end = index
    while end < len(lines) and not lines[end].text.strip(" \f\r") and "\t" not in lines[end].text:
        end += 1
    return end - index


def _cell_run(lines: Sequence[Line], index: int) -> int:
    """Count the lines without a tab that go on a cell; 0 when they are text after the table."""
    end = index
    while end < len(lines) and lines[end].text.strip() and "\t" not in lines[end].text:
        if end - index >= LONGEST_CELL_RUN:
            return 0
        end += 1
    blanks = _blanks(lines, end)
    after = end + blanks
    if after < len(lines) and lines[after].text.startswith("\t") and blanks <= _BLANKS_IN_TABLE:
        # A caption or heading right before the next table is no part of the last cell.
        return 0 if not blanks and _is_caption(lines, index, end) else end - index
    return end - index if blanks >= _BLANKS_IN_TABLE and not _is_heading(lines[index]) else 0


def _is_caption(lines: Sequence[Line], index: int, end: int) -> bool:
    return end - index == 1 and _is_heading(lines[index])


def _is_heading(line: Line) -> bool:
    mark = heading_mark(_text(line))
    return mark is not None and not mark.style.startswith("arabic")


def _read_rows(lines: Sequence[Line], index: int) -> RawTable:
    """Read a table that has its cells parted by tabs on one line for each row."""
    table = RawTable()
    while index < len(lines):
        text = lines[index].text
        if "\t" in text:
            table.rows.append([RawCell(part.strip(), lines[index].number) for part in text.split("\t")])
            index += 1
            continue
        blanks = _blanks(lines, index)
        after = index + blanks
        # A page break leaves one blank line within a table; another number of columns is another table.
        if blanks != 1 or not _tabbed(lines, after):
            break
        if lines[after].text.count("\t") + 1 != len(table.rows[-1]):
            break
        index = after
    table.last = lines[index - 1].number
    table.end = index
    return table


def _text(line: Line) -> str:
    return "".join(span.text for span in spans_of(line))
