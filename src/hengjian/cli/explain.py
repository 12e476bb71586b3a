"""The command that takes an identity apart: in words, in numbers, and down to the figures it rests on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from rich.tree import Tree

from hengjian.audit import review
from hengjian.cli.context import UNREADABLE, Context, status_of
from hengjian.cli.prose import Prose
from hengjian.cli.reading import filings_of
from hengjian.cli.show import OUTCOME_MARKS
from hengjian.kernel import Finding, Interval, Outcome, Place, Text
from hengjian.packs import Standards
from hengjian.packs.schema import Rule
from hengjian.rules import (
    Definitions,
    Explanation,
    Node,
    Verdict,
    assertion_in_words,
    condition_in_words,
    explain,
    findings,
)
from hengjian.rules.figures import as_written, cell_place, column_name, form_title, row_name
from hengjian.rules.filled import Cell

SCHEMA = "hengjian.explain/1"
_MOST_NEAR = 6
_ORDER = (Outcome.FAIL, Outcome.NOT_EVALUABLE, Outcome.PASS, Outcome.NOT_APPLICABLE)
_FULL_PLACES = 1
"""Levels of a tree whose cells are given with their whole place; below, file and line do."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: a rule's id or ref, and the row and column, each by id or caption."""

    rule: str
    row: str | None = None
    column: str | None = None
    every: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether all verdicts are to be taken apart, those that hold too."""
        return self.every or self.row is not None or self.column is not None


def run(context: Context, folder: Path, query: Query, form: str) -> int:
    """Explain the verdicts of a rule in a filing; returns the exit status."""
    failed: list[Finding] = []
    asked: list[Verdict] = []
    for path, filing, standards in filings_of(context, (folder,), failed):
        rules = _rules(standards, query.rule)
        if not rules:
            _unknown_rule(context, standards, query.rule)
            return UNREADABLE
        verdicts = review(filing, standards).verdicts
        asked = [each for each in verdicts if each.rule.id in rules and _is_at(each, query)]
        if not asked:
            _unknown_place(context, [each for each in verdicts if each.rule.id in rules])
            return UNREADABLE
        asked = _in_order(asked)
        if form == "json":
            data = {"schema": SCHEMA, "path": str(path), "rules": _as_data(asked, verdicts, query)}
            click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        else:
            _print(context, asked, verdicts, query)
    return status_of([*findings(asked), *failed])


# What is asked for


def _rules(standards: Standards, name: str) -> dict[str, Rule]:
    """Return the rule of an id, or all rules of a ref."""
    wanted = name.casefold()
    return {
        key: rule for key, rule in standards.rules.items() if wanted in (key.casefold(), rule.ref.casefold())
    }


def _unknown_rule(context: Context, standards: Standards, name: str) -> None:
    refs = dict.fromkeys(rule.ref for rule in standards.rules.values())
    names = [*standards.rules, *refs]
    folded = {each.casefold(): each for each in names}
    near = [each for each in names if name.casefold() in each.casefold()]
    near += [folded[each] for each in get_close_matches(name.casefold(), list(folded), _MOST_NEAR, 0.5)]
    listed = list(dict.fromkeys(near))[:_MOST_NEAR] or list(refs)
    context.err.print(context.say("no-rule", rule=name), style="red", soft_wrap=True)
    context.err.print(context.say("near-rules" if near else "all-rules", rules=", ".join(listed)))


def _unknown_place(context: Context, verdicts: Iterable[Verdict]) -> None:
    places = dict.fromkeys(_where(each) for each in verdicts if each.outcome is not Outcome.NOT_APPLICABLE)
    known = "；".join(place for place in places if place) or context.say("none")
    context.err.print(context.say("no-place", places=known), style="red", soft_wrap=True)


def _is_at(verdict: Verdict, query: Query) -> bool:
    """Tell whether a verdict stands in the row and column asked for, or names a cell there."""
    for part, wanted in ((1, query.row), (2, query.column)):
        if wanted is None:
            continue
        own = verdict.row if part == 1 else verdict.column
        cells = [figure.cell for figure in verdict.cells] + list(verdict.missing)
        ids = {own} if own is not None else {cell[part] for cell in cells}
        names = {_caption(verdict, cell, part) for cell in cells if cell[part] in ids}
        if wanted not in ids | names:
            return False
    return True


def _in_order(verdicts: list[Verdict]) -> list[Verdict]:
    """Return verdicts rule by rule, what fails first and then what cannot be evaluated."""
    worst: dict[str, int] = {}
    for verdict in verdicts:
        rank = _ORDER.index(verdict.outcome)
        worst[verdict.rule.id] = min(rank, worst.get(verdict.rule.id, rank))
    places = {rule: place for place, rule in enumerate(worst)}
    return sorted(
        verdicts,
        key=lambda each: (worst[each.rule.id], places[each.rule.id], _ORDER.index(each.outcome)),
    )


def _caption(verdict: Verdict, cell: Cell, part: int) -> str:
    if verdict.material is None:
        return cell[part]
    name = row_name(verdict.material, *cell[:2]) if part == 1 else column_name(verdict.material, *cell[::2])
    return name.strip()


def _where(verdict: Verdict) -> str:
    """Return the row and column that a verdict is repeated for, in captions."""
    if verdict.material is None:
        return ""
    parts = [row_name(verdict.material, verdict.form, verdict.row) if verdict.row is not None else ""]
    parts += [column_name(verdict.material, verdict.form, verdict.column) if verdict.column else ""]
    return " ".join(part.strip() for part in parts if part)


# Text


def _print(context: Context, asked: Sequence[Verdict], verdicts: Sequence[Verdict], query: Query) -> None:
    shown: str | None = None
    for verdict in asked:
        if verdict.rule.id != shown:
            shown = verdict.rule.id
            _print_rule(context, [each for each in asked if each.rule.id == shown])
        if verdict.outcome is Outcome.NOT_APPLICABLE and not query.every:
            continue
        _print_verdict(context, verdict, trees=_trees(verdict, verdicts, query))


def _print_rule(context: Context, verdicts: Sequence[Verdict]) -> None:
    """Print what a rule states and what it came to; a line is enough for one that applies nowhere."""
    rule, counted = verdicts[0].rule, Counter(each.outcome for each in verdicts)
    context.out.print(f"{rule.ref} {rule.title[context.language]} ({rule.id})", style="bold", soft_wrap=True)
    if counted.keys() == {Outcome.NOT_APPLICABLE}:
        reasons = dict.fromkeys(explain(each).named[context.language] for each in verdicts)
        context.out.print(f"  {context.say('does-not-apply', reasons='；'.join(reasons))}", style="dim")
        return
    for key, words in _identity(verdicts[0]).items():
        if words is not None:
            context.out.print(f"  {context.say(key)}{words[context.language]}", soft_wrap=True)
    context.out.print(f"  {context.say('basis')}{rule.basis}", soft_wrap=True)
    counts = {outcome.value: counted[outcome] for outcome in _ORDER}
    context.out.print(f"  {context.say('outcomes', **counts)}", style="dim")


def _identity(verdict: Verdict) -> dict[str, Text | None]:
    bound, material = verdict.bound, verdict.material
    if bound is None or material is None:
        return {}
    return {
        "identity-words": assertion_in_words(bound, material.standards),
        "condition-words": condition_in_words(bound, material.standards),
    }


def _print_verdict(context: Context, verdict: Verdict, trees: Sequence[Node]) -> None:
    mark, style = OUTCOME_MARKS[verdict.outcome]
    words = explain(verdict)
    place = _where(verdict)
    line = Prose(f"{mark} ", style=style)
    if trees:
        numbers = words.numbers[context.language]
        line.append(f"{place}{context.say('colon') if place else ''}{numbers}", style="bold")
    else:
        line.append(words.named[context.language] or place, style="not bold")
        line.append(f"  {_stands(context, verdict)}", style="dim")
    context.out.print(line, soft_wrap=True)
    for node in trees:
        tree = Tree(_label(context, verdict, node, None, 0), guide_style="dim")
        _grow(context, verdict, tree, node, 1)
        context.out.print(tree)
    if trees:
        context.out.print()


def _stands(context: Context, verdict: Verdict) -> str:
    """Return the file and line of a verdict's first cell."""
    if verdict.material is None or not verdict.cells:
        return ""
    place = cell_place(verdict.material, verdict.cells[0].cell)
    return Place(file=place.file, line=place.line).where(context.language)


