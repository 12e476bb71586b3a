"""What cases of monitoring rules come to, through the monitoring of a made-up filing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hengjian.audit.pack_tests.result import FaultyCaseError, Result
from hengjian.filing import (
    PROJECT_FUNDS,
    Entity,
    Filing,
    Indicator,
    IndicatorProgress,
    MonitoringSheet,
    Project,
    ProjectProgress,
    Sheet,
)
from hengjian.kernel import Amount, Figure, MoneyUnit, NotANumberError, Outcome, Text
from hengjian.packs import Standards
from hengjian.packs.cases import MonitoringCase
from hengjian.packs.monitoring import MONTHS, Colour, MonitoringRule
from hengjian.scoring.execution_progress import execution_test
from hengjian.scoring.monitored_indicator import Graded
from hengjian.scoring.monitoring import monitor
from hengjian.scoring.monitoring_findings import monitoring_findings
from hengjian.scoring.monitoring_words import COLOURS, MISSING
from hengjian.scoring.words import span

_NAME = "—"
_WHOLE = "100.0000"
"""Rates are taken as exact: with digits enough that rounding does not show in a share."""
_NOT_MONEY = Text("“{text}”不是金额", "{text} is no amount")
_SHARE = Text("得该项分值的{share}%", "it earns {share} % of the points")
_NO_SHARE = Text("评不出分", "no points can be given")
_FOUND = Text("发现：{codes}", "found: {codes}")
_MEANS = Text("“{word}”是{meaning}", "{word} means {meaning}")


def check_monitoring(rule: MonitoringRule, case: MonitoringCase, standards: Standards) -> Result:
    """Tell whether a colour, a share of points, a cut-off or a word is what the rule alone makes of it."""
    alone = replace(standards, monitoring={rule.key: rule})
    if case.executed is not None or case.actual is not None:
        return _coloured(case, alone)
    if case.rates is not None:
        return _share(case, alone)
    if case.word is not None:
        meaning = (rule.likelihood or {}).get(case.word)
        why = _MEANS.filled(word=case.word, meaning=meaning or _NAME)
        return Result.of(holds=meaning is not None and meaning == case.meaning, why=why)
    return _found(case, alone)


def _coloured(case: MonitoringCase, alone: Standards) -> Result:
    """Give the colour of execution or of an indicator."""
    filing = _filing(alone, {case.month or MONTHS: case.executed}, case)
    report = monitor(filing, alone, case.month or MONTHS)
    if report is None:
        raise AssertionError("the sheet of the month was made just now")
    project = report.projects[0]
    graded = project.execution if case.executed is not None else project.indicators[0].graded
    if graded.colour is None:
        return Result(Outcome.NOT_EVALUABLE, _missing(graded))
    return Result.of(holds=graded.colour == case.colour, why=COLOURS[Colour(graded.colour)])


def _missing(graded: Graded) -> Text:
    return Text("", "") if graded.missing is None else MISSING[graded.missing]


def _share(case: MonitoringCase, alone: Standards) -> Result:
    """Give the share of the points that a department's execution rates earn."""
    executed = {month: f"{rate:.4f}" for month, rate in (case.rates or {}).items()}
    tested = execution_test(_filing(alone, executed, case), alone)
    if tested is None or tested.share is None:
        return Result(Outcome.NOT_EVALUABLE, _NO_SHARE)
    why = _SHARE.filled(share=span(tested.share))
    return Result.of(holds=case.share is not None and span(tested.share) == f"{case.share:f}", why=why)


def _found(case: MonitoringCase, alone: Standards) -> Result:
    """Tell whether the month is a cut-off, or the decision about a project one of those prescribed."""
    month, code = case.cut_off or MONTHS, "monitoring.cut-off-unknown"
    filing = _filing(alone, {month: None}, case)
    if case.cut_off is None:
        code = "monitoring.disposition"
        (sheet,) = filing.monitoring
        decided = replace(sheet.projects[0], disposition=case.disposition)
        filing = replace(filing, monitoring=(replace(sheet, projects=(decided,)),))
    codes = [finding.code for finding in monitoring_findings(filing, alone)]
    return Result.of(holds=code not in codes, why=_FOUND.filled(codes="、".join(codes) or _NAME))


def _filing(standards: Standards, executed: Mapping[int, str | None], case: MonitoringCase) -> Filing:
    """Return a filing of one project, with a sheet for every month and what was executed by its end."""
    budget = _amount(case.budget or _WHOLE)
    figures = {("total", "adjusted"): Figure(PROJECT_FUNDS, "total", "adjusted", budget)}
    indicator = Indicator(
        case.level1, "", _NAME, case.operator, case.target, case.unit or None, weight=Decimal(1)
    )
    project = Project(
        _NAME,
        funds=Sheet(PROJECT_FUNDS, {"total": ""}, figures),
        indicators=(indicator,) if case.actual is not None else (),
    )
    progress = (IndicatorProgress(_NAME, case.actual),) if case.actual is not None else ()
    sheets = (
        MonitoringSheet(
            month,
            (ProjectProgress(_NAME, executed=None if text is None else _amount(text), indicators=progress),),
        )
        for month, text in executed.items()
    )
    return Filing(
        Entity(_NAME),
        standards.year,
        standards.pack,
        "self_evaluation",
        projects=(project,),
        monitoring=tuple(sheets),
    )


def _amount(text: str) -> Amount:
    try:
        amount = Amount.parse(text, MoneyUnit.YUAN)
    except NotANumberError:
        amount = None
    if amount is None:
        raise FaultyCaseError(_NOT_MONEY.filled(text=text))
    return amount
