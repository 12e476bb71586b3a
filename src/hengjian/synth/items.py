"""Which functional items a department of a kind has, what pays for them and how heavy each is."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.packs.standards import Scheme
from hengjian.synth.names import Kind

FUNDS = ("general_public", "government_fund", "state_capital")
_FUND_CODES = {"government_fund": ("21208", "22904", "22960"), "state_capital": ("223",)}
_NO_DEPARTMENTS = ("209", "227", "230", "231", "232", "233", "234")
_SHARED = ("2080505", "2101101", "2210201", "2080506", "2101103", "2080501", "2101102", "2080502")
"""Pensions, medical insurance and housing of the staff: every department has them."""
_BASIC = {"2080505": 70, "2080506": 25, "2080501": 20, "2080502": 8, "2101101": 30, "2101102": 12}
_BASIC |= {"2101103": 12, "2210201": 60}
_RUNNING = {"行政运行": 500, "事业运行": 200, "机关服务": 30}
_FIRST = ("行政运行", "一般行政管理事务", "事业运行")
_HOME_PROJECT, _PROGRAMME = 300, 400
ELSEWHERE = 6
"""The weight of project items that are neither a department's own nor its programmes."""
FEWEST = 6
"""Two of the department's own, two of its staff's, one of each other budget."""


@dataclass(frozen=True, slots=True)
class Items:
    """Functional items in code order with the fund that pays for each and typical weights.

    `main` is the place of the department's own first item; `basic` and `project` weigh the two kinds of
    expenditure.
    """

    codes: tuple[str, ...]
    funds: tuple[str, ...]
    main: int
    basic: tuple[int, ...]
    project: tuple[int, ...]

    def of(self, fund: str) -> list[int]:
        """Return the places of a fund's items."""
        return [place for place, each in enumerate(self.funds) if each == fund]


def items_of(scheme: Scheme, kind: Kind, count: int) -> Items | None:
    """Choose `count` items, or all there are; None when the pack has none of the kind's own."""
    leaves = _leaves(scheme)
    funds = {code: _fund(code) for code in leaves}
    home = [code for code in leaves if code.startswith(kind.home) and len(code) == max(scheme.levels)]
    if not home:
        return None
    home.sort(key=lambda code: _FIRST.index(name) if (name := scheme.items[code].name) in _FIRST else 9)
    wanted = dict.fromkeys([*home[: len(_FIRST)], *_SHARED, *kind.programmes, *home, *leaves])
    depth = max(scheme.levels)
    general = [code for code in wanted if funds.get(code) == "general_public" and len(code) == depth]
    others = [
        [code for code in wanted if funds.get(code) == fund][: max(count // 20, 1)] for fund in _FUND_CODES
    ]
    chosen = general[: count - sum(map(len, others))] + [code for codes in others for code in codes]
    codes = tuple(sorted(chosen))
    weights = [_weights(scheme, kind, home[0], code) for code in codes]
    return Items(
        codes,
        tuple(funds[code] for code in codes),
        codes.index(home[0]),
        tuple(basic for basic, _ in weights),
        tuple(project for _, project in weights),
    )


def _leaves(scheme: Scheme) -> list[str]:
    """Return the codes without codes below them, the deepest first, without what no department spends."""
    above = {code[:length] for code in scheme.items for length in scheme.levels if length < len(code)}
    leaves = (code for code in scheme.items if code not in above and not code.startswith(_NO_DEPARTMENTS))
    return sorted(leaves, key=lambda code: (-len(code), code))


def _fund(code: str) -> str:
    return next((fund for fund, codes in _FUND_CODES.items() if code.startswith(codes)), "general_public")


def _weights(scheme: Scheme, kind: Kind, main: str, code: str) -> tuple[int, int]:
    """Return the weights of an item among basic and among project expenditure."""
    if code in _BASIC:
        return _BASIC[code], 0
    if _fund(code) != "general_public":
        return 0, 0
    if code in kind.programmes:
        return 0, _PROGRAMME
    if not code.startswith(kind.home):
        return 0, ELSEWHERE
    running = _RUNNING.get(scheme.items[code].name, 0)
    if code == main:
        return running or _RUNNING["行政运行"], 0 if running else _HOME_PROJECT
    return (running, 0) if running else (0, _HOME_PROJECT)
