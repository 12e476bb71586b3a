"""Commands over workbooks: write a filing as one, and take one back into its filing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.table import Table

from hengjian.audit import finding_json
from hengjian.authoring.files import make_folder, write_whole
from hengjian.authoring.workbook import (
    Change,
    Difference,
    Workbook,
    difference,
    is_exported,
    read_workbook,
    write_workbook,
)
from hengjian.cli.context import CLEAN, FOUND, UNREADABLE, Context, short, status_of
from hengjian.cli.reading import filings_of
from hengjian.filing import write_filing
from hengjian.kernel import Finding, InputError
from hengjian.packs import Standards

__all__ = ["export", "is_exported", "take"]

IMPORT_SCHEMA = "hengjian.import/1"
_SUFFIX = ".xlsx"


def export(context: Context, folder: Path, target: Path | None) -> int:
    """Write a filing as a workbook; returns the exit status."""
    failed: list[Finding] = []
    for _, filing, standards in filings_of(context, (folder,), failed):
        path = target or Path(f"{short(folder.resolve())}{_SUFFIX}")
        try:
            make_folder(path.parent)
            write_whole(path, write_workbook(filing, standards, context.language))
        except InputError as error:
            failed.append(error.finding)
            context.complain(error.finding)
            continue
        context.out.print(context.say("written", path=path), soft_wrap=True)
    return status_of(failed)


def take(context: Context, path: Path, folder: Path, form: str, *, agreed: bool) -> int:
    """Show what a workbook changes in a filing, and write it when that is agreed; returns the exit status."""
    failed: list[Finding] = []
    for _, filing, standards in filings_of(context, (folder,), failed):
        try:
            workbook = read_workbook(path, filing, standards)
        except InputError as error:
            context.complain(error.finding)
            return UNREADABLE
        found = difference(workbook, filing, standards)
        failed.extend((*workbook.problems, *found.conflicts))
        context.complain(*workbook.problems, *found.conflicts)
        if form == "text":
            _show(context, found, standards)
        wanted = bool(found.changes) and not found.conflicts
        agreed = wanted and (agreed or (form == "text" and _agree(context, found)))
        written = agreed and _write(context, found, folder, standards, failed)
        if form == "json":
            click.echo(
                json.dumps(
                    _json(path, folder, workbook, found, written=written), ensure_ascii=False, indent=1
                )
            )
        return max(status_of(failed), FOUND if wanted and not written else CLEAN)
    return status_of(failed)


def _write(
    context: Context, found: Difference, folder: Path, standards: Standards, failed: list[Finding]
) -> bool:
    try:
        write_filing(found.filing, folder, standards)
    except InputError as error:
        failed.append(error.finding)
        context.complain(error.finding)
        return False
    context.err.print(context.say("written", path=folder), soft_wrap=True)
    return True


def _agree(context: Context, found: Difference) -> bool:
    """Ask whether to write; where nobody can answer, say how to."""
    try:
        return click.confirm(context.say("import-agree", count=len(found.changes)), err=True)
    except click.Abort:
        click.echo(err=True)
        context.err.print(context.say("import-not-written"))
        return False


def _show(context: Context, found: Difference, standards: Standards) -> None:
    if not found.changes:
        if not found.conflicts:
            context.out.print(context.say("import-nothing"))
        return
    table = Table(box=box.SIMPLE)
    for key in ("import-form", "import-row", "import-column"):
        table.add_column(context.say(key), overflow="fold")
    for key in ("import-before", "import-after"):
        table.add_column(context.say(key), justify="right", overflow="fold")
    for change in found.changes:
        table.add_row(*_words(context, change, standards))
    context.out.print(table)


def _words(context: Context, change: Change, standards: Standards) -> tuple[str, ...]:
    form = standards.forms[change.form]
    code = f"{change.row} " if change.row.isdigit() else ""
    column = form.column(change.column) if change.column is not None else None
    blank = context.say("blank" if column is not None else "import-no-row")
    return (
        form.title[context.language],
        f"{code}{change.name.strip()}",
        column.captions[0] if column is not None else context.say("import-whole-row"),
        blank if change.before is None else change.before,
        blank if change.after is None else change.after,
    )


def _json(
    path: Path, folder: Path, workbook: Workbook, found: Difference, *, written: bool
) -> dict[str, Any]:
    return {
        "schema": IMPORT_SCHEMA,
        "workbook": str(path),
        "filing": str(folder),
        "changes": [
            {
                "form": change.form,
                "row": change.row,
                "name": change.name,
                "column": change.column,
                "before": change.before,
                "after": change.after,
            }
            for change in found.changes
        ],
        "conflicts": [finding_json(finding) for finding in found.conflicts],
        "problems": [finding_json(finding) for finding in workbook.problems],
        "written": written,
    }
