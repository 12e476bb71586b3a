"""``hengjian synth``: a made-up province in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from hengjian.cli.context import CLEAN, UNREADABLE, Context
from hengjian.kernel import FiscalYear, InputError
from hengjian.packs import standards_for
from hengjian.synth import FAULTS, Order, Output, Province, write_province


def run(
    context: Context, out: Path, order: Order, standards: tuple[str, int], output: Output, faults: str
) -> int:
    """Write made-up departments under a pack and year, say what was written; returns the exit status.

    `faults` is a number of departments or their share, as ``10%``.
    """
    pack, year = standards
    count = _faults(context, faults, order.departments)
    try:
        province = Province(standards_for(context.library(), pack, FiscalYear(year)), order)
        written = write_province(
            province, out, output, count, lambda parts: context.progress(parts, lambda part: part.names[0])
        )
    except InputError as error:
        context.complain(error.finding)
        return UNREADABLE
    counts = {"departments": written.departments, "figures": f"{written.figures:,}", "path": out}
    context.out.print(context.say("synth-written", **counts), soft_wrap=True)
    if count:
        found = [fault for fault in written.faults if not fault.within_rounding]
        counts = {"count": len(written.faults), "found": len(found), "path": out / FAULTS}
        context.out.print(context.say("synth-faults", **counts), soft_wrap=True)
    if written.left_out:
        titles = "、".join(form.title[context.language] for form in written.left_out)
        counts = {"count": len(written.left_out), "titles": titles}
        context.out.print(context.say("synth-left-out", **counts), soft_wrap=True)
    return CLEAN


def _faults(context: Context, text: str, departments: int) -> int:
    """Return the number of faults; stops when it is none or there are fewer departments."""
    number = text.strip().removesuffix("%")
    if number.isascii() and number.isdigit():
        share, most = int(number), 100 if text.strip().endswith("%") else departments
        if share <= most:
            return share * departments // most
    raise click.UsageError(context.say("synth-no-faults", value=text, departments=departments))
