"""The visible characters of a docx paragraph, and the pages they stand on."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from lxml import etree

from hengjian.documents.docx_package import W, is_on, value

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

# Deleted and moved-away text, field instructions and the reading aids of ruby text are not on the page.
_UNSEEN = frozenset(
    W + name for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "rt", "sdtPr", "sdtEndPr")
)
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
_BOX = W + "txbxContent"
_SYMBOLS = {0xA3: "□", 0xA8: "□", 0x6F: "□", 0x52: "☑", 0xFE: "☑", 0xFC: "✓", 0xFB: "✗", 0x54: "☒"}
_PRIVATE = range(0xF000, 0xF100)


@dataclass(slots=True)
class Pages:
    """Counts pages: by explicit breaks, and by those that the word processor noted when it last saved.

    An explicit break that is followed by a noted one, with no text between, is the same break.
    """

    page: int = 1
    seen: bool = False
    _just_broken: bool = False

    def break_page(self) -> None:
        """Count an explicit page break."""
        self.page += 1
        self.seen = self._just_broken = True

    def note_break(self) -> None:
        """Count a break noted by the word processor."""
        if not self._just_broken:
            self.page += 1
        self.seen = True
        self._just_broken = False

    def text(self) -> None:
        """Note that text stands on the page."""
        self._just_broken = False


@dataclass(slots=True)
class Words:
    """What a paragraph holds: its characters, the page they begin on, its text boxes and note numbers."""

    parts: list[str] = field(default_factory=list)
    page: int | None = None
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters; line breaks as newlines."""
        return "".join(self.parts)


def words_of(paragraph: etree._Element, pages: Pages) -> Words:
    """Return what a ``w:p`` holds, and count its page breaks."""
    words = Words()
    breaks = paragraph.find(f"{W}pPr/{W}pageBreakBefore")
    if is_on(breaks):
        pages.break_page()
    _walk(paragraph, words, pages)
    words.page = words.page or pages.page
    return words


def _walk(element: etree._Element, words: Words, pages: Pages) -> None:
    for child in element:
        tag = child.tag
        if tag == W + "t" or tag == _MATH:
            _write(child.text or "", words, pages)
        elif tag in _UNSEEN or (tag == W + "r" and is_on(child.find(f"{W}rPr/{W}vanish"))):
            continue
        elif tag in _CHARACTERS:
            _write(_CHARACTERS[tag], words, pages)
        elif tag == W + "br":
            _break(child, words, pages)
        elif tag == W + "lastRenderedPageBreak":
            pages.note_break()
        elif tag == W + "sym":
            _write(_symbol(child), words, pages)
        elif tag in {W + "footnoteReference", W + "endnoteReference"}:
            words.notes.append(child.tag[len(W) :].removesuffix("Reference") + (value(child, "id") or ""))
        elif tag in _DRAWN:
            words.boxes.extend(_outermost_boxes(child))
        else:
            _walk(chosen(child) if tag == MC + "AlternateContent" else child, words, pages)


def chosen(alternate: etree._Element) -> etree._Element:
    """Return the one of ``mc:AlternateContent``'s renderings to read: the first choice, else the fallback."""
    choice = alternate.find(MC + "Choice")
    found = alternate.find(MC + "Fallback") if choice is None else choice
    return alternate if found is None else found


def _write(text: str, words: Words, pages: Pages) -> None:
    if text:
        words.parts.append(text)
        if words.page is None and text.strip():
            words.page = pages.page
        pages.text()


def _break(element: etree._Element, words: Words, pages: Pages) -> None:
    kind = value(element, "type")
    if kind == "page":
        pages.break_page()
    elif kind != "column":
        words.parts.append("\n")


def _symbol(element: etree._Element) -> str:
    """Return the character of a symbol font; its boxes and ticks matter in forms."""
    try:
        code = int(value(element, "char") or "", 16)
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
        elif element.tag == MC + "AlternateContent":
            pending.append(chosen(element))
        else:
            pending.extend(list(element)[::-1])
    return boxes