def _grow(context: Context, verdict: Verdict, tree: Tree, node: Node, depth: int) -> None:
    for child in node.children:
        branch = tree.add(_label(context, verdict, child, node, depth))
        _grow(context, verdict, branch, child, depth + 1)
    if node.blanks:
        tree.add(Prose(context.say("blanks-left-out", count=node.blanks), style="dim"))


def _label(context: Context, verdict: Verdict, node: Node, above: Node | None, depth: int) -> Prose:
    """Return a cell's line: name, value, how it is made up, whether that adds up, place."""
    material = verdict.material
    if material is None:
        return Prose()
    form, row, column = node.cell
    shares = [above is not None and above.cell[part] == node.cell[part] for part in range(3)]
    title = "" if shares[0] else f"《{form_title(material, form)[context.language]}》"
    names = [] if shares[1] and not shares[2] else [row_name(material, form, row).strip()]
    names += [] if shares[2] and depth else [column_name(material, form, column)]
    sign = "" if node.multiple in (1, None) else "− " if node.multiple == -1 else f"{node.multiple} × "
    stated = as_written(node.figure.value) if node.figure is not None else context.say("blank")
    line = Prose(f"{sign}{title}{' '.join(names)} ")
    line.append(stated, style="bold")
    if node.repeated:
        line.append(f"  {context.say('shown-above')}", style="dim")
    elif node.rule is not None:
        line.append(f"  ← {node.rule.ref} {node.rule.id}", style="cyan")
        line.append_text(_sum_mark(context, node))
    where = cell_place(material, node.cell)
    if depth > _FULL_PLACES:
        where = Place(file=where.file, line=where.line)
    line.append(f"  {where.where(context.language)}", style="dim")
    return line


