"""Figures mentioned in a sentence, with the words that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.kernel import Amount, MoneyUnit, NotANumberError, Percent

NUMBER = r"[-－]?[\d０-９][\d０-９,，]*(?:\s*[.．]\s*[\d０-９]+)?"
AMOUNT = rf"{NUMBER}\s*(?:亿元|万元|元)(?!\s*[/／])"
PERCENT = rf"{NUMBER}\s*[%％](?!\s*个?百分点)"

_FIGURE = re.compile(rf"(?P<amount>{AMOUNT})|(?P<percent>{PERCENT})")
_UNIT = re.compile(r"亿元|万元|元")
_BOUNDARY = re.compile(r"[，,；;。：:、（）()]")
_FILLERS = re.compile(
    r"(?:决算数?|预算数?|预算安排|安排|总额|金额)?(?:合计|共计|总计|共|各)?(?:支出)?(?:为|是|达到|达|约|共计|计)?$"
)
_ORDINAL = re.compile(
    r"^\s*(?:\d{1,2}\s*[.．、]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、)\s*"
)
_BEFORE_NAME = re.compile(r"^\s*(?:其中)?\s*(?:20\d\d\s*年度?)?\s*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stated amount or percentage at ``text[start:end]``, and the label before it, squeezed."""

    value: Amount | Percent
    start: int
    end: int
    label: str
    depth: int

    @property
    def is_amount(self) -> bool:
        """Whether money is stated."""
        return isinstance(self.value, Amount)


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the figures of a text in order; `depth` counts the brackets around each.

    >>> [(m.label, str(m.value)) for m in mentions("2022年本年支出合计7.5万元，占95.18%")]
    [('本年支出合计', '7.5万元'), ('占', '95.18%')]
    """
    found: list[Mention] = []
    previous = 0
    for match in _FIGURE.finditer(text):
        value = _value(match)
        if value is None:
            continue
        label = _label(text[previous : match.start()])
        found.append(Mention(value, match.start(), match.end(), label, depth_at(text, match.start())))
        previous = match.end()
    return tuple(found)


def amount_of(text: str) -> Amount | None:
    """Read an amount that carries its unit, as the patterns here match it."""
    unit = _UNIT.search(text)
    if unit is None:
        return None
    try:
        return Amount.parse(text[: unit.start()], MoneyUnit.from_label(unit[0]))
    except NotANumberError:
        return None


def percent_of(text: str, of: str | None = None) -> Percent | None:
    """Read a percentage as the patterns here match it."""
    try:
        return Percent.parse(text, of)
    except NotANumberError:
        return None


def same_label(one: str, other: str, telling: int = 4) -> bool:
    """Tell whether two labels name the same thing: one holds the other's words, and neither the other side's.

    >>> same_label("一般公共预算财政拨款支出", "财政拨款支出"), same_label("基本支出", "项目支出")
    (True, False)
    """
    sides = [("收入" in label, "支出" in label) for label in (one, other)]
    if sides in ([(True, False), (False, True)], [(False, True), (True, False)]):
        return False
    one, other = _core(one), _core(other)
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return len(short) >= min(telling, len(long)) and short in long


def depth_at(text: str, position: int) -> int:
    """Count the brackets that are open at a position.

    >>> depth_at("甲（乙（丙）丁）", 4), depth_at("甲）乙", 2)
    (2, 0)
    """
    before = text[:position]
    opened = before.count("（") + before.count("(") - before.count("）") - before.count(")")
    return max(opened, 0)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences, ended by 。！？ outside brackets; the last may lack its mark."""
    start = depth = 0
    for index, character in enumerate(text):
        depth += (character in "（(") - (character in "）)")
        if character in "。！？" and depth <= 0:
            yield start, index + 1
            start, depth = index + 1, 0
    if start < len(text):
        yield start, len(text)


def _value(match: re.Match[str]) -> Amount | Percent | None:
    return amount_of(match["amount"]) if match["amount"] else percent_of(match["percent"])


def _label(before: str) -> str:
    pieces = [piece for piece in _BOUNDARY.split(before) if piece.strip()]
    piece = pieces[-1] if pieces else ""
    return "".join(_BEFORE_NAME.sub("", _ORDINAL.sub("", piece)).split())


def _core(label: str) -> str:
    squeezed = "".join(label.split()).replace("“", "").replace("”", "")
    return _FILLERS.sub("", squeezed) or squeezed
