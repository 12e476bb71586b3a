"""Run-time monitoring: how far projects and indicators are at a cut-off, and where they will end.

What is missing makes a colour not evaluable, with the missing input named. A colour warns only when no value
that the stated figures stand for avoids it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from hengjian.filing import Filing, Indicator, MonitoringSheet, Project, ProjectProgress
from hengjian.filing.monitoring import matched_indicators, project_of
from hengjian.kernel import Interval, add_stated, percentage
from hengjian.packs import Standards
from hengjian.packs.monitoring import (
    MONTHS,
    AgainstTime,
    ByMonth,
    Colour,
    Monitoring,
    monitoring_of,
    worst,
)
from hengjian.scoring.monitored_indicator import (
    CutOff,
    Forecast,
    Graded,
    Missing,
    MonitoredIndicator,
    monitor_indicator,
)

_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class MonitoredProject:
    """A project at a cut-off: money in yuan, execution in percent of the budget.

    `execution` is coloured by the authority's rule. `unspent` is what the forecast leaves of the budget.
    """

    project: Project
    progress: ProjectProgress | None
    budget: Interval | None
    executed: Interval | None
    rate: Interval | None
    execution: Graded
    indicators: tuple[MonitoredIndicator, ...]
    forecast: Forecast | None
    unspent: Interval | None

    @property
    def parts(self) -> tuple[Graded, ...]:
        """Execution and every indicator."""
        return (self.execution, *(each.graded for each in self.indicators))

    @property
    def targets(self) -> Colour | None:
        """The worst colour of the indicators; None without any, or when one that is open might be worse."""
        return _settled(each.graded for each in self.indicators)

    @property
    def colour(self) -> Colour | None:
        """The worst colour of all; None when a part that is open might be worse."""
        return _settled(self.parts)

    @property
    def behind(self) -> bool:
        """Whether execution or an indicator is known to be behind."""
        return any(part.colour is not None and part.colour.behind for part in self.parts)

    @property
    def realised(self) -> Interval | None:
        """The mean realised share of targets that are counts, each at most the whole; None without any."""
        shares = [each.realised for each in self.indicators if each.realised is not None]
        total = add_stated(_capped(share, _HUNDRED) for share in shares).total
        return None if total is None or not shares else total * Interval.exactly(Fraction(1, len(shares)))


def _settled(parts: Iterable[Graded]) -> Colour | None:
    colours = [part.colour for part in parts]
    known = worst(colour for colour in colours if colour is not None)
    return known if None not in colours or known is Colour.RED else None


@dataclass(frozen=True, slots=True)
class MonitoringReport:
    """All projects of a filing at a cut-off, and the department's execution where no figure is missing.

    `unknown` are the entries of the sheet that name no project of the filing, `repeated` those of a project
    that has had one, by its code and then by its name; neither is used.
    """

    sheet: MonitoringSheet
    projects: tuple[MonitoredProject, ...]
    unknown: tuple[ProjectProgress, ...]
    repeated: tuple[ProjectProgress, ...]
    budget: Interval | None
    executed: Interval | None

    @property
    def month(self) -> int:
        """The month that the sheet ends with."""
        return self.sheet.month

    @property
    def time_progress(self) -> Interval:
        """The share of the year that has passed, in percent."""
        return Interval.exactly(_HUNDRED * self.month / MONTHS)

    @property
    def rate(self) -> Interval | None:
        """The department's execution rate in percent; None while a figure is missing."""
        return _rate(self.executed, self.budget)


def monitoring_standards(standards: Standards) -> Monitoring:
    """Return what holds for monitoring under some standards."""
    return monitoring_of(standards.monitoring.values())


def monitor(filing: Filing, standards: Standards, month: int) -> MonitoringReport | None:
    """Return how far a filing's projects are at the end of a month; None without a sheet of that month."""
    sheet = next((sheet for sheet in filing.monitoring if sheet.month == month), None)
    return None if sheet is None else _report(filing, standards, sheet)


def monitor_all(filing: Filing, standards: Standards) -> tuple[MonitoringReport, ...]:
    """Return a report for every sheet of a filing, in the order of the months."""
    sheets = sorted(filing.monitoring, key=lambda sheet: sheet.month)
    return tuple(_report(filing, standards, sheet) for sheet in sheets)


