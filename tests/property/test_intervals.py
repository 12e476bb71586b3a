"""Interval arithmetic: whatever exact values the stated figures stand for, the exact result is inside."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hengjian.kernel import Interval, change_rate, change_rate_of_difference, percentage

Formula = Callable[[Interval, Interval], Interval | None]

_VALUES = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=1_000)
_WIDTHS = st.fractions(min_value=0, max_value=50, max_denominator=1_000)
_SHARES = st.fractions(min_value=0, max_value=1, max_denominator=100)


@st.composite
def figures(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """Draw an interval and an exact value inside it, often one of its bounds."""
    middle, half = draw(_VALUES), draw(_WIDTHS)
    interval = Interval.about(middle, half)
    share = draw(st.one_of(_SHARES, st.sampled_from([Fraction(0), Fraction(1)])))
    return interval, interval.low + (interval.high - interval.low) * share


intervals = figures().map(lambda figure: figure[0])


@given(figures(), figures())
def test_sums_differences_and_products_enclose_the_exact_result(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction]
) -> None:
    (a, x), (b, y) = one, other
    assert (a + b).contains(x + y)
    assert (a - b).contains(x - y)
    assert (a * b).contains(x * y)
    assert (-a).contains(-x)


@given(intervals, intervals)
def test_sums_and_products_are_no_wider_than_their_corners(a: Interval, b: Interval) -> None:
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    assert ((a * b).low, (a * b).high) == (min(corners), max(corners))
    assert (a + b).high - (a + b).low == (a.high - a.low) + (b.high - b.low)


@given(figures(), figures())
def test_a_quotient_encloses_the_exact_one_or_is_undefined(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction]
) -> None:
    (a, x), (b, y) = one, other
    quotient = a.divided_by(b)
    if b.low <= 0 <= b.high:
        assert quotient is None
    else:
        assert quotient is not None
        assert quotient.contains(x / y)


@pytest.mark.parametrize(
    ("formula", "exact"),
    [
        (percentage, lambda x, y: x / y * 100),
        (change_rate, lambda x, y: (x - y) / y * 100),
        (change_rate_of_difference, lambda x, y: y / (x - y) * 100),
    ],
    ids=["percentage", "change_rate", "change_rate_of_difference"],
)
@given(one=figures(), other=figures())
@example(
    one=(Interval(Fraction(8435, 100), Fraction(8437, 100)), Fraction(8436, 100)),
    other=(Interval(Fraction(-27, 2), Fraction(-27, 2)), Fraction(-27, 2)),
)
def test_a_rate_encloses_the_exact_one(
    formula: Formula,
    exact: Callable[[Fraction, Fraction], Fraction],
    one: tuple[Interval, Fraction],
    other: tuple[Interval, Fraction],
) -> None:
    (a, x), (b, y) = one, other
    rate = formula(a, b)
    assume(rate is not None)
    assert rate is not None
    assert rate.contains(exact(x, y))


@given(figures(), figures())
def test_a_rate_is_undefined_exactly_where_its_base_may_be_zero(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction]
) -> None:
    (a, _), (b, _) = one, other
    zero = Fraction(0)
    assert (percentage(a, b) is None) == b.contains(zero)
    assert (change_rate(a, b) is None) == b.contains(zero)
    assert (change_rate_of_difference(a, b) is None) == (a - b).contains(zero)


def is_within(inner: Interval | None, outer: Interval | None) -> bool:
    if inner is None or outer is None:
        return inner is outer
    return outer.low <= inner.low and inner.high <= outer.high


@given(intervals, intervals)
def test_using_a_figure_once_is_never_wider_than_using_it_twice(now: Interval, other: Interval) -> None:
    assert is_within(change_rate_of_difference(now, other), percentage(other, now - other))
    if not other.contains(Fraction(0)):
        assert is_within(change_rate(now, other), percentage(now - other, other))


def test_using_a_figure_once_is_really_narrower() -> None:
    # A fall from 100±1 to 80±1: 79/101 and 81/99 are the true ends of the ratio.
    now, before = Interval.about(Fraction(80), Fraction(1)), Interval.about(Fraction(100), Fraction(1))
    once, twice = change_rate(now, before), percentage(now - before, before)
    assert once == Interval(Fraction(7900, 101) - 100, Fraction(8100, 99) - 100)
    assert twice == Interval(Fraction(-2200, 99), Fraction(-1800, 101))
    # The same fall, stated as 20±1 less: 21 less than 79+21 at most, 19 less than 81+19 at least.
    fall = Interval.about(Fraction(-20), Fraction(1))
    once, twice = change_rate_of_difference(now, fall), percentage(fall, now - fall)
    assert once == Interval(Fraction(-21), Fraction(-19))
    assert twice == Interval(Fraction(-2100, 98), Fraction(-1900, 102))


@given(intervals, intervals)
def test_agreement_is_symmetric_and_fits_the_gap(a: Interval, b: Interval) -> None:
    assert a.agrees(b) == b.agrees(a)
    assert a.contradicts(b) == (not a.agrees(b))
    assert a.gap_to(b) == b.gap_to(a) >= 0
    assert a.agrees(b) == (a.gap_to(b) == 0)
    assert a.agrees(a)


@given(figures(), figures())
def test_figures_that_share_a_value_agree_and_others_are_as_far_apart_as_their_gap(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction]
) -> None:
    (a, x), (b, y) = one, other
    if b.contains(x):
        assert a.agrees(b)
    assert abs(x - y) >= a.gap_to(b)
    shift = Interval.exactly(a.gap_to(b))
    assert (a + shift).agrees(b) or (a - shift).agrees(b)


def test_bounds_that_touch_agree_and_the_smallest_step_apart_contradicts() -> None:
    half = Interval.about(Fraction(1, 4), Fraction(1, 4))
    assert half.agrees(Interval.exactly(Fraction(1, 2)))
    beyond = Interval.exactly(Fraction(1, 2) + Fraction(1, 10**30))
    assert half.contradicts(beyond)
    assert half.gap_to(beyond) == Fraction(1, 10**30)


def test_crossed_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="crossed"):
        Interval(Fraction(1), Fraction(0))
    with pytest.raises(ValueError, match="crossed"):
        Interval.about(Fraction(1), Fraction(-1))


@given(intervals)
def test_the_middle_is_between_the_bounds(a: Interval) -> None:
    assert a.contains(a.middle)
    assert a.middle - a.low == a.high - a.middle
