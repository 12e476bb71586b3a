"""Commands over documents: read, audit, written, taken back.

What a command needs is imported when it is called, so that no command waits for another's libraries.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hengjian.cli.commands.parts import FORMATS, PATH, command, folders, option
from hengjian.cli.context import Context

READ_FORMATS = ("text", "json", "markdown", "html")


def audit_command(context: Context) -> click.Command:
    """Return ``hengjian audit``."""

    def run(files: tuple[Path, ...], out: Path | None, **rest: Any) -> int:  # noqa: ANN401
        asked = (rest["pack"], rest["year"])
        if out is not None:
            from hengjian.cli import batch

            return batch.run(context, files, out, rest["jobs"], asked)
        from hengjian.cli import audits

        return audits.run(context, files, rest["format"], rest["html"], asked)

    return command(
        context,
        "audit",
        run,
        click.Argument(["files"], nargs=-1, required=True, type=PATH, metavar="FILE…"),
        option(context, "format", type=click.Choice((*FORMATS, "html")), default="text"),
        option(context, "html", type=PATH),
        option(context, "out", "audit-out", type=PATH),
        option(context, "jobs", type=click.IntRange(1, 64)),
        option(context, "pack"),
        option(context, "year", type=int),
    )


def read_command(context: Context) -> click.Command:
    """Return ``hengjian read``."""

    def run(file: Path, out: Path | None, pages: str | None, **rest: str) -> int:
        from hengjian.cli import read

        return read.run(context, file, rest["format"], out, pages)

    return command(
        context,
        "read",
        run,
        click.Argument(["file"], required=True, type=PATH, metavar="FILE"),
        option(context, "format", "read-format", type=click.Choice(READ_FORMATS), default="text"),
        option(context, "out", "read-out", type=PATH),
        option(context, "pages", metavar="N|N-M"),
    )


def demo_command(context: Context) -> click.Command:
    """Return ``hengjian demo``."""

    def run(out: Path) -> int:
        from hengjian.cli import demo

        return demo.run(context, out)

    out = option(context, "out", type=PATH, default=Path("out/demo"), show_default=True)
    return command(context, "demo", run, out)


def write_command(context: Context) -> click.Command:
    """Return ``hengjian write``."""

    def run(folders: tuple[Path, ...], out: Path) -> int:
        from hengjian.cli import filings

        return filings.write(context, folders, out)

    return command(context, "write", run, folders(), option(context, "out", type=PATH, required=True))


def export_command(context: Context) -> click.Command:
    """Return ``hengjian export``."""

    def run(folder: Path, xlsx: Path | None) -> int:
        from hengjian.cli import workbooks

        return workbooks.export(context, folder, xlsx)

    folder = click.Argument(["folder"], required=True, type=PATH, metavar="FILING")
    return command(context, "export", run, folder, option(context, "xlsx", type=PATH))


def import_command(context: Context) -> click.Command:
    """Return ``hengjian import``."""

    def run(file: Path, into: Path, **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import publications, workbooks

        if workbooks.is_exported(file):
            return workbooks.take(context, file, into, rest["format"], agreed=rest["yes"])
        told = publications.Told(rest["entity"], rest["pack"], rest["year"])
        order = publications.Order(agreed=rest["yes"], dry=rest["dry_run"], replace=rest["replace"])
        return publications.take(context, file, into, rest["format"], (told, order))

    return command(
        context,
        "import",
        run,
        click.Argument(["file"], required=True, type=PATH, metavar="FILE"),
        option(context, "into", "import-into", type=PATH, required=True),
        option(context, "yes", is_flag=True),
        option(context, "dry-run", is_flag=True),
        option(context, "replace", is_flag=True),
        option(context, "entity", metavar="NAME"),
        option(context, "pack"),
        option(context, "year", type=int),
        option(context, "format", type=click.Choice(FORMATS), default="text"),
    )


COMMANDS = (demo_command, audit_command, read_command, write_command, export_command, import_command)
