"""Scores of filings: projects and the department, each with its derivation, and what would change them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.table import Table
from rich.text import Text as Styled
from rich.tree import Tree

from hengjian.cli.context import Context, status_of
from hengjian.cli.reading import filings_of
from hengjian.cli.show import OUTCOME_MARKS, findings_table, scores_table
from hengjian.filing import Filing
from hengjian.kernel import Finding, InputError, Interval, Outcome, in_order
from hengjian.packs import Standards, standards_for
from hengjian.scoring import Assessment, LineScore, ProjectScore, Score, assess_scores
from hengjian.scoring.derivation import derivation
from hengjian.scoring.result_use import suggestion_for
from hengjian.scoring.steps import Step
from hengjian.scoring.what_if import Moved, moved
from hengjian.scoring.words import plain, span

SCORE_SCHEMA = "hengjian.score/2"
_FAMILY = ("score.",)
_MANY = 40
"""More projects or findings than this are not all printed unless they are asked for."""
_ALL = "*"
"""The name that asks for every derivation."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the scores: derivations and changes by name, another pack's method, every line."""

    explain: tuple[str, ...] = ()
    what_if: tuple[str, ...] = ()
    under: str | None = None
    every: bool = False


def run(context: Context, folders: tuple[Path, ...], query: Query, form: str) -> int:
    """Score filings and print the scores beside those stated; returns the exit status."""
    changes = _changes(context, query.what_if)
    failed: list[Finding] = []
    found: list[Finding] = []
    data: list[dict[str, Any]] = []
    for folder, read, standing in filings_of(context, folders, failed):
        try:
            filing, standards = _under(context, query.under, read, standing)
            assessment = assess_scores(filing, standards)
            moves = moved(filing, standards, changes) if changes else ()
        except InputError as error:
            failed.append(error.finding)
            context.complain(error.finding)
            continue
        found.extend(f for f in assessment.findings if f.code.startswith(_FAMILY))
        steps = [step for name in query.explain for step in _asked(context, assessment, name)]
        if form == "json":
            data.append(_json(folder, filing, assessment, steps, moves))
        else:
            context.out.print(f"{filing.entity.name} {filing.year} ({standards.pack})", style="bold")
            _print_steps(context, steps)
            if changes:
                _print_moves(context, moves)
            if not query.explain and not changes:
                _print(context, filing, standards, assessment, every=query.every)
                _print_findings(context, assessment, every=query.every)
    if form == "json":
        click.echo(json.dumps({"schema": SCORE_SCHEMA, "filings": data}, ensure_ascii=False))
    return status_of([*found, *failed])


