"""Set printed characters into lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter, itemgetter

from hengjian.documents.printed import Box, Char, PrintedLine

_SAME = 0.5
"""Runs are one line when they share this part of the lower one's height."""
_SHIFT = 2.0
"""Characters of one run stand level to this many points; ink that leaves the type body moves its edges."""
_GAP = 0.6
_LATIN_GAP = 0.18
"""A gap parts words from this part of a character's height on; less between Latin letters and digits."""
_DOUBLE = 0.25
"""The same character again within this part of its width is printed twice, to look bold."""

_Run = list[Char]
_LEFT, _TOP, _RIGHT, _BOTTOM = map(itemgetter, range(1, 5))


def text_lines(chars: Iterable[Char]) -> list[PrintedLine]:
    """Return the lines that characters make, from the top down."""
    made = [printed_line(line) for line in char_lines(chars)]
    made.sort(key=attrgetter("box.top"))
    return made


def char_lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Return the characters of each line, from left to right.

    Characters whose heights overlap stand on one line, so that a small shift of the baseline, another type
    size or a superscript does not break it.
    """
    made = _runs(chars)
    if len(made) <= 1:
        return made
    runs = [(*_span(run), run) for run in made]
    runs.sort(key=lambda each: each[0] + each[1])
    lines: list[tuple[float, float, list[_Run]]] = []
    for top, bottom, run in runs:
        for at in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
            high, low, members = lines[at]
            shared = min(bottom, low) - max(top, high)
            if shared >= _SAME * min(bottom - top, low - high):
                members.append(run)
                if bottom - top > low - high:
                    lines[at] = (top, bottom, members)
                break
        else:
            lines.append((top, bottom, [run]))
    return [_ordered(members) for _, _, members in lines]


def _runs(chars: Iterable[Char]) -> list[_Run]:
    """Split characters where the next does not stand to the right at the same height."""
    runs: list[_Run] = []
    run: _Run = []
    last, high, low = 0.0, 0.0, -1.0
    for char in chars:
        _, left, top, _, bottom = char
        level = (top == high and bottom == low) or (abs(top - high) < _SHIFT and abs(bottom - low) < _SHIFT)
        if level and left >= last and run:
            run.append(char)
        else:
            run = [char]
            runs.append(run)
            high, low = top, bottom
        last = left
    return runs


def _span(run: _Run) -> tuple[float, float]:
    """Return the top and the bottom of a run, which are those of its first character."""
    return run[0].top, run[0].bottom


def _ordered(runs: list[_Run]) -> list[Char]:
    """Set runs of one height side by side."""
    if len(runs) == 1:
        return runs[0]
    runs.sort(key=lambda run: run[0].left)
    chars = [char for run in runs for char in run]
    chars.sort(key=_LEFT)
    return chars


def printed_line(chars: list[Char]) -> PrintedLine:
    """Return the text and the box of a line's characters, which stand from left to right."""
    _, left, top, end, bottom = chars[0]
    height = bottom - top
    thin, wide = _LATIN_GAP * height, _GAP * height
    parts: list[str] = []
    before, start, end = "", left, left
    for text, x, _, right, _ in chars:
        gap = x - end
        if gap > thin:
            if gap > wide or (before.isascii() and text.isascii() and _worded(before, text)):
                parts.append(" ")
        elif gap < 0 and text == before and x - start < _DOUBLE * (right - x):
            continue
        parts.append(text)
        before, start, end = text, x, right
    box = Box(left, min(map(_TOP, chars)), max(map(_RIGHT, chars)), max(map(_BOTTOM, chars)))
    return PrintedLine("".join(parts), box)


def _worded(before: str, after: str) -> bool:
    """Tell whether two characters that stand apart end and begin a word."""
    return before.isalnum() and after.isalnum()
