"""Write one form's sheet: title, unit, heads, rows with names and codes, figures and live totals."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from math import ceil
from typing import Any

from hengjian.authoring.workbook.cell_value import Written, blank_format, stated_text, written
from hengjian.authoring.workbook.formulas import sums_of
from hengjian.authoring.workbook.layout import (
    HEAD_ROW,
    MARK_ROW,
    TITLE_ROW,
    UNIT_ROW,
    Layout,
    Line,
    Panel,
    unit_of,
)
from hengjian.authoring.workbook.manifest import CODE, NAME, REST, ROW, Mark
from hengjian.authoring.workbook.style import Styles, width_of
from hengjian.authoring.workbook.words import WORDS
from hengjian.filing import Filing
from hengjian.kernel import Measure
from hengjian.packs import Standards

_A4 = 9
_LINE_HEIGHT, _ROW_HEIGHT = 15, 18
_PORTRAIT_WIDTH, _ROWS_OF_A_PAGE = 110, 60
_NAME_WIDTHS, _NUMBER_WIDTHS = (16, 40), (11, 20)
_CODE_WIDTH = 11
_ALLOWED = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort")
_CALCULATED_BLANK = " "
"""A formula's value that is no text at all is left out of the file, as if it had never been calculated."""


class SheetWriter:
    """Writes a form on a worksheet."""

    def __init__(
        self,
        target: Any,  # noqa: ANN401 - untyped library
        styles: Styles,
        layout: Layout,
        standards: Standards,
        language: str,
    ) -> None:
        self._target = target
        self._styles = styles
        self._layout = layout
        self._language = language
        self._unit = unit_of(layout.form, layout.sheet)
        self._sums = sums_of(layout, standards)
        wholes = {row.of_which for row in layout.form.rows}
        self._totals = wholes | {row for row, _ in self._sums.formulas if layout.form.row(row) is not None}

    def write(self, filing: Filing, number: str | None) -> None:
        """Write everything; `number` is the form's number in its set."""
        self._write_marks()
        self._write_top(filing, number)
        for index, panel in enumerate(self._layout.panels):
            self._write_heads(panel)
            for line in self._layout.lines[index]:
                self._write_line(panel, line)
            self._fill_below(panel, index)
        self._write_note()
        self._set_sizes()
        self._set_page()

    def _write_marks(self) -> None:
        hidden = self._styles.of("small")
        for index, panel in enumerate(self._layout.panels):
            fields = {panel.row_ids: ROW, panel.names: NAME} | ({panel.codes: CODE} if panel.codes else {})
            for column, at in panel.columns.items():
                fields[at] = column
            for at, field in fields.items():
                mark = str(Mark(self._layout.form.form, index, field))
                self._target.write_string(MARK_ROW, at, mark, hidden)
            for row in range(TITLE_ROW, self._layout.first_row):
                self._target.write_string(row, panel.row_ids, REST, hidden)
        self._target.set_row(MARK_ROW, None, None, {"hidden": True})

    def _write_top(self, filing: Filing, number: str | None) -> None:
        layout, sheet = self._layout, self._layout.sheet
        last = layout.last_column
        title = (sheet.place.table if sheet is not None else None) or layout.form.title.zh
        self._merge(TITLE_ROW, 1, TITLE_ROW, last, title, self._styles.of("title"))
        self._target.set_row(TITLE_ROW, 30)
        left = WORDS["top"].filled(entity=filing.entity.name, year=filing.year.year)[self._language]
        unit = WORDS["unit"].filled(unit=self._unit.label)[self._language]
        self._target.write_string(UNIT_ROW, 1, left, self._styles.of("plain"))
        right = f"{number}　{unit}" if number else unit
        self._target.write_string(UNIT_ROW, last, right, self._styles.of("right"))

    def _write_heads(self, panel: Panel) -> None:
        last, style = HEAD_ROW + self._layout.head_rows - 1, self._styles.of("head")
        names = "item" if panel.codes is None else "code-name"
        named = WORDS[panel.side or names][self._language]
        if panel.codes is not None:
            self._merge(HEAD_ROW, panel.codes, last, panel.codes, WORDS["code"][self._language], style)
        self._merge(HEAD_ROW, panel.names, last, panel.names, named, style)
        heads = [(at, *self._layout.heads[column]) for column, at in panel.columns.items()]
        for above, group in groupby(heads, key=lambda head: head[1]):
            columns = list(group)
            if above is not None:
                self._merge(HEAD_ROW, columns[0][0], HEAD_ROW, columns[-1][0], above, style)
            for at, _, caption in columns:
                self._merge(HEAD_ROW if above is None else last, at, last, at, caption, style)

    def _write_line(self, panel: Panel, line: Line) -> None:
        bold = ("bold",) if line.row in self._totals else ()
        given = () if line.row is not None else ("input",)
        if line.row is not None:
            self._target.write_string(line.at, panel.row_ids, line.row, self._styles.of("small"))
        if panel.codes is not None:
            code = line.row if line.row is not None and line.row.isdigit() else ""
            style = self._styles.of("code", *(("input",) if line.row is None or code else ()))
            self._text(line.at, panel.codes, code, style)
        name = self._styles.of("name", *bold, *given, indent=line.level)
        self._text(line.at, panel.names, line.name, name)
        cells = dict(self._layout.cells_of(panel, line))
        for column, at in panel.columns.items():
            if column in cells:
                self._write_cell(line, column, at, bold)
            else:
                self._target.write_blank(line.at, at, None, self._styles.of("none"))

    def _write_cell(self, line: Line, column: str, at: int, bold: tuple[str, ...]) -> None:
        sheet, row = self._layout.sheet, line.row
        figure = sheet.figure(row, column) if sheet is not None and row is not None else None
        value = figure.value if figure is not None else None
        shown = self._written(value, column)
        formula = self._sums.formulas.get((row, column)) if row is not None else None
        style = self._styles.of("number", *bold, *(() if formula else ("input",)), number=shown.format)
        if formula is not None:
            cached = _CALCULATED_BLANK if formula.value is None else float(formula.value)
            self._target.write_formula(line.at, at, formula.text, style, cached)
        elif shown.number is not None:
            self._target.write_number(line.at, at, float(shown.number), style)
        else:
            self._text(line.at, at, shown.text, style)
        if row is not None and (row, column) in self._sums.differing:
            self._note(line.at, at, (row, column), value)

    def _written(self, value: Measure | None, column: str) -> Written:
        if value is not None:
            return written(value, self._unit)
        given = self._layout.form.column(column)
        return Written(None, "", blank_format(given) if given is not None else "General")

    def _note(self, row: int, column: int, cell: tuple[str, str], value: Measure | None) -> None:
        ref, sum_of_parts = self._sums.differing[cell]
        stated = WORDS["blank"][self._language] if value is None else stated_text(value, self._unit)
        words = WORDS["differs"].filled(ref=ref, value=f"{sum_of_parts:,f}", stated=stated)
        self._target.write_comment(row, column, words[self._language], {"author": "", "x_scale": 1.6})

    def _fill_below(self, panel: Panel, index: int) -> None:
        """Draw the cells of the shorter side of a table to its end."""
        first = max((line.at for line in self._layout.lines[index]), default=self._layout.first_row - 1) + 1
        for row in range(first, self._layout.last_row + 1):
            for column in range(panel.names, panel.last + 1):
                self._target.write_blank(row, column, None, self._styles.of("box"))

    def _write_note(self) -> None:
        layout, sheet = self._layout, self._layout.sheet
        note = sheet.note if sheet is not None else None
        if note is None:
            return
        row, last = layout.last_row + 1, layout.last_column
        for panel in layout.panels:
            self._target.write_string(row, panel.row_ids, REST, self._styles.of("small"))
        self._target.write_string(row, 1, note, self._styles.of("plain"))
        self._target.set_row(row, _LINE_HEIGHT * max(1, ceil(width_of(note) / (14 * last))))

    def _set_sizes(self) -> None:
        for panel in self._layout.panels:
            self._target.set_column(panel.row_ids, panel.row_ids, None, None, {"hidden": True})
        for at, width in self._widths.items():
            self._target.set_column(at, at, width)
        self._target.set_default_row(_ROW_HEIGHT)
        captions = [caption for _, caption in self._layout.heads.values()]
        tallest = max((ceil(width_of(caption) / _NUMBER_WIDTHS[0]) for caption in captions), default=1)
        for row in range(HEAD_ROW, self._layout.first_row):
            lines = tallest if row == self._layout.first_row - 1 else 1
            self._target.set_row(row, _LINE_HEIGHT * lines + 6)

    @cached_property
    def _widths(self) -> dict[int, int]:
        """How wide the columns are, in half-width characters."""
        widths: dict[int, int] = {}
        for panel, lines in zip(self._layout.panels, self._layout.lines, strict=True):
            if panel.codes is not None:
                widths[panel.codes] = _CODE_WIDTH
            names = [width_of(line.name) + 2 * line.level for line in lines]
            widths[panel.names] = _within(names, _NAME_WIDTHS)
            widths |= {at: _within(self._shown_widths(at), _NUMBER_WIDTHS) for at in panel.columns.values()}
        return widths

    def _shown_widths(self, at: int) -> list[int]:
        sheet = self._layout.sheet
        figures = sheet.figures if sheet is not None else {}
        places = self._layout.cells
        texts = [
            f"{stated_text(figure.value, self._unit)}"
            for key, figure in figures.items()
            if key in places and places[key][1] == at
        ]
        return [ceil(width_of(text) * 4 / 3) + 2 for text in texts]

    def _set_page(self) -> None:
        target, layout = self._target, self._layout
        one_panel = len(layout.panels) == 1
        target.freeze_panes(layout.first_row, layout.panels[0].names + 1 if one_panel else 0)
        if sum(self._widths.values()) > _PORTRAIT_WIDTH:
            target.set_landscape()
        target.set_paper(_A4)
        target.fit_to_pages(1, int(layout.last_row < _ROWS_OF_A_PAGE))
        target.center_horizontally()
        target.repeat_rows(TITLE_ROW, layout.first_row - 1)
        target.set_footer("&C— &P —")
        target.hide_gridlines(2)
        target.protect("", dict.fromkeys(_ALLOWED, True))

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, style: Any) -> None:  # noqa: ANN401
        if (top, left) == (bottom, right):
            self._target.write_string(top, left, text, style)
        else:
            self._target.merge_range(top, left, bottom, right, "", style)
            self._target.write_string(top, left, text, style)

    def _text(self, row: int, column: int, text: str, style: Any) -> None:  # noqa: ANN401
        if text:
            self._target.write_string(row, column, text, style)
        else:
            self._target.write_blank(row, column, None, style)


def _within(widths: list[int], bounds: tuple[int, int]) -> int:
    return min(max([bounds[0], *(width + 2 for width in widths)]), bounds[1])
