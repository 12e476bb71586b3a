"""Look a classification code up: its name and years, what stands above it, and what became of it."""

from __future__ import annotations

from rich import box
from rich.table import Table

from hengjian.cli.context import CLEAN, UNREADABLE, Context
from hengjian.kernel import InputError
from hengjian.packs.code_history import Became, CodeHistory, CodeVersion, code_histories
from hengjian.packs.lint import LINT_YEARS

_LAST_EDITION = LINT_YEARS[-1]


def show(context: Context, code: str, pack: str, scheme: str | None, year: int | None) -> int:
    """Print a code in every scheme that has it; exit as unreadable when none has."""
    library = context.library()
    try:
        found = tuple(code_histories(library, pack, code, scheme=scheme, years=(year, _LAST_EDITION)))
    except InputError as error:
        context.complain(error.finding)
        return UNREADABLE
    if not found:
        key = "code-unknown" if year is None else "code-unknown-year"
        context.err.print(context.say(key, code=code, year=year), style="red")
        return UNREADABLE
    for history in found:
        _print(context, history)
    return CLEAN


def _print(context: Context, history: CodeHistory) -> None:
    code = history.code
    title = history.title[context.language]
    context.out.print(f"{title}  {code.edition}", style="bold")
    path = [f"{item.code} {item.name}" for item in history.parents]
    context.out.print(" > ".join([*path, f"{code} {history.name}"]), soft_wrap=True)
    table = Table(box=box.SIMPLE)
    for key in ("code-years", "title", "code-aliases", "code-basis"):
        table.add_column(context.say(key), overflow="fold")
    for version in history.versions:
        table.add_row(*_row(context, version))
    context.out.print(table)
    if not history.later:
        context.out.print(context.say("code-stays", year=_LAST_EDITION))
    for became in history.later:
        context.out.print(_told(context, became), soft_wrap=True)


def _row(context: Context, version: CodeVersion) -> tuple[str, str, str, str]:
    item = version.item
    years = str(item.valid_from)
    if item.valid_to != item.valid_from:
        years += f"–{item.valid_to or ''}"
    mark = "" if version.verified else context.say("code-unverified")
    return years, item.name, " / ".join(item.aliases), f"{version.basis}{mark}"


def _told(context: Context, became: Became) -> str:
    step = became.step
    new = "、".join(f"{item.code} {item.name}" for item in became.items)
    words = context.say(f"code-{step.kind}", old=step.old, new=new or context.say("none"))
    return f"{step.edition}  {words}"
