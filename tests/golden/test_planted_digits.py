"""One wrong digit in a published budget is noticed, whichever cell it stands in."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from hengjian.filing import Filing, Sheet, derived_sheets, read_filing
from hengjian.kernel import Amount, Figure, Interval, Measure, Outcome, Percent, Quantity
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.rules import Verdict, check_sheets

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "lingshou-2021"
SEED, CELLS = 20210, 50
FREE = {"quantity"}
"""The column whose counts of square metres, vehicles and pieces stand in no identity with anything."""

Spot: TypeAlias = tuple[str, str | None, str | None]
Noted: TypeAlias = tuple[Outcome, bool | None]


@cache
def example() -> tuple[Filing, Standards]:
    library = load_library(data_folder("packs"))
    filing = read_filing(EXAMPLE, library)
    return filing, standards_for(library, filing.pack, filing.year)


@cache
def published() -> tuple[Figure, ...]:
    """Return the figures of the tables in a fixed order."""
    filing, _ = example()
    return tuple(
        figure
        for _, sheet in sorted(filing.sheets.items())
        for (_, column), figure in sorted(sheet.figures.items())
        if column not in FREE
    )


def with_digit(value: Measure, at: int, step: int) -> Measure:
    """Return the value with its digit at a position raised by a step, modulo ten."""
    text = value.text if isinstance(value, Amount) else str(value)
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    place = places[at % len(places)]
    changed = f"{text[:place]}{(int(text[place]) + step) % 10}{text[place + 1 :]}"
    parsed: Measure | None
    if isinstance(value, Amount):
        parsed = Amount.parse(changed, value.unit)
    elif isinstance(value, Quantity):
        parsed = Quantity.parse(changed)
    else:
        parsed = Percent.parse(changed)
    assert parsed is not None
    return parsed


def planted(figure: Figure, value: Measure) -> Mapping[str, Sheet]:
    filing, standards = example()
    sheets = dict(derived_sheets(filing, standards))
    sheet = sheets[figure.form]
    figures = {**sheet.figures, (figure.row, figure.column): replace(figure, value=value)}
    sheets[figure.form] = replace(sheet, figures=figures)
    return sheets


def noted(verdict: Verdict) -> Noted:
    """Return the outcome, and whether the middles of the sides agree."""
    left, right = middle(verdict.left), middle(verdict.right)
    return verdict.outcome, None if left is None or right is None else left == right


def middle(side: Interval | None) -> object:
    return None if side is None else side.middle


@cache
def before() -> dict[Spot, Noted]:
    filing, standards = example()
    verdicts = check_sheets(standards, derived_sheets(filing, standards))
    return {(each.rule.id, each.row, each.column): noted(each) for each in verdicts}


def notices(verdict: Verdict) -> bool:
    """Tell whether a verdict has become a contradiction, or shows a residue that it did not show."""
    was, is_ = before().get((verdict.rule.id, verdict.row, verdict.column)), noted(verdict)
    if is_[0] is Outcome.FAIL:
        return was is None or was[0] is not Outcome.FAIL
    same = verdict.bound is not None and verdict.bound.assertion.relation == "=="
    return same and is_ == (Outcome.PASS, False) and was == (Outcome.PASS, True)


def cases() -> list[tuple[Figure, int, int]]:
    chance = random.Random(SEED)
    figures = chance.sample(published(), CELLS)
    return [(figure, chance.randrange(10), chance.randrange(1, 10)) for figure in figures]


@pytest.mark.parametrize(
    ("figure", "at", "step"),
    cases(),
    ids=lambda each: "-".join(each.cell) if isinstance(each, Figure) else None,
)
def test_a_wrong_digit_is_noticed(figure: Figure, at: int, step: int) -> None:
    _, standards = example()
    value = with_digit(figure.value, at, step)
    assert value != figure.value
    verdicts = check_sheets(standards, planted(figure, value))
    assert [each for each in verdicts if notices(each)], f"{figure.cell}: {figure.value} read as {value}"


def test_only_the_counts_of_assets_are_beyond_the_identities() -> None:
    filing, standards = example()
    free = {column.id for form in standards.forms.values() for column in form.columns if column.free}
    assert free >= FREE
    counted = [
        each for sheet in filing.sheets.values() for each in sheet.figures.values() if each.column in FREE
    ]
    assert {each.form for each in counted} == {"budget.assets"}
