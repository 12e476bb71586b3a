"""Results that the project's own money contradicts, and an overall score that follows from nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.filing import Filing
from hengjian.kernel import Finding, Place, Severity
from hengjian.scoring.own_figures import own_figure_findings
from tests.unit.scoring.maker import NATIONAL, filing, indicator, line, project, standards

ACCURACY = "预算编制准确率（计算方法为：|（执行数-预算数）/预算数|）"


def found(made: Filing) -> list[Finding]:
    return list(own_figure_findings(made, standards(NATIONAL)))


def accuracy(
    total: tuple[str | None, ...] | None, actual: str | None = "0", operator: str = "≤", target: str = "5"
) -> Filing:
    row = indicator(operator, target, actual, unit="%", name=ACCURACY)  # type: ignore[arg-type]
    return filing(project(row, total=total))


@pytest.mark.parametrize(
    ("total", "expected", "code"),
    [
        (("20.00", "30.00", "30.00"), "50", "result.own-figures"),
        (("2.45", "2.32", "2.32"), "5.31", "result.own-figures"),
        (("20.00", "19.50", "19.50"), "2.5", "result.own-figures-within"),
    ],
)
def test_a_deviation_is_counted_from_the_initial_budget(
    total: tuple[str, ...], expected: str, code: str
) -> None:
    (finding,) = found(accuracy(total))
    assert (finding.code, finding.stated, finding.expected) == (code, "0%", expected)
    warned = code == "result.own-figures"
    assert finding.severity is (Severity.WARNING if warned else Severity.INFO)
    assert "|执行数 − 年初预算数| ÷ 年初预算数" in finding.message.zh


@pytest.mark.parametrize(
    ("total", "actual"),
    [
        (("20.00", "20.00", "20.00"), "0"),  # as budgeted
        (("20.00", "30.00", "30.00"), "50"),  # stated as it is
        (("20.00", "30.00", "30.00"), "50.0"),
        (("0.22", "0.23", "0.23"), "0"),  # rounding of the amounts explains it
        (("0.00", "30.00", "30.00"), "0"),  # a rate without a base
        ((None, "30.00", "30.00"), "0"),  # the initial budget is blank
        (("20.00", "30.00", "30.00"), None),  # blank results are another finding's
        (("20.00", "30.00", "30.00"), "达标"),
        (None, "0"),
    ],
)
def test_what_the_money_does_not_contradict(total: tuple[str | None, ...] | None, actual: str | None) -> None:
    assert found(accuracy(total, actual)) == []


@pytest.mark.parametrize(
    ("operator", "target", "missed"),
    [
        ("≤", "50", False),
        ("<", "50", True),
        ("≥", "50", False),
        (">", "50", True),
        ("=", "50", False),
        ("=", "0", True),
    ],
)
def test_a_target_is_held_against_what_the_printed_amounts_come_to(
    operator: str, target: str, missed: bool
) -> None:
    (finding,) = found(accuracy(("20.00", "30.00", "30.00"), "0", operator, target))
    assert finding.code == ("result.own-figures" if missed else "result.own-figures-within")


def test_an_indicator_that_no_library_knows_is_left_alone() -> None:
    row = indicator("≤", "5", "0", unit="%", name="图书遗失率")
    assert found(filing(project(row, total=("20.00", "30.00", "30.00")))) == []


def test_an_overall_score_without_lines() -> None:
    (finding,) = found(filing(stated_total=Decimal("97.50")))
    assert (finding.code, finding.severity, finding.stated) == (
        "score.not-traceable",
        Severity.WARNING,
        "97.5",
    )
    place = Place(line=7, quote="自评得分为97.5分")
    assert found(filing(stated_total=Decimal(97), total_place=place))[0].place == place


def test_an_overall_score_with_lines_or_none_at_all() -> None:
    assert found(filing(stated_total=Decimal(8), rubric_scores=(line("预算管理", "10", "8"),))) == []
    assert found(filing()) == []


def test_a_score_without_a_target() -> None:
    bare = indicator(None, None, "有所提高", name="服务水平")
    (finding,) = found(filing(project(bare, indicator(), indicator())))
    assert (finding.code, finding.stated) == ("target.missing", "有所提高")
    unscored = indicator(None, None, "有所提高", score=None)
    blank = indicator(None, None, None)
    assert found(filing(project(unscored, blank, indicator(), indicator(), indicator()))) == []
    assert found(filing(project(bare, bare, indicator(), indicator()))) == [], "a form without targets"
