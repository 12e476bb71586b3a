"""Rectification (整改): what was found becomes items with measure, owner and date, until they are confirmed.

What a person wrote is never changed: items of a filing stay as they are, and only new ones are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hengjian.filing import Filing, Indicator, Project, Rectification, RectificationState
from hengjian.filing.rectifications import COLUMNS, STATES, item_id, parse_date
from hengjian.kernel import Finding, Place, Severity, Text
from hengjian.packs import squeeze
from hengjian.scoring.achievement import State, achievement
from hengjian.scoring.execution import execution_rate
from hengjian.scoring.words import plain, target_in_words

MISSED_TARGET, LOW_EXECUTION = "指标未完成", "预算执行率偏低"
"""The sources of items that are shortfalls, where others have the code of a finding."""
STATE_WORDS: dict[RectificationState, Text] = {
    "open": Text(STATES["open"], "open"),
    "under_way": Text(STATES["under_way"], "under way"),
    "done": Text(STATES["done"], "done"),
    "confirmed": Text(STATES["confirmed"], "confirmed"),
}
_FAMILIES = ("result.", "score.", "target.", "monitoring.", "form.")
_PARTS = {name: Text(COLUMNS[name], name) for name in ("measure", "owner")} | {
    "due": Text(COLUMNS["due"], "due date"),
    "evidence": Text(COLUMNS["evidence"], "evidence"),
}
_REPEATED = "{problem}（另有{count}处同类问题）"
_MISSED = "“{name}”指标值{target}，完成值{actual}，没有完成。"
_LOW = "“{name}”预算执行率{rate}%，低于{below}%。"
_REASON = "填报的原因：{reason}"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a problem is about: a project, by its number, and an indicator; what has no project comes last."""

    number: int
    project: Project | None = None
    indicator: str = ""

    @property
    def key(self) -> str:
        """What tells the project apart in every year."""
        return "" if self.project is None else self.project.code or squeeze(self.project.name)


_Problem = tuple[_Subject, str, str]
"""A problem's subject, its source and its words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A filing's rectifications: the items of its list, then the new ones.

    `new` and `gone` are ids, the latter of items that the check made and finds no more; `found` is what it
    finds.
    """

    items: tuple[Rectification, ...]
    new: frozenset[str]
    gone: frozenset[str]
    found: tuple[Rectification, ...]


def plan_of(filing: Filing, findings: Iterable[Finding], below: Decimal | None = None) -> Plan:
    """Hold a filing's list against what the check finds now (`proposed` says what becomes an item)."""
    found = found_items(filing, findings, below)
    there, now = {item.id for item in filing.rectifications}, {item.id for item in found}
    gone = {item.id for item in filing.rectifications if is_machine_made(item)} - now
    new = tuple(item for item in found if item.id not in there)
    return Plan((*filing.rectifications, *new), frozenset(now - there), frozenset(gone), found)


def proposed(
    filing: Filing, findings: Iterable[Finding], below: Decimal | None = None
) -> tuple[Rectification, ...]:
    """Return the filing's items as they are, then those that the findings and shortfalls add.

    An execution rate that is surely under `below` percent is a shortfall, as a missed target is.
    """
    return plan_of(filing, findings, below).items


def found_items(
    filing: Filing, findings: Iterable[Finding], below: Decimal | None = None
) -> tuple[Rectification, ...]:
    """Return an item for every problem of the filing's performance part, in the order of its projects.

    Problems of one kind about one indicator are one item. Its id follows from source, project and indicator.
    """
    grouped: dict[tuple[str, str, str], list[_Problem]] = {}
    for problem in (*_from_findings(filing, findings), *_shortfalls(filing, below)):
        subject, source, _ = problem
        grouped.setdefault((source, subject.key, squeeze(subject.indicator)), []).append(problem)
    ordered = sorted(grouped.items(), key=lambda group: group[1][0][0].number)
    return tuple(_item(filing, item_id(*key), problems) for key, problems in ordered)


def _item(filing: Filing, identity: str, problems: Sequence[_Problem]) -> Rectification:
    subject, source, words = problems[0]
    if len(problems) > 1:
        words = _REPEATED.format(problem=words, count=len(problems) - 1)
    return Rectification(
        id=identity,
        problem=words,
        project=None if subject.project is None else subject.project.name,
        source=source,
        year=filing.year.year,
    )


def _from_findings(filing: Filing, findings: Iterable[Finding]) -> Iterator[_Problem]:
    subjects = _subjects(filing)
    files = _files(filing)
    for finding in findings:
        if finding.severity is Severity.INFO or not finding.code.startswith(_FAMILIES):
            continue
        place = finding.place
        subject = subjects.get(place) or files.get(place.file or "") or files.get(place.section or "")
        subject = subject or _Subject(len(filing.projects))
        if not subject.indicator:
            subject = replace(subject, indicator=place.row or "")
        yield subject, finding.code, finding.message.zh


def _subjects(filing: Filing) -> dict[Place, _Subject]:
    """Return what stands at each place of the filing's projects."""
    found: dict[Place, _Subject] = {}
    for number, project in enumerate(filing.projects):
        for indicator in project.indicators:
            found.setdefault(indicator.place, _Subject(number, project, indicator.name))
        for place in (project.place, *project.places.values()):
            found.setdefault(place, _Subject(number, project))
    found.pop(Place(), None)
    return found


def _files(filing: Filing) -> dict[str, _Subject]:
    """Return the projects by whatever of file, name and code is theirs alone."""
    found: dict[str, _Subject] = {}
    several: set[str] = set()
    for number, project in enumerate(filing.projects):
        for name in {project.place.file, project.name, project.code} - {None, ""}:
            several |= {name or ""} & found.keys()
            found[name or ""] = _Subject(number, project)
    return {name: subject for name, subject in found.items() if name not in several}


