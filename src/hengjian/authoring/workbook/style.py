"""Formats of cells, made once each, and how wide a text stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

_BODY = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
_BORDER = {"border": 1, "border_color": "#808080"}
_INPUT = {"bg_color": "#FFFBE6", "locked": False}
PARTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"font_size": 16, "bold": True, "align": "center"},
    "small": {"font_color": "#595959", "font_size": 9},
    "right": {"align": "right"},
    "center": {"align": "center"},
    "bold": {"bold": True},
    "wrap": {"text_wrap": True},
    "box": _BORDER,
    "head": {**_BORDER, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8EEF5"},
    "name": {**_BORDER, "text_wrap": True},
    "code": {**_BORDER, "num_format": "@", "align": "left"},
    "number": {**_BORDER, "align": "right", "indent": 1},
    "none": {**_BORDER, "bg_color": "#EDEDED"},
    "input": _INPUT,
    "link": {"font_color": "#0563C1", "underline": 1},
}
"""The parts that a format is put together from."""


@dataclass(slots=True)
class Styles:
    """The formats of one workbook, by the parts they are put together from."""

    book: Any
    made: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def of(self, *parts: str, indent: int = 0, number: str | None = None) -> Any:  # noqa: ANN401 - untyped library
        """Return the format made of parts, with an indent and a number format."""
        key = (parts, indent, number)
        if key not in self.made:
            settings = dict(_BODY)
            for part in parts:
                settings |= PARTS[part]
            if indent:
                settings["indent"] = min(indent, 15)
            if number is not None:
                settings["num_format"] = number
            self.made[key] = self.book.add_format(settings)
        return self.made[key]


def width_of(text: str) -> int:
    """Return how many columns of half-width characters a text takes; the longest line counts.

    >>> width_of("合计"), width_of("3,133.12")
    (4, 8)
    """
    return max((_line_width(line) for line in text.splitlines()), default=0)


def _line_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)
