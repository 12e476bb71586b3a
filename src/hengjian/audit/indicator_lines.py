"""Indicator rows of a form whose cells are broken over lines.

A row is anchored by its operator (≥ ≤ ＝ ＜ ＞ 定性) and ends with the line that ends in its points. What
stands before the operator is level names and the indicator's name; what stands behind it is target, unit
and result. Blank cells leave no trace in such a dump: a missing one only shows as one token fewer.
A form without columns for operator and unit writes both into its targets: there a row without an operator is
anchored by its points, and the two words before them are target and result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hengjian.audit.grid_indicators import split_target
from hengjian.audit.line_cursor import after_characters, words_of
from hengjian.documents import Line
from hengjian.filing import Indicator
from hengjian.filing.model import Operator
from hengjian.kernel import Place
from hengjian.packs import squeeze
from hengjian.packs.schema import Vocabulary

_OPERATORS: dict[str, Operator] = {
    "≥": "≥", "≧": "≥", "≤": "≤", "≦": "≤", "=": "=", "＝": "=",
    "<": "<", "＜": "<", ">": ">", "＞": ">", "定性": "qualitative",
    ">=": "≥", "＞=": "≥", "＞＝": "≥", "<=": "≤", "＜=": "≤", "＜＝": "≤",
}  # fmt: skip
_OPERATOR = re.compile(r"定性(?=\s|$)|[>＞<＜][=＝]|[≥≧≤≦=＝<＜>＞]")
_POINTS = r"\d{1,3}(?:\.\d{1,2})?"
_TWO_POINTS = re.compile(rf"(?:^|\s)({_POINTS})\s+({_POINTS})$")
_ONE_POINT = re.compile(rf"(?:^|\s)({_POINTS})$")
_REASON = re.compile(rf"(?:^|\s){_POINTS}\s+{_POINTS}(?P<reason>\s+[\u4e00-\u9fff][^≥≧≤≦=＝<＜>＞]{{3,}})$")
"""Two figures and then words: the points of a row with the reason on the same line."""
_NUMBER_START = re.compile(r"[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?")
_WHOLE_UNIT = re.compile(r"[^\d\s]+(?=\s|$)")
_NO_UNIT = re.compile(r"^[/／—-]\s+(?=\S)")
_VALUES = 2
"""A row without an operator has a name and a target at least, or a target and a result."""
_SENTENCE_END = "。；;"


@dataclass(slots=True)
class _Row:
    """A row while its lines are gathered."""

    head: list[Line]
    operator: str
    name_end: str
    tail: list[str]
    lines: list[Line]
    trailing: list[Line] = field(default_factory=list)
    reason: str = ""

    @property
    def tail_text(self) -> str:
        return " ".join(part for part in self.tail if part)


@dataclass(frozen=True, slots=True)
class RowShape:
    """What columns a row has: with results it ends in weight and score, else in weight.

    `with_units` tells that operator and unit have columns of their own.
    """

    with_results: bool
    with_units: bool = True

    @property
    def end(self) -> re.Pattern[str]:
        """The pattern of the points that end a row."""
        return _TWO_POINTS if self.with_results else _ONE_POINT


class IndicatorLines:
    """Reads indicator rows out of the lines between a form's head and its total."""

    def __init__(self, vocabulary: Vocabulary | None, shape: RowShape) -> None:
        """Take the level names and units in use, and the shape of a row."""
        self._shape = shape
        levels = vocabulary.levels if vocabulary is not None else ()
        self._level1 = {squeeze(n) for level in levels for n in (level.name, *level.aliases)}
        self._level2 = {squeeze(n) for level in levels for n in level.children}
        self._level2 |= set(vocabulary.misnamed_levels) if vocabulary is not None else set()
        self._units = vocabulary.all_units if vocabulary is not None else frozenset()

    @property
    def levels(self) -> frozenset[str]:
        """The level names in use."""
        return frozenset(self._level1 | self._level2)

    def read(self, lines: Sequence[Line], place: Place) -> tuple[Indicator, ...]:
        """Return the indicators of the lines; `place` is the form's place."""
        level1 = level2 = ""
        found: list[Indicator] = []
        for row in self._rows(_joined_operator(lines)):
            name, level1, level2 = self._name(row, level1, level2)
            found.append(self._indicator(row, name, (level1, level2), place))
        return tuple(found)

    def _rows(self, lines: Sequence[Line]) -> Iterator[_Row]:
        pending: list[Line] = []
        row: _Row | None = None
        previous: _Row | None = None
        for line in lines:
            text = line.text.strip()
            if row is None:
                row = self._opened(line, pending)
                if row is None:
                    pending.append(line)
                    continue
                if previous is not None:
                    self._give_back(previous, row)
                    yield previous
                    previous = None
                pending = []
            else:
                row.tail.append(text)
                row.lines.append(line)
            if self._ended(row):
                previous, row = row, None
        if previous is not None:
            previous.trailing = pending
            yield previous
        if row is not None:
            yield row

    def _ended(self, row: _Row) -> bool:
        """Tell whether the row's points have come; words behind them on their line are its reason."""
        told = _REASON.search(row.tail[-1]) if self._shape.with_results else None
        if told is not None and squeeze("".join(row.tail[:-1]) + row.tail[-1][: told.start()]):
            row.tail[-1] = row.tail[-1][: told.start("reason")]
            row.reason = told["reason"].strip()
        return self._shape.end.search(row.tail_text) is not None

    def _opened(self, line: Line, pending: list[Line]) -> _Row | None:
        """Open a row at its operator, or at points that no operator comes before."""
        text = line.text.strip()
        match = _OPERATOR.search(text)
        if match is not None:
            before, after = text[: match.start()].strip(), text[match.end() :].strip()
            return _Row(list(pending), match[0], before, [after], [*pending, line])
        told = None if self._shape.with_units else _REASON.search(text)
        reason = "" if told is None else told["reason"].strip()
        text = text.removesuffix(reason).strip()
        ended = self._shape.end.search(text)
        words = text[: ended.start()].split() if ended is not None else []
        if ended is not None and not self._shape.with_units:
            return self._parted(line, pending, words, (ended[0].strip(), reason))
        if ended is not None and len(words) > 1:
            return _Row(
                list(pending), "", " ".join(words[:-1]), [words[-1], ended[0].strip()], [*pending, line]
            )
        return None

    def _parted(self, line: Line, pending: list[Line], words: list[str], end: tuple[str, str]) -> _Row | None:
        """Part name, target and result, which end on one line; a name may have ended on the line before."""
        head = list(pending)
        told = pending[-1].text.split() if pending else []
        if len(words) == 1 and told and _NUMBER_START.match(told[-1]):
            head, words = head[:-1], [*told, *words]
        own = self._own(words)
        values = 2 if len(own) > _VALUES or (len(own) == _VALUES and head and _is_value(own[0])) else 1
        if len(own) < _VALUES:
            return None
        points, reason = end
        cells = [" ".join(words[-values:]), points]
        return _Row(head, "", " ".join(words[:-values]), cells, [*pending, line], reason=reason)

    def _own(self, words: list[str]) -> list[str]:
        """Leave out the level names before a name; 服务对象满意度 may be either."""
        own = words
        while own and own[0] in self.levels and (len(own) > _VALUES + 1 or own[0].endswith("指标")):
            own = own[1:]
        return own

    def _give_back(self, previous: _Row, row: _Row) -> None:
        """Tell the end of the previous row (a reason, a broken result) from the new row's name.

        A name stands on the operator's own line or right before it; where it is on the operator's line, the
        lines before that are the previous row's, unless they begin with a level name.
        """
        split = 0
        for index, line in enumerate(row.head):
            if self._begins_with_level(row.head[index:]):
                split = index
                break
            if line.text.strip().endswith(tuple(_SENTENCE_END)):
                split = index + 1
        else:
            on_operator_line = self._begins_with_level([row.lines[len(row.head)]])
            if on_operator_line or (row.name_end and not split and _is_clause(row.head)):
                split = len(row.head)
        previous.trailing = row.head[:split]
        row.head = row.head[split:]
        row.lines = row.lines[split:]

    def _begins_with_level(self, lines: Sequence[Line]) -> bool:
        joined = squeeze("".join(line.text for line in lines[:3]))
        return any(joined.startswith(level) for level in self._level1 | self._level2)

    def _name(self, row: _Row, level1: str, level2: str) -> tuple[str, str, str]:
        """Take the level names off the front of the row; merged cells print them once."""
        text = " ".join([*(line.text.strip() for line in row.head), row.name_end]).strip()
        taken = self._longest(text, self._level1)
        after = after_characters(text, len(taken)).strip()
        if taken in self._level2 and level1 and not self._longest(after, self._level2):
            taken = ""
        if taken:
            level1, level2, text = taken, "", after
        taken = self._longest(text, self._level2 | ({level1} if level1 else set()))
        if taken:
            level2, text = taken, after_characters(text, len(taken)).strip()
        return squeeze(text), level1, level2

    @staticmethod
    def _longest(text: str, names: set[str]) -> str:
        squeezed = squeeze(text)
        fitting = (n for n in names if squeezed.startswith(n) and (n.endswith("指标") or _ends_word(text, n)))
        return max(fitting, key=len, default="")

    def _indicator(self, row: _Row, name: str, levels: tuple[str, str], place: Place) -> Indicator:
        body, weight, score = self._points(row.tail_text)
        operator = _OPERATORS.get(row.operator)
        target, unit, actual = self._cells(body, row, operator)
        if (cut := self._cut(row, unit)) is not None:
            name, unit, actual = name + cut[0], cut[1], (actual or "") + cut[2]
            row.trailing = []
        if operator is None and not self._shape.with_units:
            operator, target, unit = split_target("", target or "", None)
        reason = squeeze(row.reason + "".join(line.text for line in row.trailing)) or None
        first = row.lines[0]
        return Indicator(
            level1=levels[0],
            level2=levels[1],
            name=name,
            operator=operator,
            target=target,
            unit=unit,
            actual=actual,
            weight=weight,
            score=score,
            shortfall=reason,
            place=Place(
                file=place.file,
                page=first.page,
                section=place.section,
                table=place.table,
                row=name,
                line=first.number,
                quote=words_of(row.lines),
            ),
        )

    def _cut(self, row: _Row, unit: str | None) -> tuple[str, str, str] | None:
        """Return the rest of a row that a page's end cuts: name's end, whole unit and result's end.

        It is taken for that only where the next page's first line ends a name, a unit in use and a result.
        """
        first = row.trailing[0] if row.trailing else None
        if first is None or unit is None or first.page == row.lines[-1].page:
            return None
        name, *others = first.text.split()
        if len(others) < _VALUES or unit + others[0] not in self._units:
            return None
        rest = [*others[1:], *(line.text for line in row.trailing[1:])]
        return squeeze(name), unit + others[0], squeeze("".join(rest))

    def _points(self, tail: str) -> tuple[str, Decimal | None, Decimal | None]:
        match = self._shape.end.search(tail)
        if match is None:
            return tail, None, None
        score = Decimal(match[2]) if self._shape.with_results else None
        return tail[: match.start()].strip(), Decimal(match[1]), score

    def _cells(
        self, body: str, row: _Row, operator: Operator | None
    ) -> tuple[str | None, str | None, str | None]:
        """Split target, unit and result."""
        if operator is None and not self._shape.with_units:
            return body.partition(" ")[0], None, squeeze(body.partition(" ")[2]) or None
        if operator is None or operator == "qualitative":
            target, actual = self._qualitative(body, row)
            return target, None, actual
        number = _NUMBER_START.match(body)
        if number is None:
            return body or None, None, None
        unit, rest = self._unit(body[number.end() :])
        return number[0], unit, squeeze(rest) or None

    def _qualitative(self, body: str, row: _Row) -> tuple[str | None, str | None]:
        """Tell target from result: equal halves, else the first cell, which may be broken over lines."""
        text = squeeze(body)
        half = len(text) // 2
        if not text:
            return None, None
        if not self._shape.with_results or row.operator == "":
            return text, None
        if len(text) % 2 == 0 and text[:half] == text[half:]:
            return text[:half], text[half:]
        first, _, rest = body.partition(" ")
        return first, squeeze(_NO_UNIT.sub("", rest)) or None

    def _unit(self, text: str) -> tuple[str | None, str]:
        """Take the unit off the front: the longest unit in use that the tokens spell, or its whole word."""
        stripped = text.strip()
        squeezed = squeeze(stripped)
        unit = max((u for u in self._units if squeezed.startswith(u)), key=len, default="")
        whole = _WHOLE_UNIT.match(stripped)
        if whole is not None and unit and len(whole[0]) > len(unit):
            return whole[0], stripped[whole.end() :].strip()
        if unit:
            return unit, after_characters(stripped, len(unit)).strip()
        token, _, rest = stripped.partition(" ")
        if token and not _NUMBER_START.match(token):
            return token, rest.strip()
        return None, stripped


def _ends_word(text: str, name: str) -> bool:
    """Tell whether white space or the end follows the name, which begins the text."""
    after = after_characters(text, len(name))
    return not after or after[0].isspace()


def _is_value(word: str) -> bool:
    """Tell whether a word is a target rather than the end of a name."""
    return _NUMBER_START.match(word) is not None


def _is_clause(lines: Sequence[Line]) -> bool:
    return any(mark in line.text for line in lines for mark in "，,。；;")


def _joined_operator(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Join 定 and 性 where a narrow column has broken them."""
    joined: list[Line] = []
    skip = False
    for index, line in enumerate(lines):
        if skip:
            skip = False
            continue
        after = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
        if line.text.split()[-1:] == ["定"] and re.match(r"性(?:\s|$)", after):
            joined.append(Line(line.number, line.text.strip() + after, line.page, line.start))
            skip = True
        else:
            joined.append(line)
    return tuple(joined)
