"""``indicator_libraries/``: indicators of a field with definition, formula, ledger and usual target."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hengjian.packs.schema import ItemId, Model, Sourced, Words


class LibraryIndicator(Model):
    """An indicator as it is well defined: the `id` is the library's own, such as ``MI-31``.

    `numerator` and `denominator` are set for rates. `formula` recomputes a result from the project's own
    funds (names ``initial``, ``adjusted``, ``executed``); `ledgers` are the ids of the ledgers that hold it.
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


class IndicatorLibrary(Sourced):
    """A library of indicators; those without basis or `verified` take those of the library.

    `ledgers` names every ledger that its indicators refer to.
    """

    library: ItemId
    title: Words
    ledgers: dict[str, Words] = {}
    indicators: Annotated[tuple[LibraryIndicator, ...], Field(min_length=1)]

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.library
