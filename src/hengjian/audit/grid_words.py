"""What a form calls its columns and rows, made searchable: whole captions, parts of paths, codes by name."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hengjian.audit.grid_heads import Path
from hengjian.audit.tables import bare, plain, without_brackets
from hengjian.kernel import FiscalYear
from hengjian.packs import Scheme, Standards
from hengjian.packs.schema import Column, Form, Row

_YEAR = re.compile(r"(?:(20\d\d)|(二[〇○零O0][〇○零一二三四五六七八九]{2}))(?:年度|年)?")
_YEAR_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_EARLIER = re.compile(r"上年|去年|上一年|结转|结余|年初|年末|年终")
_SHORTEST_PART, _SHORTEST_STEM = 3, 4
_FUND_ENDING = re.compile(r"(?:财政拨款|拨款|资金|预算|收入)+$")
_FUNDS = frozenset({"一般公共", "政府性基金", "国有资本经营"})
_GENERIC = frozenset({"小计", "合计", "总计", "金额", "预算数", "决算数", "数额", "预算", "决算"})
_SUMS = frozenset({"小计", "合计", "总计"})
_NEUTRAL = re.compile(
    r"(?:本年)?(?:收入|支出|收支|预算|决算)(?:预算数?|决算数?|数|项目)?|资金(?:性质|来源)|预算数|决算数|金额|项目"
    r"|(?:支出)?(?:功能|经济)分类.*"
)


_Part = TypeVar("_Part", Column, Row)
_Key = TypeVar("_Key", bound=Hashable)
_Named = TypeVar("_Named", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ColumnHit:
    """A form's column that a printed caption names, and how much of the caption says so."""

    column: Column
    strength: int


class FormWords:
    """The captions of one form in one year."""

    def __init__(self, form: Form, standards: Standards) -> None:
        self.form = form
        self.scheme = _scheme(form, standards)
        self._year = standards.year
        self._columns = _column_paths(form)
        self._rows = _row_names(form)
        self._row_stems = _stems(self._rows)
        self._column_stems = _stems({path[-1]: columns for path, columns in self._columns.items()})
        self._codes = _code_names(self.scheme)
        self._known = frozenset(part for path in self._columns for part in path)

    def column(self, path: Path, side: str | None = None, shared: int = 0) -> ColumnHit | None:
        """Return the column that a printed path names; None when it names none or another year's.

        The first `shared` of the path's `parts` stand over all columns of figures and tell nothing apart.
        """
        parts = self.parts(path)
        if parts is None:
            return None
        for variant in dict.fromkeys((parts, tuple(filter(None, map(without_brackets, parts))))):
            hit = self._by_suffix(variant, side, shared)
            if hit is None and len(variant) > 1 and variant[-1] in _GENERIC:
                hit = self._by_suffix(variant[:-1], side, shared)
            if hit is not None:
                return hit
        return None

    def cell(self, path: Path) -> tuple[Row, Column | None] | None:
        """Return the fixed row, and the column if any, that a head names where a form lies on its side."""
        parts = self.parts(path)
        if parts is None:
            return None
        for index, part in enumerate(parts):
            columns = self._columns.get((part,)) or self._columns.get((without_brackets(part),)) or ()
            rest = parts[:index] + parts[index + 1 :]
            row = self._row_of(rest) if columns and rest else None
            if row is not None:
                return row, columns[0]
        row = self._row_of(parts)
        return None if row is None else (row, None)

    def rows(self, text: str, side: str | None) -> list[Row]:
        """Return the fixed rows of a side that bear a name, in the form's order."""
        for name in _variants(text):
            for rows in (self._rows.get(name, ()), self._row_stems.get(_stem(name), ())):
                found = [row for row in rows if _on_side(row.side, side)]
                if found:
                    return found
        return []

    def codes(self, text: str) -> tuple[str, ...]:
        """Return the codes of the form's levels that bear a name."""
        rows = self.form.code_rows
        if rows is None:
            return ()
        for name in _variants(text):
            found = tuple(code for code in self._codes.get(name, ()) if len(code) in rows.levels)
            if found:
                return found
        return ()

    def has_codes(self, side: str | None) -> bool:
        """Tell whether the form lists codes on a side."""
        rows = self.form.code_rows
        return rows is not None and _on_side(rows.side, side)

    @staticmethod
    def is_general(parts: Path) -> bool:
        """Tell whether a path only says that figures stand below it."""
        return all(part in _GENERIC or _NEUTRAL.fullmatch(part) for part in parts)

    @property
    def sides(self) -> bool:
        """Whether the form has two sides."""
        sides = [row.side for row in self.form.rows] + [column.side for column in self.form.columns]
        return any(side is not None for side in sides)

    def _row_of(self, parts: Path) -> Row | None:
        if len(parts) > 1 and parts[-1] in _SUMS and (row := self._row_of(parts[:-1])) is not None:
            return row
        for start in range(len(parts)):
            if found := self._rows.get("/".join(parts[start:])):
                return found[0]
        if not parts:
            return None
        if found := self._rows.get(without_brackets(parts[-1])):
            return found[0]
        above = self._row_of(parts[:-1])
        return self.part(above.id, parts[-1]) if above is not None else None

    def part(self, whole: str, text: str) -> Row | None:
        """Return the one part of a row whose caption ends with a short name: 购置费 of 公务用车购置费."""
        name = bare(text)
        if len(name) < _SHORTEST_PART:
            return None
        parts = [
            row
            for row in self.form.rows
            if row.of_which == whole and any(bare(each).endswith(name) for each in row.captions)
        ]
        return parts[0] if len(parts) == 1 else None

    def parts(self, path: Path) -> Path | None:
        """Return the path without this year's date; None when it is about an earlier year."""
        parts: list[str] = []
        for text in path:
            match = _YEAR.search(text)
            if match is not None and _year_of(match) != self._year:
                return None
            part = bare(_YEAR.sub("", text)) if match is not None else bare(text)
            if part in {"上年", "上年数", "上年预算数", "上年决算数"} and part not in self._known:
                return None
            if part:
                parts.append(part)
        return tuple(parts)

    def _by_suffix(self, parts: Path, side: str | None, shared: int) -> ColumnHit | None:
        for start in range(len(parts)):
            key, above = parts[start:], parts[:start]
            columns = [c for c in self._columns.get(key, ()) if _on_side(c.side, side)]
            if not columns and len(key) == 1:
                columns = [c for c in self._column_stems.get(_stem(key[0]), ()) if _on_side(c.side, side)]
            if not columns:
                continue
            telling = above[shared:]
            if any(_EARLIER.search(part) for part in telling):
                return None
            if len(key) == 1 and key[0] in _GENERIC and not all(map(_NEUTRAL.fullmatch, telling)):
                return None
            return ColumnHit(columns[0], len(key) * 8 - len(above))
        return None


