"""Lay what a publication states onto a filing: blanks are filled, what differs is told and left.

Two figures agree when they can be one: 3,133.12 wan yuan may be 31,331,234.50 yuan, rounded. The filing's own
is kept then, as it was entered. Texts agree when their characters do, white space aside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from hengjian.authoring.workbook.layout import place_row
from hengjian.filing import Filing, Indicator, OverallTargets, Project, RubricScore, Sheet
from hengjian.kernel import Amount, Figure, Measure, Percent, Place, Quantity
from hengjian.packs import Standards

_Part = TypeVar("_Part", Project, Indicator, RubricScore, Filing, OverallTargets)
_PROJECT_FIELDS = (
    "code", "execution_weight", "execution_score", "stated_weight", "stated_score", "conclusion_score",
)  # fmt: skip
_INDICATOR_FIELDS = (
    "operator", "target", "unit", "actual", "weight", "score", "shortfall", "basis", "description",
    "numerator", "denominator", "ledger", "rating", "evidence",
)  # fmt: skip
_RUBRIC_FIELDS = ("maximum", "score", "not_applicable")

OVERALL, RUBRIC, DEPARTMENT = "@overall", "@rubric", "@department"
"""Parts that have no title of their own."""


@dataclass(frozen=True, slots=True)
class Change:
    """One statement of a publication: `part` is a form's id, a project's name or one of the parts above.

    `kind` is ``cell``, ``field``, or the whole that is new: ``sheet``, ``project``, ``overall``,
    ``indicator``, ``rubric``. `row` is a row's or an indicator's name, `column` the id of a column, a field
    or a text. `count` tells how many figures and indicators a whole has.
    """

    kind: str
    part: str
    row: str
    column: str
    before: str | None
    after: str | None
    place: Place
    count: int = 1


@dataclass(frozen=True, slots=True)
class Merged:
    """The filing with what was taken, what was taken, what differs and stayed, and how much was the same."""

    filing: Filing
    taken: tuple[Change, ...]
    differing: tuple[Change, ...]
    agreed: int


def merge(stated: Filing, filing: Filing, standards: Standards, *, prefer: bool = False) -> Merged:
    """Lay a publication's filing onto another; with `prefer` the publication's is taken where both differ."""
    work = _Merge(standards, prefer)
    sheets = dict(filing.sheets)
    for form, sheet in stated.sheets.items():
        merged = work.sheet(form, sheet, sheets.get(form))
        if merged is not None:
            sheets[form] = merged
    result = replace(
        filing,
        sheets=sheets,
        projects=work.projects(stated.projects, filing.projects),
        overall=work.overall(stated.overall, filing.overall),
        rubric_scores=work.rubric(stated.rubric_scores, filing.rubric_scores),
    )
    place = stated.total_place or stated.place
    result = work.fields(result, stated, ("stated_total",), _Spot(DEPARTMENT, "", place))
    return Merged(result, tuple(work.taken), tuple(work.differing), work.agreed)


@dataclass(frozen=True, slots=True)
class _Spot:
    part: str
    row: str
    place: Place


@dataclass(slots=True)
class _Merge:
    standards: Standards
    prefer: bool
    taken: list[Change] = field(default_factory=list)
    differing: list[Change] = field(default_factory=list)
    agreed: int = 0

    def sheet(self, part: str, stated: Sheet, ours: Sheet | None) -> Sheet | None:
        """Merge a sheet cell by cell; a new one is taken whole."""
        if ours is None or not (ours.rows or ours.figures):
            if ours is None or stated.figures:
                self._whole("sheet", part, "", stated.place, len(stated.figures))
                return stated
            return ours
        form = self.standards.forms.get(stated.form)
        rows, figures = dict(ours.rows), dict(ours.figures)
        for (row, column), figure in stated.figures.items():
            name = rows.get(row) or stated.rows.get(row, row)
            spot = _Spot(part, name.strip(), figure.place)
            if self._takes(spot, column, figures.get((row, column)), figure):
                if row not in rows:
                    printed = list(rows.items())
                    at = len(printed) if form is None else place_row(rows, row, form)
                    rows = dict([*printed[:at], (row, name), *printed[at:]])
                figures[row, column] = figure
        return replace(ours, rows=rows, figures=figures, partial=ours.partial and stated.partial)

    def projects(self, stated: Sequence[Project], ours: Sequence[Project]) -> tuple[Project, ...]:
        """Merge projects by code, else by name."""
        result = list(ours)
        for project, at in _pairs(stated, ours, (lambda p: p.code or "", lambda p: _plain(p.name))):
            if at is None:
                count = len(project.indicators) + (len(project.funds.figures) if project.funds else 0)
                self._whole("project", project.name, "", project.place, count)
                result.append(project)
            else:
                result[at] = self._project(project, result[at])
        return tuple(result)

    def _project(self, stated: Project, ours: Project) -> Project:
        spot = _Spot(ours.name, "", stated.place)
        merged = self.fields(ours, stated, _PROJECT_FIELDS, spot)
        return replace(
            merged,
            funds=ours.funds if stated.funds is None else self.sheet(ours.name, stated.funds, ours.funds),
            indicators=self._indicators(ours.name, stated.indicators, ours.indicators),
            texts=self._texts(spot, stated.texts, ours.texts),
        )

    def overall(self, stated: OverallTargets | None, ours: OverallTargets | None) -> OverallTargets | None:
        """Merge the department's overall targets."""
        if stated is None:
            return ours
        if ours is None:
            count = len(stated.indicators) + (len(stated.funds.figures) if stated.funds else 0)
            self._whole("overall", OVERALL, "", stated.place, count)
            return stated
        spot = _Spot(OVERALL, "", stated.place)
        merged = self.fields(ours, stated, ("stated_unit",), spot)
        return replace(
            merged,
            funds=ours.funds if stated.funds is None else self.sheet(OVERALL, stated.funds, ours.funds),
            indicators=self._indicators(OVERALL, stated.indicators, ours.indicators),
            tasks=ours.tasks or stated.tasks,
            texts=self._texts(spot, stated.texts, ours.texts),
        )

    def rubric(self, stated: Sequence[RubricScore], ours: Sequence[RubricScore]) -> tuple[RubricScore, ...]:
        """Merge the lines of the overall rubric by their titles."""
        result = list(ours)
        for line, at in _pairs(stated, ours, (lambda each: _plain(each.level2 + each.title),)):
            if at is None:
                self._whole("rubric", RUBRIC, line.title, line.place, 1)
                result.append(line)
            else:
                result[at] = self.fields(
                    result[at], line, _RUBRIC_FIELDS, _Spot(RUBRIC, line.title, line.place)
                )
        return tuple(result)

    def _indicators(
        self, part: str, stated: Sequence[Indicator], ours: Sequence[Indicator]
    ) -> tuple[Indicator, ...]:
        result = list(ours)
        keys = (lambda i: _plain(i.level2 + i.name), lambda i: _plain(i.name))
        for indicator, at in _pairs(stated, ours, keys):
            spot = _Spot(part, indicator.name, indicator.place)
            if at is None:
                self._whole("indicator", part, indicator.name, indicator.place, 1)
                result.append(indicator)
            else:
                result[at] = self.fields(result[at], indicator, _INDICATOR_FIELDS, spot)
        return tuple(result)

    def fields(self, ours: _Part, stated: _Part, names: Sequence[str], spot: _Spot) -> _Part:
        """Merge single values by the names of their fields."""
        changed = {
            name: theirs
            for name in names
            if self._takes(spot, name, getattr(ours, name), theirs := getattr(stated, name), "field")
        }
        return replace(ours, **changed)

    def _texts(self, spot: _Spot, stated: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
        taken = {
            name: text
            for name, text in stated.items()
            if self._takes(spot, name, ours.get(name), text, "field")
        }
        return {**ours, **taken}

    def _takes(self, spot: _Spot, column: str, ours: object, theirs: object, kind: str = "cell") -> bool:
        """Tell whether the publication's value is taken, and keep account of it."""
        if _blank(theirs):
            return False
        if not _blank(ours) and _agree(ours, theirs):
            self.agreed += 1
            return False
        change = Change(kind, spot.part, spot.row, column, _shown(ours), _shown(theirs), spot.place)
        taken = _blank(ours) or self.prefer
        (self.taken if taken else self.differing).append(change)
        return taken

    def _whole(self, kind: str, part: str, row: str, place: Place, count: int) -> None:
        self.taken.append(Change(kind, part, row, "", None, None, place, count))


_Item = TypeVar("_Item")


def _pairs(
    stated: Sequence[_Item], ours: Sequence[_Item], keys: Sequence[Callable[[_Item], str]]
) -> list[tuple[_Item, int | None]]:
    """Pair each of `stated` with the index of one of `ours`, by the first key that finds one, once."""
    found: dict[int, int] = {}
    for key in keys:
        free: dict[str, list[int]] = {}
        for at, each in enumerate(ours):
            if at not in found.values() and key(each):
                free.setdefault(key(each), []).append(at)
        for number, each in enumerate(stated):
            if number not in found and free.get(key(each)):
                found[number] = free[key(each)].pop(0)
    return [(each, found.get(number)) for number, each in enumerate(stated)]


def _plain(text: str) -> str:
    return "".join(text.split())


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _agree(ours: object, theirs: object) -> bool:
    match ours, theirs:
        case Figure(value=one), Figure(value=other):
            return agree(one, other)
        case str(), str():
            return _plain(ours) == _plain(theirs)
    return ours == theirs


def agree(one: Measure, other: Measure) -> bool:
    """Tell whether two figures of one measure can be the same value.

    >>> from hengjian.kernel import MoneyUnit
    >>> yuan, wan = MoneyUnit.YUAN, MoneyUnit.WAN_YUAN
    >>> agree(Amount.parse("31,331,234.50", yuan), Amount.parse("3,133.12", wan))
    True
    >>> agree(Amount.parse("31,331,034.50", yuan), Amount.parse("3,133.12", wan))
    False
    """
    match one, other:
        case (Amount(), Amount()) | (Percent(), Percent()):
            pass
        case Quantity(unit=unit), Quantity(unit=same) if unit == same:
            pass
        case _:
            return False
    return one.interval.low <= other.interval.high and other.interval.low <= one.interval.high


def _shown(value: object) -> str | None:
    match value:
        case None:
            return None
        case Figure():
            return str(value.value)
        case Decimal():
            return f"{value:f}"
    return str(value)
