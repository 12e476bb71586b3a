"""What the figures of the explanations mean, and of the tables that stand in the text.

A rate is stated where every department of a block has something to take it of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from hengjian.filing.facts import Integers
from hengjian.synth.economy import KINDS_OF_PURCHASES, Economy, Phase, total
from hengjian.synth.pages import CodeTree, Page

Filler: TypeAlias = Callable[[Page, Economy, Phase], None]
PERSONNEL = ("301", "303")
"""Classes of personnel expenditure; the other classes are public-use expenditure."""
WHOLE = 10_000
"""One of what is counted, as it is stored."""
_LEAST = 100_000
"""A base of less than 1,000 yuan, in fen, is printed with too few digits for a rate."""
_RATED = ("expenditure_year", "general_public", "three_public", "vehicles", "vehicle_operation", "reception")
_MAY_BE_NONE = ("abroad", "vehicle_purchase")
EXPLAINED = (
    "total_income_expenditure",
    "fiscal_total",
    "income_year",
    "expenditure_year",
    "general_public",
    "abroad",
    "vehicle_purchase",
    "vehicle_operation",
    "reception",
    "operating_cost",
    "procurement",
)
"""Rows of the explanation that change by themselves; the others are sums of these."""
PLANNED = ("basic", "project", "other")


def _explanation(page: Page, economy: Economy, phase: Phase) -> None:
    now = _explained(phase)
    before = {row: last_year(now[row], economy.growth[row], economy.grain) for row in EXPLAINED}
    for row in _MAY_BE_NONE:
        before[row] = np.where(now[row] == 0, 0, before[row])
    change = {row: now[row] - before[row] for row in EXPLAINED}
    for amounts in (now, before, change):
        amounts["vehicles"] = amounts["vehicle_purchase"] + amounts["vehicle_operation"]
        amounts["three_public"] = amounts["abroad"] + amounts["vehicles"] + amounts["reception"]
    planned = _explained(economy.budget)
    planned["vehicles"] = planned["vehicle_purchase"] + planned["vehicle_operation"]
    planned["three_public"] = planned["abroad"] + planned["vehicles"] + planned["reception"]
    for row, amount in now.items():
        page.put(row, "amount", amount)
        page.put(row, "change", change[row])
        if row not in _MAY_BE_NONE:
            page.put(row, "change_rate", percentage(change[row], before[row]))
        if row in _RATED:
            page.put(row, "completion", percentage(amount, planned[row]))
    page.add(("vehicles", "amount"), [("vehicle_purchase", "amount"), ("vehicle_operation", "amount")])
    items = [(row, "amount") for row in ("abroad", "vehicles", "reception")]
    page.add(("three_public", "amount"), items)


def _explained(phase: Phase) -> dict[str, Integers]:
    fiscal, every = tuple(phase.funds.values()), (*phase.funds.values(), phase.own)
    income = total(fund.income for fund in every).sum(axis=0) + phase.distributed - phase.used
    opening = total(fund.opening for fund in every).sum(axis=0)
    return {
        "total_income_expenditure": income + phase.used + opening,
        "fiscal_total": total(fund.income + fund.opening for fund in fiscal).sum(axis=0),
        "income_year": income,
        "expenditure_year": total(fund.expenditure for fund in every).sum(axis=0),
        "general_public": phase.funds["general_public"].expenditure.sum(axis=0),
        **phase.three_public,
        "operating_cost": of_classes(phase, personnel=False),
        "procurement": total(phase.purchases.values()),
    }


def last_year(amounts: Integers, permille: Integers, grain: int) -> Integers:
    """Return last year's amounts from this year's: at least 1,000 yuan, so that a rate can be stated."""
    before: Integers = np.maximum(amounts // grain * permille // 1000 * grain, _LEAST)
    return before


def percentage(part: Integers, whole: Integers) -> Integers:
    """Return a percentage as it is published, two decimals half up, in ten-thousandths of a point.

    >>> percentage(np.array([1, -1]), np.array([3, 8])).tolist()
    [333300, -125000]
    """
    hundredths = (20_000 * abs(part) + whole) // (2 * whole)
    stated: Integers = np.sign(part) * hundredths * 100
    return stated


def of_classes(phase: Phase, *, personnel: bool) -> Integers:
    """Return the basic expenditure of the personnel classes, or of the others."""
    return total(amount for code, amount in phase.economic.items() if (code[:3] in PERSONNEL) == personnel)


def _budget_notes(page: Page, economy: Economy, phase: Phase) -> None:
    every = (*phase.funds.values(), phase.own)
    amounts = {
        nature: total(fund.natures[nature] for fund in every).sum(axis=0) for nature in ("basic", "project")
    }
    spent = total(fund.expenditure + fund.closing for fund in every).sum(axis=0)
    amounts["other"] = spent - amounts["basic"] - amounts["project"]
    for row, amount in amounts.items():
        page.put(row, "amount", amount)
        before = last_year(amount, economy.growth[f"planned_{row}"], economy.grain)
        page.put(row, "change", amount - before)
    for column in ("amount", "change"):
        page.add(("total", column), [(row, column) for row in amounts])
    for row, amount in phase.purchased.items():
        page.put(f"procurement_{row}", "amount", amount)
    page.add(("procurement", "amount"), [(f"procurement_{kind}", "amount") for kind in KINDS_OF_PURCHASES])
    page.put("operating_cost", "amount", of_classes(phase, personnel=False))
    capital = [amount for code, amount in phase.economic.items() if code.startswith("310")]
    page.put("planned_assets", "amount", total([np.zeros_like(spent), *capital]))


def _adjustments(page: Page, economy: Economy, phase: Phase) -> None:
    """Fill what was budgeted, and how it was adjusted to what it came to."""
    for row in ("basic", "project"):
        before, after = (_of_nature(each, row) for each in (phase, economy.final))
        page.put(row, "initial", before)
        page.put(row, "increase", np.maximum(after - before, 0))
        page.put(row, "decrease", np.maximum(before - after, 0))
        page.put(row, "adjusted", after)
    for column in ("initial", "increase", "decrease", "adjusted"):
        page.add(("total", column), [("basic", column), ("project", column)])


def _of_nature(phase: Phase, nature: str) -> Integers:
    """Return what was spent on running the department, or on everything else."""
    every = (*phase.funds.values(), phase.own)
    basic: Integers = total(fund.natures["basic"] for fund in every).sum(axis=0)
    rest: Integers = total(fund.expenditure for fund in every).sum(axis=0) - basic
    return basic if nature == "basic" else rest


def _units(page: Page, economy: Economy, _: Phase) -> None:
    for place, column in enumerate(("units", "posts", "staff")):
        counts = {kind: each[place] * WHOLE for kind, each in economy.units.items()}
        _counts(page, column, counts)


def _counts(page: Page, column: str, counts: Mapping[str, Integers]) -> None:
    for row, number in counts.items():
        page.put(row, column, number)
    page.put("total", column, total(counts.values()))


def _basic_notes(page: Page, _: Economy, phase: Phase) -> None:
    page.put("personnel", "amount", of_classes(phase, personnel=True))
    page.put("public", "amount", of_classes(phase, personnel=False))
    page.add(("total", "amount"), [("personnel", "amount"), ("public", "amount")])


def _items(page: Page, economy: Economy, phase: Phase) -> None:
    places = economy.items.of("general_public")
    planned, spent = (each.funds["general_public"].expenditure[places] for each in (economy.budget, phase))
    for place, before, now in zip(places, planned, spent, strict=True):
        code = economy.items.codes[place]
        page.put(code, "budget", before)
        page.put(code, "amount", now)
        _rate(page, (code, "completion"), now, before)


def _structure(page: Page, economy: Economy, phase: Phase) -> None:
    places, spent = economy.items.of("general_public"), phase.funds["general_public"].expenditure
    tree = CodeTree(tuple(economy.items.codes[place] for place in places), page.levels)
    for code, amount in tree.by_class(spent[places]):
        page.put(code, "amount", amount)
        _rate(page, (code, "share"), amount, spent.sum(axis=0))


def _procured(page: Page, _: Economy, phase: Phase) -> None:
    whole = total(phase.purchases.values())
    for row, amount in phase.purchased.items():
        page.put(row, "amount", amount)
        _rate(page, (row, "share"), amount, whole)
    page.add(("total", "amount"), [(kind, "amount") for kind in KINDS_OF_PURCHASES])


def _three_public_shares(page: Page, _: Economy, phase: Phase) -> None:
    items = dict(phase.three_public)
    whole = total(items.values())
    items["vehicles"] = items["vehicle_purchase"] + items["vehicle_operation"]
    for row, amount in items.items():
        _rate(page, (row, "share"), amount, whole)


def _three_public_counts(page: Page, economy: Economy, phase: Phase) -> None:
    """Fill numbers that fit the money: a trip costs, and so do a vehicle and a guest."""
    money = phase.three_public
    groups = np.where(money["abroad"] > 0, 1 + money["abroad"] // 10_000_000, 0)
    batches = np.where(money["reception"] > 0, 1 + money["reception"] // 100_000, 0)
    numbers = {
        "abroad_groups": groups,
        "abroad_persons": groups * 3,
        "vehicles_bought": np.where(money["vehicle_purchase"] > 0, 1, 0),
        "vehicles_kept": economy.assets["vehicles"][0],
        "reception_batches": batches,
        "reception_persons": batches * 7,
        "foreign_batches": batches // 50,
        "foreign_persons": batches // 50 * 4,
    }
    for row, number in numbers.items():
        page.put(row, "number", number * WHOLE)


def _vehicles(page: Page, economy: Economy, _: Phase) -> None:
    kept = economy.assets["vehicles"][0]
    kinds = {"emergency": kept // 2, "enforcement": kept // 3}
    kinds["other"] = kept - total(kinds.values())
    rest = [row.id for row in page.form.rows if row.of_which == "total" and row.id not in kinds]
    _counts(page, "number", {row: kinds.get(row, 0 * kept) * WHOLE for row in (*kinds, *rest)})


def _rate(page: Page, at: tuple[str, str], part: Integers, whole: Integers) -> None:
    if bool((whole >= _LEAST).all()):
        page.put(*at, percentage(part, whole))


TEXTS: dict[str, Filler] = {
    "department.units": _units,
    "budget.notes": _budget_notes,
    "budget.adjustments": _adjustments,
    "final.explanation": _explanation,
    "final.basic_notes": _basic_notes,
    "final.items": _items,
    "final.structure": _structure,
    "final.procurement": _procured,
    "final.three_public_notes": _three_public_shares,
    "final.three_public_counts": _three_public_counts,
    "final.vehicles": _vehicles,
}
"""How the figures of each text are filled, by form."""
CHANGING = (*EXPLAINED, *(f"planned_{row}" for row in PLANNED))
"""What has a last year."""
