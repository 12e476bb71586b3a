"""``hengjian demo``: five real departments through the whole chain, one summary table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.table import Table

from hengjian.audit import Audited, Review, audit, review
from hengjian.audit.html import audit_html
from hengjian.authoring import WrittenDocument, write_documents
from hengjian.cli.audits import save_text
from hengjian.cli.context import CLEAN, UNREADABLE, Context
from hengjian.cli.reading import filings_of
from hengjian.cli.show import severity_counts
from hengjian.filing import Filing, Indicator, Project
from hengjian.kernel import Finding, InputError, Outcome
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards


def run(context: Context, out: Path) -> int:
    """Check, score and write every example, audit what was written, and print one table.

    Findings are what the demo is for, so they do not make it fail; what cannot be read or written does.
    """
    folders = tuple(sorted(path.parent for path in data_folder("examples").glob("*/filing.toml")))
    library = context.library()
    failed: list[Finding] = []
    written: list[Path] = []
    table = Table(box=box.ROUNDED, expand=True)
    for key in ("department", "year", "identities", "projects", "scores", "errors", "documents", "again"):
        table.add_column(context.say(key), overflow="fold", ratio=3 if key == "department" else 2)
    for _, filing, standards in filings_of(context, folders, failed):
        try:
            paths = _write(filing, standards, out)
        except InputError as error:
            failed.append(error.finding)
            context.complain(error.finding)
            continue
        audited = [audit(path, library, filing.pack, filing.year.year) for path in paths]
        table.add_row(*_row(context, review(filing, standards), audited))
        written += paths
        if audited:
            report = paths[0].with_suffix(".html")
            save_text(context, report, audit_html(audited, context.language))
            written.append(report)
    context.out.print(table)
    for path in written:
        context.out.print(context.say("written", path=path), soft_wrap=True)
    context.out.print(context.say("look"), soft_wrap=True)
    return UNREADABLE if failed else CLEAN


def _write(filing: Filing, standards: Standards, out: Path) -> list[Path]:
    documents = write_documents(filing, standards, out)
    return [document.path for document in documents if isinstance(document, WrittenDocument)]


def _row(context: Context, reviewed: Review, audited: list[Audited]) -> tuple[str, ...]:
    filing = reviewed.filing
    none = context.say("none")
    indicators = sum(len(project.indicators) for project in filing.projects)
    scored = any(each.stated is not None for each in reviewed.assessment.projects)
    return (
        filing.entity.name,
        str(filing.year),
        _identities(reviewed) if reviewed.verdicts else none,
        f"{len(filing.projects)} ({indicators})" if filing.projects else none,
        _scores(reviewed) if scored else none,
        "/".join(str(count) for count in severity_counts(reviewed.findings).values()),
        str(len(audited)) if audited else none,
        _again(context, filing, audited),
    )


def _identities(reviewed: Review) -> str:
    outcomes = reviewed.outcomes
    return "/".join(str(outcomes[o]) for o in (Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE))


def _scores(reviewed: Review) -> str:
    """Count the stated totals that the rubric allows, does not allow, and cannot tell."""
    counts = Counter(scored.outcome for scored in reviewed.assessment.projects)
    return "/".join(str(counts[o]) for o in (Outcome.PASS, Outcome.FAIL, Outcome.NOT_EVALUABLE))


def _again(context: Context, filing: Filing, audited: list[Audited]) -> str:
    """Say whether what was written reads back to the same projects; a form may print a part of them."""
    if not audited:
        return context.say("none")
    own = {(project.code, project.name): project for project in filing.projects}
    read = [project for each in audited if each.resolved for project in each.resolved.filing.projects]
    found = [(own.get((project.code, project.name)), project) for project in read]
    differing = sum(stated is None or not _agrees(stated, printed) for stated, printed in found)
    differing += len(own.keys() - {(project.code, project.name) for project in read})
    return context.say("differs", count=differing) if differing else context.say("same")


def _agrees(stated: Project, printed: Project) -> bool:
    """Tell whether all that a form prints of a project is as the filing states it."""
    figures = stated.funds.figures if stated.funds is not None else {}
    shown = printed.funds.figures if printed.funds is not None else {}
    pairs = [(figures.get(cell), figure) for cell, figure in shown.items()]
    rows = list(zip(stated.indicators, printed.indicators, strict=False))
    scores = ((stated.execution_score, printed.execution_score), (stated.stated_score, printed.stated_score))
    return (
        all(
            own is not None and own.value.interval.middle == each.value.interval.middle for own, each in pairs
        )
        and len(stated.indicators) == len(printed.indicators)
        and all(_same(_essence(own), _essence(each)) for own, each in rows)
        and all(_same((own,), (each,)) for own, each in scores)
    )


def _essence(indicator: Indicator) -> tuple[object, ...]:
    named = (indicator.level1, indicator.level2, indicator.name, indicator.operator, indicator.target)
    return (*named, indicator.actual, indicator.weight, indicator.score)


def _same(stated: Sequence[object], printed: Sequence[object]) -> bool:
    return all(each is None or own == each for own, each in zip(stated, printed, strict=True))
