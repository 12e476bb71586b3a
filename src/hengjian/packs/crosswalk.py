"""Crosswalks: what became of each code of a scheme from one edition to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hengjian.packs.schema import ItemId, Model, Sourced

ChangeKind = Literal["renamed", "moved", "split", "merged", "reused", "new", "dropped"]
Codes = tuple[Annotated[str, Field(pattern=r"^\d{3,9}$")], ...]
_MANY = 10_000
_COUNTS: dict[ChangeKind, tuple[tuple[int, int], tuple[int, int]]] = {
    "renamed": ((1, 1), (1, 1)),
    "moved": ((1, 1), (1, 1)),
    "split": ((1, 1), (2, _MANY)),
    "merged": ((2, _MANY), (1, 1)),
    "reused": ((1, 1), (0, _MANY)),
    "new": ((0, 0), (1, _MANY)),
    "dropped": ((1, _MANY), (0, 0)),
}
"""The least and the most codes before and after, by kind."""


class Change(Model):
    """What became of some codes: `old` in the edition before, `new` in this one.

    *renamed*: one code, another name. *moved*: one code to another. *split*: one to several. *merged*:
    several to one. *reused*: a code that now means something else; `new` is where its old meaning went, if
    anywhere. *new*: nothing before. *dropped*: nothing after. A code that others were folded into may have
    been there before; one that was split may still be there after.
    """

    kind: ChangeKind
    old: Annotated[Codes, Field(alias="from")] = ()
    new: Annotated[Codes, Field(alias="to")] = ()
    basis: str | None = None
    verified: bool | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        for side, codes, (least, most) in zip(
            ("from", "to"), (self.old, self.new), _COUNTS[self.kind], strict=True
        ):
            if not least <= len(codes) <= most:
                raise ValueError(f"{self.kind} does not go with {len(codes)} codes in `{side}`")
            if len(set(codes)) != len(codes):
                raise ValueError(f"a code stands twice in `{side}`")
        if (self.kind == "renamed") != (bool(self.old) and self.old == self.new):
            raise ValueError("a code keeps its number when it is renamed, and only then")
        return self


class Crosswalk(Sourced):
    """``crosswalks/``: the changes of a scheme that came with a year's edition; all else stayed the same."""

    scheme: ItemId
    edition: int
    changes: tuple[Change, ...]

    @property
    def key(self) -> str:
        """The scheme and its edition. An inheriting pack's changes come on top of the inherited ones."""
        return f"{self.scheme}.{self.edition}"


@dataclass(frozen=True, slots=True)
class Step:
    """What an edition did to one code: `new` are the codes that carry its meaning on (none: dropped)."""

    edition: int
    kind: ChangeKind
    old: str
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """The codes that a code became, in order of number, and what happened on the way, by edition."""

    codes: tuple[str, ...]
    steps: tuple[Step, ...]


def changes_of(crosswalks: Iterable[Crosswalk], scheme: str, edition: int) -> Iterator[Change]:
    """Yield the changes that came with an edition of a scheme."""
    for crosswalk in crosswalks:
        if (crosswalk.scheme, crosswalk.edition) == (scheme, edition):
            yield from crosswalk.changes


def follow(crosswalks: Iterable[Crosswalk], scheme: str, code: str, from_year: int, to_year: int) -> Fate:
    """Follow a code of the edition of `from_year` to that of `to_year`; years before give the code itself.

    A code that no change speaks of stays what it is; whether it is in the edition at all is not asked.

    >>> walk = Crosswalk.model_validate(
    ...     {
    ...         "scheme": "purpose",
    ...         "edition": 2021,
    ...         "from": 2021,
    ...         "basis": "某市财政局通知",
    ...         "verified": True,
    ...         "changes": [{"kind": "moved", "from": ["10101"], "to": ["10199"]}],
    ...     }
    ... )
    >>> fate = follow([walk], "purpose", "10101", 2020, 2022)
    >>> fate.codes
    ('10199',)
    >>> [(step.edition, step.kind) for step in fate.steps]
    [(2021, 'moved')]
    >>> follow([walk], "purpose", "10102", 2020, 2022)
    Fate(codes=('10102',), steps=())
    """
    walks = tuple(crosswalks)
    codes: set[str] = {code}
    steps: list[Step] = []
    for edition in range(from_year + 1, to_year + 1):
        told = {old: change for change in changes_of(walks, scheme, edition) for old in change.old}
        here = [Step(edition, told[each].kind, each, told[each].new) for each in sorted(codes & set(told))]
        codes = (codes - set(told)).union(*(step.new for step in here))
        steps.extend(here)
    return Fate(tuple(sorted(codes)), tuple(steps))
