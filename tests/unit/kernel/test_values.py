"""Years, codes, places, blanks and money units."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.kernel import (
    Amount,
    Code,
    FiscalYear,
    InputError,
    Interval,
    MoneyUnit,
    Outcome,
    Place,
    Quantity,
    add_stated,
    divide_stated,
)
from hengjian.kernel.blank import equal_stated
from hengjian.kernel.place import LONGEST_QUOTE

# Fiscal years


@given(st.integers(min_value=1994, max_value=2100), st.sampled_from(["", "年", "年度", " 年度"]))
def test_a_year_is_read_however_it_is_written(year: int, suffix: str) -> None:
    chinese = str(year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    for text in (str(year), chinese, chinese.replace("〇", "零"), chinese.replace("〇", "○")):
        assert FiscalYear.parse(f" {text}{suffix} ").year == year


@pytest.mark.parametrize(
    "text", ["", "22", "1993", "2101", "20222", "2022-2023", "二〇二", "去年", "2022.0", "-2022"]
)
def test_what_is_no_fiscal_year_is_refused_with_its_own_words(text: str) -> None:
    with pytest.raises(InputError) as error:
        FiscalYear.parse(text)
    assert error.value.code == "input.year"
    assert text in error.value.finding.message.zh
    assert text in error.value.finding.message.en


def test_years_are_ordered_and_have_one_before() -> None:
    assert FiscalYear(2021) < FiscalYear(2022) == FiscalYear.parse("2022年")
    assert FiscalYear(2022).previous == FiscalYear(2021)
    assert str(FiscalYear(2022)) == "2022"
    with pytest.raises(InputError):
        _ = FiscalYear(1994).previous


# Codes


@pytest.mark.parametrize(
    ("code", "levels", "above"),
    [("2101501", (3, 5, 7), ["21015", "210"]), ("2101501", (7, 3, 5), ["21015", "210"]),
     ("21015", (3, 5, 7), ["210"]), ("210", (3, 5, 7), []), ("30101", (3, 5), ["301"]), ("21", (3, 5, 7), []),
     ("2101501", (), [])],
)  # fmt: skip
def test_a_code_has_the_codes_above_it_nearest_first(
    code: str, levels: tuple[int, ...], above: list[str]
) -> None:
    ancestors = Code("functional", 2022, code).ancestors(levels)
    assert [each.code for each in ancestors] == above
    assert {(each.scheme, each.edition) for each in ancestors} <= {("functional", 2022)}


def test_a_code_is_another_in_another_edition_or_scheme() -> None:
    codes = {Code("functional", 2018, "210"), Code("functional", 2019, "210"), Code("economic", 2018, "210")}
    assert len(codes) == 3
    assert {str(code) for code in codes} == {"210"}


# Places


@given(st.text(min_size=0, max_size=LONGEST_QUOTE * 2))
def test_a_quote_keeps_its_first_characters(words: str) -> None:
    assert Place(quote=words).quote == words[:LONGEST_QUOTE]


def test_a_place_reads_from_the_file_down_to_the_line() -> None:
    place = Place("a.docx", 3, "二、说明", "收入表", "合计", "决算数", 17, "合计 5.00")
    assert place.where() == "a.docx，第3页，二、说明，《收入表》，行“合计”，列“决算数”，第17行"
    english = "a.docx, page 3, 二、说明, table 收入表, row 合计, column 决算数, line 17"
    assert place.where("en") == english
    assert Place().where() == Place(quote="不说在哪").where("en") == ""


def test_a_place_is_narrowed_and_keeps_the_rest() -> None:
    place = Place(file="a.docx", table="收入表", row="合计", quote="甲")
    narrowed = place.at(column="决算数", quote="乙")
    assert narrowed == Place(file="a.docx", table="收入表", row="合计", column="决算数", quote="乙")
    assert place.at() == place
    assert place.at(row="") == Place(file="a.docx", table="收入表", row="", quote="甲")


# Blanks


@given(st.lists(st.one_of(st.none(), st.integers(-100, 100)), max_size=8))
def test_blanks_add_nothing_and_are_counted(values: list[int | None]) -> None:
    summed = add_stated(None if value is None else Interval.exactly(value) for value in values)
    stated = [value for value in values if value is not None]
    assert summed.blanks == len(values) - len(stated)
    assert summed.total == (Interval.exactly(sum(stated)) if stated else None)


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [(None, None, Outcome.NOT_APPLICABLE), (None, 0, Outcome.PASS), (0, None, Outcome.PASS),
     (None, 5, Outcome.NOT_EVALUABLE), (5, None, Outcome.NOT_EVALUABLE), (5, 5, Outcome.PASS),
     (5, 6, Outcome.FAIL), (0, 5, Outcome.FAIL)],
)  # fmt: skip
def test_a_blank_meets_a_zero_and_nothing_else(left: int | None, right: int | None, outcome: Outcome) -> None:
    sides = (None if value is None else Interval.exactly(value) for value in (left, right))
    assert equal_stated(*sides) is outcome


def test_a_ratio_with_a_blank_or_without_a_base_is_undefined() -> None:
    five = Interval.exactly(5)
    assert divide_stated(five, five) == Interval.exactly(1)
    assert divide_stated(five, None) is divide_stated(None, five) is None
    assert divide_stated(five, Interval.about(Fraction(0), Fraction(1, 2))) is None


# Money


@pytest.mark.parametrize(
    ("label", "unit"),
    [("元", MoneyUnit.YUAN), ("万元", MoneyUnit.WAN_YUAN), ("万", MoneyUnit.WAN_YUAN),
     ("亿", MoneyUnit.YI_YUAN), (" 万 元\n", MoneyUnit.WAN_YUAN), ("亿元", MoneyUnit.YI_YUAN)],
)  # fmt: skip
def test_a_money_unit_is_known_by_its_label(label: str, unit: MoneyUnit) -> None:
    assert MoneyUnit.from_label(label) is unit


@pytest.mark.parametrize("label", ["", " ", "千元", "人", "万人", "美元", "元/人"])
def test_other_labels_are_no_money_unit(label: str) -> None:
    with pytest.raises(ValueError, match="not a money unit"):
        MoneyUnit.from_label(label)


@pytest.mark.parametrize(
    ("text", "unit", "yuan", "decimals"),
    [("3,359.62", MoneyUnit.WAN_YUAN, "33596200", 2), ("（5.00）", MoneyUnit.YUAN, "-5", 2),
     ("12.3万", MoneyUnit.YUAN, "123000", 1), ("12.3万元", MoneyUnit.YI_YUAN, "123000", 1),
     ("0", MoneyUnit.WAN_YUAN, "0", 0), ("1.2亿元", MoneyUnit.YUAN, "120000000", 1),
     ("１２．５ 元", MoneyUnit.WAN_YUAN, "12.5", 1)],
)  # fmt: skip
def test_an_amount_is_in_yuan_and_remembers_its_unit_and_digits(
    text: str, unit: MoneyUnit, yuan: str, decimals: int
) -> None:
    amount = Amount.parse(text, unit)
    assert amount is not None
    assert (amount.yuan, amount.decimals) == (Decimal(yuan), decimals)
    assert amount.fen == Decimal(yuan) * 100


def test_a_fraction_of_a_fen_is_no_fen() -> None:
    amount = Amount.parse("0.125", MoneyUnit.YUAN)
    assert amount is not None
    with pytest.raises(ValueError, match="fraction of a fen"):
        _ = amount.fen


@pytest.mark.parametrize(
    ("unit", "decimals", "text"),
    [(MoneyUnit.YUAN, None, "33,596,249"), (MoneyUnit.WAN_YUAN, None, "3,359.6249"),
     (MoneyUnit.WAN_YUAN, 2, "3,359.62"), (MoneyUnit.WAN_YUAN, 0, "3,360"), (MoneyUnit.YI_YUAN, 4, "0.3360")],
)  # fmt: skip
def test_an_amount_is_written_in_any_unit(unit: MoneyUnit, decimals: int | None, text: str) -> None:
    amount = Amount.parse("33596249", MoneyUnit.YUAN)
    assert amount is not None
    assert amount.format(unit, decimals) == text


def test_a_rounded_zero_has_no_sign() -> None:
    amount = Amount.parse("-1", MoneyUnit.YUAN)
    assert amount is not None
    assert amount.format(MoneyUnit.WAN_YUAN, 2) == "0.00"
    assert Amount.from_fen(-1, MoneyUnit.WAN_YUAN, 2).text == "0.00"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("24", "24", "24"),
        ("95.5", "95.45", "95.55"),
        ("96.77万", "967650", "967750"),
        ("5万", "45000", "55000"),
    ],
)
def test_a_count_is_exact_and_other_quantities_are_rounded(text: str, low: str, high: str) -> None:
    quantity = Quantity.parse(text, "人")
    assert quantity is not None
    assert quantity.interval == Interval(Fraction(low), Fraction(high))
