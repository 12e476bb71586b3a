"""Read the pages of a PDF file: characters, ruling lines, and whether a page is a scan.

Characters have the box of their font, as high as the type size, so that 一 is as high as its neighbours. A
page is turned the way most of its text runs, whatever the file says about its rotation.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import repeat
from types import SimpleNamespace
from typing import NamedTuple

from hengjian.documents.bounds import BOUNDS, Bounds, too_complex
from hengjian.documents.drawn_rules import Drawing, drawing
from hengjian.documents.pdfium import filled, pdfium
from hengjian.documents.printed import Box, Char, PrintedPage
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""
_INVISIBLE = 3
"""The text render mode in which the recognised text of a scan lies over its picture (ISO 32000-1, 9.3.6)."""
_PICTURED = 0.7
"""A page is a picture from this share of its area on."""
_SAMPLE = 60
_ASCENT, _DESCENT = 0.86, 0.14
"""Where a Chinese type body lies about its baseline, in parts of its size."""
_FULL_WIDTH = 0x2E80
"""From here on characters fill a square, whatever their ink does; nearly all that government texts use."""

_MARKS = {"\x02": "-", "\ufffe": "-", "\0": "\ufffd"}


def unified() -> dict[int, str]:
    """Return the translation of what fonts print as plain characters to those characters.

    Some producers map a font's glyphs to the radicals of Kangxi (U+2F00 on) that look the same, and pdfium
    writes a hyphen at the end of a line as U+0002. What has no Unicode value must not vanish.
    """
    import unicodedata  # noqa: PLC0415 - once a process that reads a PDF

    radicals = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return radicals | {ord(mark): plain for mark, plain in _MARKS.items()}


class _View(NamedTuple):
    """How a page is looked at: its box in the file's coordinates and quarter turns clockwise."""

    page: Box
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as looked at."""
        width, height = self.page.right - self.page.left, self.page.top - self.page.bottom
        return (height, width) if self.turns % 2 else (width, height)

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """The map from the file's coordinates, y growing upwards, to the looker's."""
        left, top, right, bottom = self.page
        return (
            (1, 0, 0, -1, -left, top),
            (0, 1, 1, 0, -bottom, -left),
            (-1, 0, 0, 1, right, -bottom),
            (0, -1, -1, 0, top, right),
        )[self.turns]


def printed_pages(data: bytes, path: str, bounds: Bounds = BOUNDS) -> Iterator[PrintedPage]:
    """Yield the pages of a PDF file, each read when asked for.

    Raises InputError for a file that is encrypted or damaged, and past the bounds of pages, characters,
    objects and segments.
    """
    library = pdfium()
    document = library.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if library.FPDF_GetLastError() == _PASSWORD:
            raise InputError("input.encrypted", Place(file=path))
        raise InputError("input.unreadable", Place(file=path), reason="PDF")
    try:
        count = library.FPDF_GetPageCount(document)
        if count > bounds.pages:
            raise too_complex(path, path, "page", count, bounds.pages)
        plain = unified()
        for index in range(count):
            page = library.FPDF_LoadPage(document, index)
            if not page:
                raise InputError("input.unreadable", Place(file=path, page=index + 1), reason="PDF page")
            text = library.FPDFText_LoadPage(page)
            try:
                yield _printed(page, text, index + 1, plain, path, bounds)
            finally:
                library.FPDFText_ClosePage(text)
                library.FPDF_ClosePage(page)
    finally:
        library.FPDF_CloseDocument(document)


def _printed(
    page: int, text: int, number: int, plain: dict[int, str], path: str, bounds: Bounds
) -> PrintedPage:
    """Read one page."""
    library = pdfium()
    count = max(library.FPDFText_CountChars(text), 0)
    if count > bounds.characters:
        raise too_complex(path, f"page {number}", "character", count, bounds.characters)
    box = Box(*filled(library.FPDF_GetPageBoundingBox, ((page,),), (1, 4), together=True))
    view = _View(box, _turns(library, page, text, count))
    width, height = view.size
    drawn = drawing(page, view.matrix, f"page {number}", path, bounds)
    pictured = drawn.pictures >= _PICTURED * width * height
    texts = _texts(library, text, count, plain)
    at = [place for place, each in enumerate(texts) if not each.isspace()]
    boxes = _boxes(library, text, at, view)
    new = tuple.__new__
    chars = [
        new(Char, each)
        for each in zip([texts[place] for place in at], *boxes, strict=True)
        if each[1] < each[3] and each[2] < each[4]
    ]
    if chars and not (
        min(boxes[0]) > -1 < min(boxes[1]) and max(boxes[2]) < width + 1 and max(boxes[3]) < height + 1
    ):
        chars = [char for char in chars if _on(char, width, height)]
    scanned = pictured and bool(chars) and _overlaid(library, drawn)
    return PrintedPage(number, width, height, tuple(chars), tuple(drawn.rules), scanned, pictured)


def _on(char: Char, width: float, height: float) -> bool:
    """Tell whether a character's centre stands on the page."""
    return 0 <= char.left + char.right <= 2 * width and 0 <= char.top + char.bottom <= 2 * height


