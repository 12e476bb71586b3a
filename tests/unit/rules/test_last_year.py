"""A rule may name a form as the filing of the year before filled it."""

from __future__ import annotations

from pathlib import Path

from hengjian.filing import Entity, Filing, Sheet, last_year_sheets
from hengjian.kernel import FiscalYear, Outcome
from hengjian.packs import load_library
from hengjian.rules import bind_rule, lint_rules
from hengjian.rules.bind import form_named, forms_named
from hengjian.rules.reference import interpret
from tests.unit.filing.maker import standards
from tests.unit.packs.pack_maker import CODES, FORM, write_pack
from tests.unit.rules.maker import check, check_one, faults, filled, make_rule

OPENING = make_rule("demo.summary[income.carry_over].amount == last_year.demo.summary[income.total].amount")


def before(sheet: Sheet) -> Sheet:
    """Return a sheet as the filing of the year before holds it."""
    filing = Filing(Entity("青山图书馆"), FiscalYear(2021), "demo", "budget", {sheet.form: sheet})
    (renamed,) = last_year_sheets(filing).values()
    return renamed


def test_last_years_sheets_bear_ids_of_their_own() -> None:
    sheet = before(filled("demo.summary", {"income.total": "5.00"}))
    assert sheet.form == "last_year.demo.summary"
    assert {figure.form for figure in sheet.figures.values()} == {sheet.form}


def test_the_opening_balance_is_held_against_last_years_closing_balance() -> None:
    now = filled("demo.summary", {"income.carry_over": "5.00"})
    last = [before(filled("demo.summary", {"income.total": text})) for text in ("5.00", "6.00")]
    assert [check_one(OPENING, now, sheet).outcome for sheet in last] == [Outcome.PASS, Outcome.FAIL]
    naive = [interpret(OPENING, standards(), {now.form: now, sheet.form: sheet}) for sheet in last]
    assert [verdict.outcome for (verdict,) in naive] == [Outcome.PASS, Outcome.FAIL]


def test_a_filing_without_the_year_before_is_no_failure() -> None:
    verdict = check_one(OPENING, filled("demo.summary", {"income.carry_over": "5.00"}))
    assert verdict.outcome is Outcome.NOT_APPLICABLE
    assert verdict.reason is not None
    assert "上年度" in verdict.reason.zh


def test_rows_are_compared_with_the_same_rows_of_last_year() -> None:
    rule = make_rule("planned >= last_year.demo.funds[row].planned", "demo.funds", "row")
    now = filled("demo.funds", {"total": "9.00", "grants": "5.00"})
    last = before(filled("demo.funds", {"total": "8.00", "grants": "6.00"}))
    assert [(each.row, each.outcome) for each in check(rule, now, last)] == [
        ("total", Outcome.PASS),
        ("grants", Outcome.FAIL),
    ]


def test_a_form_of_last_year_is_bound_like_this_years() -> None:
    assert bind_rule(OPENING, standards()).faults == ()
    (fault,) = faults(make_rule("last_year.demo.summary[income.gifts].amount == 0"))
    assert "form last_year.demo.summary has no row income.gifts" in fault
    (fault,) = faults(make_rule("last_year.demo.nothing[total].amount == 0"))
    assert "there is no form last_year.demo.nothing" in fault
    assert form_named(standards(), "demo.summary") is standards().forms["demo.summary"]


def test_the_forms_of_sheets_at_hand_are_found_by_their_ids() -> None:
    forms = forms_named(standards(), ["demo.summary", "last_year.demo.summary", "last_year.demo.nothing"])
    assert forms.keys() - standards().forms.keys() == {"last_year.demo.summary"}
    assert forms["last_year.demo.summary"].title.zh == f"上年度{forms['demo.summary'].title.zh}"


def test_no_pack_may_call_a_form_so(tmp_path: Path) -> None:
    form = FORM.replace("form: demo.list", "form: last_year.list")
    write_pack(tmp_path, files={"codes/purpose.yaml": CODES, "forms/list.yaml": form})
    (fault,) = lint_rules(load_library(tmp_path))
    assert fault.message.startswith("last_year.list: last_year. is kept")


def test_so_many_things_at_a_price_come_to_an_amount() -> None:
    assert faults(make_rule("cost == visitors * last_year_cost", "demo.activity", "row")) == []
    (fault,) = faults(make_rule("cost == visitors / last_year_cost", "demo.activity", "row"))
    assert "compared with an amount" in fault or "an amount is compared" in fault
