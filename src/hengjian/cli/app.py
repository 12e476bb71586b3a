"""The commands and their options, with help in the user's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import hengjian
from hengjian.cli import audits, codes, demo, explain, filings, pack_tests, standards, synth
from hengjian.cli.context import Context
from hengjian.cli.language import LANGUAGES
from hengjian.cli.words import HELP, OPTIONS
from hengjian.synth import Order

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
    for command in (_demo, _audit, _check, _explain, _score, _write, _packs, _facts, _synth):
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
    def run(folders: tuple[Path, ...], facts: Path | None, **rest: Any) -> int:  # noqa: ANN401
        if facts is not None and not folders:
            from hengjian.cli.facts import check  # noqa: PLC0415 - columns are heavy to import

            return check(context, facts, rest["engine"], rest["format"], rest["out"])
        if facts is not None or not folders:
            raise click.UsageError(context.say("filings-or-facts"))
        return filings.check(context, folders, rest["last_year"], rest["format"], every=rest["all"])

    return _command(
        context,
        "check",
        run,
        click.Argument(["folders"], nargs=-1, type=_PATH, metavar="FILING…"),
        _option(context, "all", is_flag=True),
        _option(context, "format", type=click.Choice(_FORMATS), default="text"),
        _option(context, "last-year", type=_PATH, multiple=True),
        _option(context, "facts", type=_PATH),
        _option(context, "engine", type=click.Choice(("embedded", "spark")), default="embedded"),
        click.Option(["--out"], type=_PATH, help=OPTIONS["verdicts-out"][context.language]),
    )


def _facts(context: Context) -> click.Group:
    def gather(folders: tuple[Path, ...], out: Path) -> int:
        from hengjian.cli import facts  # noqa: PLC0415

        return facts.gather(context, folders, out)

    def take(store: Path, department: str, into: Path) -> int:
        from hengjian.cli import facts  # noqa: PLC0415

        return facts.take(context, store, department, into)

    group = click.Group("facts", help=HELP["facts"][context.language])
    out = _option(context, "out", type=_PATH, required=True)
    group.add_command(_command(context, "facts.gather", gather, _folders(), out))
    store = click.Argument(["store"], type=_PATH, metavar="STORE")
    department = click.Argument(["department"], metavar="DEPARTMENT")
    into = _option(context, "into", type=_PATH, required=True)
    group.add_command(_command(context, "facts.take", take, store, department, into))
    return group


def _explain(context: Context) -> click.Command:
    def run(folder: Path, rule: str, row: str | None, column: str | None, **rest: Any) -> int:  # noqa: ANN401
        query = explain.Query(rule, row, column, rest["all"])
        return explain.run(context, folder, query, rest["format"])

    return _command(
        context,
        "explain",
        run,
        click.Argument(["folder"], required=True, type=_PATH, metavar="FILING"),
        click.Argument(["rule"], required=True, metavar="RULE"),
        _option(context, "row"),
        _option(context, "column"),
        click.Option(["--all"], is_flag=True, help=OPTIONS["each"][context.language]),
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
    only = click.Option(["--pack"], help=OPTIONS["only-pack"][context.language])
    group.add_command(
        _command(context, "packs.test", lambda root, pack: pack_tests.run(context, root, pack), root, only)
    )
    group.add_command(_code(context))
    return group


def _code(context: Context) -> click.Command:
    def option(flag: str, **settings: Any) -> click.Option:  # noqa: ANN401
        return click.Option([f"--{flag}"], help=OPTIONS[f"code-{flag}"][context.language], **settings)

    return _command(
        context,
        "packs.code",
        lambda code, pack, scheme, year: codes.show(context, code, pack, scheme, year),
        click.Argument(["code"], required=True),
        option("pack", default="cn/national", show_default=True),
        option("scheme"),
        option("year", type=int),
    )


def _synth(context: Context) -> click.Command:
    def run(out: Path, pack: str, year: int, faults: str, **rest: Any) -> int:  # noqa: ANN401
        order = Order(rest["departments"], rest["items"], rest["seed"], rest["rounded"])
        return synth.run(context, out, order, (pack, year), rest["as"], faults)

    def option(flag: str, **settings: Any) -> click.Option:  # noqa: ANN401
        words = OPTIONS[f"synth-{flag}"][context.language]
        return click.Option([f"--{flag}"], help=words, show_default=True, **settings)

    return _command(
        context,
        "synth",
        run,
        click.Argument(["out"], required=True, type=_PATH, metavar="OUT"),
        option("departments", type=click.IntRange(1, 500_000), default=60),
        option("items", type=click.IntRange(6), default=40),
        option("seed", type=click.IntRange(0), default=1),
        option("year", type=int, default=_LATEST_YEAR - 1),
        option("pack", default="cn/national"),
        option("faults", default="0", metavar="N|N%"),
        option("rounded", is_flag=True),
        option("as", type=click.Choice(("filings", "facts")), default="filings"),
    )
