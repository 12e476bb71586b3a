"""What may stand in a rule and what may not."""

from __future__ import annotations

import pytest

from hengjian.rules import RuleSyntaxError, parse_assertion, parse_condition
from hengjian.rules.grammar import DEEPEST_TREE, LARGEST_CONSTANT, LONGEST_TEXT
from hengjian.rules.syntax import (
    And,
    Arithmetic,
    CellRef,
    Children,
    Classes,
    CodeRow,
    Comparison,
    Constant,
    CurrentRow,
    Each,
    Expression,
    NamedRow,
    Negation,
    Not,
    Or,
    Parts,
    Stated,
    SumOver,
    is_constant,
    references,
)


def column(name: str) -> CellRef:
    return CellRef(None, CurrentRow(), name)


@pytest.mark.parametrize(
    ("text", "each", "left"),
    [
        ("total == 0", "row", column("total")),
        ("income.total == 0", "column", CellRef(None, NamedRow("income.total"), None)),
        ("value == 0", "parent", CellRef(None, CurrentRow(), None)),
        ("sum(children) == 0", "parent", SumOver(None, Children(), None)),
        ("sum(classes) == 0", "column", SumOver(None, Classes(), None)),
        ("sum(parts(income.total)) == 0", "column", SumOver(None, Parts("income.total"), None)),
        ("a.b[c.d].e == 0", None, CellRef("a.b", NamedRow("c.d"), "e")),
        ("a.b[301].e == 0", None, CellRef("a.b", CodeRow("301"), "e")),
        ("a.b[row].e == 0", "row", CellRef("a.b", CurrentRow(), "e")),
        ("sum(a.b[classes].e) == 0", None, SumOver("a.b", Classes(), "e")),
        ("sum(a.b[parts(c)].e) == 0", None, SumOver("a.b", Parts("c"), "e")),
        ("-a == 0", "row", Negation(column("a"))),
        ("a - b - c == 0", "row", Arithmetic("-", Arithmetic("-", column("a"), column("b")), column("c"))),
        ("a - (b - c) == 0", "row", Arithmetic("-", column("a"), Arithmetic("-", column("b"), column("c")))),
        ("a + 2 * b == 0", "row", Arithmetic("+", column("a"), Arithmetic("*", Constant(2), column("b")))),
        (" a /\n b == 0\n", "row", Arithmetic("/", column("a"), column("b"))),
    ],
)
def test_an_assertion_is_read(text: str, each: Each, left: Expression) -> None:
    assert parse_assertion(text, each) == Comparison("==", left, Constant(0))


@pytest.mark.parametrize("relation", ["==", "<=", ">=", "<", ">"])
def test_every_relation_is_read(relation: str) -> None:
    assert parse_assertion(f"a {relation} b", "row").relation == relation


def test_a_condition_is_read() -> None:
    wanted = Or(
        (And((Stated(column("a")), Comparison(">", column("b"), Constant(0)))), Not(Stated(column("c"))))
    )
    assert parse_condition("stated(a) and b > 0 or not stated(c)", "row") == wanted


def test_the_cells_of_a_condition_are_found_and_a_number_names_none() -> None:
    condition = parse_condition("stated(a) and not (b > -c or d < 1)", "row")
    assert [ref.column for ref in references(condition)] == ["a", "b", "c", "d"]
    assert is_constant(parse_assertion("1 + -2 == a", "row").left)


