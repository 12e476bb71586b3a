"""The money of many departments at once: what came in, from where, and what it was spent on.

A phase is a year's budget or its final accounts. All amounts are whole fen; arrays are items × departments or
departments. Nothing here knows a form: forms are filled from these amounts by what their cells mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from hengjian.filing.facts import Integers
from hengjian.synth.draws import Draws
from hengjian.synth.items import ELSEWHERE, FUNDS, Items

OWN_NATURES = ("operating", "remitted_to_superior", "subsidies_to_affiliates")
SOURCES = {
    "institutional": 50,
    "other": 25,
    "fiscal_account": 10,
    "superior_subsidy": 8,
    "operating": 5,
    "affiliate_remittance": 2,
}
"""Where own money comes from, with typical weights."""
ECONOMIC = {
    "30101": 180, "30102": 140, "30103": 90, "30107": 60, "30108": 70, "30109": 30, "30110": 40, "30111": 15,
    "30112": 8, "30113": 80, "30199": 25, "30201": 20, "30202": 5, "30205": 3, "30206": 8, "30207": 6,
    "30211": 18, "30213": 6, "30215": 3, "30216": 4, "30217": 3, "30226": 12, "30227": 10, "30228": 10,
    "30229": 8, "30239": 35, "30299": 20, "30302": 10, "30304": 3, "30305": 15, "30307": 6, "30399": 3,
    "31002": 6, "30231": 10, "30212": 4, "31013": 20,
}  # fmt: skip
"""Economic codes of basic expenditure with typical weights in thousandths."""
_SELDOM = {"30212": 4, "31013": 6}
"""Codes that only some percent of departments have."""
THREE_PUBLIC = {
    "abroad": "30212",
    "vehicle_purchase": "31013",
    "vehicle_operation": "30231",
    "reception": "30217",
}
KINDS_OF_PURCHASES = ("goods", "works", "services")
ASSETS = {
    "buildings": (2_500, 6_000_000),
    "office_buildings": (1, 0),
    "vehicles": (4, 700_000),
    "large_equipment": (2, 900_000),
    "other": (400, 1_500_000),
}
"""Kinds of assets with the typical quantity and value in yuan; offices are a part of the buildings."""


@dataclass(frozen=True, slots=True)
class Fund:
    """The money of one budget, or a department's own, by item. It balances: nothing comes from nowhere."""

    opening: Integers
    closing: Integers
    natures: Mapping[str, Integers]

    @property
    def expenditure(self) -> Integers:
        """What was spent in the year."""
        return total(self.natures.values())

    @property
    def income(self) -> Integers:
        """What came in: spent and left over, beyond what was there."""
        return self.expenditure + self.closing - self.opening


@dataclass(frozen=True, slots=True)
class Phase:
    """A year as it was budgeted or as it came out.

    `sources` splits the income of `own`, less the reserves `used` and with what was `distributed`. `economic`
    splits the basic expenditure of the general public budget; `three_public` holds the four smallest items;
    `purchases` are by fund, `purchased` by kind of goods and of supplier.
    """

    funds: Mapping[str, Fund]
    own: Fund
    sources: Mapping[str, Integers]
    economic: Mapping[str, Integers]
    three_public: Mapping[str, Integers]
    purchases: Mapping[str, Integers]
    purchased: Mapping[str, Integers]
    used: Integers
    distributed: Integers


@dataclass(frozen=True, slots=True)
class Economy:
    """A block of departments.

    `units` counts units, posts and staff by kind of unit, `assets` holds quantity and value by kind;
    `growth` is last year's amount in thousandths of this year's, by what changed.
    """

    items: Items
    headcount: Integers
    units: Mapping[str, tuple[Integers, Integers, Integers]]
    assets: Mapping[str, tuple[Integers, Integers]]
    budget: Phase
    final: Phase
    growth: Mapping[str, Integers]
    grain: int


