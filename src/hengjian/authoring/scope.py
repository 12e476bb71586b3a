"""What the cells of a form can hold: the values of a project, a department or a cut-off, as they are printed.

Values are those that the filing states: scores as they were given, blanks as blanks. Only differences and
rates of stated amounts are reckoned, where the form asks for them and the filing has no place for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from hengjian.filing import Filing, Indicator, Project, Sheet
from hengjian.kernel import Amount, Measure, MoneyUnit, NotANumberError, Percent, parse_number
from hengjian.kernel.number import round_half_up
from hengjian.packs.schema import Form

TEXT, FIGURE, VALUE = "FormText", "FormFigure", "FormValue"
"""The paragraph styles of words, of money and of short values."""

QUALITATIVE = "定性"
_NO_POINTS = "/"
_RATE_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Stated:
    """What a cell holds and the paragraph style it is set in."""

    text: str = ""
    style: str = TEXT


@dataclass(frozen=True, slots=True)
class Scope:
    """The values, narrative texts and lists that a form, or one of its rows, is filled from.

    `given` names the lists that the filing itself has something for.
    """

    values: Mapping[str, Stated]
    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Scope]] = field(default_factory=dict)
    given: frozenset[str] = frozenset()

    def states(self, need: str) -> bool:
        """Tell whether the filing has something for a value or a list."""
        return need in self.given or bool((need in self.values) and self.values[need].text)

    def within(self, outer: Scope) -> Scope:
        """Return the scope with all that the one around it has, too."""
        return Scope({**outer.values, **self.values}, {**outer.texts, **self.texts}, self.lists, self.given)


def filing_values(filing: Filing) -> dict[str, Stated]:
    """Return what every form of a filing can hold."""
    entity = filing.entity
    name = f"{entity.code}-{entity.name}" if entity.code else entity.name
    return {
        "entity": Stated(name),
        "entity_name": Stated(entity.name),
        "year": Stated(str(filing.year)),
        "department_total": points(filing.stated_total),
    }


def project_scope(
    filing: Filing, project: Project, form: Form, number: int = 1, labels: Iterable[str] = ()
) -> Scope:
    """Return a project's scope; the `labels` that begin with ``funds_`` name the rows of funds to print."""
    funds = project.funds
    values = {
        **filing_values(filing),
        **sheet_values(funds, form),
        "number": Stated(str(number), VALUE),
        "full_name": Stated(full_name(project)),
        "code": Stated(project.code or "", VALUE),
        "name": Stated(project.name),
        "unit": Stated(project.texts.get("unit_stamp", filing.entity.name)),
        "weight": points(project.stated_weight),
        "score": points(project.stated_score),
        "execution_weight": points(project.execution_weight),
        "execution_score": points(project.execution_score),
        "balance": _balance(funds, form),
    }
    lists = {
        "funds": [_funds_row(project, form, row) for row in printed_rows(funds, form, labels)],
        "indicators": [indicator_scope(indicator) for indicator in project.indicators],
    }
    given = {name for name, part in (("funds", funds), ("indicators", project.indicators)) if part}
    texts = {"unit_stamp": filing.entity.name, **project.texts}
    return Scope(values, texts, lists, frozenset(given))


def full_name(project: Project) -> str:
    """Return a project's code and name as forms write them."""
    return f"{project.code}-{project.name}" if project.code else project.name


def sheet_values(sheet: Sheet | None, form: Form) -> dict[str, Stated]:
    """Return every cell of a sheet as ``funds[row].column``."""
    rows = dict.fromkeys((*(row.id for row in form.rows), *(sheet.rows if sheet is not None else ())))
    return {
        f"funds[{row}].{column.id}": _cell(sheet, form, row, column.id)
        for row in rows
        for column in form.columns
    }


def printed_rows(sheet: Sheet | None, form: Form, labels: Iterable[str]) -> list[str]:
    """Return the rows that a form has labels for, and those with a figure, which must not be lost."""
    stated = () if sheet is None else tuple(dict.fromkeys(row for row, _ in sheet.figures))
    named = {label.removeprefix("funds_") for label in labels if label.startswith("funds_")}
    rows = dict.fromkeys((*(row.id for row in form.rows), *stated))
    return [row for row in rows if row in named or row in stated]


