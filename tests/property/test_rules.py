"""The planned engine and the naive interpreter come to the same, whatever the sheets hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from hengjian.filing import Sheet
from hengjian.kernel import Amount, Figure, FiscalYear, MoneyUnit, Outcome, Percent, Quantity
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.packs.schema import Column, Form, Rule
from hengjian.rules import (
    Material,
    Verdict,
    bind_rule,
    check_rule,
    check_sheets,
    explain,
    findings,
    parse_assertion,
    parse_condition,
    plan_rule,
)
from hengjian.rules.grammar import LONGEST_TEXT
from hengjian.rules.reference import NaiveVerdict, interpret
from hengjian.rules.syntax import Comparison, Condition
from tests.property.rule_trees import DIALECTS, assertions, conditions, text_of

STANDARDS: Standards = standards_for(load_library(data_folder("packs")), "demo", FiscalYear(2022))
EXPENDITURE = "demo.expenditure"
FORMS = tuple(STANDARDS.forms.values())
TEXTS = st.one_of(
    st.just(""),
    st.sampled_from(["0", "0.00", "1", "2.5", "10.00", "100"]),
    st.decimals(min_value=-50, max_value=200, places=2).map(str),
)


def measure(column: Column, text: str, unit: MoneyUnit) -> Amount | Percent | Quantity | None:
    match column.measure:
        case "percent":
            return Percent.parse(text)
        case "count":
            return Quantity.parse(text)
        case _:
            return Amount.parse(text, unit)


def row_ids(form: Form) -> list[str]:
    rows = [row.id for row in form.rows]
    if form.code_rows is not None:
        codes = STANDARDS.schemes[form.code_rows.scheme].items
        rows += [code for code in codes if len(code) in form.code_rows.levels]
    return rows


@st.composite
def sheets(draw: st.DrawFn, least: int = 1) -> dict[str, Sheet]:
    """Sheets of some of the forms: rows left out, cells blank, units mixed."""
    filled: dict[str, Sheet] = {}
    for form in draw(st.lists(st.sampled_from(FORMS), unique=True, min_size=least)):
        rows = draw(st.lists(st.sampled_from(row_ids(form)), unique=True, min_size=1))
        unit = draw(st.sampled_from([MoneyUnit.YUAN, MoneyUnit.WAN_YUAN]))
        figures = {}
        for row in rows:
            fixed = form.row(row)
            side = fixed.side if fixed else (form.code_rows.side if form.code_rows else None)
            for column in form.columns:
                value = measure(column, draw(TEXTS), unit) if form.has_cell(side, column) else None
                if value is not None:
                    figures[row, column.id] = Figure(form.form, row, column.id, value)
        filled[form.form] = Sheet(form.form, dict.fromkeys(rows, ""), figures)
    return filled


def compiled(rule: Rule, filled: dict[str, Sheet]) -> tuple[Verdict, ...]:
    binding = bind_rule(rule, STANDARDS)
    assert binding.bound is not None, binding.faults
    return check_rule(plan_rule(binding.bound), Material.of(STANDARDS, filled))


def summary(verdicts: Iterable[Verdict | NaiveVerdict]) -> list[tuple[object, ...]]:
    return [(each.outcome, each.row, each.column, each.left, each.right) for each in verdicts]


@given(sheets())
def test_compiled_rules_and_the_naive_interpreter_agree(filled: dict[str, Sheet]) -> None:
    for rule in STANDARDS.rules.values():
        naive = interpret(rule, STANDARDS, filled)
        assert summary(compiled(rule, filled)) == summary(naive), rule.id


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, Comparison, Condition | None]:
    """Random rules as they would be written, with the trees they were written from."""
    dialect = draw(st.sampled_from(DIALECTS))
    assertion, where = draw(assertions(dialect)), draw(st.none() | conditions(dialect))
    keys = {
        "id": "random",
        "ref": "PR-01",
        "title": {"zh": "任意", "en": "Random"},
        "form": dialect.form,
        "for": dialect.each,
        "where": None if where is None else text_of(where),
        "assert": text_of(assertion),
        "from": 2018,
        "basis": "任意",
        "verified": True,
    }
    assume(all(len(str(keys[part])) <= LONGEST_TEXT for part in ("where", "assert")))
    return Rule.model_validate(keys), assertion, where


@given(rules())
def test_a_tree_is_read_back_from_its_text(written: tuple[Rule, Comparison, Condition | None]) -> None:
    rule, assertion, where = written
    assert parse_assertion(rule.asserts, rule.each) == assertion
    assert rule.where is None or parse_condition(rule.where, rule.each) == where


@given(rules(), sheets(least=len(FORMS)))
def test_any_rule_comes_to_what_the_naive_interpreter_says_and_can_be_explained(
    written: tuple[Rule, Comparison, Condition | None], filled: dict[str, Sheet]
) -> None:
    rule = written[0]
    verdicts = compiled(rule, filled)
    assert summary(verdicts) == summary(interpret(rule, STANDARDS, filled))
    for verdict in verdicts:
        told = explain(verdict)
        assert told.numbers.zh
        assert told.named.en
    assert len(findings(verdicts)) == sum(
        verdict.outcome in (Outcome.FAIL, Outcome.NOT_EVALUABLE) for verdict in verdicts
    )


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_cells_changes_nothing(filled: dict[str, Sheet], random: Random) -> None:
    mixed = {}
    for form, sheet in random.sample(list(filled.items()), len(filled)):
        rows = dict(random.sample(list(sheet.rows.items()), len(sheet.rows)))
        cells = dict(random.sample(list(sheet.figures.items()), len(sheet.figures)))
        mixed[form] = replace(sheet, rows=rows, figures=cells)
    for rule in STANDARDS.rules.values():
        assert set(summary(compiled(rule, filled))) == set(summary(compiled(rule, mixed))), rule.id


# Slips


def parts_and_total(parts: list[int], total: int) -> dict[str, Sheet]:
    """Return an expenditure sheet that states a class and the purposes below it, in hundredths of 万元."""
    codes = ["101", *(code for code in row_ids(STANDARDS.forms[EXPENDITURE]) if code.startswith("101"))][1:]
    rows = dict(zip(codes, [total, *parts], strict=False))
    figures = {
        (row, "total"): Figure(EXPENDITURE, row, "total", amount)
        for row, number in rows.items()
        for amount in (Amount.computed(Fraction(number * 100), MoneyUnit.WAN_YUAN, 2),)
    }
    return {EXPENDITURE: Sheet(EXPENDITURE, dict.fromkeys(rows, ""), figures)}


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=3), st.integers(-6, 6))
def test_a_slip_is_found_exactly_when_it_is_beyond_half_units(parts: list[int], slip: int) -> None:
    """One total and n parts are known to (n + 1) half units of the last digit, together."""
    (verdict,) = compiled(
        STANDARDS.rules["demo.expenditure.hierarchy"], parts_and_total(parts, sum(parts) + slip)
    )
    assert (verdict.outcome is Outcome.FAIL) is (2 * abs(slip) > len(parts) + 1)
    assert len(verdict.cells) == len(parts) + 1


def rounded_filing(leaves: dict[str, tuple[int, int]], decimals: int) -> dict[str, Sheet]:
    """Return both expenditure tables of purposes whose exact cost is known in fen, rounded cell by cell."""
    exact: dict[tuple[str, str], int] = {}
    for code, spent in leaves.items():
        for row in (code, code[:3], "total"):
            for column, fen in zip(("total", "running", "project"), (sum(spent), *spent), strict=True):
                exact[row, column] = exact.get((row, column), 0) + fen
    own = {
        (row, "amount"): fen for (row, column), fen in exact.items() if len(row) == 3 and column == "total"
    }
    for row in (
        "expenditure.total_year",
        "expenditure.total",
        "income.total",
        "income.total_year",
        "income.dues",
    ):
        own[row, "amount"] = exact["total", "total"]
    filled = {}
    for form, cells in ((EXPENDITURE, exact), ("demo.summary", own)):
        figures = {
            (row, column): Figure(form, row, column, Amount.from_fen(fen, MoneyUnit.WAN_YUAN, decimals))
            for (row, column), fen in cells.items()
        }
        filled[form] = Sheet(form, dict.fromkeys((row for row, _ in cells), ""), figures)
    return filled


LEAVES = st.dictionaries(
    st.sampled_from(["10101", "10102", "10103", "10201", "10202", "10301", "10302"]),
    st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)),
    min_size=1,
)


@given(LEAVES, st.integers(2, 4), st.data())
def test_a_rounded_filing_is_clean_and_a_slip_in_any_cell_is_found(
    leaves: dict[str, tuple[int, int]], decimals: int, data: st.DataObject
) -> None:
    filled = rounded_filing(leaves, decimals)
    assert findings(check_sheets(STANDARDS, filled)) == ()
    form = data.draw(st.sampled_from(sorted(filled)))
    row, column = data.draw(st.sampled_from(sorted(filled[form].figures)))
    figure = filled[form].figures[row, column]
    assert isinstance(figure.value, Amount)
    slip = Fraction(data.draw(st.sampled_from([-20, 20]))) * 10 ** (4 - decimals)
    wrong = Amount.computed(Fraction(figure.value.yuan) + slip, MoneyUnit.WAN_YUAN, decimals)
    figures = {**filled[form].figures, (row, column): replace(figure, value=wrong)}
    verdicts = check_sheets(STANDARDS, {**filled, form: replace(filled[form], figures=figures)})
    failed = [verdict for verdict in verdicts if verdict.outcome is Outcome.FAIL]
    assert failed
    assert all(figure.cell in {each.cell for each in verdict.cells} for verdict in failed)


def test_every_rule_of_the_demo_pack_can_pass_fail_and_lack_a_figure() -> None:
    """The outcomes are reached: by equal figures, by a slip, and by blanks."""
    seen: set[Outcome] = set()
    for text in ("1.00", "7.00", ""):
        filled = {
            form.form: Sheet(
                form.form,
                dict.fromkeys(row_ids(form), ""),
                {
                    (row, column.id): Figure(form.form, row, column.id, value)
                    for number, row in enumerate(row_ids(form))
                    for column in form.columns
                    for value in (measure(column, text if number % 2 else "1.00", MoneyUnit.WAN_YUAN),)
                    if value is not None
                },
            )
            for form in FORMS
        }
        material = Material.of(STANDARDS, filled)
        for rule in STANDARDS.rules.values():
            bound = bind_rule(rule, STANDARDS).bound
            assert bound is not None
            seen |= {verdict.outcome for verdict in check_rule(plan_rule(bound), material)}
    assert seen == set(Outcome)
