"""Commands over the packs."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.table import Table

from hengjian.cli.context import CLEAN, FOUND, UNREADABLE, Context
from hengjian.kernel import FiscalYear, InputError, PackError, PackFault
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, Pack, load_library, standards_for
from hengjian.packs.lint import lint_library
from hengjian.packs.schema import CodeList
from hengjian.rules import lint_coverage, lint_rules


def list_packs(context: Context) -> int:
    """Print every pack with what it holds."""
    table = Table(box=box.SIMPLE)
    for key in ("pack", "title", "inherits", "items", "unverified"):
        table.add_column(context.say(key))
    for pack_id, pack in sorted(context.library().packs.items()):
        table.add_row(
            pack_id,
            pack.manifest.title[context.language],
            pack.manifest.inherits or context.say("none"),
            "/".join(str(count) for count in _sizes(pack)),
            str(_unverified(pack)),
        )
    context.out.print(table)
    return CLEAN


def _unverified(pack: Pack) -> int:
    """Count what was written down from memory; of a list of codes, its codes."""
    codes = (
        code_list.verified if item.verified is None else item.verified
        for code_list in pack.codes
        for item in code_list.items
    )
    others = (item.verified for item in pack.items if not isinstance(item, CodeList))
    return sum(not verified for verified in (*codes, *others))


def _sizes(pack: Pack) -> tuple[int, int, int, int]:
    codes = sum(len(code_list.items) for code_list in pack.codes)
    return codes, len(pack.forms), len(pack.rules), len(pack.rubrics)


def show_pack(context: Context, pack_id: str, year: int) -> int:
    """Print the forms, rules and rubrics that a pack prescribes in a year."""
    try:
        standards = standards_for(context.library(), pack_id, FiscalYear(year))
    except InputError as error:
        context.complain(error.finding)
        return UNREADABLE
    table = Table(box=box.SIMPLE, title=f"{pack_id} {year}")
    for key in ("form", "title", "rule"):
        table.add_column(context.say(key), overflow="fold")
    for form in standards.forms.values():
        rules = [rule.ref for rule in standards.rules.values() if rule.form == form.form]
        table.add_row(form.form, form.title[context.language], " ".join(dict.fromkeys(rules)))
    context.out.print(table)
    for rubric in standards.rubrics.values():
        context.out.print(context.say("rubric", title=rubric.title[context.language]))
    return CLEAN


def lint(context: Context, root: Path | None) -> int:
    """Print every fault of the packs with file and line."""
    try:
        library = load_library(root or data_folder("packs"))
    except PackError as error:
        return _faulty(context, error.faults)
    faults = {*lint_library(library), *_of_rules(library)}
    if faults:
        return _faulty(context, tuple(sorted(faults)))
    context.out.print(context.say("pack-clean", count=len(library.packs)))
    return CLEAN


def _of_rules(library: Library) -> tuple[PackFault, ...]:
    return () if library.faults else (*lint_rules(library), *lint_coverage(library))


def _faulty(context: Context, faults: tuple[PackFault, ...]) -> int:
    context.out.print(context.say("pack-faults", count=len(faults)), style="red")
    for fault in faults:
        context.out.print(str(fault), soft_wrap=True)
    return FOUND
