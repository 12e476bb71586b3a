"""Results and scores held against what the filing itself states: a project's money, the lines of a total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

from hengjian.filing import Filing, Indicator, Project
from hengjian.kernel import Finding, Interval
from hengjian.packs import Standards, squeeze
from hengjian.packs.formula import Formula
from hengjian.packs.indicator_library import LibraryIndicator
from hengjian.scoring.achievement import quantity, reaches
from hengjian.scoring.words import plain, span, target_in_words

_HUNDRED = Interval.exactly(100)
_MONEY_WORDS = {"initial": "年初预算数", "adjusted": "调整后预算数", "executed": "执行数"}
"""The columns of a project's funds under the names that a library's formulas use."""


def own_figure_findings(filing: Filing, standards: Standards) -> Iterator[Finding]:
    """Yield results that the project's own money contradicts, and scores that nothing stands behind."""
    nearest = cache(standards.library_for(filing.entity.name).nearest)
    for project in filing.projects:
        for indicator in project.indicators if project.funds is not None else ():
            known = nearest(indicator.name)
            if known is not None and known.formula is not None:
                yield from _against_money(indicator, known, _money(project))
        yield from _without_target(project)
    yield from _not_traceable(filing)


def _money(project: Project) -> dict[str, Interval]:
    """Return the project's total funds by the names of the formulas; a blank cell has no name."""
    if project.funds is None:
        return {}
    cells = {column: project.funds.interval("total", column) for column in _MONEY_WORDS}
    return {column: interval for column, interval in cells.items() if interval is not None}


def _against_money(
    indicator: Indicator, known: LibraryIndicator, figures: Mapping[str, Interval]
) -> Iterator[Finding]:
    stated = quantity(indicator.actual, indicator.unit)
    if stated is None or known.formula is None:
        return
    possible = _computed(known.formula, figures, indicator)
    if possible is None or possible.agrees(stated.interval):
        return
    as_printed = {name: Interval.exactly(interval.middle) for name, interval in figures.items()}
    printed = _computed(known.formula, as_printed, indicator)
    missed = _misses(printed.middle, indicator) if printed is not None else None
    if printed is not None and missed is not None:
        yield _differs(indicator, known, printed, missed=missed)


def _computed(formula: str, figures: Mapping[str, Interval], indicator: Indicator) -> Interval | None:
    """Return what the formula comes to in the indicator's unit; None without a figure or over zero."""
    parsed = Formula.parse(formula)
    if not set(parsed.names) <= figures.keys():
        return None
    share = parsed.evaluate(figures)
    percent = squeeze(indicator.unit or "") in {"%", "％"}
    return None if share is None else share * _HUNDRED if percent else share


def _misses(computed: Fraction, indicator: Indicator) -> bool | None:
    """Tell whether what the printed amounts come to misses the target; None without a numeric target."""
    target = quantity(indicator.target, indicator.unit)
    if target is None or indicator.operator in (None, "qualitative"):
        return None
    return not reaches(Interval.exactly(computed), Fraction(target.number.value), indicator.operator)


def _differs(indicator: Indicator, known: LibraryIndicator, computed: Interval, *, missed: bool) -> Finding:
    unit = indicator.unit or ""
    return Finding.of(
        "result.own-figures" if missed else "result.own-figures-within",
        indicator.place,
        stated=f"{indicator.actual or ''}{unit}",
        expected=span(computed),
        basis=f"{known.id} {known.name}",
        name=indicator.name,
        actual=f"{indicator.actual or ''}{unit}",
        formula=Formula.parse(known.formula or "").shown(_MONEY_WORDS),
        unit=unit,
        target=target_in_words(indicator),
    )


def _without_target(project: Project) -> Iterator[Finding]:
    """A result was scored against no target, in a form that has targets."""
    bare = [i for i in project.indicators if not (i.target or "").strip()]
    if 2 * len(bare) >= len(project.indicators):
        return
    for indicator in bare:
        if indicator.score and (indicator.actual or "").strip():
            yield Finding.of(
                "target.missing",
                indicator.place,
                stated=indicator.actual,
                name=indicator.name,
                score=plain(indicator.score),
            )


def _not_traceable(filing: Filing) -> Iterator[Finding]:
    """An overall score of which no line is stated follows from nothing."""
    if filing.stated_total is not None and not filing.rubric_scores:
        place = filing.total_place or filing.place
        yield Finding.of("score.not-traceable", place, stated=plain(filing.stated_total))