def _shortfalls(filing: Filing, below: Decimal | None) -> Iterator[_Problem]:
    """Yield what the year did not reach, whatever the forms say of it."""
    for number, project in enumerate(filing.projects):
        for indicator in project.indicators:
            yield from _missed(_Subject(number, project, indicator.name), indicator)
        rate = execution_rate(project)
        if below is not None and rate is not None and rate.high < below:
            words = _LOW.format(name=project.name, rate=plain(rate.middle), below=plain(below))
            reason = project.texts.get("reason")
            yield _Subject(number, project), LOW_EXECUTION, _with_reason(words, reason)
    for indicator in filing.overall.indicators if filing.overall is not None else ():
        yield from _missed(_Subject(len(filing.projects), None, indicator.name), indicator)


def _missed(subject: _Subject, indicator: Indicator) -> Iterator[_Problem]:
    if achievement(indicator).state is State.MISSED:
        actual = f"{indicator.actual or ''}".removesuffix(indicator.unit or "") + (indicator.unit or "")
        words = _MISSED.format(name=indicator.name, target=target_in_words(indicator), actual=actual)
        yield subject, MISSED_TARGET, _with_reason(words, indicator.shortfall)


def _with_reason(words: str, reason: str | None) -> str:
    reason = (reason or "").strip()
    return words + _REASON.format(reason=reason) if reason else words


def carried(items: Iterable[Rectification], origin: Filing, into: Filing) -> tuple[Rectification, ...]:
    """Return what is not confirmed and not in the next filing's list yet, with the year it is from."""
    there = {item.id for item in into.rectifications}
    left = (item for item in items if item.state != "confirmed" and item.id not in there)
    return tuple(replace(item, year=item.year or origin.year.year, place=Place()) for item in left)


def use_rate(items: Sequence[Rectification]) -> tuple[int, int]:
    """Return for how many items measures were set, and of how many (评价结果利用率)."""
    return sum(1 for item in items if item.measure), len(items)


def missing(item: Rectification) -> tuple[str, ...]:
    """Return the parts that an item of its state must have and lacks, by the names of its fields."""
    needed = {
        "open": ("measure", "owner", "due"),
        "under_way": ("measure", "owner", "due"),
        "done": ("measure", "evidence"),
        "confirmed": ("evidence",),
    }
    return tuple(part for part in needed[item.state] if not getattr(item, part))


def missing_words(parts: Iterable[str]) -> Text:
    """Return missing parts in words."""
    words = [_PARTS[part] for part in parts]
    return Text("、".join(each.zh for each in words), ", ".join(each.en for each in words))


def is_overdue(item: Rectification, on: date) -> bool:
    """Tell whether an item that is not done was due before a day."""
    due = parse_date(item.due or "")
    return due is not None and due < on and item.state in ("open", "under_way")


def is_machine_made(item: Rectification) -> bool:
    """Tell whether the check found it, so that the check can tell whether it is gone."""
    return item.source in (MISSED_TARGET, LOW_EXECUTION) or (item.source or "").startswith(_FAMILIES)


def rectification_findings(
    filing: Filing,
    previous: Filing | None = None,
    found: Iterable[Rectification] = (),
    on: date | None = None,
) -> Iterator[Finding]:
    """Yield what is wrong with a filing's list of rectifications.

    `found` is what the check finds now, `previous` the filing of the year before. Without a day given, an
    item is overdue when it was due before the filing's year, so that a check says the same on every day.
    """
    yield from _incomplete(filing.rectifications)
    now = {item.id for item in found}
    for item in filing.rectifications:
        if "evidence" in missing(item):
            yield _finding("rectification.no-evidence", item)
        if is_overdue(item, on or date(filing.year.year, 1, 1)):
            yield _finding("rectification.overdue", item, due=item.due)
        if item.id in now and is_said_done(item, filing):
            yield _finding("rectification.still-found", item)
    if previous is not None:
        yield from _vanished(filing, previous)


def is_said_done(item: Rectification, filing: Filing) -> bool:
    """Tell whether an item is said to be done, so that it must not be found any more.

    What fell short this very year stays so: the year's figures cannot change.
    """
    past = item.source in (MISSED_TARGET, LOW_EXECUTION) and item.year in (None, filing.year.year)
    return item.state in ("done", "confirmed") and not past


def _incomplete(items: Iterable[Rectification]) -> Iterator[Finding]:
    """Yield one finding for all items that lack the same parts."""
    lacking: dict[tuple[str, ...], list[Rectification]] = {}
    for item in items:
        if parts := tuple(part for part in missing(item) if part != "evidence"):
            lacking.setdefault(parts, []).append(item)
    for parts, found in lacking.items():
        yield Finding.of(
            "rectification.incomplete",
            found[0].place,
            related=tuple(item.place for item in found[1:]),
            count=len(found),
            ids=_named(found),
            missing=missing_words(parts),
        )


def _finding(code: str, item: Rectification, **values: Any) -> Finding:  # noqa: ANN401 - of templates
    problem = item.problem.rstrip("。")
    given: dict[str, Any] = {"id": item.id, "problem": problem, "state": STATE_WORDS[item.state]}
    return Finding.of(code, item.place, **given, **values)


def _vanished(filing: Filing, previous: Filing) -> Iterator[Finding]:
    gone = carried(previous.rectifications, previous, filing)
    if gone:
        yield Finding.of(
            "rectification.vanished", filing.place, year=previous.year, count=len(gone), ids=_named(gone)
        )


def _named(items: Sequence[Rectification]) -> str:
    """Name the first items by their ids."""
    return "、".join(item.id for item in items[:_MOST_NAMED]) + ("……" if len(items) > _MOST_NAMED else "")
