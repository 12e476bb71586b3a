"""The indicator library on the command line: search it, and show what an indicator is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click
from rich import box
from rich.table import Table

from hengjian.cli.context import CLEAN, UNREADABLE, Context
from hengjian.cli.prose import Prose
from hengjian.kernel import FiscalYear, InputError, Text
from hengjian.packs import standards_for
from hengjian.packs.formula import Formula
from hengjian.packs.indicator_library import FUNDS, LibraryIndicator
from hengjian.packs.library_search import LibraryIndex

SCHEMA = "hengjian.indicators/1"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Whose libraries are looked in: a pack's, in a year."""

    pack: str
    year: int


def search(context: Context, shelf: Shelf, query: str, limit: int, form: str) -> int:
    """Print the indicators that the words find; exit as unreadable when there are none."""

    def found(index: LibraryIndex) -> Sequence[LibraryIndicator]:
        return [match.indicator for match in index.search(query, limit)]

    def as_table(index: LibraryIndex, indicators: Sequence[LibraryIndicator]) -> None:
        context.out.print(_table(context, index, indicators))
        context.out.print(context.say("indicator-note"), style="dim", soft_wrap=True)

    return _told(context, shelf, (found, as_table), context.say("indicator-none", query=query), form)


def show(context: Context, shelf: Shelf, ids: tuple[str, ...], form: str) -> int:
    """Print all of the indicators of these ids; exit as unreadable when one is not there."""
    missing: list[str] = []

    def found(index: LibraryIndex) -> Sequence[LibraryIndicator]:
        by_id = {each: index.of_id(each) for each in ids}
        missing.extend(each for each, indicators in by_id.items() if not indicators)
        return [indicator for indicators in by_id.values() for indicator in indicators]

    def as_cards(index: LibraryIndex, indicators: Sequence[LibraryIndicator]) -> None:
        for indicator in indicators:
            context.out.print(f"{indicator.id}  {indicator.name}", style="bold")
            context.out.print(_card(context, index, indicator))

    status = _told(context, shelf, (found, as_cards), None, form)
    for each in missing:
        context.err.print(context.say("indicator-unknown", id=each), style="red", soft_wrap=True)
    return UNREADABLE if missing else status


_Find = Callable[[LibraryIndex], Sequence[LibraryIndicator]]
_Print = Callable[[LibraryIndex, Sequence[LibraryIndicator]], None]


def _told(context: Context, shelf: Shelf, how: tuple[_Find, _Print], nothing: str | None, form: str) -> int:
    """Find and print indicators; say `nothing` on the error stream where there are none."""
    find, as_text = how
    try:
        index = standards_for(context.library(), shelf.pack, FiscalYear(shelf.year)).library_index
    except InputError as error:
        context.complain(error.finding)
        return UNREADABLE
    indicators = find(index)
    if form == "json":
        data = {"schema": SCHEMA, "pack": shelf.pack, "year": shelf.year}
        listed = [_json(index, each) for each in indicators]
        click.echo(json.dumps(data | {"indicators": listed}, ensure_ascii=False, indent=1))
    elif indicators:
        as_text(index, indicators)
    if not indicators and nothing is not None:
        context.err.print(nothing, style="red", soft_wrap=True)
    return CLEAN if indicators else UNREADABLE


def _table(context: Context, index: LibraryIndex, indicators: Sequence[LibraryIndicator]) -> Table:
    table = Table(box=box.HORIZONTALS, show_lines=True, padding=(0, 1))
    table.add_column(context.say("indicator-id"), no_wrap=True)
    table.add_column(context.say("indicator-name"), ratio=3, overflow="fold")
    table.add_column(context.say("indicator-usual"), ratio=2, overflow="fold")
    table.add_column(context.say("indicator-definition"), ratio=6, overflow="fold")
    for each in indicators:
        name = Prose(each.name, style="bold").append(f"\n{each.level2}", style="not bold dim")
        told = Prose(each.definition[context.language])
        for line in (each.ratio, _ledgers(context, index, each)):
            if line:
                told.append(f"\n{line}", style="dim")
        table.add_row(each.id, name, f"{each.usual}{_mark(context, each)}", told)
    return table


def _card(context: Context, index: LibraryIndex, of: LibraryIndicator) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for key, text in _parts(context, index, of):
        if text:
            table.add_row(context.say(f"indicator-{key}"), text)
    return table


def _parts(context: Context, index: LibraryIndex, of: LibraryIndicator) -> Iterator[tuple[str, str]]:
    yield "levels", f"{of.level1} / {of.level2}"
    yield "aliases", "、".join(of.aliases)
    yield "usual", f"{of.usual}{_mark(context, of)}"
    yield "definition", of.definition[context.language]
    yield "ratio", of.ratio or ""
    yield "formula", _formula(context, of)
    yield "ledgers", _ledgers(context, index, of)
    yield "basis", of.basis or ""


def _formula(context: Context, of: LibraryIndicator) -> str:
    """Return the formula over the project's funds in the words of its form."""
    if of.formula is None:
        return ""
    words = {fund: context.say(f"indicator-fund-{fund}") for fund in sorted(FUNDS)}
    return Formula.parse(of.formula).shown(words)


def _ledgers(context: Context, index: LibraryIndex, of: LibraryIndicator) -> str:
    return "、".join(index.ledgers[each][context.language] for each in of.ledgers)


def _mark(context: Context, of: LibraryIndicator) -> str:
    return "" if of.verified else context.say("indicator-unverified")


def _json(index: LibraryIndex, of: LibraryIndicator) -> dict[str, Any]:
    data = of.model_dump(mode="json", exclude={"definition", "ledgers"})
    ledgers = [{"id": each} | _both(index.ledgers[each]) for each in of.ledgers]
    return data | {"definition": _both(of.definition), "ledgers": ledgers, "usual": of.usual}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
