"""Run benchmarks: ``python -m benchmarks [NAME…] [--json FILE]``; all of them without a name."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks import batch, department, pdf, province, reading, scoring, startup, writing
from benchmarks.measure import Table, as_json, progress


def _province(options: argparse.Namespace) -> list[Table]:
    """Measure the province, which prints its own figures."""
    province.main(options.departments, options.repeat, options.keep)
    return []


RUNS: dict[str, Callable[[argparse.Namespace], list[Table]]] = {
    "province": _province,
    "department": lambda _: department.run(),
    "batch": lambda _: batch.run(),
    "startup": lambda _: startup.run(),
    "reading": lambda _: reading.run(),
    "pdf": lambda _: pdf.run(),
    "scoring": lambda _: scoring.run(),
    "writing": lambda _: writing.run(),
}


def main() -> None:
    """Run what was named, print the tables and keep them as JSON if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(RUNS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures too")
    parser.add_argument("--departments", type=int, default=1_000, help="of the largest made-up province")
    parser.add_argument("--repeat", type=int, default=5, help="runs of which the median counts")
    parser.add_argument("--keep", metavar="FOLDER", help="where made-up provinces stay for the next time")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in RUNS]
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(RUNS)}")
    tables = []
    for name in options.names or RUNS:
        progress(name)
        made = RUNS[name](options)
        for each in made:
            print(each, flush=True)
        tables.extend(made)
    if options.json is not None:
        options.json.write_text(as_json(tables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
