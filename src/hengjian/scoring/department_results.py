"""Findings about an overall score sheet: lines against their rules, their maxima and the total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from hengjian.filing import Filing, RubricScore
from hengjian.kernel import Finding, Interval, Outcome, Severity
from hengjian.packs import squeeze
from hengjian.scoring.department import DepartmentScore, LineScore, printed_total
from hengjian.scoring.score import same_points
from hengjian.scoring.words import plain, span


def department_findings(filing: Filing, scored: DepartmentScore | None) -> Iterator[Finding]:
    """Yield what is wrong with an overall score sheet, with or without a rubric to hold it against."""
    if scored is not None:
        yield from scored.inputs.findings()
        for line in scored.lines:
            yield from _line(line, scored)
    else:
        for stated in filing.rubric_scores:
            yield from _above(stated, stated.maximum)
    yield from _repeated(filing.rubric_scores)
    yield from _total(filing)


def _line(line: LineScore, scored: DepartmentScore) -> Iterator[Finding]:
    stated, basis = line.stated, scored.rubric.basis
    if stated is None:
        return
    known = line.line.max if line.line is not None else None
    if known is not None and stated.maximum is not None and stated.maximum != known:
        yield Finding.of(
            "score.maximum",
            stated.place,
            stated=plain(stated.maximum),
            expected=plain(known),
            basis=basis,
            name=line.title,
        )
    if stated.not_applicable is not None:
        if scored.rubric.not_applicable == "refused":
            yield Finding.of(
                "score.applies", stated.place, basis=basis, name=line.title, reason=stated.not_applicable
            )
        return
    over = list(_above(stated, line.maximum))
    yield from over
    if stated.score is None or over:
        return
    if line.attainable is not None and not line.attainable.contains(Fraction(stated.score)):
        yield Finding.of(
            "score.unattainable",
            stated.place,
            stated=plain(stated.score),
            expected=line.attainable.words,
            basis=basis,
            name=line.title,
        )
    elif line.outcome is Outcome.FAIL and line.earned is not None:
        yield Finding.of(
            "score.line-not-by-rule",
            stated.place,
            stated=plain(stated.score),
            expected=span(line.earned),
            difference=plain(Interval.exactly(Fraction(stated.score)).gap_to(line.earned)),
            basis=basis,
            name=line.title,
        )


def _above(stated: RubricScore, maximum: Decimal | None) -> Iterator[Finding]:
    if stated.score is None or maximum is None or stated.score <= maximum:
        return
    yield Finding.of(
        "score.above-weight",
        stated.place,
        stated=plain(stated.score),
        expected=f"≤{plain(maximum)}",
        name=stated.title,
        target="",
        actual="",
        weight=plain(maximum),
    )


def _repeated(scores: Sequence[RubricScore]) -> Iterator[Finding]:
    """A line that is scored twice counts twice; with two scores it is not even clear which one holds."""
    by_title: dict[str, list[RubricScore]] = defaultdict(list)
    for scored in scores:
        if scored.title.strip():
            by_title[squeeze(scored.title)].append(scored)
    for first, *others in by_title.values():
        if others:
            differ = any(other.score != first.score for other in others)
            yield Finding.of(
                "score.line-repeated",
                others[0].place,
                related=(first.place, *(other.place for other in others[1:8])),
                severity=Severity.ERROR if differ else Severity.WARNING,
                stated="、".join(plain(each.score) for each in (first, *others) if each.score is not None)
                or None,
                name=first.title,
                count=len(others) + 1,
            )


def _total(filing: Filing) -> Iterator[Finding]:
    total = printed_total(filing)
    if filing.stated_total is not None and total is not None and not same_points(filing.stated_total, total):
        yield Finding.of(
            "score.total",
            filing.total_place or filing.place,
            stated=plain(filing.stated_total),
            expected=plain(total),
            difference=plain(abs(Fraction(filing.stated_total) - Fraction(total))),
            name=filing.entity.name,
        )
