"""``indicator_libraries/``: indicators of a field with definition, formula, ledger and usual target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from hengjian.packs.schema import Captions, ItemId, Model, Sourced, Words

FUNDS = frozenset({"initial", "adjusted", "executed"})
"""The figures of a project that an indicator's formula may use."""


class LibraryIndicator(Model):
    """An indicator as it is well defined: the `id` is the library's own, such as ``MI-31``.

    `numerator` and `denominator` are set for rates. `formula` recomputes a result from the project's own
    funds (`FUNDS`); `ledgers` are the ids of the ledgers that hold it.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,4}-\d{2,3}[a-z]?$")]
    name: str
    aliases: tuple[str, ...] = ()
    level1: str
    level2: str
    definition: Words
    numerator: str | None = None
    denominator: str | None = None
    formula: str | None = None
    ledgers: tuple[str, ...] = ()
    operator: Literal["≥", ">", "≤", "<", "=", "qualitative"]
    target: str | None = None
    unit: str | None = None
    basis: str | None = None
    verified: bool | None = None

    @property
    def usual(self) -> str:
        """The usual target as a form would print it.

        >>> words = {"name": "讲座", "level1": "产出", "level2": "数量", "definition": {"zh": "", "en": ""}}
        >>> LibraryIndicator(id="XX-01", operator="≥", target="12", unit="次", **words).usual
        '≥12次'
        >>> LibraryIndicator(id="XX-02", operator="≥", target="年度计划数", unit="次", **words).usual
        '≥年度计划数（次）'
        >>> LibraryIndicator(id="XX-03", operator="qualitative", target="明显增加", **words).usual
        '明显增加'
        """
        sign = "" if self.operator == "qualitative" else self.operator
        target, unit = self.target or "", self.unit or ""
        if unit and not target[-1:].isdigit():
            unit = f"（{unit}）"
        return f"{sign}{target}{unit}"

    @property
    def ratio(self) -> str | None:
        """What is divided by what; None for what is no quotient."""
        if self.numerator is None or self.denominator is None:
            return None
        return f"{self.numerator} ÷ {self.denominator}{' × 100%' if self.unit == '%' else ''}"


class Matching(Model):
    """How names of indicators are compared, so that a printed name finds its entry and no other.

    `short_forms` are ways to write the same words, long to short. `endings` are groups of endings that say
    the same kind of measure, as 率 and 比例 do: an entry of another kind is not meant. `contrasts` are groups
    of words that exclude each other, as 住院 and 门诊 do.
    """

    short_forms: dict[str, str] = Field(default_factory=dict)
    endings: tuple[Captions, ...] = ()
    contrasts: tuple[Captions, ...] = ()

    def joined(self, other: Matching) -> Matching:
        """Return both together; short forms of the other stand above one's own."""
        return Matching(
            short_forms=self.short_forms | other.short_forms,
            endings=self.endings + other.endings,
            contrasts=self.contrasts + other.contrasts,
        )


class IndicatorLibrary(Sourced):
    """A library of indicators; those without basis or `verified` take those of the library.

    `ledgers` names every ledger that its indicators refer to. `departments` are words in the names of those
    that it is for; without any it is for every department.
    """

    library: ItemId
    title: Words
    departments: tuple[str, ...] = ()
    ledgers: dict[str, Words] = Field(default_factory=dict)
    matching: Matching = Field(default_factory=Matching)
    indicators: Annotated[tuple[LibraryIndicator, ...], Field(min_length=1)]

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.library

    def serves(self, department: str) -> bool:
        """Tell whether the library is for a department of that name."""
        return not self.departments or any(word in department for word in self.departments)

    @property
    def sourced(self) -> Iterator[LibraryIndicator]:
        """The indicators, each with its own basis and `verified` or else the library's."""
        for each in self.indicators:
            basis = self.basis if each.basis is None else each.basis
            verified = self.verified if each.verified is None else each.verified
            yield each.model_copy(update={"basis": basis, "verified": verified})
