"""Tables for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text as Styled

from hengjian.cli.context import Context
from hengjian.cli.prose import Prose
from hengjian.cli.words import SEVERITIES, STYLES
from hengjian.kernel import Finding, Outcome, Severity
from hengjian.scoring import ProjectScore
from hengjian.scoring.words import plain, span

if TYPE_CHECKING:
    from hengjian.audit import Audited, Review

OUTCOME_MARKS = {
    Outcome.PASS: ("✓", "green"),
    Outcome.FAIL: ("✗", "bold red"),
    Outcome.NOT_APPLICABLE: ("–", "dim"),
    Outcome.NOT_EVALUABLE: ("?", "yellow"),
}


def findings_table(context: Context, findings: Sequence[Finding]) -> Table:
    """Return findings as a table: severity, what is wrong and what to do, place and quoted words."""
    table = Table(box=box.HORIZONTALS, show_lines=True, expand=True, padding=(0, 1))
    table.add_column("", justify="right", width=3)
    table.add_column(context.say("severity"), width=10)
    table.add_column(context.say("problem"), ratio=3, overflow="fold")
    table.add_column(context.say("where"), ratio=2, overflow="fold")
    for number, finding in enumerate(findings, 1):
        severity = Styled(SEVERITIES[finding.severity][context.language], style=STYLES[finding.severity])
        table.add_row(str(number), severity, _problem(context, finding), _where(context, finding))
    return table


def _problem(context: Context, finding: Finding) -> Styled:
    text = Prose(finding.title[context.language], style="bold")
    text.append(f"\n{finding.message[context.language]}", style="not bold")
    if finding.suggestion is not None:
        text.append(f"\n→ {finding.suggestion[context.language]}", style="not bold dim")
    return text


def _where(context: Context, finding: Finding) -> Styled:
    text = Prose(finding.place.where(context.language))
    if finding.place.quote:
        text.append(f"\n{context.say('quote', quote=finding.place.quote)}", style="dim")
    return text


def severity_counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    counted = Counter(finding.severity for finding in findings)
    return {severity.value: counted[severity] for severity in Severity}


def audit_summary(context: Context, audited: Audited) -> str:
    """Return one line of figures about an audited document."""
    return context.say(
        "counts",
        **severity_counts(audited.findings),
        passed=audited.outcomes(Outcome.PASS),
        failed=audited.outcomes(Outcome.FAIL),
        open=audited.outcomes(Outcome.NOT_EVALUABLE),
    )


def review_summary(context: Context, reviewed: Review, found: Iterable[Finding]) -> str:
    """Return one line of figures about a reviewed filing and all findings about it."""
    outcomes = reviewed.outcomes
    return context.say(
        "counts",
        **severity_counts(found),
        passed=outcomes[Outcome.PASS],
        failed=outcomes[Outcome.FAIL],
        open=outcomes[Outcome.NOT_EVALUABLE],
    )


def scores_table(context: Context, scores: Iterable[ProjectScore]) -> Table:
    """Return the projects' scores beside those stated."""
    table = Table(box=box.SIMPLE, expand=True)
    table.add_column(context.say("project"), ratio=3, overflow="fold")
    for key in ("execution", "printed", "total", "allowed", "grade"):
        table.add_column(context.say(key), justify="right", ratio=1, overflow="fold")
    none = context.say("none")
    for scored in scores:
        execution, total = scored.execution.point, scored.total.point
        table.add_row(
            scored.project.name,
            span(execution) if execution is not None else none,
            plain(scored.printed) if scored.printed is not None else none,
            plain(scored.stated) if scored.stated is not None else none,
            span(total) if total is not None else none,
            scored.grade or none,
        )
    return table
