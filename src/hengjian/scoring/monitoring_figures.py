"""Figures of monitoring that contradict each other, the budget, the target or the sheet before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hengjian.filing import CorrectiveAction, IndicatorProgress
from hengjian.kernel import Amount, Finding, Interval, Place, Severity, Text
from hengjian.packs.monitoring import Colour, Monitoring
from hengjian.scoring.achievement import State, quantity
from hengjian.scoring.monitored_indicator import MonitoredIndicator
from hengjian.scoring.monitoring import MonitoredProject, MonitoringReport
from hengjian.scoring.monitoring_words import EXECUTION
from hengjian.scoring.words import plain, target_in_words


@dataclass(frozen=True, slots=True)
class MonitoredCell:
    """A project at a cut-off, with what is needed to say something of it."""

    monitored: MonitoredProject
    report: MonitoringReport
    of: Monitoring
    year: int

    @property
    def name(self) -> str:
        """The project's name."""
        return self.monitored.project.name

    @property
    def place(self) -> Place:
        """Where the project stands in the sheet, or the sheet."""
        progress = self.monitored.progress
        at = self.report.sheet.place if progress is None else progress.place
        return replace(at, section=self.name)

    @property
    def actions(self) -> tuple[CorrectiveAction, ...]:
        """What will be done."""
        progress = self.monitored.progress
        return () if progress is None else progress.actions


def money_findings(cell: MonitoredCell) -> Iterator[Finding]:
    """Hold execution so far and that expected against each other and against the budget."""
    progress, budget = cell.monitored.progress, cell.monitored.budget
    if progress is None:
        return
    executed, expected = progress.executed, progress.expected
    values: dict[str, Any] = {"name": cell.name, "month": cell.report.month}
    if executed is not None and executed.interval.high < 0:
        yield Finding.of("monitoring.executed-negative", cell.place, stated=str(executed), **values)
    if budget is not None and executed is not None and executed.interval.low > budget.high:
        adjusted = _has_adjusted(cell.monitored)
        yield Finding.of(
            "monitoring.executed-above-budget",
            cell.place,
            severity=Severity.ERROR if adjusted else Severity.WARNING,
            stated=str(executed),
            expected=_wan_yuan(budget),
            difference=_wan_yuan(Interval.exactly(executed.interval.gap_to(budget))),
            **values,
        )
    elif budget is not None and expected is not None and expected.interval.low > budget.high:
        yield Finding.of(
            "monitoring.expected-above-budget",
            cell.place,
            stated=str(expected),
            expected=_wan_yuan(budget),
            **values,
        )
    if executed is not None and expected is not None and expected.interval.high < executed.interval.low:
        yield _below_reached(cell, EXECUTION, cell.place, str(expected), str(executed))


def _has_adjusted(monitored: MonitoredProject) -> bool:
    """Tell whether the budget is one at the cut-off or the adjusted one, and not just the initial."""
    if monitored.progress is not None and monitored.progress.budget is not None:
        return True
    funds = monitored.project.funds
    return funds is not None and funds.figure("total", "adjusted") is not None


def _wan_yuan(amount: Interval) -> str:
    return f"{plain(amount.middle / 10_000)}万元"


def _below_reached(cell: MonitoredCell, what: Text, place: Place, expected: str, reached: str) -> Finding:
    return Finding.of(
        "monitoring.expected-below-reached",
        place,
        stated=expected,
        expected=f"≥{reached}",
        name=cell.name,
        item=what,
        month=cell.report.month,
        reached=reached,
    )


def indicator_findings(
    cell: MonitoredCell, each: MonitoredIndicator, progress: IndicatorProgress
) -> Iterator[Finding]:
    """Hold what is expected of an indicator against its result so far, its target and the likelihood."""
    indicator = each.indicator
    values: dict[str, Any] = {
        "name": cell.name,
        "indicator": indicator.name,
        "target": target_in_words(indicator),
    }
    likelihood = cell.of.likelihood.get((progress.likelihood or "").strip())
    stated = each.forecast is not None and not each.forecast.assumed
    so_far = quantity(progress.actual, indicator.unit)
    if stated and each.forecast is not None and each.realised is not None and so_far is not None:
        if each.forecast.value.high < so_far.interval.low:
            name = Text(f"“{indicator.name}”", f"“{indicator.name}”")
            yield _below_reached(cell, name, progress.place, progress.expected or "", progress.actual or "")
        if cell.of.indicators is not None and indicator.operator in ("≥", ">"):
            yield from _far_above(cell, each, progress)
    if stated and each.reaches is State.MISSED and likelihood == "certain":
        yield Finding.of(
            "monitoring.likelihood-contradicted",
            progress.place,
            stated=progress.likelihood,
            expected=progress.expected,
            basis=cell.of.basis.get("likelihood"),
            **values,
        )
    if likelihood == "impossible" and not cell.actions:
        yield Finding.of(
            "monitoring.impossible-without-action",
            progress.place,
            stated=progress.likelihood,
            basis=cell.of.basis.get("likelihood"),
            **values,
        )


def _far_above(
    cell: MonitoredCell, each: MonitoredIndicator, progress: IndicatorProgress
) -> Iterator[Finding]:
    """A result expected that far above the target shows a target that was set low."""
    target = quantity(each.indicator.target, each.indicator.unit)
    if target is None or each.forecast is None or cell.of.indicators is None or target.number.value <= 0:
        return
    share = each.forecast.value.low / Fraction(target.number.value) * 100
    if cell.of.indicators.colour_of(share) is Colour.BLUE:
        yield Finding.of(
            "monitoring.expected-above-target",
            progress.place,
            stated=progress.expected,
            expected=target_in_words(each.indicator),
            basis=cell.of.basis.get("indicators"),
            name=cell.name,
            indicator=each.indicator.name,
            share=plain(share, 0),
        )


def fall_findings(
    before: MonitoredProject, now: MonitoredProject, earlier: int, later: int
) -> Iterator[Finding]:
    """What is counted from January on cannot become less."""
    if before.progress is None or now.progress is None:
        return
    values: dict[str, Any] = {"name": now.project.name, "earlier": earlier, "later": later}
    was, became = before.progress.executed, now.progress.executed
    if was is not None and became is not None and became.interval.high < was.interval.low:
        yield Finding.of(
            "monitoring.executed-falls",
            now.progress.place,
            related=(before.progress.place,),
            stated=str(became),
            expected=f"≥{was}",
            difference=_difference(was, became),
            **values,
        )
    for old, new in zip(before.indicators, now.indicators, strict=True):
        yield from _result_falls(old, new, values)


def _difference(was: Amount, became: Amount) -> str:
    return _wan_yuan(Interval.exactly(was.interval.gap_to(became.interval)))


def _result_falls(
    old: MonitoredIndicator, new: MonitoredIndicator, values: dict[str, Any]
) -> Iterator[Finding]:
    if old.progress is None or new.progress is None or old.realised is None or new.realised is None:
        return
    if new.realised.high < old.realised.low:
        yield Finding.of(
            "monitoring.result-falls",
            new.progress.place,
            related=(old.progress.place,),
            stated=new.progress.actual,
            expected=f"≥{old.progress.actual}",
            indicator=new.indicator.name,
            **values,
        )
