"""The dump of a Word file: paragraphs on lines of their own, with tables in between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hengjian.documents.builder import Passage
from hengjian.documents.headings import heading_mark, mark_of, toc_line
from hengjian.documents.spans import spans_of
from hengjian.documents.text_tables import RawTable, begins_table, read_table
from hengjian.documents.tree import Line

_PROSE = re.compile(r"[，,。；;]")
_ENDED = re.compile(r"[。；：！？!?;:…][”’）)】》」』]*$|[”’）)】》」』]$")
_BROKEN = re.compile(r"[、，,（(]$")
_NEW = re.compile(
    r"其中|附件|附表|注[：:]|备注|(?:目标|任务|图|表)\s*\d|[（(]?图|\S{1,8}[：:]|[一二三四五六七八九十]是"
)

SHORTEST_BROKEN = 15
"""A shorter line is a paragraph of its own."""

_TAIL = 20


def pieces(lines: Sequence[Line]) -> Iterator[Passage | RawTable]:
    """Yield the paragraphs and tables of a dump in order."""
    index = 0
    while index < len(lines):
        if begins_table(lines, index):
            table = read_table(lines, index)
            yield table
            index = max(table.end, index + 1)
            continue
        spans = list(spans_of(lines[index]))
        while spans and (following := _continuation(lines, index)) is not None:
            spans.extend(spans_of(lines[following]))
            index = following
        if spans:
            yield Passage(tuple(spans))
        index += 1


def _continuation(lines: Sequence[Line], index: int) -> int | None:
    """Return the index of the line that goes on the paragraph which ends on line `index`, None for none."""
    following = index + 1
    if following < len(lines) and not lines[following].text.strip():
        following += 1
    if following >= len(lines) or begins_table(lines, following):
        return None
    return following if goes_on(_words(lines[index]), _words(lines[following])) else None


def _words(line: Line) -> str:
    return "".join(span.text for span in spans_of(line))


def goes_on(text: str, following: str, *, soft: bool = False) -> bool:
    """Tell whether a paragraph goes on in the next one, or beyond a `soft` line break within it.

    Word files made from a PDF have paragraphs that end in the middle of a sentence at a page's end.
    """
    if len(text) < SHORTEST_BROKEN or not following or _ENDED.search(text[-_TAIL:]):
        return False
    if not (soft or _BROKEN.search(text) or _PROSE.search(text)) or toc_line(text) or heading_mark(text):
        return False
    return not (_NEW.match(following) or mark_of(following) or heading_mark(following))
