"""Whether an indicator reached its target, and how far it got."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from hengjian.filing import Indicator
from hengjian.kernel import Interval, NotANumberError, Number, Quantity
from hengjian.kernel.number import parse_number, shifted
from hengjian.packs import squeeze
from hengjian.packs.schema import TargetWords

LIMITS = frozenset({"≤", "<"})
"""Operators of an upper limit: the less the better."""
_PLAIN = re.compile(r"[\d.,%]+")
_OPERATOR_MARKS = re.compile(r"\s*[≥≤＝=＞＜><≧≦]")
_UNIT = re.compile(r"(?P<multiplier>百万|[百千万亿]?)(?P<base>.*)", re.DOTALL)
_MULTIPLIERS = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "亿": 8}
_PER_CENT = "%"
_USUAL_UNITS = {
    "％": _PER_CENT,
    "百分比": _PER_CENT,
    "百分率": _PER_CENT,
    "日": "天",
    "自然日": "天",
    "名": "人",
    "位": "人",
}
_LEAD = re.compile(r"^(?:已|共|全年|累计|实际|平均)*(?:完成|达到|达)?了?(?=\d)")
"""What a result may say before its number: 已完成12次, 平均22分钟."""
_LIMIT_WORDS = re.compile(r"(?:及?以[上内下]|内)\s*$")
"""What a target or its unit says of its direction; a result that says so is no figure."""
_NO_WORDS = TargetWords()
_WHOLE = 100
_FULL = Interval.exactly(100)


class State(StrEnum):
    """What can be said of an indicator's result."""

    REACHED = "reached"
    MISSED = "missed"
    QUALITATIVE = "qualitative"
    BLANK = "blank"
    PROMPT = "prompt"
    REPEATS_TARGET = "repeats_target"
    NOT_NUMERIC = "not_numeric"
    OTHER_UNIT = "other_unit"
    IMPOSSIBLE = "impossible"
    NO_TARGET = "no_target"
    NO_OPERATOR = "no_operator"
    UNFIT_OPERATOR = "unfit_operator"


@dataclass(frozen=True, slots=True)
class Achievement:
    """An indicator's state and, where both figures are numbers, its result and completion rate in percent.

    A target is exact; a result is what it says ± half a unit of its last digit, and misses the target
    only when no value it stands for reaches it. `printed` is the rate when the result is taken as exact. A
    target of zero or less is no base: there is no rate.
    """

    state: State
    completion: Interval | None = None
    printed: Interval | None = None
    result: Interval | None = None


def achievement(
    indicator: Indicator, prompts: Sequence[re.Pattern[str]] = (), words: TargetWords = _NO_WORDS
) -> Achievement:
    """Hold an indicator's result against its target.

    `prompts` are guidance that is no result; `words` tell which rates are parts of a whole.

    >>> hours = Indicator("产出指标", "时效指标", "处理时限", "<", "24", "小时", "24")
    >>> achievement(hours).state
    <State.MISSED: 'missed'>
    """
    actual = (indicator.actual or "").strip()
    if _blank(actual):
        return Achievement(State.BLANK)
    actual = _LEAD.sub("", actual)
    if not _PLAIN.fullmatch(actual) and _is_prompt(actual, prompts):
        return Achievement(State.PROMPT)
    target = quantity(_LIMIT_WORDS.sub("", indicator.target or ""), indicator.unit)
    if target is None or indicator.operator in (None, "qualitative"):
        return Achievement(_without_comparison(indicator, target))
    unit = indicator.unit or target.unit
    result = quantity(actual, unit)
    if result is None or _impossible(indicator, unit, result.number, words):
        state = State.IMPOSSIBLE if result is not None else _unreadable(actual, indicator.target)
        return Achievement(state)
    return _compared(result, target.number, indicator.operator)


@lru_cache(maxsize=8_192)
def quantity(text: str | None, unit: str | None) -> Quantity | None:
    """Read a target or a result as a number in the unit of its column; None when it is none.

    A cell may repeat the unit, or state the same thing in another multiple of it. With any other unit it is
    no number of the column's: two days are not 2 hours. A blank unit column takes any.

    >>> [str(quantity(text, "万元").number.value) for text in ("1.5", "1.5万元", "15000元")]
    ['1.5', '1.5', '1.5000']
    >>> quantity("2天", "小时") is None
    True
    """
    if text is None:
        return None
    unit = usual_unit(unit or "", limits=False)
    try:
        stated = Quantity.parse(_bare(text.strip().replace("％", _PER_CENT), unit), unit)
    except NotANumberError:
        return None
    if stated is None or not unit or stated.unit == unit:
        return stated
    (from_places, from_base), (to_places, to_base) = _parts(usual_unit(stated.unit)), _parts(unit)
    if from_base != to_base:
        return None
    value = shifted(stated.number.value, from_places - to_places)
    return Quantity(Number(value, stated.number.text), unit)


@lru_cache(maxsize=1024)
def usual_unit(unit: str, *, limits: bool = True) -> str:
    """Return a unit in its usual writing; without `limits`, words such as 以内 behind it are left out.

    >>> usual_unit("％"), usual_unit("个工作日"), usual_unit("个"), usual_unit("小时内", limits=False)
    ('%', '工作日', '个', '小时')
    """
    squeezed = squeeze(unit if limits else _LIMIT_WORDS.sub("", unit))
    bare = squeezed.removeprefix("个") or squeezed
    return _USUAL_UNITS.get(bare, bare)


