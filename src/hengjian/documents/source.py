"""A text file's characters, its raw lines and their pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from hengjian.documents.tree import Line
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

_LONE_NUMBER = re.compile(
    r"(?:第\s*)?[-—–]?\s*(\d{1,4})\s*[-—–]?(?:\s*/\s*\d{1,4})?(?:\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)?"
)
_BREAK = re.compile(r" \S")
MOST_UNDECODABLE = 0.02
"""The share of characters that may be undecodable before a file is no text."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A lone number on a line: the line's index from 0, the number, and whether a page ends after it."""

    index: int
    number: int
    ends_page: bool


def decode(data: bytes, path: str) -> str:
    """Decode a text file: UTF-8, UTF-16 with a mark, else GB 18030. Raises InputError when it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        text = _decode_bytes(data)
    undecodable = text.count("\ufffd") + text.count("\0")
    if "\0" in text or undecodable > MOST_UNDECODABLE * len(text):
        share = f"{100 * undecodable / max(len(text), 1):.1f}%"
        raise InputError("input.not-text", Place(file=path), share=share)
    return text


def _decode_bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        candidates = (data.decode(name, errors="replace") for name in ("utf-8-sig", "gb18030"))
        return min(candidates, key=lambda text: text.count("\ufffd"))


def raw_lines(text: str) -> list[tuple[str, int]]:
    """Return each line without its end, and its offset in the text."""
    lines, start = [], 0
    for raw in text.split("\n"):
        lines.append((raw.removesuffix("\r"), start))
        start += len(raw) + 1
    if lines and not lines[-1][0]:
        lines.pop()
    return lines


def paged(raw: list[tuple[str, int]], *, wrapped: bool) -> tuple[tuple[Line, ...], frozenset[int]]:
    """Number the lines and their pages; return also the indices of the lines of page furniture.

    These hold a page number only, or the running head that most pages of a wrapped text begin with.

    Pages break at form feeds; in the dump of a PDF without them, at lines that begin with one space.
    Where lone numbers agree with the count of breaks they are page numbers, and pages are called by them.
    """
    breaks = _breaks([text for text, _ in raw], wrapped=wrapped)
    numbers, offset = _page_numbers(raw, breaks) if wrapped else ([], 0)
    if not any(breaks) and not numbers:
        return tuple(Line(i, text, None, start) for i, (text, start) in enumerate(raw, 1)), frozenset()
    opening = {number.index for number in numbers if not number.ends_page}
    lines, page = [], 1
    for index, (text, start) in enumerate(raw):
        page += breaks[index] + (index in opening)
        label = page + offset
        lines.append(Line(index + 1, text, label if label > 0 else None, start))
    furniture = {number.index for number in numbers}
    if wrapped:
        furniture |= _running_heads(lines, furniture)
    return tuple(lines), frozenset(furniture)


_LEAST_PAGES, _MOST_PAGES_SHARE = 4, 0.6


def _running_heads(lines: list[Line], numbers: set[int]) -> set[int]:
    """Return the indices of the lines that most pages begin with."""
    firsts: dict[int | None, int] = {}
    for index, line in enumerate(lines):
        if line.page not in firsts and index not in numbers and line.text.strip():
            firsts[line.page] = index
    counts = Counter(lines[index].text.strip() for index in firsts.values())
    head, count = counts.most_common(1)[0] if counts else ("", 0)
    if count < max(_LEAST_PAGES, _MOST_PAGES_SHARE * len(firsts)):
        return set()
    return {index for index in firsts.values() if lines[index].text.strip() == head}


def _breaks(texts: list[str], *, wrapped: bool) -> list[int]:
    """Count the page breaks before each line."""
    if any("\f" in text for text in texts):
        # A form feed at a line's end breaks the page before the next line.
        before = [text[: len(text) - len(text.lstrip(" \f"))].count("\f") for text in texts]
        after = [text.count("\f") - ahead for text, ahead in zip(texts, before, strict=True)]
        return [ahead + left for ahead, left in zip(before, [0, *after[:-1]], strict=True)]
    return [int(wrapped and index > 0 and bool(_BREAK.match(text))) for index, text in enumerate(texts)]


def _page_numbers(raw: list[tuple[str, int]], breaks: list[int]) -> tuple[list[PageNumber], int]:
    """Find the longest run of lone numbers that count on with the page breaks, and what to add to a page."""
    candidates = _lone_numbers([text for text, _ in raw], breaks)[:_MOST_NUMBERS]
    passed = list(accumulate(breaks))
    best: list[PageNumber] = []
    best_offset = 0
    for first in range(min(len(candidates), _MOST_ANCHORS)):
        run, offset = _run_from(candidates[first:], passed)
        if len(run) > len(best):
            best, best_offset = run, offset
    enough = len(best) >= _SURE_RUN or (len(best) > 1 and 2 * len(best) >= len(candidates))
    return (best, best_offset) if enough else ([], 0)


_SURE_RUN = 4
_MOST_NUMBERS, _MOST_ANCHORS = 5_000, 40
_LONGEST_NUMBER_LINE = 40


def _lone_numbers(texts: list[str], breaks: list[int]) -> list[PageNumber]:
    found = []
    for index, text in enumerate(texts):
        match = _LONE_NUMBER.fullmatch(text.strip()) if 0 < len(text) < _LONGEST_NUMBER_LINE else None
        if match is None:
            continue
        following = next((i for i in range(index + 1, len(texts)) if texts[i].strip()), None)
        found.append(PageNumber(index, int(match[1]), following is None or breaks[following] > 0))
    return found


def _run_from(candidates: list[PageNumber], passed: list[int]) -> tuple[list[PageNumber], int]:
    """Return the numbers that agree with the first; `passed` counts the breaks up to each line."""
    run: list[PageNumber] = []
    opened = offset = 0
    for number in candidates:
        opens = not number.ends_page
        page = 1 + passed[number.index] + opened + opens
        if not run:
            offset = number.number - page
        if number.number == page + offset and (not run or number.number > run[-1].number):
            run.append(number)
            opened += opens
    return run, offset
