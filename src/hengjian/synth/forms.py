"""What the cells of each form mean, in terms of the economy. A form that is not here is left out.

Totals are added up from the cells themselves, everything else is read off the economy; no rule is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from hengjian.filing.facts import Integers
from hengjian.synth.economy import OWN_NATURES, Economy, Phase, total
from hengjian.synth.items import FUNDS
from hengjian.synth.pages import CodeTree, Page
from hengjian.synth.texts import PERSONNEL, TEXTS, WHOLE, Filler


def _summary(page: Page, economy: Economy, phase: Phase) -> None:
    for fund in FUNDS:
        page.put(f"income.{fund}", "amount", phase.funds[fund].income.sum(axis=0))
    for source, amounts in phase.sources.items():
        page.put(f"income.{source}", "amount", amounts.sum(axis=0))
    everything = (*phase.funds.values(), phase.own)
    page.add(("income.fiscal", "amount"), [(f"income.{fund}", "amount") for fund in FUNDS])
    fiscal = FUNDS if page.form.row("income.fiscal") is None else ("fiscal",)
    income = [(f"income.{name}", "amount") for name in (*fiscal, *phase.sources)]
    page.add(("income.total_year", "amount"), income)
    page.put("income.own_balance_used", "amount", phase.used)
    page.put("income.carry_over", "amount", total(fund.opening for fund in everything).sum(axis=0))
    head = ("income.total_year", "income.own_balance_used", "income.carry_over")
    page.add(("income.total", "amount"), [(row, "amount") for row in head])
    tree = CodeTree(economy.items.codes, page.levels)
    for code, amounts in tree.by_class(total(fund.expenditure for fund in everything)):
        page.put(code, "amount", amounts)
    classes = [(code, "amount") for code in tree.classes]
    page.add(("expenditure.total_year", "amount"), classes, tree=True)
    page.put("expenditure.surplus_distribution", "amount", phase.distributed)
    page.put("expenditure.carry_forward", "amount", total(fund.closing for fund in everything).sum(axis=0))
    foot = ("total_year", "surplus_distribution", "carry_forward")
    page.add(("expenditure.total", "amount"), [(f"expenditure.{row}", "amount") for row in foot])


def _fiscal_summary(page: Page, economy: Economy, phase: Phase) -> None:
    for fund in FUNDS:
        page.put(f"income.{fund}", "amount", phase.funds[fund].income.sum(axis=0))
        page.put(f"income.carry_over_{fund}", "amount", phase.funds[fund].opening.sum(axis=0))
    page.add(("income.total_year", "amount"), [(f"income.{fund}", "amount") for fund in FUNDS])
    page.add(("income.carry_over", "amount"), [(f"income.carry_over_{fund}", "amount") for fund in FUNDS])
    page.add(("income.total", "amount"), [("income.total_year", "amount"), ("income.carry_over", "amount")])
    tree = CodeTree(economy.items.codes, page.levels)
    for fund in FUNDS:
        for code, amounts in tree.by_class(phase.funds[fund].expenditure):
            page.put(code, fund, amounts)
        page.put("expenditure.carry_forward", fund, phase.funds[fund].closing.sum(axis=0))
        _fiscal_expenditure(page, tree, fund)
    page.across("total", FUNDS)
    _fiscal_expenditure(page, tree, "total")


def _fiscal_expenditure(page: Page, tree: CodeTree, column: str) -> None:
    page.add(("expenditure.total_year", column), [(code, column) for code in tree.classes], tree=True)
    foot = ("expenditure.total_year", "expenditure.carry_forward")
    page.add(("expenditure.total", column), [(row, column) for row in foot])


def _income(page: Page, economy: Economy, phase: Phase) -> None:
    codes = economy.items.codes
    if page.form.column("general_public") is None:
        page.codes(codes, "fiscal", total(phase.funds[fund].income for fund in FUNDS))
    else:
        for fund in FUNDS:
            page.codes(codes, fund, phase.funds[fund].income)
        page.across("fiscal", FUNDS)
    for source, amounts in phase.sources.items():
        page.codes(codes, source, amounts)
    if page.form.column("year_total") is None:
        page.across("total", ("fiscal", *phase.sources))
        return
    page.across("year_total", ("fiscal", *phase.sources))
    page.codes(codes, "carry_over", total(fund.opening for fund in (*phase.funds.values(), phase.own)))
    page.across("total", ("year_total", "carry_over"))


def _expenditure(page: Page, economy: Economy, phase: Phase) -> None:
    for nature in ("basic", "project"):
        amounts = total(fund.natures[nature] for fund in (*phase.funds.values(), phase.own))
        page.codes(economy.items.codes, nature, amounts)
    for nature in OWN_NATURES:
        page.codes(economy.items.codes, nature, phase.own.natures[nature])
    page.across("total", ("basic", "project", *OWN_NATURES))


def _of_fund(fund: str, page: Page, economy: Economy, phase: Phase) -> None:
    """Fill a form that shows the expenditure of one fund, and in some what it had before and after."""
    places, money = economy.items.of(fund), phase.funds[fund]
    codes = [economy.items.codes[place] for place in places]
    for column in ("basic", "project"):
        page.codes(codes, column, money.natures[column][places])
    page.across("expenditure" if page.form.column("expenditure") else "total", ("basic", "project"))
    for column, amounts in (("opening", money.opening), ("income", money.income), ("closing", money.closing)):
        if page.form.column(column) is not None:
            page.codes(codes, column, amounts[places])


def _budget_basic(page: Page, _: Economy, phase: Phase) -> None:
    codes = sorted(phase.economic)
    none = np.zeros_like(phase.used)
    for column, ours in (("personnel", True), ("public", False)):
        amounts = [phase.economic[code] if (code[:3] in PERSONNEL) == ours else none for code in codes]
        page.codes(codes, column, np.stack(amounts))
    page.across("total", ("personnel", "public"))


def _final_basic(page: Page, _: Economy, phase: Phase) -> None:
    codes = sorted(phase.economic)
    page.codes(codes, "amount", np.stack([phase.economic[code] for code in codes]))
    classes = dict.fromkeys(code[:3] for code in codes)
    for row, ours in (("personnel_total", True), ("public_total", False)):
        parts = [(code, "amount") for code in classes if (code in PERSONNEL) == ours]
        page.add((row, "amount"), parts, tree=True)


def _three_public_rows(page: Page, column: str, amounts: Mapping[str, Integers]) -> None:
    for row, each in amounts.items():
        page.put(row, column, each)
    page.add(("vehicles", column), [("vehicle_purchase", column), ("vehicle_operation", column)])
    page.add(("total", column), [(row, column) for row in ("abroad", "vehicles", "reception")])


def _budget_three_public(page: Page, _: Economy, phase: Phase) -> None:
    _three_public_rows(page, "general_public", phase.three_public)
    for fund in FUNDS[1:]:
        _three_public_rows(page, fund, dict.fromkeys(phase.three_public, np.zeros_like(phase.used)))
    page.across("total", FUNDS)


def _final_three_public(page: Page, economy: Economy, phase: Phase) -> None:
    _three_public_rows(page, "budget", economy.budget.three_public)
    _three_public_rows(page, "final", phase.three_public)


def _procurement(page: Page, economy: Economy, phase: Phase) -> None:
    for fund, amounts in phase.purchases.items():
        page.put("total", fund, amounts)
    page.put("total", "fiscal_account", np.zeros_like(phase.used))
    page.across("total", (*phase.purchases, "fiscal_account"))
    page.put("total", "project_budget", phase.funds["general_public"].natures["project"].sum(axis=0))
    page.put("total", "quantity", economy.headcount // 4 * WHOLE)


def _assets(page: Page, economy: Economy, _: Phase) -> None:
    for kind, (quantity, value) in economy.assets.items():
        page.put(kind, "quantity", quantity * WHOLE)
        page.put(kind, "value", value)
    kinds = [(kind, "value") for kind in economy.assets if kind != "office_buildings"]
    page.add(("total", "value"), kinds)


_KINDS: dict[str, Filler] = {
    "summary": _summary,
    "fiscal_summary": _fiscal_summary,
    "income": _income,
    "expenditure": _expenditure,
    **{fund: partial(_of_fund, fund) for fund in FUNDS},
}
FILLERS: dict[str, Filler] = {
    **{f"{phase}.{form}": filler for phase in ("budget", "final") for form, filler in _KINDS.items()},
    "budget.basic": _budget_basic,
    "budget.three_public": _budget_three_public,
    "budget.procurement": _procurement,
    "budget.assets": _assets,
    "final.basic": _final_basic,
    "final.three_public": _final_three_public,
    **TEXTS,
}
"""How each form is filled, by its id."""
