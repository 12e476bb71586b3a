"""Findings about targets: whether an indicator can be measured, fits its unit and is set once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from hengjian.filing import Filing, Indicator, OverallTargets, Project
from hengjian.kernel import Amount, Finding, MoneyUnit
from hengjian.packs import Standards, squeeze
from hengjian.packs.schema import UnitRule, Vocabulary
from hengjian.scoring.achievement import quantity
from hengjian.scoring.words import target_in_words

_PROJECT_CODE = re.compile(r"\d{6}(\d{2})([A-Z])[0-9A-Z]{12}")
"""Region, set-up year, category and serial: 21 characters (预算管理一体化规范)."""
_ROUTINE_CATEGORIES = frozenset("RY")
"""人员类 and 运转类 projects, whose course needs no description."""
_TELLING_DIGITS = 3
"""Amounts with fewer significant digits are equal by chance."""
_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]")


def target_findings(filing: Filing, standards: Standards) -> Iterator[Finding]:
    """Yield what is wrong with the targets of a filing's projects and of the whole department."""
    vocabulary = standards.vocabulary
    groups = [project.indicators for project in filing.projects]
    if filing.overall is not None:
        groups.append(filing.overall.indicators)
    for indicators in groups:
        if vocabulary is not None:
            for indicator in indicators:
                yield from _indicator(indicator, vocabulary)
            yield from _scales(indicators, vocabulary)
        yield from _counted_twice(indicators)
    yield from _conflicting(filing.projects)
    yield from _claimed_by_several(filing.projects)
    yield from _without_amounts(filing.projects)
    yield from _without_results(filing)
    for project in filing.projects:
        yield from _project(project, filing)
    if filing.overall is not None:
        yield from _overall_unit(filing.overall)


def _indicator(indicator: Indicator, vocabulary: Vocabulary) -> Iterator[Finding]:
    values: dict[str, Any] = {
        "name": indicator.name,
        "target": target_in_words(indicator),
        "unit": indicator.unit or "",
    }
    rule = _unit_rule(indicator.name, vocabulary.unit_rules)
    if rule is not None and _misfits(indicator, rule):
        yield Finding.of(
            "target.unit",
            indicator.place,
            stated=indicator.unit,
            expected="、".join(rule.units[:3]),
            basis=vocabulary.basis,
            kind=rule.kind,
            **values,
        )
    proper = vocabulary.misnamed_levels.get(squeeze(indicator.level2))
    if proper is not None:
        yield Finding.of(
            "target.level-name",
            indicator.place,
            stated=indicator.level2,
            expected=proper,
            basis=vocabulary.basis,
            **values,
        )
    cost = {squeeze(indicator.level1), squeeze(indicator.level2)} & set(vocabulary.cost_levels)
    if cost and indicator.operator in ("≥", ">"):
        yield Finding.of(
            "target.cost-direction",
            indicator.place,
            stated=target_in_words(indicator),
            basis=vocabulary.basis,
            **values,
        )


def _scales(indicators: Sequence[Indicator], vocabulary: Vocabulary) -> Iterator[Finding]:
    """One finding a form for the indicators whose target is the whole scale."""
    scales = {squeeze(scale) for scale in vocabulary.qualitative_scales}
    graded = [indicator for indicator in indicators if squeeze(indicator.target or "") in scales]
    if graded:
        yield Finding.of(
            "target.is-scale",
            graded[0].place,
            related=tuple(indicator.place for indicator in graded[1:9]),
            stated=squeeze(graded[0].target or ""),
            basis=vocabulary.basis,
            names="、".join(f"“{indicator.name}”" for indicator in graded),
            count=len(graded),
        )


def _misfits(indicator: Indicator, rule: UnitRule) -> bool:
    unit = squeeze(indicator.unit or "")
    return bool(unit) and unit not in rule.units and quantity(indicator.target, None) is not None


