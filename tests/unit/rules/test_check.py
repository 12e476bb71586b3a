"""What rules come to on sheets: where they apply, what they compare and what blanks do."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hengjian.filing import Sheet
from hengjian.kernel import Interval, Outcome, Place
from hengjian.rules import check_sheets, plans_for
from tests.unit.filing.maker import standards
from tests.unit.rules.maker import check, check_one, filled, make_rule, outcomes

PASS, FAIL = Outcome.PASS, Outcome.FAIL
BESIDE, BLANK = Outcome.NOT_APPLICABLE, Outcome.NOT_EVALUABLE
EXPENDITURE, SUMMARY, FUNDS, ACTIVITY = "demo.expenditure", "demo.summary", "demo.funds", "demo.activity"


def test_a_rule_for_each_row_has_every_outcome() -> None:
    rows = {
        "total": "12.00 5.00 7.00",
        "101": "12.00 5.00 6.00",
        "10101": "- 5.00 6.00",
        "102": "- - -",
        "103": "3.00 3.00 -",
        "10301": "0 - -",
        "10302": "1.00 - -",
    }
    assert outcomes("demo.expenditure.by-nature", filled(EXPENDITURE, rows)) == {
        "total": PASS,
        "101": FAIL,
        "10101": BLANK,
        "103": PASS,
        "10301": PASS,
        "10302": BLANK,
    }


def test_a_rule_for_each_column_has_every_outcome() -> None:
    rows = {"total": "3.00 3.00 3.00", "grants": "1.00 1.00 -", "own": "2.00 1.00 -"}
    assert outcomes("demo.funds.parts", filled(FUNDS, rows)) == {
        "planned": PASS,
        "revised": FAIL,
        "spent": BLANK,
    }
    assert outcomes("demo.funds.parts", filled(FUNDS, {"total": "3.00"})) == {"planned": BLANK}


def test_a_rule_for_each_parent_has_every_outcome_in_each_column() -> None:
    rows = {
        "total": "9.00 9.00 9.00",
        "101": "3.00 3.00 -",
        "10101": "1.00 1.00 1.00",
        "10102": "2.00 1.00 -",
        "102": "5.00",
        "103": "4.00",
        "10301": "- - -",
    }
    verdicts = check("demo.expenditure.hierarchy", filled(EXPENDITURE, rows))
    assert {(each.row, each.column): each.outcome for each in verdicts} == {
        ("101", "total"): PASS,
        ("101", "running"): FAIL,
        ("101", "project"): BLANK,
        ("103", "total"): BLANK,
    }


def test_a_child_is_below_its_nearest_printed_ancestor() -> None:
    hidden = filled(EXPENDITURE, {"total": "1.00", "10101": "1.00", "10201": "2.00"})
    assert outcomes("demo.expenditure.hierarchy", hidden) == {None: BESIDE}
    assert outcomes("demo.expenditure.classes", hidden) == {"total": BLANK}


def test_a_rule_that_stands_once_has_every_outcome() -> None:
    rule = "demo.summary-expenditure.year"
    summary = filled(SUMMARY, {"expenditure.total_year": "3.00"})
    blank = filled(SUMMARY, {"expenditure.total_year": "-"})
    expected = {"3.00": PASS, "3.02": FAIL, "-": BLANK}
    for text, outcome in expected.items():
        assert outcomes(rule, summary, filled(EXPENDITURE, {"total": text})) == {None: outcome}
    assert outcomes(rule, blank, filled(EXPENDITURE, {"total": "-"})) == {None: BESIDE}
    assert outcomes(rule, blank, filled(EXPENDITURE, {"total": "0.00"})) == {None: PASS}


def test_a_rule_needs_all_its_forms_and_says_which_is_missing() -> None:
    verdict = check_one("demo.summary-expenditure.year", filled(SUMMARY, {"expenditure.total_year": "3.00"}))
    assert verdict.outcome is BESIDE
    assert verdict.reason is not None
    assert verdict.reason.zh == "没有《协会支出表》"


def test_the_same_row_of_another_form_is_compared_where_both_have_it() -> None:
    rows = {"income.dues": "1.00", "101": "5.00", "102": "6.00", "103": "7.00"}
    other = filled(EXPENDITURE, {"101": "5.00", "102": "6.10", "10201": "6.10"})
    verdicts = outcomes("demo.summary-expenditure.class", filled(SUMMARY, rows), other)
    assert verdicts == {"101": PASS, "102": FAIL, "103": BESIDE}


@pytest.mark.parametrize(
    ("where", "outcome"),
    [
        ("stated(total)", FAIL),
        ("not stated(total)", BESIDE),
        ("stated(project)", BESIDE),
        ("not stated(project)", FAIL),
        ("total > 9", FAIL),
        ("total >= 100000", BESIDE),
        ("total == 100000", BESIDE),
        ("total == total", BESIDE),
        ("not total == 100000", BESIDE),
        ("not total < 100000", BESIDE),
        ("total > 99949 and total < 100051", FAIL),
        ("total > 200000 or running > 0", FAIL),
        ("total > 200000 or project > 0", BESIDE),
        ("project > 0", BESIDE),
        ("not project > 0", BESIDE),
        ("not (total > 200000 or total < 0)", FAIL),
        ("not (total > 200000 and project > 0)", FAIL),
        ("stated(total) and not (stated(project) or running > 100000)", FAIL),
        ("total / project > 0", BESIDE),
    ],
)
def test_a_condition_must_certainly_hold(where: str, outcome: Outcome) -> None:
    """The total is 100 000 yuan, more or less 50, project expenditure is blank."""
    rule = make_rule("total == running + project", EXPENDITURE, "row", where=where)
    assert outcomes(rule, filled(EXPENDITURE, {"101": "10.00 5.00 -"})) == {"101": outcome}


@pytest.mark.parametrize(
    ("asserts", "left", "right", "outcome"),
    [
        ("planned <= revised", "5.00", "5.00", PASS),
        ("planned <= revised", "5.01", "5.00", PASS),
        ("planned <= revised", "5.02", "5.00", FAIL),
        ("planned < revised", "5.00", "5.00", PASS),
        ("planned < revised", "5.01", "5.00", FAIL),
        ("planned >= revised", "5.00", "5.01", PASS),
        ("planned >= revised", "5.00", "5.02", FAIL),
        ("planned > revised", "5.00", "5.01", FAIL),
        ("planned == revised", "5.00", "5.01", PASS),
        ("planned == revised", "5.00", "5.02", FAIL),
        ("planned == revised", "5", "5.50", PASS),
        ("planned == revised", "5", "5.51", FAIL),
        ("planned == revised", "0", "0.01", FAIL),
        ("planned == revised", "0.00", "0.01", PASS),
        ("planned <= revised", "-", "5.00", BLANK),
        ("planned == revised", "-", "5.00", BLANK),
        ("planned == revised", "-", "0", PASS),
        ("planned <= revised", "-", "0", BLANK),
        ("planned - revised == 0", "5.00", "5.01", PASS),
        ("2 * planned == revised + revised", "5.00", "5.00", PASS),
        ("-planned == -revised", "5.00", "5.03", FAIL),
        ("planned / revised == 1", "5.00", "0.00", BLANK),
        ("planned / revised == 1", "5.00", "0", BLANK),
        ("planned / revised == 1", "5.00", "5.00", PASS),
        ("planned / revised == 1", "5.00", "-", BLANK),
        ("planned / 2 == revised", "5.00", "2.50", PASS),
        ("planned * revised == planned * revised", "5.00", "-", BESIDE),
        ("planned * revised == planned * planned", "5.00", "-", BLANK),
        ("2 * planned == 100000", "5.00", "-", PASS),
        ("planned == 0 * revised", "5.00", "-", BLANK),
    ],
)
def test_sides_are_compared_as_what_they_may_stand_for(
    asserts: str, left: str, right: str, outcome: Outcome
) -> None:
    rule = make_rule(asserts, FUNDS, "row")
    assert outcomes(rule, filled(FUNDS, {"total": [left, right]})) == {"total": outcome}


def test_yuan_meets_wan_yuan() -> None:
    rule = "demo.summary-expenditure.year"
    summary = filled(SUMMARY, {"expenditure.total_year": "12.34"})
    for text, outcome in {"123449.99": PASS, "123350": PASS, "123450.01": FAIL}.items():
        assert outcomes(rule, summary, filled(EXPENDITURE, {"total": text}, "元")) == {None: outcome}
    verdict = check_one(rule, summary, filled(EXPENDITURE, {"total": "12.34"}, "元"))
    assert verdict.outcome is FAIL
    assert verdict.left == Interval(Fraction(123350), Fraction(123450))
    assert verdict.right == Interval(Fraction(12335, 1000), Fraction(12345, 1000))


def test_a_verdict_holds_the_figures_and_the_blanks_that_keep_it_open() -> None:
    verdict = check_one("demo.expenditure.by-nature", filled(EXPENDITURE, {"101": "- 1.00 -"}))
    assert [figure.cell for figure in verdict.cells] == [(EXPENDITURE, "101", "running")]
    assert verdict.missing == ((EXPENDITURE, "101", "total"),)
    assert (verdict.form, verdict.row, verdict.column) == (EXPENDITURE, "101", None)
    assert verdict.reason is not None
    assert verdict.reason.en == "a cell is blank"


def test_a_divisor_that_may_be_zero_is_told() -> None:
    verdict = check_one(
        make_rule("planned / revised == 1", FUNDS, "row"), filled(FUNDS, {"own": "1.00 0.00"})
    )
    assert verdict.outcome is BLANK
    assert verdict.missing == ()
    assert verdict.reason is not None
    assert verdict.reason.zh == "除数为零或可能为零"


def test_the_form_of_a_verdict_is_the_one_the_rule_is_repeated_over() -> None:
    rule = make_rule("demo.expenditure[row].total == amount", SUMMARY, "row")
    sheets = filled(SUMMARY, {"101": "1.00"}), filled(EXPENDITURE, {"101": "1.00"})
    assert check_one(rule, *sheets).form == SUMMARY
    once = make_rule("demo.expenditure[total].total == demo.summary[income.total].amount")
    assert check_one(once, *sheets).form == EXPENDITURE


def test_what_a_text_does_not_state_is_not_blank() -> None:
    partial = filled(EXPENDITURE, {"101": "5.00 3.00 -", "102": "5.00 3.00 1.00"}, partial=True)
    assert outcomes("demo.expenditure.by-nature", partial) == {"101": BESIDE, "102": FAIL}


def test_counts_are_exact() -> None:
    rows = {"total": "300", "talks": "100", "exhibitions": "199"}
    assert outcomes(
        make_rule("total == talks + exhibitions", ACTIVITY, "column"), filled(ACTIVITY, rows)
    ) == {"visitors": FAIL}


# Whole filings


def test_rules_without_any_of_their_forms_are_left_out() -> None:
    sheet = filled(FUNDS, {"total": "1.00 1.00 1.00"})
    named = {verdict.rule.id for verdict in check_sheets(standards(), {FUNDS: sheet})}
    assert named == {"demo.funds.parts", "demo.funds.within-plan"}
    assert check_sheets(standards(), {}) == ()


def test_an_empty_sheet_is_no_failure() -> None:
    sheets = {form: Sheet(form, {}, {}) for form in standards().forms}
    verdicts = check_sheets(standards(), sheets, Place(file="filing.toml"))
    assert {verdict.outcome for verdict in verdicts} == {BESIDE}
    assert len(verdicts) == len(standards().rules)


def test_a_rule_ends_with_its_years() -> None:
    sheets = {
        ACTIVITY: filled(ACTIVITY, {"talks": "1 3.00"}),
        EXPENDITURE: filled(EXPENDITURE, {"103": "9.00"}),
    }
    for year, found in ((2023, True), (2024, False)):
        ids = {verdict.rule.id for verdict in check_sheets(standards(year), sheets)}
        assert ("demo.activity.cost-within" in ids) is found


def test_plans_are_kept_for_the_same_rules_only() -> None:
    first = plans_for(standards())
    assert plans_for(standards()) is first
    fewer = dict(list(standards().rules.items())[:3])
    assert len(plans_for(replace(standards(), rules=fewer))) == 3
