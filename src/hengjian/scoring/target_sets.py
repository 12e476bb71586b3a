"""Findings about the targets of several projects together, and beside last year's results."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from hengjian.filing import Filing, Indicator, Project
from hengjian.kernel import Finding, Place
from hengjian.packs import squeeze
from hengjian.packs.schema import Vocabulary
from hengjian.scoring.achievement import quantity
from hengjian.scoring.target_form import is_money, number_of, quoted
from hengjian.scoring.words import target_in_words

_TELLING_DIGITS = 3
"""Numbers with fewer significant digits are equal by chance."""
_PERSONS = re.compile(r"[百千万亿]?人次?|[百千万]?名")
_SHORTEST_GOAL = 12
_FEWEST_ALIKE = 4
_MOST_RELATED = 8
_ALIKE_HALF = 2


def set_findings(projects: Sequence[Project]) -> Iterator[Finding]:
    """Yield what the targets of the projects are only together: in conflict, claimed twice, copied, bare."""
    yield from _conflicting(projects)
    claims = _claims(projects)
    yield from _claimed_by_several(claims)
    yield from _same_targets(projects, {frozenset(names) for names in _pairs(claims)})
    yield from _copied_goals(projects)
    yield from _without_amounts(projects)


def counted_twice(indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """Yield amounts that are the target of two groups of one form, so that they count twice."""
    seen: dict[tuple[str, str], Indicator] = {}
    for indicator in indicators:
        if not is_money(indicator.unit) or not telling(indicator.target):
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
    alike: dict[tuple[str, str], list[tuple[Project, Indicator]]] = defaultdict(list)
    for project in projects:
        for indicator in project.indicators:
            if telling(indicator.actual) and quantity(indicator.target, None) is not None:
                key = (squeeze(indicator.unit or ""), squeeze(indicator.actual or ""))
                alike[key].append((project, indicator))
    for measured in alike.values():
        for (first_project, first), (project, indicator) in combinations(measured, 2):
            if first_project is project or first.target == indicator.target:
                continue
            if _same_name(first.name, indicator.name):
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


def _claims(projects: Sequence[Project]) -> list[dict[str, Indicator]]:
    """Return the targets that several projects have, by the projects' names."""
    claims: dict[tuple[str, str, str], dict[str, Indicator]] = {}
    for project in projects:
        for indicator in project.indicators:
            if telling(indicator.target) and not is_money(indicator.unit):
                name, target = squeeze(indicator.name), squeeze(indicator.target or "")
                key = (name, target, squeeze(indicator.unit or ""))
                claims.setdefault(key, {}).setdefault(project.name, indicator)
    return [claimed for claimed in claims.values() if len(claimed) > 1]


def _pairs(claims: Iterable[dict[str, Indicator]]) -> Iterator[tuple[str, str]]:
    for claimed in claims:
        yield from combinations(claimed, 2)


def _claimed_by_several(claims: Iterable[dict[str, Indicator]]) -> Iterator[Finding]:
    """The same quantity is the target of several projects, so that its result would count in each."""
    for claimed in claims:
        first, *others = claimed.values()
        yield Finding.of(
            "target.claimed-by-several",
            first.place,
            related=tuple(indicator.place for indicator in others[:_MOST_RELATED]),
            stated=target_in_words(first),
            name=first.name,
            projects="、".join(f"“{name}”" for name in claimed),
        )


_Counted: TypeAlias = tuple[Project, Indicator, set[tuple[str, str]]]
"""A project, its indicator that counts persons, and all its targets in numbers by name."""


def _same_targets(projects: Sequence[Project], told: set[frozenset[str]]) -> Iterator[Finding]:
    """Projects count persons under one name and share most other targets: are they the same persons?"""
    counting: dict[str, list[_Counted]] = defaultdict(list)
    for project in projects:
        targets = _targets(project)
        for indicator in project.indicators:
            if _PERSONS.fullmatch(squeeze(indicator.unit or "")) and number_of(indicator) is not None:
                counting[squeeze(indicator.name)].append((project, indicator, targets))
    for counted in counting.values():
        left = counted
        while len(left) > 1:
            (first, one, ones), *others = left
            alike = [each for each in others if _shares(first, ones, each, told)]
            left = [each for each in others if each not in alike]
            if alike:
                told.update(frozenset((first.name, project.name)) for project, _, _ in alike)
                yield Finding.of(
                    "target.same-set",
                    one.place,
                    related=tuple(indicator.place for _, indicator, _ in alike[:_MOST_RELATED]),
                    stated=target_in_words(one),
                    expected="、".join(dict.fromkeys(target_in_words(other) for _, other, _ in alike)),
                    name=one.name,
                    first=first.name,
                    others=quoted(project.name for project, _, _ in alike),
                    count=min(len(ones & targets) for _, _, targets in alike),
                )


