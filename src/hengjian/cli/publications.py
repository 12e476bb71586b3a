"""The command that makes a filing out of a publication, or fills one from it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.table import Table

from hengjian.audit import finding_json
from hengjian.audit.classify import year_of
from hengjian.audit.resolve import Resolved, resolve
from hengjian.authoring.merge import DEPARTMENT, OVERALL, RUBRIC, Change, Merged, merge
from hengjian.cli.context import CLEAN, FOUND, UNREADABLE, Context, short, status_of
from hengjian.cli.prose import Prose
from hengjian.cli.show import findings_table
from hengjian.cli.words import SAYS
from hengjian.documents import DocumentTree
from hengjian.documents.isolation import read_isolated
from hengjian.filing import Entity, Filing, read_filing, write_filing
from hengjian.filing.folder import MANIFEST
from hengjian.kernel import Finding, InputError, Place, Text
from hengjian.packs import Library, Standards

PUBLICATION_SCHEMA = "hengjian.import-publication/1"
_MOST_SHOWN = 100
_LONGEST_SHOWN = 40
_ABOVE = re.compile(r"[\u4e00-\u9fff]{2,20}(?:省|自治区|市|州|盟|地区)")
_FUNDS = ("performance.funds", "performance.overall_funds")
_OWNERS = {"entity": Text("单位", "department"), "year": Text("年度", "year")}
_SINGLE = ("cell", "field")
_PARTS = {OVERALL: "part-overall", RUBRIC: "part-rubric", DEPARTMENT: "part-department"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the command says of the document: its department, pack and year; None where the document tells."""

    entity: str | None = None
    pack: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Whether to write unasked (`agreed`) or never (`dry`), and whether the document goes first."""

    agreed: bool = False
    dry: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication, the filing it goes into, and what comes of it; `is_new` when that is to be made."""

    path: Path
    folder: Path
    tree: DocumentTree
    resolved: Resolved
    merged: Merged
    is_new: bool

    @property
    def unplaced(self) -> tuple[Finding, ...]:
        """What was not read, not recognised, or not usable."""
        return (*self.tree.problems, *self.resolved.findings)


def take(context: Context, path: Path, folder: Path, form: str, asked: tuple[Told, Order]) -> int:
    """Show what a publication brings, and write it when that is agreed; returns the exit status."""
    told, order = asked
    library = context.library()
    try:
        with context.err.status(context.say("reading")):
            found = _publication(path, folder, library, told, prefer=order.replace)
    except InputError as error:
        context.complain(error.located(Place(file=str(path))).finding)
        return UNREADABLE
    standards = found.resolved.standards
    if form == "text":
        _show(context, found)
    wanted = bool(found.merged.taken) and not order.dry
    agreed = wanted and (order.agreed or (form == "text" and _agree(context, found)))
    failed: list[Finding] = []
    written = agreed and _write(context, found, standards, library, failed)
    if form == "json":
        click.echo(json.dumps(_json(found, failed, written=written), ensure_ascii=False, indent=1))
    elif order.dry and found.merged.taken:
        context.err.print(context.say("publication-dry"))
    left = bool(found.merged.differing) or (wanted and not written)
    return max(status_of((*found.unplaced, *failed)), FOUND if left else CLEAN)


def _publication(path: Path, folder: Path, library: Library, told: Told, *, prefer: bool) -> Publication:
    """Read a publication for a folder; raises `InputError` when either cannot be used or they do not fit."""
    ours = read_filing(folder, library) if (folder / MANIFEST).is_file() else None
    if ours is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("input.not-empty", Place(file=str(folder)))
    if ours is not None and ours.problems:
        raise InputError("input.would-lose", Place(file=str(folder)), count=len(ours.problems))
    tree = read_isolated(path)
    pack = told.pack or (ours.pack if ours is not None else None)
    year = told.year or year_of(tree) or (ours.year.year if ours is not None else None)
    resolved = resolve(tree, library, pack, year)
    name = told.entity or resolved.filing.entity.name
    if ours is not None:
        _check_owner(name, resolved.filing, ours, str(path))
    elif not name:
        raise InputError("input.no-entity", Place(file=str(path)))
    stated = resolved.filing
    base = ours or Filing(Entity(name), stated.year, stated.pack, stated.kind)
    merged = merge(stated, base, resolved.standards, prefer=prefer)
    return Publication(path, folder, tree, resolved, merged, ours is None)


