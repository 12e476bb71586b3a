"""Form sets: the tables that an authority has published together, in order."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hengjian.packs.schema import ItemId, Model, Sourced, Words


class FormOfSet(Model):
    """A form of a set with the number printed on it; an optional one may be left out."""

    form: ItemId
    number: str | None = None
    optional: bool = False


class FormSet(Sourced):
    """``form_sets/``: the forms that a publication of one kind holds, in printed order."""

    set: ItemId
    title: Words
    kind: Literal["budget", "final_accounts"]
    name: str
    forms: Annotated[tuple[FormOfSet, ...], Field(min_length=1)]

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.set
