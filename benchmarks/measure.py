"""Time work, in this process or in one of its own, and print it beside its peers."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

ROUNDS = 5
_LEAST = 0.02
"""Seconds that a round takes at least; shorter work is repeated within it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds by the clock and by the processors."""

    wall: float
    cpu: float

    def over(self, parts: int) -> Measured:
        """Return the share of one of so many equal parts."""
        return Measured(self.wall / parts, self.cpu / parts)


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing; `ratios` say how many times the clock of other lines it takes."""

    what: str
    measured: Measured
    ratios: dict[str, float]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a benchmark found: lines in the order of their measuring, and what must be said about them."""

    title: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Lay the lines out in columns."""
        peers = list(dict.fromkeys(peer for line in self.lines for peer in line.ratios))
        head = ["", "wall", "CPU", *(f"× {peer}" for peer in peers), ""]
        rows = [head, *(self._cells(line, peers) for line in self.lines)]
        widths = [max(len(row[at]) for row in rows) for at in range(len(head) - 1)]
        texts = [
            "  ".join(
                [
                    row[0].ljust(widths[0]),
                    *(cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:], strict=True)),
                    row[-1],
                ]
            ).rstrip()
            for row in rows
        ]
        return "\n".join([f"\n{self.title}", *(f"  {text}" for text in texts), *self._noted()])

    def _cells(self, line: Line, peers: Sequence[str]) -> list[str]:
        measured = line.measured
        ratios = [f"{line.ratios[peer]:,.2f}" if peer in line.ratios else "" for peer in peers]
        return [line.what, _time(measured.wall), _time(measured.cpu), *ratios, line.note]

    def _noted(self) -> list[str]:
        return [f"  · {note}" for note in self.notes]


def table(
    title: str,
    lines: Sequence[tuple[str, Measured, str]],
    peers: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Table:
    """Set every line against the lines that `peers` name."""
    walls = {what: measured.wall for what, measured, _ in lines}
    made = (
        Line(what, measured, {peer: measured.wall / walls[peer] for peer in peers if peer in walls}, note)
        for what, measured, note in lines
    )
    return Table(title, tuple(made), tuple(notes))


def as_json(tables: Sequence[Table]) -> str:
    """Return tables as JSON, in seconds."""
    return json.dumps([asdict(each) for each in tables], ensure_ascii=False, indent=1)


def repeated(work: Callable[[], object], rounds: int = ROUNDS) -> Measured:
    """Return the median of some rounds; the first run, which warms caches, does not count."""
    once = run_once(work)
    times = max(int(_LEAST / max(once.wall, 1e-7)), 1)

    def loop() -> None:
        for _ in range(times):
            work()

    return median([run_once(loop).over(times) for _ in range(rounds)])


def run_once(work: Callable[[], object]) -> Measured:
    """Time a single run."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Measured(time.perf_counter() - wall, time.process_time() - cpu)


def median(runs: Sequence[Measured]) -> Measured:
    """Return the median of each figure."""
    return Measured(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
    )


def command_once(
    command: Sequence[str], outputs: list[str] | None = None, accepted: Sequence[int] = (0,)
) -> Measured:
    """Time a command from start to end; `accepted` are its exit statuses that are no failure.

    Raises `RuntimeError` with what it complained of.
    """
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in accepted:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stderr}")
    if outputs is not None:
        outputs.append(done.stdout)
    return Measured(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def progress(text: str) -> None:
    """Say on the error output what is being done."""
    print(f"… {text}", file=sys.stderr, flush=True)


def _time(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:,.2f} s"
    return f"{seconds * 1000:,.2f} ms" if seconds >= 0.001 else f"{seconds * 1e6:,.0f} µs"
