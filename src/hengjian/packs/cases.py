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
    weight: Decimal | None = None
    score: Decimal | None = None


class ScoreCase(IndicatorCase):
    """One score of a rubric, or one grade, with what it follows from.

    ``target``, ``actual``, ``weight`` → ``score`` of an indicator; ``adjusted``, ``executed`` → ``score`` of
    budget execution; ``line`` → ``score`` of an overall rubric; ``total`` → ``grade``.
    """

    adjusted: str | None = None
    executed: str | None = None
    line: str | None = None
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

    @property
    def by_kind(self) -> Iterator[tuple[str, str, ItemCases]]:
        """Yield the cases of every item with its folder and its id."""
        for kind in type(self).model_fields:
            section = getattr(self, kind)
            if isinstance(section, dict):
                for item_id, cases in section.items():
                    yield kind, item_id, cases
