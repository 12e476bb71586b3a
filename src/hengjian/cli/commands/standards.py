"""Commands over the standards: packs, codes, indicator libraries.

What a command needs is imported when it is called, so that no command waits for another's libraries.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hengjian.cli.commands.parts import FORMATS, LATEST_YEAR, PATH, command, group, option
from hengjian.cli.context import Context


def packs_command(context: Context) -> click.Group:
    """Return ``hengjian packs``."""

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

    pack = click.Argument(["pack"], required=True)
    only = option(context, "pack", "only-pack")
    year = option(context, "year", type=int, default=LATEST_YEAR, show_default=True)
    root = click.Argument(["root"], required=False, type=PATH)
    return group(
        context,
        "packs",
        command(context, "packs.list", list_packs),
        command(context, "packs.show", show, pack, year),
        command(context, "packs.lint", lint, root),
        command(context, "packs.test", test, root, only),
        _code(context),
    )


def _code(context: Context) -> click.Command:
    def run(code: str, pack: str, scheme: str | None, year: int | None) -> int:
        from hengjian.cli import codes

        return codes.show(context, code, pack, scheme, year)

    return command(
        context,
        "packs.code",
        run,
        click.Argument(["code"], required=True),
        option(context, "pack", "code-pack", default="cn/national", show_default=True),
        option(context, "scheme", "code-scheme"),
        option(context, "year", "code-year", type=int),
    )


def indicators_command(context: Context) -> click.Group:
    """Return ``hengjian indicators``."""

    def search(query: tuple[str, ...], **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import indicators

        library = indicators.Shelf(rest["pack"], rest["year"])
        return indicators.search(context, library, " ".join(query), rest["limit"], rest["format"])

    def show(ids: tuple[str, ...], **rest: Any) -> int:  # noqa: ANN401
        from hengjian.cli import indicators

        return indicators.show(context, indicators.Shelf(rest["pack"], rest["year"]), ids, rest["format"])

    def own(name: str, **settings: Any) -> click.Option:  # noqa: ANN401
        return option(context, name, f"indicators-{name}", show_default=True, **settings)

    pack, year = own("pack", default="cn/national"), own("year", type=int, default=LATEST_YEAR)
    limit = own("limit", type=click.IntRange(1, 1000), default=10)
    form = option(context, "format", type=click.Choice(FORMATS), default="text")
    query = click.Argument(["query"], nargs=-1, required=True, metavar="WORD…")
    ids = click.Argument(["ids"], nargs=-1, required=True, metavar="ID…")
    return group(
        context,
        "indicators",
        command(context, "indicators.search", search, query, pack, year, limit, form),
        command(context, "indicators.show", show, ids, pack, year, form),
    )


COMMANDS = (packs_command, indicators_command)
