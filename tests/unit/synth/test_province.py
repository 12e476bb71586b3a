import re
from statistics import median

import numpy as np
import pytest

from hengjian.kernel import Amount, FiscalYear, InputError, Outcome
from hengjian.packs import standards_for
from hengjian.rules import check_sheets
from hengjian.synth import Order, Province
from hengjian.synth.forms import FILLERS
from tests.unit.synth.maker import blocks, departments, library, national


@pytest.mark.parametrize("rounded", [False, True])
@pytest.mark.parametrize(("seed", "items", "year"), [(1, 8, 2024), (2, 40, 2024), (3, 12, 2018)])
def test_departments_without_faults_hold_every_identity(
    seed: int, items: int, year: int, rounded: bool
) -> None:
    for filing in departments(Order(4, items, seed, rounded), year):
        verdicts = check_sheets(national(year), filing.sheets)
        wrong = [v for v in verdicts if v.outcome in (Outcome.FAIL, Outcome.NOT_EVALUABLE)]
        assert [(v.rule.id, v.row, v.column) for v in wrong] == []
        passed = sum(v.outcome is Outcome.PASS for v in verdicts)
        assert passed > len(verdicts) * 2 // 3


def test_rounded_departments_have_residues_and_others_have_none() -> None:
    def residues(rounded: bool) -> int:
        found = 0
        for block in blocks(Order(4, 20, 1, rounded)):
            for each in block.sums:
                parts = block.values[:, list(each.parts)].sum(axis=1)
                found += int((block.values[:, each.whole] != parts).sum())
        return found

    assert residues(rounded=False) == 0
    assert residues(rounded=True) > 50


def test_every_form_of_budget_and_final_accounts_is_there_or_named_as_left_out() -> None:
    province = Province(national(), Order(2, 8))
    forms = {form.form for form in national().forms.values() if form.kind in {"budget", "final_accounts"}}
    left_out = {form.form for form in province.left_out}
    filled = {form for block in province.blocks() for form, row, _ in block.cells if not row}
    assert filled == forms - left_out
    assert not left_out & FILLERS.keys()
    assert {f"{phase}.{name}" for phase in ("budget", "final") for name in ("summary", "income")} <= filled
    assert {"budget.assets", "budget.procurement", "final.explanation", "final.basic"} <= filled


def test_a_province_s_own_forms_are_left_out_by_name() -> None:
    sichuan = standards_for(library(), "cn/sichuan", FiscalYear(2024))
    assert "final.projects" in {form.form for form in Province(sichuan, Order(2, 8)).left_out}


def test_a_form_in_yuan_is_filled_in_whole_yuan() -> None:
    shanghai = standards_for(library(), "cn/shanghai", FiscalYear(2025))
    assert shanghai.forms["budget.summary"].unit.label == "元"
    block = next(Province(shanghai, Order(2, 8, rounded=True)).blocks())
    units = {
        int(unit)
        for (form, row, _), unit in zip(block.cells, block.units, strict=True)
        if form == "budget.summary" and row
    }
    assert units == {100}


def test_totals_are_those_of_a_county_s_bureau() -> None:
    totals: list[float] = []
    for filing in departments(Order(44, 12, 5)):
        total, personnel = (
            filing.sheets[form].figures[cell].value
            for form, cell in (
                ("final.summary", ("expenditure.total", "amount")),
                ("final.basic", ("personnel_total", "amount")),
            )
        )
        assert isinstance(total, Amount)
        assert isinstance(personnel, Amount)
        assert 0 < personnel.yuan < total.yuan
        totals.append(float(total.yuan))
    assert 5_000_000 < median(totals) < 50_000_000
    assert max(totals) < 1_000_000_000


def test_departments_have_names_and_codes_of_their_own() -> None:
    found = [each for block in blocks(Order(90, 6)) for each in block.departments]
    assert len({each.name for each in found}) == len({each.code for each in found}) == 90
    assert all(re.fullmatch(r"\d{6}", each.code or "") for each in found)
    assert found[0].name.endswith("县医疗保障局")


def test_the_same_seed_draws_the_same_and_another_draws_other_amounts() -> None:
    first, again, other = (next(Province(national(), Order(2, 8, seed)).blocks()) for seed in (1, 1, 2))
    assert first.cells == again.cells == other.cells
    assert np.array_equal(first.values, again.values)
    assert not np.array_equal(first.values, other.values)


@pytest.mark.parametrize("departments", [1, 12, 45])
def test_blocks_number_the_departments_through(departments: int) -> None:
    found = blocks(Order(departments, 6))
    assert [block.first for block in found] == list(
        np.cumsum([0, *(len(block.departments) for block in found)])[:-1]
    )
    assert sum(len(block.departments) for block in found) == departments


def test_more_items_than_the_pack_has_are_all_there_are() -> None:
    block = next(Province(national(), Order(1, 5_000)).blocks())
    assert len(block.cells) > 9_000


def test_a_pack_without_codes_is_refused() -> None:
    demo = standards_for(library(), "demo", FiscalYear(2024))
    with pytest.raises(InputError) as refused:
        Province(demo, Order()).parts()
    assert refused.value.code == "input.no-items"
