"""The closed schema of a pack's files. Unknown keys are faults; every value is dated and has a basis.

A pack is a folder: ``pack.yaml`` and, in folders named after their kind, one item a file:
``codes/`` ``forms/`` ``rules/`` ``rubrics/`` ``indicators/`` ``wording/``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from hengjian.kernel import FiscalYear, MoneyUnit, Severity, Text

PACK_FORMAT = 1
"""The pack format this engine reads."""


class Model(BaseModel):
    """The base of every pack value: closed and frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True
    )


def _text(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        return Text(str(value["zh"]), str(value["en"]))
    return value


def _money_unit(value: object) -> object:
    return MoneyUnit.from_label(value) if isinstance(value, str) else value


Words = Annotated[Text, BeforeValidator(_text)]
Unit = Annotated[MoneyUnit, BeforeValidator(_money_unit)]
Captions = Annotated[tuple[str, ...], Field(min_length=1)]
ItemId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*$")]


class Dated(Model):
    """Something valid for fiscal years `valid_from` to `valid_to` (open end: still valid)."""

    valid_from: Annotated[int, Field(alias="from")]
    valid_to: Annotated[int | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"valid to {self.valid_to} before it is valid from {self.valid_from}")
        return self

    def holds_in(self, year: FiscalYear) -> bool:
        """Tell whether it is valid in the fiscal year."""
        return self.valid_from <= year.year and (self.valid_to is None or year.year <= self.valid_to)


class Sourced(Dated):
    """A dated value with its basis; `verified` is false for what was written down from memory."""

    basis: str
    verified: bool
    _file: str = PrivateAttr(default="")
    _line: int = PrivateAttr(default=0)

    @property
    def source(self) -> tuple[str, int]:
        """The file and line that the item was read from."""
        return (self._file, self._line)

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        raise NotImplementedError

    def read_from(self, file: str, line: int) -> Self:
        """Note the file and line that the item was read from."""
        self._file, self._line = file, line
        return self


class Manifest(Model):
    """``pack.yaml``: who issues these standards and whose it inherits.

    A document shows that it is from there by the title, by `places`, or by project codes that begin with
    the `region` (GB/T 2260).
    """

    pack: Annotated[str, Field(pattern=r"^[a-z0-9-]+(?:/[a-z0-9-]+)*$")]
    format: Literal[1]
    title: Words
    inherits: str | None = None
    places: tuple[str, ...] = ()
    region: Annotated[str | None, Field(pattern=r"^\d{2,6}$")] = None


class CodeItem(Dated):
    """One code of a scheme with the name it bears in its years.

    `aliases` are other names in use; `unnamed_part` marks no more than a note for readers.
    """

    code: Annotated[str, Field(pattern=r"^\d{3,9}$")]
    name: str
    aliases: tuple[str, ...] = ()
    basis: str | None = None
    verified: bool | None = None


class CodeList(Sourced):
    """``codes/``: a classification scheme. Items without basis or `verified` take those of the list."""

    scheme: ItemId
    title: Words
    levels: Annotated[tuple[int, ...], Field(min_length=1)]
    items: tuple[CodeItem, ...]

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.scheme


class Column(Model):
    """A column of a form; `side` is that of a two-sided table.

    `free` says why no identity holds its cells.
    """

    id: ItemId
    captions: Captions
    measure: Literal["amount", "percent", "count"] = "amount"
    side: Literal["income", "expenditure"] | None = None
    free: str | None = None


class Row(Model):
    """A fixed row of a form. `of_which` names the row that this one is a part of.

    `free` says why no identity holds its cells.
    """

    id: ItemId
    captions: Captions
    side: Literal["income", "expenditure"] | None = None
    of_which: ItemId | None = None
    free: str | None = None


class CodeRows(Model):
    """Rows that are every used code of a scheme, keyed by code or, where none is printed, by name."""

    scheme: ItemId
    levels: Annotated[tuple[int, ...], Field(min_length=1)]
    side: Literal["income", "expenditure"] | None = None


class Form(Sourced):
    """``forms/``: a table as it is published."""

    form: ItemId
    title: Words
    captions: Captions
    kind: Literal["budget", "final_accounts", "self_evaluation", "targets", "demo"]
    unit: Unit
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: tuple[Row, ...] = ()
    code_rows: CodeRows | None = None
    empty_statement: str | None = None

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.form

    def column(self, column_id: str) -> Column | None:
        """Return the column of an id."""
        return next((column for column in self.columns if column.id == column_id), None)

    def row(self, row_id: str) -> Row | None:
        """Return the fixed row of an id."""
        return next((row for row in self.rows if row.id == row_id), None)

    def has_cell(self, row_side: str | None, column: Column) -> bool:
        """Tell whether a row of that side has a cell in the column."""
        return row_side is None or column.side is None or row_side == column.side


class Rule(Sourced):
    """``rules/``: an identity over forms, written in the forms' own names (docs/rules.md)."""

    id: ItemId
    ref: str
    title: Words
    form: ItemId | None = None
    each: Annotated[Literal["row", "column", "parent"] | None, Field(alias="for")] = None
    where: str | None = None
    asserts: Annotated[str, Field(alias="assert")]
    severity: Severity = Severity.ERROR

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.id


class RuleFile(Model):
    """A file of rules; `from`, `to`, `basis` and `verified` stand with each rule."""

    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class IndicatorLevel(Model):
    """A first-level group of indicators with the second-level names under it."""

    name: str
    aliases: tuple[str, ...] = ()
    children: Captions


class UnitRule(Model):
    """Indicators whose name ends so are counted in one of these units."""

    endings: Captions
    units: Captions
    kind: Words


class SetSignal(Model):
    """A habit of a whole set that says little of any row.

    Its key is the code of the finding. It is named in sets of `least` places or more when `percent` of them
    show it. `names` are parts of the names of the indicators that it is about, `value` is a bound of its own.
    `base` says how often published sets show it.
    """

    least: Annotated[int, Field(ge=2)]
    percent: Annotated[Decimal, Field(gt=0, le=100)] = Decimal(100)
    names: tuple[str, ...] = ()
    value: Decimal | None = None
    base: Words


SignalName = Literal[
    "set.scores-full",
    "set.results-at-target",
    "set.execution-low",
    "set.no-problems",
    "set.satisfaction-alike",
    "set.satisfaction-full",
    "set.adjusted-as-executed",
    "set.qualitative-repeated",
    "set.results-shared",
]


class KindRule(Model):
    """Indicators that one of the level-2 groups named (`misplaced`) should not hold; `proper` is theirs.

    A name has one of `words`, or an ending of `endings` with a unit of `units`. A word of `unless` in name or
    description excuses it.
    """

    words: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    misplaced: Captions
    proper: str


class TargetWords(Model):
    """Words in the names of indicators that tell what a target can be; a name without them tells nothing.

    Rates: `bounded` by 100, `unbounded`, of `satisfaction`, of money (`money_rates`). Costs: a standard of a
    `benefit`, `savings`, what is `paid`, what levels share (`shared`), the `share` borne, what others bear
    (`elsewhere`). `averages` and the units they may be over. What counts `persons` or `money` in a
    definition; what makes a `basis`, and the usual term for others in use (`basis_terms`).
    """

    bounded: tuple[str, ...] = ()
    unbounded: tuple[str, ...] = ()
    satisfaction: tuple[str, ...] = ()
    benefit: tuple[str, ...] = ()
    savings: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    averages: dict[str, tuple[str, ...]] = {}
    money_rates: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    basis_terms: dict[str, tuple[str, ...]] = {}


class Vocabulary(Sourced):
    """``indicators/``: level names, qualitative scales, and which unit fits which indicator name.

    `units` are further units in use; `project_classes` gives the letter that stands in a project's code
    for each class of projects; `set_signals` are the habits of whole sets that are named.
    `expected_kinds` are the level-2 groups that the targets of a project have at least: one of each list.
    """

    vocabulary: ItemId
    levels: tuple[IndicatorLevel, ...] = ()
    misnamed_levels: dict[str, str] = {}
    qualitative_scales: tuple[str, ...] = ()
    unit_rules: tuple[UnitRule, ...] = ()
    units: tuple[str, ...] = ()
    project_classes: dict[str, str] = {}
    cost_levels: tuple[str, ...] = ()
    set_signals: dict[SignalName, SetSignal] = {}
    kind_rules: tuple[KindRule, ...] = ()
    expected_kinds: tuple[Captions, ...] = ()
    target_words: TargetWords = TargetWords()

    @property
    def all_units(self) -> frozenset[str]:
        """Every unit of measure in use."""
        return frozenset(self.units).union(*(rule.units for rule in self.unit_rules))

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.vocabulary


class Wording(Sourced):
    """``wording/``: words that documents and forms of an authority use.

    `labels` are a form's own captions by id; of several, parted by a bar, the first is printed. `prompts` are
    regular expressions of guidance that must be replaced before a form is published.
    """

    wording: ItemId
    labels: dict[str, str] = {}
    prompts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.wording
