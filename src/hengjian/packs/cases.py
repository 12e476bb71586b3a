"""The closed schema of a pack's test cases: what each item says of small made-up material.

The cells of a rule's case are given as ``form[row].column: text``, or short. In a rule for each row the key
is a column, and ``row`` names the row (the form's first fixed row unless given); in a rule for each column or
parent the key is a row, and ``column`` names the column (the first that holds amounts). ``empty`` lists forms
that are there without a figure. Texts are read as printed, in the form's unit.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from hengjian.packs.schema import ItemId, Model

Cells = dict[str, str | tuple[str, ...]]


def _several(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


SeveralCells = Annotated[tuple[Cells, ...], BeforeValidator(_several)]


class RuleCases(Model):
    """Material that a rule must pass, fail, leave unevaluated or leave alone: one set of cells or several."""

    passes: Annotated[SeveralCells, Field(alias="pass", min_length=1)]
    fails: Annotated[SeveralCells, Field(alias="fail", min_length=1)]
    not_evaluable: SeveralCells = ()
    not_applicable: SeveralCells = ()


class CaseFile(Model):
    """``cases/``: the cases of some rules of a pack in one fiscal year."""

    year: int
    rules: dict[ItemId, RuleCases]
