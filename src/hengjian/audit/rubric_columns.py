"""The columns of a table of scored lines: which of them name, which count points, which explain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengjian.audit.grid_labels import LabelBook
from hengjian.audit.tables import plain, without_brackets
from hengjian.documents import Cell
from hengjian.packs import squeeze

LEVELS = ("level1", "level2", "level3")
TEXTS = ("explanation", "rule", "grounds", "evidence", "remarks")
_HEAD_ROWS = 40
"""Rows in which a head is looked for: a title and the department's own figures may stand above it."""
_HEADS = (*LEVELS, "weight", "score", *TEXTS)

_POINTS = re.compile(r"得?(-?\d{1,3}(?:\.\d{1,2})?)分?")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)%")
_MAXIMUM = re.compile(r"[（(]\s*(\d{1,3}(?:\.\d{1,2})?)\s*分\s*[）)]|[（(]\s*(\d{1,2}(?:\.\d)?)\s*[）)]$")
_NO_POINTS = frozenset({"", "/", "—", "-", "--", "——", "无", "不涉及", "不适用"})
_SCORING = re.compile(
    r"不得分|得满分|得分[，。；,;]|扣完|[扣加减得]\s*\d+(?:\.\d+)?\s*分|(?:得分|评分)[=＝]|每\S{1,8}扣|[×*]\s*(?:指标)?分值"
)
_EXPLAINING = re.compile(r"^(?:主要)?(?:反映|考核|评价|用以|用于|体现)|用以反映|反映和考核")


@dataclass(frozen=True, slots=True)
class RubricHead:
    """Where a table prints what, by column; `first` is its first row below the head.

    `names` are the columns of the levels there are, the last of them the line's own; `maxima` those of each
    level's points, by level.
    """

    names: Mapping[str, int]
    maxima: Mapping[str, int]
    score: int
    texts: Mapping[str, int]
    first: int

    @property
    def title(self) -> str:
        """The lowest level there is: the line's own."""
        return list(self.names)[-1]


def rubric_head(rows: Sequence[Sequence[Cell]], book: LabelBook) -> RubricHead | None:
    """Return the head of a table of scored lines, None when it has none; a head may take two rows."""
    for number, row in enumerate(rows[:_HEAD_ROWS]):
        texts = [cell.text for cell in row]
        found = _head(texts, number + 1, book)
        if found is None and number + 1 < len(rows) and _heads(texts, book):
            below = [cell.text for cell in rows[number + 1]]
            both = [low if low.strip() else high for high, low in zip(texts, below, strict=True)]
            found = _head(both, number + 2, book)
        if found is not None:
            return found
    return None


def _heads(texts: Sequence[str], book: LabelBook) -> bool:
    return any(book.one_of(_caption(text), _HEADS) is not None for text in texts)


def _head(texts: Sequence[str], first: int, book: LabelBook) -> RubricHead | None:
    names: dict[str, int] = {}
    maxima: dict[str, int] = {}
    notes: dict[str, int] = {}
    score = None
    form: set[str] = set()
    for column, text in enumerate(texts):
        label = book.one_of(_caption(text), _HEADS)
        if label in LEVELS:
            names.setdefault(label, column)
        elif label == "weight" and names:
            maxima.setdefault(max(names, key=lambda name: names[name]), column)
        elif label == "score" and score is None:
            score = column
        elif label in TEXTS:
            notes.setdefault(label, column)
        elif (other := book.one_of(_caption(text), ("actual", "target"))) is not None:
            form.add(other)
    if len(form) > ("rule" in notes):  # a project's form: its lines are indicators with targets
        return None
    # Two levels alone are also those of a list of targets; a rule or an explanation tells it is none.
    if score is None or "level1" not in names or len(names) < len(LEVELS) - ("rule" in notes):
        return None
    return RubricHead(
        {level: names[level] for level in LEVELS if level in names}, maxima, score, notes, first
    )


def _caption(text: str) -> str:
    short = without_brackets(plain(text))
    return short or text


def is_points(text: str) -> bool:
    """Tell whether a cell holds points and nothing else."""
    return _POINTS.fullmatch(squeeze(text)) is not None


def fits_points(text: str) -> bool:
    """Tell whether a cell may stand in a column of points: it holds some, or says that there are none."""
    return squeeze(text) in _NO_POINTS or is_points(text) or _SHARE.fullmatch(squeeze(text)) is not None


def points(text: str) -> Decimal | None:
    """Return the points of a cell, None when it holds none.

    >>> points("2 分"), points("10%"), points("/")
    (Decimal('2'), Decimal('10'), None)
    """
    match = _POINTS.fullmatch(squeeze(text)) or _SHARE.fullmatch(squeeze(text))
    return Decimal(match[1]) if match is not None else None


def name_and_maximum(text: str) -> tuple[str, Decimal | None]:
    """Split a name from the points printed behind it.

    >>> name_and_maximum("预算编制准确　（4分）"), name_and_maximum("债务还本付息（2）")
    (('预算编制准确', Decimal('4')), ('债务还本付息', Decimal('2')))
    """
    found = _MAXIMUM.search(text.strip())
    if found is None:
        return squeeze(text), None
    rest = text.strip()[: found.start()] + text.strip()[found.end() :]
    return squeeze(rest), Decimal(found[1] or found[2])


def scores(text: str) -> bool:
    """Tell whether a text says how points are given or taken."""
    return _SCORING.search(squeeze(text)) is not None


def explains(text: str) -> bool:
    """Tell whether a text says what a line is about."""
    return _EXPLAINING.search(squeeze(text)) is not None
