"""The command over targets: what is wrong with them, each finding with a better wording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from hengjian.audit import finding_json
from hengjian.cli.context import Context, status_of
from hengjian.cli.reading import filings_of, previous_of
from hengjian.cli.show import findings_table
from hengjian.kernel import Finding, InputError, Place, in_order
from hengjian.scoring.targets import target_findings

TARGETS_SCHEMA = "hengjian.targets/1"


def lint(context: Context, folders: tuple[Path, ...], earlier: tuple[Path, ...], form: str) -> int:
    """Print the findings about the targets of filings; returns the exit status."""
    failed: list[Finding] = []
    found: list[Finding] = []
    data: list[dict[str, Any]] = []
    last = [filing for _, filing, _ in filings_of(context, earlier, failed)]
    for folder, filing, standards in filings_of(context, folders, failed):
        previous = previous_of(filing, last)
        if last and previous is None:
            failed.append(InputError("input.last-year", Place(file=str(folder)), year=filing.year).finding)
            context.complain(failed[-1])
        findings = in_order(tuple(target_findings(filing, standards, previous)))
        found.extend(findings)
        if form == "json":
            told = [
                {**finding_json(finding), "file": finding.place.file, "line": finding.place.line}
                for finding in findings
            ]
            data.append({"path": str(folder), "entity": filing.entity.name, "findings": told})
            continue
        context.out.print(f"{filing.entity.name} {filing.year} ({filing.pack})", style="bold")
        if findings:
            context.out.print(findings_table(context, findings))
        else:
            context.out.print(context.say("targets-clean", count=len(filing.projects)))
        context.out.print()
    if form == "json":
        click.echo(json.dumps({"schema": TARGETS_SCHEMA, "filings": data}, ensure_ascii=False, indent=1))
    return status_of([*found, *failed])