def _overlaid(library: SimpleNamespace, drawn: Drawing) -> bool:
    """Tell whether the text of a pictured page is invisible, or hidden under the picture."""
    sample = drawn.texts[:: len(drawn.texts) // _SAMPLE + 1]
    invisible = sum(library.FPDFTextObj_GetTextRenderMode(each) == _INVISIBLE for each in sample)
    return drawn.covered or invisible * 2 > len(sample)


def _turns(library: SimpleNamespace, page: int, text: int, count: int) -> int:
    """Return the quarter turns clockwise that set most of the text upright; without text, the page's own."""
    at = range(0, count, count // _SAMPLE + 1)
    values = filled(library.FPDFText_GetMatrix, (repeat(text), at), (len(at), 6), together=True)
    found: Counter[int] = Counter(
        round(math.atan2(b, a) / (math.pi / 2)) % 4
        for a, b in zip(values[0::6], values[1::6], strict=True)
        if a or b
    )
    return found.most_common(1)[0][0] if found else int(library.FPDFPage_GetRotation(page))


def _texts(library: SimpleNamespace, text: int, count: int, plain: dict[int, str]) -> str | list[str]:
    """Return a text for each character of a page."""
    if not count:
        return ""
    store = (ctypes.c_ushort * (count * 2 + 2))()
    units = library.FPDFText_GetText(text, 0, count, store)
    whole = bytes(store)[: 2 * (units - 1)].decode("utf-16-le", "replace")
    if len(whole) != count:  # a character that the text leaves out: ask for each
        codes = [library.FPDFText_GetUnicode(text, at) for at in range(count)]
        return [chr(code).translate(plain) if code <= sys.maxunicode else "\ufffd" for code in codes]
    return whole if plain.keys().isdisjoint(map(ord, set(whole))) else whole.translate(plain)


def _boxes(library: SimpleNamespace, text: int, at: list[int], view: _View) -> tuple[list[float], ...]:
    """Return the left, top, right and bottom edges of the characters at some places, as looked at."""
    if not at:
        return [], [], [], []
    if view.turns:
        return _turned_boxes(library, text, at, view)
    values = filled(library.FPDFText_GetLooseCharBox, (repeat(text), at), (len(at), 4), together=True)
    x, y = view.page.left, view.page.top
    return (
        [value - x for value in values[0::4]],
        [y - value for value in values[1::4]],
        [value - x for value in values[2::4]],
        [y - value for value in values[3::4]],
    )


def _turned_boxes(library: SimpleNamespace, text: int, at: list[int], view: _View) -> tuple[list[float], ...]:
    """Return the edges on a page that was turned; pdfium knows a font's own height for upright text only."""
    a, b, c, d, e, f = view.matrix
    count = len(at)
    tight = filled(library.FPDFText_GetCharBox, (repeat(text), at), (count, 4), kind="d")
    origins = filled(library.FPDFText_GetCharOrigin, (repeat(text), at), (count, 2), kind="d")
    matrices = filled(library.FPDFText_GetMatrix, (repeat(text), at), (count, 6), together=True)
    boxes: tuple[list[float], ...] = ([], [], [], [])
    for index, place in enumerate(at):
        x, y = origins[2 * index : 2 * index + 2]
        m, n, o, p = matrices[6 * index : 6 * index + 4]
        size = library.FPDFText_GetFontSize(text, place)
        start, base = a * x + c * y + e, b * x + d * y + f
        left, right, bottom, top = tight[4 * index : 4 * index + 4]
        end = max(a * left + c * bottom + e, a * right + c * top + e)
        if library.FPDFText_GetUnicode(text, place) >= _FULL_WIDTH:
            end = max(end, start + size * math.hypot(m, n))
        size *= math.hypot(o, p)
        edges = (start, base - _ASCENT * size, end, base + _DESCENT * size)
        for side, value in zip(boxes, edges, strict=True):
            side.append(value)
    return boxes
