"""``layouts/``: how an authority's forms are laid out on paper, as data.

A form is a grid. Its rows hold labels, whose words are the wording's, and cells for what a filing states.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from hengjian.packs.schema import ItemId, Model, Sourced, Wording, Words

Label = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Source = Literal["funds", "indicators", "projects", "lines", "tasks", "actions"]
Subject = Literal["project", "department", "cut_off"]

_FILING = frozenset({"entity", "entity_name", "year", "department_total"})
_LISTED = frozenset({"number", "full_name", "code", "name", "unit", "weight", "score", "balance"})
_PROJECT = _FILING | _LISTED | {"execution_weight", "execution_score"}
_FUNDS = frozenset({"caption", "initial", "adjusted", "executed", "rate", "weight", "score"})
_INDICATOR = frozenset(
    {"level1", "level2", "level3", "description", "nature", "target", "measure", "full_target"}
)
_RESULT = frozenset({"actual", "full_actual", "weight", "score", "shortfall", "basis"})
_PROGRESS = frozenset({"progress", "expected", "cause", "reason", "likelihood"})
_OWN: dict[Subject, frozenset[str]] = {
    "project": _PROJECT,
    "department": _FILING,
    "cut_off": _PROJECT | {"month", "executed", "rate", "expected", "disposition"},
}
_ITEMS: dict[Source, frozenset[str]] = {
    "funds": _FUNDS,
    "indicators": _INDICATOR | _RESULT,
    "projects": _LISTED,
    "lines": frozenset({"level1", "level2", "level3", "maximum", "score", "reason"}),
    "tasks": frozenset({"name", "content"}),
    "actions": frozenset({"measure", "owner", "due"}),
}
LISTS: dict[Subject, tuple[Source, ...]] = {
    "project": ("funds", "indicators"),
    "department": ("indicators", "projects", "lines", "tasks"),
    "cut_off": ("funds", "indicators", "actions"),
}
"""The lists that a form of a subject can have rows for."""


def values_of(subject: Subject, each: Source | None = None) -> frozenset[str]:
    """Return what the cells of a form can hold, or those of the rows for each of a list.

    Beside these, ``funds[row].column`` is a figure of a project's funds or of the department's overall funds.
    """
    if each is None:
        return _OWN[subject]
    reached = {"funds": frozenset({"expected"}), "indicators": _PROGRESS}
    return _ITEMS[each] | (reached.get(each, frozenset()) if subject == "cut_off" else frozenset())


class LayoutCell(Model):
    """A cell: a label (`head`, or `sign` with room to write behind it), a narrative `text`, or a `value`.

    `rows` may be ``all`` in a line for each of a source: the cell stands once beside all of them. Equal
    neighbours share a `shared` cell.
    """

    head: Label | None = None
    text: Label | None = None
    value: str | None = None
    sign: Label | None = None
    columns: Annotated[int, Field(ge=1)] = 1
    rows: Annotated[int, Field(ge=1)] | Literal["all"] = 1
    shared: bool = False

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        if sum(each is not None for each in (self.head, self.text, self.value, self.sign)) > 1:
            raise ValueError("a cell holds one of head, text, value and sign")
        return self


def _cell(value: object) -> object:
    return {"head": value} if isinstance(value, str) else value


def _line(value: object) -> object:
    return {"cells": value} if isinstance(value, list) else value


Cells = Annotated[tuple[Annotated[LayoutCell, BeforeValidator(_cell)], ...], Field(min_length=1)]


class Line(Model):
    """A row of cells, or one for `each` of a source; a label alone is its head, a list alone its cells.

    A `repeated` row stands again on further pages. `keep` holds it, or the last one of a list, on the page of
    the ``next``, or the rows of a list ``together``.
    """

    cells: Cells
    each: Source | None = None
    height: float = 1
    repeated: bool = False
    keep: Literal["next", "together"] | None = None


AnyLine = Annotated[Line, BeforeValidator(_line)]


class Band(Model):
    """Rows with one label beside them all."""

    side: Label
    rows: Annotated[tuple[AnyLine, ...], Field(min_length=1)]


Block = Annotated[tuple[Band | AnyLine, ...], Field(min_length=1)]


class Layout(Sourced):
    """A form: a grid of columns of these `widths` in millimetres, in one or several tables.

    It is printed for each project, for the department or for each project at a cut-off (`subject`), if one of
    `needs` is stated; `only_stated` leaves out the projects that state none. Labels are those of `wording`:
    `heading` is the form's title, `above` and `below` are lines around the tables.
    """

    layout: ItemId
    title: Words
    stage: Literal["targets", "monitoring", "self_evaluation"]
    subject: Subject
    wording: ItemId
    heading: Label = "title"
    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    only_stated: bool = False
    page: Literal["portrait", "landscape"] = "landscape"
    above: tuple[Label, ...] = ()
    below: tuple[Label, ...] = ()
    widths: Annotated[tuple[float, ...], Field(min_length=2)]
    tables: Annotated[tuple[Block, ...], Field(min_length=1)]

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.layout

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every row of the form, in order."""
        parts = (part for table in self.tables for part in table)
        return tuple(line for part in parts for line in (part.rows if isinstance(part, Band) else (part,)))

    @property
    def labels(self) -> frozenset[str]:
        """The labels whose words the form prints."""
        sides = {part.side for table in self.tables for part in table if isinstance(part, Band)}
        cells = [cell for line in self.lines for cell in line.cells]
        heads = {label for cell in cells for label in (cell.head, cell.sign) if label is not None}
        return frozenset({self.heading, *self.above, *self.below, *sides, *heads})


def words_of(wording: Wording, label: str) -> str:
    """Return what a form prints for a label: the first of its texts.

    >>> fields = {"from": 2018, "basis": "-", "verified": False, "labels": {"score": "得分|自评得分"}}
    >>> words_of(Wording(wording="w", **fields), "score")
    '得分'
    """
    return wording.labels[label].partition("|")[0]
