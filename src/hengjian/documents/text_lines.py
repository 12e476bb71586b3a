"""Set printed characters into lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter, sub
from typing import Any

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

_TIGHT = 0.09
"""What overlaps by no more than this part of its height is not printed twice."""

Run = list[Char]
"""Characters that stand side by side in the file and on the page, from left to right."""
SetLine = tuple[list[Char], PrintedLine]
"""The characters of a line, from left to right, and what they say."""
_LEFT = itemgetter(1)


def text_lines(chars: Iterable[Char]) -> list[PrintedLine]:
    """Return the lines that characters make, from the top down."""
    return [line for _, line in set_lines(char_runs(chars))]


def set_lines(runs: Sequence[Run]) -> list[SetLine]:
    """Return the lines that runs of characters make, from the top down."""
    if len(runs) == 1:
        return [(runs[0], printed_line(runs[0]))]
    made = [(line, printed_line(line)) for line in _joined(runs)]
    made.sort(key=lambda each: each[1].box.top)
    return made


def char_runs(chars: Iterable[Char]) -> list[Run]:
    """Split characters where the next does not stand to the right at the same height."""
    runs: list[Run] = []
    run: Run = []
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


def outside(runs: Sequence[Run], boxes: Iterable[Box]) -> Sequence[Run]:
    """Return the runs whose characters' centres lie in none of the boxes; a run may be cut by a box's side.

    A run stands where its first character does.
    """
    for box in boxes:
        left, top, right, bottom = (2 * edge for edge in box)  # twice the edges, against twice the centres
        left_over: list[Run] = []
        for run in runs:
            first, last = run[0], run[-1]
            if not top <= first[2] + first[4] <= bottom:
                left_over.append(run)
            elif first[1] + first[3] < left or last[1] + last[3] > right:
                parts = (
                    [char for char in run if char[1] + char[3] < left],
                    [char for char in run if char[1] + char[3] > right],
                )
                left_over += filter(None, parts)
        runs = left_over
    return runs


def _joined(made: Sequence[Run]) -> list[list[Char]]:
    """Return the characters of each line.

    Runs whose heights overlap stand on one line, so that a small shift of the baseline, another type size or
    a superscript does not break it.
    """
    runs = [(*_span(run), run) for run in made]
    runs.sort(key=lambda each: each[0] + each[1])
    lines: list[tuple[float, float, list[Run]]] = []
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


def _span(run: Run) -> tuple[float, float]:
    """Return the top and the bottom of a run, which are those of its first character."""
    return run[0].top, run[0].bottom


def _ordered(runs: list[Run]) -> list[Char]:
    """Set runs of one height side by side."""
    if len(runs) == 1:
        return runs[0]
    runs.sort(key=lambda run: run[0].left)
    chars = [char for run in runs for char in run]
    chars.sort(key=_LEFT)
    return chars


def printed_line(chars: Sequence[Char]) -> PrintedLine:
    """Return the text and the box of a line's characters, which stand from left to right."""
    columns: Any = zip(*chars, strict=True)
    texts, lefts, tops, rights, bottoms = columns
    box = Box(lefts[0], min(tops), max(rights), max(bottoms))
    if len(texts) == 1:
        return PrintedLine(texts[0], box)
    height = bottoms[0] - tops[0]
    gaps = list(map(sub, lefts[1:], rights))
    plain = max(gaps) <= _LATIN_GAP * height and min(gaps) >= -_TIGHT * height
    return PrintedLine("".join(texts) if plain else _spaced(chars, height), box)


def _spaced(chars: Sequence[Char], height: float) -> str:
    """Return the text of characters with a space at each wide gap, without those printed twice."""
    thin, wide = _LATIN_GAP * height, _GAP * height
    parts: list[str] = []
    before, start, end = "", chars[0].left, chars[0].left
    for text, x, _, right, _ in chars:
        gap = x - end
        if gap > thin:
            if gap > wide or (before.isascii() and text.isascii() and _worded(before, text)):
                parts.append(" ")
        elif gap < 0 and text == before and x - start < _DOUBLE * (right - x):
            continue
        parts.append(text)
        before, start, end = text, x, right
    return "".join(parts)


def _worded(before: str, after: str) -> bool:
    """Tell whether two characters that stand apart end and begin a word."""
    return before.isalnum() and after.isalnum()
