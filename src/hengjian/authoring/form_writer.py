"""The forms of performance management as docx files: one writer for every layout of the standards.

A form is one or several tables on one grid. They are parted where column heads must stand again on each
further page. Each form has a section of its own, so that further pages name what they go on with.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from docx.oxml.xmlchemy import BaseOxmlElement

from hengjian.authoring.docx_skeleton import (
    TITLE_LEADING,
    document_bytes,
    form_document,
    section_end,
    set_continuation,
    text_height,
)
from hengjian.authoring.docx_table import paragraph, table
from hengjian.authoring.files import file_name
from hengjian.authoring.form_rows import FilledForm
from hengjian.authoring.grid import FULL, MILLIMETRES_PER_POINT, SMALL, Row, Size, heights
from hengjian.authoring.subjects import Batch, batches
from hengjian.authoring.writer import PlannedDocument, Skipped
from hengjian.filing import OVERALL_FUNDS, PROJECT_FUNDS, Filing
from hengjian.kernel import Text
from hengjian.packs.layout import Layout
from hengjian.packs.standards import Standards

_LONGEST_RUNNING_HEAD = 60
_GAPS = 3
"""Points of the paragraphs that part a form's tables."""

_NEEDED = {
    "funds": Text("项目资金", "a project's funds"),
    "indicators": Text("绩效指标", "indicators"),
    "projects": Text("项目", "projects"),
    "lines": Text("整体评价得分（rubric.csv）", "scored lines (rubric.csv)"),
}


class LayoutWriter:
    """Writes the documents of one layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    @property
    def kind(self) -> str:
        """The layout's id."""
        return self._layout.layout

    def plan(self, filing: Filing, standards: Standards) -> tuple[PlannedDocument | Skipped, ...]:
        """Plan the layout's documents: one, or one for each cut-off; or say why there is none."""
        layout = self._layout
        reason = _missing(layout, filing, standards)
        if reason is not None:
            return (Skipped(self.kind, layout.title, reason),)
        planned = tuple(
            PlannedDocument(
                self.kind,
                layout.title,
                file_name(filing.entity.name, f"{_period(filing, batch)}{layout.title.zh}.docx"),
                partial(_render, layout, batch, filing, standards),
            )
            for batch in batches(layout, filing, standards)
        )
        return planned or (Skipped(self.kind, layout.title, _not_stated(layout)),)


def _period(filing: Filing, batch: Batch) -> str:
    return f"{filing.year}年度" if batch.until is None else f"{filing.year}年1-{batch.until}月"


def _render(layout: Layout, batch: Batch, filing: Filing, standards: Standards) -> bytes:
    wording = standards.wordings[layout.wording]
    document = form_document(layout.page)
    room = text_height(layout.page)
    last = document.sections[-1]._sectPr  # noqa: SLF001 - sections are told apart by their XML
    for number, (_, scope) in enumerate(batch.forms, 1):
        ending = section_end(document) if number < len(batch.forms) else paragraph("", "FormGap")
        for block in (*_blocks(FilledForm(layout, wording, scope), room), ending):
            last.addprevious(block)
    name = f"{filing.entity.name}{_period(filing, batch)}{layout.title.zh}"
    for section, (head, _) in zip(document.sections, batch.forms, strict=True):
        set_continuation(section, f"续表　{_shortened(head or name)}")
    return document_bytes(document, title=name, author=filing.entity.name or "衡鉴", year=filing.year)


def _blocks(form: FilledForm, room: float) -> Iterator[BaseOxmlElement]:
    """Yield a form's title, its lines, its tables and the gaps between them."""
    layout = form.layout
    tables = list(form.tables())
    lines = len(layout.above) + len(layout.below)
    size = _size_for([row for rows in tables for row in rows], layout.widths, room, lines)
    yield paragraph(form.words(layout.heading), "FormTitle")
    for label in layout.above:
        yield paragraph(form.words(label), f"FormText{size.suffix}")
    for number, rows in enumerate(tables):
        if number:
            yield paragraph("", "FormGap")
        yield table(rows, layout.widths, size)
    for label in layout.below:
        yield paragraph(form.words(label), f"FormText{size.suffix}")


def _size_for(rows: list[Row], widths: tuple[float, ...], room: float, lines: int) -> Size:
    """Return the small size when only that brings the form onto one page."""
    left = room - (TITLE_LEADING + _GAPS) * MILLIMETRES_PER_POINT
    fitting = (size for size in (FULL, SMALL) if sum(heights(rows, widths, size)) + lines * size.line <= left)
    return next(fitting, FULL)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_RUNNING_HEAD else f"{text[:_LONGEST_RUNNING_HEAD]}…"


def _missing(layout: Layout, filing: Filing, standards: Standards) -> Text | None:
    """Say what the standards or the filing lack for the form, or None when it can be written."""
    if layout.stage == "self_evaluation" and filing.kind == "budget":
        return Text("预算尚未执行，没有可以自评的结果。", "a budget has no results to evaluate yet.")
    wording = standards.wordings.get(layout.wording)
    forms = (OVERALL_FUNDS, PROJECT_FUNDS) if layout.subject == "department" else (PROJECT_FUNDS,)
    if wording is None or not standards.forms.keys() >= set(forms):
        return Text(
            f"标准包“{standards.pack}”没有{filing.year}年度这张表的格式。",
            f"the pack “{standards.pack}” has not all of this form for {filing.year}.",
        )
    lacking = "、".join(sorted(layout.labels - wording.labels.keys()))
    if lacking:
        return Text(
            f"标准包“{standards.pack}”的这张表缺少栏目名称：{lacking}。",
            f"this form of the pack “{standards.pack}” lacks labels: {lacking}.",
        )
    return None


def _not_stated(layout: Layout) -> Text:
    if layout.subject == "cut_off":
        return Text(
            "没有填报绩效运行监控数据（monitoring/）。", "the filing has no monitoring (monitoring/)."
        )
    lists = [_NEEDED[need] for need in layout.needs if need in _NEEDED]
    if not lists:
        return Text(
            "没有一个项目填报了这张表所要的资金来源。", "no project states the funds that this form is about."
        )
    return Text(
        f"没有填报{'或'.join(need.zh for need in lists)}。",
        f"the filing states no {' and no '.join(need.en for need in lists)}.",
    )
