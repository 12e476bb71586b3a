"""Numbers as documents print them: every rendering of a decimal is read back, and nothing is guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hengjian.kernel import Amount, Interval, MoneyUnit, NotANumberError, Percent, Quantity, parse_number
from hengjian.kernel.number import round_half_up

_WIDE = str.maketrans("0123456789.,-+()%", "０１２３４５６７８９．，－＋（）％")
_POWERS = {"百": 2, "千": 3, "万": 4, "百万": 6, "亿": 8}
_BLANKS = ("", " ", "\t\n", "\u3000", "\xa0", "-", "—", "——", "－", "/", "／", "~", "–", "−")


@st.composite
def stated(draw: st.DrawFn, most: int = 10**12, decimals: int = 6) -> Decimal:
    """Draw a decimal as it may be printed: its exponent is its last digit."""
    digits = draw(st.integers(min_value=0, max_value=most))
    places = draw(st.integers(min_value=0, max_value=decimals))
    return Decimal(digits).scaleb(-places)


signed = st.tuples(stated(), st.booleans()).map(lambda pair: -pair[0] if pair[1] else pair[0])


def same(read: object, value: Decimal) -> bool:
    """Whether two decimals have the same value and the same last digit; zero has no sign."""
    return (
        isinstance(read, Decimal) and read == value and read.as_tuple().exponent == value.as_tuple().exponent
    )


@given(signed, st.booleans(), st.booleans(), st.booleans())
@example(value=Decimal("0.00"), grouped=False, wide=False, bracketed=False)
def test_every_rendering_of_a_number_is_read_with_its_last_digit(
    value: Decimal, grouped: bool, wide: bool, bracketed: bool
) -> None:
    text = f"{abs(value):,f}" if grouped else f"{abs(value):f}"
    if value < 0:
        text = f"({text})" if bracketed else f"-{text}"
    number = parse_number(text.translate(_WIDE) if wide else text)
    assert number is not None
    assert same(number.value, value)
    assert number.half_unit * 2 == Decimal(1).scaleb(-number.decimals)


@given(stated(), st.sampled_from(sorted(_POWERS)), st.sampled_from(["", " ", "\n"]))
def test_a_multiplier_moves_the_last_digit(value: Decimal, mark: str, gap: str) -> None:
    number = parse_number(f"{value:f}{gap}{mark}")
    assert number is not None
    assert same(number.value, value.scaleb(_POWERS[mark]))


@given(stated(), st.sampled_from(["−", "–", "‐", "－", "-"]))
def test_every_minus_sign_is_one(value: Decimal, mark: str) -> None:
    number = parse_number(f"{mark}{value:f}")
    assert number is not None
    assert number.value == -value


@given(stated(), st.data())
def test_white_space_at_a_mark_is_no_gap_between_numbers(value: Decimal, data: st.DataObject) -> None:
    text = f"{value:,f}"
    marks = [i for i, character in enumerate(text) if character in ".,"]
    assume(marks)
    at = data.draw(st.sampled_from(marks))
    space = data.draw(st.sampled_from([" ", "  ", "\n", "\u3000"]))
    before = data.draw(st.booleans())
    broken = text[:at] + space + text[at:] if before else text[: at + 1] + space + text[at + 1 :]
    number = parse_number(broken)
    assert number is not None
    assert same(number.value, value)


@given(stated().filter(lambda value: int(value.as_tuple().exponent) < 0), st.data())
def test_a_line_break_inside_the_digits_of_one_number_is_closed(value: Decimal, data: st.DataObject) -> None:
    text = f"{value:f}"
    inside = [i for i in range(1, len(text)) if text[i - 1].isdigit() and text[i].isdigit()]
    filled = [i for i in inside if i >= len(text) - i]
    assume(filled)
    at = data.draw(st.sampled_from(filled))
    number = parse_number(f"{text[:at]}\n{text[at:]}")
    assert number is not None
    assert same(number.value, value)


@pytest.mark.parametrize("text", ["100\n95.5", "3\n1234.56", "1.5\n2.5", "10\n10", "9.5\n10000"])
def test_lines_that_no_narrow_column_would_break_so_are_two_numbers(text: str) -> None:
    with pytest.raises(NotANumberError):
        parse_number(text)


@given(stated(), stated(), st.sampled_from([" ", "  ", "\t", "\u3000", ";", "；", "、", "/", "~", " - "]))
def test_two_numbers_in_one_cell_are_never_joined(one: Decimal, other: Decimal, between: str) -> None:
    text = f"{one:f}{between}{other:f}"
    # "12 345.6" may be one number, its thousands set apart by a space as ISO 31 prints them.
    assume(re.fullmatch(r"\d{1,3}(?:\s+\d{3})+\.\d+", text) is None)
    with pytest.raises(NotANumberError):
        parse_number(text)


@given(stated(), stated())
def test_two_lines_of_whole_or_broken_numbers_are_not_joined(one: Decimal, other: Decimal) -> None:
    first, second = f"{one:f}", f"{other:f}"
    assume(("." in first) == ("." in second))
    with pytest.raises(NotANumberError):
        parse_number(f"{first}\n{second}")


@given(st.text(alphabet="0123456789０１２.．,，-－—()（）百千万亿元% \n\u3000ab甲", max_size=80))
@example("9" * 64)
@example("-" + "9" * 40)
@example("9" * 40 + "亿")
@example("0." + "1" * 60)
@example("²")
@example("٣")
def test_any_text_is_a_number_a_blank_or_refused(text: str) -> None:
    try:
        number = parse_number(text)
    except NotANumberError as error:
        assert error.text == text  # noqa: PT017 - both ways out are allowed
        return
    if number is None:
        assert not re.search(r"[0-9０-９甲ab百千万亿元%]", text)
        return
    digits = re.sub(r"\D", "", text)
    written = "".join(str(int(digit)) for digit in digits).lstrip("0") or "0"
    kept = "".join(map(str, number.value.as_tuple().digits)).lstrip("0") or "0"
    assert kept == written, "a digit was lost or added"


@given(st.text(max_size=80))
@example("9" * 40)
@example("9" * 40 + "亿元")
@example("0." + "9" * 60)
def test_no_text_of_any_script_crashes_the_readers(text: str) -> None:
    for read in (
        parse_number,
        Percent.parse,
        Quantity.parse,
        lambda each: Amount.parse(each, MoneyUnit.WAN_YUAN),
    ):
        try:
            value = read(text)
        except NotANumberError:
            continue
        assert value is None or re.search(r"\d", text)


@pytest.mark.parametrize("text", _BLANKS)
def test_a_blank_or_a_dash_states_nothing(text: str) -> None:
    assert parse_number(text) is None
    assert Amount.parse(text, MoneyUnit.YUAN) is None
    assert Percent.parse(text) is None
    assert Quantity.parse(text) is None


@pytest.mark.parametrize(
    "text",
    ["约30", "三十", "1,23", "1,2345", "12,34.5", "1.2.3", "1..2", "--1", "(-5)", "-(5)", "5-", "1e5", "0x1",
     "NaN", "Infinity", "+", "()", "(", "5)", "万", "1 2", "1 234", "10 10", "2022年", "5万5", "1_000"],
)  # fmt: skip
def test_what_is_no_single_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumberError):
        parse_number(text)


# Amounts


@given(signed, st.sampled_from(MoneyUnit))
def test_an_amount_prints_as_it_was_stated(value: Decimal, unit: MoneyUnit) -> None:
    amount = Amount.parse(f"{value:,f}", unit)
    assert amount is not None
    assert amount.yuan == value.scaleb(unit.exponent)
    printed = amount.format()
    again = Amount.parse(printed, unit)
    assert again is not None
    assert (again.yuan, again.decimals, again.interval) == (amount.yuan, amount.decimals, amount.interval)


@given(signed, st.sampled_from(MoneyUnit), st.sampled_from(MoneyUnit), st.sampled_from(["", " "]))
def test_a_unit_in_the_text_overrides_the_column(
    value: Decimal, unit: MoneyUnit, column: MoneyUnit, gap: str
) -> None:
    amount = Amount.parse(f"{value:f}{gap}{unit.label}", column)
    assert amount is not None
    assert (amount.unit, amount.yuan) == (unit, value.scaleb(unit.exponent))


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(MoneyUnit))
def test_fen_are_kept_exactly_when_every_digit_is_printed(fen: int, unit: MoneyUnit) -> None:
    amount = Amount.from_fen(fen, unit, unit.exponent + 2)
    assert amount.fen == fen
    again = Amount.parse(amount.text, unit)
    assert again is not None
    assert again.fen == fen


@given(st.integers(min_value=-(10**13), max_value=10**13), st.sampled_from(MoneyUnit), st.integers(0, 6))
def test_a_rounded_amount_stands_for_the_exact_one(fen: int, unit: MoneyUnit, decimals: int) -> None:
    amount = Amount.from_fen(fen, unit, decimals)
    assert amount.is_none or amount.interval.contains(Fraction(fen, 100))
    assert amount.decimals == decimals


@given(signed, st.sampled_from(MoneyUnit))
def test_an_amount_stands_for_half_a_unit_of_its_last_digit(value: Decimal, unit: MoneyUnit) -> None:
    amount = Amount.parse(f"{value:f}", unit)
    assert amount is not None
    step = Fraction(10) ** (unit.exponent - amount.decimals)
    if value == 0 and amount.decimals <= 0:
        assert amount.interval == Interval.exactly(0)
    else:
        assert amount.interval.high - amount.interval.low == step
        assert amount.interval.middle == Fraction(value) * Fraction(10) ** unit.exponent


@given(stated(most=10**9, decimals=8), st.integers(0, 6), st.booleans())
def test_halves_are_rounded_away_from_zero(value: Decimal, decimals: int, negative: bool) -> None:
    given_value = -value if negative else value
    rounded = round_half_up(given_value, decimals)
    step = Fraction(1, 10**decimals)
    scaled = abs(Fraction(value)) / step
    whole = scaled.numerator // scaled.denominator
    expected = (whole + (scaled - whole >= Fraction(1, 2))) * step
    assert Fraction(rounded) == (-expected if negative else expected)
    assert rounded.as_tuple().exponent == -decimals


@given(st.integers(0, 10**12), st.integers(0, 6), st.sampled_from([1, -1]))
def test_an_exact_half_goes_away_from_zero_whatever_stands_before_it(
    whole: int, decimals: int, sign: int
) -> None:
    half = Decimal(sign * (10 * whole + 5)).scaleb(-decimals - 1)
    expected = Decimal(sign * (whole + 1)).scaleb(-decimals)
    assert round_half_up(half, decimals) == round_half_up(Fraction(half), decimals) == expected


@given(
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**9),
    st.sampled_from(MoneyUnit),
    st.integers(0, 4),
)
@example(yuan=Fraction(5, 1000) - Fraction(1, 10**40), unit=MoneyUnit.YUAN, decimals=2)
@example(yuan=Fraction(10**40, 3), unit=MoneyUnit.YUAN, decimals=2)
def test_a_computed_amount_is_the_exact_one_rounded_once(
    yuan: Fraction, unit: MoneyUnit, decimals: int
) -> None:
    amount = Amount.computed(yuan, unit, decimals)
    step = Fraction(10) ** (unit.exponent - decimals)
    scaled = abs(yuan) / step
    whole = scaled.numerator // scaled.denominator
    expected = (whole + (scaled - whole >= Fraction(1, 2))) * step
    assert Fraction(amount.yuan) == (expected if yuan >= 0 else -expected)


# Percentages and quantities


@given(signed, st.sampled_from(["%", "％", " %", ""]), st.booleans())
def test_a_percentage_is_read_with_or_without_its_sign(value: Decimal, mark: str, wide: bool) -> None:
    text = f"{value:f}".translate(_WIDE) if wide else f"{value:f}"
    percent = Percent.parse(text + mark)
    assert percent is not None
    assert same(percent.value, value)
    assert percent.interval.middle == Fraction(value)
    assert percent.interval.high - percent.interval.low == Fraction(1, 10**percent.decimals)
    assert str(percent)[-1] in "%％"


@given(stated(), st.sampled_from(sorted(_POWERS)), st.sampled_from(["人", "人次", "户", "家", "㎡", ""]))
def test_a_quantity_takes_multiplier_and_unit_apart(value: Decimal, mark: str, unit: str) -> None:
    quantity = Quantity.parse(f"{value:f}{mark}{unit}")
    assert quantity is not None
    assert same(quantity.number.value, value.scaleb(_POWERS[mark]))
    assert quantity.unit == unit


@given(stated(), st.sampled_from(["小时", "%", "％", "平方米", "个工作日", "次/年"]))
def test_a_unit_given_beside_the_figure_is_kept(value: Decimal, unit: str) -> None:
    for quantity in (Quantity.parse(f"{value:f}", unit), Quantity.parse(f"{value:f}{unit}", "别的")):
        assert quantity is not None
        assert (same(quantity.number.value, value), quantity.unit) == (True, unit)
        exact = quantity.number.decimals == 0
        assert (quantity.interval.low == quantity.interval.high) == exact
        assert quantity.interval.contains(Fraction(value))
