"""Indicator rows of a grid table: levels carried down, operator and unit told from the target."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hengjian.audit.grid_labels import GridRow, LabelBook, place_of
from hengjian.audit.tables import one_line
from hengjian.documents import Cell, DocumentTree
from hengjian.filing import Indicator
from hengjian.filing.model import Operator
from hengjian.kernel import Finding, Place
from hengjian.packs import squeeze

COLUMNS = (
    "level1", "level2", "level3", "description", "nature", "target", "measure", "actual", "weight", "score",
    "shortfall", "basis", "project_name", "annual_goal",
)  # fmt: skip
_OUTER = ("project_name", "annual_goal")
"""Columns that may stand left of the levels."""
_LEVELS = frozenset({"level1", "level2", "level3"})
_ALIASES = {
    "overall_nature": "nature", "overall_target": "target", "overall_measure": "measure",
    "overall_weight": "weight", "overall_goal": "annual_goal", "reason": "shortfall",
}  # fmt: skip
_FEWEST_LEVELS = 2

_OPERATOR_WORDS: dict[Operator, str] = {
    "≥": "≥ ≧ >= ＞= 大于等于 大于或等于 不低于 不少于 不小于 正向 正向指标",
    "≤": "≤ ≦ <= ＜= 小于等于 小于或等于 不高于 不超过 不大于 不多于 反向 反向指标 逆向指标",
    "=": "= ＝ 等于",
    ">": "> ＞ 大于 高于 超过",
    "<": "< ＜ 小于 低于 少于",
    "qualitative": "定性 定性指标",
}
_OPERATORS = {word: operator for operator, words in _OPERATOR_WORDS.items() for word in words.split()}
_MARK = "|".join(re.escape(mark) for mark in sorted(_OPERATORS, key=len, reverse=True) if mark[0] != "定")
_TARGET = re.compile(
    rf"\s*(?P<operator>{_MARK})?\s*(?P<number>[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)\s*(?P<unit>[^\d０-９,，。；;：:~～\-—至]{{0,14}})\s*"
)
_DATE = re.compile(r"(?:19|20)\d\d\s*年.*|.*[月年]\s*\d+\s*[日号].*")
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*分?")
_WEIGHT_BEHIND = re.compile(r"[（(]?\s*\d{1,3}(?:\.\d+)?\s*分?\s*[）)]?$")
_PLACEHOLDER = re.compile(r"(?:指标)?\s*\d*\s*[:：]?|[…⋯.。·]+")
"""What a blank form prints for the names of indicators that are not used."""
_NO_POINTS = re.compile(r"[-—–－/／\s]*")
"""What a cell without points, or without a unit, may hold."""


@dataclass(frozen=True, slots=True)
class IndicatorHead:
    """The columns of a table of indicators, by label; `unmapped` are captions that are no label."""

    columns: Mapping[str, int]
    unmapped: tuple[str, ...]


def indicator_head(row: GridRow, book: LabelBook) -> IndicatorHead | None:
    """Return the columns of a row that heads a table of indicators with targets, None for any other row."""
    labelled = [(cell, {_ALIASES.get(label, label) for label in book.ids(cell.text)}) for cell in row.filled]
    levels = [cell.column for cell, ids in labelled if ids & _LEVELS]
    first = min(levels, default=0)
    columns: dict[str, int] = {}
    unmapped: list[str] = []
    for cell, ids in labelled:
        names = _OUTER if cell.column < first else COLUMNS
        label = next((name for name in names if name in ids and name not in columns), None)
        if label is not None:
            columns[label] = cell.column
        elif cell.column > first and "number" not in ids:
            unmapped.append(one_line(cell.text))
    if len(levels) < _FEWEST_LEVELS or "level3" not in columns or "target" not in columns:
        return None
    return IndicatorHead(columns, tuple(unmapped))


@dataclass(slots=True)
class IndicatorRows:
    """Reads the rows under a head one by one and keeps the levels of the rows above."""

    tree: DocumentTree
    head: IndicatorHead
    title: str | None
    findings: list[Finding] = field(default_factory=list)
    levels: tuple[str, str] = ("", "")

    def read(self, row: GridRow) -> Indicator | None:
        """Return the indicator of a row, None when the row is blank."""
        texts = {label: self._text(row, label) for label in self.head.columns}
        name = texts.get("level3", "") or texts.get("description", "")
        self._carry(texts)
        stated = any(texts.get(key) for key in ("target", "actual", "weight", "score"))
        if not stated and (not name or _PLACEHOLDER.fullmatch(name)):
            return None
        place = self._place(row, name)
        operator, target, unit = split_target(
            texts.get("nature", ""), texts.get("target", ""), texts.get("measure")
        )
        return Indicator(
            level1=self.levels[0],
            level2=self.levels[1],
            name=name,
            operator=operator,
            target=target,
            unit=unit,
            actual=texts.get("actual") or None,
            weight=self._points(texts.get("weight", ""), place, "weight"),
            score=self._points(texts.get("score", ""), place, "score"),
            shortfall=texts.get("shortfall") or None,
            basis=texts.get("basis") or None,
            description=texts.get("description") or None,
            place=place,
        )

    def points(self, row: GridRow) -> tuple[Decimal | None, Decimal | None]:
        """Return weight and score of the total row; figures beside their columns are taken in order."""
        weight = points_of(self._text(row, "weight"))
        score = points_of(self._text(row, "score"))
        if weight is None and score is None:
            numbers = [value for cell in row.filled if (value := points_of(one_line(cell.text))) is not None]
            weight, score = (*numbers, None, None)[:2]
        return weight, score

    def _text(self, row: GridRow, label: str) -> str:
        column = self.head.columns.get(label)
        cell = row.at(column) if column is not None else None
        return "" if cell is None or self._reaches_over(cell, label) else one_line(cell.text)

    def _reaches_over(self, cell: Cell, label: str) -> bool:
        """Tell whether a cell belongs to another column of the head and only reaches over this one."""
        own = self.head.columns[label]
        return any(cell.column <= column < own for column in self.head.columns.values())

    def _carry(self, texts: Mapping[str, str]) -> None:
        level1 = level_name(texts.get("level1", ""))
        level2 = level_name(texts.get("level2", ""))
        if level1 and level1 != self.levels[0]:
            self.levels = (level1, level2)
        elif level2:
            self.levels = (self.levels[0], level2)

    def _place(self, row: GridRow, name: str) -> Place:
        first = self.head.columns["level3"]
        skipped = {self.head.columns.get("shortfall"), self.head.columns.get("basis")}
        cells = [cell for cell in row.shown if cell.column >= first and cell.column not in skipped]
        return place_of(self.tree, row.table, cells or row.shown, self.title, name or None)

    def _points(self, text: str, place: Place, column: str) -> Decimal | None:
        points = points_of(text)
        if points is None and not _NO_POINTS.fullmatch(text):
            where = place.at(column=column)
            self.findings.append(Finding.of("table.not-a-number", where, stated=text[:60], value=text[:60]))
        return points


def split_target(
    nature: str, target: str, measure: str | None
) -> tuple[Operator | None, str | None, str | None]:
    """Return operator, target and unit; what has no column of its own is taken off the target.

    `measure` is None when the form has no column of units.

    >>> (
    ...     split_target("", "≥34475人", None),
    ...     split_target("", "280元/人/年", None),
    ...     split_target("", "按时完成", None),
    ... )
    (('≥', '34475', '人'), (None, '280', '元/人/年'), (None, '按时完成', None))
    >>> split_target("≥", "95", "%"), split_target("定性", "优", "")
    (('≥', '95', '%'), ('qualitative', '优', None))
    """
    operator = _OPERATORS.get(squeeze(nature))
    target, unit = target.strip(), squeeze(measure or "") or None
    if unit is not None and _NO_POINTS.fullmatch(unit):
        unit = None
    match = None if operator == "qualitative" or _DATE.fullmatch(target) else _TARGET.fullmatch(target)
    if match is None:
        return operator, target or None, unit
    written = _OPERATORS.get(match["operator"] or "", operator)
    if operator is not None and written != operator:
        return operator, target, unit
    if match["operator"]:
        target = target.removeprefix(match["operator"]).strip()
    if measure is None:
        return written, match["number"], squeeze(match["unit"]) or None
    return written, target or None, unit


def points_of(text: str) -> Decimal | None:
    """Return stated points, None when the text states none.

    >>> points_of("7.74"), points_of("10分"), points_of("/")
    (Decimal('7.74'), Decimal('10'), None)
    """
    match = _POINTS.fullmatch(text.strip())
    return Decimal(match[1]) if match is not None else None


def level_name(text: str) -> str:
    r"""Return a level's name without white space and the points that may stand behind it.

    >>> level_name("产出\n指标（50分）")
    '产出指标'
    """
    name = squeeze(text)
    return _WEIGHT_BEHIND.sub("", name) or name


def is_levelled(row: GridRow, columns: Sequence[int]) -> bool:
    """Tell whether a row fills one of the columns with a cell of its own."""
    return any(
        (cell := row.at(c)) is not None and cell.row == row.number and cell.text.strip() for c in columns
    )
