"""The points of the levels of a score table: what a line inherits, and whether they add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hengjian.filing import RubricScore
from hengjian.kernel import Finding, Place, Severity
from hengjian.scoring.words import plain

Levels = tuple[str, ...]
"""The names of a level and of those above it."""


def inherited(lines: Sequence[RubricScore], maxima: Mapping[Levels, Decimal]) -> list[RubricScore]:
    """Return the lines; one without points that is alone under its second level has that level's."""
    alone = Counter((line.level1, line.level2) for line in lines)

    def own(line: RubricScore) -> RubricScore:
        levels = (line.level1, line.level2)
        if line.maximum is not None or not line.level2 or alone[levels] > 1 or levels not in maxima:
            return line
        return replace(line, maximum=maxima[levels])

    return [own(line) for line in lines]


def maxima_findings(
    lines: Sequence[RubricScore],
    maxima: Mapping[Levels, Decimal],
    whole: tuple[Decimal, Place] | None,
    *,
    broken: bool,
) -> Iterator[Finding]:
    """Yield each level, and the whole, whose points are not the sum of those below it.

    A level with a line whose points are blank is not evaluable. `broken` tells that rows could not be read:
    then the sum says only how much is missing.
    """
    severity = Severity.INFO if broken else None
    below: dict[Levels, list[RubricScore]] = {}
    for line in lines:
        for depth in range(3):
            below.setdefault((line.level1, line.level2)[:depth], []).append(line)
    for levels, maximum in maxima.items():
        if levels in below and (total := _sum(below[levels])) not in (None, maximum):
            yield _differs(levels[-1], below[levels][0].place, maximum, total, severity)
    if whole is not None and lines and (total := _sum(below[()])) not in (None, whole[0]):
        yield _differs("", whole[1], whole[0], total, severity)


def _sum(lines: Sequence[RubricScore]) -> Decimal | None:
    known = [line.maximum for line in lines if line.maximum is not None]
    return sum(known, Decimal(0)) if len(known) == len(lines) else None


def _differs(
    name: str, place: Place, stated: Decimal, total: Decimal | None, severity: Severity | None
) -> Finding:
    return Finding.of(
        "score.maxima",
        place,
        severity=severity,
        stated=plain(stated),
        expected=None if total is None else plain(total),
        difference=None if total is None else plain(abs(stated - total)),
        name=name or "合计",
    )