def _report(filing: Filing, standards: Standards, sheet: MonitoringSheet) -> MonitoringReport:
    costs = standards.vocabulary.cost_levels if standards.vocabulary is not None else ()
    named = [(progress, project_of(filing, progress.project)) for progress in sheet.projects]
    found = {id(project): progress for progress, project in reversed(named) if project is not None}
    rules = CutOff(monitoring_standards(standards), frozenset(costs), sheet.month)
    projects = tuple(_project(project, found.get(id(project)), rules) for project in filing.projects)
    return MonitoringReport(
        sheet,
        projects,
        tuple(progress for progress, project in named if project is None),
        tuple(each for each, project in named if project is not None and found[id(project)] is not each),
        _all(project.budget for project in projects),
        _all(project.executed for project in projects),
    )


def _project(project: Project, progress: ProjectProgress | None, rules: CutOff) -> MonitoredProject:
    stated = None if progress is None or progress.budget is None else progress.budget.interval
    budget = _budget(project) if stated is None else stated
    executed = None if progress is None or progress.executed is None else progress.executed.interval
    pairs = matched_indicators(project.indicators, progress.indicators if progress is not None else ())
    forecast = _money_forecast(progress, executed, budget, rules.passed)
    return MonitoredProject(
        project,
        progress,
        budget,
        executed,
        _rate(executed, budget),
        execution_colour(executed, budget, rules.of, rules.month)
        if progress is not None
        else Graded(missing=Missing.PROJECT),
        tuple(monitor_indicator(one, other, rules) for one, other in pairs if one is not None)
        if progress is not None
        else (),
        forecast,
        None if forecast is None or budget is None else budget - forecast.value,
    )


def _budget(project: Project) -> Interval | None:
    """Return the adjusted budget of a project's funds, else the initial one."""
    if project.funds is None:
        return None
    adjusted = project.funds.interval("total", "adjusted")
    return project.funds.interval("total", "initial") if adjusted is None else adjusted


def _all(amounts: Iterable[Interval | None]) -> Interval | None:
    """Add amounts; None while one is missing."""
    summed = add_stated(amounts)
    return None if summed.blanks else summed.total


def _rate(part: Interval | None, whole: Interval | None) -> Interval | None:
    return None if part is None or whole is None else percentage(part, whole)


def _capped(value: Interval, most: Fraction) -> Interval:
    return Interval(min(value.low, most), min(value.high, most))


def execution_colour(
    executed: Interval | None, budget: Interval | None, of: Monitoring, month: int
) -> Graded:
    """Colour a project's execution at the end of a month; a budget that may be zero gives no rate."""
    rate = _rate(executed, budget)
    if executed is None:
        return Graded(missing=Missing.EXECUTED)
    if rate is None:
        return Graded(missing=Missing.BUDGET)
    match of.execution:
        case AgainstTime() as rule:
            progress = rate * Interval.exactly(Fraction(MONTHS, month))
            return Graded(progress, rule.colour_of(progress.high))
        case ByMonth() as rule if (least := rule.least_at(month)) is not None:
            return Graded(rate, rule.below if rate.high < Fraction(least) else Colour.GREEN)
        case _:
            return Graded(rate, missing=Missing.RULE)


def _money_forecast(
    progress: ProjectProgress | None, executed: Interval | None, budget: Interval | None, passed: Fraction
) -> Forecast | None:
    """Return what is stated for the year's end, else execution so far drawn on straight, up to the budget."""
    if progress is not None and progress.expected is not None:
        return Forecast(progress.expected.interval, assumed=False)
    if executed is None or budget is None:
        return None
    drawn_on = executed * Interval.exactly(1 / passed)
    whole = Interval(min(drawn_on.low, budget.low), min(drawn_on.high, budget.high))
    return Forecast(whole, assumed=True)


def open_parts(project: MonitoredProject) -> Iterator[tuple[Missing, Indicator | None]]:
    """Yield what is missing of a project for its colours, with the indicator that it is missing of."""
    if project.execution.missing is not None:
        yield project.execution.missing, None
    for each in project.indicators:
        if each.graded.missing is not None:
            yield each.graded.missing, each.indicator