def draw_economy(draws: Draws, items: Items, economic: Iterable[str], changing: Iterable[str]) -> Economy:
    """Draw the economy of departments with these items and economic codes."""
    headcount = np.maximum(np.rint(38 * np.exp(draws.rng.normal(0, 0.7, draws.departments))), 6).astype(
        np.int64
    )
    budget = _budget(draws, items, tuple(economic), headcount)
    assets = {
        kind: (draws.whole(1, 2 * quantity), draws.amounts(value, 0.6))
        for kind, (quantity, value) in ASSETS.items()
    }
    quantity, value = assets["buildings"]
    share = draws.whole(200, 900)
    assets["office_buildings"] = (quantity * share // 1000, draws.scaled(value, share))
    return Economy(
        items,
        headcount,
        _units(draws, headcount),
        assets,
        budget,
        _final(draws, items, budget),
        {name: draws.whole(880, 1120) for name in changing},
        draws.grain,
    )


def total(amounts: Iterable[Integers]) -> Integers:
    """Add arrays of one shape."""
    first, *rest = amounts
    return sum(rest, start=first)


def _units(draws: Draws, headcount: Integers) -> dict[str, tuple[Integers, Integers, Integers]]:
    """Return units, posts and staff by kind: one administration, and institutions below some."""
    one = np.ones_like(headcount)
    units = {
        "administrative": one,
        "civil_service_managed": draws.some(30),
        "public_institution": draws.whole(0, 3),
        "other": 0 * one,
    }
    weights = np.stack(list(units.values())) * np.array([[3], [1], [1], [1]])
    staff = replace(draws, grain=1).split(headcount, weights)
    return {
        kind: (count, people + draws.whole(0, 3) * (people > 0), people)
        for (kind, count), people in zip(units.items(), staff, strict=True)
    }


def _budget(draws: Draws, items: Items, codes: tuple[str, ...], headcount: Integers) -> Phase:
    running = headcount * draws.amounts(140_000, 0.15)
    weights = draws.weights([ECONOMIC[code] for code in codes], 0.3)
    for code, percent in _SELDOM.items():
        if code in codes:
            weights[codes.index(code)] *= draws.some(percent)
    economic = dict(zip(codes, draws.split(running, weights), strict=True))
    basic = draws.split(running, draws.weights(items.basic, 0.3))
    project = draws.split(np.maximum(draws.amounts(6_000_000, 0.9), 20_000_000), _projects(draws, items))
    natures = {fund: {"basic": np.zeros_like(basic), "project": np.zeros_like(basic)} for fund in FUNDS}
    natures["general_public"] = {"basic": basic, "project": project}
    for fund, median, percent in (("government_fund", 800_000, 40), ("state_capital", 300_000, 10)):
        spent = draws.amounts(median, 0.8) * draws.some(percent)
        places = items.of(fund)
        natures[fund]["project"][places] = draws.split(spent, draws.weights([1] * len(places), 0.7))
    funds = {fund: _fund(draws, each, carried=8) for fund, each in natures.items()}
    own = _fund(draws, _own_natures(draws, items, basic, project), carried=8)
    none = np.zeros_like(running)
    purchases = _purchases(draws, funds, own)
    return Phase(
        funds,
        own,
        _sources(draws, own.income, SOURCES),
        economic,
        _three_public(draws, economic, project),
        purchases,
        _purchased(draws, purchases),
        none,
        none,
    )


def _projects(draws: Draws, items: Items) -> Integers:
    """Return the weights of project items; of those that are not the department's own some are without."""
    weights = draws.weights(items.project, 0.8)
    elsewhere = np.array(items.project)[:, None] <= ELSEWHERE
    return np.where(elsewhere, weights * draws.some(70, len(items.codes)), weights)


def _own_natures(draws: Draws, items: Items, basic: Integers, project: Integers) -> dict[str, Integers]:
    """Return what some departments spend of their own money, in proportion to the fiscal items."""
    has = draws.some(35)
    natures = {
        "basic": draws.scaled(basic, draws.whole(10, 90) * has),
        "project": draws.scaled(project, draws.whole(20, 200) * has),
    }
    for nature in OWN_NATURES:
        natures[nature] = np.zeros_like(basic)
        natures[nature][items.main] = draws.amounts(150_000, 0.8) * draws.some(15) * has
    return natures


def _final(draws: Draws, items: Items, budget: Phase) -> Phase:
    """Return how the budgeted year came out: what was carried over is the same, the rest differs."""
    economic = {code: draws.scaled(each, draws.whole(930, 1060)) for code, each in budget.economic.items()}
    planned = budget.funds["general_public"].natures["basic"]
    basic = draws.split(total(economic.values()), planned // 10_000)
    funds = {}
    for fund, each in budget.funds.items():
        natures = {nature: _executed(draws, amounts) for nature, amounts in each.natures.items()}
        if fund == "general_public":
            natures["basic"] = basic
        funds[fund] = _fund(draws, natures, carried=30, opening=each.opening)
    own_natures = {nature: _executed(draws, amounts) for nature, amounts in budget.own.natures.items()}
    own = _fund(draws, own_natures, carried=30, opening=budget.own.opening)
    earned = own.income[items.main]
    used = draws.scaled(earned, draws.whole(0, 100) * draws.some(20))
    distributed = draws.scaled(earned, draws.whole(0, 50) * draws.some(10))
    income = own.income.copy()
    income[items.main] += distributed - used
    sources = {source: weight for source, weight in SOURCES.items() if source != "fiscal_account"}
    purchases = {fund: _executed(draws, amounts) for fund, amounts in budget.purchases.items()}
    return Phase(
        funds,
        own,
        _sources(draws, income, sources),
        economic,
        _three_public(draws, economic, funds["general_public"].natures["project"]),
        purchases,
        _purchased(draws, purchases),
        used,
        distributed,
    )


def _executed(draws: Draws, amounts: Integers) -> Integers:
    rows = len(amounts) if amounts.ndim > 1 else None
    return draws.scaled(amounts, draws.whole(820, 1010, rows))


def _fund(
    draws: Draws, natures: Mapping[str, Integers], carried: int, opening: Integers | None = None
) -> Fund:
    """Return a fund with what is left over, a small part of what was spent for `carried` percent of items."""
    spent = total(natures.values())
    rows = len(spent)
    if opening is None:
        opening = draws.scaled(spent, draws.whole(0, 60, rows) * draws.some(30, rows))
    closing = draws.scaled(spent, draws.whole(0, 50, rows) * draws.some(carried, rows))
    return Fund(opening, closing, natures)


def _sources(draws: Draws, income: Integers, typical: Mapping[str, int]) -> dict[str, Integers]:
    weights = draws.weights(tuple(typical.values()), 0.5) * draws.some(60, len(typical))
    return dict(zip(typical, draws.split(income, weights), strict=True))


def _three_public(draws: Draws, economic: Mapping[str, Integers], project: Integers) -> dict[str, Integers]:
    """Return the four items: what basic expenditure has of each, and a small part of the projects."""
    extra = np.minimum(draws.scaled(project.sum(axis=0), draws.whole(0, 6)), 20_000_000)
    none = np.zeros_like(extra)
    shares = draws.split(extra, draws.weights((0, 0, 3, 2), 0.4))
    return {
        name: economic.get(code, none) + share
        for (name, code), share in zip(THREE_PUBLIC.items(), shares, strict=True)
    }


def _purchases(draws: Draws, funds: Mapping[str, Fund], own: Fund) -> dict[str, Integers]:
    spent = {fund: each.natures["project"].sum(axis=0) for fund, each in funds.items()}
    spent["unit_funds"] = own.natures["project"].sum(axis=0)
    return {fund: draws.scaled(each, draws.whole(20, 250)) for fund, each in spent.items()}


def _purchased(draws: Draws, purchases: Mapping[str, Integers]) -> dict[str, Integers]:
    bought = total(purchases.values())
    kinds = draws.split(bought, draws.weights((5, 2, 3), 0.5))
    small_medium = draws.scaled(bought, draws.whole(300, 950))
    small = draws.scaled(small_medium, draws.whole(400, 1000))
    return {
        **dict(zip(KINDS_OF_PURCHASES, kinds, strict=True)),
        "small_medium": small_medium,
        "small": small,
    }