def _bare(text: str, unit: str) -> str:
    """Take away a unit that is repeated, wholly or by its multiplier alone: 96.5万 of 万人 is 96.5."""
    multiplier = unit.removesuffix(_parts(unit)[1])
    return text.removesuffix(unit) if text.endswith(unit) else text.removesuffix(multiplier)


@lru_cache(maxsize=1024)
def _parts(unit: str) -> tuple[int, str]:
    """Split a unit into the power of ten of its multiplier and what is counted.

    >>> _parts("万人"), _parts("人")
    ((4, '人'), (0, '人'))
    """
    match = _UNIT.fullmatch(unit)
    if match is None:
        return (0, unit)
    return (_MULTIPLIERS[match["multiplier"]], match["base"])


def _blank(text: str) -> bool:
    """Tell whether a cell says nothing: it is empty or holds a dash."""
    if not text:
        return True
    if any(char.isalnum() for char in text):
        return False
    try:
        return parse_number(text) is None
    except NotANumberError:
        return False


def reached_as_limit(indicator: Indicator) -> bool:
    """Tell whether a result is only a limit, but one beyond the target: 95%以上 reaches ≥90 % in any case."""
    actual, limits = (indicator.actual or "").strip(), indicator.operator in LIMITS
    marks, words = ("≤≦<＜", ("以内", "以下")) if limits else ("≥≧>＞", ("以上",))
    if indicator.operator not in (*LIMITS, "≥", ">") or not (actual[:1] in marks or actual.endswith(words)):
        return False
    bare = _LIMIT_WORDS.sub("", _OPERATOR_MARKS.sub("", actual))
    read = achievement(replace(indicator, actual=bare))
    return read.state is State.REACHED


def _unreadable(actual: str, target: str | None) -> State:
    """Return the state of a result that is no number in the column's unit."""
    if _OPERATOR_MARKS.match(actual):
        bare = quantity(_OPERATOR_MARKS.sub("", actual), None)
        wanted = quantity(_OPERATOR_MARKS.sub("", target or ""), None)
        same = bare is None or wanted is None or bare.number.value == wanted.number.value
        return State.REPEATS_TARGET if same else State.NOT_NUMERIC
    return State.NOT_NUMERIC if quantity(actual, None) is None else State.OTHER_UNIT


def _is_prompt(text: str, prompts: Sequence[re.Pattern[str]]) -> bool:
    squeezed = squeeze(text)
    return any(prompt.search(squeezed) for prompt in prompts)


def _without_comparison(indicator: Indicator, target: Quantity | None) -> State:
    """Return the state where operator and target do not make a comparison."""
    if indicator.target is None:
        return State.NO_TARGET
    if target is None:
        wordy = indicator.operator in (None, "qualitative")
        return State.QUALITATIVE if wordy else State.UNFIT_OPERATOR
    return State.NO_OPERATOR if indicator.operator is None else State.UNFIT_OPERATOR


def _impossible(indicator: Indicator, unit: str, result: Number, words: TargetWords) -> bool:
    """Tell whether a part of a whole is said to be under 0 % or over 100 %."""
    if 0 <= result.value <= _WHOLE or usual_unit(unit) != _PER_CENT:
        return False
    name = squeeze(indicator.name)
    free = any(word in name for word in words.unbounded)
    return not free and any(word in name for word in words.bounded)


@lru_cache(maxsize=8_192)
def _compared(stated: Quantity, target: Number, operator: str | None) -> Achievement:
    """Hold a result against a target; the projects of a department repeat many pairs."""
    result, wanted = stated.interval, Fraction(target.value)
    state = State.REACHED if reaches(result, wanted, operator) else State.MISSED
    completion = printed = _completion(result, wanted, operator)
    if not result.exact:
        printed = _completion(Interval.exactly(Fraction(stated.number.value)), wanted, operator)
    return Achievement(state, completion, printed, result)


def reaches(result: Interval, wanted: Fraction, operator: str | None) -> bool:
    """Tell whether some value of a result reaches a target, exactly unless an operator says else."""
    match operator:
        case "≥":
            return result.high >= wanted
        case ">":
            return result.high > wanted
        case "≤":
            return result.low <= wanted
        case "<":
            return result.low < wanted
        case _:
            return result.contains(wanted)


def _completion(result: Interval, wanted: Fraction, operator: str | None) -> Interval | None:
    """Result over target; for an upper limit, target over result beyond it and 100 % within it."""
    if operator not in LIMITS:
        return None if wanted <= 0 else _ratios(result.low, wanted, result.high, wanted)
    if result.high <= wanted:
        return _FULL
    if wanted < 0:
        return None
    if result.low <= wanted:
        return Interval(_ratios(wanted, result.high, wanted, result.high).low, Fraction(_WHOLE))
    return _ratios(wanted, result.high, wanted, result.low)


def _ratios(low: Fraction, by: Fraction, high: Fraction, by_high: Fraction) -> Interval:
    """Return low / by and high / by_high in percent, each reduced once."""
    least = Fraction(low.numerator * by.denominator * _WHOLE, low.denominator * by.numerator)
    if low is high and by is by_high:
        return Interval(least, least)
    return Interval(
        least, Fraction(high.numerator * by_high.denominator * _WHOLE, high.denominator * by_high.numerator)
    )
