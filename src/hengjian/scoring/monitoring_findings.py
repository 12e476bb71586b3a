"""Findings about run-time monitoring: entries that contradict each other, and what is behind unanswered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hengjian.filing import CorrectiveAction, Filing, Indicator
from hengjian.filing.monitoring import matched_indicators
from hengjian.filing.rectifications import parse_date
from hengjian.kernel import Finding, Text
from hengjian.packs import Standards
from hengjian.packs.monitoring import Colour, Monitoring
from hengjian.scoring.monitored_indicator import MonitoredIndicator
from hengjian.scoring.monitoring import (
    MonitoredProject,
    MonitoringReport,
    monitor_all,
    monitoring_standards,
    open_parts,
)
from hengjian.scoring.monitoring_figures import (
    MonitoredCell,
    fall_findings,
    indicator_findings,
    money_findings,
)
from hengjian.scoring.monitoring_words import COLOURS, EXECUTION, MISSING, month_end
from hengjian.scoring.words import listed, plain


def monitoring_findings(filing: Filing, standards: Standards) -> tuple[Finding, ...]:
    """Return what is wrong with a filing's monitoring sheets, month by month."""
    of = monitoring_standards(standards)
    reports = monitor_all(filing, standards)
    found: list[Finding] = []
    for report in reports:
        found.extend(_sheet(report, of))
        for project in report.projects:
            found.extend(_project(MonitoredCell(project, report, of, filing.year.year)))
    for earlier, later in pairwise(reports):
        for before, now in zip(earlier.projects, later.projects, strict=True):
            found.extend(fall_findings(before, now, earlier.month, later.month))
    return tuple(found)


def _sheet(report: MonitoringReport, of: Monitoring) -> Iterator[Finding]:
    """Yield what is wrong with a sheet as a whole: its month, and entries that are not used."""
    if of.months and report.month not in of.months:
        yield Finding.of(
            "monitoring.cut-off-unknown",
            report.sheet.place,
            stated=str(report.month),
            expected="、".join(map(str, of.months)),
            basis=of.basis.get("months"),
        )
    for progress in report.unknown:
        yield Finding.of("monitoring.project-unknown", progress.place, name=progress.project)
    for progress in report.repeated:
        yield Finding.of("monitoring.project-twice", progress.place, name=progress.project)


def _project(cell: MonitoredCell) -> Iterator[Finding]:
    yield from _open(cell)
    yield from money_findings(cell)
    for each in cell.monitored.indicators:
        if each.progress is not None:
            yield from indicator_findings(cell, each, each.progress)
    progress = cell.monitored.progress
    if progress is not None:
        for indicator, unknown in matched_indicators(cell.monitored.project.indicators, progress.indicators):
            if indicator is None and unknown is not None:
                yield Finding.of(
                    "monitoring.indicator-unknown", unknown.place, name=cell.name, indicator=unknown.name
                )
    yield from _gap(cell)
    yield from _answer(cell)
    for action in cell.actions:
        yield from _action(cell, action)


def _open(cell: MonitoredCell) -> Iterator[Finding]:
    """Say once for a project what is missing for its colours."""
    parts = list(open_parts(cell.monitored))
    if not parts:
        return
    words = [
        Text(f"“{indicator.name}”缺{what.zh}", f"{what.en} of “{indicator.name}”")
        if indicator is not None
        else Text(f"缺{what.zh}", what.en)
        for missing, indicator in parts
        for what in (MISSING[missing],)
    ]
    yield Finding.of(
        "monitoring.not-evaluable",
        cell.place,
        name=cell.name,
        month=cell.report.month,
        count=len(parts),
        missing=listed(words),
    )


