"""The command that shows what is read of a document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich import box
from rich.table import Table as Grid

from hengjian.audit.page_pictures import Picture, image_pictures, pdf_pictures
from hengjian.audit.reading_view import reading_html
from hengjian.cli.audits import save_text
from hengjian.cli.context import CLEAN, UNREADABLE, Context, short
from hengjian.cli.prose import Prose
from hengjian.documents import Block, DocumentTree, Table
from hengjian.documents.isolation import read_isolated
from hengjian.documents.markdown import markdown
from hengjian.documents.reader import file_bytes, format_of
from hengjian.documents.tree_json import to_json
from hengjian.kernel import InputError, Place

MOST_PICTURES = 80
"""Pages that are drawn; more would be too much for a browser."""
_MOST_HEADINGS = 80
_RANGE = re.compile(r"(\d{1,6})(?:(-)(\d{0,6}))?")


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages from `first` to `last`, both included."""

    first: int = 1
    last: int | None = None

    @classmethod
    def parse(cls, text: str) -> Pages | None:
        """Read ``3``, ``3-5`` or ``3-``; None for anything else.

        >>> Pages.parse("3-5"), Pages.parse("3-").last, Pages.parse("5-3")
        (Pages(first=3, last=5), None, None)
        """
        found = _RANGE.fullmatch(text.strip())
        if found is None:
            return None
        first = int(found[1])
        last = (int(found[3]) if found[3] else None) if found[2] else first
        return cls(first, last) if 0 < first <= (first if last is None else last) else None

    def holds(self, page: int) -> bool:
        """Tell whether a page is one of them."""
        return self.first <= page and (self.last is None or page <= self.last)


def run(context: Context, path: Path, form: str, out: Path | None, pages: str | None) -> int:
    """Read a document and show it; returns the exit status."""
    asked = Pages() if pages is None else Pages.parse(pages)
    if asked is None:
        raise click.UsageError(context.say("read-pages"))
    try:
        with context.err.status(context.say("reading")):
            tree = read_isolated(path)
    except InputError as error:
        context.complain(error.located(Place(file=str(path))).finding)
        return UNREADABLE
    if pages is not None:
        if tree.pages is None:
            raise click.UsageError(context.say("read-no-pages"))
        tree = within(tree, asked)
    if form == "text" and out is None:
        _print(context, tree)
        return CLEAN
    text = _as(context, tree, form, asked)
    if out is not None:
        return CLEAN if save_text(context, out, text) else UNREADABLE
    click.echo(text, nl=not text.endswith("\n"))
    return CLEAN


def within(tree: DocumentTree, pages: Pages) -> DocumentTree:
    """Return a document with the blocks of some pages only; its lines stay, as blocks name them by number."""
    return replace(tree, blocks=tuple(block for block in tree.blocks if _stands_in(tree, block, pages)))


def _stands_in(tree: DocumentTree, block: Block, pages: Pages) -> bool:
    parts = block.cells if isinstance(block, Table) else block.segments
    found = {block.page, *(tree.page_of(part.line) for part in parts)}
    return any(page is not None and pages.holds(page) for page in found)


def _as(context: Context, tree: DocumentTree, form: str, pages: Pages) -> str:
    if form == "json":
        return json.dumps(to_json(tree), ensure_ascii=False, indent=1)
    if form == "html":
        return reading_html(tree, _pictures(context, tree, pages), context.language)
    return markdown(tree)


def _pictures(context: Context, tree: DocumentTree, pages: Pages) -> Iterator[Picture]:
    """Yield pictures of the pages of a PDF or a scan, as far as there are not too many."""
    path = Path(tree.path)
    numbers = [page for page in range(1, (tree.pages or 0) + 1) if pages.holds(page)][:MOST_PICTURES]
    if not numbers or tree.converted_from is not None:
        return
    data = file_bytes(path)
    kind = format_of(data, path.suffix)
    if kind == "pdf":
        yield from context.steps(pdf_pictures(data, numbers), len(numbers))
    elif tree.scanned:
        yield from image_pictures(data, numbers)


def _print(context: Context, tree: DocumentTree) -> None:
    """Print what a document holds: kind, pages, outline, tables, and what could not be read."""
    tables = tuple(tree.tables())
    context.out.print(short(Path(tree.path)), style="bold", soft_wrap=True)
    kind = tree.format if tree.converted_from is None else f"{tree.converted_from} → {tree.format}"
    paged = "read-counts" if tree.pages is not None else "read-counts-unpaged"
    counts = {"pages": tree.pages, "lines": len(tree.lines), "tables": len(tables)}
    context.out.print(context.say(paged, format=kind, blocks=len(tree.blocks), **counts))
    if tree.scanned:
        context.out.print(context.say("read-scanned", count=len(tree.scanned)), style="yellow")
    _print_outline(context, tree)
    if tables:
        context.out.print(_tables(context, tables))
    context.complain(*tree.problems)


def _print_outline(context: Context, tree: DocumentTree) -> None:
    headings = tuple(tree.headings())
    if headings:
        context.out.print(context.say("read-outline"), style="bold")
    for heading in headings[:_MOST_HEADINGS]:
        context.out.print(f"{'  ' * min(heading.level, 8)}{heading.text}", soft_wrap=True)
    if len(headings) > _MOST_HEADINGS:
        context.out.print(context.say("read-more", count=len(headings) - _MOST_HEADINGS))


def _tables(context: Context, tables: tuple[Table, ...]) -> Grid:
    grid = Grid(box=box.SIMPLE)
    for key in ("read-page", "read-table-line", "read-size"):
        grid.add_column(context.say(key), justify="right", no_wrap=True)
    grid.add_column(context.say("read-caption"), overflow="fold")
    for table in tables:
        page = "" if table.page is None else str(table.page)
        size = f"{len(table.rows)} × {table.width}"
        grid.add_row(page, str(table.line), size, Prose(table.caption or context.say("read-no-caption")))
    return grid
