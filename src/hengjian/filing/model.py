"""The one model: a filing is a department's year.

Documents are written from it and read into it. A cell without a figure is blank, which is not zero.
Texts keep the author's words; numbers keep how they were stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from hengjian.kernel import Amount, Figure, Finding, FiscalYear, Interval, Place

Operator = Literal["≥", ">", "≤", "<", "=", "qualitative"]
Kind = Literal["budget", "final_accounts", "self_evaluation"]
RectificationState = Literal["open", "under_way", "done", "confirmed"]

PROJECT_FUNDS = "performance.funds"
OVERALL_FUNDS = "performance.overall_funds"
OVERALL_INDICATORS = "performance.overall_indicators"
"""Ids of the forms that the model's own parts fill; every pack that has them names them so."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A department or unit that files; `code` is its code in the budget system."""

    name: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that has been filled: figures by (row, column), rows in printed order with their names.

    `rows` maps a row id (a fixed row or a classification code) to the name printed for it. `note` is
    what is printed below it: an empty table must say that it is empty. A `partial` sheet holds what a text
    states of the form; what it lacks is not known to be blank.
    """

    form: str
    rows: Mapping[str, str]
    figures: Mapping[tuple[str, str], Figure]
    place: Place = field(default_factory=Place)
    note: str | None = None
    partial: bool = False

    def figure(self, row: str, column: str) -> Figure | None:
        """Return the figure of a cell; None when it is blank or not there."""
        return self.figures.get((row, column))

    def interval(self, row: str, column: str) -> Interval | None:
        """Return what the cell's figure stands for: yuan, percentage points or units."""
        figure = self.figures.get((row, column))
        return None if figure is None else figure.value.interval


@dataclass(frozen=True, slots=True)
class Indicator:
    """A third-level performance indicator: its target and, after the year, its result and score.

    `target` and `actual` are as written; None means blank. `operator` is None when none is written.
    Weight and score are points. `description` says what is measured, as `numerator` over `denominator` for a
    rate, from `ledger`; `basis` is what the target rests on, `evidence` what the result rests on. `rating` is
    the grade that a qualitative result was given.
    """

    level1: str
    level2: str
    name: str
    operator: Operator | None = None
    target: str | None = None
    unit: str | None = None
    actual: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    shortfall: str | None = None
    basis: str | None = None
    description: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    ledger: str | None = None
    rating: str | None = None
    evidence: str | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Project:
    """A budget project with its funds, targets and self-evaluation.

    `funds` is a sheet of the form ``performance.funds``. `execution_weight`/`execution_score` are the
    points for budget execution, `stated_score` the printed total, `conclusion_score` the total that the
    conclusion claims. `texts` holds narrative cells by label id; an empty text is a blank cell, a label
    that is missing was not printed at all.
    """

    name: str
    code: str | None = None
    funds: Sheet | None = None
    indicators: tuple[Indicator, ...] = ()
    execution_weight: Decimal | None = None
    execution_score: Decimal | None = None
    stated_weight: Decimal | None = None
    stated_score: Decimal | None = None
    conclusion_score: Decimal | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where single parts stand, by name: ``execution``, ``total``, ``conclusion`` or a label id."""

    @property
    def class_letter(self) -> str:
        """The letter of its class, which stands ninth in a project's code; empty without a code."""
        return (self.code or "")[8:9]

    @property
    def total_score(self) -> Decimal | None:
        """The total that the form states, in its total row or else in its conclusion."""
        return self.conclusion_score if self.stated_score is None else self.stated_score

    def place_of(self, part: str) -> Place:
        """Return the place of a part, or the project's own."""
        return self.places.get(part, self.place)


@dataclass(frozen=True, slots=True)
class Task:
    """One of the department's main tasks of the year (年度主要任务)."""

    name: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class OverallTargets:
    """The department's overall targets: its funds (``performance.overall_funds``), tasks and indicators.

    `stated_unit` is the money unit that the form's head prints; `texts` holds narrative cells by label id.
    """

    funds: Sheet | None = None
    indicators: tuple[Indicator, ...] = ()
    stated_unit: str | None = None
    place: Place = field(default_factory=Place)
    texts: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class RubricScore:
    """A line of an overall rubric as it was scored; None means the cell is blank.

    `not_applicable` is the reason why the line does not apply to the department. `texts` holds what a printed
    table says beside the points, by column: explanation, rule, grounds, evidence, remarks.
    """

    title: str
    level1: str
    level2: str
    maximum: Decimal | None
    score: Decimal | None
    place: Place = field(default_factory=Place)
    not_applicable: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InputValue:
    """What a line of the overall rubric follows from and no form holds: a figure, 是/否, or a grade's name.

    `name` is the input's id in the rubric; `value` is as written, in `unit`; `evidence` is what it rests on.
    """

    name: str
    value: str
    unit: str | None = None
    evidence: str | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class IndicatorProgress:
    """How far an indicator is at a cut-off: its result so far and the one expected at the year's end.

    `name` is the indicator's. `cause` and `reason` say why it is behind, `likelihood` whether its target will
    still be reached, in the words of the form.
    """

    name: str
    actual: str | None = None
    expected: str | None = None
    cause: str | None = None
    reason: str | None = None
    likelihood: str | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class CorrectiveAction:
    """What will be done about a project that is behind, by whom and by when (``2022-09-30``)."""

    measure: str
    owner: str | None = None
    due: str | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class ProjectProgress:
    """How far a project is at a cut-off.

    `project` is its code or name; `executed` what has been spent so far and `expected` by the year's end;
    `budget` the budget at the cut-off where it is not that of the project's funds. `disposition` is what was
    decided of a project that is behind, in the words of the authority.
    """

    project: str
    budget: Amount | None = None
    executed: Amount | None = None
    expected: Amount | None = None
    disposition: str | None = None
    indicators: tuple[IndicatorProgress, ...] = ()
    actions: tuple[CorrectiveAction, ...] = ()
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class MonitoringSheet:
    """The run-time monitoring (绩效运行监控) of a filing's projects from January to the end of `month`."""

    month: int
    projects: tuple[ProjectProgress, ...]
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Rectification:
    """A problem found and what becomes of it: measure, owner, due date, state and evidence.

    `id` tells it apart within the filing and stays with it in later years; `source` is the finding's code or
    the words of whoever found it, `due` a day such as ``2023-06-30``, `year` the fiscal year in which it was
    found (None: the filing's own). Only what is confirmed is closed.
    """

    id: str
    problem: str
    project: str | None = None
    source: str | None = None
    measure: str | None = None
    owner: str | None = None
    due: str | None = None
    state: RectificationState = "open"
    evidence: str | None = None
    year: int | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that a text states and no form holds: key in the source's own terms, value as written."""

    key: str
    value: str
    unit: str
    section: str
    year: int | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Filing:
    """One department's year. `problems` are the findings about input that could not be used.

    `stated_total` is the department's overall score; `total_place` is where a document states it.
    """

    entity: Entity
    year: FiscalYear
    pack: str
    kind: Kind
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    projects: tuple[Project, ...] = ()
    overall: OverallTargets | None = None
    rubric_scores: tuple[RubricScore, ...] = ()
    stated_total: Decimal | None = None
    total_place: Place | None = None
    facts: tuple[Fact, ...] = ()
    inputs: tuple[InputValue, ...] = ()
    monitoring: tuple[MonitoringSheet, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
    place: Place = field(default_factory=Place)
    problems: tuple[Finding, ...] = ()
