"""Chinese prose on the terminal: lines break between characters, never before or after the wrong mark.

Rich breaks at spaces, of which Chinese has none: it cuts figures in two and begins lines with a stop.
"""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…—％%)]},.;:!?·～~")
"""Marks that no line begins with (GB/T 15834—2011, 5.1)."""
_NEVER_LAST = frozenset("（《「『【〔〈“‘([{")
"""Marks that no line ends with."""
_WIDE = 2


def break_offsets(text: str, width: int) -> list[int]:
    """Return where the lines of a text begin but the first, when none is to be wider than `width` cells.

    A space in the second half of a line is the best place to break at. A piece without any place, wider than
    the line, is cut.

    >>> break_offsets("差10分。“参保率”是98%。", 8)
    [5, 10]
    >>> break_offsets("no more than", 8)
    [8]
    """
    offsets: list[int] = []
    start = used = place = spaced = 0
    for index, char in enumerate(text):
        if index > start and _may_break(text[index - 1], char):
            place = index
            spaced = index if text[index - 1].isspace() and 2 * used >= width else spaced
        if used + cell_len(char) > width and not char.isspace() and index > start:
            start = next((each for each in (spaced, place) if each > start), index)
            offsets.append(start)
            used = cell_len(text[start:index])
        used += cell_len(char)
    return offsets


def _may_break(before: str, after: str) -> bool:
    if before.isspace():
        return True
    wide = cell_len(before) == _WIDE or cell_len(after) == _WIDE
    return wide and before not in _NEVER_LAST and after not in _NEVER_FIRST


class Prose(Text):
    """Text that is wrapped as Chinese is."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Return the lines, none wider than `width` cells."""
        if no_wrap or self.no_wrap or overflow == "ignore":
            return super().wrap(
                console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap
            )
        lines = Lines()
        for line in self.split(allow_blank=True):
            line.expand_tabs(tab_size)
            lines.extend(line.divide(break_offsets(line.plain, width)))
        for line in lines:
            line.rstrip_end(width)
        lines.justify(console, width, justify=justify or self.justify or "default", overflow="fold")
        return lines


class ProseConsole(Console):
    """A console whose strings in tables are prose."""

    def render_str(self, text: str, **settings: Any) -> Text:  # noqa: ANN401
        """Return a string as prose, with the settings of `Console.render_str`."""
        rendered = super().render_str(text, **settings)
        return Prose(
            rendered.plain,
            style=rendered.style,
            justify=rendered.justify,
            overflow=rendered.overflow,
            spans=rendered.spans,
        )
