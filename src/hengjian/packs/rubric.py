"""``rubrics/``: dated scoring methods, for one project or for the whole department, as data.

A line of a department's rubric names its inputs and the shape by which they become points; a region adds its
rubric without writing Python (docs/how-to/add-a-rubric.md).
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from hengjian.kernel import Interval
from hengjian.packs.formula import FormulaText
from hengjian.packs.schema import ItemId, Model, Sourced, Words


def _share(value: object) -> object:
    """Read ``90%`` as 0.90; any other value is left to the field's own type.

    What was written as a percentage keeps decimals, so that a limit of ``100%`` is told from one of 1.
    """
    match = _PERCENTAGE.fullmatch(value) if isinstance(value, str) else None
    return value if match is None else Decimal(match[1]).scaleb(-2)


_PERCENTAGE = re.compile(r"\s*(-?\d{1,12}(?:\.\d{1,12})?)\s*%\s*")
Share = Annotated[Decimal, BeforeValidator(_share)]
"""A plain number that may be written as a percentage."""
Points = Annotated[Decimal, Field(ge=0)]
InputId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
CELL = re.compile(r"(?P<form>[a-z0-9_.]+)\[(?P<row>[a-z0-9_.]+)\]\.(?P<column>[a-z0-9_]+)")
"""How an input names a form's cell: ``final.three_public[total].final``."""


class Limits(Model):
    """The ends of a band: `at_least` and `up_to` are in it, `above` and `below` are not; None is no end."""

    at_least: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    up_to: Decimal | None = None

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if (self.at_least is not None and self.above is not None) or (
            self.below is not None and self.up_to is not None
        ):
            raise ValueError("a band has one lower and one upper end")
        if self.lower is not None and self.upper is not None and self.lower >= self.upper:
            raise ValueError("a band ends above where it begins")
        return self

    @cached_property
    def lower(self) -> Fraction | None:
        """The lower end, whether in the band or not."""
        end = self.above if self.at_least is None else self.at_least
        return None if end is None else Fraction(end)

    @cached_property
    def upper(self) -> Fraction | None:
        """The upper end, whether in the band or not."""
        end = self.below if self.up_to is None else self.up_to
        return None if end is None else Fraction(end)

    def meets(self, value: Interval) -> bool:
        """Tell whether some value of the range lies in the band.

        >>> tenth = Interval.exactly(Fraction(1, 10))
        >>> Limits(up_to=Decimal("0.1")).meets(tenth), Limits(above=Decimal("0.1")).meets(tenth)
        (True, False)
        """
        if self.lower is not None:
            over = _beyond(value.high, self.lower)
            if over < 0 or (over == 0 and self.at_least is None):
                return False
        if self.upper is None:
            return True
        over = _beyond(value.low, self.upper)
        return over < 0 or (over == 0 and self.up_to is not None)


def _beyond(value: Fraction, end: Fraction) -> int:
    """Return a whole number with the sign of value − end: much faster than comparing fractions."""
    return value.numerator * end.denominator - end.numerator * value.denominator


class CompletionBand(Limits):
    """What a completion rate in percent earns: a share of the points, or points in proportion to the rate."""

    at_least: Annotated[Decimal | None, Field(alias="from")] = None
    below: Annotated[Decimal | None, Field(alias="to")] = None
    earns: Literal["none", "half", "full", "proportional"] | Share

    @property
    def share(self) -> Decimal | None:
        """The share of the points that it earns; None when they are proportional to the rate."""
        return _SHARES[self.earns] if isinstance(self.earns, str) else self.earns


_SHARES = {"none": Decimal(0), "half": Decimal("0.5"), "full": Decimal(1), "proportional": None}


class QualitativeBand(Model):
    """The share of the weight, in percent, that a qualitative result may earn."""

    grade: str
    low: Decimal
    high: Decimal


class Grade(Model):
    """A grade and the lowest total score that earns it."""

    name: str
    at_least: Annotated[Decimal, Field(alias="from")]


class LevelWeight(Model):
    """The weight that a first-level group of indicators carries in principle."""

    level1: str
    weight: Decimal


class Credibility(Model):
    """When scores need a second look: indicators' scores `gap` points above the execution rate.

    With more than `unspent` percent of the budget left, it is more than a hint.
    """

    gap: Annotated[Decimal, Field(gt=0)]
    unspent: Annotated[Decimal, Field(gt=0, le=100)]


class RubricInput(Model):
    """What a line's points follow from: a figure, a yes or no (``flag``), or a grade's name.

    `cell` is where a filing's own sheets have it, written ``form[row].column``; a filing may state it in
    ``inputs.csv`` instead, with its evidence.
    """

    title: Words
    measure: Literal["amount", "count", "percent", "flag", "grade"] = "count"
    cell: str | None = None


class Proportional(Model):
    """Points in proportion to a measure: full from `full_at` on, none below `none_below`."""

    shape: Literal["proportional"]
    of: FormulaText
    full_at: Share = Decimal("1.00")
    none_below: Share | None = None


