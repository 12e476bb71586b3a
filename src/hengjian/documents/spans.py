"""Runs of source text, and how the runs of broken lines become one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hengjian.documents.tree import Line, Segment

_NOISE = re.compile(r"\[bookmark: [^\]\n]{0,80}\]")
_BLANK = " \t\r\n\f\v\u3000\xa0\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of source text: its offset in the source, its characters and its line from 1."""

    start: int
    text: str
    line: int


def spans_of(line: Line) -> tuple[Span, ...]:
    """Return the words of a raw line: without outer white space and without a converter's bookmark marks."""
    return text_spans(line.text, line.start, line.number)


def text_spans(text: str, start: int, number: int) -> tuple[Span, ...]:
    """Return the words of `text`, which stands at offset `start` of the source on line `number`."""
    if "[bookmark: " not in text:
        return _stripped([Span(start, text, number)])
    runs, at = [], 0
    for match in _NOISE.finditer(text):
        runs.append(Span(start + at, text[at : match.start()], number))
        at = match.end()
    runs.append(Span(start + at, text[at:], number))
    return _stripped(runs)


def _stripped(runs: Sequence[Span]) -> tuple[Span, ...]:
    """Strip white space at both ends of the whole, and drop empty runs."""
    kept = list(runs)
    while kept:
        bare = kept[0].text.lstrip(_BLANK)
        if bare:
            kept[0] = Span(kept[0].start + len(kept[0].text) - len(bare), bare, kept[0].line)
            break
        del kept[0]
    while kept:
        bare = kept[-1].text.rstrip(_BLANK)
        if bare:
            kept[-1] = Span(kept[-1].start, bare, kept[-1].line)
            break
        del kept[-1]
    return tuple(run for run in kept if run.text)


def joined(spans: Iterable[Span]) -> tuple[str, tuple[Segment, ...]]:
    """Join runs into one text with its segments.

    A space goes only between Latin words of different lines; Chinese, figures and punctuation join
    without one, since a line may break inside a word or a number.
    """
    parts: list[str] = []
    segments: list[Segment] = []
    length, last = 0, None
    for span in spans:
        if last is not None and last.line != span.line and _parted(last.text[-1], span.text[0]):
            parts.append(" ")
            length += 1
        parts.append(span.text)
        segments.append(Segment(length, span.start, len(span.text), span.line))
        length += len(span.text)
        last = span
    return "".join(parts), tuple(segments)


def _parted(left: str, right: str) -> bool:
    both = left + right
    return both.isascii() and both.isalnum() and not both.isdigit()


def display_width(text: str) -> int:
    """Return the width of a line in columns: one for each ASCII character, two for any other."""
    return len(text) if text.isascii() else 2 * len(text) - len(text.encode("ascii", "ignore"))
