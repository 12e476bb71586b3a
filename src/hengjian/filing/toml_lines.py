"""The lines of a TOML file's tables and keys, which its parser does not tell.

They are found by looking at line beginnings, which is enough for the plain tables that a filing's folder
holds; inside a multi-line string nothing is taken for a header or a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

Location = tuple[str | int, ...]
"""The names that lead to a table or a key; an item of a list by its index."""

_HEADER = re.compile(r"(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?")
_BRACKET = re.compile(r"^[ \t]*\[", re.MULTILINE)
_KEY = re.compile(r"\s*(?P<key>[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=")
_QUOTES = ('"""', "'''")


@dataclass(slots=True)
class Lines:
    """The lines of a file and where each table begins, counted from 1; that of the whole file is 1.

    The keys of a table are looked up when one of them is first asked for.
    """

    lines: list[str]
    headers: dict[Location, int]
    ends: dict[Location, int]
    keys: dict[Location, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Self:
        """Find the headers of a file."""
        lines = text.split("\n")
        headers: dict[Location, int] = {(): 1}
        counts: dict[Location, int] = {}
        for number in _bracketed(text, lines):
            if header := _HEADER.fullmatch(lines[number - 1].strip()):
                headers.setdefault(_entered(header, counts), number)
        last = len(lines) + 1
        ends = {one: following - 1 for (one, _), (_, following) in pairwise([*headers.items(), ((), last)])}
        return cls(lines, headers, ends)

    def of_key(self, path: Location, key: str) -> int | None:
        """Return the line of a table's key; None when no line begins with it."""
        if path not in self.keys:
            self.keys[path] = dict(self._keys_of(path)) if path in self.headers else {}
        return self.keys[path].get(key)

    def _keys_of(self, path: Location) -> Iterator[tuple[str, int]]:
        """Yield the keys of a table with their lines, the last first, so that the first remains."""
        begin = self.headers[path] + (1 if path else 0)
        found: list[tuple[str, int]] = []
        closing = ""
        for number in range(begin, self.ends[path] + 1):
            line = self.lines[number - 1]
            if closing:
                closing = "" if closing in line else closing
            elif match := _KEY.match(line):
                found.append((match["key"].strip("\"'"), number))
                closing = _opened(line[match.end() :])
        return reversed(found)


def _bracketed(text: str, lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that begin with a bracket and stand in no multi-line string."""
    if not any(quotes in text for quotes in _QUOTES):
        number, counted = 1, 0
        for match in _BRACKET.finditer(text):
            number += text.count("\n", counted, match.start())
            counted = match.start()
            yield number
        return
    closing = ""
    for number, line in enumerate(lines, start=1):
        if closing:
            closing = "" if closing in line else closing
        elif line.lstrip().startswith("["):
            yield number
        else:
            closing = _opened(line.partition("=")[2])


def _entered(header: re.Match[str], counts: dict[Location, int]) -> Location:
    """Return the location of a header: within the last item of every list that it stands in.

    A header of a list begins its next item; `counts` holds the last item of every list so far.
    """
    *outer, last = (part.strip().strip("\"'") for part in header[2].split("."))
    path: Location = ()
    for part in outer:
        path = (*path, part)
        path = (*path, counts[path]) if path in counts else path
    path = (*path, last)
    if header[1] == "[":
        return path
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])


def _opened(value: str) -> str:
    """Return the quotes that end a multi-line string begun here and not ended."""
    for quotes in _QUOTES:
        if value.lstrip().startswith(quotes) and value.count(quotes) == 1:
            return quotes
    return ""
