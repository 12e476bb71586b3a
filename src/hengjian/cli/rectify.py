"""The command ``rectify``: what is to be put right, by whom and by when, and what follows for the budget."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.table import Table

from hengjian.audit import Review, finding_json, review
from hengjian.authoring.files import write_whole
from hengjian.cli.context import UNREADABLE, Context, status_of
from hengjian.cli.reading import filings_of
from hengjian.filing import Filing, Rectification, read_filing
from hengjian.filing.rectifications import RECTIFICATIONS, parse_date
from hengjian.filing.write import rectifications_csv
from hengjian.kernel import Finding, InputError, Place, in_order
from hengjian.packs import Standards
from hengjian.packs.result_use import ResultUse
from hengjian.scoring.rectification import (
    STATE_WORDS,
    Plan,
    carried,
    is_overdue,
    is_said_done,
    missing,
    missing_words,
    plan_of,
    rectification_findings,
    use_rate,
)
from hengjian.scoring.result_use import BudgetUse, budget_uses, execution_below, use_of_unspent
from hengjian.scoring.words import plain

SCHEMA = "hengjian.rectify/1"
_MANY = "input.more-problems"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: overdue items by the day `on`, new ones saved, the others carried `into` next year."""

    on: date
    into: Path | None = None
    save: bool = False


@dataclass(frozen=True, slots=True)
class _Addition:
    """Items for a filing's list, which no other file of the filing depends on."""

    folder: Path
    filing: Filing
    items: tuple[Rectification, ...]

    @property
    def path(self) -> Path:
        """The file of the list."""
        return self.folder / RECTIFICATIONS

    def require_read(self) -> None:
        """Raise `InputError` when the list could not be read whole: what was not read would be lost."""
        problems = self.filing.problems
        unread = [p for p in problems if p.place.file == RECTIFICATIONS or p.code == _MANY]
        if unread:
            raise InputError("input.would-lose", Place(file=str(self.path)), count=len(unread))

    def write(self) -> None:
        """Write the list with the items added, marked as UTF-8 for spreadsheets; without any it stays."""
        if self.items:
            text = rectifications_csv((*self.filing.rectifications, *self.items))
            write_whole(self.path, text.encode("utf-8-sig"))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a filing: its plan, the budget uses, the findings, and what was added where."""

    reviewed: Review
    standards: Standards
    plan: Plan
    uses: tuple[BudgetUse, ...]
    findings: tuple[Finding, ...]
    saved: _Addition | None
    carried: _Addition | None


def day_of(context: Context, text: str | None) -> date:
    """Return the day of an option, today unless given."""
    if text is None:
        return date.today()  # noqa: DTZ011 - due dates are days where the user is
    day = parse_date(text)
    if day is None:
        raise click.BadParameter(context.say("rectify-not-a-date", value=text), param_hint="--on")
    return day


def run(context: Context, folder: Path, order: Order, form: str) -> int:
    """Print a filing's rectifications and what its results mean; returns the exit status."""
    failed: list[Finding] = []
    for _, filing, standards in filings_of(context, (folder,), failed):
        reviewed = review(filing, standards)
        plan = plan_of(filing, reviewed.findings, execution_below(standards))
        uses = budget_uses(filing, standards, reviewed.assessment.projects)
        findings = tuple(rectification_findings(filing, found=plan.found, on=order.on))
        try:
            saved, moved = _added(context, folder, filing, plan, order)
        except InputError as error:
            context.complain(error.finding)
            return UNREADABLE
        outcome = _Outcome(reviewed, standards, plan, uses, findings, saved, moved)
        if form == "json":
            click.echo(json.dumps(_json(outcome, folder, order), ensure_ascii=False, indent=1))
        else:
            _print(context, outcome, order)
        failed.extend(findings)
    return status_of(failed)


