"""Parts that are measured in a process of their own, so that time and memory are theirs alone.

``python -m benchmarks.parts NAME ARGUMENT…`` prints one line of JSON.
"""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_SCANS = {
    "one column": "select sum(value) from '{facts}'",
    "every column": "select sum(entity::bigint), sum(cell::bigint), sum(value), sum(unit) from '{facts}'",
    "by department": "select entity, sum(value), sum(unit) from '{facts}' group by entity",
}


def alone(part: str, *arguments: object, repeat: int = 1) -> dict[str, float]:
    """Run a part in fresh processes and return the median of each of its figures."""
    command = [sys.executable, "-m", "benchmarks.parts", part, *map(str, arguments)]
    runs = []
    for _ in range(repeat):
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]}


def check_store(folder: str) -> dict[str, float]:
    """Check a store of facts; start-up is imports, packs and compiling."""
    start = time.perf_counter()
    from hengjian.filing.fact_store import FactStore  # noqa: PLC0415 - imports are measured
    from hengjian.kernel.resources import data_folder  # noqa: PLC0415
    from hengjian.packs import load_library  # noqa: PLC0415
    from hengjian.rules.province import ProvinceCheck, Tally  # noqa: PLC0415

    store = FactStore.open(Path(folder))
    check = ProvinceCheck(store, load_library(data_folder("packs")))
    for pack, year in {(each.pack, each.year) for each in store.departments}:
        check.prepared(pack, year)
    ready = time.perf_counter()
    tally = Tally()
    for checked in check.run():
        tally.add(checked.tally)
    return {
        "startup": ready - start,
        "pass": time.perf_counter() - ready,
        "departments": tally.departments,
        "rules": len({rule for rule, _ in tally.outcomes}),
        "verdicts": sum(tally.outcomes.values()),
    }


def scan_store(folder: str, scan: str) -> dict[str, float]:
    """Sum the same Parquet with DuckDB on two threads, the file being warm."""
    import duckdb  # noqa: PLC0415

    query = _SCANS[scan].format(facts=f"{folder}/facts-*.parquet")
    connection = duckdb.connect(config={"threads": 2})
    connection.sql(query).fetchall()
    start = time.perf_counter()
    connection.sql(query).fetchall()
    return {"pass": time.perf_counter() - start}


def load_packs() -> dict[str, float]:
    """Load every pack; the environment says where parsed packs are kept."""
    from hengjian.kernel.resources import data_folder  # noqa: PLC0415
    from hengjian.packs import load_library  # noqa: PLC0415

    start = time.perf_counter()
    load_library(data_folder("packs")).require_clean()
    return {"pass": time.perf_counter() - start}


def _peak_mb() -> float:
    """Return this process's own peak; what the system counts otherwise may be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "check_store": check_store,
    "scan_store": scan_store,
    "load_packs": load_packs,
}

if __name__ == "__main__":
    figures = PARTS[sys.argv[1]](*sys.argv[2:])
    figures["peak_mb"] = _peak_mb()
    print(json.dumps(figures))
