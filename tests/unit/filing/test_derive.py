"""The sheets that stand in other parts of a filing."""

from dataclasses import replace

from hengjian.filing import Entity, Filing, Indicator, OverallTargets, Sheet, derived_sheets
from hengjian.kernel import Amount, FiscalYear, MoneyUnit, Place
from hengjian.packs.schema import Form
from tests.unit.filing.maker import standards

FORM = Form.model_validate(
    {
        "form": "performance.overall_indicators",
        "title": {"zh": "指标", "en": "Indicators"},
        "captions": ["指标"],
        "kind": "targets",
        "unit": "万元",
        "from": 2018,
        "basis": "虚构",
        "verified": True,
        "columns": [{"id": "value", "captions": ["指标值"]}],
        "rows": [{"id": "personnel", "captions": ["人员经费"]}, {"id": "public", "captions": ["公用经费"]}],
    }
)
STANDARDS = replace(standards(), forms={FORM.form: FORM})


def _filing(*indicators: Indicator, funds: Sheet | None = None) -> Filing:
    overall = OverallTargets(funds, indicators)
    return Filing(Entity("青山图书馆"), FiscalYear(2022), "demo", "budget", overall=overall)


def _indicator(name: str, target: str, unit: str | None) -> Indicator:
    return Indicator("产出指标", "成本指标", name, "=", target, unit, place=Place(line=7))


def test_money_indicators_called_as_a_row_make_a_sheet() -> None:
    filing = _filing(
        _indicator("人员 经费", "463.94", "万元"),
        _indicator("人员经费", "1", "万元"),
        _indicator("公用经费", "高中低", "元"),
        _indicator("公用经费", "50", "%"),
        _indicator("其他", "3", "元"),
    )
    sheet = derived_sheets(filing, STANDARDS)["performance.overall_indicators"]
    assert dict(sheet.rows) == {"personnel": "人员 经费"}
    figure = sheet.figure("personnel", "value")
    assert figure is not None
    assert figure.value == Amount.parse("463.94", MoneyUnit.WAN_YUAN)
    assert figure.place.line == 7


def test_the_funds_of_the_overall_targets_are_a_sheet() -> None:
    funds = Sheet("performance.overall_funds", {"total": "总额"}, {})
    assert derived_sheets(_filing(funds=funds), STANDARDS)["performance.overall_funds"] is funds


def test_nothing_is_derived_from_nothing() -> None:
    assert derived_sheets(_filing(), STANDARDS) == {}
    assert derived_sheets(replace(_filing(), overall=None), STANDARDS) == {}
    assert derived_sheets(_filing(_indicator("人员经费", "1", "元")), standards()) == {}
