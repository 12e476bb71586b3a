"""Running heads, feet and page numbers, told by position and repetition, and left out of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hengjian.documents.builder import is_note
from hengjian.documents.page_flow import FlowPage
from hengjian.documents.printed import PrintedLine

_EDGE = 0.14
"""The share of a page's height, at its top and its foot, in which furniture stands."""

_SIDE = 0.09
"""The share of a page's width in which the number of a turned page stands."""

_OUTERMOST = 3
"""Lines from the top or the foot of a page among which furniture is looked for."""

_SAME_HEIGHT = 4.0
"""Points within which lines of different pages stand at one height."""

_LEAST_PAGES = 3
"""Pages on which a running head stands at least."""

_DASH = r"[-—–－―─~～·•\s]"
_BARE_NUMBER = re.compile(r"\d{1,4}|[ivxlcIVXLC]{1,7}")
_MARKED_NUMBER = re.compile(
    rf"{_DASH}+\d{{1,4}}{_DASH}+"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*[（(]?共\s*\d{1,4}\s*页[)）]?)?"
    r"|(?:page\s*)?\d{1,4}\s*(?:/|／|of)\s*\d{1,4}(?:\s*页)?|page\s*\d{1,4}",
    re.IGNORECASE,
)
_FIRST_NUMBER = re.compile(rf"^{_DASH}*(?:第?\d{{1,4}}页|\d{{1,4}}(?:[/／]\d{{1,4}})?){_DASH}*(?=\D)(?!年)")
_LAST_NUMBER = re.compile(
    rf"(?<=\D){_DASH}*(?:第\d{{1,4}}页(?:[,，/／]?[（(]?共\d{{1,4}}页[)）]?)?|\d{{1,4}}(?:[/／]\d{{1,4}})?){_DASH}*$"
)
_TURNED = re.compile(r"[-—–－―─第共页/\d\s]{1,4}")
_FORM_TITLE = re.compile(r"表\s*(?:[（(].{1,12}[)）])?$|^续表")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the edge of a page: its page's place in the document, and the height at which it stands."""

    page: int
    line: PrintedLine
    height: float
    top: bool


def without_furniture(pages: Sequence[FlowPage]) -> list[FlowPage]:
    """Return the pages without running heads, running feet and page numbers.

    A line that only looks like a page number, or stands at the same height on some pages only, stays.
    """
    edges = [edge for at, page in enumerate(pages) for edge in _edges(at, page)]
    taken = _numbers(edges, len(pages)) | _repeated(edges)
    for page in pages:
        taken |= _turned(page)
    return [
        replace(page, items=tuple(item for item in page.items if id(item) not in taken)) for page in pages
    ]


def _edges(at: int, page: FlowPage) -> Iterator[_Edge]:
    """Yield the outermost lines of a page; a table's lines are none of them."""
    for top in (True, False):
        items = page.items if top else page.items[::-1]
        for item in items[:_OUTERMOST]:
            if not isinstance(item, PrintedLine):
                break
            distance = item.box.top if top else page.height - item.box.bottom
            if distance > _EDGE * page.height:
                break
            yield _Edge(at, item, distance, top)


def _numbers(edges: Sequence[_Edge], count: int) -> set[int]:
    """Return the lines that are page numbers: marked as such, or bare and counting on from page to page."""
    bare: list[tuple[_Edge, int]] = []
    taken: set[int] = set()
    for edge in edges:
        text = edge.line.text.strip()
        if _MARKED_NUMBER.fullmatch(text):
            taken.add(id(edge.line))
        elif _BARE_NUMBER.fullmatch(text):
            bare.append((edge, _value(text)))
    steps = Counter((edge.top, value - edge.page) for edge, value in bare)
    for edge, value in bare:
        # The one page of a document bears the number 1; a number that none follows may be a figure.
        alone = count == 1 and value == 1 and not edge.top
        if alone or steps[edge.top, value - edge.page] > 1:
            taken.add(id(edge.line))
    return taken


def _value(text: str) -> int:
    """Return the value of an Arabic or Roman page number."""
    if text.isdigit():
        return int(text)
    values = [_ROMAN[letter] for letter in text.lower()]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _repeated(edges: Sequence[_Edge]) -> set[int]:
    """Return the lines that stand at one height with the same words, but for a page number, on many pages.

    The unit line and the title of a table that is printed on page after page are content.
    """
    groups: dict[tuple[bool, str], list[_Edge]] = {}
    for edge in edges:
        text = "".join(edge.line.text.split())
        if not is_note(edge.line.text) and not _FORM_TITLE.search(text):
            groups.setdefault((edge.top, _without_number(text)), []).append(edge)
    taken: set[int] = set()
    for group in groups.values():
        for edge in group:
            same = {other.page for other in group if abs(other.height - edge.height) <= _SAME_HEIGHT}
            if len(same) >= _LEAST_PAGES:
                taken.add(id(edge.line))
    return taken


def _without_number(text: str) -> str:
    """Return a running head's words, spaces left out, without a page number at their end or beginning."""
    return _LAST_NUMBER.sub("", _FIRST_NUMBER.sub("", text))


def _turned(page: FlowPage) -> set[int]:
    """Return the pieces of a page number that runs down the side of a page set upright for reading."""
    beside = [
        item
        for item in page.items
        if isinstance(item, PrintedLine)
        and (item.box.right < _SIDE * page.width or item.box.left > (1 - _SIDE) * page.width)
    ]
    if page.width <= page.height or not all(_TURNED.fullmatch(item.text) for item in beside):
        return set()
    return {id(item) for item in beside}