def _check_owner(name: str, stated: Filing, ours: Filing, path: str) -> None:
    """Raise `InputError` for a document of another department or year; one that names nobody is taken."""
    entity = (name or ours.entity.name, ours.entity.name)
    year = (str(stated.year), str(ours.year))
    for key, (theirs, own), fits in (
        ("entity", entity, same_name(*entity)),
        ("year", year, year[0] == year[1]),
    ):
        if not fits:
            values = {"what": _OWNERS[key], "theirs": theirs, "ours": own}
            raise InputError("input.publication-other", Place(file=path), **values)


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are a department's, written with or without the province and city above it.

    >>> same_name("某省甲市某县财政局", "某县财政局"), same_name("甲县财政局", "乙县财政局")
    (True, False)
    """
    short, long = sorted(("".join(name.split()) for name in (one, other)), key=len)
    above = long.removesuffix(short)
    return long == short or (above != long and bool(short) and _ABOVE.fullmatch(above) is not None)


def _write(
    context: Context, found: Publication, standards: Standards, library: Library, failed: list[Finding]
) -> bool:
    """Write the filing and read it again: what does not come back is told."""
    try:
        write_filing(found.merged.filing, found.folder, standards)
        problems = read_filing(found.folder, library).problems
    except (InputError, OSError) as error:
        unwritable = InputError("input.unwritable", Place(file=str(found.folder)))
        failed.append((error if isinstance(error, InputError) else unwritable).finding)
        context.complain(failed[-1])
        return False
    failed.extend(problems)
    context.complain(*problems)
    context.err.print(context.say("written", path=found.folder), soft_wrap=True)
    return True


def _agree(context: Context, found: Publication) -> bool:
    """Ask whether to write; where nobody can answer, say how to."""
    key = "publication-new" if found.is_new else "import-agree"
    try:
        return click.confirm(context.say(key, path=found.folder, count=len(found.merged.taken)), err=True)
    except click.Abort:
        click.echo(err=True)
        context.err.print(context.say("import-not-written"))
        return False


def _show(context: Context, found: Publication) -> None:
    filing, merged = found.merged.filing, found.merged
    context.out.print(short(found.path), style="bold", soft_wrap=True)
    kind = context.say(f"publication-kind-{found.resolved.kind}")
    told = {"entity": filing.entity.name, "year": filing.year.year, "kind": kind, "pack": filing.pack}
    context.out.print(context.say("publication-of", **told))
    if merged.taken:
        context.out.print(context.say("publication-takes"), style="bold")
        _print(context, found, merged.taken)
    else:
        context.out.print(context.say("publication-nothing"))
    if merged.agreed:
        context.out.print(context.say("publication-agreed", count=merged.agreed))
    if merged.differing:
        context.out.print(context.say("publication-differs"), style="bold yellow")
        _print(context, found, merged.differing)
    if found.unplaced:
        context.out.print(context.say("publication-unplaced"), style="bold")
        context.out.print(findings_table(context, found.unplaced))


def _print(context: Context, found: Publication, changes: Sequence[Change]) -> None:
    """Print the parts that are new a line each, and single cells as a table."""
    shown = changes[:_MOST_SHOWN]
    for change in shown:
        if change.kind not in _SINGLE:
            key = f"whole-{change.kind}" if change.count else "whole-empty"
            words = context.say(key, count=change.count)
            part = f"{_part(context, found, change)} {change.row}".strip()
            place = _where(context, change)
            key = "publication-whole" if place else "publication-whole-text"
            context.out.print(context.say(key, part=part, words=words, place=place))
    single = [change for change in shown if change.kind in _SINGLE]
    if single:
        table = Table(box=box.SIMPLE)
        for key in ("publication-part", "import-row", "import-column", "publication-ours"):
            table.add_column(context.say(key), overflow="fold")
        for key in ("publication-theirs", "where"):
            table.add_column(context.say(key), overflow="fold")
        for change in single:
            table.add_row(*(Prose(word) for word in _words(context, found, change)))
        context.out.print(table)
    if len(changes) > _MOST_SHOWN:
        context.out.print(context.say("publication-more", count=len(changes) - _MOST_SHOWN))


def _words(context: Context, found: Publication, change: Change) -> tuple[str, ...]:
    """Return part, row, column, the filing's statement, the document's and its place, in words."""
    values = (
        context.say("blank") if value is None else _short(value) for value in (change.before, change.after)
    )
    part = _part(context, found, change)
    return (part, change.row, _column(context, found, change), *values, _where(context, change))


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"


def _part(context: Context, found: Publication, change: Change) -> str:
    form = found.resolved.standards.forms.get(change.part)
    if change.part in _PARTS:
        return context.say(_PARTS[change.part])
    return change.part if form is None else form.title[context.language]


def _where(context: Context, change: Change) -> str:
    return Place(page=change.place.page, line=change.place.line).where(context.language)


def _column(context: Context, found: Publication, change: Change) -> str:
    """Return what a form calls a column, or a form of performance a field."""
    standards = found.resolved.standards
    if change.kind == "field":
        key = f"field-{change.column}"
        labels = (wording.labels.get(change.column) for wording in standards.wordings.values())
        printed = next((label.partition("|")[0] for label in labels if label), change.column)
        return context.say(key) if key in SAYS else printed
    forms = (standards.forms.get(form) for form in (change.part, *_FUNDS))
    columns = (form.column(change.column) for form in forms if form is not None)
    return next((column.captions[0] for column in columns if column is not None), change.column)


def _json(found: Publication, failed: Sequence[Finding], *, written: bool) -> dict[str, Any]:
    filing = found.merged.filing
    return {
        "schema": PUBLICATION_SCHEMA,
        "document": str(found.path),
        "filing": str(found.folder),
        "new": found.is_new,
        "entity": filing.entity.name,
        "year": filing.year.year,
        "pack": filing.pack,
        "kind": found.resolved.kind,
        "taken": [_change_json(change) for change in found.merged.taken],
        "differing": [_change_json(change) for change in found.merged.differing],
        "agreed": found.merged.agreed,
        "unplaced": [finding_json(finding) for finding in found.unplaced],
        "problems": [finding_json(finding) for finding in failed],
        "written": written,
    }


def _change_json(change: Change) -> dict[str, Any]:
    place = {key: value for key, value in asdict(change.place).items() if value is not None}
    return {**asdict(change), "place": place}
