"""What a rubric's own values may be, whatever stands around them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import ValidationError

from hengjian.kernel import Interval
from hengjian.packs.rubric import Band, CompletionBand, Threshold


def test_a_share_may_be_written_as_a_percentage() -> None:
    band = Band.model_validate({"from": "10%", "up_to": "20%", "earns": "50%"})
    assert (band.lower, band.upper, band.earns) == (Fraction(1, 10), Fraction(1, 5), Decimal("0.5"))


@pytest.mark.parametrize("share", ["ninety%", "%", "9.9.9%", "1e9%", "nan%"])
def test_a_share_that_is_no_number_is_a_fault_of_the_file(share: str) -> None:
    with pytest.raises(ValidationError, match="decimal"):
        Band.model_validate({"from": share, "earns": 1})


@pytest.mark.parametrize(
    ("ends", "inside", "outside"),
    [
        ({"from": 1, "to": 2}, (1, "1.5"), ("0.9", 2)),
        ({"above": 1, "up_to": 2}, ("1.1", 2), (1, "2.1")),
        ({"up_to": 2}, (-9, 2), ("2.01",)),
        ({"above": 2}, ("2.01", 99), (2,)),
    ],
)
def test_the_ends_of_a_band(
    ends: dict[str, int], inside: tuple[str | int, ...], outside: tuple[str | int, ...]
) -> None:
    band = Band.model_validate({**ends, "earns": 1})
    assert all(band.meets(Interval.exactly(Fraction(value))) for value in inside)
    assert not any(band.meets(Interval.exactly(Fraction(value))) for value in outside)


def test_a_rounded_figure_meets_two_bands() -> None:
    rounded = Interval(Fraction("0.95"), Fraction("1.05"))
    low, high = ({"to": 1, "earns": 0}, {"from": 1, "earns": 1})
    assert all(Band.model_validate(ends).meets(rounded) for ends in (low, high))


@pytest.mark.parametrize(
    "ends", [{"from": 1, "above": 1}, {"to": 2, "up_to": 2}, {"from": 2, "to": 1}, {"from": 1, "to": 1}]
)
def test_a_band_that_is_none(ends: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="a band"):
        Band.model_validate({**ends, "earns": 1})


@pytest.mark.parametrize(
    ("earns", "share"),
    [("none", 0), ("half", "0.5"), ("full", 1), ("80%", "0.8"), ("proportional", None)],
)
def test_what_a_completion_band_earns(earns: str, share: str | int | None) -> None:
    band = CompletionBand.model_validate({"from": 0, "earns": earns})
    assert band.share == (None if share is None else Decimal(share))


def test_the_bounds_of_completion_are_percent_already() -> None:
    with pytest.raises(ValidationError, match="decimal"):
        CompletionBand.model_validate({"from": "60%", "earns": "full"})


def test_a_threshold_has_a_limit() -> None:
    with pytest.raises(ValidationError, match="a threshold has a limit"):
        Threshold.model_validate({"shape": "threshold", "of": "rate"})


def test_a_formula_is_arithmetic() -> None:
    with pytest.raises(ValidationError, match="not understood in a formula"):
        Threshold.model_validate({"shape": "threshold", "of": "rate.real", "at_most": 1})
