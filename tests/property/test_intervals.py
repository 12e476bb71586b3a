"""Interval arithmetic encloses exact arithmetic, and numbers parse to what was written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.kernel import (
    Amount,
    Interval,
    MoneyUnit,
    NotANumberError,
    Percent,
    change_rate,
    change_rate_of_difference,
    parse_number,
    percentage,
)
from hengjian.kernel.number import round_half_up

FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)
HALVES = st.fractions(min_value=0, max_value=10, max_denominator=100)
DECIMALS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@st.composite
def enclosed(draw: st.DrawFn) -> tuple[Fraction, Interval]:
    """An exact value and an interval that holds it."""
    middle, half = draw(FRACTIONS), draw(HALVES)
    share = draw(st.fractions(min_value=-1, max_value=1, max_denominator=20))
    return middle + half * share, Interval.about(middle, half)


@given(enclosed(), enclosed())
def test_sums_differences_and_products_enclose_the_exact_ones(
    one: tuple[Fraction, Interval], other: tuple[Fraction, Interval]
) -> None:
    (a, x), (b, y) = one, other
    assert (x + y).contains(a + b)
    assert (x - y).contains(a - b)
    assert (x * y).contains(a * b)
    assert (-x).contains(-a)


@given(enclosed(), enclosed())
def test_ratios_enclose_the_exact_ones_or_are_undefined(
    one: tuple[Fraction, Interval], other: tuple[Fraction, Interval]
) -> None:
    (a, x), (b, y) = one, other
    for computed, exact in (
        (percentage(x, y), lambda: a / b * 100),
        (change_rate(x, y), lambda: (a - b) / b * 100),
        (change_rate_of_difference(x, y), lambda: b / (a - b) * 100),
    ):
        if computed is not None:
            assert computed.contains(exact())
    assert (percentage(x, y) is None) == y.contains(Fraction(0))


@given(enclosed(), enclosed())
def test_the_rate_of_a_difference_is_no_wider_than_dividing_by_the_base(
    one: tuple[Fraction, Interval], other: tuple[Fraction, Interval]
) -> None:
    (_, now), (_, difference) = one, other
    narrow, wide = change_rate_of_difference(now, difference), percentage(difference, now - difference)
    if narrow is not None and wide is not None:
        assert narrow.high - narrow.low <= wide.high - wide.low


@given(enclosed(), enclosed())
def test_two_intervals_agree_or_contradict_and_the_gap_tells_which(
    one: tuple[Fraction, Interval], other: tuple[Fraction, Interval]
) -> None:
    x, y = one[1], other[1]
    assert x.agrees(y) == y.agrees(x) == (x.gap_to(y) == 0)
    assert x.contradicts(y) != x.agrees(y)
    if one[0] == other[0]:
        assert x.agrees(y)


@given(DECIMALS, st.sampled_from(MoneyUnit))
def test_an_amount_keeps_its_digits_and_stands_for_half_a_unit_around_them(
    value: Decimal, unit: MoneyUnit
) -> None:
    amount = Amount.parse(f"{value:,f}", unit)
    assert amount is not None
    assert amount.yuan == value.scaleb(unit.exponent)
    assert amount.format() == f"{value:,f}"
    assert amount.interval.high - amount.interval.low == Fraction(10) ** (unit.exponent - 2)
    assert Amount.from_fen(amount.fen, unit, 2).yuan == amount.yuan


@given(DECIMALS, st.sampled_from(["plain", "grouped", "wide", "spaced", "bracketed", "broken"]))
def test_a_number_reads_the_same_however_it_is_written(value: Decimal, style: str) -> None:
    text = f"{value:f}"
    written = {
        "plain": text,
        "grouped": f"{value:,f}",
        "wide": text.translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－")),
        "spaced": f"  {text.replace('.', ' . ')}\u3000",
        "bracketed": f"（{text.removeprefix('-')}）" if value < 0 else text,
        "broken": text[:-1] + "\n" + text[-1],
    }[style]
    number = parse_number(written)
    assert number is not None
    assert (number.value, number.decimals) == (value, 2)


@given(st.integers(0, 999), st.integers(0, 999))
def test_two_numbers_in_a_cell_are_never_joined(one: int, other: int) -> None:
    for text in (f"{one} {other}", f"{one}\n{other}", f"{one}  {other}"):
        with pytest.raises(NotANumberError):
            parse_number(text)


@given(st.text(max_size=80))
def test_any_text_is_a_number_a_blank_or_said_to_be_none(text: str) -> None:
    try:
        number = parse_number(text)
    except NotANumberError:
        return
    assert number is None or number.value.is_finite()


@given(DECIMALS, st.integers(0, 4))
def test_rounding_is_half_up_away_from_zero(value: Decimal, places: int) -> None:
    rounded = round_half_up(value, places)
    unit = Decimal(1).scaleb(-places)
    assert abs(rounded - value) <= unit / 2
    if abs(value) % unit == unit / 2:
        assert abs(rounded) > abs(value)


@given(st.decimals(min_value=-999, max_value=999, places=2))
def test_a_percentage_reads_with_and_without_its_sign(value: Decimal) -> None:
    texts = (f"{value}", f"{value}%", f"{value}％")
    assert {p.value for text in texts if (p := Percent.parse(text)) is not None} == {value}


def test_a_bare_zero_is_none_and_a_rounded_zero_is_not() -> None:
    bare, rounded = Amount.parse("0", MoneyUnit.WAN_YUAN), Amount.parse("0.00", MoneyUnit.WAN_YUAN)
    assert bare is not None
    assert rounded is not None
    assert bare.interval == Interval.exactly(0)
    assert rounded.interval == Interval(Fraction(-50), Fraction(50))
