"""The closed schema of a pack's test cases: what each item says of small made-up material.

A case file holds, for one fiscal year and under the name of each folder of a pack, the cases of items by id.
Every item has cases that it must pass and cases that it must fail; one case may stand without a list.

The cells of a rule's case are given as ``form[row].column: text``, or short. In a rule for each row the key
is a column, and ``row`` names the row (the form's first fixed row unless given); in a rule for each column or
parent the key is a row, and ``column`` names the column (the first that holds amounts). ``empty`` lists forms
that are there without a figure. Texts are read as printed, in the form's unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from hengjian.kernel import Outcome
from hengjian.kernel.period import FIRST_YEAR, LAST_YEAR
from hengjian.packs.schema import ItemId, Model

Cells = dict[str, str | tuple[str, ...]]
Key: TypeAlias = tuple[str | int, ...]
"""Where a case stands below its item: the outcome's name, then its index or key."""


def _several(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


def _several_lists(value: object) -> object:
    """Take one list of words as a list of it."""
    words = isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    return (value,) if words else value


SeveralCells = Annotated[tuple[Cells, ...], BeforeValidator(_several)]
SeveralTexts = Annotated[tuple[str, ...], BeforeValidator(_several)]
Lists = Annotated[tuple[tuple[ItemId, ...], ...], BeforeValidator(_several_lists), Field(min_length=1)]
Names = Annotated[dict[str, str | None], Field(min_length=1)]
Steps = Annotated[dict[str, SeveralTexts], Field(min_length=1)]


class ItemCases(Model):
    """The cases of one item. Subclasses give `passes` and `fails` a type, and may add outcomes."""

    @property
    def stated(self) -> Iterator[tuple[Outcome, Key, object]]:
        """Yield every case: the outcome it states, where it stands and its material."""
        for name, field in type(self).model_fields.items():
            key = field.alias or name
            cases = getattr(self, name)
            for place, material in cases.items() if isinstance(cases, Mapping) else enumerate(cases):
                pair = (place, material) if isinstance(cases, Mapping) else material
                yield Outcome(key), (key, place), pair


class RuleCases(ItemCases):
    """Material that a rule must pass, fail, leave unevaluated or leave alone: one set of cells or several."""

    passes: Annotated[SeveralCells, Field(alias="pass", min_length=1)]
    fails: Annotated[SeveralCells, Field(alias="fail", min_length=1)]
    not_evaluable: SeveralCells = ()
    not_applicable: SeveralCells = ()


class CodeCases(ItemCases):
    """Codes with the names they bear in the year, or do not; a code that fails without a name is none."""

    passes: Annotated[Names, Field(alias="pass")]
    fails: Annotated[Names, Field(alias="fail")]


class CrosswalkCases(ItemCases):
    """What became of a code, or did not: the code of the edition before, and one or several of this one.

    The key ``new`` stands for codes that nothing came before; a code that was dropped has an empty list.
    """

    passes: Annotated[Steps, Field(alias="pass")]
    fails: Annotated[Steps, Field(alias="fail")]


class Drawing(Model):
    """A document in a few lines and the cells that must be read from it, by row and column.

    A line with bars is a row of a table (``<`` goes on the cell to the left, ``^`` the one above); any other
    is a paragraph, such as the table's title.
    """

    text: str
    cells: Annotated[dict[str, dict[str, str]], Field(min_length=1)]


SeveralDrawings = Annotated[tuple[Drawing, ...], BeforeValidator(_several)]


class FormCases(ItemCases):
    """Documents that hold the form, with the cells read from it, and documents that do not hold it."""

    passes: Annotated[SeveralDrawings, Field(alias="pass", min_length=1)]
    fails: Annotated[SeveralTexts, Field(alias="fail", min_length=1)]


class FormSetCases(ItemCases):
    """Forms in the order in which a publication holds them: whole and in order, or not."""

    passes: Annotated[Lists, Field(alias="pass")]
    fails: Annotated[Lists, Field(alias="fail")]


class IndicatorCase(Model):
    """An indicator as its form prints it, with its result, weight and score."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    operator: Literal["≥", ">", "≤", "<", "=", "qualitative"] | None = None
    target: str | None = None
    unit: str | None = None
    actual: str | None = None
    rating: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None


class ScoreCase(IndicatorCase):
    """One score of a rubric, or one grade, with what it follows from.

    ``target``, ``actual``, ``weight`` → ``score`` of an indicator; ``adjusted``, ``executed`` → ``score`` of
    budget execution; ``total`` → ``grade``. ``line``, with its ``inputs`` or overall ``targets`` as written
    → ``score`` of an overall rubric, out of ``weight`` where the rubric gives the line no maximum; without
    either, the score is only held against those that the line can give.
    """

    adjusted: str | None = None
    executed: str | None = None
    line: str | None = None
    inputs: dict[str, str] = Field(default_factory=dict)
    targets: tuple[IndicatorCase, ...] = ()
    total: Decimal | None = None
    grade: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [name for name in ("actual", "executed", "line", "grade") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("a case states one of actual, executed, line and grade")
        needed = {"actual": ("target", "weight", "score"), "executed": ("adjusted", "score")}
        needed |= {"line": ("score",), "grade": ("total",)}
        for name in needed[given[0]]:
            if getattr(self, name) is None:
                raise ValueError(f"a case with {given[0]} states {name}")
        return self


class RubricCases(ItemCases):
    """Scores and grades that the method gives, and such that it does not."""

    passes: Annotated[tuple[ScoreCase, ...], BeforeValidator(_several), Field(alias="pass", min_length=1)]
    fails: Annotated[tuple[ScoreCase, ...], BeforeValidator(_several), Field(alias="fail", min_length=1)]


class VocabularyCases(ItemCases):
    """Indicators whose name, unit, level and target fit, and indicators of which one does not."""

    passes: Annotated[tuple[IndicatorCase, ...], BeforeValidator(_several), Field(alias="pass", min_length=1)]
    fails: Annotated[tuple[IndicatorCase, ...], BeforeValidator(_several), Field(alias="fail", min_length=1)]


Words = Annotated[dict[str, str] | SeveralTexts, Field(min_length=1)]


class WordingCases(ItemCases):
    """Sentences that are guidance, and others; or, by label, a text that the label bears and one not."""

    passes: Annotated[Words, Field(alias="pass")]
    fails: Annotated[Words, Field(alias="fail")]


class ResultCase(Model):
    """A grade with its suggestion, an execution rate to be explained, or what becomes of unspent money."""

    grade: str | None = None
    suggestion: str | None = None
    execution: Decimal | None = None
    unspent: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [self.grade is not None, self.execution is not None, self.unspent is not None]
        if sum(given) != 1 or (self.grade is None) != (self.suggestion is None):
            raise ValueError("a case states a grade with its suggestion, or execution, or unspent")
        return self


class ResultUseCases(ItemCases):
    """What follows from results, and what does not."""

    passes: Annotated[tuple[ResultCase, ...], BeforeValidator(_several), Field(alias="pass", min_length=1)]
    fails: Annotated[tuple[ResultCase, ...], BeforeValidator(_several), Field(alias="fail", min_length=1)]


class LayoutCases(ItemCases):
    """Words that the form prints, and words that it does not."""

    passes: Annotated[SeveralTexts, Field(alias="pass", min_length=1)]
    fails: Annotated[SeveralTexts, Field(alias="fail", min_length=1)]


class LibraryCases(ItemCases):
    """Words with the id that the search finds first, and words with an id that it does not find first."""

    passes: Annotated[dict[str, str], Field(alias="pass", min_length=1)]
    fails: Annotated[dict[str, str], Field(alias="fail", min_length=1)]


class MonitoringCase(Model):
    """What a monitoring rule makes of one thing, at the end of `month`.

    ``budget``, ``executed`` → ``colour`` of execution; ``target``, ``actual`` → ``colour`` of an indicator;
    ``rates`` of execution in percent by month → ``share`` of the points in percent; ``cut_off``, a month that
    is one; ``disposition``, a decision that is prescribed; ``word`` for a likelihood → its ``meaning``.
    """

    month: Annotated[int | None, Field(ge=1, le=12)] = None
    budget: str | None = None
    executed: str | None = None
    level1: str = ""
    operator: Literal["≥", ">", "≤", "<", "=", "qualitative"] | None = None
    target: str | None = None
    unit: str = ""
    actual: str | None = None
    colour: Literal["red", "yellow", "green", "blue"] | None = None
    rates: dict[int, Decimal] | None = None
    share: Decimal | None = None
    cut_off: Annotated[int | None, Field(ge=1, le=12)] = None
    disposition: str | None = None
    word: str | None = None
    meaning: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = ("executed", "actual", "rates", "cut_off", "disposition", "word")
        given = [name for name in kinds if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"a case states one of {', '.join(kinds)}")
        needed = {"executed": ("month", "budget"), "actual": ("month", "target")}
        for name in needed.get(given[0], ()):
            if getattr(self, name) is None:
                raise ValueError(f"a case with {given[0]} states {name}")
        return self


SeveralMonitoring = Annotated[tuple[MonitoringCase, ...], BeforeValidator(_several)]


class MonitoringCases(ItemCases):
    """Colours, points and words that a monitoring rule gives, does not give, or cannot give."""

    passes: Annotated[SeveralMonitoring, Field(alias="pass", min_length=1)]
    fails: Annotated[SeveralMonitoring, Field(alias="fail", min_length=1)]
    not_evaluable: SeveralMonitoring = ()


class CaseFile(Model):
    """``cases/``: the cases of some items of a pack in one fiscal year, by the folder that each is from."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    rules: dict[ItemId, RuleCases] = Field(default_factory=dict)
    codes: dict[ItemId, CodeCases] = Field(default_factory=dict)
    crosswalks: dict[ItemId, CrosswalkCases] = Field(default_factory=dict)
    forms: dict[ItemId, FormCases] = Field(default_factory=dict)
    form_sets: dict[ItemId, FormSetCases] = Field(default_factory=dict)
    rubrics: dict[ItemId, RubricCases] = Field(default_factory=dict)
    indicators: dict[ItemId, VocabularyCases] = Field(default_factory=dict)
    wording: dict[ItemId, WordingCases] = Field(default_factory=dict)
    monitoring: dict[ItemId, MonitoringCases] = Field(default_factory=dict)
    indicator_libraries: dict[ItemId, LibraryCases] = Field(default_factory=dict)
    layouts: dict[ItemId, LayoutCases] = Field(default_factory=dict)
    result_uses: dict[ItemId, ResultUseCases] = Field(default_factory=dict)

    @property
    def by_kind(self) -> Iterator[tuple[str, str, ItemCases]]:
        """Yield the cases of every item with its folder and its id."""
        for kind in type(self).model_fields:
            section = getattr(self, kind)
            if isinstance(section, dict):
                for item_id, cases in section.items():
                    yield kind, item_id, cases
