"""Where the cells of a form stand in a table: blocks of label columns followed by columns of figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hengjian.audit.grid_heads import Head, Path, is_code_column
from hengjian.audit.grid_words import ColumnHit, FormWords, joined
from hengjian.audit.tables import is_figure, money_unit
from hengjian.documents import Table
from hengjian.kernel import MoneyUnit
from hengjian.packs.schema import Column, Row

_CODE_HEAD = re.compile(r"类款项|类|款|项|.*(?:编码|代码|编号)")
_UNIT_CODE_HEAD = re.compile(r"(?:预算)?(?:部门|单位)\(?(?:单位)?\)?(?:编码|代码)")
"""Units are numbered by every budget office in its own way: their numbers are codes of no classification."""

_FEWEST_TURNED = 3


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures: its position, the form's column, its printed caption and unit, if any."""

    index: int
    column: Column
    caption: str
    unit: MoneyUnit | None


@dataclass(frozen=True, slots=True)
class Block:
    """Label columns and the columns of figures that belong to them; forms repeat blocks side by side."""

    codes: tuple[int, ...]
    names: tuple[int, ...]
    values: tuple[ValueColumn, ...]
    side: str | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TurnedCell:
    """A column that stands for one cell, in a form that prints its rows as columns."""

    index: int
    row: Row
    column: Column
    caption: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a form lies in a table; `unmapped` are captions of columns that the form does not have."""

    blocks: tuple[Block, ...] = ()
    turned: tuple[TurnedCell, ...] = ()
    unmapped: tuple[str, ...] = ()

    @property
    def mapped(self) -> int:
        """The number of columns of figures that the form has."""
        return sum(len(block.values) for block in self.blocks) + len(self.turned)


@dataclass(slots=True)
class _Draft:
    codes: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)


def layout_of(table: Table, head: Head, words: FormWords) -> Layout:
    """Find the columns of a form in a table."""
    columns = [c for c in range(table.width) if c not in head.ordinals and not _is_twin(table, head, c)]
    turned = _turned(head, columns, words)
    if turned is not None:
        return turned
    drafts = _drafts(table, head, words, columns)
    sides = _sides(drafts, head, words)
    blocks: list[Block] = []
    unmapped: list[str] = []
    for draft, side in zip(drafts, sides, strict=True):
        values, missed = _values(draft.figures, side, head, words)
        unmapped += missed
        if not draft.figures:
            unmapped += [joined(head.paths[c]) for c in (*draft.codes, *draft.names) if head.paths[c]]
            continue
        every = [*draft.codes, *draft.names, *draft.figures]
        blocks.append(
            Block(tuple(draft.codes), tuple(draft.names), tuple(values), side, min(every), max(every))
        )
    return Layout(tuple(blocks), (), tuple(dict.fromkeys(unmapped)))


def _is_twin(table: Table, head: Head, column: int) -> bool:
    """Tell whether a column only goes on the one left of it, cell by cell."""
    body = table.rows[head.body :] or table.rows
    return column > 0 and all(row[column] == row[column - 1] for row in body)


def _drafts(table: Table, head: Head, words: FormWords, columns: Iterable[int]) -> list[_Draft]:
    drafts: list[_Draft] = []
    draft = _Draft()
    for column in columns:
        texts = [row[column].text for row in table.rows[head.body :]]
        path = head.paths[column]
        if not path and not any(text.strip() for text in texts):
            continue
        if _is_label(column, path, texts, head, words):
            if draft.figures:
                drafts.append(draft)
                draft = _Draft()
            if path and _UNIT_CODE_HEAD.fullmatch(path[-1]):
                continue
            (draft.codes if _holds_codes(path, texts) else draft.names).append(column)
        else:
            draft.figures.append(column)
    return [*drafts, draft] if draft.figures or draft.names or draft.codes else drafts


def _is_label(column: int, path: Path, texts: Sequence[str], head: Head, words: FormWords) -> bool:
    if path and words.column(path) is not None:
        return False
    filled = [text for text in texts if text.strip()]
    figures = sum(map(is_figure, filled))
    if column in head.labels:
        return True
    return bool(filled) and figures * 2 < len(filled) and (not path or words.column(path) is None)


def _holds_codes(path: Path, texts: Sequence[str]) -> bool:
    if any(text.strip() for text in texts):
        return is_code_column(texts)
    return bool(path) and bool(_CODE_HEAD.fullmatch(path[-1]))


def _sides(drafts: Sequence[_Draft], head: Head, words: FormWords) -> list[str | None]:
    """Tell income from expenditure by the heads over a block, else by order."""
    if not words.sides:
        return [None] * len(drafts)
    sides = [_side(draft, head) for draft in drafts]
    if len(drafts) > 1 and not any(sides):
        return ["income", *["expenditure"] * (len(drafts) - 1)]
    return sides


def _side(draft: _Draft, head: Head) -> str | None:
    for column in (*draft.codes, *draft.names, *draft.figures):
        for part in head.paths[column]:
            if ("收入" in part) != ("支出" in part):
                return "income" if "收入" in part else "expenditure"
    return None


def _values(
    figures: Sequence[int], side: str | None, head: Head, words: FormWords
) -> tuple[list[ValueColumn], list[str]]:
    """Return the columns that the form has, and the captions of the others.

    Of two columns with one meaning the caption that says more decides; when neither does, both are left:
    a guess would be worse than a blank.
    """
    hits: dict[str, list[tuple[int, ColumnHit]]] = defaultdict(list)
    shared = _shared([parts for index in figures if (parts := words.parts(head.paths[index])) is not None])
    for index in figures:
        hit = words.column(head.paths[index], side, shared)
        if hit is not None:
            hits[hit.column.id].append((index, hit))
    only = _only_column(figures, side, head, words) if not hits else None
    chosen: dict[int, ColumnHit] = {} if only is None else {only[0]: only[1]}
    for found in hits.values():
        best = max(hit.strength for _, hit in found)
        strongest = [(index, hit) for index, hit in found if hit.strength == best]
        if len(strongest) == 1:
            chosen[strongest[0][0]] = strongest[0][1]
    values = [
        ValueColumn(index, hit.column, joined(head.paths[index]), money_unit(head.paths[index]))
        for index, hit in sorted(chosen.items(), key=lambda item: item[0])
    ]
    return values, [joined(head.paths[i]) or f"第{i + 1}列" for i in figures if i not in chosen]


def _only_column(
    figures: Sequence[int], side: str | None, head: Head, words: FormWords
) -> tuple[int, ColumnHit] | None:
    """Return the one column of this year's figures for the one column that the form has there."""
    columns = [c for c in words.form.columns if side is None or c.side in (None, side)]
    mine = [
        i for i in figures if (parts := words.parts(head.paths[i])) is not None and words.is_general(parts)
    ]
    return (mine[0], ColumnHit(columns[0], 0)) if len(columns) == len(mine) == 1 else None


