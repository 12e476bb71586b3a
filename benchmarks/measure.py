"""Time work and print it beside its peers."""

from __future__ import annotations

import time
from collections.abc import Callable

ROUNDS = 5


def best(work: Callable[[], object]) -> float:
    """Return the shortest of some runs, in seconds; the first run, which warms caches, does not count."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def table(title: str, rows: list[tuple[str, float]], limit: float) -> None:
    """Print seconds and the ratio to the bare limit."""
    print(f"\n{title}")
    for name, seconds in rows:
        print(f"  {name:44} {seconds * 1000:10.2f} ms {seconds / limit:9.1f} x limit")
