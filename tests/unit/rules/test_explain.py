"""The words of verdicts, to the letter."""

from __future__ import annotations

import pytest

from hengjian.filing import Sheet
from hengjian.rules import Verdict, explain
from tests.unit.rules.maker import check_one, filled, make_rule

EXPENDITURE, SUMMARY, FUNDS, ACTIVITY = "demo.expenditure", "demo.summary", "demo.funds", "demo.activity"


def words(verdict: Verdict) -> tuple[str, str, str, str]:
    told = explain(verdict)
    return told.numbers.zh, told.numbers.en, told.named.zh, told.named.en


def sides(verdict: Verdict) -> tuple[str | None, str | None, str | None]:
    told = explain(verdict)
    return told.stated, told.expected, told.difference


def test_a_sum_that_falls_short() -> None:
    verdict = check_one(
        "demo.expenditure.by-nature", filled(EXPENDITURE, {"101": "1,203.50 1,000.00 200.00"})
    )
    assert words(verdict) == (
        "1,203.50 ≠ 1,000.00 + 200.00，少3.50",
        "1,203.50 ≠ 1,000.00 + 200.00, short by 3.50",
        "馆藏 合计 1,203.50 ≠ 日常支出 1,000.00 + 项目支出 200.00，少3.50",
        "馆藏 合计 1,203.50 ≠ 日常支出 1,000.00 + 项目支出 200.00, short by 3.50",
    )
    assert sides(verdict) == ("1,203.50万元", "1,200.00万元", "3.50万元")


def test_a_sum_that_is_over_with_a_blank() -> None:
    rows = {"101": "4.00", "10101": "2.00", "10102": "-", "10103": "3.00"}
    assert words(check_one("demo.expenditure.hierarchy", filled(EXPENDITURE, rows)))[:3] == (
        "4.00 ≠ 2.00 + 3.00，多1.00，另有1个空格未计",
        "4.00 ≠ 2.00 + 3.00, over by 1.00, 1 blank cell not counted",
        "合计 馆藏 4.00 ≠ 图书购置 2.00 + 数字资源 3.00，多1.00，另有1个空格未计",
    )


def test_a_total_that_is_blank() -> None:
    verdict = check_one("demo.expenditure.by-nature", filled(EXPENDITURE, {"101": "- 1.00 2.00"}))
    assert words(verdict) == (
        "空白 = 1.00 + 2.00",
        "blank = 1.00 + 2.00",
        "馆藏 合计 空白 = 日常支出 1.00 + 项目支出 2.00",
        "馆藏 合计 blank = 日常支出 1.00 + 项目支出 2.00",
    )
    assert sides(verdict) == (None, "3.00万元", None)


def test_mixed_units_are_told_in_that_of_the_left_side() -> None:
    table, other = "Income and expenditure of the association", "Expenditure of the association"
    summary = filled(SUMMARY, {"expenditure.total_year": "12.34"})
    verdict = check_one(
        "demo.summary-expenditure.year", summary, filled(EXPENDITURE, {"total": "133400"}, "元")
    )
    assert words(verdict) == (
        "12.34 ≠ 13.3400，多1.0000",
        "12.34 ≠ 13.3400, over by 1.0000",
        "《协会收支总表》 本年支出合计 预算数 12.34 ≠ 《协会支出表》 合计 合计 13.3400，多1.0000",
        f"{table}: 本年支出合计 预算数 12.34 ≠ {other}: 合计 合计 13.3400, over by 1.0000",
    )
    assert sides(verdict) == ("12.34万元", "13.3400万元", "1.0000万元")


def test_what_agrees_within_rounding_is_told_as_about_equal() -> None:
    summary = filled(SUMMARY, {"expenditure.total_year": "12.34"})
    verdict = check_one(
        "demo.summary-expenditure.year", summary, filled(EXPENDITURE, {"total": "123449"}, "元")
    )
    assert words(verdict)[0] == "12.34 ≈ 12.3449"
    same = check_one("demo.summary-expenditure.year", summary, filled(EXPENDITURE, {"total": "12.34"}))
    assert words(same)[0] == "12.34 = 12.34"


def test_a_rate_that_is_wrong_shows_what_it_should_be() -> None:
    sheet = filled(ACTIVITY, {"talks": "5 120.00 80.00 40.00%"})
    verdict = check_one("demo.activity.change-rate", sheet)
    worked_out = "100 × (费用 120.00 − 上年费用 80.00) ÷ 上年费用 80.00 = 50.00 %"
    assert words(verdict) == (
        "40.00 % ≠ 100 × (120.00 − 80.00) ÷ 80.00 = 50.00 %，多10.00个百分点",
        "40.00 % ≠ 100 × (120.00 − 80.00) ÷ 80.00 = 50.00 %, over by 10.00 percentage points",
        f"讲座 增长 40.00 % ≠ {worked_out}，多10.00个百分点",
        f"讲座 增长 40.00 % ≠ {worked_out}, over by 10.00 percentage points",
    )
    assert sides(verdict) == ("40.00%", "50.00%", "10.00%")


