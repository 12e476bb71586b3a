"""The inputs of a department's rubric: stated in the filing's list, or found in a form's cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from functools import cached_property

from hengjian.filing import Filing, InputValue, Sheet, derived_sheets
from hengjian.kernel import (
    Amount,
    Finding,
    Interval,
    MoneyUnit,
    NotANumberError,
    Percent,
    Place,
    Quantity,
    Text,
)
from hengjian.packs import Standards, squeeze
from hengjian.packs.rubric import CELL, Rubric, RubricInput
from hengjian.scoring.words import listed

_YES = frozenset({"是", "有", "已", "yes", "true", "1"})
_NO = frozenset({"否", "无", "未", "没有", "no", "false", "0"})
_PERCENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class InputFigure:
    """An input with its value: yuan, a count, a share (95 % is 0.95), 1 or 0 of a flag; or a grade's name.

    Without `value` and `grade` it is missing, or what is written is none (`fault`).
    """

    name: str
    title: Text
    measure: str
    value: Interval | None = None
    grade: str | None = None
    written: str | None = None
    place: Place | None = None
    fault: bool = False

    @property
    def missing(self) -> bool:
        """Whether nothing can be computed with it."""
        return self.value is None and self.grade is None


@dataclass(frozen=True)
class Inputs:
    """Every input of a rubric for one filing.

    What the filing's list states goes before a form's cell; where both are there and cannot both be right,
    that is a finding.
    """

    filing: Filing
    standards: Standards
    rubric: Rubric

    def get(self, name: str) -> InputFigure:
        """Return an input by its id."""
        return self._figures[name]

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with the filing's list of inputs."""
        for stated in self.filing.inputs:
            if stated.name not in self.rubric.inputs:
                yield Finding.of(
                    "score.input-unknown",
                    stated.place,
                    stated=stated.name,
                    name=stated.name,
                    known=self._nearest(stated.name),
                )
        for figure in self._figures.values():
            if figure.fault:
                yield Finding.of(
                    "score.input-unreadable",
                    figure.place or Place(),
                    stated=figure.written,
                    name=figure.title,
                    value=figure.written or "",
                    wanted=_WANTED[figure.measure],
                )
            cell = self._cell(figure.name)
            if cell is not None and cell.value and figure.value and cell.value.contradicts(figure.value):
                yield Finding.of(
                    "score.input-differs",
                    figure.place or Place(),
                    stated=figure.written,
                    expected=cell.written,
                    related=(cell.place,) if cell.place is not None else (),
                    name=figure.title,
                )

    def _nearest(self, name: str) -> Text:
        """Return the inputs that a name is most like, by their ids or titles."""
        wanted = squeeze(name).lower()

        def likeness(known: str) -> float:
            title = self.rubric.inputs[known].title
            return max(SequenceMatcher(None, wanted, each).ratio() for each in (known, title.zh, title.en))

        near = sorted(self.rubric.inputs, key=likeness, reverse=True)
        titles = [(each, self.rubric.inputs[each].title) for each in near]
        return listed([Text(f"{each}（{title.zh}）", f"{each} ({title.en})") for each, title in titles], 5)

    @cached_property
    def _sheets(self) -> Mapping[str, Sheet]:
        return derived_sheets(self.filing, self.standards)

    @cached_property
    def _figures(self) -> dict[str, InputFigure]:
        stated = {each.name: each for each in self.filing.inputs}
        return {
            name: _stated(name, declared, stated[name])
            if name in stated
            else self._cell(name) or InputFigure(name, declared.title, declared.measure)
            for name, declared in self.rubric.inputs.items()
        }

    def _cell(self, name: str) -> InputFigure | None:
        """Return an input as the form's cell has it; None where no cell is named or filled."""
        declared = self.rubric.inputs[name]
        match = CELL.fullmatch(declared.cell or "")
        sheet = self._sheets.get(match["form"]) if match is not None else None
        figure = (
            sheet.figure(match["row"], match["column"]) if sheet is not None and match is not None else None
        )
        if figure is None:
            return None
        value = figure.value.interval
        if isinstance(figure.value, Percent):
            value = value * Interval.exactly(_PERCENT)
        written = f"{figure.value}" if not isinstance(figure.value, Amount) else _money(figure.value)
        return InputFigure(name, declared.title, declared.measure, value, None, written, figure.place)


def _money(amount: Amount) -> str:
    return f"{amount.text}{amount.unit.label}"


def _stated(name: str, declared: RubricInput, stated: InputValue) -> InputFigure:
    written = f"{stated.value}{stated.unit or ''}"
    if declared.measure == "grade":
        grade = squeeze(stated.value)
        return InputFigure(name, declared.title, "grade", None, grade, written, stated.place)
    value = read_value(declared.measure, stated.value, stated.unit)
    return InputFigure(
        name, declared.title, declared.measure, value, None, written, stated.place, fault=value is None
    )


def read_value(measure: str, text: str, unit: str | None) -> Interval | None:
    """Read a stated input; None when it is none of its measure. Whole counts are exact, money is in yuan.

    An amount without a unit is none: whether yuan or ten thousands are meant would be a guess.

    >>> (
    ...     read_value("flag", "是", None),
    ...     read_value("amount", "1.5", "万元"),
    ...     read_value("percent", "95%", None),
    ...     read_value("count", "1.2", "万人"),
    ... )
    ([1, 1], [14500, 15500], [0.945, 0.955], [11500, 12500])
    >>> read_value("amount", "1.5", None) is None
    True
    """
    text = text.strip()
    if measure == "flag":
        squeezed = squeeze(text).lower()
        return Interval.exactly(1) if squeezed in _YES else Interval.exactly(0) if squeezed in _NO else None
    try:
        if measure == "amount":
            if not unit and not text.endswith(tuple(each.label for each in MoneyUnit)):
                return None
            amount = Amount.parse(text, MoneyUnit.from_label(unit) if unit else MoneyUnit.YUAN)
            return None if amount is None else amount.interval
        if measure == "percent":
            percent = Percent.parse(text)
            return None if percent is None else percent.interval * Interval.exactly(_PERCENT)
        quantity = Quantity.parse(f"{text}{unit or ''}")
    except (NotANumberError, ValueError):
        return None
    return None if quantity is None else quantity.interval


_WANTED = {
    "amount": Text("金额和单位", "an amount with its unit"),
    "count": Text("一个数", "a number"),
    "percent": Text("百分比", "a percentage"),
    "flag": Text("“是”或“否”", "yes or no"),
    "grade": Text("等级名称", "a grade's name"),
}
