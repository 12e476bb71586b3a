"""An authority's test of a department's execution at several months, such as June, September and November."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hengjian.filing import Filing
from hengjian.kernel import Interval, add_stated
from hengjian.packs import Standards
from hengjian.scoring.monitored_indicator import Missing
from hengjian.scoring.monitoring import monitor, monitoring_standards


@dataclass(frozen=True, slots=True)
class MonthTest:
    """One month of an execution test: the rate required, the rate reached and the share of the points earned.

    Without a share, `missing` says what it lacks.
    """

    month: int
    required: Fraction
    rate: Interval | None
    share: Interval | None
    missing: Missing | None


@dataclass(frozen=True, slots=True)
class TestedExecution:
    """An authority's execution test of a department; `share` is that of all its points, in percent."""

    months: tuple[MonthTest, ...]
    share: Interval | None


def execution_test(filing: Filing, standards: Standards) -> TestedExecution | None:
    """Apply the authority's execution test to a filing; None when it has no such test."""
    test = monitoring_standards(standards).execution_test
    if test is None:
        return None
    months = tuple(
        _month_test(filing, standards, month, Fraction(least)) for month, least in test.least.items()
    )
    summed = add_stated(month.share for month in months)
    if summed.total is None or summed.blanks:
        return TestedExecution(months, None)
    return TestedExecution(months, summed.total * Interval.exactly(Fraction(100, len(months))))


def _month_test(filing: Filing, standards: Standards, month: int, required: Fraction) -> MonthTest:
    report = monitor(filing, standards, month)
    if report is None:
        return MonthTest(month, required, None, None, Missing.SHEET)
    rate = report.rate
    if rate is None:
        missing = Missing.EXECUTED if report.executed is None else Missing.BUDGET
        return MonthTest(month, required, None, None, missing)
    share = rate * Interval.exactly(1 / required)
    share = Interval(min(share.low, Fraction(1)), min(share.high, Fraction(1)))
    return MonthTest(month, required, rate, share, None)