def _unit_rule(name: str, rules: Sequence[UnitRule]) -> UnitRule | None:
    """Return the rule of the longest ending that the name, without brackets, has."""
    bare = squeeze(_BRACKETS.sub("", name))
    matches = [(len(end), rule) for rule in rules for end in rule.endings if bare.endswith(end)]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def _counted_twice(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """The same amount set as a target in two groups counts twice."""
    seen: dict[tuple[str, str], Indicator] = {}
    for indicator in indicators:
        if not _is_money(indicator.unit) or not _telling(indicator.target):
            continue
        number = quantity(indicator.target, indicator.unit)
        if number is None:
            continue
        key = (str(number.number.value.normalize()), squeeze(indicator.unit or ""))
        first = seen.setdefault(key, indicator)
        if squeeze(first.level2) != squeeze(indicator.level2):
            yield Finding.of(
                "target.counted-twice",
                first.place,
                related=(indicator.place,),
                stated=target_in_words(indicator),
                first=first.name,
                second=indicator.name,
                first_level=first.level2,
                second_level=indicator.level2,
            )


def _conflicting(projects: Iterable[Project]) -> Iterator[Finding]:
    """One quantity with one result in two projects has two targets."""
    measured = [
        (project, indicator)
        for project in projects
        for indicator in project.indicators
        if _telling(indicator.actual) and quantity(indicator.target, None) is not None
    ]
    for (first_project, first), (project, indicator) in combinations(measured, 2):
        if first_project is project or squeeze(first.unit or "") != squeeze(indicator.unit or ""):
            continue
        same_result = squeeze(first.actual or "") == squeeze(indicator.actual or "")
        if same_result and first.target != indicator.target and _same_name(first.name, indicator.name):
            yield Finding.of(
                "target.conflict",
                indicator.place,
                related=(first.place,),
                stated=target_in_words(indicator),
                expected=target_in_words(first),
                name=indicator.name,
                first=first_project.name,
                second=project.name,
                actual=f"{indicator.actual}{indicator.unit or ''}",
            )


def _claimed_by_several(projects: Sequence[Project]) -> Iterator[Finding]:
    """The same quantity is the target of several projects, so that its result would count in each."""
    claims: dict[tuple[str, str, str], dict[str, Indicator]] = {}
    for project in projects:
        for indicator in project.indicators:
            if _telling(indicator.target) and not _is_money(indicator.unit):
                key = (
                    squeeze(indicator.name),
                    squeeze(indicator.target or ""),
                    squeeze(indicator.unit or ""),
                )
                claims.setdefault(key, {}).setdefault(project.name, indicator)
    for claimed in claims.values():
        if len(claimed) > 1:
            first, *others = claimed.values()
            yield Finding.of(
                "target.claimed-by-several",
                first.place,
                related=tuple(indicator.place for indicator in others[:8]),
                stated=target_in_words(first),
                name=first.name,
                projects="、".join(f"“{name}”" for name in claimed),
            )


def _without_amounts(projects: Sequence[Project]) -> Iterator[Finding]:
    """Forms of targets that print no amount, so that target and money cannot be compared."""
    bare = [project for project in projects if project.indicators and project.funds is None]
    if bare:
        yield Finding.of(
            "target.no-amount",
            bare[0].place,
            related=tuple(project.place for project in bare[1:9]),
            count=len(bare),
            name=bare[0].name,
        )


def _without_results(filing: Filing) -> Iterator[Finding]:
    """Overall targets whose results are nowhere stated after the year."""
    overall = filing.overall
    if overall is None or not overall.indicators or filing.kind == "budget":
        return
    if all(indicator.actual is None for indicator in overall.indicators):
        title = overall.place.at(quote=overall.place.table)
        yield Finding.of("result.overall-missing", title, count=len(overall.indicators))


def _same_name(one: str, other: str) -> bool:
    one, other = squeeze(one), squeeze(other)
    return one in other or other in one


def _telling(text: str | None) -> bool:
    number = quantity(text, None)
    return number is not None and len(number.number.value.normalize().as_tuple().digits) >= _TELLING_DIGITS


def _is_money(unit: str | None) -> bool:
    return squeeze(unit or "") in {each.label for each in MoneyUnit}


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
    if match[2] not in _ROUTINE_CATEGORIES and project.texts.get("overview", "…").strip() == "":
        yield Finding.of("form.text-blank", project.place_of("overview"), name=project.name)


def _overall_unit(overall: OverallTargets) -> Iterator[Finding]:
    """The head's unit is wrong when the form's own indicators repeat its figures in another unit."""
    if overall.funds is None or not overall.stated_unit:
        return
    figures = [(f.value, f.place) for f in overall.funds.figures.values() if isinstance(f.value, Amount)]
    for indicator in overall.indicators:
        number = quantity(indicator.target, indicator.unit)
        unit = squeeze(indicator.unit or "")
        if number is None or not _is_money(unit) or unit == squeeze(overall.stated_unit):
            continue
        for amount, place in figures:
            other = quantity(amount.text, None)
            if other is not None and other.number.value == number.number.value and _telling(amount.text):
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
