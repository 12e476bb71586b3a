"""The reader of xls and et workbooks (BIFF), by calamine: values in short, for it tells no formats."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hengjian.documents.book import MOST_COLUMNS, MOST_ROWS, MOST_TABS
from hengjian.documents.bounds import BOUNDS, Bounds, too_complex
from hengjian.documents.sheet_tables import Shown
from hengjian.documents.tree import DocumentTree
from hengjian.documents.xlsx_reader import book_tree, hidden_sheets
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_DIGITS = 15
"""A spreadsheet keeps 15 digits; what stands behind them is noise of binary fractions."""

Value = int | float | str | bool | time | date | datetime | timedelta


def read_xls(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read the bytes of an xls or et: each visible sheet a section.

    Raises InputError when the file is encrypted, damaged or over a bound.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        described = book.sheets_metadata
        if len(described) > MOST_TABS:
            raise too_complex(path, path, "sheet", len(described), MOST_TABS)
        hidden = [each.name for each in described if each.visible != SheetVisibleEnum.Visible]
        names = [each.name for each in described if each.visible == SheetVisibleEnum.Visible]
        sheets = [_shown(book.get_sheet_by_name(name), path, bounds) for name in names]
    except PasswordError as error:
        raise InputError("input.encrypted", Place(file=path)) from error
    except (CalamineError, ValueError, OSError) as error:
        raise InputError("input.unreadable", Place(file=path), reason=str(error)) from error
    return book_tree(sheets, path, sha256, "xls", bounds, hidden_sheets(hidden, path))


def _shown(sheet: CalamineSheet, path: str, bounds: Bounds) -> Shown:
    rows, columns = sheet.total_height, sheet.total_width
    for measured, limit, unit in ((rows, MOST_ROWS, "row"), (columns, MOST_COLUMNS, "column")):
        if measured > limit:
            raise too_complex(path, sheet.name, unit, measured, limit)
    if rows * columns > bounds.cells:
        raise too_complex(path, sheet.name, "cell", rows * columns, bounds.cells)
    texts = {
        (r, c): text
        for r, row in enumerate(sheet.to_python(skip_empty_area=False))
        for c, value in enumerate(row)
        if (text := value_text(value))
    }
    return Shown(sheet.name, texts, tuple(sheet.merged_cell_ranges or ()))


def value_text(value: Value) -> str:
    """Return a value as text: a number in its shortest form, a date without a time of midnight.

    >>> value_text(0.1 + 0.2), value_text(3.0), value_text(datetime(2023, 3, 5)), value_text(" 合计 ")
    ('0.3', '3', '2023-03-05', '合计')
    """
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return f"{Decimal(f'{value:.{_DIGITS}g}').normalize():f}"
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return "\n".join(filter(None, (line.strip(" \t\u3000\xa0") for line in value.splitlines())))
