"""The planned engine and the naive interpreter come to the same, whatever the sheets hold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hengjian.filing import Sheet
from hengjian.kernel import Amount, Figure, FiscalYear, MoneyUnit, Outcome, Percent, Quantity
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.packs.schema import Column, Form
from hengjian.rules.bind import bind_rule
from hengjian.rules.plan import plan_rule
from hengjian.rules.reference import interpret
from hengjian.rules.run import check_rule
from hengjian.rules.verdict import Material

STANDARDS: Standards = standards_for(load_library(data_folder("packs")), "demo", FiscalYear(2022))
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
def sheets(draw: st.DrawFn) -> dict[str, Sheet]:
    """Sheets of some of the forms: rows left out, cells blank, units mixed."""
    filled: dict[str, Sheet] = {}
    for form in draw(st.lists(st.sampled_from(FORMS), unique=True, min_size=1)):
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


@given(sheets())
def test_compiled_rules_and_the_naive_interpreter_agree(filled: dict[str, Sheet]) -> None:
    material = Material.of(STANDARDS, filled)
    for rule in STANDARDS.rules.values():
        binding = bind_rule(rule, STANDARDS)
        assert binding.bound is not None, binding.faults
        compiled = check_rule(plan_rule(binding.bound), material)
        naive = interpret(rule, STANDARDS, filled)
        assert [(v.outcome, v.row, v.column, v.left, v.right) for v in compiled] == [
            (v.outcome, v.row, v.column, v.left, v.right) for v in naive
        ], rule.id


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=8), st.data())
def test_a_planted_slip_is_found_and_rounding_is_not(parts: list[Decimal], data: st.DataObject) -> None:
    """Parts rounded one by one against their exact total: agrees; a slip beyond the rounding: contradicts."""
    exact = [Fraction(part) + Fraction(data.draw(st.integers(-4, 4)), 1000) for part in parts]
    amounts = [Amount.computed(value, MoneyUnit.YUAN, 2) for value in exact]
    total = Amount.computed(sum(exact, Fraction(0)), MoneyUnit.YUAN, 2)
    summed = amounts[0].interval
    for amount in amounts[1:]:
        summed = summed + amount.interval
    assert total.interval.agrees(summed)
    slip = Amount.computed(Fraction(total.yuan) + Fraction(len(parts) + 2, 100), MoneyUnit.YUAN, 2)
    assert slip.interval.contradicts(summed)


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