def _shared(paths: Sequence[Path]) -> int:
    """Count the first parts that all paths have; the last part of a path is never one of them."""
    shortest = min((len(path) for path in paths), default=1) - 1
    return next((n for n in range(shortest) if len({path[n] for path in paths}) > 1), max(shortest, 0))


def _turned(head: Head, columns: Sequence[int], words: FormWords) -> Layout | None:
    """Return the layout of a form whose rows stand as columns over one line of figures, else None."""
    cells = {c: cell for c in columns if head.paths[c] and (cell := words.cell(head.paths[c])) is not None}
    upright = {c for c in columns if words.column(head.paths[c]) is not None}
    if len({cells[c][0].id for c in cells.keys() - upright}) < max(
        _FEWEST_TURNED, len(upright - cells.keys())
    ):
        return None
    default = next((c for c in words.form.columns if "合计" in c.captions), None)
    if all(column is None for _, column in cells.values()) and len(words.form.columns) == 1:
        default = words.form.columns[0]
    turned: dict[tuple[str, str], TurnedCell] = {}
    unmapped: list[str] = []
    for index in columns:
        row, column = cells.get(index, (None, None))
        column = column or default
        caption = joined(head.paths[index])
        if row is None or column is None or (row.id, column.id) in turned:
            if caption and index not in head.labels:
                unmapped.append(caption)
            continue
        turned[row.id, column.id] = TurnedCell(index, row, column, caption)
    return Layout((), tuple(turned.values()), tuple(dict.fromkeys(unmapped)))
