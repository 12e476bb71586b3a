"""What a few unknowns may be together."""

from __future__ import annotations

from fractions import Fraction

from hengjian.rules.equations import Region, equations_of
from tests.unit.rules.maker import check, filled


def test_a_limit_on_one_unknown_reaches_the_other() -> None:
    region = Region()
    region.limit((1, -1), Fraction(3), Fraction(3))
    region.limit((1, 0), Fraction(0), Fraction(1))
    assert region.range_of(1) == (Fraction(-3), Fraction(-2))
    region.limit((0, 1), Fraction(0), None)
    assert region.range_of(0) is None


def test_a_verdict_is_one_sum_that_blanks_have_a_part_in() -> None:
    (equation,) = equations_of(
        check("demo.expenditure.by-nature", filled("demo.expenditure", {"101": "4.00 1.00 -"}))
    )
    assert {cell[2]: multiple for cell, multiple in equation.terms.items()} == {
        "total": 1,
        "running": -1,
        "project": -1,
    }
    assert equation.broken
    assert equation.excess.middle == 30000
    assert equation.without(list(equation.terms), {}) == equation.excess


def test_a_formula_is_no_equation() -> None:
    sheet = filled("demo.activity", {"talks": "1 6.00 5.00 20.00"})
    assert equations_of(check("demo.activity.change-rate", sheet)) == ()
