"""One wrong digit in a published budget: the cell is among those that the diagnosis names."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import pytest

from hengjian.filing import Sheet, derived_sheets, read_filing
from hengjian.filing.sheets import read_measure
from hengjian.kernel import Amount, Outcome
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.packs.standards import Standards
from hengjian.rules import Suspect, Verdict, check_sheets, diagnose
from hengjian.rules.filled import Cell

SEED, SLIPS = 2021, 50
LEAST_NOTICED = 30


@dataclass(frozen=True)
class Tried:
    """A cell with a wrong digit, what it says otherwise, and what came of it."""

    cell: Cell
    truth: Amount
    verdicts: tuple[Verdict, ...]
    suspects: tuple[Suspect, ...]

    @property
    def noticed(self) -> bool:
        return any(
            verdict.outcome is Outcome.FAIL
            and verdict.bound is not None
            and verdict.bound.assertion.relation == "=="
            for verdict in self.verdicts
        )


@cache
def filing() -> tuple[Standards, Mapping[str, Sheet]]:
    library = load_library(data_folder("packs"))
    read = read_filing(data_folder("examples") / "lingshou-2021", library)
    standards = standards_for(library, read.pack, read.year)
    return standards, derived_sheets(read, standards)


@cache
def tried() -> tuple[Tried, ...]:
    chance = random.Random(SEED)  # the same cells every time
    standards, sheets = filing()
    cells = sorted(
        figure.cell
        for sheet in sheets.values()
        for figure in sheet.figures.values()
        if isinstance(figure.value, Amount)
    )
    return tuple(_try(standards, sheets, cell, chance) for cell in chance.sample(cells, SLIPS))


def _try(standards: Standards, sheets: Mapping[str, Sheet], cell: Cell, chance: random.Random) -> Tried:
    form, row, column = cell
    sheet, figure = sheets[form], sheets[form].figures[row, column]
    truth = figure.value
    assert isinstance(truth, Amount)
    text = truth.text
    at = chance.choice([index for index, sign in enumerate(text) if sign.isdigit()])
    leading = at == 0 and text[1:2].isdigit()
    digits = "123456789" if leading else "0123456789"
    digit = chance.choice([each for each in digits if each != text[at]])
    found = standards.forms[form].column(column)
    assert found is not None
    wrong = read_measure(text[:at] + digit + text[at + 1 :], found, truth.unit)
    assert wrong is not None
    figures = {**sheet.figures, (row, column): replace(figure, value=wrong)}
    verdicts = check_sheets(standards, {**sheets, form: replace(sheet, figures=figures)})
    return Tried(cell, truth, verdicts, diagnose(verdicts))


def test_most_wrong_digits_break_an_identity() -> None:
    assert sum(each.noticed for each in tried()) >= LEAST_NOTICED


@pytest.mark.parametrize("number", range(SLIPS))
def test_the_wrong_cell_is_a_suspect(number: int) -> None:
    each = tried()[number]
    if not each.noticed:
        assert each.suspects == ()
        return
    alone = {suspect.cells: suspect for suspect in each.suspects}
    assert all(len(cells) == 1 for cells in alone)
    found = alone[(each.cell,)].corrections[0]
    assert isinstance(found.expected, Amount)
    assert found.slip is not None


def test_the_suspects_are_few_and_the_true_figure_is_found() -> None:
    noticed = [each for each in tried() if each.noticed]
    first = [each.suspects[0].corrections[0] for each in noticed]
    assert sum(len(each.suspects) for each in noticed) / len(noticed) < 2
    rightly = [
        found.cell == each.cell
        and isinstance(found.expected, Amount)
        and found.expected.yuan == each.truth.yuan
        for found, each in zip(first, noticed, strict=True)
    ]
    assert sum(rightly) / len(noticed) > 0.8
