"""The rows of a table of scored lines: read by their columns, or by their order where cells have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile

from hengjian.audit.rubric_columns import (
    LEVELS,
    RubricHead,
    explains,
    fits_points,
    is_points,
    name_and_maximum,
    points,
    scores,
)
from hengjian.audit.tables import own_cells
from hengjian.documents import Cell, Table
from hengjian.packs import squeeze

LONGEST_TITLE = 30
_ENDS = ("。", "；", ";", "！", "”", "）", ")")


@dataclass(frozen=True, slots=True)
class RubricRow:
    """What a row says: the names it prints by level with the points behind them, its points and its texts.

    `cells` are those that begin in the row and say something, `named` the one of its lowest name. `ordered`
    tells that cells do not stand in the columns of the head, so that it was read by their order; `moved` that
    this is so, or that its texts at least have moved.
    """

    table: Table
    cells: tuple[Cell, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    maxima: Mapping[str, Decimal] = field(default_factory=dict)
    score: Decimal | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    named: Cell | None = None
    moved: bool = False
    ordered: bool = False

    @property
    def title(self) -> str:
        """The lowest name that the row prints, "" when it prints none."""
        return list(self.names.values())[-1] if self.names else ""

    @property
    def words(self) -> str:
        """All the row says, squeezed: two rows with the same words are one row printed twice."""
        return "|".join(squeeze(cell.text) for cell in self.cells)


def read_row(table: Table, number: int, head: RubricHead | None) -> RubricRow | None:
    """Read a row under a head, or, without one, by the order of its cells; None when it says nothing.

    >>> cells = tuple(
    ...     Cell(t, 0, c) for c, t in enumerate(["管理", "采购", "合同备案及时", "1", "0", "反映及时性。"])
    ... )
    >>> row = read_row(Table("", (), (cells,), (), None, 1), 0, None)
    >>> row.names["level3"], row.maxima["level3"], row.score, row.texts, row.ordered
    ('合同备案及时', Decimal('1'), Decimal('0'), {'explanation': '反映及时性。'}, True)
    """
    cells = tuple(cell for cell in own_cells(table.rows[number], number) if cell.text.strip())
    if not cells:
        return None
    if head is not None:
        by_columns = _by_columns(table, number, cells, head)
        if by_columns is not None:
            return by_columns
    return _by_order(table, cells)


def _by_columns(table: Table, number: int, cells: tuple[Cell, ...], head: RubricHead) -> RubricRow | None:
    """Read a row by the columns of its head; None when a cell cannot stand where it does."""
    row = table.rows[number]
    own = {cell.column: cell.text for cell in cells}
    counted = (*head.maxima.values(), head.score)
    named = {level: own[column] for level, column in head.names.items() if column in own}
    if any(is_points(text) for text in named.values()):
        return None
    if any(not fits_points(own.get(column, "")) for column in counted if not _spans(row[column], head)):
        return None
    texts = {label: own.get(column, "").strip() for label, column in head.texts.items()}
    if any(is_points(texts.get(label, "")) for label in ("explanation", "rule")):
        return None
    texts, moved = _put_back(texts)
    names: dict[str, str] = {}
    maxima: dict[str, Decimal] = {}
    for level, text in named.items():
        names[level], behind = name_and_maximum(text)
        column = head.maxima.get(level)
        beside = points(own.get(column, "")) if column is not None else None
        if (maximum := behind if behind is not None else beside) is not None:
            maxima[level] = maximum
    if head.title not in names and (column := head.maxima.get(head.title)) is not None:
        beside = points(own.get(column, ""))
        maxima.update({} if beside is None else {head.title: beside})
    said = {label: text for label, text in texts.items() if text}
    lowest = next((cell for cell in cells if names and cell.column == head.names[list(names)[-1]]), None)
    return RubricRow(table, cells, names, maxima, points(own.get(head.score, "")), said, lowest, moved)


def _spans(cell: Cell, head: RubricHead) -> bool:
    """Tell whether a cell reaches over columns of names: a line across the table, such as 一、共性指标."""
    return cell.column <= min(head.names.values()) and cell.column_span > 1


def _put_back(texts: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """Move texts right again that a lost blank cell has moved left: the scoring rule tells by how much."""
    labels = list(texts)
    said = list(texts.values())
    at = labels.index("rule") if "rule" in labels else 0
    if at == 0 or scores(said[at]):
        return dict(texts), False
    for by in range(1, at + 1):
        if scores(said[at - by]) and not any(said[len(said) - by :]):
            return dict(zip(labels, [""] * by + said[: len(said) - by], strict=True)), True
    return dict(texts), False


def _by_order(table: Table, cells: tuple[Cell, ...]) -> RubricRow:
    """Read a row by the order of its cells: names, points, texts. What is not clear is left out."""
    said = [cell.text.strip() for cell in cells]
    names = list(takewhile(lambda text: not is_points(text), said))
    counted = list(takewhile(is_points, said[len(names) :]))
    texts = said[len(names) + len(counted) :]
    unclear = RubricRow(table, cells, moved=True, ordered=True)
    if any(is_points(text) for text in texts):
        return unclear
    if names and not counted:
        names, texts = [], names
    if not names and len(texts) > 1 and _is_title(texts[0]) and (explains(texts[1]) or scores(texts[1])):
        names, texts = texts[:1], texts[1:]
    numbers = [Decimal(points(text) or 0) for text in counted]
    if len(names) > len(LEVELS) or len(numbers) > 2 or (len(numbers) == 2 and numbers[1] > numbers[0]):  # noqa: PLR2004
        return unclear
    if not texts and len(numbers) < 2:  # noqa: PLR2004 - a stray label with its points
        return unclear
    levels = LEVELS[-len(names) :] if names else ()
    split = [name_and_maximum(name) for name in names]
    maxima = {level: behind for level, (_, behind) in zip(levels, split, strict=True) if behind is not None}
    if numbers:
        maxima["level3"] = numbers[0]
    return RubricRow(
        table,
        cells,
        {level: name for level, (name, _) in zip(levels, split, strict=True)},
        maxima,
        numbers[1] if len(numbers) > 1 else None,
        _texts(texts),
        next((cell for cell in cells if names and cell.text.strip() == names[-1]), None),
        moved=True,
        ordered=True,
    )


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and not text.endswith(("。", "；", ";")) and not explains(text)


def _texts(texts: Sequence[str]) -> dict[str, str]:
    """Tell explanation, rule and evidence apart: the rule is the text that says how points are given."""
    rule = next((index for index, text in enumerate(texts) if scores(text) and not explains(text)), None)
    if rule is None:
        return {"explanation": texts[0]} if texts and explains(texts[0]) else {}
    labels = {rule - 1: "explanation", rule: "rule", rule + 1: "evidence", rule + 2: "remarks"}
    return {labels[index]: text for index, text in enumerate(texts) if index in labels}


def goes_on(row: RubricRow, before: RubricRow) -> bool:
    """Tell whether a row is the rest of the one before, whose texts a page has broken off."""
    if row.names or row.maxima or row.score is not None or row.moved or not row.texts:
        return False
    return all(label in before.texts and not before.texts[label].endswith(_ENDS) for label in row.texts)


def keys_of(row: RubricRow) -> tuple[str, ...]:
    """Return what makes a row the same as another: all its words, and its rule where that is a full one."""
    rule = squeeze(row.texts.get("rule", ""))
    return (row.words, rule) if len(rule) >= LONGEST_TITLE else (row.words,)
