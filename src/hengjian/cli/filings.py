"""Commands over filings: check, write."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.table import Table
from rich.text import Text as Styled

from hengjian.audit import Review, finding_json, review
from hengjian.authoring import Skipped, write_documents
from hengjian.cli.context import Context, status_of
from hengjian.cli.reading import filings_of, previous_of
from hengjian.cli.show import OUTCOME_MARKS, findings_table, review_summary
from hengjian.kernel import Finding, InputError, Outcome, Place, in_order, is_input
from hengjian.rules import Verdict, explain, residues, suspects

CHECK_SCHEMA = "hengjian.check/1"


def check(
    context: Context, folders: tuple[Path, ...], earlier: tuple[Path, ...], form: str, *, every: bool
) -> int:
    """Check filings and print what was found; returns the exit status."""
    failed: list[Finding] = []
    last = [filing for _, filing, _ in filings_of(context, earlier, failed)]
    found: list[Finding] = []
    data: list[dict[str, Any]] = []
    for folder, filing, standards in filings_of(context, folders, failed):
        previous = previous_of(filing, last)
        if last and previous is None:
            failed.append(InputError("input.last-year", Place(file=str(folder)), year=filing.year).finding)
            context.complain(failed[-1])
        reviewed = review(filing, standards, previous)
        found.extend(reviewed.findings)
        if form == "json":
            data.append(_review_json(folder, reviewed, every=every))
        else:
            _print_review(context, reviewed, every=every)
    if form == "json":
        click.echo(json.dumps({"schema": CHECK_SCHEMA, "filings": data}, ensure_ascii=False, indent=1))
    return status_of([*found, *failed])


def _print_review(context: Context, reviewed: Review, *, every: bool) -> None:
    filing = reviewed.filing
    context.out.print(f"{filing.entity.name} {filing.year} ({filing.pack})", style="bold")
    if every:
        applied = [v for v in reviewed.verdicts if v.outcome is not Outcome.NOT_APPLICABLE]
        context.out.print(_verdicts_table(context, applied))
        context.out.print(context.say("not-applicable", count=len(reviewed.verdicts) - len(applied)))
    found = in_order((*reviewed.findings, *residues(reviewed.verdicts)))
    findings = tuple(finding for finding in found if not is_input(finding))
    if findings:
        context.out.print(findings_table(context, findings))
    else:
        context.out.print(context.say("nothing"))
    first = suspects(reviewed.verdicts)
    if first:
        context.out.print(context.say("look-first"))
        context.out.print(findings_table(context, first))
    context.out.print(review_summary(context, reviewed, found))
    context.out.print()


def _verdicts_table(context: Context, verdicts: Iterable[Verdict]) -> Table:
    """Return every verdict with its explanation."""
    table = Table(box=box.SIMPLE, expand=True)
    table.add_column("", width=1)
    table.add_column(context.say("identity"), ratio=2, overflow="fold")
    table.add_column(context.say("explanation"), ratio=3, overflow="fold")
    for verdict in verdicts:
        mark, style = OUTCOME_MARKS[verdict.outcome]
        name = f"{verdict.rule.ref} {verdict.rule.title[context.language]}"
        table.add_row(Styled(mark, style=style), name, explain(verdict).named[context.language])
    return table


def _review_json(folder: Path, reviewed: Review, *, every: bool) -> dict[str, Any]:
    filing = reviewed.filing
    data: dict[str, Any] = {
        "path": str(folder),
        "entity": filing.entity.name,
        "year": filing.year.year,
        "pack": filing.pack,
        "rules": {outcome.value: count for outcome, count in sorted(reviewed.outcomes.items())},
        "findings": [
            {**finding_json(finding), "file": finding.place.file, "line": finding.place.line}
            for finding in (
                *in_order((*reviewed.findings, *residues(reviewed.verdicts))),
                *suspects(reviewed.verdicts),
            )
        ],
    }
    if every:
        data["verdicts"] = [
            {
                "rule": verdict.rule.id,
                "ref": verdict.rule.ref,
                "outcome": verdict.outcome.value,
                "form": verdict.form,
                "row": verdict.row,
                "column": verdict.column,
                "explanation": {"zh": words.named.zh, "en": words.named.en},
            }
            for verdict in reviewed.verdicts
            for words in (explain(verdict),)
        ]
    return data


def write(context: Context, folders: tuple[Path, ...], out: Path) -> int:
    """Write the documents of filings; returns the exit status."""
    failed: list[Finding] = []
    for _, filing, standards in filings_of(context, folders, failed):
        try:
            for document in write_documents(filing, standards, out):
                if isinstance(document, Skipped):
                    title, reason = document.title[context.language], document.reason[context.language]
                    context.out.print(context.say("skipped", title=title, reason=reason))
                else:
                    context.out.print(context.say("written", path=document.path), soft_wrap=True)
        except InputError as error:
            failed.append(error.finding)
            context.complain(error.finding)
    return status_of(failed)
