"""The commands and their options, with help in the user's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import hengjian
from hengjian.cli import audits, demo, filings, standards
from hengjian.cli.context import Context
from hengjian.cli.language import LANGUAGES
from hengjian.cli.words import HELP, OPTIONS

_PATH = click.Path(path_type=Path)
_FORMATS = ("text", "json")
_LATEST_YEAR = 2025


def build(language: str) -> click.Group:
    """Return the command group, speaking one language."""
    context = Context(language)
    root = click.Group("hengjian", help=HELP["root"][language], params=[_language(language)])
    root.params.append(
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version)
    )
    for command in (_demo, _audit, _check, _score, _write, _packs):
        root.add_command(command(context))
    return root


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        click.echo(f"hengjian {hengjian.__version__}")
        ctx.exit()


def _language(language: str) -> click.Option:
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=OPTIONS["lang"][language]
    )


def _option(context: Context, name: str, **settings: Any) -> click.Option:  # noqa: ANN401
    return click.Option([f"--{name}"], help=OPTIONS[name][context.language], **settings)


def _command(context: Context, name: str, callback: Any, *params: click.Parameter) -> click.Command:  # noqa: ANN401
    def run(**values: Any) -> None:  # noqa: ANN401
        raise click.exceptions.Exit(callback(**values))

    return click.Command(
        name.rpartition(".")[2],
        callback=run,
        params=[*params, _language(context.language)],
        help=HELP[name][context.language],
        no_args_is_help=any(isinstance(param, click.Argument) and param.required for param in params),
    )


def _folders() -> click.Argument:
    return click.Argument(["folders"], nargs=-1, required=True, type=_PATH, metavar="FILING…")


def _demo(context: Context) -> click.Command:
    out = _option(context, "out", type=_PATH, default=Path("out/demo"), show_default=True)
    return _command(context, "demo", lambda out: demo.run(context, out), out)


def _audit(context: Context) -> click.Command:
    def run(
        files: tuple[Path, ...], html: Path | None, pack: str | None, year: int | None, **rest: str
    ) -> int:
        return audits.run(context, files, rest["format"], html, (pack, year))

    return _command(
        context,
        "audit",
        run,
        click.Argument(["files"], nargs=-1, required=True, type=_PATH, metavar="FILE…"),
        _option(context, "format", type=click.Choice((*_FORMATS, "html")), default="text"),
        _option(context, "html", type=_PATH),
        _option(context, "pack"),
        _option(context, "year", type=int),
    )


def _check(context: Context) -> click.Command:
    def run(folders: tuple[Path, ...], **rest: Any) -> int:  # noqa: ANN401
        return filings.check(context, folders, rest["format"], every=rest["all"])

    return _command(
        context,
        "check",
        run,
        _folders(),
        _option(context, "all", is_flag=True),
        _option(context, "format", type=click.Choice(_FORMATS), default="text"),
    )


def _score(context: Context) -> click.Command:
    def run(folders: tuple[Path, ...], **rest: str) -> int:
        return filings.score(context, folders, rest["format"])

    form = _option(context, "format", type=click.Choice(_FORMATS), default="text")
    return _command(context, "score", run, _folders(), form)


def _write(context: Context) -> click.Command:
    out = _option(context, "out", type=_PATH, required=True)
    return _command(
        context, "write", lambda folders, out: filings.write(context, folders, out), _folders(), out
    )


def _packs(context: Context) -> click.Group:
    group = click.Group("packs", help=HELP["packs"][context.language])
    pack = click.Argument(["pack"], required=True)
    year = _option(context, "year", type=int, default=_LATEST_YEAR, show_default=True)
    root = click.Argument(["root"], required=False, type=_PATH)
    group.add_command(_command(context, "packs.list", lambda: standards.list_packs(context)))
    group.add_command(
        _command(
            context, "packs.show", lambda pack, year: standards.show_pack(context, pack, year), pack, year
        )
    )
    group.add_command(_command(context, "packs.lint", lambda root: standards.lint(context, root), root))
    return group
