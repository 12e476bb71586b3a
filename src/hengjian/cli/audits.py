"""The command that audits documents."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hengjian.audit import Audited, audit, audit_json
from hengjian.audit.html import audit_html
from hengjian.cli.context import UNREADABLE, Context, short, status_of
from hengjian.cli.show import audit_summary, findings_table
from hengjian.documents.isolation import Readers
from hengjian.kernel import InputError, Place


def run(
    context: Context,
    files: tuple[Path, ...],
    form: str,
    html: Path | None,
    asked: tuple[str | None, int | None],
) -> int:
    """Audit documents and print or save what was found; returns the exit status."""
    pack, year = asked
    with Readers(children=1) as readers:  # it starts while the packs are loaded
        library = context.library()
        audited = [audit(path, library, pack, year, readers.read) for path in context.progress(files, short)]
    for each in audited:
        if each.tree is None:
            context.complain(*each.findings)
        elif form == "text":
            _print(context, each)
    if form == "json":
        click.echo(json.dumps(audit_json(audited), ensure_ascii=False, indent=1))
    elif form == "html":
        click.echo(audit_html(audited, context.language))
    status = max((status_of(each.findings, unreadable=each.tree is None) for each in audited), default=0)
    if html is not None and not save_text(context, html, audit_html(audited, context.language)):
        return UNREADABLE
    return status


def save_text(context: Context, path: Path, text: str) -> bool:
    """Write a text file; complain and return False when that is not possible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:
        context.complain(InputError("input.unwritable", Place(file=str(path))).finding)
        return False
    return True


def _print(context: Context, audited: Audited) -> None:
    resolved = audited.resolved
    title = short(Path(audited.path))
    if resolved is not None:
        filing = resolved.filing
        title = f"{title}  {filing.entity.name} {filing.year} ({filing.pack})"
    context.out.print(title, style="bold", soft_wrap=True)
    if audited.findings:
        context.out.print(findings_table(context, audited.findings))
    else:
        context.out.print(context.say("nothing"))
    context.out.print(audit_summary(context, audited))
    context.out.print()
