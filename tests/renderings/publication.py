"""A filing as a publication: headings, paragraphs and titled grids, whatever the format will be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.authoring.form_rows import FilledForm
from hengjian.authoring.grid import Row
from hengjian.authoring.subjects import batches
from hengjian.filing import Filing
from hengjian.packs import Standards
from tests.renderings.form_grid import form_rows

UPRIGHT = 180.0
"""Millimetres between the margins of an upright A4 page."""

LAYOUTS = {"budget": ("overall_targets", "project_targets")}
"""The layouts that a publication of a kind has; any other kind has self-evaluations."""

_ACCOUNTS_LAYOUTS = ("overall_targets", "self_evaluation")
_UNPUBLISHED = frozenset({"final.explanation"})
"""Forms that are no table: they hold what a text states."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A titled table: lines above it, rows on columns of these widths in millimetres, lines below it.

    A form may have several `tables`, one right below the other on the same columns.
    """

    title: str
    above: tuple[str, ...]
    tables: tuple[tuple[Row, ...], ...]
    widths: tuple[float, ...]
    below: tuple[str, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Tell whether the table needs a page in landscape."""
        return sum(self.widths) > UPRIGHT


Item = Heading | Words | Printed


@dataclass(frozen=True, slots=True)
class Publication:
    """What a department publishes of a filing."""

    title: str
    entity: str
    year: int
    items: tuple[Item, ...]


def publication_of(filing: Filing, standards: Standards, region: str) -> Publication:
    """Return the filing's sheets, then the forms of its targets and self-evaluations, as of a region."""
    budget = filing.kind == "budget"
    title = f"{filing.entity.name}{filing.year}年{'部门预算' if budget else '度部门决算'}公开"
    items: tuple[Item, ...] = (
        Heading("第一部分　部门概况", 1),
        Heading("一、部门职责", 2),
        Words(
            f"{region}{filing.entity.name}贯彻执行国家和省有关医疗保障的法律法规和政策，组织实施医疗保险、生育保险、医疗救助等医疗保障制度。"
        ),
        Heading(f"第二部分　{filing.year}年{'部门预算' if budget else '度部门决算'}表", 1),
        *_sheets(filing, standards),
        Heading("第三部分　绩效情况", 1),
        *(
            form
            for layout in LAYOUTS.get(filing.kind, _ACCOUNTS_LAYOUTS)
            for form in _forms(layout, filing, standards)
        ),
    )
    return Publication(title, filing.entity.name, filing.year.year, items)


def published_forms(filing: Filing) -> frozenset[str]:
    """Return the ids of the forms whose sheets a publication prints."""
    return frozenset(filing.sheets) - _UNPUBLISHED


def _sheets(filing: Filing, standards: Standards) -> Iterator[Printed]:
    for form_id, sheet in filing.sheets.items():
        if form_id in _UNPUBLISHED:
            continue
        form = standards.forms[form_id]
        rows, widths = form_rows(sheet, form)
        lines = (f"编制单位：{filing.entity.name}　　　　单位：{form.unit.label}",)
        below = (sheet.note,) if sheet.note else ()
        yield Printed(sheet.place.table or form.title.zh, lines, (rows,), widths, below)


def _forms(layout_id: str, filing: Filing, standards: Standards) -> Iterator[Printed]:
    layout = standards.layouts[layout_id]
    for batch in batches(layout, filing, standards):
        for _, scope in batch.forms:
            form = FilledForm(layout, standards.wordings[layout.wording], scope)
            yield Printed(
                form.words(layout.heading),
                tuple(map(form.words, layout.above)),
                tuple(map(tuple, form.tables())),
                layout.widths,
                tuple(map(form.words, layout.below)),
            )
