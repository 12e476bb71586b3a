"""Faults of form sets: forms that are not there in a year, of another kind, or listed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hengjian.kernel import FiscalYear, PackFault
from hengjian.packs.form_set import FormSet
from hengjian.packs.load import Library, Pack
from hengjian.packs.schema import Form
from hengjian.packs.standards import resolve_standards

_BESIDE = frozenset({"targets"})
"""Kinds of forms that publications of any kind hold beside their own."""


def lint_form_sets(library: Library, pack: Pack, years: range) -> Iterator[PackFault]:
    """Yield every fault of a pack's form sets in the years given."""
    for form_set in pack.form_sets:
        faults = [*_doubled(form_set)]
        if all(each.optional for each in form_set.forms):
            faults.append("every form of the set is optional")
        for year in years:
            if form_set.holds_in(FiscalYear(year)):
                forms = resolve_standards(library, pack.manifest.pack, FiscalYear(year)).forms
                faults += _unfit(form_set, forms, year)
        for message in dict.fromkeys(faults):
            yield PackFault(*form_set.source, f"{form_set.set}: {message}")


def _doubled(form_set: FormSet) -> Iterator[str]:
    for what, ids in (
        ("the form", [each.form for each in form_set.forms]),
        ("the number", [each.number for each in form_set.forms if each.number is not None]),
    ):
        for each in sorted(each for each, count in Counter(ids).items() if count > 1):
            yield f"{what} {each} is listed twice"


def _unfit(form_set: FormSet, forms: dict[str, Form], year: int) -> Iterator[str]:
    for each in form_set.forms:
        form = forms.get(each.form)
        if form is None:
            yield f"there is no form {each.form} in {year}"
        elif form.kind != form_set.kind and form.kind not in _BESIDE:
            yield f"{each.form} is a form of {form.kind}"
