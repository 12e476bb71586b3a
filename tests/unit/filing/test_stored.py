from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing.stored import SCALES, restored, stored
from hengjian.kernel import Amount, Measure, MoneyUnit, Percent, Quantity

UNITS = st.sampled_from(list(MoneyUnit))


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("12.34", MoneyUnit.WAN_YUAN, (12_340_000, 10_000)),
        ("0", MoneyUnit.WAN_YUAN, (0, 0)),
        ("0.00", MoneyUnit.WAN_YUAN, (0, 10_000)),
        ("-5.1", MoneyUnit.YUAN, (-510, 10)),
        ("0.005", MoneyUnit.YUAN, (1, 2)),
    ],
)
def test_money_is_fen_with_what_its_last_digit_is_worth(
    text: str, unit: MoneyUnit, expected: tuple[int, int]
) -> None:
    amount = Amount.parse(text, unit)
    assert amount is not None
    assert stored(amount, "amount") == expected


def test_whole_counts_are_exact() -> None:
    count = Quantity.parse("3")
    assert count is not None
    assert stored(count, "count") == (30_000, 0)


@given(st.decimals(-(10**9), 10**9, places=5), UNITS)
def test_storing_never_narrows_what_was_stated(number: object, unit: MoneyUnit) -> None:
    amount = Amount.parse(str(number), unit)
    assert amount is not None
    value, width = stored(amount, "amount")
    low, high = (Fraction(2 * value + side * width, 2 * SCALES["amount"]) for side in (-1, 1))
    assert low <= amount.interval.low
    assert amount.interval.high <= high


@given(st.decimals(-(10**9), 10**9, places=2), UNITS)
def test_what_is_not_finer_than_a_fen_comes_back_as_it_was(number: object, unit: MoneyUnit) -> None:
    measures: list[tuple[Measure | None, str]] = [
        (Amount.parse(str(number), unit), "amount"),
        (Percent.parse(f"{number}%"), "percent"),
        (Quantity.parse(str(number)), "count"),
    ]
    for value, measure in measures:
        assert value is not None
        again = restored(*stored(value, measure), measure, unit)
        assert again is not None
        assert again.interval == value.interval
