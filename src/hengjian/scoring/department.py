"""Score a department under the authority's rubric: every line from its inputs, never from what was typed.

A line that does not apply needs a reason; what becomes of its points is the rubric's own rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hengjian.filing import Filing, RubricScore
from hengjian.kernel import Interval, Outcome, Text
from hengjian.packs import Standards, squeeze
from hengjian.packs.rubric import Rubric, RubricLine
from hengjian.scoring import phrases
from hengjian.scoring.attainable import Attainable, attainable
from hengjian.scoring.inputs import Inputs
from hengjian.scoring.project import grade_of
from hengjian.scoring.score import points
from hengjian.scoring.shapes import earn
from hengjian.scoring.steps import Step
from hengjian.scoring.words import plain

_FULL = Fraction(100)
_LINE = Text("{title}（{max}分）", "{title} ({max} points)")
_DOES_NOT_APPLY = Text("不适用：{reason}", "not applicable: {reason}")
_TOTAL = Text("总分", "Total")
_SCALED = Text(
    "不适用的{points}分按比例分摊到其余各项", "the {points} points that do not apply fall to the other lines"
)


@dataclass(frozen=True, slots=True)
class LineScore:
    """A line: what its inputs earn, what it can earn at all, what was stated, and what is missing.

    `line` is None for a stated line that the rubric does not have; `earned` is None while the line is not
    evaluable or does not apply.
    """

    title: str
    line: RubricLine | None
    stated: RubricScore | None
    maximum: Decimal | None
    earned: Interval | None
    attainable: Attainable | None
    missing: tuple[Text, ...]
    step: Step

    @property
    def reason(self) -> str | None:
        """Why the line does not apply to the department; None when it does."""
        return self.stated.not_applicable if self.stated is not None else None

    @property
    def measure(self) -> Text | None:
        """What the line measures, in words: all that a method gives that states no points."""
        return self.step.because[0].result if self.step.because else None

    @property
    def score(self) -> Decimal | None:
        """The points that were stated."""
        return self.stated.score if self.stated is not None else None

    @property
    def outcome(self) -> Outcome:
        """Whether the stated points are those that the inputs give.

        Where the rule gives single scores only, a stated score is one of them and no rounding.
        """
        if self.reason is not None or (self.maximum is None and self.earned is None):
            return Outcome.NOT_APPLICABLE
        if self.earned is None:
            return Outcome.NOT_EVALUABLE
        if self.score is None:
            return Outcome.NOT_APPLICABLE
        single = self.attainable is not None and not self.attainable.stretches
        stated = Interval.exactly(Fraction(self.score)) if single else points(self.score)
        agrees = stated.agrees(self.earned)
        return Outcome.PASS if agrees else Outcome.FAIL


@dataclass(frozen=True, slots=True)
class DepartmentScore:
    """A department under its rubric: the lines in the rubric's order, the total and the grade.

    `total` is None while a line is not evaluable or the rubric is not known whole; `stated` is the total that
    the filing states, `printed` the sum of the scores that it states, None while one of them is blank.
    """

    rubric: Rubric
    lines: tuple[LineScore, ...]
    total: Interval | None
    stated: Decimal | None
    printed: Decimal | None
    grade: str | None
    step: Step
    inputs: Inputs


def score_department(filing: Filing, standards: Standards) -> DepartmentScore | None:
    """Score a department; None where the authority has no rubric for the year."""
    rubric = standards.rubric_for("department")
    if rubric is None:
        return None
    inputs = Inputs(filing, standards, rubric)
    stated = list(filing.rubric_scores)
    lines = [_line(line, _taken(stated, line), rubric, inputs) for line in rubric.lines]
    lines += [_unknown(each) for each in stated]
    total, step = _total(rubric, lines)
    settled = total.low if total is not None and total.low == total.high else None
    graded = Fraction(filing.stated_total) if filing.stated_total is not None else settled
    grade = grade_of(rubric, graded)
    printed = printed_total(filing)
    return DepartmentScore(rubric, tuple(lines), total, filing.stated_total, printed, grade, step, inputs)


def _taken(stated: list[RubricScore], line: RubricLine) -> RubricScore | None:
    """Take the stated score of a line out of the list: the first that bears its title or an alias."""
    titles = {squeeze(title) for title in (line.title, *line.aliases)}
    found = next((each for each in stated if squeeze(each.title) in titles), None)
    if found is not None:
        stated.remove(found)
    return found


def _line(line: RubricLine, stated: RubricScore | None, rubric: Rubric, inputs: Inputs) -> LineScore:
    maximum = line.max if line.max is not None or stated is None else stated.maximum
    earned = earn(line.rule, maximum, inputs)
    points_earned, result = earned.points, phrases.points_text(earned.points)
    reason = stated.not_applicable if stated is not None else None
    if reason is not None:
        full = rubric.not_applicable == "full" and maximum is not None
        points_earned = Interval.exactly(Fraction(maximum or 0)) if full else None
        result = _DOES_NOT_APPLY.filled(reason=reason)
    what = Text(line.title, line.title)
    if maximum is not None:
        what = _LINE.filled(title=line.title, max=plain(maximum))
    return LineScore(
        line.title,
        line,
        stated,
        maximum,
        points_earned,
        attainable(line.rule, maximum) if maximum is not None else None,
        earned.missing if reason is None and points_earned is None else (),
        Step(what, result, earned.steps, rubric.basis, stated.place if stated is not None else None),
    )


def _unknown(stated: RubricScore) -> LineScore:
    """Return a stated line that the rubric does not have: nothing can be computed for it."""
    step = Step(Text(stated.title, stated.title), None, place=stated.place)
    return LineScore(stated.title, None, stated, stated.maximum, None, None, (phrases.RULE,), step)


def _total(rubric: Rubric, lines: Sequence[LineScore]) -> tuple[Interval | None, Step]:
    """Add the lines up; the points of those that do not apply fall to the others where the rubric says so."""
    counted = [line for line in lines if line.line is not None]
    steps = [line.step for line in counted]
    idle = [line for line in counted if line.reason is not None and line.earned is None]
    active = [line for line in counted if line not in idle]
    points_of = [line.earned for line in active if line.earned is not None]
    redistributed = not idle or rubric.not_applicable == "redistribute"
    whole = rubric.complete and counted and len(points_of) == len(active) and redistributed
    if not whole:
        return None, Step(_TOTAL, None, tuple(steps), rubric.basis)
    lost = sum((Fraction(line.maximum or 0) for line in idle if not _is_bonus(line)), Fraction(0))
    if lost == _FULL:
        return None, Step(_TOTAL, None, tuple(steps), rubric.basis)
    total = sum((line.earned for line in active if line.earned and not _is_bonus(line)), Interval.exactly(0))
    if lost:
        total *= Interval.exactly(_FULL / (_FULL - lost))
        steps.append(Step(_SCALED.filled(points=plain(lost)), None))
    total = sum((line.earned for line in active if line.earned and _is_bonus(line)), total)
    return _capped(total), Step(_TOTAL, phrases.points_text(_capped(total)), tuple(steps), rubric.basis)


def _is_bonus(line: LineScore) -> bool:
    return line.line is not None and line.line.bonus


def _capped(total: Interval) -> Interval:
    return Interval(max(Fraction(0), min(_FULL, total.low)), max(Fraction(0), min(_FULL, total.high)))


def printed_total(filing: Filing) -> Decimal | None:
    """Return the sum of the stated scores; None without any, or while a line that applies is blank."""
    scores = [line.score for line in filing.rubric_scores if line.not_applicable is None]
    if not scores or None in scores:
        return None
    return sum((score for score in scores if score is not None), Decimal(0))
