"""A workbook's tabs as they were saved: cells with what they hold and how it is shown.

Read from the XML within the bounds of every Office file. Not by a spreadsheet library: whether a formula was
ever calculated, which error it came to and how a number is shown decide what a cell states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Context, Decimal, InvalidOperation
from typing import Literal

from lxml import etree

from hengjian.documents.bounds import Bounds, too_complex
from hengjian.documents.docx_package import Package
from hengjian.documents.number_format import GENERAL, NumberFormat, built_in, parse_format

Kind = Literal["text", "number", "date", "boolean", "error", "uncalculated"]
Position = tuple[int, int]
"""Row and column, from 0."""

MOST_TABS = 200
MOST_ROWS = 20_000
MOST_COLUMNS = 256
LONGEST_TEXT = 10_000
_MOST_MERGES = 5_000
_DOUBLE = Context(prec=15)
"""A spreadsheet keeps 15 digits; what stands behind them is noise of binary fractions."""

_KINDS: dict[str, Kind] = {"e": "error", "b": "boolean", "d": "date"}
"""What types of cells are that hold neither a number nor a string."""
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RELATION_ID = re.compile(r"\{[^}]*relationships\}id")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds; `number` is there for a number, `text` for everything else."""

    kind: Kind
    text: str = ""
    number: Decimal | None = None
    shown: NumberFormat = GENERAL


Range = tuple[Position, Position]
"""The first and the last position of a rectangle of cells."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a workbook does not show of a sheet: the whole, some rows and columns (from 0), or zeros."""

    sheet: bool = False
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    zeros: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of a workbook: its cells that hold something, and its merged ranges (both ends included).

    `since_1904` tells that its dates count from 1904.
    """

    name: str
    cells: dict[Position, Cell] = field(default_factory=dict)
    merges: tuple[Range, ...] = ()
    hidden: Hidden = Hidden()
    since_1904: bool = False

    def text(self, row: int, column: int) -> str:
        """Return a cell as text without white space around it; empty when it holds nothing."""
        cell = self.cells.get((row, column))
        if cell is None:
            return ""
        return (f"{cell.number:f}" if cell.number is not None else cell.text).strip().strip("\u3000\xa0")

    def covered(self, row: int, column: int) -> bool:
        """Tell whether a merged cell that begins elsewhere covers the position."""
        return any(
            top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
            for (top, left), (bottom, right) in self.merges
        )


def book_of(data: bytes, path: str, bounds: Bounds) -> tuple[Tab, ...]:
    """Read the bytes of an xlsx; raises `InputError` when they are damaged or over a bound."""
    package = Package.open(data, path, bounds)
    main = package.main()
    entries = list(main.iter("{*}sheet"))
    if len(entries) > MOST_TABS:
        raise too_complex(path, path, "sheet", len(entries), MOST_TABS)
    strings, formats = _strings(package.related("sharedStrings")), _formats(package.related("styles"))
    since_1904 = any(_is_true(each.get("date1904")) for each in main.iter("{*}workbookPr"))
    reader = _TabReader(path, strings, formats, since_1904)
    return tuple(
        reader.tab(entry, root) for entry in entries if (root := package.by_id(_relation(entry))) is not None
    )


def address(position: Position) -> str:
    """Return a position as a spreadsheet calls it.

    >>> address((0, 0)), address((41, 27))
    ('A1', 'AB42')
    """
    row, column = position
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def position(text: str) -> Position | None:
    """Return the position of an address; None when it is none.

    >>> position("AB42"), position("A0"), position("1A")
    ((41, 27), None, None)
    """
    found = _ADDRESS.fullmatch(text)
    if found is None or int(found[2]) == 0:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


@dataclass(frozen=True, slots=True)
class _TabReader:
    path: str
    strings: list[str]
    formats: list[NumberFormat]
    since_1904: bool

    def tab(self, entry: etree._Element, root: etree._Element) -> Tab:
        name = entry.get("name", "")
        cells: dict[Position, Cell] = {}
        for at, element in _positions(root):
            cell = self._cell(element)
            if cell is None or (cell.kind == "text" and not cell.text):
                continue
            for measured, limit, unit in zip(at, (MOST_ROWS, MOST_COLUMNS), ("row", "column"), strict=True):
                if measured >= limit:
                    raise too_complex(self.path, name, unit, measured + 1, limit)
            cells[at] = cell
        hidden = _hidden(root, sheet=entry.get("state", "visible") != "visible")
        return Tab(name, cells, tuple(_merges(root)), hidden, self.since_1904)

    def _cell(self, element: etree._Element) -> Cell | None:
        """Return what a cell holds; None when it holds nothing."""
        kind, raw = element.get("t", "n"), _child(element, "v")
        if kind == "inlineStr":
            return Cell("text", _run_text(element))
        if raw is None or (kind != "str" and not raw.strip()):
            return None if element.find("{*}f") is None else Cell("uncalculated")
        if kind == "n":
            return self._number(element, raw)
        if kind == "s":
            index = int(raw) if raw.isascii() and raw.isdigit() else len(self.strings)
            return Cell("text", self.strings[index]) if index < len(self.strings) else None
        return Cell(_KINDS.get(kind, "text"), _unescaped(raw))

    def _number(self, element: etree._Element, raw: str) -> Cell:
        style = element.get("s", "0")
        index = int(style) if style.isascii() and style.isdigit() else 0
        shown = self.formats[index] if index < len(self.formats) else GENERAL
        try:
            number = _DOUBLE.create_decimal(raw.strip()[:64])
        except InvalidOperation:
            return Cell("text", raw)
        if not number.is_finite() or abs(number.adjusted()) > _DOUBLE.prec * 2:
            return Cell("text", raw)
        return Cell("date" if shown.date else "number", raw, None if shown.date else number, shown)


def _positions(root: etree._Element) -> Iterator[tuple[Position, etree._Element]]:
    """Yield the cells with their positions; those without an address follow the one before."""
    for row, line in _rows(root):
        column = -1
        for element in line.iterchildren("{*}c"):
            at = position(element.get("r", ""))
            column = column + 1 if at is None else at[1]
            yield (row if at is None else at[0], column), element


def _rows(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the rows with their indices; those without a number follow the one before."""
    row = -1
    for line in root.iter("{*}row"):
        given = line.get("r", "")
        row = int(given) - 1 if given.isascii() and given.isdigit() and 0 < len(given) < 9 else row + 1  # noqa: PLR2004
        yield row, line


