"""Findings: how grave, where, against what, on which basis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hengjian.filing import Sheet
from hengjian.kernel import Finding, Place, Severity
from hengjian.rules import check_sheets, findings
from hengjian.rules.check import MOST_RELATED
from tests.unit.filing.maker import standards
from tests.unit.rules.maker import check, filled, make_rule

EXPENDITURE, SUMMARY, FUNDS, ACTIVITY = "demo.expenditure", "demo.summary", "demo.funds", "demo.activity"


def found(rule: str, *sheets: Sheet) -> tuple[Finding, ...]:
    return findings(check(rule, *sheets))


def test_a_contradiction_names_both_sides_and_the_basis() -> None:
    sheet = filled(EXPENDITURE, {"101": "4.00 1.00 2.00"}, place=Place(file="支出.csv"))
    (finding,) = found("demo.expenditure.by-nature", sheet)
    assert (finding.code, finding.severity) == ("identity.contradicted", Severity.ERROR)
    assert finding.message.zh == (
        "支出合计等于日常支出加项目支出：馆藏 合计 4.00 ≠ 日常支出 1.00 + 项目支出 2.00，少1.00。"
    )
    assert finding.message.en == (
        "Expenditure equals running plus project expenditure: "
        "馆藏 合计 4.00 ≠ 日常支出 1.00 + 项目支出 2.00, short by 1.00."
    )
    assert finding.place == Place(file="支出.csv", table="协会支出表", row="馆藏", column="合计")
    assert [place.column for place in finding.related] == ["日常支出", "项目支出"]
    assert (finding.stated, finding.expected, finding.difference) == ("4.00万元", "3.00万元", "1.00万元")
    assert finding.basis == "DR-01 虚构的图书馆协会表二说明"


def test_the_severity_is_that_of_the_rule() -> None:
    (finding,) = found("demo.funds.within-plan", filled(FUNDS, {"own": "1.00 2.00 3.00"}))
    assert finding.severity is Severity.WARNING
    assert finding.expected == "≤ 2.00万元"


def test_what_meets_within_rounding_or_does_not_apply_is_no_finding() -> None:
    rows = {"101": "3.01 1.00 2.00", "102": "-", "103": "0 - -"}
    assert found("demo.expenditure.by-nature", filled(EXPENDITURE, rows)) == ()
    assert found("demo.summary-expenditure.year", filled(SUMMARY, {"expenditure.total_year": "1"})) == ()


def test_a_blank_total_of_stated_parts_is_a_warning_at_the_blank_cell() -> None:
    (finding,) = found("demo.expenditure.by-nature", filled(EXPENDITURE, {"101": "- 1.00 2.00"}))
    assert (finding.code, finding.severity) == ("identity.not-evaluable", Severity.WARNING)
    assert (finding.place.row, finding.place.column) == ("馆藏", "合计")
    assert [place.column for place in finding.related] == ["日常支出", "项目支出"]
    assert (finding.stated, finding.expected, finding.difference) == (None, "3.00万元", None)
    assert finding.message.zh.endswith(
        "馆藏 合计 空白 = 日常支出 1.00 + 项目支出 2.00，有单元格空白，无法核对。"
    )


@pytest.mark.parametrize(
    ("rule", "sheets"),
    [
        ("demo.expenditure.by-nature", [filled(EXPENDITURE, {"101": "3.00 - -"})]),
        ("performance.funds.rate", [filled("performance.funds", {"total": "1.00 2.00 - 50.00"})]),
        (
            "demo.activity.cost-within",
            [filled(ACTIVITY, {"total": "1 5.00", "talks": "1 5.00"}), filled(EXPENDITURE, {"103": "-"})],
        ),
    ],
)
def test_other_blanks_are_a_note(rule: str, sheets: list[Sheet]) -> None:
    (finding,) = found(rule, *sheets)
    assert (finding.code, finding.severity) == ("identity.not-evaluable", Severity.INFO)


def test_a_blank_in_another_table_is_a_note() -> None:
    sheets = filled(SUMMARY, {"expenditure.total_year": "-"}), filled(EXPENDITURE, {"total": "3.00"})
    (finding,) = found("demo.summary-expenditure.year", *sheets)
    assert finding.severity is Severity.INFO
    assert finding.place.table == "协会收支总表"


def test_a_blank_rate_is_no_missing_total() -> None:
    rule = make_rule("change_rate == 100 * (cost - last_year_cost) / last_year_cost", ACTIVITY, "row")
    (finding,) = findings(check(rule, filled(ACTIVITY, {"talks": "1 6.00 5.00 -"})))
    assert finding.severity is Severity.INFO


def test_related_places_are_bounded() -> None:
    names = ["income.dues", "income.grants", "income.total_year", "income.carry_over", "income.total"]
    names += ["expenditure.total_year", "expenditure.carry_forward", "expenditure.total", "101", "102", "103"]
    cells = " + ".join(f"demo.summary[{name}].amount" for name in names[1:])
    rule = make_rule(f"demo.summary[income.dues].amount == {cells}")
    (finding,) = findings(check(rule, filled(SUMMARY, dict.fromkeys(names, "1.00"))))
    assert finding.place.row == "会费收入"
    assert len(finding.related) == MOST_RELATED


def test_the_place_of_a_figure_goes_before_that_of_its_sheet_and_of_the_filing() -> None:
    sheet = filled(EXPENDITURE, {"101": "4.00 1.00 2.00"})
    for place in (Place(), Place(file="a.docx", table="表二")):
        placed = replace(sheet, place=place)
        verdicts = check_sheets(standards(), {EXPENDITURE: placed}, Place(file="filing.toml"))
        (finding,) = findings(each for each in verdicts if each.rule.id == "demo.expenditure.by-nature")
        assert finding.place.file == (place.file or "filing.toml")
        assert finding.place.table == (place.table or "协会支出表")
    own = Place(file="b.docx", table="表三", row="馆藏类", column="小计", line=9)
    figures = {cell: replace(figure, place=own) for cell, figure in sheet.figures.items()}
    (finding,) = found("demo.expenditure.by-nature", replace(sheet, figures=figures))
    assert finding.place == own
