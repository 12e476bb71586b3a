"""What commands are made of: options, arguments and groups with help in the user's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hengjian.cli.context import Context
from hengjian.cli.language import LANGUAGES
from hengjian.cli.words import HELP, OPTIONS

PATH = click.Path(path_type=Path)
FORMATS = ("text", "json")
LATEST_YEAR = 2025


def language_option(language: str) -> click.Option:
    """Return the option that chooses the language; it was looked at before, see `language_of`."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=OPTIONS["lang"][language]
    )


def option(context: Context, name: str, words: str | None = None, **settings: Any) -> click.Option:  # noqa: ANN401
    """Return an option; `words` names its help where an option of that name says something else."""
    return click.Option([f"--{name}"], help=OPTIONS[words or name][context.language], **settings)


def command(context: Context, name: str, callback: Any, *params: click.Parameter) -> click.Command:  # noqa: ANN401
    """Return a command that exits with what `callback` returns; a dotted name is a group's command."""

    def run(**values: Any) -> None:  # noqa: ANN401
        raise click.exceptions.Exit(callback(**values))

    return click.Command(
        name.rpartition(".")[2],
        callback=run,
        params=[*params, language_option(context.language)],
        help=HELP[name][context.language],
        no_args_is_help=any(isinstance(param, click.Argument) and param.required for param in params),
    )


def group(context: Context, name: str, *commands: click.Command) -> click.Group:
    """Return a group of commands."""
    params: list[click.Parameter] = [language_option(context.language)]
    return click.Group(name, commands, help=HELP[name][context.language], params=params)


def folders() -> click.Argument:
    """Return the argument that names one filing or several."""
    return click.Argument(["folders"], nargs=-1, required=True, type=PATH, metavar="FILING…")
