"""Filings read for a command: what cannot be read is told, and the others go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from hengjian.cli.context import Context, short
from hengjian.filing import Filing, read_filing
from hengjian.kernel import Finding, InputError
from hengjian.packs import Standards, standards_for


def filings_of(
    context: Context, folders: tuple[Path, ...], failed: list[Finding]
) -> Iterator[tuple[Path, Filing, Standards]]:
    """Yield the filings that can be read; complain about the others and go on."""
    library = context.library()
    for folder in context.progress(folders, short):
        try:
            filing = read_filing(folder, library)
            failed.extend(filing.problems)
            context.complain(*(_inside(folder, problem) for problem in filing.problems))
            yield folder, filing, standards_for(library, filing.pack, filing.year)
        except InputError as error:
            failed.append(error.finding)
            context.complain(_inside(folder, error.finding))


def _inside(folder: Path, problem: Finding) -> Finding:
    """Return a problem of a filing with its file's whole path: places in a filing are relative to it."""
    if problem.place.file is None or Path(problem.place.file).is_relative_to(folder):
        return problem
    return replace(problem, place=replace(problem.place, file=str(folder / problem.place.file)))


def previous_of(filing: Filing, earlier: Iterable[Filing]) -> Filing | None:
    """Return the filing of the same department for the year before, if it is among the earlier ones."""
    return next(
        (
            each
            for each in earlier
            if each.entity.name == filing.entity.name and each.year.year == filing.year.year - 1
        ),
        None,
    )
