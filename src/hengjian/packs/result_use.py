"""``result_uses/``: what an authority makes of evaluation results (结果应用)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hengjian.packs.schema import ItemId, Model, Sourced, Words


class BudgetSuggestion(Model):
    """What a grade suggests for the next budget."""

    grade: str
    suggestion: Words


class ResultUse(Sourced):
    """The budget suggestion of every grade, from the best down."""

    use: ItemId
    title: Words
    suggestions: Annotated[tuple[BudgetSuggestion, ...], Field(min_length=1)]

    @property
    def key(self) -> str:
        """The id that an inheriting pack overrides."""
        return self.use
