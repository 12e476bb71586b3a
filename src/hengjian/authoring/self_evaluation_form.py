"""The self-evaluation form of project expenditure (项目支出绩效自评表) as a docx, a form for each project.

It prints what the filing states: scores as they were given, blanks as blanks. The standards give the
words of the form (wording ``self_evaluation_form``) and the rows of its funds (form ``performance.funds``).

A form is three tables on one grid of eleven columns: the head with the budget, the indicators, and the
conclusion. They are parted so that the indicators' column heads can stand again on each further page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from docx.oxml.xmlchemy import BaseOxmlElement

from hengjian.authoring.docx_skeleton import (
    MARGIN_ABOVE,
    MARGIN_BELOW,
    PAGE_HEIGHT,
    TITLE_LEADING,
    document_bytes,
    landscape_document,
    section_end,
    set_continuation,
)
from hengjian.authoring.docx_table import paragraph, table
from hengjian.authoring.files import file_name, write_whole
from hengjian.authoring.grid import FULL, MILLIMETRES_PER_POINT, SMALL, Cell, Row, Size, heights
from hengjian.authoring.writer import PlannedDocument, Skipped
from hengjian.filing import PROJECT_FUNDS, Filing, Indicator, Project
from hengjian.kernel import Amount, Measure, MoneyUnit, Percent, Text
from hengjian.packs.schema import Form
from hengjian.packs.standards import Standards

WORDING = "self_evaluation_form"
LABELS = frozenset(
    (
        "title",
        "project_name",
        "department",
        "unit_stamp",
        "basics",
        "goal_completion",
        "annual_goal",
        "goal_result",
        "overview",
        "execution",
        "annual_budget",
        "initial",
        "adjusted",
        "executed",
        "rate",
        "weight",
        "score",
        "reason",
        "funds_total",
        "indicators",
        "level1",
        "level2",
        "level3",
        "nature",
        "target",
        "measure",
        "actual",
        "shortfall",
        "total",
        "conclusion",
        "problems",
        "measures",
        "project_head",
        "finance_head",
    )
)
"""The labels that the wording must hold; ``funds_…`` names the rows of the funds that are printed."""

_WIDTHS = (18, 35.5, 35.5, 47, 12.5, 22, 12.5, 22, 13.5, 13.5, 28.5)
_QUALITATIVE = "定性"
_NO_POINTS = "/"
_ROOM = PAGE_HEIGHT - MARGIN_ABOVE - MARGIN_BELOW - (TITLE_LEADING + 3) * MILLIMETRES_PER_POINT
"""Millimetres that a page leaves for the tables below the title, and the gaps of a point around them."""

_TALL, _SIGNATURE = 1.25, 1.75
_LONGEST_RUNNING_HEAD = 60


class SelfEvaluationForm:
    """The writer of the self-evaluation form: one document with all projects of a filing."""

    kind = "self_evaluation"
    title = Text("项目支出绩效自评表", "Self-evaluation of project expenditure")

    def plan(self, filing: Filing, standards: Standards) -> PlannedDocument | Skipped:
        """Plan the form, unless the standards prescribe none or no project has anything to report."""
        reason = _missing(filing, standards)
        if reason is not None:
            return Skipped(self.kind, self.title, reason)
        name = file_name(filing.entity.name, f"{filing.year}年度{self.title.zh}.docx")
        return PlannedDocument(self.kind, self.title, name)

    def render(self, filing: Filing, standards: Standards) -> bytes:
        """Return the docx; raises ValueError when none is planned."""
        reason = _missing(filing, standards)
        if reason is not None:
            raise ValueError(reason.en)
        labels, form = standards.wordings[WORDING].labels, standards.forms[PROJECT_FUNDS]
        document = landscape_document()
        last = document.sections[-1]._sectPr  # noqa: SLF001 - sections are told apart by their XML
        for number, project in enumerate(filing.projects, 1):
            blocks = _ProjectForm(filing, project, labels, form).blocks()
            ending = section_end(document) if number < len(filing.projects) else paragraph("", "FormGap")
            for block in (*blocks, ending):
                last.addprevious(block)
        for section, project in zip(document.sections, filing.projects, strict=True):
            set_continuation(section, f"续表　{_shortened(_full_name(project))}")
        title = f"{filing.entity.name}{filing.year}年度{self.title.zh}"
        return document_bytes(document, title=title, author=filing.entity.name or "衡鉴", year=filing.year)


def write_self_evaluation(filing: Filing, standards: Standards, path: Path) -> None:
    """Write the form of every project into one docx.

    Raises ValueError when no form is planned for the filing (`SelfEvaluationForm.plan` says why), and
    `InputError` when the file cannot be written.
    """
    write_whole(path, SelfEvaluationForm().render(filing, standards))


def _missing(filing: Filing, standards: Standards) -> Text | None:
    """Say what is missing for the form, or None when it can be written."""
    if filing.kind == "budget":
        return Text("预算尚未执行，没有可以自评的结果。", "a budget has no results to evaluate yet.")
    wording = standards.wordings.get(WORDING)
    if wording is None or PROJECT_FUNDS not in standards.forms:
        return Text(
            f"标准包“{standards.pack}”没有{filing.year}年度的自评表格式。",
            f"the pack “{standards.pack}” has no self-evaluation form for {filing.year}.",
        )
    lacking = "、".join(sorted(LABELS - wording.labels.keys()))
    if lacking:
        return Text(
            f"标准包“{standards.pack}”的自评表缺少栏目名称：{lacking}。",
            f"the self-evaluation form of the pack “{standards.pack}” lacks labels: {lacking}.",
        )
    if not any(project.funds or project.indicators for project in filing.projects):
        return Text(
            "没有填报项目资金或绩效指标，无需自评表。",
            "no project has funds or indicators, so there is nothing to evaluate.",
        )
    return None


class _ProjectForm:
    """The form of one project: its title and three tables."""

    def __init__(self, filing: Filing, project: Project, labels: Mapping[str, str], form: Form) -> None:
        self._filing, self._project, self._labels, self._form = filing, project, labels, form

    def blocks(self) -> Iterator[BaseOxmlElement]:
        """Yield the title, the tables and the gaps between them."""
        title = self._labels["title"].replace("{year}", str(self._filing.year))
        tables = (
            [*self._identity(), *self._basics(), *self._execution()],
            list(self._indicators()),
            list(self._conclusion()),
        )
        size = _size_for([row for rows in tables for row in rows])
        yield paragraph(title, "FormTitle")
        for number, rows in enumerate(tables):
            if number:
                yield paragraph("", "FormGap")
            yield table(rows, _WIDTHS, size)

    def _head(self, label: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell(self._labels[label], "FormHead", columns, rows, even=True)

    def _narrow(self, label: str, rows: int = 1, without: tuple[str, ...] = ()) -> Cell:
        """Return a head in a narrow column: what it has in brackets stands on a line of its own."""
        return Cell(self._labels[label].replace("（", "\n（"), "FormHead", 1, rows, without, even=True)

    def _text(self, label: str, columns: int, rows: int = 1) -> Cell:
        return Cell(self._project.texts.get(label, ""), "FormText", columns, rows)

    def _identity(self) -> Iterator[Row]:
        texts = self._project.texts
        yield Row((self._head("project_name", 2), Cell(_full_name(self._project), columns=9)))
        unit = Cell(texts.get("unit_stamp", self._filing.entity.name), columns=4)
        department = (self._head("department", 2), self._text("department", 2))
        yield Row((*department, self._head("unit_stamp", 3), unit))

    def _basics(self) -> Iterator[Row]:
        goal = (
            self._head("goal_completion", rows=2),
            self._head("annual_goal", 3),
            self._head("goal_result", 6),
        )
        yield Row((self._narrow("basics", rows=3), *goal), keep=True)
        texts = (self._text("annual_goal", 3), self._text("goal_result", 6))
        yield Row(texts, height=_TALL)
        overview = (self._head("overview"), self._text("overview", 9))
        yield Row(overview, height=_TALL)

    def _execution(self) -> Iterator[Row]:
        rows = list(self._funds_rows())
        heads = (self._narrow("annual_budget"), self._head("initial"), self._head("adjusted"))
        further = (self._head("executed", 2), self._head("rate", 2))
        points = (self._head("weight"), self._head("score"), self._head("reason"))
        block = self._narrow("execution", rows=len(rows) + 1)
        yield Row((block, *heads, *further, *points), keep=True)
        for number, row in enumerate(rows):
            reason = (self._text("reason", 1, rows=len(rows)),) if number == 0 else ()
            yield Row((*self._funds(row), *reason), keep=number + 1 < len(rows))

    def _funds_rows(self) -> Iterator[str]:
        """Yield the rows that the form prints, and those with a figure, which must not be lost."""
        funds = self._project.funds
        stated = () if funds is None else tuple(dict.fromkeys(row for row, _ in funds.figures))
        for row in dict.fromkeys((*(row.id for row in self._form.rows), *stated)):
            if f"funds_{row}" in self._labels or row in stated:
                yield row

    def _funds(self, row: str) -> Iterator[Cell]:
        declared = self._form.row(row)
        funds = self._project.funds
        named = row if funds is None else funds.rows.get(row, row)
        caption = declared.captions[0] if declared is not None else named
        yield Cell(self._labels.get(f"funds_{row}", caption))
        for column, width in (("initial", 1), ("adjusted", 1), ("executed", 2), ("rate", 2)):
            figure = None if funds is None else funds.figure(row, column)
            text = "" if figure is None else _figure(figure.value, self._form.unit)
            yield Cell(text, "FormFigure", width)
        if declared is None or declared.of_which is not None:
            yield from (Cell(_NO_POINTS, "FormValue"), Cell(_NO_POINTS, "FormValue"))
        else:
            yield _points(self._project.execution_weight)
            yield _points(self._project.execution_score)

    def _indicators(self) -> Iterator[Row]:
        names = "level1 level2 level3 nature target measure actual weight score shortfall"
        heads = tuple(self._head(label) for label in names.split())
        yield Row((self._narrow("indicators", without=("bottom",)), *heads), repeated=True, keep=True)
        lines = list(_indicator_cells(self._project.indicators)) or [tuple(Cell() for _ in heads)]
        side = Cell("", "FormHead", rows=len(lines) + 1, without=("top",))
        for number, cells in enumerate(lines):
            yield Row(cells if number else (side, *cells), keep=number + 1 == len(lines))
        total = (_points(self._project.stated_weight), _points(self._project.stated_score), Cell())
        yield Row((self._head("total", 7), *total))

    def _conclusion(self) -> Iterator[Row]:
        for label in ("conclusion", "problems", "measures"):
            yield Row((self._head(label), self._text(label, 10)), height=_TALL, keep=True)
        outside = ("left", "bottom", "right")
        yield Row(
            (
                Cell(_signature(self._labels["project_head"]), columns=5, without=outside),
                Cell(_signature(self._labels["finance_head"]), columns=6, without=outside),
            ),
            height=_SIGNATURE,
        )


def _size_for(rows: list[Row]) -> Size:
    """Return the small size when only that brings the form onto one page."""
    fitting = (size for size in (FULL, SMALL) if sum(heights(rows, _WIDTHS, size)) <= _ROOM)
    return next(fitting, FULL)


def _full_name(project: Project) -> str:
    return f"{project.code}-{project.name}" if project.code else project.name


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_RUNNING_HEAD else f"{text[:_LONGEST_RUNNING_HEAD]}…"


def _signature(label: str) -> str:
    """Return a label that a name is to be written behind; the name itself is left to the person."""
    return label if label.endswith(("：", ":")) else f"{label}："


def _figure(value: Measure, unit: MoneyUnit) -> str:
    """Return a figure in the form's unit with the digits it was stated with: none added, none lost."""
    if isinstance(value, Amount):
        return value.format(unit)
    if isinstance(value, Percent):
        return f"{value.value:,f}%"
    return str(value)


