"""Lines of a dump whose table cells are broken over lines, read label by label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hengjian.documents import Line
from hengjian.packs import squeeze

_WIDTHS = str.maketrans("()[]:,;＝", "（）【】：，；=")
"""Marks whose width differs between dumps of one form; one character for one, so that places stay."""


@lru_cache(maxsize=16_384)
def comparable(text: str) -> str:
    """Return a text as labels are compared: without white space, marks of one width."""
    return squeeze(text).translate(_WIDTHS)


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label found over lines ``[first, last]``; `rest` is what stands behind it on its last line."""

    first: int
    last: int
    rest: str


def printed_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines that say something: no blank ones, and no page numbers at a page's edge."""
    filled = [line for line in lines if line.text.strip()]
    return tuple(
        line
        for index, line in enumerate(filled)
        if not (line.text.strip().isdigit() and _at_page_edge(filled, index))
    )


def _at_page_edge(lines: Sequence[Line], index: int) -> bool:
    page = lines[index].page
    before = lines[index - 1].page if index else None
    after = lines[index + 1].page if index + 1 < len(lines) else None
    return page is not None and (before != page or after != page)


def find_label(
    lines: Sequence[Line], labels: Iterable[str], start: int = 0, stop: int | None = None
) -> LabelHit | None:
    """Return the first place where one of the labels (squeezed) stands, however it is broken.

    A label must begin a line and end with a line or before a space or a colon.
    """
    wanted = tuple(labels)
    for first in range(start, len(lines) if stop is None else min(stop, len(lines))):
        hit = label_at(lines, wanted, first)
        if hit is not None:
            return hit
    return None


def label_at(lines: Sequence[Line], labels: Iterable[str], first: int) -> LabelHit | None:
    """Return the label that begins on a line, the longest when several do."""
    hits = [hit for label in labels if (hit := _match(lines, label, first)) is not None]
    return max(hits, key=lambda hit: (hit.last, -len(hit.rest)), default=None)


def _match(lines: Sequence[Line], label: str, first: int) -> LabelHit | None:
    remaining = comparable(label)
    for index in range(first, min(first + len(remaining), len(lines))):  # a narrow column has a letter a line
        text = lines[index].text.strip()
        taken = _shared(comparable(text), remaining)
        if taken == 0:
            return None
        remaining = remaining[taken:]
        rest = after_characters(text, taken)
        if not remaining:
            ended = not rest or rest[0].isspace() or rest[0] in "：:"
            return LabelHit(first, index, rest.lstrip("：: ").strip()) if ended else None
        if rest.strip():
            return None
    return None


def _shared(text: str, label: str) -> int:
    """Return how many characters of the label the text takes: all of it, or the whole text."""
    if text.startswith(label):
        return len(label)
    return len(text) if label.startswith(text) else 0


def after_characters(text: str, count: int) -> str:
    """Return what follows the first `count` characters that are no white space."""
    for index, character in enumerate(text):
        if count == 0:
            return text[index:]
        count -= not character.isspace()
    return ""


def words_of(lines: Iterable[Line]) -> str:
    """Return lines as one quote."""
    return " ".join(line.text.strip() for line in lines)