REFUSED = [
    ("a == open('x')", "only sum(…) may be called"),
    ("a == f(b)", "only sum(…) may be called"),
    ("a == sum(b, 1)", "only sum(…) may be called"),
    ("a == sum(classes, start=1)", "only sum(…) may be called"),
    ("a == a.f(b)", "only sum(…) may be called"),
    ("a == (1).real", "a name is missing"),
    ("a == (b + c).d", "a name is missing"),
    ("a == 'b'", "only whole numbers"),
    ("a == b'b'", "only whole numbers"),
    ("a == f'{b}'", "cannot stand in a rule"),
    ("a == 1.5", "only whole numbers"),
    ("a == 1e3", "only whole numbers"),
    ("a == 1j", "only whole numbers"),
    ("a == True", "only whole numbers"),
    ("a == None", "only whole numbers"),
    (f"a == {LARGEST_CONSTANT + 1}", "only whole numbers"),
    ("a == ...", "only whole numbers"),
    ("a == lambda: b", ""),
    ("a == (lambda: b)", "cannot stand in a rule"),
    ("a == [b]", "cannot stand in a rule"),
    ("a == {b: c}", "cannot stand in a rule"),
    ("a == (b, c)", "cannot stand in a rule"),
    ("a == [b for b in c]", "cannot stand in a rule"),
    ("a == (b if c else d)", "cannot stand in a rule"),
    ("a == (b := c)", "cannot stand in a rule"),
    ("a == (await b)", "cannot stand in a rule"),
    ("a == +b", "cannot stand in a rule"),
    ("a == ~b", "cannot stand in a rule"),
    ("a == (b > c)", "cannot stand in a rule"),
    ("a == (b and c)", "cannot stand in a rule"),
    ("a == b ** 2", "only + - * /"),
    ("a == b // c", "only + - * /"),
    ("a == b % c", "only + - * /"),
    ("a == b @ c", "only + - * /"),
    ("a == b << 2", "only + - * /"),
    ("a == b == c", "no chain"),
    ("0 <= a <= b", "no chain"),
    ("a != b", "only == <= >= < >"),
    ("a is b", "only == <= >= < >"),
    ("a in b", "only == <= >= < >"),
    ("a", "one comparison"),
    ("a + b", "one comparison"),
    ("a == b and c == d", "one comparison"),
    ("not a == b", "one comparison"),
    ("a = b", ""),
    ("a == b; c == d", ""),
    ("import os", ""),
    ("a == (b", ""),
    ("", ""),
    ("a == b # c", "cannot stand"),
    ("a == '\\d'", "cannot stand"),
    ("合计 == b", "cannot stand"),
    ("a == b\u00a0+ c", "cannot stand"),
    ("a == b\t+ c", "cannot stand"),
    ("a == b\0", "cannot stand"),
    ("a ＝ b", "cannot stand"),
    ("a == x[301]", "the column is missing"),
    ("a == x[row]", "the column is missing"),
    ("a == x['301'].b", "only whole numbers"),
    ("a == x[1:2].b", "a name is missing"),
    ("a == x[y[z]].b", "a name is missing"),
    ("a == x[1][2].b", "a name is missing"),
    ("a == x[classes].b", "added up"),
    ("a == x[parts(c)].b", "added up"),
    ("a == classes", "add it up"),
    ("a == sum(classes)", "needs its column"),
    ("a == sum(x[children].b)", "for: parent"),
    ("a == sum(b)", "sum(…) takes"),
    ("a == sum(x[row].b)", "sum(…) takes"),
    ("a == sum(x[parts()].b)", "parts(…) takes one row"),
    ("a == sum(x[parts(b, c)].b)", "parts(…) takes one row"),
    ("a == sum(x[classes])", "sum(…) takes"),
    ("a == stated(b)", "only sum(…) may be called"),
    ("a == sum(*classes)", "sum(…) takes"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_is_no_rule_is_refused(text: str, why: str) -> None:
    with pytest.raises(RuleSyntaxError) as refused:
        parse_assertion(text, "row")
    assert why in refused.value.what
    assert refused.value.column >= 1


@pytest.mark.parametrize(
    ("text", "each", "why"),
    [
        ("total == 0", None, "stands alone"),
        ("total == 0", "parent", "only value and children"),
        ("a.b[row].c == 0", "column", "current row"),
        ("a.b[row].c == 0", None, "current row"),
        ("sum(children) == 0", "column", "for: parent"),
        ("children == 0", "parent", "add it up"),
    ],
)
def test_what_stands_alone_depends_on_what_the_rule_is_repeated_for(text: str, each: Each, why: str) -> None:
    with pytest.raises(RuleSyntaxError, match=why):
        parse_assertion(text, each)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a", "a condition is"),
        ("1", "a condition is"),
        ("a + b", "a condition is"),
        ("sum(classes)", "a condition is"),
        ("stated()", "a condition is"),
        ("stated(a, b)", "a condition is"),
        ("stated(a + b)", "takes one cell"),
        ("stated(1)", "takes one cell"),
        ("a < b < c", "no chain"),
        ("stated(a) and b", "a condition is"),
        ("a == 1.5", "only whole numbers"),
    ],
)
def test_what_is_no_condition_is_refused(text: str, why: str) -> None:
    with pytest.raises(RuleSyntaxError) as refused:
        parse_condition(text, "row")
    assert why in refused.value.what


def test_the_fault_is_placed() -> None:
    with pytest.raises(RuleSyntaxError) as refused:
        parse_assertion("total == basic + 1.5", "row")
    assert str(refused.value) == "column 18: only whole numbers may stand in a rule"


@pytest.mark.parametrize(
    "text",
    [
        "a == " + " + ".join(["b"] * LONGEST_TEXT),
        "a == " + "-" * (DEEPEST_TREE + 1) + "b",
        "a == " + "+".join(["b"] * (DEEPEST_TREE + 1)),
        "a == " + "(" * 150 + "b" + ")" * 150 + "+ 1.5",
        "a == " + "(" * 900 + "b" + ")" * 900,
        "a == " + "-" * 1900 + "b",
        "a == b" + ".c" * 900 + "[1]",
        "not " * 400 + "a == b",
    ],
    ids=["long", "negations", "terms", "brackets", "many brackets", "many negations", "names", "nots"],
)
def test_a_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(RuleSyntaxError):
        parse_assertion(text, "row")
    with pytest.raises(RuleSyntaxError):
        parse_condition(text, "row")


def test_a_long_sum_is_read() -> None:
    names = [f"c{number}" for number in range(DEEPEST_TREE - 2)]
    right = parse_assertion(f"total == {' + '.join(names)}", "row").right
    assert [ref.column for ref in references(right)] == names
