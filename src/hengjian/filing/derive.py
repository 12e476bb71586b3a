"""Sheets that a filing holds in other parts: the figures of its overall targets, put under their forms.

Rules speak of forms only. What the overall targets state as indicators in money is therefore made a sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.filing.model import OVERALL_FUNDS, OVERALL_INDICATORS, Filing, Indicator, Sheet
from hengjian.kernel import Amount, Figure, MoneyUnit, NotANumberError
from hengjian.packs.standards import Standards, squeeze

_VALUE = "value"


def derived_sheets(filing: Filing, standards: Standards) -> Mapping[str, Sheet]:
    """Return the filing's sheets, with those of its overall targets' funds and money indicators."""
    sheets = dict(filing.sheets)
    if filing.overall is None:
        return sheets
    if filing.overall.funds is not None:
        sheets[OVERALL_FUNDS] = filing.overall.funds
    indicators = _indicator_sheet(filing.overall.indicators, standards)
    if indicators is not None:
        sheets[OVERALL_INDICATORS] = indicators
    return sheets


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
