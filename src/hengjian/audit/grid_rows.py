"""Which row of a form a printed row is: by its code, by its caption, or by its name in the classification."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hengjian.audit.grid_words import FormWords
from hengjian.audit.tables import digits_of, plain
from hengjian.kernel import Code
from hengjian.packs.schema import Row

_CODE_AND_NAME = re.compile(r"[\[(]?(?P<code>\d{3,7})[\])]?[-—:_]?(?P<name>[^\d\-—:_].*)")
_NAME_AND_CODE = re.compile(r"(?P<name>\D+)[\[(](?P<code>\d{3,7})[\])]")


@dataclass(frozen=True, slots=True)
class RowHit:
    """The row id of a printed row and the name printed for it.

    `unknown` is the code when the edition does not have it; `meant` the code whose name is printed.
    """

    id: str
    name: str
    unknown: bool = False
    meant: str | None = None


@dataclass(slots=True)
class RowFinder:
    """Finds the rows of one table in printed order: captions that come twice are told apart by order."""

    words: FormWords
    _used: dict[str, None] = field(default_factory=dict)
    _code: str = ""

    def find(self, codes: Sequence[str], names: Sequence[str], side: str | None) -> RowHit | None:
        """Return the row of printed codes and names, None when the form has no such row."""
        names = [name for name in names if name.strip()]
        if self.words.has_codes(side):
            code, rest = self._printed_code(codes, names)
            if code:
                return self._by_code(code, rest)
        for text in [*names, *(text for text in codes if text.strip() and not digits_of(text))]:
            hit = self._fixed(text, side) or self._named(text, side)
            if hit is not None:
                return hit
        return None

    def _printed_code(self, codes: Sequence[str], names: Sequence[str]) -> tuple[str, str]:
        """Return the code, joined when it is split over cells or taken off a name, and the name."""
        code = self._joined([digits_of(text) for text in codes])
        if self._has_level(code):
            return code, names[-1] if names else ""
        for text in (*(text for text in codes if text.strip()), *names):
            match = _CODE_AND_NAME.fullmatch(plain(text)) or _NAME_AND_CODE.fullmatch(plain(text))
            if match is not None and self._has_level(match["code"]):
                return match["code"], match["name"]
        return "", ""

    def _joined(self, parts: Sequence[str]) -> str:
        """Join 类, 款 and 项; a part left blank before the last one goes on from the row above."""
        filled = [part for part in parts if part]
        if not filled:
            return ""
        last = filled[-1]
        if len(filled) == 1 and (len(parts) == 1 or self._has_level(last)):
            return last
        if len(filled) > 1 and last.startswith(filled[0]) and len(last) > len(filled[0]):
            return last
        lead = "" if parts[0] else self._code[: self._length_before(parts)]
        return lead + "".join(filled)

    def _length_before(self, parts: Sequence[str]) -> int:
        blank = next((index for index, part in enumerate(parts) if part), 0)
        scheme = self.words.scheme
        return scheme.levels[blank - 1] if scheme is not None and 0 < blank <= len(scheme.levels) else 0

    def _has_level(self, code: str) -> bool:
        scheme = self.words.scheme
        return scheme is not None and len(code) in scheme.levels

    def _by_code(self, code: str, name: str) -> RowHit | None:
        scheme = self.words.scheme
        if scheme is None or code in self._used:
            return None
        self._used[code] = None
        self._code = code
        if scheme.code(code) is not None:
            return RowHit(code, name)
        return RowHit(code, name, unknown=True, meant=self._meant(code, name))

    def _meant(self, code: str, name: str) -> str | None:
        """Return the one code beside an unknown one, under the same parent, that bears the printed name."""
        scheme = self.words.scheme
        found = [other for other in self.words.codes(name) if len(other) == len(code)] if name else []
        if scheme is None or not found:
            return None
        above = Code(scheme.id, scheme.edition, code).ancestors(scheme.levels)
        near = [other for other in found if not above or other.startswith(above[0].code)]
        return near[0] if len(near) == 1 else None

    def _fixed(self, text: str, side: str | None) -> RowHit | None:
        rows = [row for row in self.words.rows(text, side) if row.id not in self._used]
        if not rows and self._used:
            part = self.words.part(self._whole(next(reversed(self._used))), text)
            rows = [part] if part is not None and part.id not in self._used else []
        if not rows:
            return None
        row = self._next(rows)
        self._used[row.id] = None
        return RowHit(row.id, text)

    def _whole(self, row_id: str) -> str:
        """Return the row whose parts may follow: the row itself, or the one that it is a part of."""
        parts = any(row.of_which == row_id for row in self.words.form.rows)
        row = self.words.form.row(row_id)
        return row_id if parts or row is None or row.of_which is None else row.of_which

    def copy(self) -> RowFinder:
        """Return a finder that goes on where this one stands."""
        return RowFinder(self.words, dict(self._used), self._code)

    def _next(self, rows: Sequence[Row]) -> Row:
        """Of rows with one caption take the part of a row that has been read last, else the first."""
        for whole in reversed(self._used):
            for row in rows:
                if row.of_which == whole:
                    return row
        return rows[0]

    def _named(self, text: str, side: str | None) -> RowHit | None:
        """Return the code that bears the name; of several the one below the code read last."""
        if not self.words.has_codes(side):
            return None
        codes = [code for code in self.words.codes(text) if code not in self._used]
        for length in range(len(self._code), 0, -1) if len(codes) > 1 else ():
            near = [code for code in codes if code.startswith(self._code[:length])]
            if near:
                codes = near
                break
        if len(codes) != 1:
            return None
        self._used[codes[0]] = None
        self._code = codes[0]
        return RowHit(codes[0], text)