def _sum_mark(context: Context, node: Node) -> Prose:
    outcome = node.verdict.outcome if node.verdict is not None else Outcome.PASS
    mark, style = OUTCOME_MARKS[outcome]
    line = Prose(f" {mark}", style=style)
    if node.verdict is not None and node.gap is not None:
        key = "comes-to-less" if node.gap.middle > 0 else "comes-to-more"
        line.append(f" {context.say(key, amount=explain(node.verdict).difference)}", style=style)
    if node.alternatives:
        line.append(f" {context.say('also-by', rules=', '.join(node.alternatives))}", style="dim")
    return line


def _trees(verdict: Verdict, verdicts: Sequence[Verdict], query: Query) -> tuple[Node, ...]:
    """Return a verdict's cells taken apart: the one it defines, or every one it names."""
    decided = verdict.outcome in (Outcome.FAIL, Outcome.NOT_EVALUABLE)
    if verdict.outcome is Outcome.NOT_APPLICABLE or not (decided or query.narrowed):
        return ()
    definitions = Definitions.of(each for each in verdicts if each.material is verdict.material)
    defined = definitions.defines(verdict)
    if defined is not None:
        return (definitions.drill(defined, verdict),)
    cells = [figure.cell for figure in verdict.cells] + list(verdict.missing)
    return tuple(definitions.drill(cell) for cell in dict.fromkeys(cells))


# JSON


def _as_data(asked: Sequence[Verdict], verdicts: Sequence[Verdict], query: Query) -> list[dict[str, Any]]:
    by_rule: dict[str, list[Verdict]] = {}
    for verdict in asked:
        by_rule.setdefault(verdict.rule.id, []).append(verdict)
    return [_rule_data(each, verdicts, query) for each in by_rule.values()]


def _rule_data(asked: Sequence[Verdict], verdicts: Sequence[Verdict], query: Query) -> dict[str, Any]:
    rule, words = asked[0].rule, _identity(asked[0])
    return {
        "id": rule.id,
        "ref": rule.ref,
        "title": _text(rule.title),
        "identity": _text(words.get("identity-words")),
        "condition": _text(words.get("condition-words")),
        "basis": rule.basis,
        "verdicts": [_verdict_data(each, verdicts, query) for each in asked],
    }


def _verdict_data(verdict: Verdict, verdicts: Sequence[Verdict], query: Query) -> dict[str, Any]:
    words: Explanation = explain(verdict)
    cells = [figure.cell for figure in verdict.cells] + list(verdict.missing)
    return {
        "outcome": verdict.outcome.value,
        "form": verdict.form,
        "row": verdict.row,
        "column": verdict.column,
        "numbers": _text(words.numbers),
        "explanation": _text(words.named),
        "stated": words.stated,
        "expected": words.expected,
        "difference": words.difference,
        "cells": [_cell_data(verdict, cell) for cell in cells],
        "trees": [_node_data(verdict, node) for node in _trees(verdict, verdicts, query)],
    }


def _cell_data(verdict: Verdict, cell: Cell) -> dict[str, Any]:
    material = verdict.material
    figure = material.filled.figures.get(cell) if material is not None else None
    place = cell_place(material, cell) if material is not None else Place()
    return {
        **dict(zip(("form", "row", "column"), cell, strict=True)),
        "stated": as_written(figure.value) if figure is not None else None,
        "place": {key: getattr(place, key) for key in ("file", "table", "row", "column", "line")},
    }


def _node_data(verdict: Verdict, node: Node) -> dict[str, Any]:
    return {
        **_cell_data(verdict, node.cell),
        "multiple": node.multiple,
        "rule": node.rule.id if node.rule is not None else None,
        "outcome": node.verdict.outcome.value if node.verdict is not None else None,
        "gap": _gap_data(node.gap),
        "alternatives": list(node.alternatives),
        "blanks": node.blanks,
        "repeated": node.repeated,
        "parts": [_node_data(verdict, child) for child in node.children],
    }


def _gap_data(gap: Interval | None) -> dict[str, str] | None:
    return None if gap is None else {"low": str(gap.low), "high": str(gap.high)}


def _text(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
