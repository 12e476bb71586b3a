"""Text whose lines were broken at a fixed width, as in the dump of a PDF: find it, and join its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.documents.headings import Mark, heading_mark, mark_of, toc_line
from hengjian.documents.spans import Span, display_width, spans_of
from hengjian.documents.tree import Line

_TERMINAL = re.compile(r"[。！？!?…][”’）)】》」』]*$")
_PAUSE = re.compile(r"[；：;:][”’]?$")
_ITEM = re.compile(r"[（(]?(?:图|表)\s*\d|(?:附件|附表|附注|注|备注)\s*\d*\s*[：:]|[●■◆▲★※·•]")
_TABULAR = re.compile(r"(?:\s+(?:[-+]?[\d,]+(?:\.\d+)?[%％]?|/)){3,}\s*$")
_TITLE_END = re.compile(r"(?:情况|说明|概况|报告|目标|职能|职责|设置|解释|附件|附表|表)$")

_PROSE = re.compile(r"[，。、；]")
_CLAUSE = re.compile(r"[，。；、,;：]")

SHORTEST_FULL = 30
"""Columns below which a line tells nothing about the width of the page."""

LONGEST_ROW = 300
"""Characters beyond which a line is no table row."""

_TAIL = 20

SLACK = 9
"""Columns by which a full line may fall short: a figure or word did not fit, or the line is indented."""

_ENOUGH_PROSE = 20
LEAST_LINES, LEAST_SHARE, LEAST_CLUSTER = 4, 0.5, 0.4


def wrap_width(texts: Sequence[str]) -> int | None:
    """Return the width in columns at which lines were broken, None when paragraphs stand on one line each.

    Broken lines end within a sentence, and nearly all at the same width.
    """
    tabbed = sum("\t" in text for text in texts)
    words = [text.strip() for text in texts if text.strip() and "\t" not in text]
    if tabbed > len(words) // 10:
        return None
    # Rows of tables tell nothing; where there is prose enough, only prose is measured.
    prose = [text for text in words if _PROSE.search(text)]
    widths = [
        (display_width(text), bool(_TERMINAL.search(text[-_TAIL:]) or _PAUSE.search(text[-_TAIL:])))
        for text in (prose if len(prose) >= _ENOUGH_PROSE else words)
        if not toc_line(text)
    ]
    long = [(width, ended) for width, ended in widths if width >= SHORTEST_FULL]
    broken = Counter(width for width, ended in long if not ended)
    total = sum(broken.values())
    if total < LEAST_LINES or total < LEAST_SHARE * len(long):
        return None
    # The fullest window of widths holds the page's full lines.
    best = max(broken, key=lambda width: (sum(broken[width - back] for back in range(SLACK)), width))
    clustered = sum(broken[best - back] for back in range(SLACK))
    return best if clustered >= LEAST_CLUSTER * total else None


def join_lines(lines: Sequence[Line], numbers: frozenset[int], width: int) -> list[tuple[Span, ...]]:
    """Join broken lines into paragraphs, each given by its runs; lines of `numbers` are page numbers."""
    paragraphs: list[list[Span]] = []
    last: _Printed | None = None
    in_form = False
    for index, line in enumerate(lines):
        spans = spans_of(line)
        if not spans or index in numbers:
            continue
        current = _printed(spans)
        alone = bool(paragraphs) and len(paragraphs[-1]) == 1
        if last is not None and _continues(last, current, alone=alone, width=width, form=in_form):
            paragraphs[-1].extend(spans)
        else:
            paragraphs.append(list(spans))
            style = current.heading.style if current.heading else None
            in_form = style == "form" or (in_form and style not in _ENDS_FORM)
        last = current
    return [tuple(paragraph) for paragraph in paragraphs]


_ENDS_FORM = frozenset({"part", "annex", "title", "chinese", "chinese-paren"})


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed line and what it looks like."""

    text: str
    columns: int
    heading: Mark | None
    barred: bool


def _printed(spans: Sequence[Span]) -> _Printed:
    text = "".join(span.text for span in spans)
    barred = bool(toc_line(text) or (len(text) <= LONGEST_ROW and _TABULAR.search(text)))
    return _Printed(text, display_width(text), heading_mark(text), barred)


def _continues(last: _Printed, current: _Printed, *, alone: bool, width: int, form: bool) -> bool:
    """Tell whether a line goes on from the line before it; `alone`: that one began its paragraph."""
    if last.barred or current.barred or last.columns < width - SLACK or (alone and _is_heading(last)):
        return False
    if form and not _CLAUSE.search(last.text):
        return False
    if _TERMINAL.search(last.text[-_TAIL:]):
        return last.columns >= width - SLACK // 3 and not _begins_item(current.text, sentence_open=False)
    return not _begins_item(current.text, sentence_open=not _PAUSE.search(last.text[-_TAIL:]))


def _is_heading(line: _Printed) -> bool:
    """A lone heading ends where its line ends; one that fills the line must also end as headings do."""
    return line.heading is not None and (line.columns < SHORTEST_FULL or bool(_TITLE_END.search(line.text)))


def _begins_item(text: str, *, sentence_open: bool) -> bool:
    if _ITEM.match(text):
        return True
    mark = mark_of(text)
    if mark is None:
        return False
    # Within a sentence "9、11月" or "10.5" may begin a line; a heading's mark may not.
    return not (sentence_open and mark.style == "arabic" and text[len(mark.text) :][:1].isdigit())