def _hidden(root: etree._Element, *, sheet: bool) -> Hidden:
    rows = frozenset(row for row, line in _rows(root) if _is_true(line.get("hidden")))
    columns: set[int] = set()
    for band in root.iter("{*}col"):
        first, last = band.get("min", ""), band.get("max", "")
        if _is_true(band.get("hidden")) and first.isdecimal() and last.isdecimal():
            columns.update(range(int(first[:5]) - 1, min(int(last[:5]), MOST_COLUMNS)))
    zeros = any(view.get("showZeros") in {"0", "false"} for view in root.iter("{*}sheetView"))
    return Hidden(sheet, rows, frozenset(columns), zeros)


def _is_true(text: str | None) -> bool:
    return text in {"1", "true"}


def _merges(root: etree._Element) -> Iterator[Range]:
    for count, merge in enumerate(root.iter("{*}mergeCell")):
        first, _, last = merge.get("ref", "").partition(":")
        top, bottom = position(first), position(last)
        if count < _MOST_MERGES and top is not None and bottom is not None:
            yield top, bottom


def _relation(entry: etree._Element) -> str:
    return next((str(value) for name, value in entry.items() if _RELATION_ID.fullmatch(str(name))), "")


def _strings(root: etree._Element | None) -> list[str]:
    return [] if root is None else [_run_text(item) for item in root.iterchildren("{*}si")]


def _formats(root: etree._Element | None) -> list[NumberFormat]:
    """Return the number format of each cell style."""
    if root is None:
        return []
    own = {item.get("numFmtId"): parse_format(item.get("formatCode", "")) for item in root.iter("{*}numFmt")}
    styles = root.find("{*}cellXfs")
    numbers = [] if styles is None else [style.get("numFmtId", "0") for style in styles.iterchildren("{*}xf")]
    return [own[n] if n in own else built_in(int(n) if n.isdecimal() else 0) for n in numbers]


def _run_text(element: etree._Element) -> str:
    """Return the text of a string item, without the readings that may stand beside it."""
    texts = (text for text in element.iter("{*}t") if not _is_reading(text))
    return _unescaped("".join(text.text or "" for text in texts))


def _is_reading(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and str(parent.tag).endswith("}rPh")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _child(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{{*}}{name}")
    return None if child is None else child.text or ""
