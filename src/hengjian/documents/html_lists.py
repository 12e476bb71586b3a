"""The numbers that a browser puts before the items of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hengjian.documents.html_furniture import Element
from hengjian.documents.numerals import numeral

_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_CHINESE = frozenset({"cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"})
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_WHOLE = re.compile(r"\s*(-?\d{1,6})")


@dataclass(slots=True)
class Numbers:
    """Counts the items of the numbered lists of a page, which are met in order."""

    _last: dict[Element, int] = field(default_factory=dict)

    def of(self, item: Element) -> str:
        """Return the number before a list item, "" for one of a list without numbers."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        step = -1 if "reversed" in parent.attrib else 1
        first = sum(1 for _ in parent.iterchildren("li")) if step < 0 and parent not in self._last else 1
        last = self._last.get(parent, _whole(parent.get("start"), first) - step)
        number = self._last[parent] = _whole(item.get("value"), last + step)
        found = _STYLE.search(item.get("style", "")) or _STYLE.search(parent.get("style", ""))
        words = set(found[1].lower().split()) if found else set[str]()
        if "none" in words:
            return ""
        if words & _CHINESE:
            return f"{numeral(number, 'chineseCounting')}、"
        named = next(
            (_STYLES[word] for word in words if word in _STYLES), _TYPES.get(parent.get("type", ""), "")
        )
        return f"{numeral(number, named)}."


def _whole(text: str | None, default: int) -> int:
    found = _WHOLE.match(text or "")
    return int(found[1]) if found else default
