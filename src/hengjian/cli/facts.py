"""Commands over stores of facts: gather filings, check them all, take one department out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich import box
from rich.table import Table

from hengjian.cli.context import CLEAN, FOUND, UNREADABLE, Context, status_of
from hengjian.cli.reading import filings_of
from hengjian.filing import write_filing
from hengjian.filing.fact_store import FactStore
from hengjian.filing.facts import FactsWriter, block_of
from hengjian.filing.from_facts import entity_of, filing_of
from hengjian.kernel import Finding, FiscalYear, InputError, Outcome, Place, Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import standards_for
from hengjian.rules.cluster import check_on_spark
from hengjian.rules.province import VERDICTS, Checked, ProvinceCheck, Tally

SCHEMA = "hengjian.province/1"
_AT_ONCE = 200
_LISTED = 20


def gather(context: Context, folders: tuple[Path, ...], out: Path) -> int:
    """Write the figures of filings into one store of facts; returns the exit status."""
    failed: list[Finding] = []
    if (out / "facts-000.parquet").exists():
        context.complain(InputError("input.not-empty", Place(file=str(out))).finding)
        return UNREADABLE
    count = 0
    with FactsWriter(out) as writer:
        waiting = []
        for _, filing, standards in filings_of(context, folders, failed):
            waiting.append((filing, standards))
            count += 1
            if len(waiting) == _AT_ONCE:
                writer.add_block(*block_of(waiting))
                waiting = []
        if waiting:
            writer.add_block(*block_of(waiting))
    context.out.print(context.say("gathered", count=count, path=out), soft_wrap=True)
    return status_of(failed)


def take(context: Context, folder: Path, name: str, into: Path) -> int:
    """Write one department of a store as a filing's folder; returns the exit status."""
    try:
        store = FactStore.open(folder)
        entity = entity_of(store, name)
        department = store.departments[entity]
        standards = standards_for(context.library(), department.pack, FiscalYear(department.year))
        write_filing(filing_of(store, entity, standards), into)
    except InputError as error:
        context.complain(error.finding)
        return UNREADABLE
    context.out.print(context.say("written", path=into), soft_wrap=True)
    return CLEAN


# Check


@dataclass(slots=True)
class _Result:
    """What the blocks of a store came to, as far as it is shown."""

    tally: Tally = field(default_factory=Tally)
    problems: list[Finding] = field(default_factory=list)
    departments: Counter[int] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)

    def add(self, checked: Checked, hints: frozenset[str]) -> None:
        """Add a block; of hints, what does not hold is no failed identity and not counted."""
        for hint in hints:
            checked.tally.outcomes.pop((hint, Outcome.FAIL), None)
        self.tally.add(checked.tally)
        self.problems.extend(checked.problems)
        failed = checked.verdicts.filter(pc.equal(checked.verdicts["outcome"], Outcome.FAIL.value))
        pairs = zip(failed["entity"].to_pylist(), failed["rule"].to_pylist(), strict=True)
        for entity, rule in pairs:
            if rule not in hints:
                self.departments[entity] += 1
                self.by_rule[rule] += 1


def check(context: Context, folder: Path, engine: str, form: str, out: Path | None) -> int:
    """Check a store of facts and print what was found; returns the exit status."""
    try:
        store = FactStore.open(folder)
        check = ProvinceCheck(store, context.library())
        blocks = check.run() if engine == "embedded" else check_on_spark(store, data_folder("packs"))
        hints = frozenset(rule.id for rule in check.rules.values() if rule.severity is Severity.INFO)
        result = _collected(context.steps(blocks, len(store.groups)), hints, out)
    except InputError as error:
        context.complain(error.finding)
        return UNREADABLE
    if form == "json":
        click.echo(json.dumps(_json(folder, store, result), ensure_ascii=False, indent=1))
    else:
        _print(context, store, result, check)
    context.complain(*result.problems)
    wrong = any(check.rules[rule].severity is Severity.ERROR for rule in result.by_rule)
    return UNREADABLE if result.problems else FOUND if wrong else CLEAN


def _collected(blocks: Iterator[Checked], hints: frozenset[str], out: Path | None) -> _Result:
    result = _Result()
    writer = pq.ParquetWriter(out, VERDICTS) if out is not None else None
    try:
        for checked in blocks:
            result.add(checked, hints)
            if writer is not None:
                writer.write_table(checked.verdicts)
    finally:
        if writer is not None:
            writer.close()
    return result


def _print(context: Context, store: FactStore, result: _Result, check: ProvinceCheck) -> None:
    tally = result.tally
    counts = {outcome.value: f"{tally.of(outcome):,}" for outcome in Outcome}
    rules = len({rule for rule, _ in tally.outcomes})
    context.out.print(
        context.say("province", departments=f"{tally.departments:,}", rules=rules, **counts), soft_wrap=True
    )
    if not result.by_rule:
        return
    rules_table = _table(context, "rules-failing", ("ref", "identity", "times"))
    for rule_id, count in result.by_rule.most_common(_LISTED):
        rule = check.rules[rule_id]
        rules_table.add_row(rule.ref, rule.title[context.language], f"{count:,}")
    context.out.print(rules_table)
    departments = _table(context, "departments-failing", ("code", "department", "times"))
    for entity, count in result.departments.most_common(_LISTED):
        department = store.departments[entity]
        departments.add_row(department.code or "", department.name, f"{count:,}")
    context.out.print(departments)
    context.out.print(context.say("province-next", path=store.folder), soft_wrap=True)


def _table(context: Context, title: str, columns: tuple[str, ...]) -> Table:
    table = Table(box=box.SIMPLE, title=context.say(title), title_justify="left")
    for key in columns:
        table.add_column(context.say(key), overflow="fold", justify="right" if key == "times" else "left")
    return table


def _json(folder: Path, store: FactStore, result: _Result) -> dict[str, Any]:
    by_rule: dict[str, dict[str, int]] = {}
    for (rule, outcome), count in sorted(result.tally.outcomes.items()):
        by_rule.setdefault(rule, {})[outcome.value] = count
    return {
        "schema": SCHEMA,
        "path": str(folder),
        "departments": result.tally.departments,
        "outcomes": {outcome.value: result.tally.of(outcome) for outcome in Outcome},
        "rules": by_rule,
        "failing": [
            {
                "entity": entity,
                "code": store.departments[entity].code,
                "name": store.departments[entity].name,
                "count": count,
            }
            for entity, count in result.departments.most_common()
        ],
        "problems": [
            {
                "code": each.code,
                "place": each.place.where("zh"),
                "message": {"zh": each.message.zh, "en": each.message.en},
            }
            for each in result.problems
        ],
    }
