"""Printed lines joined to paragraphs and to cell texts: a line goes on where the next word did not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hengjian.documents.builder import is_note
from hengjian.documents.headings import heading_mark, is_toc_title, mark_of, toc_line
from hengjian.documents.printed import Box, PrintedLine
from hengjian.documents.spans import display_width

_WORD = re.compile(r"[（(《“‘「【]*(?:[0-9A-Za-z][0-9A-Za-z.,%/-]*|.)", re.DOTALL)
_CLOSING = "，。、；：！？）》”’】」,.;:!?)]%％"
_ENDED = re.compile(r"[。；：！？!?;:…][”’）)】》」』]*$")
_ITEM = re.compile(r"[（(]?(?:图|表)\s*\d|(?:附件|附表|附注|注|备注|说明)\s*\d*\s*[：:]|[●■◆▲★※·•√□☑]")
_FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%％]?")
_FIGURE_END, _FIGURE_START = re.compile(r"[-\d][\d,.]*$"), re.compile(r"[\d,.]+[%％]?")
_TITLE_STOPS = re.compile(r"[。；，、：:]")

_SLACK = 0.3
"""The share of a character's width by which measures may err."""

_INDENT = 0.8
"""The share of a character's width from which a line counts as indented."""

_PADDING = 6.0
"""Points: the widest space that word processors leave between a cell's edge and its text."""

_LABEL, _LABEL_TEXT = 2, 10
"""Characters a line, and in all, of a label that was broken by hand to stand upright."""

_LONG_LINE = 10
"""Characters from which a line tells the width of a character and the edges of the text."""

_LARGE = 1.3
"""How much taller than a character of the text is wide the type of a title page is."""

_SURE_MARKS = frozenset({"part", "chinese"})
"""Styles of numbering that no line in the middle of a sentence begins with."""

_OTHER_SIZE, _OTHER_PITCH = 0.25, 1.4
"""How much taller the type or wider the line spacing is where something else begins."""

_TITLE_PITCH = 2.5
"""Heights of a line from one line of a title to the next, at most."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A printed line and its page; `sheet` is the page's size."""

    text: str
    box: Box
    page: int
    sheet: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """How the text of pages of one size is set: its edges, a character's width, and from line to line."""

    left: float
    right: float
    em: float
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[PageLine]) -> Measure:
        """Measure lines, of which the long ones tell."""
        long = [line for line in lines if len(line.text) >= _LONG_LINE] or list(lines)
        em = median(2 * (line.box.right - line.box.left) / max(display_width(line.text), 1) for line in long)
        rights = sorted(line.box.right for line in long)
        right = rights[int(0.9 * (len(rights) - 1))]
        full = [line for line in long if line.box.right >= right - 2 * em]
        lefts = Counter(round(line.box.left / 2) for line in full)
        # Lines that fill the measure begin at the edge, but for first lines of paragraphs.
        common = [left for left, count in lefts.items() if count >= max(lefts.values()) / 4]
        pitches = [
            below.box.top - above.box.top
            for above, below in pairwise(lines)
            if above.page == below.page and above.box.right > right - 2 * em and below.box.top > above.box.top
        ]
        return cls(2.0 * min(common), right, em, median(pitches) if pitches else 2 * em)


def measures(lines: Iterable[PageLine]) -> dict[tuple[float, float], Measure]:
    """Measure the text of the pages of each size."""
    sheets: dict[tuple[float, float], list[PageLine]] = {}
    for line in lines:
        sheets.setdefault(line.sheet, []).append(line)
    return {sheet: Measure.of(each) for sheet, each in sheets.items()}


def paragraphs(
    lines: Sequence[PageLine], measured: dict[tuple[float, float], Measure]
) -> Iterator[tuple[PageLine, ...]]:
    """Join lines that no table parts to paragraphs; `measured` holds the measure of each size of page."""
    paragraph: list[PageLine] = []
    contents = False
    for line in lines:
        entry = toc_line(line.text, inside=contents) is not None
        if paragraph and not entry and _continues(paragraph, line, measured, contents=contents):
            paragraph.append(line)
            continue
        if paragraph:
            yield tuple(paragraph)
        paragraph = [line]
        contents = is_toc_title(line.text) or (contents and entry)
    if paragraph:
        yield tuple(paragraph)


