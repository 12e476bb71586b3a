"""Commands over filings and many of them: checked, explained, scored, followed through the year.

What a command needs is imported when it is called, so that no command waits for another's libraries.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hengjian.cli.commands.parts import FORMATS, LATEST_YEAR, PATH, command, folders, group, option
from hengjian.cli.context import Context


def check_command(context: Context) -> click.Command:
    """Return ``hengjian check``."""

    def run(folders: tuple[Path, ...], facts: Path | None, **rest: Any) -> int:  # noqa: ANN401
        if facts is not None and not folders:
            from hengjian.cli.facts import check

            return check(context, facts, rest["engine"], rest["format"], rest["out"])
        from hengjian.cli import filings

        if facts is not None or not folders:
            raise click.UsageError(context.say("filings-or-facts"))
        return filings.check(context, folders, rest["last_year"], rest["format"], every=rest["all"])

    return command(
        context,
        "check",
        run,
        click.Argument(["folders"], nargs=-1, type=PATH, metavar="FILING…"),
        option(context, "all", is_flag=True),
        option(context, "format", type=click.Choice(FORMATS), default="text"),
        option(context, "last-year", type=PATH, multiple=True),
        option(context, "facts", type=PATH),
        option(context, "engine", type=click.Choice(("embedded", "spark")), default="embedded"),
        option(context, "out", "verdicts-out", type=PATH),
    )


def explain_command(context: Context) -> click.Command:
    """Return ``hengjian explain``."""

    def run(folder: Path, rule: str, row: str | None, column: str | None, **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import explain

        query = explain.Query(rule, row, column, rest["all"])
        return explain.run(context, folder, query, rest["format"])

    return command(
        context,
        "explain",
        run,
        click.Argument(["folder"], required=True, type=PATH, metavar="FILING"),
        click.Argument(["rule"], required=True, metavar="RULE"),
        option(context, "row"),
        option(context, "column"),
        option(context, "all", "each", is_flag=True),
        option(context, "format", type=click.Choice(FORMATS), default="text"),
    )


def score_command(context: Context) -> click.Command:
    """Return ``hengjian score``."""

    def run(folders: tuple[Path, ...], explain: tuple[str, ...], **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import score

        query = score.Query(explain, rest["what_if"], rest["under"], rest["all"])
        return score.run(context, folders, query, rest["format"])

    return command(
        context,
        "score",
        run,
        folders(),
        option(context, "explain", multiple=True, metavar="NAME"),
        option(context, "what-if", multiple=True, metavar="NAME=VALUE"),
        option(context, "under", metavar="PACK"),
        option(context, "all", "every-score", is_flag=True),
        option(context, "format", type=click.Choice(FORMATS), default="text"),
    )


def monitor_command(context: Context) -> click.Command:
    """Return ``hengjian monitor``."""

    def run(folders: tuple[Path, ...], month: int | None, new: int | None, **rest: str) -> int:
        from hengjian.cli import monitor

        if new is not None:
            return monitor.begin(context, folders, new)
        return monitor.run(context, folders, month, rest["format"])

    return command(
        context,
        "monitor",
        run,
        folders(),
        option(context, "month", type=click.IntRange(1, 12)),
        option(context, "new", "monitor-new", type=click.IntRange(1, 12), metavar="MONTH"),
        option(context, "format", type=click.Choice(FORMATS), default="text"),
    )


def rectify_command(context: Context) -> click.Command:
    """Return ``hengjian rectify``."""

    def run(folder: Path, **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import rectify

        day = rectify.day_of(context, rest["on"])
        return rectify.run(
            context, folder, rectify.Order(day, rest["into"], save=rest["save"]), rest["format"]
        )

    return command(
        context,
        "rectify",
        run,
        click.Argument(["folder"], required=True, type=PATH, metavar="FILING"),
        option(context, "save", is_flag=True),
        option(context, "into", "rectify-into", type=PATH),
        option(context, "on", metavar="YYYY-MM-DD"),
        option(context, "format", type=click.Choice(FORMATS), default="text"),
    )


def targets_command(context: Context) -> click.Group:
    """Return ``hengjian targets``."""

    def lint(folders: tuple[Path, ...], **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import targets

        return targets.lint(context, folders, rest["last_year"], rest["format"])

    form = option(context, "format", type=click.Choice(FORMATS), default="text")
    last = option(context, "last-year", type=PATH, multiple=True)
    return group(context, "targets", command(context, "targets.lint", lint, folders(), form, last))


def facts_command(context: Context) -> click.Group:
    """Return ``hengjian facts``."""

    def gather(folders: tuple[Path, ...], out: Path) -> int:
        from hengjian.cli import facts

        return facts.gather(context, folders, out)

    def take(store: Path, department: str, into: Path) -> int:
        from hengjian.cli import facts

        return facts.take(context, store, department, into)

    out = option(context, "out", type=PATH, required=True)
    store = click.Argument(["store"], type=PATH, metavar="STORE")
    department = click.Argument(["department"], metavar="DEPARTMENT")
    into = option(context, "into", type=PATH, required=True)
    return group(
        context,
        "facts",
        command(context, "facts.gather", gather, folders(), out),
        command(context, "facts.take", take, store, department, into),
    )


def synth_command(context: Context) -> click.Command:
    """Return ``hengjian synth``."""

    def run(out: Path, pack: str, year: int, faults: str, **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import synth
        from hengjian.synth import Order

        order = Order(rest["departments"], rest["items"], rest["seed"], rest["rounded"])
        return synth.run(context, out, order, (pack, year), rest["as"], faults)

    def own(name: str, **settings: Any) -> click.Option:  # noqa: ANN401
        return option(context, name, f"synth-{name}", show_default=True, **settings)

    return command(
        context,
        "synth",
        run,
        click.Argument(["out"], required=True, type=PATH, metavar="OUT"),
        own("departments", type=click.IntRange(1, 500_000), default=60),
        own("items", type=click.IntRange(6), default=40),
        own("seed", type=click.IntRange(0), default=1),
        own("year", type=int, default=LATEST_YEAR - 1),
        own("pack", default="cn/national"),
        own("faults", default="0", metavar="N|N%"),
        own("rounded", is_flag=True),
        own("as", type=click.Choice(("filings", "facts")), default="filings"),
    )


COMMANDS = (
    check_command,
    explain_command,
    score_command,
    monitor_command,
    rectify_command,
    targets_command,
    facts_command,
    synth_command,
)
