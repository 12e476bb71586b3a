"""An indicator at a cut-off: its result so far against what is due, its colour and where it will end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from hengjian.filing import Indicator, IndicatorProgress
from hengjian.kernel import Interval, percentage
from hengjian.packs import squeeze
from hengjian.packs.monitoring import MONTHS, Colour, IndicatorAlert, Monitoring
from hengjian.scoring.achievement import State, achievement, quantity
from hengjian.scoring.words import plain

_LIMITS = ("≤", "<")


class Missing(StrEnum):
    """What is missing for a colour."""

    RULE = "rule"
    SHEET = "sheet"
    PROJECT = "project"
    BUDGET = "budget"
    EXECUTED = "executed"
    INDICATOR = "indicator"
    OPERATOR = "operator"
    TARGET = "target"
    ACTUAL = "actual"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Graded:
    """A rate in percent, where there is one, and its colour; without a colour, what is missing for it."""

    rate: Interval | None = None
    colour: Colour | None = None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected at the year's end; `assumed` when it is drawn on from what is there, not stated."""

    value: Interval
    assumed: bool


@dataclass(frozen=True, slots=True)
class MonitoredIndicator:
    """An indicator at a cut-off; `realised` is the share of its whole target in percent, of a count."""

    indicator: Indicator
    progress: IndicatorProgress | None
    graded: Graded
    realised: Interval | None = None
    forecast: Forecast | None = None
    reaches: State | None = None


@dataclass(frozen=True, slots=True)
class CutOff:
    """A cut-off: what holds for monitoring, the levels of indicators that count costs, the month."""

    of: Monitoring
    cost_levels: frozenset[str]
    month: int

    @property
    def passed(self) -> Fraction:
        """The share of the year that has passed."""
        return Fraction(self.month, MONTHS)


def monitor_indicator(
    indicator: Indicator, progress: IndicatorProgress | None, rules: CutOff
) -> MonitoredIndicator:
    """Hold an indicator's result at a cut-off against its target, and draw it on to the year's end."""
    if progress is None:
        return MonitoredIndicator(indicator, None, Graded(missing=Missing.INDICATOR))
    if rules.of.indicators is None:
        return MonitoredIndicator(indicator, progress, Graded(missing=Missing.RULE))
    grading = _Grading(indicator, progress, rules.of.indicators, rules)
    forecast = grading.forecast
    reaches = None
    if forecast is not None:
        ending = f"{plain(forecast.value.middle, 6)}" if forecast.assumed else progress.expected
        reaches = achievement(replace(indicator, actual=ending)).state
    return MonitoredIndicator(indicator, progress, grading.graded, grading.realised, forecast, reaches)


@dataclass(frozen=True, slots=True)
class _Grading:
    """An indicator whose result so far is being held against its target."""

    indicator: Indicator
    progress: IndicatorProgress
    alert: IndicatorAlert
    rules: CutOff

    @property
    def target(self) -> Interval | None:
        """The target as an exact number; None when it is none."""
        if self.indicator.operator == "qualitative":
            return None
        target = quantity(self.indicator.target, self.indicator.unit)
        return None if target is None else Interval.exactly(Fraction(target.number.value))

    @property
    def result(self) -> Interval | None:
        """The result so far as a number."""
        result = quantity(self.progress.actual, self.indicator.unit)
        return None if result is None else result.interval

    @property
    def is_limit(self) -> bool:
        """Whether less is better: a limit, a fixed cost, or none at all."""
        if self.indicator.operator in _LIMITS:
            return True
        costs = {self.indicator.level1, self.indicator.level2} & self.rules.cost_levels
        return self.indicator.operator == "=" and (bool(costs) or self.target == Interval.exactly(0))

    @property
    def is_level(self) -> bool:
        """Whether the figure is a level, which does not grow with the months."""
        return squeeze(self.indicator.unit or "") in self.alert.levels

    @property
    def missing(self) -> Missing | None:
        """What is missing for a colour before anything is compared."""
        if not (self.progress.actual or "").strip():
            return Missing.ACTUAL
        if self.target is None:
            return None
        if self.indicator.operator is None:
            return Missing.OPERATOR
        return Missing.NUMBER if self.result is None else None

    @property
    def graded(self) -> Graded:
        """The rate against what is due at the cut-off, and its colour."""
        target, result, missing = self.target, self.result, self.missing
        if missing is not None:
            return Graded(missing=missing)
        if target is None or result is None:
            colour = self.alert.colour_of_words(squeeze(self.progress.actual or ""))
            return Graded(colour=colour, missing=Missing.WORDS if colour is None else None)
        if self.is_limit:
            strict = self.indicator.operator == "<"
            kept = result.low < target.high if strict else result.low <= target.high
            return Graded(colour=Colour.GREEN if kept else self.alert.missed_limit)
        rate = percentage(result, target if self.is_level else target * Interval.exactly(self.rules.passed))
        if rate is None:
            return Graded(missing=Missing.TARGET)
        return Graded(rate, self.alert.colour_of(rate.high))

    @property
    def realised(self) -> Interval | None:
        """The share of the whole target in percent, of a count that grows with the months."""
        if self.is_limit or self.is_level or self.target is None or self.indicator.operator is None:
            return None
        return None if self.result is None else percentage(self.result, self.target)

    @property
    def forecast(self) -> Forecast | None:
        """The result stated for the year's end, else a count drawn on straight and a level as it is."""
        stated = quantity(self.progress.expected, self.indicator.unit)
        if stated is not None:
            return Forecast(stated.interval, assumed=False)
        if self.result is None or self.target is None:
            return None
        still = self.is_level or self.is_limit
        factor = Fraction(1) if still else 1 / self.rules.passed
        return Forecast(self.result * Interval.exactly(factor), assumed=True)
