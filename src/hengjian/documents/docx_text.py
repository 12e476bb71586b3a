"""The visible characters of a docx paragraph, and the pages they stand on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from hengjian.documents.docx_package import VAL, W, is_on, value

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE = MC + "AlternateContent"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

_DRAWN = ("drawing", "pict", "object")
_BOX = W + "txbxContent"
_CHOICE, _FALLBACK = MC + "Choice", MC + "Fallback"
_RUN, _TEXT, _PROPERTIES, _RUN_PROPERTIES, _STYLE = (W + name for name in ("r", "t", "pPr", "rPr", "pStyle"))
_VANISH, _BREAK_BEFORE, _EXCEPTIONS = W + "vanish", W + "pageBreakBefore", W + "tblPrEx"
LOOKS = tuple(
    W + name
    for name in (
        *("rFonts", "sz", "szCs", "color", "lang", "b", "bCs", "i", "iCs", "u", "kern", "spacing", "shd"),
        *("ind", "jc", "keepNext", "keepLines", "widowControl", "snapToGrid", "cnfStyle", "proofErr"),
        *("tcW", "tcBorders", "tcMar", "vAlign", "noWrap", "cantSplit", "trHeight", "tblHeader"),
        *("tblW", "tblBorders", "tblCellMar", "tblLayout", "tblLook", "bookmarkStart", "bookmarkEnd"),
    )
)
"""Elements that only say how the text looks; without them there is far less to walk through."""

_HEEDED = frozenset({W + "numPr", _BREAK_BEFORE})
"""Properties of a paragraph in a cell, beside its style, that change its characters or its page."""

_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_SOFT_HYPHEN = "\u00ad"
_SYMBOLS = {0xA3: "□", 0xA8: "□", 0x6F: "□", 0x52: "☑", 0xFE: "☑", 0xFC: "✓", 0xFB: "✗", 0x54: "☒"}
_PRIVATE = range(0xF000, 0xF100)


@dataclass(slots=True)
class Pages:
    """Counts pages: by explicit breaks, and by those that the word processor noted when it last saved.

    An explicit break that is followed by a noted one, with no text between, is the same break;
    so whoever writes text puts `just_broken` off.
    """

    page: int = 1
    seen: bool = False
    just_broken: bool = False

    def break_page(self) -> None:
        """Count an explicit page break."""
        self.page += 1
        self.seen = self.just_broken = True

    def note_break(self) -> None:
        """Count a break noted by the word processor."""
        if not self.just_broken:
            self.page += 1
        self.seen = True
        self.just_broken = False


@dataclass(slots=True)
class Words:
    """What a paragraph holds: its properties, characters, their first page, text boxes and note numbers.

    Line breaks are newlines; `page` is None as long as there is no character but white space.
    """

    pages: Pages
    stated: dict[str, etree._Element] = field(default_factory=dict)
    text: str = ""
    page: int | None = None
    boxes: tuple[etree._Element, ...] = ()
    notes: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()

    def write(self, text: str) -> None:
        """Add characters that stand on the page now reached."""
        self.text += text
        if self.page is None and text.strip():
            self.page = self.pages.page
        self.pages.just_broken = False


def words_of(paragraph: etree._Element, pages: Pages) -> Words:
    """Return what a ``w:p`` holds, and count the page breaks in it."""
    words = Words(pages)
    _walk(paragraph, words)
    return words


def first_child(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the properties of an element, None when it has none.

    The schema puts them before all else, but for a row's exceptions to its table's properties.
    """
    child = element[0] if len(element) else None
    if child is None or child.tag == tag:
        return child
    return element.find(tag) if child.tag == _EXCEPTIONS else None


def _walk(element: etree._Element, words: Words) -> None:
    act = _ACTIONS.get
    for child in element:
        action = act(child.tag, _walk)
        if action is not None and action(child, words):
            return


def _paragraph_properties(element: etree._Element, words: Words) -> None:
    words.stated = stated = {child.tag: child for child in element}
    if _BREAK_BEFORE in stated and is_on(stated[_BREAK_BEFORE]):
        words.pages.break_page()


