"""Whether an indicator reached its target, and how far it got."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hengjian.filing import Indicator
from hengjian.kernel import Interval, MoneyUnit, NotANumberError, Number, Quantity, percentage
from hengjian.kernel.number import shifted
from hengjian.packs import squeeze

_OPERATOR_MARKS = re.compile(r"\s*[≥≤＝=＞＜><≧≦]")
_HUNDRED = Interval.exactly(100)


class State(StrEnum):
    """What can be said of an indicator's result."""

    REACHED = "reached"
    MISSED = "missed"
    QUALITATIVE = "qualitative"
    BLANK = "blank"
    PROMPT = "prompt"
    REPEATS_TARGET = "repeats_target"
    NOT_NUMERIC = "not_numeric"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Achievement:
    """An indicator's state and, where both figures are numbers, its completion rate in percent.

    A target is exact; a result is what it says ± half a unit of its last digit, and misses the target
    only when no value it stands for reaches it.
    """

    state: State
    completion: Interval | None = None


def achievement(indicator: Indicator, prompts: Sequence[re.Pattern[str]] = ()) -> Achievement:
    """Hold an indicator's result against its target.

    >>> hours = Indicator("产出指标", "时效指标", "处理时限", "<", "24", "小时", "24")
    >>> achievement(hours).state
    <State.MISSED: 'missed'>
    """
    actual = indicator.actual
    if actual is None or not actual.strip():
        return Achievement(State.BLANK)
    if any(prompt.search("".join(actual.split())) for prompt in prompts):
        return Achievement(State.PROMPT)
    target = quantity(indicator.target, indicator.unit)
    if indicator.operator in (None, "qualitative") or target is None:
        return Achievement(State.NO_TARGET if indicator.target is None else State.QUALITATIVE)
    if _OPERATOR_MARKS.match(actual):
        return Achievement(State.REPEATS_TARGET)
    result = quantity(actual, indicator.unit)
    if result is None:
        return Achievement(State.NOT_NUMERIC)
    wanted = Interval.exactly(Fraction(target.number.value))
    reached = _reaches(result.interval, wanted, indicator.operator)
    return Achievement(
        State.REACHED if reached else State.MISSED, _completion(result.interval, wanted, indicator.operator)
    )


def quantity(text: str | None, unit: str | None) -> Quantity | None:
    """Read a target or a result as a number in the unit of its column; None when it is none.

    A cell may repeat the unit or state money in another one.

    >>> [str(quantity(text, "万元").number.value) for text in ("1.5", "1.5万元", "15000元")]
    ['1.5', '1.5', '1.5000']
    """
    if text is None:
        return None
    unit = squeeze(unit or "")
    try:
        stated = Quantity.parse(text.strip().removesuffix(unit), unit)
    except NotANumberError:
        return None
    exponents = {each.label: each.exponent for each in MoneyUnit}
    if stated is None or unit not in exponents or stated.unit not in exponents:
        return stated
    value = shifted(stated.number.value, exponents[stated.unit] - exponents[unit])
    return Quantity(Number(value, stated.number.text), unit)


def _reaches(result: Interval, wanted: Interval, operator: str | None) -> bool:
    match operator:
        case "≥":
            return result.high >= wanted.low
        case ">":
            return result.high > wanted.low
        case "≤":
            return result.low <= wanted.high
        case "<":
            return result.low < wanted.high
        case _:
            return result.agrees(wanted)


def _completion(result: Interval, wanted: Interval, operator: str | None) -> Interval | None:
    """Result over target; for an upper limit, target over result (the less the better)."""
    if operator in ("≤", "<"):
        return _HUNDRED if result.high <= wanted.low else percentage(wanted, result)
    return percentage(result, wanted)