def _changes(context: Context, texts: Sequence[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    for name, equals, _ in pairs:
        if not equals or not name.strip():
            raise click.UsageError(context.say("what-if-form"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _under(
    context: Context, pack: str | None, filing: Filing, standards: Standards
) -> tuple[Filing, Standards]:
    """Return the filing and the standards that it is scored under: its own, or another authority's.

    What was stated under its own method, and what another does not ask for, is left out.
    """
    if pack is None:
        return filing, standards
    other = standards_for(context.library(), pack, filing.year)
    rubric = other.rubric_for("department")
    asked = rubric.inputs if rubric is not None else {}
    inputs = tuple(each for each in filing.inputs if each.name in asked)
    return replace(filing, pack=pack, rubric_scores=(), stated_total=None, inputs=inputs), other


def _asked(context: Context, assessment: Assessment, name: str) -> Iterator[Step]:
    """Yield the derivations that a name asks for: a project, an indicator, a line, or the department."""
    whole = list(_derivations(assessment))
    found = [step for step in whole if name == _ALL or name in step.what[context.language]]
    if not found:
        found = [inner for step in whole for inner in step.because if name in inner.what[context.language]]
    if not found:
        context.err.print(context.say("nothing-so-called", name=name), style="red")
    yield from found


def _derivations(assessment: Assessment) -> Iterator[Step]:
    if assessment.rubric is not None:
        for scored in assessment.projects:
            yield derivation(scored, assessment.rubric)
    if assessment.department is not None:
        yield assessment.department.step


def _print(
    context: Context, filing: Filing, standards: Standards, assessment: Assessment, *, every: bool
) -> None:
    if assessment.rubric is None and assessment.department is None:
        context.out.print(context.say("no-rubric", pack=filing.pack, year=filing.year))
        return
    if assessment.rubric is not None and assessment.projects:
        context.out.print(context.say("rubric", title=assessment.rubric.title[context.language]))
        _print_projects(context, assessment.projects, every=every)
    elif not filing.rubric_scores:
        context.out.print(context.say("no-projects"))
    department = assessment.department
    if department is not None and (filing.rubric_scores or filing.inputs or not filing.projects):
        context.out.print(context.say("rubric", title=department.rubric.title[context.language]))
        context.out.print(lines_table(context, department.lines))
        total = context.say("none") if department.total is None else span(department.total)
        stated = context.say("none") if department.stated is None else plain(department.stated)
        grade = department.grade or context.say("none")
        printed = context.say("none") if department.printed is None else plain(department.printed)
        values = {"total": total, "stated": stated, "printed": printed, "grade": grade}
        context.out.print(context.say("department-total", **values))
        use = suggestion_for(standards, department.grade)
        if use is not None:
            context.out.print(context.say("budget-suggestion", suggestion=use[context.language]))
        open_lines = [line for line in department.lines if line.outcome is Outcome.NOT_EVALUABLE]
        if open_lines:
            context.out.print(context.say("open-lines", count=len(open_lines), of=len(department.lines)))


def _print_projects(context: Context, projects: Sequence[ProjectScore], *, every: bool) -> None:
    """Print the projects; of very many, unless every one is asked for, those alone that leave a question."""
    listed, told = list(projects), [project.outcome for project in projects]
    outcomes = Counter(told)
    if len(projects) > _MANY and not every:
        listed = [each for each, outcome in zip(projects, told, strict=True) if outcome is not Outcome.PASS]
        listed = listed[:_MANY]
    if listed:
        context.out.print(scores_table(context, listed))
    if len(listed) < len(projects):
        values = {"count": len(projects), "shown": len(listed)}
        right, wrong = outcomes[Outcome.PASS], outcomes[Outcome.FAIL]
        rest = len(projects) - right - wrong
        context.out.print(context.say("many-projects", right=right, wrong=wrong, open=rest, **values))


def lines_table(context: Context, lines: Sequence[LineScore]) -> Table:
    """Return the lines of a department's rubric: maximum, stated, earned, and what is missing."""
    table = Table(box=box.SIMPLE, expand=True)
    table.add_column("", width=1)
    table.add_column(context.say("line"), ratio=4, overflow="fold")
    for key in ("maximum", "self-score", "allowed"):
        table.add_column(context.say(key), justify="right", ratio=1, overflow="fold")
    table.add_column(context.say("missing"), ratio=4, overflow="fold")
    none = context.say("none")
    for line in lines:
        mark, style = OUTCOME_MARKS[line.outcome]
        measure = line.measure if line.maximum is None else None
        earned = none if line.earned is None else span(line.earned)
        earned = earned if measure is None else measure[context.language]
        table.add_row(
            Styled(mark, style=style),
            line.title,
            none if line.maximum is None else plain(line.maximum),
            none if line.score is None else plain(line.score),
            earned,
            line.reason or "、".join(text[context.language] for text in line.missing),
        )
    return table


def _print_steps(context: Context, steps: Sequence[Step]) -> None:
    for step in steps:
        tree = Tree(_step_words(context, step))
        _grow(context, tree, step.because)
        context.out.print(tree)


def _grow(context: Context, tree: Tree, steps: Sequence[Step]) -> None:
    for step in steps:
        _grow(context, tree.add(_step_words(context, step)), step.because)


def _step_words(context: Context, step: Step) -> Styled:
    words = Styled(step.what[context.language])
    leaf_without = step.result is None and not step.because
    if step.result is not None and step.result[context.language]:
        words.append(f"：{step.result[context.language]}", style="bold")
    elif step.because and step.result is None:
        words.append(f"：{context.say('not-evaluable')}", style="yellow")
    elif leaf_without and step.place is None:
        words.stylize("yellow")
    if step.place is not None and (step.place.file or step.place.table):
        words.append(f"  {step.place.where(context.language)}", style="dim")
    if step.source:
        words.append(f"\n{context.say('by', basis=step.source)}", style="dim")
    return words


def _print_moves(context: Context, moves: Sequence[Moved]) -> None:
    if not moves:
        context.out.print(context.say("nothing-moves"))
        return
    table = Table(box=box.SIMPLE)
    for key in ("score", "before", "after"):
        table.add_column(context.say(key), overflow="fold")
    none = context.say("none")
    for move in moves:
        table.add_row(move.name, move.before or none, move.after or none)
    context.out.print(table)


def _print_findings(context: Context, assessment: Assessment, *, every: bool) -> None:
    findings = in_order(f for f in assessment.findings if f.code.startswith(_FAMILY))
    shown = findings if every else findings[:_MANY]
    if shown:
        context.out.print(findings_table(context, shown))
    if len(shown) < len(findings):
        context.out.print(context.say("many-findings", count=len(findings), shown=len(shown)))


def _json(
    folder: Path, filing: Filing, assessment: Assessment, steps: Sequence[Step], moves: Sequence[Moved]
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "path": str(folder),
        "entity": filing.entity.name,
        "projects": [_project_json(scored) for scored in assessment.projects],
    }
    department = assessment.department
    if department is not None:
        data["department"] = {
            "rubric": department.rubric.title.zh,
            "lines": [_line_json(line) for line in department.lines],
            "total": _span(department.total),
            "stated": None if department.stated is None else plain(department.stated),
            "grade": department.grade,
        }
    if steps:
        data["derivations"] = [_step_json(step) for step in steps]
    if moves:
        data["moved"] = [{"score": m.name, "before": m.before, "after": m.after} for m in moves]
    return data


def _span(points: Interval | None) -> str | None:
    return None if points is None else span(points)


def _project_json(scored: ProjectScore) -> dict[str, Any]:
    return {
        "project": scored.project.name,
        "code": scored.project.code,
        "execution": _points(scored.execution),
        "indicators": [
            {"name": each.indicator.name, "state": each.achievement.state.value} | _points(each.score)
            for each in scored.indicators
        ],
        "total": _points(scored.total),
        "grade": scored.grade,
    }


def _points(score: Score) -> dict[str, str | None]:
    return {
        "allowed": _span(score.point),
        "stated": plain(score.stated) if score.stated is not None else None,
    }


def _line_json(line: LineScore) -> dict[str, Any]:
    return {
        "line": line.title,
        "maximum": None if line.maximum is None else plain(line.maximum),
        "stated": None if line.score is None else plain(line.score),
        "earned": _span(line.earned),
        "attainable": None if line.attainable is None else line.attainable.words,
        "outcome": line.outcome.value,
        "missing": [{"zh": text.zh, "en": text.en} for text in line.missing],
        "not_applicable": line.reason,
    }


def _step_json(step: Step) -> dict[str, Any]:
    data: dict[str, Any] = {"what": {"zh": step.what.zh, "en": step.what.en}}
    if step.result is not None:
        data["result"] = {"zh": step.result.zh, "en": step.result.en}
    if step.source:
        data["basis"] = step.source
    if step.because:
        data["because"] = [_step_json(inner) for inner in step.because]
    return data
