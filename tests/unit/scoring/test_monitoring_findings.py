"""Every finding about monitoring is raised by a small filing that shows it, and stays silent beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hengjian.filing import (
    CorrectiveAction,
    Filing,
    Indicator,
    IndicatorProgress,
    MonitoringSheet,
    ProjectProgress,
)
from hengjian.kernel import Amount, Finding, MoneyUnit, Severity
from hengjian.scoring.monitoring_findings import monitoring_findings
from hengjian.scoring.review import assess
from tests.unit.scoring import maker

COUNT = maker.indicator("≥", "12", unit="次", name="宣传次数")
ACTION = CorrectiveAction("加快支付", "财务科", "2022-09-30")


def money(text: str | None) -> Amount | None:
    return None if text is None else Amount.parse(text, MoneyUnit.WAN_YUAN)


def entry(
    executed: str | None = "5.00",
    *,
    expected: str | None = None,
    name: str = "图书修复",
    **more: Any,  # noqa: ANN401 - further fields of the progress
) -> ProjectProgress:
    return ProjectProgress(name, executed=money(executed), expected=money(expected), **more)


def filing(
    *sheets: tuple[int, ProjectProgress],
    total: tuple[str | None, str | None, str | None] = ("10.00", "10.00", None),
    indicators: tuple[Indicator, ...] = (),
    year: int = 2022,
) -> Filing:
    project = maker.project(*indicators, total=total)
    made = tuple(MonitoringSheet(month, (each,)) for month, each in sheets)
    return maker.filing(project, monitoring=made, year=year)


def found(made: Filing) -> list[Finding]:
    return list(monitoring_findings(made, maker.standards("demo", made.year.year)))


def codes(made: Filing) -> list[str]:
    return [finding.code.removeprefix("monitoring.") for finding in found(made)]


def counted(actual: str | None, **more: Any) -> Filing:  # noqa: ANN401 - fields of the indicator's progress
    actions = more.pop("actions", (ACTION,))
    progress = IndicatorProgress(COUNT.name, actual, **more)
    return filing((6, entry(indicators=(progress,), actions=actions)), indicators=(COUNT,))


def test_a_project_that_is_on_track_has_no_findings() -> None:
    assert codes(filing((6, entry("5.00")), (9, entry("8.00")))) == []
    assert codes(counted("6")) == []
    assert codes(filing()) == []


@pytest.mark.parametrize(
    ("made", "code", "severity"),
    [
        (filing((7, entry("6.00"))), "cut-off-unknown", Severity.INFO),
        (filing((6, entry(None))), "not-evaluable", Severity.WARNING),
        (counted(None), "not-evaluable", Severity.WARNING),
        (filing((6, entry("10.02"))), "executed-above-budget", Severity.ERROR),
        (
            filing((6, entry("10.02")), total=("10.00", None, None)),
            "executed-above-budget",
            Severity.WARNING,
        ),
        (filing((6, entry("5.00", expected="11.00"))), "expected-above-budget", Severity.WARNING),
        (filing((6, entry("5.00", expected="4.00"))), "expected-below-reached", Severity.ERROR),
        (counted("6", expected="5"), "expected-below-reached", Severity.ERROR),
        (filing((6, entry("6.00")), (9, entry("5.90", actions=(ACTION,)))), "executed-falls", None),
        (counted("6", expected="10", likelihood="确定能"), "likelihood-contradicted", Severity.ERROR),
        (counted("6", likelihood="完全不可能", actions=()), "impossible-without-action", Severity.WARNING),
        (counted("6", expected="24"), "expected-above-target", Severity.INFO),
        (filing((6, entry("2.00"))), "behind-without-action", Severity.WARNING),
        (counted("3"), "behind-unexplained", Severity.WARNING),
        (filing((6, entry(actions=(replace(ACTION, owner=None),)))), "action-incomplete", Severity.WARNING),
        (filing((6, entry(actions=(replace(ACTION, due="2022-06-29"),)))), "action-date", Severity.WARNING),
        (filing((6, entry(actions=(replace(ACTION, due="2023-01-01"),)))), "action-date", Severity.WARNING),
        (filing((6, entry(actions=(replace(ACTION, due="尽快"),)))), "action-date", Severity.WARNING),
        (filing((6, entry("4.00")), year=2023), None, None),
        (
            filing((6, entry("3.00", actions=(replace(ACTION, due="2023-09-30"),))), year=2023),
            "disposition",
            Severity.WARNING,
        ),
        (filing((6, entry("5.00", disposition="再看看")), year=2023), "disposition", Severity.WARNING),
    ],
)
def test_a_finding_is_raised_and_no_other(made: Filing, code: str | None, severity: Severity | None) -> None:
    findings = found(made)
    assert [each.code for each in findings] == ([] if code is None else [f"monitoring.{code}"])
    assert severity is None or findings[0].severity is severity


@pytest.mark.parametrize(
    "made",
    [
        filing((6, entry("10.004"))),
        filing((6, entry("5.00", expected="10.00"))),
        filing((6, entry("5.00", expected="5.00"))),
        filing((6, entry("8.00")), (9, entry("8.00"))),
        counted("6", expected="12", likelihood="确定能"),
        counted("6", likelihood="完全不可能"),
        counted("6", expected="14"),
        counted("3", reason="活动推迟到下半年"),
        counted("3", cause="经费保障"),
        filing((6, entry(actions=(replace(ACTION, due="2022-06-30"),)))),
        filing((6, entry(actions=(replace(ACTION, due="2022年12月31日"),)))),
        filing((6, entry("5.00", disposition="继续执行")), year=2023),
    ],
)
def test_beside_it_nothing_is_found(made: Filing) -> None:
    assert codes(made) == []


def test_a_count_that_falls_is_found_and_a_rate_may_fall() -> None:
    rate = maker.indicator("≥", "90", unit="%", name="满意度")

    def at(month: int, executed: str, count: str, share: str) -> tuple[int, ProjectProgress]:
        entries = (IndicatorProgress(COUNT.name, count, reason="已说明"), IndicatorProgress("满意度", share))
        return month, entry(executed, indicators=entries, actions=(ACTION,))

    made = filing(at(6, "5.00", "8", "99%"), at(9, "8.00", "7", "95%"), indicators=(COUNT, rate))
    (finding,) = [each for each in found(made) if each.code == "monitoring.result-falls"]
    assert (finding.stated, finding.expected) == ("7", "≥8")
    assert "宣传次数" in finding.message.zh


def test_targets_far_ahead_of_the_money_are_found_in_the_year_that_says_so() -> None:
    progress = IndicatorProgress(COUNT.name, "9")

    def made(executed: str, year: int) -> Filing:
        entries = entry(executed, indicators=(progress,), disposition="继续执行")
        return filing((6, entries), indicators=(COUNT,), year=year)

    assert "target-execution-gap" in codes(made("6.00", 2023))
    assert "target-execution-gap" not in codes(made("6.50", 2023)), "75 and 65: no more than 10 points"
    assert "target-execution-gap" not in codes(made("6.00", 2022))


def test_entries_that_name_nothing_of_the_filing_are_found() -> None:
    stray = IndicatorProgress("借阅次数", "6")
    known = IndicatorProgress(COUNT.name, "6")
    made = filing((6, entry(indicators=(known, stray))), indicators=(COUNT,))
    assert codes(made) == ["indicator-unknown"]
    elsewhere = filing((6, entry(name="别的项目")))
    assert sorted(codes(elsewhere)) == ["not-evaluable", "project-unknown"]


def test_a_finding_names_what_is_behind_in_both_languages() -> None:
    progress = IndicatorProgress(COUNT.name, "3", reason="推迟")
    made = filing((6, entry("2.00", indicators=(progress,))), indicators=(COUNT,))
    (finding,) = found(made)
    assert "预算执行红灯、“宣传次数”红灯" in finding.message.zh
    assert "execution red, “宣传次数” red" in finding.message.en
    assert finding.basis is not None


def test_missing_inputs_are_listed_once_a_project() -> None:
    indicators = tuple(maker.indicator("≥", "12", unit="次", name=f"指标{n}") for n in range(5))
    made = filing((6, entry(None)), indicators=indicators)
    (finding,) = found(made)
    assert "有6处无法判断：缺执行数、“指标0”缺这项指标的监控数据" in finding.message.zh
    assert finding.message.en.endswith("and 3 more.")


def test_the_check_of_a_filing_holds_them() -> None:
    made = filing((6, entry("2.00")))
    codes_of = {finding.code for finding in assess(made, maker.standards("demo", 2022)).findings}
    assert "monitoring.behind-without-action" in codes_of


def test_a_project_named_by_its_code_and_its_name_is_told_and_the_first_entry_counts() -> None:
    project = replace(maker.project(total=("10.00", "10.00", None)), code="TS-01")
    sheet = MonitoringSheet(6, (entry("5.00", name="TS-01"), entry("9.00", name=project.name)))
    made = maker.filing(project, monitoring=(sheet,), year=2022)
    (finding,) = found(made)
    assert (finding.code, finding.severity) == ("monitoring.project-twice", Severity.ERROR)
    assert project.name in finding.message["zh"]


def test_execution_below_zero_is_asked_about() -> None:
    assert "executed-negative" in codes(filing((6, entry("-1.00"))))
    assert "executed-negative" not in codes(filing((6, entry("0.00"))))
