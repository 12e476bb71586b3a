"""What every command needs: a language, a console, and the standards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from rich.console import Console

from hengjian.cli.prose import ProseConsole
from hengjian.cli.words import SAYS
from hengjian.kernel import Finding, PackError, Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library
from hengjian.packs.cache import known_sound

if TYPE_CHECKING:
    from rich.progress import Progress

_Item = TypeVar("_Item")

CLEAN, FOUND, UNREADABLE = 0, 1, 2
"""Exit status: no error found, at least one, something could not be read."""


@dataclass(slots=True)
class Context:
    """The language and where output goes: results to `out`, progress and errors to `err`."""

    language: str
    out: Console = field(default_factory=lambda: ProseConsole(highlight=False, markup=False))
    err: Console = field(default_factory=lambda: ProseConsole(stderr=True, highlight=False, markup=False))

    def say(self, key: str, **values: object) -> str:
        """Return one of the command line's own sentences."""
        return SAYS[key].filled(**values)[self.language]

    def complain(self, *findings: Finding) -> None:
        """Print what could not be used, a line each."""
        for finding in findings:
            self.err.print(finding.line(self.language), style="red", soft_wrap=True)

    def library(self) -> Library:
        """Load the packs; stops with their faults when they cannot be used."""
        root = data_folder("packs")
        try:
            library = load_library(root)
            if known_sound(library.digest):
                return library
            from hengjian.rules.lint import sound_library

            return sound_library(root)
        except PackError as error:
            self.err.print(self.say("pack-faults", count=len(error.faults)), style="red")
            for fault in error.faults:
                self.err.print(str(fault), soft_wrap=True)
            raise click.exceptions.Exit(UNREADABLE) from None

    def progress(self, items: Sequence[_Item], name: Callable[[_Item], str]) -> Iterator[_Item]:
        """Yield the items with a progress bar on a terminal; a single item needs none."""
        if len(items) < 2 or not self.err.is_terminal:  # noqa: PLR2004
            yield from items
            return
        with self._bar() as bar:
            task = bar.add_task(self.say("reading"), total=len(items))
            for item in items:
                bar.update(task, description=f"{self.say('reading')} {name(item)}")
                yield item
                bar.advance(task)

    def _bar(self) -> Progress:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        return Progress(*columns, console=self.err, transient=True)

    def steps(self, items: Iterable[_Item], total: int) -> Iterator[_Item]:
        """Yield the items of a long piece of work, with a progress bar on a terminal."""
        if not self.err.is_terminal:
            yield from items
            return
        with self._bar() as bar:
            yield from bar.track(items, total=total, description=self.say("reading"))


def status_of(findings: Iterable[Finding], *, unreadable: bool = False) -> int:
    """Return the exit status that findings come to."""
    findings = tuple(findings)
    if unreadable or any(f.code.startswith("input.") and f.severity is Severity.ERROR for f in findings):
        return UNREADABLE
    return FOUND if any(finding.severity is Severity.ERROR for finding in findings) else CLEAN


def short(path: Path) -> str:
    """Return the last part of a path."""
    return path.name or str(path)
