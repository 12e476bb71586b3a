"""Forms being filled: cells by row and column, and the sums that were made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from hengjian.filing.facts import Integers
from hengjian.packs.schema import Form
from hengjian.rules.filled import is_code
from hengjian.synth.economy import total

At: TypeAlias = tuple[str, str]
"""A row and a column of a form."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that was computed as the sum of others; `tree` when these are all the rows below it."""

    whole: At
    parts: tuple[At, ...]
    tree: bool = False


@dataclass(frozen=True)
class CodeTree:
    """The code rows of a form: the items themselves and every code above them, to the form's levels.

    >>> tree = CodeTree(("2080505", "2101501", "2101502"), (3, 5, 7))
    >>> tree.rows
    ('208', '20805', '2080505', '210', '21015', '2101501', '2101502')
    >>> tree.below["21015"], tree.classes
    (('2101501', '2101502'), ('208', '210'))
    """

    leaves: tuple[str, ...]
    levels: tuple[int, ...]

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """Every code row, in order."""
        return tuple(sorted({code[:n] for code in self.leaves for n in self.levels if n <= len(code)}))

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """The rows right below each row that has some, the deepest first."""
        found: dict[str, list[str]] = {}
        for code in self.rows:
            above = max((n for n in self.levels if n < len(code)), default=0)
            if above:
                found.setdefault(code[:above], []).append(code)
        return {code: tuple(found[code]) for code in sorted(found, key=len, reverse=True)}

    @property
    def classes(self) -> tuple[str, ...]:
        """The rows of the first level."""
        return tuple(code for code in self.rows if len(code) == self.levels[0])

    def by_class(self, amounts: Integers) -> Iterator[tuple[str, Integers]]:
        """Return the amounts of the leaves (leaves × departments) by class."""
        for each in self.classes:
            places = [place for place, code in enumerate(self.leaves) if code.startswith(each)]
            yield each, amounts[places].sum(axis=0)


@dataclass(slots=True)
class Page:
    """A form filled for many departments; a row or column that the pack's form lacks is passed over."""

    form: Form
    values: dict[At, Integers] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    _tree: CodeTree | None = None

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels of the form's code rows."""
        return self.form.code_rows.levels if self.form.code_rows is not None else ()

    def put(self, row: str, column: str, values: Integers) -> None:
        """Fill a cell."""
        if self.form.column(column) is not None and (is_code(row) or self.form.row(row) is not None):
            self.values[row, column] = values

    def add(self, whole: At, parts: Iterable[At], *, tree: bool = False) -> None:
        """Fill a cell with the sum of others."""
        there = tuple(part for part in parts if part in self.values)
        if there:
            self.put(*whole, total(self.values[part] for part in there))
            if whole in self.values:
                self.sums.append(Sum(whole, there, tree))

    def codes(self, leaves: Sequence[str], column: str, amounts: Integers) -> None:
        """Fill a column from the leaves up (leaves × departments), with its total where the form has one."""
        if self._tree is None or self._tree.leaves != tuple(leaves):
            self._tree = CodeTree(tuple(leaves), self.levels)
        for code, each in zip(leaves, amounts, strict=True):
            self.put(code, column, each)
        self._climb(self._tree, column)

    def across(self, column: str, parts: Sequence[str]) -> None:
        """Fill a column, in every row, with the sum of others."""
        for row in dict.fromkeys(row for row, _ in self.values):
            self.add((row, column), [(row, part) for part in parts])
        if self._tree is not None:
            self._climb(self._tree, column)

    def _climb(self, tree: CodeTree, column: str) -> None:
        for above, below in tree.below.items():
            self.add((above, column), [(code, column) for code in below], tree=True)
        self.add(("total", column), [(code, column) for code in tree.classes], tree=True)

    def rows(self) -> tuple[str, ...]:
        """Return the filled rows as they are printed: codes after the rows of their head or side."""
        filled = dict.fromkeys(row for row, _ in self.values)
        codes = sorted(row for row in filled if is_code(row))
        fixed = [row.id for row in self.form.rows if row.id in filled]
        side = self.form.code_rows.side if self.form.code_rows is not None else None
        sides = {row.id: row.side for row in self.form.rows}
        place = next(
            (index for index, row in enumerate(fixed) if side is not None and sides[row] == side), len(fixed)
        )
        return (*fixed[:place], *codes, *fixed[place:])

    def cells(self) -> Iterator[At]:
        """Yield the filled cells by rows and columns in printed order."""
        for row in self.rows():
            for column in self.form.columns:
                if (row, column.id) in self.values:
                    yield row, column.id
