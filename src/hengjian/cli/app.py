"""The command group, in the user's language."""

from __future__ import annotations

import click

import hengjian
from hengjian.cli.commands import documents, filings, standards
from hengjian.cli.commands.parts import language_option
from hengjian.cli.context import Context
from hengjian.cli.usage import ChineseGroup
from hengjian.cli.words import HELP


def build(language: str) -> click.Group:
    """Return the command group, speaking one language."""
    context = Context(language)
    kind = ChineseGroup if language == "zh" else click.Group
    root = kind("hengjian", help=HELP["root"][language], params=[language_option(language)])
    root.params.append(
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version)
    )
    for command in (*documents.COMMANDS, *filings.COMMANDS, *standards.COMMANDS):
        root.add_command(command(context))
    return root


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        click.echo(f"hengjian {hengjian.__version__}")
        ctx.exit()
