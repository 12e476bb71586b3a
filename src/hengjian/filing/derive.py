"""Sheets that a filing holds in other parts, or that another year's filing holds, put under their forms.

Rules speak of forms only. What the overall targets state as indicators in money, and what the projects come
to together, are therefore made sheets; so are the sheets of the year before, under ids of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hengjian.filing.model import OVERALL_FUNDS, OVERALL_INDICATORS, Filing, Indicator, Project, Sheet
from hengjian.kernel import Amount, Figure, MoneyUnit, NotANumberError, Quantity
from hengjian.packs.schema import Form, Row
from hengjian.packs.standards import Standards, squeeze

LAST_YEAR_PREFIX = "last_year."
"""What the id of a form begins with when the filing of the year before filled it."""
PROJECTS = "performance.projects"
"""The form of what the projects come to: rows are all of them, a class, or those that bear a name."""

_VALUE = "value"
_COUNT = "count"


def derived_sheets(filing: Filing, standards: Standards) -> Mapping[str, Sheet]:
    """Return the filing's sheets, with those made of its projects and of its overall targets.

    A sheet that the filing itself holds is not made anew.
    """
    sheets = dict(filing.sheets)
    projects = _project_sheet(filing.projects, standards)
    if projects is not None:
        sheets.setdefault(PROJECTS, projects)
    if filing.overall is None:
        return sheets
    if filing.overall.funds is not None:
        sheets[OVERALL_FUNDS] = filing.overall.funds
    indicators = _indicator_sheet(filing.overall.indicators, standards)
    if indicators is not None:
        sheets[OVERALL_INDICATORS] = indicators
    return sheets


def last_year_sheets(filing: Filing) -> dict[str, Sheet]:
    """Return the sheets of the year before under the ids that rules know them by: ``last_year.<form>``."""
    return {
        f"{LAST_YEAR_PREFIX}{form}": replace(
            sheet,
            form=f"{LAST_YEAR_PREFIX}{form}",
            figures={
                cell: replace(figure, form=f"{LAST_YEAR_PREFIX}{form}")
                for cell, figure in sheet.figures.items()
            },
        )
        for form, sheet in filing.sheets.items()
    }


# Projects


def _project_sheet(projects: Sequence[Project], standards: Standards) -> Sheet | None:
    """Return what the projects come to; None where there are none or the standards have no such form."""
    form = standards.forms.get(PROJECTS)
    if form is None or not projects:
        return None
    figures: dict[tuple[str, str], Figure] = {}
    rows: dict[str, str] = {}
    for row in form.rows:
        members = _members(projects, row, standards)
        if members:
            rows[row.id] = row.captions[0]
            figures.update(((row.id, each.column), each) for each in _sums(members, form, row))
    return Sheet(form.form, rows, figures, partial=True)


def _members(projects: Sequence[Project], row: Row, standards: Standards) -> Sequence[Project]:
    """Return the projects of a row. Where one project's class is not known, no class is."""
    if row.id == "total":
        return projects
    letters = standards.vocabulary.project_classes if standards.vocabulary is not None else {}
    letter = next((letters[caption] for caption in row.captions if caption in letters), None)
    if letter is None:
        names = [squeeze(caption) for caption in row.captions]
        return [project for project in projects if any(name in squeeze(project.name) for name in names)]
    classes = [project.class_letter for project in projects]
    if not set(classes) <= set(letters.values()):
        return ()
    return [project for project, found in zip(projects, classes, strict=True) if found == letter]


def _sums(projects: Sequence[Project], form: Form, row: Row) -> Iterator[Figure]:
    """Yield the number of the projects, and each sum that all of them state an addend of."""
    for column in form.columns:
        if column.id == _COUNT:
            number = Quantity.parse(str(len(projects)), "个")
            if number is not None:
                yield Figure(form.form, row.id, column.id, number, projects[0].place)
            continue
        figures = [project.funds.figure("total", column.id) for project in projects if project.funds]
        stated = [each.value for each in figures if each is not None and isinstance(each.value, Amount)]
        if len(stated) == len(projects):
            yield Figure(form.form, row.id, column.id, _sum(stated), projects[0].place)


def _sum(amounts: Sequence[Amount]) -> Amount:
    """Add amounts up; the sum is stated no more precisely than the half units of all of them allow.

    >>> thirds = [Amount.parse("0.33", MoneyUnit.WAN_YUAN)] * 3
    >>> _sum(thirds).text, _sum(thirds).interval
    ('0.99', [9400, 10400])
    """
    unit = amounts[0].unit
    decimals = min(amount.decimals + unit.exponent - amount.unit.exponent for amount in amounts)
    yuan = sum((amount.yuan for amount in amounts), start=Decimal(0))
    written = f"{yuan.scaleb(-unit.exponent):,.{max(decimals, 0)}f}"
    return Amount(yuan, written, unit, decimals - len(str(len(amounts) - 1)) * (len(amounts) > 1))


# Overall targets


def _indicator_sheet(indicators: tuple[Indicator, ...], standards: Standards) -> Sheet | None:
    """Return the sheet of the indicators that are called as its rows and count money."""
    form = standards.forms.get(OVERALL_INDICATORS)
    if form is None:
        return None
    by_caption = {squeeze(caption): row.id for row in form.rows for caption in row.captions}
    rows: dict[str, str] = {}
    figures: dict[tuple[str, str], Figure] = {}
    for indicator in indicators:
        row, amount = by_caption.get(squeeze(indicator.name)), _amount(indicator)
        if row is not None and row not in rows and amount is not None:
            rows[row] = indicator.name
            figures[row, _VALUE] = Figure(form.form, row, _VALUE, amount, indicator.place)
    return Sheet(form.form, rows, figures) if figures else None


def _amount(indicator: Indicator) -> Amount | None:
    """Return the money that an indicator aims at; None when it aims at something else."""
    try:
        unit = MoneyUnit.from_label(indicator.unit or "")
        return Amount.parse(indicator.target or "", unit)
    except (NotANumberError, ValueError):
        return None
