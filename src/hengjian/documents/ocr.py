"""Recognising the characters of scanned pages: the extra ``ocr`` (rapidocr), which need not be installed.

A recognised page has the same geometry as any other (`printed`), and is marked: its characters may be wrong.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from hengjian.documents.printed import Char, PrintedPage
from hengjian.documents.raster_rules import rules_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    """Height × width × 3 (red, green, blue)."""

LONG_SIDE = 2000
"""Pixels of a page's long side: what the models were trained for; larger pictures are slower, not better."""

_TALL = 1.6
"""A line of text this many times as tall as wide stands turned."""

_LEAST_SKEW, _MOST_SKEW = 0.2, 8.0
"""Degrees: less does not matter to a grid, more is no skew of a scanner's glass."""

_UPRIGHT_SCORE = 0.85
"""Turned text is recognised with less confidence than this when it stands upside down."""


def available() -> bool:
    """Tell whether the extra is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def recognised(page: PrintedPage, pixels: Pixels) -> PrintedPage:
    """Return a page with the characters and ruling lines of its picture, which shows the whole page.

    Stamps in red are looked through; a page that lies on its side or stands slightly askew is set upright.
    Needs the extra ``ocr``; some 3 s and 600 MB a page.
    """
    upright, lines = _upright(_without_red(pixels))
    height, width = upright.shape[:2]
    turned = (width > height) != (page.width > page.height)
    size = (page.height, page.width) if turned else (page.width, page.height)
    scale = size[0] / width
    chars = tuple(char for line in lines for char in _chars(line, scale))
    return replace(
        page, width=size[0], height=size[1], chars=chars, rules=rules_of(upright, scale), scanned=True
    )


Line = tuple[tuple[str, float, Sequence[Sequence[float]]], ...]
"""The characters of a recognised line: text, confidence, and the corners of its box in pixels."""


@cache
def _engine() -> Any:  # noqa: ANN401 - untyped library
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Global.max_side_len": LONG_SIDE})


def _lines(pixels: Pixels) -> list[Line]:
    # Lines that the engine turned by itself would hide that the page stands upside down.
    result = _engine()(pixels, use_cls=False, return_word_box=True, return_single_char_box=True)
    words = getattr(result, "word_results", None) or ()
    return [line for line in words if line and line[0][2] is not None]


def _upright(pixels: Pixels) -> tuple[Pixels, list[Line]]:
    """Recognise a picture, turning it first where its text lies on its side or askew."""
    import cv2

    lines = _lines(pixels)
    if lines and 2 * sum(map(_is_tall, lines)) > len(lines):
        pixels = cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE)
        lines = _lines(pixels)
    if lines and _confidence(lines) < _UPRIGHT_SCORE:
        other = cv2.rotate(pixels, cv2.ROTATE_180)
        others = _lines(other)
        if others and _confidence(others) > _confidence(lines):
            pixels, lines = other, others
    skew = _skew(lines)
    if not _LEAST_SKEW <= abs(skew) <= _MOST_SKEW:
        return pixels, lines
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    straight = cv2.warpAffine(pixels, turn, (width, height), borderValue=(255, 255, 255))
    return straight, _lines(straight)


def _is_tall(line: Line) -> bool:
    xs = [x for _, _, box in line for x, _ in box]
    ys = [y for _, _, box in line for _, y in box]
    return len(line) > 1 and max(ys) - min(ys) > _TALL * (max(xs) - min(xs))


def _confidence(lines: list[Line]) -> float:
    return fmean(score for line in lines for _, score, _ in line)


_LONG_LINE = 6
"""Characters from which a line tells the page's skew."""


def _skew(lines: list[Line]) -> float:
    """Return the degrees by which lines of text sink to the right."""
    from math import atan2, degrees

    slopes = []
    for line in lines:
        if len(line) >= _LONG_LINE:
            (left, top), (right, bottom) = line[0][2][0], line[-1][2][1]
            slopes.append(degrees(atan2(bottom - top, max(right - left, 1))))
    return median(slopes) if slopes else 0.0


def _chars(line: Line, scale: float) -> list[Char]:
    """Return the characters of a line in points; several of one box share its width."""
    chars: list[Char] = []
    for text, _, box in line:
        shown = "".join(text.split())
        left, right = min(x for x, _ in box) * scale, max(x for x, _ in box) * scale
        top, bottom = min(y for _, y in box) * scale, max(y for _, y in box) * scale
        step = (right - left) / max(len(shown), 1)
        chars += [
            Char(each, left + at * step, top, left + (at + 1) * step, bottom) for at, each in enumerate(shown)
        ]
    return [_wide(char, following) for char, following in zip(chars, [*chars[1:], None], strict=True)]


def _wide(char: Char, following: Char | None) -> Char:
    """Return a character that reaches to the next: the engine tells where one is, not how wide."""
    if following is None or not 0 < following.left - char.right < char.bottom - char.top:
        return char
    return char._replace(right=following.left)


def _without_red(pixels: Pixels) -> Pixels:
    """Return a picture in which red ink is white: black print under a seal stays, the seal goes."""
    import numpy as np

    red = pixels[:, :, 0]
    return np.ascontiguousarray(np.stack((red, red, red), axis=-1))
