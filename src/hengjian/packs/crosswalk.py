"""Crosswalks: what became of each code of a scheme from one edition to the next."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hengjian.packs.schema import ItemId, Model, Sourced

ChangeKind = Literal["renamed", "moved", "split", "merged", "reused", "new", "dropped"]
Codes = tuple[Annotated[str, Field(pattern=r"^\d{3,9}$")], ...]


class Change(Model):
    """What became of some codes: `old` in the edition before, `new` in this one.

    *renamed*: one code, another name. *moved*: one code to another. *split*: one to several. *merged*:
    several to one. *reused*: a code that now means something else; `new` is where its old meaning went, if
    anywhere. *new*: nothing before. *dropped*: nothing after.
    """

    kind: ChangeKind
    old: Annotated[Codes, Field(alias="from")] = ()
    new: Annotated[Codes, Field(alias="to")] = ()
    basis: str | None = None
    verified: bool | None = None


class Crosswalk(Sourced):
    """``crosswalks/``: the changes of a scheme that came with a year's edition; all else stayed the same."""

    scheme: ItemId
    edition: int
    changes: tuple[Change, ...]

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return f"{self.scheme}.{self.edition}"
