"""The command that runs the cases of packs."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.table import Table

from hengjian.audit.pack_tests import CaseFailure, PackTest, run_pack_tests
from hengjian.cli.context import CLEAN, FOUND, UNREADABLE, Context
from hengjian.cli.words import OUTCOMES
from hengjian.kernel import InputError, PackError
from hengjian.kernel.resources import data_folder


def run(context: Context, root: Path | None, pack: str | None) -> int:
    """Print what the cases of every pack, or of one, come to; each failure with file and line."""
    try:
        tests = run_pack_tests(root or data_folder("packs"), pack)
    except InputError as error:
        context.complain(error.finding)
        return UNREADABLE
    except PackError as error:
        context.err.print(context.say("pack-faults", count=len(error.faults)), style="red")
        for fault in error.faults:
            context.err.print(str(fault), soft_wrap=True)
        return UNREADABLE
    context.out.print(_summary(context, tests))
    failures = [failure for test in tests for failure in test.failures]
    for failure in failures:
        context.out.print(_line(context, failure), style="red", soft_wrap=True)
    return FOUND if failures else CLEAN


def _summary(context: Context, tests: tuple[PackTest, ...]) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column(context.say("pack"))
    for key in ("pack-items", "pack-cases", "pack-failures"):
        table.add_column(context.say(key), justify="right")
    for test in tests:
        table.add_row(test.pack, str(test.items), str(test.cases), str(len(test.failures)))
    return table


def _line(context: Context, failure: CaseFailure) -> str:
    values = {"place": f"{failure.file}:{failure.line}", "item": failure.item, "why": failure.explanation}
    if failure.expected is None:
        return context.say("item-untested", **values)
    if failure.got is None:
        return context.say("case-faulty", **values)
    outcomes = {"expected": OUTCOMES[failure.expected], "got": OUTCOMES[failure.got]}
    return context.say("case-failed", **values, **outcomes)