def _shares(first: Project, ones: set[tuple[str, str]], other: _Counted, told: set[frozenset[str]]) -> bool:
    """Tell whether another project has most of the first one's targets, and no finding has said so yet."""
    second, _, targets = other
    if second is first or frozenset((first.name, second.name)) in told:
        return False
    shared = len(ones & targets)
    fewest = min(len(first.indicators), len(second.indicators))
    return shared >= _FEWEST_ALIKE and shared * _ALIKE_HALF >= fewest


def _targets(project: Project) -> set[tuple[str, str]]:
    """Return the targets of a project that hold a number, by name."""
    return {
        (squeeze(each.name), squeeze(target_in_words(each)))
        for each in project.indicators
        if number_of(each) is not None
    }


def _copied_goals(projects: Sequence[Project]) -> Iterator[Finding]:
    """The goal of a project in the same words as another's says nothing of either."""
    goals: dict[str, list[Project]] = defaultdict(list)
    for project in projects:
        goal = squeeze(project.texts.get("annual_goal", ""))
        if len(goal) >= _SHORTEST_GOAL:
            goals[goal].append(project)
    for copied in goals.values():
        if len({project.name for project in copied}) > 1:
            first, *others = copied
            yield Finding.of(
                "target.goal-copied",
                first.place_of("annual_goal"),
                related=tuple(each.place_of("annual_goal") for each in others[:_MOST_RELATED]),
                stated=first.texts["annual_goal"],
                count=len(copied),
                projects=quoted(each.name for each in copied),
            )


def _without_amounts(projects: Sequence[Project]) -> Iterator[Finding]:
    """Forms of targets that print no amount, so that target and money cannot be compared."""
    bare = [project for project in projects if project.indicators and project.funds is None]
    if bare:
        yield Finding.of(
            "target.no-amount",
            _headed(bare[0]),
            related=tuple(_headed(project) for project in bare[1 : _MOST_RELATED + 1]),
            count=len(bare),
            name=bare[0].name,
        )


def _headed(project: Project) -> Place:
    """Return the place of a form's heading: an amount that is nowhere has no words of its own."""
    section = (project.place.section or "").rpartition(" / ")[2]
    return project.place.at(quote=section or project.name)


def basis_terms(indicators: Iterable[Indicator], vocabulary: Vocabulary) -> Iterator[Finding]:
    """Yield terms that several words are in use for, once for a filing."""
    given = [(squeeze(each.basis or ""), each) for each in indicators if each.basis]
    for proper, variants in vocabulary.target_words.basis_terms.items():
        used = list(dict.fromkeys(basis for basis, _ in given if basis in (proper, *variants)))
        odd = [each for basis, each in given if basis in variants]
        if len(used) > 1 and odd:
            first = odd[0]
            yield Finding.of(
                "target.basis-terms",
                first.place.at(column="basis", quote=first.basis),
                related=tuple(each.place for each in odd[1 : _MOST_RELATED + 1]),
                stated=quoted(used),
                expected=proper,
                basis=vocabulary.basis,
            )


def below_last_year(filing: Filing, previous: Filing) -> Iterator[Finding]:
    """Yield targets that last year's result has reached already.

    The same project's indicator is compared, or the only one of its name and unit in both years.
    """
    results = _by_name(previous.projects)
    for key, now in _by_name(filing.projects).items():
        before = results.get(key, [])
        for project, indicator in now:
            same = [each for known, each in before if squeeze(known.name) == squeeze(project.name)]
            alone = [each for _, each in before] if len(before) == len(now) == 1 else []
            for last in (same or alone)[:1]:
                if _is_easier(indicator, last):
                    yield Finding.of(
                        "target.below-last-year",
                        indicator.place,
                        related=(last.place,),
                        stated=target_in_words(indicator),
                        expected=f"{last.actual}{last.unit or ''}",
                        name=indicator.name,
                        project=project.name,
                        year=previous.year.year,
                    )


def _by_name(projects: Iterable[Project]) -> dict[tuple[str, str], list[tuple[Project, Indicator]]]:
    named: dict[tuple[str, str], list[tuple[Project, Indicator]]] = defaultdict(list)
    for project in projects:
        for indicator in project.indicators:
            named[squeeze(indicator.name), squeeze(indicator.unit or "")].append((project, indicator))
    return named


def _is_easier(indicator: Indicator, last: Indicator) -> bool:
    target, result = number_of(indicator), quantity(last.actual, last.unit)
    if target is None or result is None:
        return False
    if indicator.operator in ("≥", ">"):
        return target < result.interval.low
    return indicator.operator in ("≤", "<") and target > result.interval.high


def _same_name(one: str, other: str) -> bool:
    one, other = squeeze(one), squeeze(other)
    return one in other or other in one


@lru_cache(maxsize=8_192)
def telling(text: str | None) -> bool:
    """Tell whether a number has enough significant digits not to be the same by chance."""
    number = quantity(text, None)
    return number is not None and len(number.number.value.normalize().as_tuple().digits) >= _TELLING_DIGITS
