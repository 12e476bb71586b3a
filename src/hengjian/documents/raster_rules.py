"""Ruling lines in the picture of a page: long thin strokes, horizontal or vertical."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hengjian.documents.printed import Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DARK_BLOCK, _DARK_BY = 31, 12
"""A pixel is ink when it is darker by so much than the mean of its surroundings of so many pixels."""

_SHORTEST = 1 / 32
"""The shortest ruling line as a share of the page's long side: longer than a character is tall."""

_THICKEST = 8
"""Pixels beyond which a stroke is a bar, not a line."""

_MOST_RULES = 5_000

_SURE = 3
"""A stroke so many times the shortest is a line; a shorter one may be print that ran together."""

_FRAYED = 6
"""Pixels by which lines that meet may miss each other."""


def rules_of(pixels: NDArray[np.uint8], scale: float) -> tuple[Rule, ...]:
    """Return the ruling lines of an upright picture in points, of which a pixel has `scale`."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _DARK_BLOCK, _DARK_BY
    )
    length = max(int(max(ink.shape) * _SHORTEST), 20)
    strokes = [_strokes(ink, length, across=across) for across in (True, False)]
    kept = [
        stroke
        for own, others in (strokes, strokes[::-1])
        for stroke in own
        if max(stroke.right - stroke.left, stroke.bottom - stroke.top) >= length * _SURE
        or any(_meet(stroke, other) for other in others)
    ]
    return tuple(Rule(*(edge * scale for edge in stroke)) for stroke in kept[:_MOST_RULES])


def _strokes(ink: NDArray[np.uint8], length: int, *, across: bool) -> list[Rule]:
    """Return the strokes of one direction, in pixels, that are at least so long."""
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if across else (1, length))
    # Ink that a pen skipped or a scan frayed by a few pixels is closed before strokes are measured.
    mend = cv2.getStructuringElement(cv2.MORPH_RECT, (5, 1) if across else (1, 5))
    strokes = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, mend), cv2.MORPH_OPEN, kernel)
    _, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
    found: list[Rule] = []
    for left, top, width, height, _ in stats[1 : 2 * _MOST_RULES].tolist():
        thickness, long = (height, width) if across else (width, height)
        if thickness > _THICKEST and thickness * 6 > long:
            continue
        if across:
            found.append(Rule(left, top + height / 2, left + width, top + height / 2))
        else:
            found.append(Rule(left + width / 2, top, left + width / 2, top + height))
    return found


def _meet(one: Rule, other: Rule) -> bool:
    """Tell whether two strokes in pixels touch, within what a scan frays."""
    return (
        one.left - _FRAYED <= other.right
        and other.left - _FRAYED <= one.right
        and one.top - _FRAYED <= other.bottom
        and other.top - _FRAYED <= one.bottom
    )