def plain_words(paragraph: etree._Element) -> tuple[str, str | None] | None:
    """Return the characters and the style of a ``w:p`` of visible runs of text and nothing else.

    None for any other, which `words_of` must read, and for one with a number or a page break of its own.
    Most cells of most tables hold just such a paragraph.
    """
    text, style = "", None
    for child in paragraph:
        tag = child.tag
        if tag == _RUN:
            for part in child:
                tag = part.tag
                if tag == _TEXT:
                    text += part.text or ""
                elif tag != _RUN_PROPERTIES or (len(part) and _is_hidden(part)):
                    return None
        elif tag == _PROPERTIES:
            for stated in child:
                tag = stated.tag
                if tag == _STYLE:
                    style = stated.get(VAL)
                elif tag in _HEEDED:
                    return None
        else:
            return None
    return text.replace(_SOFT_HYPHEN, ""), style


def _is_hidden(properties: etree._Element, _: Words | None = None) -> bool:
    return any([each.tag == _VANISH and is_on(each) for each in properties])  # noqa: C419 - faster so


def _text(element: etree._Element, words: Words) -> None:
    if text := element.text:
        words.write(text.replace(_SOFT_HYPHEN, ""))


def _writes(character: str) -> Callable[[etree._Element, Words], bool | None]:
    def write(_: etree._Element, words: Words) -> None:
        words.write(character)

    return write


def _break(element: etree._Element, words: Words) -> None:
    kind = value(element, W + "type")
    if kind == "page":
        words.pages.break_page()
    elif kind != "column":
        words.text += "\n"


def _noted_break(_: etree._Element, words: Words) -> None:
    words.pages.note_break()


def _symbol(element: etree._Element, words: Words) -> None:
    if character := _symbol_character(element):
        words.write(character)


def _note(element: etree._Element, words: Words) -> None:
    kind = str(element.tag).removeprefix(W).removesuffix("Reference")
    words.notes += (kind + (value(element, W + "id") or ""),)


def _drawn(element: etree._Element, words: Words) -> None:
    words.boxes += tuple(_outermost_boxes(element))
    words.embedded += tuple(each.get("ProgID", "OLE") for each in element.iter(_OLE))


def _alternate(element: etree._Element, words: Words) -> None:
    _walk(chosen(element), words)


# Deleted and moved-away text, field instructions and the reading aids of ruby text are not on the page.
_UNSEEN = ("del", "moveFrom", "instrText", "delInstrText", "delText", "rt", "sdtPr", "sdtEndPr")
_ACTIONS: dict[str, Callable[[etree._Element, Words], bool | None] | None] = {
    _PROPERTIES: _paragraph_properties,
    _RUN_PROPERTIES: _is_hidden,
    _TEXT: _text,
    _MATH: _text,
    **dict.fromkeys((W + name for name in _UNSEEN), None),
    W + "tab": _writes("\t"),
    W + "ptab": _writes("\t"),
    W + "cr": _writes("\n"),
    W + "noBreakHyphen": _writes("-"),
    W + "br": _break,
    W + "lastRenderedPageBreak": _noted_break,
    W + "sym": _symbol,
    W + "footnoteReference": _note,
    W + "endnoteReference": _note,
    **dict.fromkeys((W + name for name in _DRAWN), _drawn),
    ALTERNATE: _alternate,
}
"""What to do with a child by its tag: None to pass it over; any other is looked into.

An action that returns True ends the reading of the element: the rest of a hidden run is not on the page.
"""


def chosen(alternate: etree._Element) -> etree._Element:
    """Return the one of ``mc:AlternateContent``'s renderings to read: the first choice, else the fallback."""
    choice = alternate.find(_CHOICE)
    found = alternate.find(_FALLBACK) if choice is None else choice
    return alternate if found is None else found


def _symbol_character(element: etree._Element) -> str:
    """Return the character of a symbol font; its boxes and ticks matter in forms."""
    try:
        code = int(value(element, W + "char") or "", 16)
    except ValueError:
        return ""
    if code in _PRIVATE or code > sys.maxunicode:
        return _SYMBOLS.get(code - _PRIVATE.start, "\ufffd")
    return chr(code) if chr(code).isprintable() else "\ufffd"


def _outermost_boxes(drawn: etree._Element) -> list[etree._Element]:
    """Return the text boxes in a drawing; a box within a box is read with its own drawing."""
    boxes = []
    pending = list(drawn)[::-1]
    while pending:
        element = pending.pop()
        if element.tag == _BOX:
            boxes.append(element)
        elif element.tag == ALTERNATE:
            pending.append(chosen(element))
        else:
            pending.extend(list(element)[::-1])
    return boxes
