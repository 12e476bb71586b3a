"""A form of targets as the checks see it: indicators, vocabulary, and how a finding is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from hengjian.filing import Indicator, Project
from hengjian.kernel import Finding, MoneyUnit, Text
from hengjian.packs import squeeze
from hengjian.packs.indicator_library import LibraryIndicator
from hengjian.packs.schema import TargetWords, UnitRule, Vocabulary
from hengjian.scoring.achievement import quantity
from hengjian.scoring.words import target_in_words

ROUTINE_CLASSES = frozenset("RY")
"""人员类 and 运转类 projects: their forms are set by the system, and they serve the unit itself."""
PERCENT = frozenset({"%", "％", "百分比"})
FULL = Fraction(100)
_MOST_NAMED = 6
_KEPT = 8_192
_MOST_RELATED = 8
_NOTHING = Text("", "")
_BETTER = Text("；指标库的写法：{entries}", "; the library has: {entries}")
_OPENING, _CLOSING = "（([【", "）)]】"


@dataclass(frozen=True, slots=True)
class TargetForm:
    """The targets of a project, or of the whole department when `project` is None.

    `nearest` finds the library's entry for a name, `rule_of` the rule for its unit; a filing's forms share
    them, and what they found.
    """

    name: str
    indicators: tuple[Indicator, ...]
    vocabulary: Vocabulary
    nearest: Callable[[str], LibraryIndicator | None]
    rule_of: Callable[[str], UnitRule | None]
    project: Project | None = None

    @property
    def words(self) -> TargetWords:
        """What the words in indicators' names tell."""
        return self.vocabulary.target_words

    def finding(self, code: str, indicator: Indicator, **values: Any) -> Finding:  # noqa: ANN401
        """Return a finding about one indicator; `better` holds how the library writes it."""
        values.setdefault("stated", target_in_words(indicator) or None)
        return Finding.of(
            code,
            values.pop("place", indicator.place),
            basis=self.vocabulary.basis,
            name=indicator.name,
            target=target_in_words(indicator),
            unit=indicator.unit or "",
            better=self.better([indicator]),
            **values,
        )

    def together(self, code: str, indicators: Sequence[Indicator], **values: Any) -> Iterable[Finding]:  # noqa: ANN401
        """Yield one finding for all the indicators of the form that show the same thing, if any do."""
        if not indicators:
            return
        first, *others = indicators
        values.setdefault("stated", target_in_words(first) or None)
        yield Finding.of(
            code,
            first.place,
            related=tuple(indicator.place for indicator in others[:_MOST_RELATED]),
            basis=self.vocabulary.basis,
            form=self.name,
            count=len(indicators),
            names=quoted(indicator.name for indicator in indicators),
            better=self.better(indicators),
            **values,
        )

    def better(self, indicators: Iterable[Indicator]) -> Text:
        """Return how the library writes the indicators that it has; nothing for the others."""
        entries: list[str] = []
        for name in dict.fromkeys(indicator.name for indicator in indicators):
            entry = self.nearest(name)
            if entry is not None and entry.operator != "qualitative" and len(entries) < _MOST_NAMED:
                entries.append(_entry_in_words(entry))
        entries = list(dict.fromkeys(entries))
        return _BETTER.filled(entries="、".join(entries)) if entries else _NOTHING


def _entry_in_words(entry: LibraryIndicator) -> str:
    """Return an entry as it would be written; a target in words keeps its unit apart."""
    unit, target = entry.unit or "", entry.target or ""
    if not target:
        return f"“{entry.name}”（{f'单位{unit}，' if unit else ''}{entry.id}）"
    if any(mark.isdigit() for mark in target):
        return f"“{entry.name}”{entry.operator}{target}{unit}（{entry.id}）"
    return f"“{entry.name}”{entry.operator}{target}（{f'单位{unit}，' if unit else ''}{entry.id}）"


def quoted(names: Iterable[str]) -> str:
    """Return names in quotes, each once; what is beyond the sixth is only said to be there.

    >>> quoted(["甲", "“三公”经费", "甲"])
    '“甲”、“‘三公’经费”'
    """
    each = [name.replace("“", "‘").replace("”", "’") for name in dict.fromkeys(names)]
    return "、".join(f"“{name}”" for name in each[:_MOST_NAMED]) + ("等" if len(each) > _MOST_NAMED else "")


def number_of(indicator: Indicator) -> Fraction | None:
    """Return the number that an indicator aims at, in its own unit; None when the target is no number."""
    return _number(indicator.target, indicator.unit)


@lru_cache(maxsize=_KEPT)
def _number(target: str | None, unit: str | None) -> Fraction | None:
    stated = quantity(target, unit)
    return None if stated is None else Fraction(stated.number.value)


def unit_of(indicator: Indicator) -> str:
    """Return an indicator's unit without white space, or what its target prints behind the number."""
    unit = squeeze(indicator.unit or "")
    if unit:
        return unit
    stated = quantity(indicator.target, None)
    return "" if stated is None else stated.unit


def is_percent(indicator: Indicator) -> bool:
    """Tell whether an indicator is measured in percent."""
    return unit_of(indicator) in PERCENT


def is_money(unit: str | None) -> bool:
    """Tell whether a unit is one of money, without anything it is paid for."""
    return squeeze(unit or "") in {each.label for each in MoneyUnit}


def has_word(text: str | None, words: Iterable[str]) -> bool:
    """Tell whether a text holds one of the words."""
    return text is not None and any(word in text for word in words)


def is_benefit(indicator: Indicator) -> bool:
    """Tell whether an indicator stands among the benefits (效益、影响)."""
    return has_word(indicator.level1 + indicator.level2, ("效益", "影响"))


def level_of(indicator: Indicator) -> str:
    """Return the level-2 name without white space, the level-1 name where there is none."""
    return squeeze(indicator.level2) or squeeze(indicator.level1)


@lru_cache(maxsize=_KEPT)
def bare_name(name: str) -> str:
    """Return a name without white space and what stands in brackets, however they cross.

    >>> bare_name("结余率[计算方法：（结余/预算]×100%）"), bare_name("满意度（%）")
    ('结余率', '满意度')
    """
    kept: list[str] = []
    depth = 0
    for mark in squeeze(name):
        depth += mark in _OPENING
        if not depth:
            kept.append(mark)
        depth = max(depth - (mark in _CLOSING), 0)
    return "".join(kept)


def unit_rule(rules: Iterable[UnitRule], name: str) -> UnitRule | None:
    """Return the rule of the longest ending that the name, without brackets, has."""
    bare = bare_name(name)
    matches = [(len(end), rule) for rule in rules for end in rule.endings if bare.endswith(end)]
    return max(matches, key=lambda match: match[0])[1] if matches else None
