"""``result_uses/``: what an authority makes of evaluation results (结果应用)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from hengjian.packs.schema import ItemId, Model, Sourced, Words


class BudgetSuggestion(Model):
    """What a grade suggests for the next budget; `aliases` are the grade's names in other scales."""

    grade: str
    aliases: tuple[str, ...] = ()
    suggestion: Words


class ResultUse(Sourced):
    """What follows from results: a budget suggestion for every grade, from the best down, and limits.

    An execution rate below `execution_below` percent must be explained and put right. `unspent` says what
    becomes of money that was not spent.
    """

    use: ItemId
    title: Words
    suggestions: tuple[BudgetSuggestion, ...] = ()
    execution_below: Annotated[Decimal | None, Field(gt=0, le=100)] = None
    unspent: Words | None = None

    @model_validator(mode="after")
    def _says_something_once(self) -> Self:
        names = [name for each in self.suggestions for name in (each.grade, *each.aliases)]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"several suggestions for the grade {', '.join(twice)}")
        if not self.suggestions and self.execution_below is None and self.unspent is None:
            raise ValueError("states no suggestion, no limit and no use of unspent money")
        return self

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.use

    def suggestion(self, grade: str) -> Words | None:
        """Return what a grade suggests for the next budget; None for a grade of another scale."""
        found = (each.suggestion for each in self.suggestions if grade in (each.grade, *each.aliases))
        return next(found, None)