def _added(
    context: Context, folder: Path, filing: Filing, plan: Plan, order: Order
) -> tuple[_Addition | None, _Addition | None]:
    """Save and carry items as ordered; both lists are looked at before either is written."""
    saved = moved = None
    if order.save:
        saved = _Addition(folder, filing, tuple(item for item in plan.items if item.id in plan.new))
    if order.into is not None:
        following = _following(context, filing, order.into)
        moved = _Addition(order.into, following, carried(plan.items, filing, following))
    additions = [addition for addition in (saved, moved) if addition is not None]
    for addition in additions:
        addition.require_read()
    for addition in additions:
        addition.write()
    return saved, moved


def _following(context: Context, filing: Filing, into: Path) -> Filing:
    """Read the same department's next year; raises `InputError` for any other filing.

    A code tells departments of one name apart where both filings state one.
    """
    following = read_filing(into, context.library())
    codes = filing.entity.code, following.entity.code
    known = codes if None not in codes else (None, None)
    wanted = (filing.entity.name, filing.year.year + 1, known[0])
    given = (following.entity.name, following.year.year, known[1])
    if given != wanted:
        found, expected = (_named(*each) for each in (given, wanted))
        raise InputError("input.not-next-year", Place(file=str(into)), found=found, expected=expected)
    return following


def _named(name: str, year: int, code: str | None) -> str:
    return f"{name} {year}" + (f" ({code})" if code else "")


def _print(context: Context, outcome: _Outcome, order: Order) -> None:
    filing, plan = outcome.reviewed.filing, outcome.plan
    context.out.print(f"{filing.entity.name} {filing.year} ({filing.pack})", style="bold")
    if plan.items:
        context.out.print(_items_table(context, outcome, order.on))
        context.out.print(_counts(context, plan, order.on))
    else:
        context.out.print(context.say("rectify-none"))
    measured, every = use_rate(plan.items)
    rate = plain(Fraction(100 * measured, every)) if every else ""
    key = "rectify-rate" if every else "rectify-no-rate"
    context.out.print(context.say(key, measured=measured, all=every, rate=rate))
    _print_uses(context, outcome)
    _print_added(context, outcome)


def _items_table(context: Context, outcome: _Outcome, on: date) -> Table:
    table = Table(box=box.HORIZONTALS, show_lines=True, expand=True, padding=(0, 1))
    table.add_column(context.say("rectify-id"), width=11, overflow="fold")
    table.add_column(context.say("rectify-problem"), ratio=4, overflow="fold")
    table.add_column(context.say("rectify-plan"), ratio=2, overflow="fold")
    table.add_column(context.say("rectify-state"), ratio=2, min_width=12, overflow="fold")
    for item in outcome.plan.items:
        about = "\n".join(part for part in (item.project, item.problem) if part)
        steps = "\n".join(part for part in (item.measure, item.owner, item.due) if part)
        table.add_row(item.id, about, steps, "\n".join(_marks(context, item, outcome, on)))
    return table


def _marks(context: Context, item: Rectification, outcome: _Outcome, on: date) -> Iterable[str]:
    """Yield an item's state and what else is to be said of it, a line each."""
    plan, filing = outcome.plan, outcome.reviewed.filing
    state = STATE_WORDS[item.state][context.language]
    yield f"{state} {item.year}" if item.year is not None else state
    if item.id in plan.gone and item.state != "confirmed":
        yield context.say("rectify-gone")
    if is_overdue(item, on):
        yield context.say("rectify-overdue")
    if is_said_done(item, filing) and item.id in {each.id for each in plan.found}:
        yield context.say("rectify-still")
    if item.id in plan.new:
        yield context.say("rectify-new")
    elif parts := missing(item):
        yield context.say("rectify-lacks", parts=missing_words(parts)[context.language])


def _counts(context: Context, plan: Plan, on: date) -> str:
    states = Counter(item.state for item in plan.items)
    return context.say(
        "rectify-counts",
        all=len(plan.items),
        new=len(plan.new),
        overdue=sum(is_overdue(item, on) for item in plan.items),
        **{state: states[state] for state in STATE_WORDS},
    )


