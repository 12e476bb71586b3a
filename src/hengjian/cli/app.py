"""The commands and their options, with help in the user's language.

What a command needs is imported when it is called, so that no command waits for another's libraries.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import hengjian
from hengjian.cli.context import Context
from hengjian.cli.language import LANGUAGES
from hengjian.cli.usage import ChineseGroup
from hengjian.cli.words import HELP, OPTIONS

_PATH = click.Path(path_type=Path)
_FORMATS = ("text", "json")
_LATEST_YEAR = 2025


def build(language: str) -> click.Group:
    """Return the command group, speaking one language."""
    context = Context(language)
    kind = ChineseGroup if language == "zh" else click.Group
    root = kind("hengjian", help=HELP["root"][language], params=[_language(language)])
    root.params.append(
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version)
    )
    over_filings = (_check, _explain, _score, _monitor, _rectify, _write, _export, _import)
    for command in (_demo, _audit, *over_filings, _targets, _packs, _indicators, _facts, _synth):
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


def _group(context: Context, name: str) -> click.Group:
    return click.Group(name, help=HELP[name][context.language], params=[_language(context.language)])


def _folders() -> click.Argument:
    return click.Argument(["folders"], nargs=-1, required=True, type=_PATH, metavar="FILING…")


def _demo(context: Context) -> click.Command:
    def run(out: Path) -> int:
        from hengjian.cli import demo

        return demo.run(context, out)

    out = _option(context, "out", type=_PATH, default=Path("out/demo"), show_default=True)
    return _command(context, "demo", run, out)


def _audit(context: Context) -> click.Command:
    def run(
        files: tuple[Path, ...], html: Path | None, pack: str | None, year: int | None, **rest: str
    ) -> int:
        from hengjian.cli import audits

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
            from hengjian.cli.facts import check

            return check(context, facts, rest["engine"], rest["format"], rest["out"])
        from hengjian.cli import filings

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


def _targets(context: Context) -> click.Group:
    def lint(folders: tuple[Path, ...], **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import targets

        return targets.lint(context, folders, rest["last_year"], rest["format"])

    group = _group(context, "targets")
    form = _option(context, "format", type=click.Choice(_FORMATS), default="text")
    last = _option(context, "last-year", type=_PATH, multiple=True)
    group.add_command(_command(context, "targets.lint", lint, _folders(), form, last))
    return group


def _facts(context: Context) -> click.Group:
    def gather(folders: tuple[Path, ...], out: Path) -> int:
        from hengjian.cli import facts

        return facts.gather(context, folders, out)

    def take(store: Path, department: str, into: Path) -> int:
        from hengjian.cli import facts

        return facts.take(context, store, department, into)

    group = _group(context, "facts")
    out = _option(context, "out", type=_PATH, required=True)
    group.add_command(_command(context, "facts.gather", gather, _folders(), out))
    store = click.Argument(["store"], type=_PATH, metavar="STORE")
    department = click.Argument(["department"], metavar="DEPARTMENT")
    into = _option(context, "into", type=_PATH, required=True)
    group.add_command(_command(context, "facts.take", take, store, department, into))
    return group


def _explain(context: Context) -> click.Command:
    def run(folder: Path, rule: str, row: str | None, column: str | None, **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import explain

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
    def run(folders: tuple[Path, ...], explain: tuple[str, ...], **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import score

        query = score.Query(explain, rest["what_if"], rest["under"], rest["all"])
        return score.run(context, folders, query, rest["format"])

    return _command(
        context,
        "score",
        run,
        _folders(),
        _option(context, "explain", multiple=True, metavar="NAME"),
        _option(context, "what-if", multiple=True, metavar="NAME=VALUE"),
        _option(context, "under", metavar="PACK"),
        click.Option(["--all"], is_flag=True, help=OPTIONS["every-score"][context.language]),
        _option(context, "format", type=click.Choice(_FORMATS), default="text"),
    )


def _rectify(context: Context) -> click.Command:
    def run(folder: Path, **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import rectify

        day = rectify.day_of(context, rest["on"])
        return rectify.run(
            context, folder, rectify.Order(day, rest["into"], save=rest["save"]), rest["format"]
        )

    return _command(
        context,
        "rectify",
        run,
        click.Argument(["folder"], required=True, type=_PATH, metavar="FILING"),
        _option(context, "save", is_flag=True),
        click.Option(["--into"], type=_PATH, help=OPTIONS["rectify-into"][context.language]),
        _option(context, "on", metavar="YYYY-MM-DD"),
        _option(context, "format", type=click.Choice(_FORMATS), default="text"),
    )


def _monitor(context: Context) -> click.Command:
    def run(folders: tuple[Path, ...], month: int | None, new: int | None, **rest: str) -> int:
        from hengjian.cli import monitor

        if new is not None:
            return monitor.begin(context, folders, new)
        return monitor.run(context, folders, month, rest["format"])

    return _command(
        context,
        "monitor",
        run,
        _folders(),
        _option(context, "month", type=click.IntRange(1, 12)),
        click.Option(
            ["--new"],
            type=click.IntRange(1, 12),
            metavar="MONTH",
            help=OPTIONS["monitor-new"][context.language],
        ),
        _option(context, "format", type=click.Choice(_FORMATS), default="text"),
    )


def _write(context: Context) -> click.Command:
    def run(folders: tuple[Path, ...], out: Path) -> int:
        from hengjian.cli import filings

        return filings.write(context, folders, out)

    return _command(context, "write", run, _folders(), _option(context, "out", type=_PATH, required=True))


def _export(context: Context) -> click.Command:
    def run(folder: Path, xlsx: Path | None) -> int:
        from hengjian.cli import workbooks

        return workbooks.export(context, folder, xlsx)

    folder = click.Argument(["folder"], required=True, type=_PATH, metavar="FILING")
    return _command(context, "export", run, folder, _option(context, "xlsx", type=_PATH))


def _import(context: Context) -> click.Command:
    def run(workbook: Path, folder: Path, **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import workbooks

        return workbooks.take(context, workbook, folder, rest["format"], agreed=rest["yes"])

    into = OPTIONS["import-into"][context.language]
    return _command(
        context,
        "import",
        run,
        click.Argument(["workbook"], required=True, type=_PATH, metavar="WORKBOOK"),
        click.Option(["--into", "folder"], type=_PATH, required=True, help=into),
        _option(context, "yes", is_flag=True),
        _option(context, "format", type=click.Choice(_FORMATS), default="text"),
    )


def _packs(context: Context) -> click.Group:
    def list_packs() -> int:
        from hengjian.cli import standards

        return standards.list_packs(context)

    def show(pack: str, year: int) -> int:
        from hengjian.cli import standards

        return standards.show_pack(context, pack, year)

    def lint(root: Path | None) -> int:
        from hengjian.cli import standards

        return standards.lint(context, root)

    def test(root: Path | None, pack: str | None) -> int:
        from hengjian.cli import pack_tests

        return pack_tests.run(context, root, pack)

    group = _group(context, "packs")
    pack = click.Argument(["pack"], required=True)
    only = click.Option(["--pack"], help=OPTIONS["only-pack"][context.language])
    year = _option(context, "year", type=int, default=_LATEST_YEAR, show_default=True)
    root = click.Argument(["root"], required=False, type=_PATH)
    group.add_command(_command(context, "packs.list", list_packs))
    group.add_command(_command(context, "packs.show", show, pack, year))
    group.add_command(_command(context, "packs.lint", lint, root))
    group.add_command(_command(context, "packs.test", test, root, only))
    group.add_command(_code(context))
    return group


def _code(context: Context) -> click.Command:
    def run(code: str, pack: str, scheme: str | None, year: int | None) -> int:
        from hengjian.cli import codes

        return codes.show(context, code, pack, scheme, year)

    def option(flag: str, **settings: Any) -> click.Option:  # noqa: ANN401
        return click.Option([f"--{flag}"], help=OPTIONS[f"code-{flag}"][context.language], **settings)

    return _command(
        context,
        "packs.code",
        run,
        click.Argument(["code"], required=True),
        option("pack", default="cn/national", show_default=True),
        option("scheme"),
        option("year", type=int),
    )


def _indicators(context: Context) -> click.Group:
    def search(query: tuple[str, ...], **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import indicators

        library = indicators.Shelf(rest["pack"], rest["year"])
        return indicators.search(context, library, " ".join(query), rest["limit"], rest["format"])

    def show(ids: tuple[str, ...], **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import indicators

        return indicators.show(context, indicators.Shelf(rest["pack"], rest["year"]), ids, rest["format"])

    def option(flag: str, **settings: Any) -> click.Option:  # noqa: ANN401
        words = OPTIONS[f"indicators-{flag}"][context.language]
        return click.Option([f"--{flag}"], help=words, show_default=True, **settings)

    pack, year = option("pack", default="cn/national"), option("year", type=int, default=_LATEST_YEAR)
    limit = option("limit", type=click.IntRange(1, 1000), default=10)
    form = _option(context, "format", type=click.Choice(_FORMATS), default="text")
    query = click.Argument(["query"], nargs=-1, required=True, metavar="WORD…")
    ids = click.Argument(["ids"], nargs=-1, required=True, metavar="ID…")
    group = _group(context, "indicators")
    group.add_command(_command(context, "indicators.search", search, query, pack, year, limit, form))
    group.add_command(_command(context, "indicators.show", show, ids, pack, year, form))
    return group


def _synth(context: Context) -> click.Command:
    def run(out: Path, pack: str, year: int, faults: str, **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import synth
        from hengjian.synth import Order

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
