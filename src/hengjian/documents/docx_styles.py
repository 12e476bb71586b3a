"""Paragraph styles and automatic numbering of a docx, resolved for each paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from hengjian.documents.docx_package import W, value, whole
from hengjian.documents.numerals import numeral

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_DEEPEST_STYLE = 20
_CLOSED = tuple("、.．)）】〕:： \u3000")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: outline level from 1, list and level of the list, contents line."""

    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    contents: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False


_PLAIN = Style()


@dataclass(slots=True)
class Styles:
    """The styles of a docx; each is resolved when first asked for, since most are never used."""

    default: str | None = None
    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _made: dict[str | None, Style] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None) -> Styles:
        """Read styles.xml; without it every paragraph is plain."""
        styles = cls()
        for element in () if root is None else root.iterchildren(W + "style"):
            if (style_id := element.get(W + "styleId")) is not None:
                styles._elements[style_id] = element
            is_default = element.get(W + "default") in {"1", "true"}
            if styles.default is None and is_default and element.get(W + "type") == "paragraph":
                styles.default = style_id
        return styles

    def of(self, style_id: str | None) -> Style:
        """Return a style with what it inherits through ``w:basedOn``; a plain one for an unknown id."""
        style = self._made.get(style_id)
        if style is None:
            style = _PLAIN if style_id is None else _resolved(style_id, self._elements)
            self._made[style_id] = style
        return style


def _resolved(style_id: str, elements: dict[str, etree._Element]) -> Style:
    level = list_id = list_level = None
    contents = False
    current: str | None = style_id
    for _ in range(_DEEPEST_STYLE):  # a chain of styles may be a circle
        element = elements.get(current) if current else None
        if element is None:
            break
        name = value(element.find(W + "name")) or ""
        properties = element.find(W + "pPr")
        own = None if properties is None else outline_level(properties.find(W + "outlineLvl"))
        match = _HEADING.fullmatch(name)
        level = level or own or (int(match[1]) if match and own is None else None)
        contents = contents or bool(_CONTENTS.fullmatch(name))
        numbering = None if properties is None else properties.find(W + "numPr")
        if numbering is not None and list_id is None:
            list_id = value(numbering.find(W + "numId"))
            list_level = whole(numbering.find(W + "ilvl"), 0)
        current = value(element.find(W + "basedOn"))
    return Style(level or None, list_id, list_level, contents)


def outline_level(stated: etree._Element | None) -> int | None:
    """Return the level from 1 that ``w:outlineLvl`` states, 0 for body text, None when it is absent."""
    if stated is None:
        return None
    level = whole(stated, _LEVELS) + 1
    return level if level <= _LEVELS else 0


@dataclass(slots=True)
class Numbering:
    """The lists of a docx and how far each has counted."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _linked: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None, styles: Styles) -> Numbering:
        """Read numbering.xml; without it nothing is numbered."""
        numbering = cls()
        if root is None:
            return numbering
        abstracts = {e.get(W + "abstractNumId", ""): e for e in root.iterchildren(W + "abstractNum")}
        for element in root.iterchildren(W + "num"):
            list_id = element.get(W + "numId", "")
            abstract_id = value(element.find(W + "abstractNumId")) or ""
            numbering._add(list_id, abstract_id, element, abstracts)
        for element in root.iterchildren(W + "num"):
            numbering._follow_link(element.get(W + "numId", ""), abstracts, styles)
        return numbering

    def label(self, list_id: str, level: int) -> str:
        """Count a paragraph of a list; return its number as printed, "" for a bullet or an unknown list."""
        levels = self._levels.get(list_id)
        if levels is None or level not in levels:
            return ""
        counts = self._count(list_id, level, levels)
        own = levels[level]
        if own.style in {"bullet", "none"} and "%" not in own.text:
            return ""

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, _Level())
            style = "decimal" if own.legal else shown.style
            return "" if style in {"bullet", "none"} else numeral(counts.get(at, shown.start), style)

        text = _PLACEHOLDER.sub(printed, own.text)
        return text if not text or own.suffix == "nothing" or text.endswith(_CLOSED) else f"{text} "

    def level_of_style(self, list_id: str, style_id: str | None) -> int | None:
        """Return the level of a list that a paragraph style is tied to."""
        return self._linked.get(list_id, {}).get(style_id or "")

    def _count(self, list_id: str, level: int, levels: dict[int, _Level]) -> dict[int, int]:
        counts = self._counts.setdefault(self._abstract[list_id], {})
        for at, start in self._starts.pop(list_id, {}).items():
            counts[at] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            restart = levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                del counts[deeper]
        return counts

    def _add(
        self, list_id: str, abstract_id: str, element: etree._Element, abstracts: dict[str, etree._Element]
    ) -> None:
        abstract = abstracts.get(abstract_id)
        levels = {} if abstract is None else _levels(abstract)
        starts: dict[int, int] = {}
        for override in element.iterchildren(W + "lvlOverride"):
            at = whole(override, 0, W + "ilvl")
            if (own := override.find(W + "lvl")) is not None:
                levels[at] = _level(own)
            if (start := override.find(W + "startOverride")) is not None:
                starts[at] = whole(start, 1)
        self._levels[list_id] = levels
        self._starts[list_id] = starts
        self._abstract[list_id] = abstract_id
        for own in () if abstract is None else abstract.iterchildren(W + "lvl"):
            if (style_id := value(own.find(W + "pStyle"))) is not None:
                self._linked.setdefault(list_id, {})[style_id] = whole(own, 0, W + "ilvl")

    def _follow_link(self, list_id: str, abstracts: dict[str, etree._Element], styles: Styles) -> None:
        """A list may only name the numbering style that holds its levels."""
        abstract = abstracts.get(self._abstract.get(list_id, ""))
        link = None if abstract is None else value(abstract.find(W + "numStyleLink"))
        target = styles.of(link).list_id
        if target in self._levels and not self._levels[list_id]:
            self._levels[list_id] = self._levels[target]
            self._abstract[list_id] = self._abstract[target]


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {whole(e, 0, W + "ilvl"): _level(e) for e in abstract.iterchildren(W + "lvl")}


def _level(element: etree._Element) -> _Level:
    restart = element.find(W + "lvlRestart")
    return _Level(
        style=value(element.find(W + "numFmt")) or "decimal",
        text=value(element.find(W + "lvlText")) or "",
        start=whole(element.find(W + "start"), 1),
        suffix=value(element.find(W + "suff")) or "tab",
        restart=None if restart is None else whole(restart, 0),
        legal=element.find(W + "isLgl") is not None,
    )