def _points(points: Decimal | None) -> Cell:
    return Cell("" if points is None else f"{points:f}", "FormValue")


def _indicator_cells(indicators: tuple[Indicator, ...]) -> Iterator[tuple[Cell, ...]]:
    """Yield each indicator's cells; equal neighbours of the first and second level share a cell."""
    for level1, group in groupby(indicators, key=lambda indicator: indicator.level1):
        members = list(group)
        first = _shared(level1, len(members))
        for level2, subgroup in groupby(members, key=lambda indicator: indicator.level2):
            leaves = list(subgroup)
            second = _shared(level2, len(leaves))
            for leaf in leaves:
                yield (*next(first), *next(second), *_leaf_cells(leaf))


def _shared(name: str, rows: int) -> Iterator[tuple[Cell, ...]]:
    """Yield what each of the rows holds of a cell they share; blank cells are not joined."""
    if not name:
        yield from [(Cell(),)] * rows
        return
    yield (Cell(name, "FormValue", rows=rows),)
    yield from [()] * (rows - 1)


def _leaf_cells(indicator: Indicator) -> Iterator[Cell]:
    qualitative = indicator.operator == "qualitative"
    nature = _QUALITATIVE if qualitative else indicator.operator or ""
    yield Cell(indicator.name)
    for text in (nature, indicator.target, indicator.unit, indicator.actual):
        yield Cell(text or "", "FormValue")
    yield _points(indicator.weight)
    yield _points(indicator.score)
    yield Cell(indicator.shortfall or "")
