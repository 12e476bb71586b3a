"""Rules and filled sheets of the demo pack, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hengjian.filing import Sheet
from hengjian.kernel import Figure, MoneyUnit, Outcome, Place
from hengjian.kernel.amount import Amount
from hengjian.kernel.percent import Percent
from hengjian.kernel.quantity import Quantity
from hengjian.packs import Standards
from hengjian.packs.schema import Column, Form, Rule
from hengjian.rules import Material, Verdict, bind_rule, check_rule, plan_rule
from tests.unit.filing.maker import standards

FILE, LINE = "demo/rules/tried.yaml", 7


def make_rule(asserts: str, form: str | None = None, each: str | None = None, **more: object) -> Rule:
    """Return a rule that was read from line 7 of a file."""
    keys: dict[str, object] = {
        "id": "tried",
        "ref": "TR-01",
        "title": {"zh": "试验", "en": "Tried"},
        "form": form,
        "for": each,
        "assert": asserts,
        "from": 2018,
        "basis": "试验依据",
        "verified": True,
    }
    return Rule.model_validate(keys | more).read_from(FILE, LINE)


def faults(rule: Rule, among: Standards | None = None) -> list[str]:
    """Return what is wrong with a rule, as `file:line: rule: fault`."""
    return [str(fault) for fault in bind_rule(rule, among or standards()).faults]


def measure(column: Column, text: str, unit: MoneyUnit) -> Amount | Percent | Quantity | None:
    if column.measure == "percent":
        return Percent.parse(text)
    return Quantity.parse(text) if column.measure == "count" else Amount.parse(text, unit)


def filled(
    form: str | Form,
    rows: Mapping[str, Sequence[str] | str],
    unit: str | None = None,
    place: Place | None = None,
    *,
    partial: bool = False,
) -> Sheet:
    """Return a sheet; a row's texts are those of the form's columns in order, "-" and "" are blank."""
    found = standards().forms[form] if isinstance(form, str) else form
    counted = MoneyUnit.from_label(unit) if unit is not None else found.unit
    figures: dict[tuple[str, str], Figure] = {}
    for row, cells in rows.items():
        texts = cells.split() if isinstance(cells, str) else cells
        for column, text in zip(found.columns, texts, strict=False):
            value = measure(column, text, counted)
            if value is not None:
                figures[row, column.id] = Figure(found.form, row, column.id, value)
    return Sheet(found.form, dict.fromkeys(rows, ""), figures, place or Place(), partial=partial)


def check(rule: Rule | str, *sheets: Sheet) -> tuple[Verdict, ...]:
    """Check a rule of the demo pack, by its id, or one that was made."""
    among = standards()
    bound = bind_rule(among.rules[rule] if isinstance(rule, str) else rule, among).bound
    assert bound is not None
    material = Material.of(among, {sheet.form: sheet for sheet in sheets})
    return check_rule(plan_rule(bound), material)


def check_one(rule: Rule | str, *sheets: Sheet) -> Verdict:
    """Check a rule that comes to a single verdict."""
    (verdict,) = check(rule, *sheets)
    return verdict


def outcomes(rule: Rule | str, *sheets: Sheet) -> dict[str | None, Outcome]:
    """Return the outcome for each row, or for each column of a rule without rows."""
    verdicts = check(rule, *sheets)
    return {verdict.column if verdict.row is None else verdict.row: verdict.outcome for verdict in verdicts}