def test_a_rate_that_is_right_is_shown_as_worked_out() -> None:
    verdict = check_one(
        "performance.funds.rate", filled("performance.funds", {"total": "5.00 6.00 3.00 50.00"})
    )
    assert words(verdict)[::2] == (
        "100 × 3.00 ÷ 6.00 = 50.00 %",
        "总额 100 × 执行数 3.00 ÷ 调整后预算数 6.00 = 执行率 50.00 %",
    )


def test_a_rate_without_its_part() -> None:
    verdict = check_one("performance.funds.rate", filled("performance.funds", {"total": "5.00 6.00 - 50.00"}))
    assert words(verdict)[::2] == (
        "50.00 % = 100 × 空白 ÷ 6.00",
        "总额 执行率 50.00 % = 100 × 执行数 空白 ÷ 调整后预算数 6.00",
    )


@pytest.mark.parametrize(
    ("asserts", "told", "expected"),
    [
        ("planned <= revised", "6.00 > 5.00，超出1.00", "≤ 5.00万元"),
        ("planned < revised", "6.00 ≥ 5.00，超出1.00", "< 5.00万元"),
        ("revised >= planned", "5.00 < 6.00，差1.00", "≥ 6.00万元"),
        ("revised > planned", "5.00 ≤ 6.00，差1.00", "> 6.00万元"),
        ("planned == -revised", "6.00 ≠ − 5.00，少11.00", "-5.00万元"),
        ("planned == 2 * revised", "6.00 ≠ 2 × 5.00，多4.00", "10.00万元"),
        ("planned == revised - 10000", "6.00 ≠ 5.00 − 1，少2.00", "4.00万元"),
        ("planned == revised * (1 + 2)", "6.00 ≠ 5.00 × (1 + 2)，多9.00", "15.00万元"),
        ("planned / 2 == revised - 10000", "6.00 ÷ 2 ≠ 5.00 − 1，多1.00", "4.00万元"),
        ("planned == 0", "6.00 ≠ 0，少6.00", "0.00万元"),
        ("planned - (revised - spent) == 0", "6.00 − 5.00 + 4.00 ≠ 0，少5.00", "0.00万元"),
    ],
)
def test_relations_and_signs(asserts: str, told: str, expected: str) -> None:
    verdict = check_one(make_rule(asserts, FUNDS, "row"), filled(FUNDS, {"own": "6.00 5.00 4.00"}))
    assert (explain(verdict).numbers.zh, explain(verdict).expected) == (told, expected)


def test_a_negative_figure_is_subtracted() -> None:
    rule = make_rule("planned == revised + spent", FUNDS, "row")
    verdict = check_one(rule, filled(FUNDS, {"own": "6.00 5.00 -1.00"}))
    assert words(verdict)[0] == "6.00 ≠ 5.00 − 1.00，少2.00"


def test_a_long_sum_is_cut_and_counted() -> None:
    names = " + ".join(["revised"] * 13)
    verdict = check_one(make_rule(f"planned == {names}", FUNDS, "row"), filled(FUNDS, {"own": "6.00 1.00"}))
    shown = " + ".join(["1.00"] * 10)
    assert words(verdict)[:2] == (
        f"6.00 ≠ {shown} + …（共13项），多7.00",
        f"6.00 ≠ {shown} + … (13 terms), over by 7.00",
    )


def test_counts_have_no_unit_of_money() -> None:
    rule = make_rule("total == talks + exhibitions", ACTIVITY, "column")
    verdict = check_one(rule, filled(ACTIVITY, {"total": "1300", "talks": "100", "exhibitions": "1100"}))
    assert words(verdict)[::2] == (
        "1,300 ≠ 100 + 1,100，少100",
        "人次 合计 1,300 ≠ 讲座 100 + 展览 1,100，少100",
    )
    assert sides(verdict) == ("1,300", "1,200", "100")


def test_rows_bear_the_names_they_are_printed_with() -> None:
    sheet = filled(EXPENDITURE, {"101": "4.00 1.00 2.00"})
    printed = Sheet(sheet.form, {"101": " 馆藏建设 "}, sheet.figures)
    assert words(check_one("demo.expenditure.by-nature", printed))[2].startswith("馆藏建设 合计 4.00 ≠ ")


def test_a_verdict_that_does_not_apply_tells_why() -> None:
    verdict = check_one("demo.funds.within-plan", filled(FUNDS, {"own": "1.00 1.00 -"}))
    condition = ("适用条件不成立", "its condition does not certainly hold")
    assert words(verdict) == condition * 2
    assert sides(verdict) == (None, None, None)
    empty = check_one("demo.funds.within-plan", filled(FUNDS, {}))
    assert words(empty)[:2] == ("没有填数", "nothing is stated")