def _continues(
    paragraph: Sequence[PageLine],
    line: PageLine,
    measured: dict[tuple[float, float], Measure],
    *,
    contents: bool,
) -> bool:
    """Tell whether a line goes on the paragraph before it."""
    last = paragraph[-1]
    if last.sheet != line.sheet and last.page == line.page:
        return False
    if toc_line(last.text, inside=contents) or is_note(line.text) or is_note(last.text):
        return False
    before, after = measured[last.sheet], measured[line.sheet]
    centred = _is_centred(last, before) and _is_centred(line, after)
    if last.page == line.page and _parted(last.box, line.box, before, centred=centred):
        return False
    if centred:
        return last.page == line.page and _one_title(paragraph, line, before)
    word = _WORD.match(line.text)
    needed = _width(word[0] if word else "", line.text, after.em)
    if before.right - last.box.right > needed + _SLACK * before.em:
        return False
    ended = bool(_ENDED.search(last.text))
    indented = line.box.left - after.left > _INDENT * after.em
    return not (indented and ended) and not _begins(line.text, ended=ended, indented=indented)


def _parted(last: Box, box: Box, measure: Measure, *, centred: bool) -> bool:
    """Tell whether a line stands apart from the one above it, by space, by size, or in another column."""
    tall, other = last.bottom - last.top, box.bottom - box.top
    if abs(tall - other) > _OTHER_SIZE * max(tall, other):
        return True
    step = box.top - last.top
    return step < 0 or step > (_TITLE_PITCH * tall if centred else _OTHER_PITCH * max(measure.pitch, tall))


def _is_centred(line: PageLine, measure: Measure) -> bool:
    left, right = line.box.left - measure.left, measure.right - line.box.right
    return min(left, right) > 2 * measure.em and abs(left - right) < 2 * measure.em


def _one_title(paragraph: Sequence[PageLine], line: PageLine, measure: Measure) -> bool:
    """Tell whether centred lines are one title that was broken: it is long, or set in large type."""
    title = "".join(each.text for each in paragraph)
    if heading_mark(title) or mark_of(line.text) or line.text.startswith(("（", "(")):
        return False
    large = line.box.bottom - line.box.top > _LARGE * measure.em
    return (large or len(title) >= _LONG_LINE) and not _TITLE_STOPS.search(title + line.text)


def _begins(text: str, *, ended: bool, indented: bool) -> bool:
    """Tell whether a line begins a paragraph by its words, where the line before it is full."""
    if _ITEM.match(text):
        return ended or indented
    mark = mark_of(text)
    if mark is None:
        return False
    if mark.style in _SURE_MARKS and heading_mark(text):
        return True
    # Within a sentence "9、11月", "10.5" or "（2）" may begin a line.
    return ended or indented


def _width(word: str, text: str, em: float) -> float:
    """Return the width of a line's first word with the closing marks after it, which stay with it."""
    end = len(word)
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return display_width(text[:end]) * em / 2


def cell_text(lines: Sequence[PrintedLine], box: Box) -> str:
    """Return a cell's text: lines of their own parted by newlines, broken ones joined.

    A line was broken where the next word did not fit. A figure broken over lines comes out whole.
    """
    if len(lines) < 2:  # noqa: PLR2004 - nothing to join
        return lines[0].text if lines else ""
    texts = [line.text for line in lines]
    if (
        all(len(text) <= _LABEL and not text.isascii() for text in texts)
        and sum(map(len, texts)) <= _LABEL_TEXT
    ):
        return "".join(texts)
    pad = min(_PADDING, max(min(line.box.left for line in lines) - box.left, 0))
    room = max(box.right - box.left - 2 * pad, *(line.box.right - line.box.left for line in lines))
    text = texts[0]
    for last, line in pairwise(lines):
        text += _glue(last, line, room) + line.text
    return text


def _glue(last: PrintedLine, line: PrintedLine, room: float) -> str:
    """Return what parts two lines of a cell: a newline, or nothing (a space between Latin words)."""
    width = last.box.right - last.box.left
    em = 2 * width / max(display_width(last.text), 1)
    number, more = _FIGURE_END.search(last.text), _FIGURE_START.match(line.text)
    if number and more:
        # A figure is broken only where it is wider than its cell, so its next digit did not fit.
        broken = width + em / 2 > room - _SLACK * em and _FIGURE.fullmatch(number[0] + more[0])
        return "" if broken else "\n"
    word = _WORD.match(line.text)
    if width + _width(word[0] if word else "", line.text, em) <= room - _SLACK * em:
        return "\n"
    both = last.text[-1:] + line.text[:1]
    return " " if both.isascii() and both.isalpha() else ""
