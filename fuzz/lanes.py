"""Cases run on every core at once, a process each, which may crash or hang."""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import re
import sys
import time
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from fuzz.mutate import case
from fuzz.target import broken, names
from hengjian.documents.bounds import BOUNDS

CORPUS = Path(__file__).parent / "corpus"
_HANG = 5.0
"""Seconds after which a case that says nothing is ended; what takes over one second is noted by itself."""
_TICK = 0.2
_seen: set[tuple[str, str]] = set()
"""What failed already, by reader and words without figures."""


@dataclass(slots=True)
class Lane:
    """The cases of one processor: every so-many-th number; `at` is the case under way, in shared memory."""

    start: int
    step: int
    runs: int
    readers: tuple[str, ...]
    at: Any
    faults: Any
    process: BaseProcess | None = None
    seen: tuple[int, float] = field(default=(-1, 0.0))

    def name_of(self, number: int) -> str:
        """Return the reader of a case: each in turn."""
        return self.readers[number // self.step % len(self.readers)]


def work(lane: Lane) -> None:
    """Run the cases of a lane from where it stands; faults are told, the end is a number past the last."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not everywhere

        resource.setrlimit(resource.RLIMIT_DATA, (BOUNDS.memory, BOUNDS.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in range(lane.at.value, lane.runs, lane.step):
        lane.at.value = number
        name = lane.name_of(number)
        if (fault := broken(name, case(name, number))) is not None:
            lane.faults.put((name, number, fault))
    lane.at.value = lane.runs


def main() -> int:
    """Run, say how far it is every few seconds, and return 1 when anything was broken."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"of {', '.join(names())}")
    parser.add_argument("--runs", type=int, default=10_000)
    options = parser.parse_args()
    readers = tuple(options.readers) or names()
    context = multiprocessing.get_context("spawn")
    faults = context.Queue()
    step = os.cpu_count() or 1
    lanes = [
        Lane(start, step, options.runs, readers, context.Value("q", start, lock=False), faults)
        for start in range(step)
    ]
    started = said = time.monotonic()
    count = 0
    while not all(lane.at.value >= lane.runs for lane in lanes):
        for lane in lanes:
            count += _watch(lane, context)
        time.sleep(_TICK)
        count += _save_all(faults)
        if time.monotonic() - said > 10:
            said = time.monotonic()
            done = sum(min(lane.at.value, lane.runs) // lane.step for lane in lanes)
            rate = done / (said - started)
            print(f"{done:,} of {options.runs:,}  {rate:,.0f}/s  {count} broken", file=sys.stderr, flush=True)
    for lane in lanes:
        if lane.process is not None:
            lane.process.join()
    count += _save_all(faults)
    taken = time.monotonic() - started
    print(f"{options.runs:,} cases of {', '.join(readers)} in {taken:,.0f} s: {count} broken")
    return 1 if count else 0


def _watch(lane: Lane, context: Any) -> int:  # noqa: ANN401 - the spawn context
    """Start a lane, or start it again past a case that ended or stopped its process; return such cases."""
    number, now = lane.at.value, time.monotonic()
    if number >= lane.runs:
        return 0
    if number != lane.seen[0]:
        lane.seen = (number, now)
    alive = lane.process is not None and lane.process.is_alive()
    hangs = alive and now - lane.seen[1] > _HANG
    if alive and not hangs:
        return 0
    found = 0
    if lane.process is not None:
        if hangs:
            lane.process.kill()
        lane.process.join()
        if lane.at.value >= lane.runs:
            return 0
        name = lane.name_of(lane.at.value)
        _save(name, lane.at.value, "hang" if hangs else f"exit {lane.process.exitcode}")
        found, lane.at.value = 1, lane.at.value + lane.step
    shown = Lane(lane.start, lane.step, lane.runs, lane.readers, lane.at, lane.faults)
    lane.process = context.Process(target=work, args=(shown,), daemon=True)
    lane.process.start()
    lane.seen = (lane.at.value, now + _HANG)
    return found


def _save_all(faults: Any) -> int:  # noqa: ANN401 - a queue of a context
    found = 0
    while not faults.empty():
        _save(*faults.get())
        found += 1
    return found


def _save(name: str, number: int, fault: str) -> None:
    print(f"{name} {number}: {fault[:200]}", flush=True)
    alike = (name, re.sub(r"[\d.]+", "#", fault))
    if alike in _seen:
        return
    _seen.add(alike)
    data = case(name, number)
    path = CORPUS / name / hashlib.sha256(data).hexdigest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"  {path}", flush=True)