def _print_uses(context: Context, outcome: _Outcome) -> None:
    filing, standards = outcome.reviewed.filing, outcome.standards
    bases = _bases(context, standards, lambda use: bool(use.suggestions))
    if not bases:
        context.out.print(context.say("rectify-no-use", pack=filing.pack, year=filing.year))
        return
    uses = [use for use in outcome.uses if use.grade is not None or use.unspent is not None]
    if not uses:
        context.out.print(context.say("rectify-no-grade"))
        return
    table = Table(box=box.SIMPLE, expand=True, title=context.say("rectify-use", basis=bases))
    table.add_column(context.say("project"), ratio=3, overflow="fold")
    table.add_column(context.say("grade"), ratio=1)
    table.add_column(context.say("rectify-suggestion"), ratio=2, overflow="fold")
    table.add_column(context.say("rectify-unspent"), ratio=1, justify="right", overflow="fold")
    none = context.say("none")
    for use in uses:
        table.add_row(
            use.project.name if use.project is not None else context.say("rectify-whole"),
            use.grade or none,
            use.suggestion[context.language] if use.suggestion is not None else none,
            str(use.unspent) if use.unspent is not None else "",
        )
    context.out.print(table)
    words = use_of_unspent(standards)
    if words is not None and any(use.unspent is not None for use in uses):
        basis = _bases(context, standards, lambda use: use.unspent is not None)
        context.out.print(context.say("rectify-unspent-use", words=words[context.language], basis=basis))


def _bases(context: Context, standards: Standards, says: Callable[[ResultUse], bool]) -> str:
    """Return the bases of what the standards say, marked where they are not verified."""
    open_mark = context.say("code-unverified")
    uses = (use for use in standards.result_uses.values() if says(use))
    return "；".join(use.basis + ("" if use.verified else open_mark) for use in uses)


def _print_added(context: Context, outcome: _Outcome) -> None:
    """Say what was added where; what was carried item by item, for the list above is this year's."""
    saved, moved = outcome.saved, outcome.carried
    if saved is not None:
        key = "rectify-saved" if saved.items else "rectify-nothing-new"
        context.out.print(context.say(key, count=len(saved.items), path=saved.path), soft_wrap=True)
    elif outcome.plan.new:
        context.out.print(context.say("rectify-unsaved"))
    if moved is not None:
        key = "rectify-carried" if moved.items else "rectify-nothing-left"
        context.out.print(context.say(key, count=len(moved.items), path=moved.path), soft_wrap=True)
        for item in moved.items:
            context.out.print(f"  + {item.id} {item.year} {item.problem}", soft_wrap=True)


def _json(outcome: _Outcome, folder: Path, order: Order) -> dict[str, Any]:
    filing, plan = outcome.reviewed.filing, outcome.plan
    measured, every = use_rate(plan.items)
    return {
        "schema": SCHEMA,
        "path": str(folder),
        "entity": filing.entity.name,
        "year": filing.year.year,
        "on": order.on.isoformat(),
        "items": [_item_json(item, plan, order.on) for item in plan.items],
        "use_rate": {"with_measures": measured, "items": every},
        "budget": [_use_json(use) for use in outcome.uses],
        "findings": [finding_json(finding) for finding in in_order(outcome.findings)],
        "saved": _ids(outcome.saved),
        "carried": _ids(outcome.carried),
    }


def _ids(addition: _Addition | None) -> list[str] | None:
    return None if addition is None else [item.id for item in addition.items]


def _item_json(item: Rectification, plan: Plan, on: date) -> dict[str, Any]:
    fields = {name: value for name, value in asdict(item).items() if name != "place"}
    return fields | {
        "new": item.id in plan.new,
        "found_again": None if item.id in plan.new else item.id in {each.id for each in plan.found},
        "overdue": is_overdue(item, on),
        "missing": list(missing(item)),
    }


def _use_json(use: BudgetUse) -> dict[str, Any]:
    words = use.suggestion
    return {
        "project": use.project.name if use.project is not None else None,
        "grade": use.grade,
        "suggestion": {"zh": words.zh, "en": words.en} if words is not None else None,
        "unspent": str(use.unspent) if use.unspent is not None else None,
    }
