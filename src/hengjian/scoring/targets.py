"""Findings about targets: whether they can be measured, fit together and fit the money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from hengjian.filing import Filing, Indicator, OverallTargets, Project
from hengjian.kernel import Amount, Finding
from hengjian.packs import Standards, squeeze
from hengjian.scoring.achievement import quantity
from hengjian.scoring.target_definitions import definition_findings
from hengjian.scoring.target_form import ROUTINE_CLASSES, TargetForm, is_money, unit_rule
from hengjian.scoring.target_kinds import kind_findings
from hengjian.scoring.target_money import money_findings
from hengjian.scoring.target_sets import basis_terms, below_last_year, counted_twice, set_findings, telling
from hengjian.scoring.target_values import value_findings

_PROJECT_CODE = re.compile(r"\d{6}(\d{2})([A-Z])[0-9A-Z]{12}")
"""Region, set-up year, category and serial: 21 characters (预算管理一体化规范)."""


def target_findings(
    filing: Filing, standards: Standards, previous: Filing | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with the targets of a filing's projects and of the whole department.

    `previous` is the filing of the year before, whose results this year's targets should not fall behind.
    """
    for form in _forms(filing, standards):
        yield from value_findings(form)
        yield from kind_findings(form)
        yield from definition_findings(form)
        yield from money_findings(form)
    for indicators in _groups(filing):
        yield from counted_twice(indicators)
    yield from set_findings(filing.projects)
    if standards.vocabulary is not None:
        yield from basis_terms((each for group in _groups(filing) for each in group), standards.vocabulary)
    if previous is not None:
        yield from below_last_year(filing, previous)
    yield from _without_results(filing)
    for project in filing.projects:
        yield from _project(project, filing)
    if filing.overall is not None:
        yield from _overall_unit(filing.overall)


def _forms(filing: Filing, standards: Standards) -> Iterator[TargetForm]:
    """Yield the forms of targets; none where no vocabulary says what words mean."""
    vocabulary = standards.vocabulary
    if vocabulary is None:
        return
    nearest = cache(standards.library_for(filing.entity.name).nearest)
    rule_of = cache(partial(unit_rule, vocabulary.unit_rules))
    for each in filing.projects:
        yield TargetForm(each.name, each.indicators, vocabulary, nearest, rule_of, each)
    if filing.overall is not None:
        yield TargetForm(filing.entity.name, filing.overall.indicators, vocabulary, nearest, rule_of)


def _groups(filing: Filing) -> Iterator[tuple[Indicator, ...]]:
    for project in filing.projects:
        yield project.indicators
    if filing.overall is not None:
        yield filing.overall.indicators


def _without_results(filing: Filing) -> Iterator[Finding]:
    """Overall targets whose results are nowhere stated after the year."""
    overall = filing.overall
    if overall is None or not overall.indicators or filing.kind == "budget":
        return
    if all(indicator.actual is None for indicator in overall.indicators):
        title = overall.place.at(quote=overall.place.table)
        yield Finding.of("result.overall-missing", title, count=len(overall.indicators))


def _project(project: Project, filing: Filing) -> Iterator[Finding]:
    match = _PROJECT_CODE.fullmatch(project.code or "")
    if match is None:
        return
    set_up = filing.year.year // 100 * 100 + int(match[1])
    if set_up > filing.year.year:
        yield Finding.of(
            "project.code-year",
            project.place_of("project_name"),
            stated=str(set_up),
            expected=f"≤{filing.year}",
            name=project.name,
            project_code=project.code,
            year=filing.year.year,
        )
    if match[2] not in ROUTINE_CLASSES and project.texts.get("overview", "…").strip() == "":
        yield Finding.of("form.text-blank", project.place_of("overview"), name=project.name)


def _overall_unit(overall: OverallTargets) -> Iterator[Finding]:
    """The head's unit is wrong when the form's own indicators repeat its figures in another unit."""
    if overall.funds is None or not overall.stated_unit:
        return
    figures = [(f.value, f.place) for f in overall.funds.figures.values() if isinstance(f.value, Amount)]
    for indicator in overall.indicators:
        number = quantity(indicator.target, indicator.unit)
        unit = squeeze(indicator.unit or "")
        if number is None or not is_money(unit) or unit == squeeze(overall.stated_unit):
            continue
        for amount, place in figures:
            other = quantity(amount.text, None)
            if other is not None and other.number.value == number.number.value and telling(amount.text):
                yield Finding.of(
                    "form.unit",
                    overall.place,
                    related=(place, indicator.place),
                    stated=overall.stated_unit,
                    expected=indicator.unit,
                    figure=amount.text,
                    name=indicator.name,
                )
                return