def _scheme(form: Form, standards: Standards) -> Scheme | None:
    return standards.schemes.get(form.code_rows.scheme) if form.code_rows is not None else None


def _column_paths(form: Form) -> dict[Path, tuple[Column, ...]]:
    """Return the columns of each caption; a caption as it stands goes before one that lost its brackets."""
    captions = [
        (tuple(bare(part) for part in plain(caption).split("/")), column)
        for column in form.columns
        for caption in column.captions
    ]
    short = [(tuple(filter(None, map(without_brackets, path))), column) for path, column in captions]
    return _gathered([*captions, *short])


def _row_names(form: Form) -> dict[str, tuple[Row, ...]]:
    names = [(list(_variants(caption)), row) for row in form.rows for caption in row.captions]
    return _gathered([(each[0], row) for each, row in names] + [(each[-1], row) for each, row in names])


def _gathered(pairs: Iterable[tuple[_Key, _Named]]) -> dict[_Key, tuple[_Named, ...]]:
    """Return what each key names, each once, in the order given."""
    gathered: dict[_Key, tuple[_Named, ...]] = {}
    for key, named in pairs:
        if named not in gathered.get(key, ()):
            gathered[key] = (*gathered.get(key, ()), named)
    return gathered


def _code_names(scheme: Scheme | None) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for item in scheme.items.values() if scheme is not None else ():
        for text in (item.name, *item.aliases):
            name = bare(text)
            if item.code not in names.get(name, ()):
                names[name] = (*names.get(name, ()), item.code)
    return names


def _stems(names: Mapping[str, tuple[_Part, ...]]) -> dict[str, tuple[_Part, ...]]:
    """Return what funds are called by the stem that their names share, whatever they end with."""
    stems: dict[str, list[_Part]] = {}
    for name, parts in names.items():
        known = stems.setdefault(_stem(name), [])
        known += [part for part in parts if part not in known]
    return {stem: tuple(parts) for stem, parts in stems.items() if stem}


def _stem(name: str) -> str:
    """Return a fund's name without what may or may not stand behind it; "" when it is too short to tell.

    >>> _stem("一般公共预算财政拨款收入"), _stem("一般公共预算资金"), _stem("事业收入")
    ('一般公共', '一般公共', '')
    """
    stem = _FUND_ENDING.sub("", without_brackets(name))
    return stem if stem in _FUNDS or (stem != name and len(stem) >= _SHORTEST_STEM) else ""


def _variants(text: str) -> Iterator[str]:
    name = bare(text)
    yield name
    short = without_brackets(name)
    if short and short != name:
        yield short


def _on_side(own: str | None, side: str | None) -> bool:
    return own is None or side is None or own == side


def _year_of(match: re.Match[str]) -> FiscalYear:
    digits = match[1] or match[2].translate(_YEAR_DIGITS)
    return FiscalYear(int(digits))


def joined(path: Sequence[str]) -> str:
    """Return a column's path as a caption to show.

    >>> joined(("本年收入", "小计"))
    '本年收入/小计'
    """
    return "/".join(path)
