"""What a cell can state, and how one figure becomes another."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hengjian.kernel import Amount, MoneyUnit
from hengjian.rules.figures import as_written
from hengjian.rules.slips import Grid, SlipKind, slip_towards


def amount(text: str) -> Amount:
    found = Amount.parse(text, MoneyUnit.WAN_YUAN)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("stated", "truth", "kind"),
    [
        ("3,123.12", "3,133.12", SlipKind.DIGIT),
        ("53.40", "35.40", SlipKind.SWAP),
        ("60.00", "6.00", SlipKind.POINT),
        ("12.34", "77.77", None),
        ("0", "5.00", None),
    ],
)
def test_a_slip_is_told_by_its_kind(stated: str, truth: str, kind: SlipKind | None) -> None:
    wanted = amount(truth).interval.middle
    slip = slip_towards(amount(stated), wanted, (wanted, wanted))
    assert (slip.kind if slip is not None else None) is kind


def test_the_slip_nearest_to_what_is_wanted_goes_first() -> None:
    slip = slip_towards(amount("12.34"), Fraction(124000), (Fraction(0), Fraction(10**6)))
    assert slip is not None
    assert slip.value == Fraction(123900)


def test_a_grid_states_values_like_its_model() -> None:
    grid = Grid(amount("12.30"), 2)
    assert grid.nearest(Fraction(123456), (None, None)) == Fraction(123500)
    assert grid.nearest(Fraction(123456), (Fraction(123401), Fraction(123402))) is None
    assert as_written(grid.measure(Fraction(123500))) == "12.35万元"
    assert grid.half == 50
