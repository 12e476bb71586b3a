"""Monitoring at a cut-off: colours, forecasts, what is missing, and the execution test."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from hengjian.filing import Filing, Indicator, IndicatorProgress, MonitoringSheet, Project, ProjectProgress
from hengjian.kernel import Amount, Interval, MoneyUnit
from hengjian.packs.monitoring import Colour
from hengjian.scoring.achievement import State
from hengjian.scoring.execution_progress import execution_test
from hengjian.scoring.monitored_indicator import Missing, MonitoredIndicator
from hengjian.scoring.monitoring import MonitoredProject, MonitoringReport, monitor, monitor_all, open_parts
from hengjian.scoring.words import plain
from tests.unit.scoring import maker

YEAR = 2022


def money(text: str | None) -> Amount | None:
    return None if text is None else Amount.parse(text, MoneyUnit.WAN_YUAN)


def progress(
    executed: str | None = None,
    *indicators: IndicatorProgress,
    name: str = "图书修复",
    **more: Any,  # noqa: ANN401 - further fields of the progress
) -> ProjectProgress:
    return ProjectProgress(name, executed=money(executed), indicators=indicators, **more)


def filing(project: Project, *sheets: tuple[int, ProjectProgress], year: int = YEAR) -> Filing:
    made = tuple(MonitoringSheet(month, (each,)) for month, each in sheets)
    return maker.filing(project, monitoring=made, year=year)


def report(made: Filing, month: int = 6) -> MonitoringReport:
    found = monitor(made, maker.standards("demo", made.year.year), month)
    assert found is not None
    return found


def at_june(
    executed: str | None,
    *indicators: tuple[Indicator, IndicatorProgress],
    total: tuple[str | None, str | None, str | None] | None = ("10.00", "20.00", None),
    **more: Any,  # noqa: ANN401 - further fields of the progress
) -> MonitoredProject:
    project = maker.project(*(one for one, _ in indicators), total=total)
    stated = progress(executed, *(other for _, other in indicators), **more)
    return report(filing(project, (6, stated))).projects[0]


def indicator_at_june(
    indicator: Indicator, actual: str | None, expected: str | None = None
) -> MonitoredIndicator:
    return at_june("9.00", (indicator, IndicatorProgress(indicator.name, actual, expected))).indicators[0]


def rounded(interval: Interval | None) -> str | None:
    return None if interval is None else plain(interval.middle)


@pytest.mark.parametrize(
    ("total", "budget"),
    [
        (("10.00", "20.00", None), "200000"),
        (("10.00", None, None), "100000"),
        ((None, None, None), None),
        (None, None),
    ],
)
def test_the_budget_is_the_adjusted_one_else_the_initial(
    total: tuple[str | None, str | None, str | None] | None, budget: str | None
) -> None:
    assert rounded(at_june("5.00", total=total).budget) == budget


def test_the_budget_of_the_sheet_goes_first() -> None:
    assert rounded(at_june("5.00", budget=money("12.00")).budget) == "120000"


@pytest.mark.parametrize(
    ("executed", "total", "missing"),
    [
        (None, ("10.00", None, None), Missing.EXECUTED),
        ("5.00", None, Missing.BUDGET),
        ("5.00", ("0", None, None), Missing.BUDGET),
    ],
)
def test_what_is_missing_for_the_execution_is_named(
    executed: str | None, total: tuple[str | None, str | None, str | None] | None, missing: Missing
) -> None:
    monitored = at_june(executed, total=total)
    assert (monitored.execution.colour, monitored.execution.missing) == (None, missing)
    assert monitored.colour is None
    assert [each for each, _ in open_parts(monitored)] == [missing]


def test_a_colour_warns_only_when_rounding_does_not_avoid_it() -> None:
    assert at_june("5.99").execution.colour is Colour.RED
    assert at_june("6.00").execution.colour is Colour.YELLOW
    assert at_june("6").execution.colour is Colour.YELLOW
    whole = ("10", "20", None)
    assert at_june("6", total=whole).execution.colour is Colour.YELLOW
    assert at_june("8", total=whole).execution.colour is Colour.GREEN


def test_a_project_that_the_sheet_leaves_out_is_not_evaluable() -> None:
    made = maker.filing(
        maker.project(name="甲", total=("1", "1", None)), monitoring=(MonitoringSheet(6, ()),)
    )
    (monitored,) = report(made).projects
    assert list(open_parts(monitored)) == [(Missing.PROJECT, None)]
    assert report(made).rate is None


@pytest.mark.parametrize(
    ("stated", "actual", "colour", "missing"),
    [
        (maker.indicator("≥", "12", unit="次"), "3", Colour.RED, None),
        (maker.indicator("≥", "12", unit="次"), "7.5", Colour.BLUE, None),
        (maker.indicator("≥", "90", unit="%"), "60%", Colour.YELLOW, None),
        (maker.indicator("=", "5", unit="万元", level2="成本指标"), "2", Colour.GREEN, None),
        (maker.indicator("≤", "5", unit="万元"), "50001元", Colour.RED, None),
        (maker.indicator("qualitative", "高", unit=None), "达成目标", Colour.GREEN, None),
        (maker.indicator("≥", "12", unit="次"), None, None, Missing.ACTUAL),
        (maker.indicator("≥", "12", unit="次"), "很多", None, Missing.NUMBER),
        (maker.indicator(None, "12", unit="次"), "6", None, Missing.OPERATOR),
        (maker.indicator("≥", "0", unit="次"), "6", None, Missing.TARGET),
        (maker.indicator("≥", None, unit="次"), "6", None, Missing.WORDS),
        (maker.indicator("qualitative", "高", unit=None), "正在推进", None, Missing.WORDS),
    ],
)
def test_an_indicator_is_coloured_or_says_what_it_lacks(
    stated: Indicator, actual: str | None, colour: Colour | None, missing: Missing | None
) -> None:
    graded = indicator_at_june(stated, actual).graded
    assert (graded.colour, graded.missing) == (colour, missing)


def test_an_indicator_without_an_entry_is_not_evaluable() -> None:
    project = maker.project(maker.indicator(), total=("10.00", None, None))
    (each,) = report(filing(project, (6, progress("5.00")))).projects[0].indicators
    assert each.graded.missing is Missing.INDICATOR


def test_the_colour_of_a_project_is_its_worst_and_open_while_a_part_might_be_worse() -> None:
    count = maker.indicator("≥", "12", unit="次", name="宣传")
    level = maker.indicator("≥", "90", unit="%", name="满意度")
    good, bad, none = (IndicatorProgress("宣传", actual) for actual in ("6", "3", None))
    fine = IndicatorProgress("满意度", "95%")
    assert at_june("9.00", (count, good), (level, fine)).colour is Colour.GREEN
    assert at_june("7.00", (count, good), (level, fine)).colour is Colour.YELLOW
    assert at_june("7.00", (count, bad), (level, fine)).colour is Colour.RED
    assert at_june("7.00", (count, none), (level, fine)).colour is None
    assert at_june("7.00", (count, none), (level, fine)).behind
    assert at_june("5.00", (count, none), (level, fine)).colour is Colour.RED, "nothing is worse than red"
    assert at_june("9.00", (level, fine)).targets is Colour.GREEN
    assert at_june("9.00").targets is None


def test_the_forecast_is_what_is_stated_else_drawn_on_up_to_the_budget() -> None:
    stated = at_june("5.00", expected=money("18.00"))
    assert stated.forecast is not None
    assert (rounded(stated.forecast.value), stated.forecast.assumed) == ("180000", False)
    assert rounded(stated.unspent) == "20000"
    drawn = at_june("5.00")
    assert drawn.forecast is not None
    assert (rounded(drawn.forecast.value), drawn.forecast.assumed) == ("100000", True)
    capped = at_june("15.00")
    assert capped.forecast is not None
    assert rounded(capped.forecast.value) == "200000"
    assert at_june(None).forecast is None


@pytest.mark.parametrize(
    ("stated", "actual", "expected", "value", "assumed", "reaches"),
    [
        (maker.indicator("≥", "12", unit="次"), "5", None, "10", True, State.MISSED),
        (maker.indicator("≥", "12", unit="次"), "5", "12", "12", False, State.REACHED),
        (maker.indicator("≥", "90", unit="%"), "91%", None, "91", True, State.REACHED),
        (maker.indicator("≤", "24", unit="小时"), "30", None, "30", True, State.MISSED),
    ],
)
def test_an_indicator_is_drawn_on_by_what_it_counts(
    stated: Indicator, actual: str, expected: str | None, value: str, assumed: bool, reaches: State
) -> None:
    each = indicator_at_june(stated, actual, expected)
    assert each.forecast is not None
    assert (rounded(each.forecast.value), each.forecast.assumed) == (value, assumed)
    assert each.reaches is reaches


def test_realisation_is_the_mean_of_the_counts_each_at_most_the_whole() -> None:
    count = maker.indicator("≥", "10", unit="次", name="宣传")
    more = maker.indicator("≥", "10", unit="册", name="修复")
    level = maker.indicator("≥", "90", unit="%", name="满意度")
    monitored = at_june(
        "9.00",
        (count, IndicatorProgress("宣传", "4")),
        (more, IndicatorProgress("修复", "30")),
        (level, IndicatorProgress("满意度", "95%")),
    )
    assert rounded(monitored.realised) == "70"
    assert at_june("9.00", (level, IndicatorProgress("满意度", "95%"))).realised is None


def test_every_sheet_is_reported_in_the_order_of_the_months() -> None:
    made = filing(maker.project(total=("10", None, None)), (9, progress("7")), (6, progress("5")))
    reports = monitor_all(made, maker.standards("demo", YEAR))
    assert [each.month for each in reports] == [6, 9]
    assert [plain(each.time_progress.middle) for each in reports] == ["50", "75"]
    assert monitor(made, maker.standards("demo", YEAR), 7) is None


def test_an_entry_of_an_unknown_project_is_kept_apart() -> None:
    made = filing(maker.project(total=("10", None, None)), (6, progress("5", name="别的项目")))
    assert [each.project for each in report(made).unknown] == ["别的项目"]


def test_the_execution_test_gives_a_share_of_the_points() -> None:
    project = maker.project(total=("100.00", None, None))
    made = filing(project, (6, progress("20.00")), (9, progress("70.00")), (11, progress("90.00")))
    tested = execution_test(made, maker.standards("demo", YEAR))
    assert tested is not None
    assert tested.share is not None
    assert tested.share.contains(Fraction(250, 3))
    assert [month.missing for month in tested.months] == [None, None, None]


def test_the_execution_test_names_what_it_lacks() -> None:
    project = maker.project(total=("100.00", None, None))
    made = filing(project, (6, progress("20.00")), (9, progress(None)))
    tested = execution_test(made, maker.standards("demo", YEAR))
    assert tested is not None
    assert tested.share is None
    assert [month.missing for month in tested.months] == [None, Missing.EXECUTED, Missing.SHEET]
    bare = filing(maker.project(), (6, progress("20.00")))
    lacking = execution_test(bare, maker.standards("demo", YEAR))
    assert lacking is not None
    assert lacking.months[0].missing is Missing.BUDGET


def test_another_authority_has_no_execution_test() -> None:
    made = maker.filing(maker.project(), pack=maker.NATIONAL)
    assert execution_test(made, maker.standards(maker.NATIONAL)) is None