def _funds_row(project: Project, form: Form, row: str) -> Scope:
    declared = form.row(row)
    named = row if project.funds is None else project.funds.rows.get(row, row)
    whole = declared is not None and declared.of_which is None
    no_points = Stated(_NO_POINTS, VALUE)
    values = {
        "row": Stated(row),
        "caption": Stated(declared.captions[0] if declared is not None else named),
        **{column.id: _cell(project.funds, form, row, column.id) for column in form.columns},
        "weight": points(project.execution_weight) if whole else no_points,
        "score": points(project.execution_score) if whole else no_points,
    }
    return Scope(values)


def _cell(sheet: Sheet | None, form: Form, row: str, column: str) -> Stated:
    figure = None if sheet is None else sheet.figure(row, column)
    return money(None if figure is None else figure.value, form.unit)


def money(value: Measure | None, unit: MoneyUnit) -> Stated:
    """Return a figure in a form's unit with the digits it was stated with: none added, none lost."""
    if value is None:
        return Stated("", FIGURE)
    if isinstance(value, Amount):
        return Stated(value.format(unit), FIGURE)
    return Stated(f"{value.value:,f}%" if isinstance(value, Percent) else str(value), FIGURE)


def points(number: Decimal | None) -> Stated:
    """Return points as they were stated."""
    return Stated("" if number is None else f"{number:f}", VALUE)


def amount_at(sheet: Sheet | None, row: str, *columns: str) -> Amount | None:
    """Return the amount in the first of the columns that has one."""
    figures = (sheet.figure(row, column) for column in columns) if sheet is not None else ()
    values = (figure.value for figure in figures if figure is not None)
    return next((value for value in values if isinstance(value, Amount)), None)


def _balance(sheet: Sheet | None, form: Form) -> Stated:
    """Return what is left of the budget: stated amounts subtracted, to the digits of the finer one."""
    budget, executed = amount_at(sheet, "total", "adjusted", "initial"), amount_at(sheet, "total", "executed")
    if budget is None or executed is None:
        return Stated("", FIGURE)
    decimals = max(len(money(each, form.unit).text.partition(".")[2]) for each in (budget, executed))
    left = Amount.computed(Fraction(budget.yuan - executed.yuan), form.unit, decimals)
    return money(left, form.unit)


def rate(part: Amount | None, base: Amount | None) -> Stated:
    """Return a rate of two amounts in per cent; blank without a base.

    >>> wan = MoneyUnit.WAN_YUAN
    >>> rate(Amount.parse("1", wan), Amount.parse("3", wan)).text, rate(None, Amount.parse("3", wan)).text
    ('33.33%', '')
    """
    if part is None or base is None or not base.yuan:
        return Stated("", FIGURE)
    share = Fraction(part.yuan) / Fraction(base.yuan) * 100
    return Stated(f"{round_half_up(share, _RATE_DECIMALS):f}%", FIGURE)


def indicator_scope(indicator: Indicator) -> Scope:
    """Return an indicator's values; ``full_…`` are those with operator and unit in one cell."""
    qualitative = indicator.operator == "qualitative"
    operator = indicator.operator or ""
    target = indicator.target or ""
    values = {
        "level1": Stated(indicator.level1, VALUE),
        "level2": Stated(indicator.level2, VALUE),
        "level3": Stated(indicator.name),
        "description": Stated(indicator.description or ""),
        "nature": Stated(QUALITATIVE if qualitative else operator, VALUE),
        "target": Stated(target, VALUE),
        "measure": Stated(indicator.unit or "", VALUE),
        "full_target": Stated(
            ("" if qualitative or not target else operator) + _whole(target, indicator), VALUE
        ),
        "actual": Stated(indicator.actual or "", VALUE),
        "full_actual": Stated(_whole(indicator.actual or "", indicator), VALUE),
        "weight": points(indicator.weight),
        "score": points(indicator.score),
        "shortfall": Stated(indicator.shortfall or ""),
        "basis": Stated(indicator.basis or ""),
    }
    return Scope(values)


def _whole(text: str, indicator: Indicator) -> str:
    """Return a number with the indicator's unit behind it; what is no bare number stays as it is."""
    unit = indicator.unit or ""
    try:
        number = parse_number(text)
    except NotANumberError:
        return text
    return text if number is None else f"{text}{unit}"
