"""A publication as a workbook: a sheet a form, merged cells, figures as numbers with formats."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import xlsxwriter

from hengjian.authoring.grid import FULL, Placed, placed
from tests.renderings.publication import Printed, Publication

_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?(%?)")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'“”]")
_LONGEST_NAME = 31
_MILLIMETRES_A_CHARACTER = 2.0


def xlsx_bytes(publication: Publication) -> bytes:
    """Return the workbook."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    cover = book.add_worksheet("封面")
    cover.write_string(3, 1, publication.title)
    tables = [item for item in publication.items if isinstance(item, Printed)]
    for number, item in enumerate(tables, 1):
        name = _NOT_IN_NAMES.sub("", f"{number}.{item.title}")[:_LONGEST_NAME]
        _write(book, book.add_worksheet(name), item)
    book.close()
    return out.getvalue()


def _write(book: Any, sheet: Any, item: Printed) -> None:  # noqa: ANN401 - the library ships no types
    """Write title, lines and tables, one right below the other."""
    last = len(item.widths) - 1
    for column, width in enumerate(item.widths):
        sheet.set_column(column, column, width / _MILLIMETRES_A_CHARACTER)
    sheet.merge_range(0, 0, 0, last, item.title, book.add_format({"bold": True, "align": "center"}))
    line = 1
    for text in item.above:
        sheet.merge_range(line, 0, line, last, text)
        line += 1
    for rows in item.tables:
        for row in placed(rows, item.widths):
            for cell in row:
                if cell.first:
                    _cell(book, sheet, line, cell)
            line += 1
    for text in item.below:
        sheet.merge_range(line, 0, line, last, text)
        line += 1


def _cell(book: Any, sheet: Any, line: int, at: Placed) -> None:  # noqa: ANN401 - as above
    cell = at.cell
    text = "\n".join(at.lines(FULL)) if not cell.even else cell.text
    number = _NUMBER.fullmatch(text) if cell.style == "FormFigure" else None
    form: dict[str, Any] = {"border": 1, "text_wrap": True}
    value: str | float = text
    if number is not None:
        form["num_format"] = "0" + (f".{'0' * len(number[1])}" if number[1] else "") + number[2]
        value = float(text.rstrip("%")) / (100 if number[2] else 1)
    style = book.add_format(form)
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_range(line, at.column, line + cell.rows - 1, at.column + cell.columns - 1, "", style)
    if value == "":
        sheet.write_blank(line, at.column, None, style)
    elif isinstance(value, str):
        sheet.write_string(line, at.column, value, style)
    else:
        sheet.write_number(line, at.column, value, style)
