"""A sheet as government tables print it: groups over columns, codes, and two sides where a form has them."""

from __future__ import annotations

from itertools import groupby, zip_longest

from hengjian.authoring.grid import Cell, Row
from hengjian.filing import Sheet
from hengjian.packs.schema import Column, Form

HEAD, TEXT, FIGURE, VALUE = "FormHead", "FormText", "FormFigure", "FormValue"
SIDES = {"income": "收入", "expenditure": "支出"}
_CODE, _NAME, _FIGURES = 20.0, 46.0, 19.0
_WIDEST = 267.0
"""Millimetres: of codes, names, figures, and between the margins of an A4 page on its side."""

Columns = tuple[Column, ...]


def form_rows(sheet: Sheet, form: Form) -> tuple[tuple[Row, ...], tuple[float, ...]]:
    """Return the rows of a sheet, heads first, and the widths of the columns in millimetres."""
    sides = {row.side for row in form.rows} - {None}
    rows, widths = _two_sided(sheet, form) if sides else _one_sided(sheet, form)
    scale = min(1.0, _WIDEST / sum(widths))
    return rows, tuple(width * scale for width in widths)


def _one_sided(sheet: Sheet, form: Form) -> tuple[tuple[Row, ...], tuple[float, ...]]:
    lead = ("科目编码", "科目名称") if form.code_rows is not None else ("项目",)
    columns = form.columns
    top, below = _heads(columns, lead)
    body = tuple(_row(sheet, row, columns, coded=len(lead) > 1) for row in sheet.rows) or (
        Row(tuple(Cell() for _ in (*lead, *columns))),
    )
    widths = (*((_CODE, _NAME) if len(lead) > 1 else (_NAME,)), *(_FIGURES for _ in columns))
    return (*_repeated(top, below), *body), widths


def _row(sheet: Sheet, row: str, columns: Columns, *, coded: bool) -> Row:
    name = sheet.rows[row]
    depth = max(len(row) // 2 - 1, 0) if row.isdecimal() else 0
    lead = (
        (Cell(row if row.isdecimal() else "", VALUE), Cell("　" * depth + name)) if coded else (Cell(name),)
    )
    return Row((*lead, *_figures(sheet, row, columns)))


def _figures(sheet: Sheet, row: str | None, columns: Columns) -> tuple[Cell, ...]:
    return tuple(Cell(_stated(sheet, row, column), FIGURE) for column in columns)


def _stated(sheet: Sheet, row: str | None, column: Column) -> str:
    figure = sheet.figure(row, column.id) if row is not None else None
    return "" if figure is None else str(getattr(figure.value, "text", figure.value))


def _heads(columns: Columns, lead: tuple[str, ...]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Return the cells of the two rows of heads; the second is empty when no column has a group."""
    groups = {column.captions[0].partition("/")[0] for column in columns if "/" in column.captions[0]}
    # A column that is called like a group is the group's total.
    captions = [
        (f"{text}/小计" if text in groups else text).partition("/")
        for text in (column.captions[0] for column in columns)
    ]
    grouped = bool(groups)
    top = [Cell(text, HEAD, rows=2 if grouped else 1) for text in lead]
    below: list[Cell] = []
    for (group, _), members in groupby(captions, key=lambda parts: parts[:2]):
        parts = list(members)
        if parts[0][1]:
            top.append(Cell(group, HEAD, columns=len(parts)))
            below += [Cell(part[2], HEAD) for part in parts]
        else:
            top += [Cell(group, HEAD, rows=2 if grouped else 1) for _ in parts]
    return tuple(top), tuple(below)


def _repeated(*rows: tuple[Cell, ...]) -> tuple[Row, ...]:
    return tuple(Row(cells, repeated=True, keep=True) for cells in rows if cells)


def _two_sided(sheet: Sheet, form: Form) -> tuple[tuple[Row, ...], tuple[float, ...]]:
    sides = list(SIDES)
    columns = {side: tuple(c for c in form.columns if form.has_cell(side, c)) for side in sides}
    rows: dict[str, list[str]] = {side: [] for side in sides}
    for row in sheet.rows:
        rows[_side(form, row)].append(row)
    top = tuple(Cell(SIDES[side], HEAD, columns=1 + len(columns[side])) for side in sides)
    below = tuple(Cell(text, HEAD) for side in sides for text in ("项目", *(_last(c) for c in columns[side])))
    body = tuple(
        Row(
            tuple(
                cell
                for side, row in zip(sides, pair, strict=True)
                for cell in (
                    Cell(sheet.rows[row] if row is not None else ""),
                    *_figures(sheet, row, columns[side]),
                )
            )
        )
        for pair in zip_longest(*(rows[side] for side in sides))
    )
    widths = tuple(width for side in sides for width in (_NAME, *(_FIGURES for _ in columns[side])))
    return (*_repeated(top, below), *body), widths


def _side(form: Form, row: str) -> str:
    fixed = form.row(row)
    if fixed is not None and fixed.side is not None:
        return fixed.side
    return "expenditure" if form.code_rows is not None and form.code_rows.side == "expenditure" else "income"


def _last(column: Column) -> str:
    return column.captions[0].rpartition("/")[2]
