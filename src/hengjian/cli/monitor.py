"""The command ``monitor``: how far projects are at the end of a month, and blank sheets to begin with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.table import Table
from rich.text import Text as Styled

from hengjian.audit import finding_json
from hengjian.authoring.files import make_folder, write_whole
from hengjian.cli.context import CLEAN, UNREADABLE, Context, status_of
from hengjian.cli.reading import filings_of
from hengjian.cli.show import findings_table
from hengjian.filing import Filing
from hengjian.filing.monitoring import blank_sheet, is_monitoring_file, monitoring_file, monitoring_text
from hengjian.kernel import Finding, InputError, Interval, in_order
from hengjian.kernel.number import round_half_up
from hengjian.packs import Standards
from hengjian.packs.monitoring import Colour
from hengjian.scoring.execution_progress import MonthTest, TestedExecution, execution_test
from hengjian.scoring.monitored_indicator import Forecast, Graded, MonitoredIndicator
from hengjian.scoring.monitoring import (
    MonitoredProject,
    MonitoringReport,
    monitor_all,
    monitoring_standards,
)
from hengjian.scoring.monitoring_findings import monitoring_findings
from hengjian.scoring.monitoring_words import COLOURS, MISSING
from hengjian.scoring.words import plain, target_in_words

SCHEMA = "hengjian.monitor/1"
_STYLES = {Colour.RED: "bold red", Colour.YELLOW: "yellow", Colour.GREEN: "green", Colour.BLUE: "blue"}
_WAN = 10_000
_LEAST_NAME = 14
_WIDE_TERMINAL = 100
"""On a narrower one the unspent money is left out: it is the budget less the forecast."""


def begin(context: Context, folders: tuple[Path, ...], month: int) -> int:
    """Write a blank sheet into every filing that has none for the month; returns the exit status."""
    failed: list[Finding] = []
    kept = False
    for folder, filing, standards in filings_of(context, folders, failed):
        path = folder / monitoring_file(month)
        if path.exists():
            context.err.print(context.say("monitor-exists", path=path), style="red", soft_wrap=True)
            kept = True
            continue
        try:
            make_folder(path.parent)
            write_whole(path, monitoring_text(blank_sheet(filing, month), filing, standards).encode())
        except InputError as error:
            failed.append(error.finding)
            context.complain(error.finding)
            continue
        context.out.print(context.say("written", path=path), soft_wrap=True)
    return status_of(failed, unreadable=kept)


def run(context: Context, folders: tuple[Path, ...], month: int | None, form: str) -> int:
    """Print the monitoring of filings, of one month or of all; returns the exit status."""
    failed: list[Finding] = []
    found: list[Finding] = []
    data: list[dict[str, Any]] = []
    status = CLEAN
    for folder, filing, standards in filings_of(context, folders, failed):
        reports = tuple(r for r in monitor_all(filing, standards) if month in (None, r.month))
        findings = _findings_of(filing, standards, reports)
        found.extend(findings)
        if not reports:
            status = UNREADABLE
            if not any(is_monitoring_file(problem.place.file or "") for problem in filing.problems):
                _complain_of_none(context, folder, filing, month)
        tested = execution_test(filing, standards)
        if form == "json":
            data.append(_filing_json(folder, filing, reports, tested, findings))
        elif reports:
            _print(context, filing, standards, reports, findings)
            _print_test(context, standards, tested)
    if form == "json":
        click.echo(json.dumps({"schema": SCHEMA, "filings": data}, ensure_ascii=False, indent=1))
    return max(status, status_of([*found, *failed]))


def _findings_of(
    filing: Filing, standards: Standards, reports: tuple[MonitoringReport, ...]
) -> tuple[Finding, ...]:
    """Return the findings of the sheets shown, errors first."""
    files = {report.sheet.place.file for report in reports}
    found = monitoring_findings(filing, standards)
    return tuple(in_order(finding for finding in found if finding.place.file in files))


def _complain_of_none(context: Context, folder: Path, filing: Filing, month: int | None) -> None:
    known = "、".join(str(sheet.month) for sheet in filing.monitoring)
    key = "monitor-no-month" if known else "monitor-none"
    context.err.print(context.say(key, folder=folder, month=month, known=known), style="red", soft_wrap=True)


def _print(
    context: Context,
    filing: Filing,
    standards: Standards,
    reports: tuple[MonitoringReport, ...],
    findings: tuple[Finding, ...],
) -> None:
    context.out.print(f"{filing.entity.name} {filing.year} ({standards.pack})", style="bold")
    for report in reports:
        rate, passed = _percent(context, report.rate), _percent(context, report.time_progress)
        values = {"year": filing.year, "month": report.month, "rate": rate, "time": passed}
        context.out.print(context.say("monitor-head", **values))
        context.out.print(_projects_table(context, report.projects))
        context.out.print(_counts(context, report))
        shown = [(p, i) for p in report.projects for i in p.indicators if _is_shown(i)]
        if shown:
            context.out.print(_indicators_table(context, shown))
    if any(_has_assumed(project) for report in reports for project in report.projects):
        context.out.print(context.say("monitor-assumed"))
    if findings:
        context.out.print(findings_table(context, findings))


def _counts(context: Context, report: MonitoringReport) -> str:
    colours = Counter(project.colour for project in report.projects)
    counts = "，" if context.language == "zh" else ", "
    words = counts.join(f"{COLOURS[colour][context.language]} {colours[colour]}" for colour in Colour)
    return context.say("monitor-counts", counts=words, open=colours[None])


def _is_shown(indicator: MonitoredIndicator) -> bool:
    return indicator.graded.colour not in (None, Colour.GREEN)


def _has_assumed(project: MonitoredProject) -> bool:
    forecasts = (project.forecast, *(each.forecast for each in project.indicators if _is_shown(each)))
    return any(forecast is not None and forecast.assumed for forecast in forecasts)


def _projects_table(context: Context, projects: Iterable[MonitoredProject]) -> Table:
    table = Table(box=box.SIMPLE, expand=True, pad_edge=False, collapse_padding=True)
    table.add_column(context.say("monitor-project"), ratio=3, min_width=_LEAST_NAME, overflow="fold")
    names = ["budget", "executed", "rate", "execution-colour", "target-colour", "forecast", "actions"]
    if context.out.width >= _WIDE_TERMINAL:
        names.insert(-1, "unspent")
    for name in names:
        table.add_column(context.say(f"monitor-{name}"), justify="right", overflow="fold")
    for project in projects:
        cells = _project_cells(context, project)
        table.add_row(project.project.name, *(cells[name] for name in names))
    return table


def _project_cells(context: Context, project: MonitoredProject) -> dict[str, str | Styled]:
    """Return what is shown of a project by the names of the columns."""
    none = context.say("none")
    actions = len(project.progress.actions) if project.progress is not None else 0
    return {
        "budget": _money(context, project.budget),
        "executed": _money(context, project.executed),
        "rate": _percent(context, project.rate),
        "execution-colour": _coloured(context, project.execution.colour),
        "target-colour": _coloured(context, project.targets) if project.project.indicators else none,
        "forecast": _forecast(context, project.forecast, _wan),
        "unspent": _money(context, project.unspent),
        "actions": str(actions) if actions else none,
    }


def _indicators_table(
    context: Context, shown: Iterable[tuple[MonitoredProject, MonitoredIndicator]]
) -> Table:
    """Return a table of the indicators that are not green."""
    table = Table(box=box.SIMPLE, expand=True, pad_edge=False, collapse_padding=True)
    for name in ("project", "indicator"):
        table.add_column(context.say(f"monitor-{name}"), ratio=1, min_width=_LEAST_NAME, overflow="fold")
    for name in ("target", "actual", "due", "colour", "forecast"):
        table.add_column(context.say(f"monitor-{name}"), justify="right", overflow="fold")
    for project, each in shown:
        table.add_row(
            project.project.name,
            each.indicator.name,
            target_in_words(each.indicator),
            each.progress.actual if each.progress is not None else context.say("none"),
            _percent(context, each.graded.rate),
            _coloured(context, each.graded.colour),
            _forecast(context, each.forecast, _plain),
        )
    return table


def _coloured(context: Context, colour: Colour | None) -> Styled:
    if colour is None:
        return Styled(context.say("monitor-open"))
    return Styled(COLOURS[colour][context.language], style=_STYLES[colour])


def _money(context: Context, amount: Interval | None) -> str:
    return context.say("none") if amount is None else _wan(amount)


def _wan(amount: Interval) -> str:
    return f"{round_half_up(amount.middle / _WAN, 2):,f}"


def _percent(context: Context, rate: Interval | None) -> str:
    return context.say("none") if rate is None else f"{plain(rate.middle)}%"


def _plain(value: Interval) -> str:
    return plain(value.middle)


def _forecast(context: Context, forecast: Forecast | None, written: Callable[[Interval], str]) -> str:
    if forecast is None:
        return context.say("none")
    value = written(forecast.value)
    return context.say("monitor-approx", value=value) if forecast.assumed else value


def _print_test(context: Context, standards: Standards, tested: TestedExecution | None) -> None:
    test = monitoring_standards(standards).execution_test
    if tested is None or test is None:
        return
    parts = [_month_words(context, month) for month in tested.months]
    months = ("；" if context.language == "zh" else "; ").join(parts)
    share = context.say("monitor-test-open")
    if tested.share is not None:
        share = context.say("monitor-test-share", share=_percent(context, tested.share))
    title = test.title[context.language]
    context.out.print(context.say("monitor-test", title=title, months=months, share=share), soft_wrap=True)


def _month_words(context: Context, month: MonthTest) -> str:
    rate = _percent(context, month.rate)
    if month.missing is not None:
        rate = context.say("monitor-test-missing", missing=MISSING[month.missing][context.language])
    required = f"{plain(month.required)}%"
    return context.say("monitor-test-month", month=month.month, rate=rate, required=required)


def _filing_json(
    folder: Path,
    filing: Filing,
    reports: tuple[MonitoringReport, ...],
    tested: TestedExecution | None,
    findings: tuple[Finding, ...],
) -> dict[str, Any]:
    return {
        "path": str(folder),
        "entity": filing.entity.name,
        "year": filing.year.year,
        "months": [_report_json(report) for report in reports],
        "execution_test": None if tested is None else _test_json(tested),
        "findings": [
            {**finding_json(finding), "file": finding.place.file, "line": finding.place.line}
            for finding in findings
        ],
    }


def _report_json(report: MonitoringReport) -> dict[str, Any]:
    return {
        "month": report.month,
        "time_progress": _number(report.time_progress),
        "budget": _number(report.budget),
        "executed": _number(report.executed),
        "rate": _number(report.rate),
        "projects": [_project_json(project) for project in report.projects],
    }


def _project_json(project: MonitoredProject) -> dict[str, Any]:
    return {
        "project": project.project.name,
        "code": project.project.code,
        "budget": _number(project.budget),
        "executed": _number(project.executed),
        "rate": _number(project.rate),
        "colour": project.colour,
        "execution": _graded_json(project.execution),
        "targets": project.targets,
        "forecast": _forecast_json(project.forecast),
        "unspent": _number(project.unspent),
        "indicators": [
            {
                "name": each.indicator.name,
                "actual": each.progress.actual if each.progress is not None else None,
                **_graded_json(each.graded),
                "forecast": _forecast_json(each.forecast),
                "expected_to_reach": each.reaches,
            }
            for each in project.indicators
        ],
        "actions": [
            {"measure": action.measure, "owner": action.owner, "due": action.due}
            for action in (project.progress.actions if project.progress is not None else ())
        ],
    }


def _graded_json(graded: Graded) -> dict[str, Any]:
    return {"progress": _number(graded.rate), "colour": graded.colour, "missing": graded.missing}


def _forecast_json(forecast: Forecast | None) -> dict[str, Any] | None:
    if forecast is None:
        return None
    low, high = plain(forecast.value.low), plain(forecast.value.high)
    return {"low": low, "high": high, "assumed": forecast.assumed}


def _test_json(tested: TestedExecution) -> dict[str, Any]:
    months = [
        {
            "month": month.month,
            "required": plain(month.required),
            "rate": _number(month.rate),
            "share": None if month.share is None else plain(month.share.middle * Fraction(100)),
            "missing": month.missing,
        }
        for month in tested.months
    ]
    return {"months": months, "share": _number(tested.share)}


def _number(interval: Interval | None) -> str | None:
    """Return the middle of an interval: amounts in yuan, rates in percent."""
    return None if interval is None else plain(interval.middle)
