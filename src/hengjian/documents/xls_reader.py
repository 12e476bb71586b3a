"""The reader of xls and et workbooks (BIFF), by olefile and xlrd: what cells hold and how it is shown."""

from __future__ import annotations

import io
import os
from decimal import Decimal
from typing import TYPE_CHECKING

from hengjian.documents.book import MOST_COLUMNS, MOST_ROWS, MOST_TABS, Cell, Hidden, Tab
from hengjian.documents.bounds import BOUNDS, Bounds, too_complex
from hengjian.documents.number_format import parse_format
from hengjian.documents.tree import DocumentTree
from hengjian.documents.xlsx_reader import tabs_tree
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell as Stored
    from xlrd.sheet import Sheet

_DIGITS = 15
"""A spreadsheet keeps 15 digits; what stands behind them is noise of binary fractions."""

_STREAMS = ("Workbook", "Book")
"""The names of the stream in files of Excel 97 and of Excel 5."""

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
"""What xlrd calls the kinds of cells that hold something."""


def read_xls(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read the bytes of an xls or et: each visible sheet a section, its figures as their formats show them.

    Raises InputError when the file is encrypted, damaged or over a bound.
    """
    return tabs_tree(_tabs(data, path, bounds), path, sha256, "xls", bounds)


def _tabs(data: bytes, path: str, bounds: Bounds) -> list[Tab]:
    import xlrd  # noqa: PLC0415 - only workbooks of old need it

    try:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - it has no name everywhere
            book = xlrd.open_workbook(
                file_contents=_stream(data, path),
                logfile=nowhere,
                formatting_info=True,
                on_demand=True,
                ragged_rows=True,
            )
            _check(book.nsheets, MOST_TABS, "sheet", path, path)
            return [_tab(book, book.sheet_by_index(index), path, bounds) for index in range(book.nsheets)]
    except InputError:
        raise
    except Exception as error:
        # The boundary: both raise whatever a damaged file makes them stumble over, KeyError or struct.error.
        if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error).lower():
            raise InputError("input.encrypted", Place(file=path)) from error
        reason = f"{type(error).__name__}: {error}"
        raise InputError("input.unreadable", Place(file=path), reason=reason) from error


def _stream(data: bytes, path: str) -> bytes:
    """Return the workbook's stream out of an OLE2 file, whose chains of sectors may run in circles."""
    import olefile  # noqa: PLC0415 - as above

    with olefile.OleFileIO(io.BytesIO(data)) as file:
        name = next((name for name in _STREAMS if file.exists(name)), None)
        if name is None:
            raise InputError("input.unreadable", Place(file=path), reason=f"no stream {_STREAMS[0]}")
        stream: bytes = file.openstream(name).read()
        return stream


def _tab(book: Book, sheet: Sheet, path: str, bounds: Bounds) -> Tab:
    for measured, limit, unit in ((sheet.nrows, MOST_ROWS, "row"), (sheet.ncols, MOST_COLUMNS, "column")):
        _check(measured, limit, unit, sheet.name, path)
    _check(sum(map(sheet.row_len, range(sheet.nrows))), bounds.cells, "cell", sheet.name, path)
    rows = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
    columns = frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden)
    return Tab(
        name=sheet.name,
        cells={
            (row, column): cell
            for row in range(sheet.nrows)
            for column, stored in enumerate(sheet.row(row))
            if (cell := _cell(book, stored)) is not None
        },
        merges=tuple(
            ((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells
        ),
        hidden=Hidden(bool(sheet.visibility), rows, columns, not sheet.show_zero_values),
        since_1904=bool(book.datemode),
    )


def _check(measured: int, limit: int, unit: str, part: str, path: str) -> None:
    if measured > limit:
        raise too_complex(path, part, unit, measured, limit)


def _cell(book: Book, stored: Stored) -> Cell | None:
    """Return what a cell holds, None when it is empty."""
    import xlrd  # noqa: PLC0415 - as above

    if stored.ctype == _TEXT:
        return Cell("text", stored.value)
    if stored.ctype == _BOOLEAN:
        return Cell("boolean", str(stored.value))
    if stored.ctype == _ERROR:
        return Cell("error", xlrd.error_text_from_code.get(stored.value, "#N/A"))
    if stored.ctype not in {_NUMBER, _DATE}:
        return None
    shown = parse_format(book.format_map[book.xf_list[stored.xf_index].format_key].format_str)
    if shown.date:
        return Cell("date", repr(stored.value), shown=shown)
    return Cell("number", repr(stored.value), Decimal(f"{stored.value:.{_DIGITS}g}"), shown)
