"""``rubrics/``: dated scoring methods, for one project or for the whole department, as data.

A line of a department's rubric names its inputs and the shape by which they become points; a region adds its
rubric without writing Python (docs/how-to/add-a-rubric.md).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from hengjian.packs.schema import ItemId, Model, Sourced, Words


def _share(value: object) -> object:
    """Read ``90%`` as 0.9; any other value is left to the field's own type."""
    if isinstance(value, str) and value.strip().endswith("%"):
        return Decimal(value.strip().removesuffix("%")) / 100
    return value


Share = Annotated[Decimal, BeforeValidator(_share)]
"""A plain number that may be written as a percentage."""
Points = Annotated[Decimal, Field(ge=0)]
InputId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class CompletionBand(Model):
    """What a completion rate within [from, to) percent earns; the last band has no upper end."""

    at_least: Annotated[Decimal, Field(alias="from")]
    below: Annotated[Decimal | None, Field(alias="to")] = None
    earns: Literal["none", "half", "full", "proportional"]


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
    of: str
    full_at: Share = Decimal(1)
    none_below: Share | None = None


class Threshold(Model):
    """Full points within the limits; else `otherwise`, which some methods leave unstated."""

    shape: Literal["threshold"]
    of: str
    at_least: Share | None = None
    at_most: Share | None = None
    otherwise: Points | Literal["unstated"] = Decimal(0)

    @model_validator(mode="after")
    def _limited(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a threshold has a limit: at_least or at_most")
        return self


class Band(Model):
    """What a measure from `from` earns, until `to` (exclusive) or `up_to` (inclusive): a share of the maximum."""

    at_least: Annotated[Share | None, Field(alias="from")] = None
    below: Annotated[Share | None, Field(alias="to")] = None
    up_to: Share | None = None
    earns: Share


class Banded(Model):
    """A share of the points by the band in which a measure lies."""

    shape: Literal["bands"]
    of: str
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]


class Occurrence(Model):
    """Points lost for every `per` of an input's count, at most `most`."""

    input: InputId
    points: Points
    per: Annotated[int, Field(ge=1)] = 1
    most: Points | None = None


class Deduction(Model):
    """Full points less a deduction for each occurrence, never below zero; `void_if` are flags that leave none."""

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


class Judged(Model):
    """Points that a person awards: the method fixes none.

    `of` is a measure that the method defines without saying what it earns; `step` is the smallest step of
    points; `void_if` are flags that leave none.
    """

    shape: Literal["judged"]
    of: str | None = None
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
    Proportional
    | Threshold
    | Banded
    | Deduction
    | Checklist
    | Graded
    | GroupMean
    | Judged
    | Parts,
    Field(discriminator="shape"),
]
Part.model_rebuild()


class RubricLine(Model):
    """A scored line of a department's rubric. Without `max` the method defines the measure but no points.

    A `bonus` line adds to the total, or takes from it, by what its parts give.
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
    set of groups in use; `satisfaction` replaces the completion bands for satisfaction rates; a result above
    `explain_above` percent of its target, or an execution rate below `explain_below`, needs a reason.
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
    inputs: dict[InputId, RubricInput] = {}
    lines: tuple[RubricLine, ...] = ()
    not_applicable: Literal["redistribute", "full", "refused"] = "refused"
    complete: bool = True
    grades: tuple[Grade, ...] = ()

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.rubric
