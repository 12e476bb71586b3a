"""A mistake in what was typed, told in Chinese: click's own messages are English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from hengjian.cli.words import SAYS


class ChineseUsageError(click.UsageError):
    """A usage error with its usage and message in Chinese."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is used, what is wrong, and where to read more."""
        if self.ctx is not None:
            pieces = " ".join([self.ctx.command_path, *self.ctx.command.collect_usage_pieces(self.ctx)])
            click.echo(_say("usage", usage=pieces), file=file, err=file is None)
        click.echo(self.format_message(), file=file, err=file is None)
        if self.ctx is not None:
            click.echo(_say("usage-help", command=self.ctx.command_path), file=file, err=file is None)


class ChineseGroup(click.Group):
    """The commands, complaining in Chinese of what was typed."""

    def make_context(self, *given: Any, **settings: Any) -> click.Context:  # noqa: ANN401
        """Parse the options before a command."""
        with _in_chinese():
            return super().make_context(*given, **settings)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Parse the rest and run the command."""
        with _in_chinese():
            return super().invoke(ctx)


@contextmanager
def _in_chinese() -> Iterator[None]:
    try:
        yield
    except (ChineseUsageError, click.exceptions.NoArgsIsHelpError):
        raise
    except click.UsageError as error:
        raise ChineseUsageError(_words(error), error.ctx) from error


def _words(error: click.UsageError) -> str:
    """Return what is wrong; words of Hengjian's own are Chinese already."""
    match error:
        case click.NoSuchOption():
            words = _say("usage-no-option", name=error.option_name) + _near(error.possibilities)
        case click.exceptions.NoSuchCommand():
            words = _say("usage-no-command", name=error.command_name) + _near(error.possibilities)
        case click.BadOptionUsage():
            words = _say("usage-no-value", name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as param, ctx=click.Context() as ctx):
            words = _say("usage-missing", name=_name(param, ctx))
        case click.BadParameter(param=click.Parameter() as param, ctx=click.Context() as ctx):
            words = _say("usage-value", name=_name(param, ctx), wanted=_wanted(param.type, error))
        case click.UsageError(ctx=click.Context(command=click.Group() as group) as ctx):
            words = _say("usage-command", names="、".join(group.list_commands(ctx)))
        case _:
            words = error.format_message()
    return words


def _name(param: click.Parameter, ctx: click.Context) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.make_metavar(ctx)


def _wanted(kind: click.ParamType[Any], error: click.BadParameter) -> str:
    if isinstance(kind, click.Choice):
        return "、".join(map(str, kind.choices))
    if isinstance(kind, click.IntRange):
        low, high = ("" if bound is None else str(bound) for bound in (kind.min, kind.max))
        return _say("usage-between", low=low, high=high) if high else _say("usage-from", low=low)
    return _say("usage-whole") if kind is click.INT else error.message


def _near(names: list[str] | None) -> str:
    return _say("usage-near", names="、".join(names)) if names else ""


def _say(key: str, **values: object) -> str:
    return SAYS[key].filled(**values).zh