def _gap(cell: MonitoredCell) -> Iterator[Finding]:
    """Hold the realisation of the targets against execution."""
    gap, realised, rate = cell.of.gap, cell.monitored.realised, cell.monitored.rate
    if gap is None or realised is None or rate is None or realised.gap_to(rate) <= Fraction(gap):
        return
    yield Finding.of(
        "monitoring.target-execution-gap",
        cell.place,
        stated=f"{plain(realised.middle)}%",
        expected=f"{plain(rate.middle)}%",
        difference=plain(realised.gap_to(rate)),
        basis=cell.of.basis.get("gap"),
        name=cell.name,
        month=cell.report.month,
        limit=plain(gap),
    )


def _answer(cell: MonitoredCell) -> Iterator[Finding]:
    """What is behind needs an action, a reason and, where the authority asks for it, a decision."""
    monitored = cell.monitored
    handling, progress = cell.of.handling, monitored.progress
    if progress is not None and handling is not None and (progress.disposition or monitored.behind):
        disposition = (progress.disposition or "").strip()
        if disposition not in handling.dispositions:
            yield Finding.of(
                "monitoring.disposition",
                cell.place,
                stated=disposition or None,
                expected="、".join(handling.dispositions),
                basis=cell.of.basis.get("handling"),
                name=cell.name,
                month=cell.report.month,
                days=handling.working_days,
            )
    if not monitored.behind:
        return
    if not cell.actions:
        yield Finding.of(
            "monitoring.behind-without-action",
            cell.place,
            basis=cell.of.basis.get("execution"),
            name=cell.name,
            month=cell.report.month,
            alerts=listed(list(_alerts(monitored))),
        )
    unexplained = [each.indicator for each in monitored.indicators if _unexplained(each)]
    if unexplained:
        yield Finding.of(
            "monitoring.behind-unexplained",
            cell.place,
            basis=cell.of.basis.get("indicators"),
            name=cell.name,
            month=cell.report.month,
            count=len(unexplained),
            indicators=listed([_quoted(indicator) for indicator in unexplained]),
        )


def _unexplained(each: MonitoredIndicator) -> bool:
    progress, colour = each.progress, each.graded.colour
    if progress is None or colour is None or not colour.behind:
        return False
    return not (progress.reason or "").strip() and not (progress.cause or "").strip()


def _quoted(indicator: Indicator) -> Text:
    return Text(f"“{indicator.name}”", f"“{indicator.name}”")


def _alerts(monitored: MonitoredProject) -> Iterator[Text]:
    """Yield what is behind with its colour."""
    named = ((EXECUTION, monitored.execution.colour), *_coloured(monitored))
    for what, colour in named:
        if colour is not None and colour.behind:
            yield Text(f"{what.zh}{COLOURS[colour].zh}灯", f"{what.en} {COLOURS[colour].en}")


def _coloured(monitored: MonitoredProject) -> Iterator[tuple[Text, Colour | None]]:
    for each in monitored.indicators:
        yield _quoted(each.indicator), each.graded.colour


def _action(cell: MonitoredCell, action: CorrectiveAction) -> Iterator[Finding]:
    """An action says what, who and by when: after the cut-off and within the year."""
    wanted = {
        Text("措施内容", "what will be done"): action.measure,
        Text("责任人", "an owner"): action.owner,
        Text("完成时限", "a date"): action.due,
    }
    lacking = [word for word, text in wanted.items() if not (text or "").strip()]
    values: dict[str, Any] = {"name": cell.name, "measure": action.measure.strip() or "—"}
    if lacking:
        yield Finding.of("monitoring.action-incomplete", action.place, missing=listed(lacking), **values)
    if action.due is None or not action.due.strip():
        return
    first, last = month_end(cell.year, cell.report.month), date(cell.year, 12, 31)
    due = parse_date(action.due)
    if due is None or not first <= due <= last:
        yield Finding.of(
            "monitoring.action-date",
            action.place,
            stated=action.due,
            expected=f"{first.isoformat()}~{last.isoformat()}",
            first=first.isoformat(),
            last=last.isoformat(),
            **values,
        )
