"""``monitoring/``: how an authority warns of projects that fall behind during the year.

A rule states only what its authority decides; for every part the nearest authority's word holds. So each
rule has an id of its own, such as ``sichuan.alerts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from hengjian.packs.schema import ItemId, Model, Sourced, Words

MONTHS = 12

Month = Annotated[int, Field(ge=1, le=MONTHS)]
Percentage = Annotated[Decimal, Field(ge=0)]


class Colour(StrEnum):
    """A warning colour, from the worst: behind, somewhat behind, on track, far above the target."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"

    @property
    def behind(self) -> bool:
        """Whether something has to be done."""
        return self in (Colour.RED, Colour.YELLOW)


def worst(colours: Iterable[Colour]) -> Colour | None:
    """Return the worst of some colours; None of none.

    >>> worst([Colour.BLUE, Colour.YELLOW, Colour.GREEN])
    <Colour.YELLOW: 'yellow'>
    """
    return min(colours, key=list(Colour).index, default=None)


class ColourBand(Model):
    """The colour of a percentage within [from, to); the last band has no upper end."""

    colour: Colour
    at_least: Annotated[Percentage, Field(alias="from")]
    below: Annotated[Percentage | None, Field(alias="to")] = None


class Banded(Model):
    """Bands that follow on each other from 0 upwards."""

    bands: Annotated[tuple[ColourBand, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.bands[0].at_least != 0 or self.bands[-1].below is not None:
            raise ValueError("the bands begin at 0 and the last has no upper end")
        if any(earlier.below != later.at_least for earlier, later in pairwise(self.bands)):
            raise ValueError("the bands leave a gap or overlap")
        return self

    def colour_of(self, percent: Fraction) -> Colour:
        """Return the colour of a percentage; one below 0 has that of 0."""
        reached = [band.colour for band in self.bands if Fraction(band.at_least) <= percent]
        return reached[-1] if reached else self.bands[0].colour


class AgainstTime(Banded):
    """Execution against the time passed: the execution rate over the share of the year, in percent."""

    shape: Literal["against_time"]


class ByMonth(Model):
    """Execution against fixed rates: the least execution rate at the end of a month, in percent.

    Between two months the earlier one's holds, for what has been executed only grows.
    """

    shape: Literal["by_month"]
    least: Annotated[dict[Month, Percentage], Field(min_length=1)]
    below: Colour

    def least_at(self, month: int) -> Decimal | None:
        """Return the rate that must be reached by the end of a month; None before the first."""
        return next((self.least[m] for m in sorted(self.least, reverse=True) if m <= month), None)


Execution = Annotated[AgainstTime | ByMonth, Field(discriminator="shape")]


class IndicatorAlert(Banded):
    """How an indicator's result so far is coloured.

    A count is held against the share of its target that is due, a level (a rate, a time limit), which is told
    by its unit, against the whole target. A limit (≤) is green within its target, else `missed_limit`. A
    qualitative result begins with one of the `words`.
    """

    levels: tuple[str, ...] = ()
    missed_limit: Colour = Colour.RED
    words: Annotated[dict[str, Colour], Field(default_factory=dict)]

    def colour_of_words(self, text: str) -> Colour | None:
        """Return the colour of a qualitative result; None when it does not begin with a known word."""
        found = [word for word in self.words if text.startswith(word)]
        return self.words[max(found, key=len)] if found else None


class ExecutionTest(Model):
    """A test of a department's execution rates at several months: each is worth the same, earned pro rata."""

    title: Words
    least: Annotated[dict[Month, Annotated[Decimal, Field(gt=0)]], Field(min_length=1)]


class Handling(Model):
    """What must be decided of a project that is behind, and within how many working days."""

    working_days: Annotated[int, Field(ge=1)]
    dispositions: Annotated[tuple[str, ...], Field(min_length=1)]


class MonitoringRule(Sourced):
    """What one authority decides about run-time monitoring (绩效运行监控); None where it decides nothing.

    `months` are the cut-offs, `gap` the percentage points by which the realisation of targets and execution
    may differ, `likelihood` the form's words for whether a target will still be reached.
    """

    monitoring: ItemId
    title: Words
    months: Annotated[tuple[Month, ...] | None, Field(min_length=1)] = None
    execution: Execution | None = None
    indicators: IndicatorAlert | None = None
    gap: Percentage | None = None
    execution_test: ExecutionTest | None = None
    handling: Handling | None = None
    likelihood: dict[str, Literal["certain", "possible", "impossible"]] | None = None

    @model_validator(mode="after")
    def _decides(self) -> Self:
        if all(getattr(self, part) is None for part in _PARTS):
            raise ValueError(f"a rule decides at least one of {', '.join(_PARTS)}")
        return self

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.monitoring


_PARTS = ("months", "execution", "indicators", "gap", "execution_test", "handling", "likelihood")


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What holds for a department: every part by the nearest authority, and the basis of each by its name."""

    months: tuple[int, ...] = ()
    execution: AgainstTime | ByMonth | None = None
    indicators: IndicatorAlert | None = None
    gap: Decimal | None = None
    execution_test: ExecutionTest | None = None
    handling: Handling | None = None
    likelihood: Mapping[str, str] = field(default_factory=dict)
    basis: Mapping[str, str] = field(default_factory=dict)


def monitoring_of(rules: Iterable[MonitoringRule]) -> Monitoring:
    """Put the rules of several authorities together, the farthest first."""
    parts: dict[str, Any] = {}
    basis: dict[str, str] = {}
    for rule in rules:
        stated = {part: value for part in _PARTS if (value := getattr(rule, part)) is not None}
        parts |= stated
        basis |= dict.fromkeys(stated, rule.basis)
    return Monitoring(**parts, basis=basis)