class Threshold(Model):
    """Full points within the limits; else `otherwise`, which some methods leave unstated."""

    shape: Literal["threshold"]
    of: FormulaText
    at_least: Share | None = None
    above: Share | None = None
    at_most: Share | None = None
    otherwise: Points | Literal["unstated"] = Decimal(0)

    @model_validator(mode="after")
    def _limited(self) -> Self:
        if self.at_least is None and self.above is None and self.at_most is None:
            raise ValueError("a threshold has a limit: at_least, above or at_most")
        return self


class Band(Limits):
    """The share of the maximum that a measure earns."""

    at_least: Annotated[Share | None, Field(alias="from")] = None
    above: Share | None = None
    below: Annotated[Share | None, Field(alias="to")] = None
    up_to: Share | None = None
    earns: Share


class Banded(Model):
    """A share of the points by the band in which a measure lies."""

    shape: Literal["bands"]
    of: FormulaText
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]


class Occurrence(Model):
    """Points lost for every `per` of an input's count, at most `most`."""

    input: InputId
    points: Points
    per: Annotated[int, Field(ge=1)] = 1
    most: Points | None = None


class Deduction(Model):
    """Full points less what each occurrence takes, never below zero; `void_if` are flags that leave none."""

    shape: Literal["deduction"]
    each: Annotated[tuple[Occurrence, ...], Field(min_length=1)]
    void_if: tuple[InputId, ...] = ()


class Check(Model):
    """A yes-or-no input and the points that a yes earns."""

    input: InputId
    points: Points


class Checklist(Model):
    """The points of every item that is fulfilled."""

    shape: Literal["checklist"]
    items: Annotated[tuple[Check, ...], Field(min_length=1)]


class GradeShare(Model):
    """A grade's name and the share of the points that it earns."""

    name: str
    earns: Share


class Graded(Model):
    """A share of the points by the name of the grade that was given."""

    shape: Literal["graded"]
    input: InputId
    grades: Annotated[tuple[GradeShare, ...], Field(min_length=2)]


class GroupMean(Model):
    """The mean of the shares that the overall targets of a first-level group earn; none without targets."""

    shape: Literal["group_mean"]
    level1: Annotated[tuple[str, ...], Field(min_length=1)]
    completion: Annotated[tuple[CompletionBand, ...], Field(min_length=1)]
    missed_limit: Literal["inverse", "none"] = "inverse"
    qualitative: tuple[QualitativeBand, ...] = ()


class Count(Model):
    """Points that each of an input's count adds, or takes when they are negative; together at most `most`."""

    input: InputId
    points: Decimal
    most: Points | None = None


class Tally(Model):
    """Points added and taken by counts: the shape of a bonus line."""

    shape: Literal["tally"]
    each: Annotated[tuple[Count, ...], Field(min_length=1)]


class Judged(Model):
    """Points that a person awards: the method fixes none.

    `of` is a measure that the method defines without saying what it earns; `step` is the smallest step of
    points; `void_if` are flags that leave none.
    """

    shape: Literal["judged"]
    of: FormulaText | None = None
    step: Points | None = None
    void_if: tuple[InputId, ...] = ()


class Part(Model):
    """A part of a line with points of its own."""

    title: Words
    max: Points
    rule: Shape


class Parts(Model):
    """The sum of parts, each by a shape of its own."""

    shape: Literal["parts"]
    parts: Annotated[tuple[Part, ...], Field(min_length=2)]


Shape = Annotated[
    Proportional | Threshold | Banded | Deduction | Checklist | Graded | GroupMean | Tally | Judged | Parts,
    Field(discriminator="shape"),
]
Part.model_rebuild()


class RubricLine(Model):
    """A scored line of a department's rubric. Without `max` the method defines the measure but no points.

    A `bonus` line stands outside the hundred: it adds to the total or takes from it.
    """

    level1: str
    level2: str
    title: str
    aliases: tuple[str, ...] = ()
    max: Points | None = None
    bonus: bool = False
    rule: Shape


class Rubric(Sourced):
    """A dated scoring method, for one project or for the whole department.

    Of a project: `layouts` are the weights that the first-level groups carry in principle, one list for each
    set of groups in use; `satisfaction` replaces the completion bands for satisfaction rates. A reason is due
    for a result above `explain_above` percent of its target, an execution rate below `explain_below` and a
    budget adjusted by more than `explain_adjusted` percent.
    Of a department: `not_applicable` says what becomes of a line that does not apply; a rubric that is not
    `complete` has lines that are not known, so that its total cannot be recomputed.
    """

    rubric: ItemId
    title: Words
    subject: Literal["project", "department"]
    execution_weight: Decimal | None = None
    indicator_weight: Decimal | None = None
    layouts: tuple[tuple[LevelWeight, ...], ...] = ()
    completion: tuple[CompletionBand, ...] = ()
    satisfaction: tuple[CompletionBand, ...] = ()
    missed_limit: Literal["inverse", "none"] = "inverse"
    qualitative: tuple[QualitativeBand, ...] = ()
    explain_above: Decimal | None = None
    explain_below: Decimal | None = None
    explain_adjusted: Decimal | None = None
    credibility: Credibility | None = None
    inputs: dict[InputId, RubricInput] = Field(default_factory=dict)
    lines: tuple[RubricLine, ...] = ()
    not_applicable: Literal["redistribute", "full", "refused"] = "refused"
    complete: bool = True
    grades: tuple[Grade, ...] = ()

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.rubric
