"""Auditing many mixed documents: seconds a document and peak memory as their number grows."""

from __future__ import annotations

import resource
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from benchmarks.measure import Table, command_once, table
from tests.renderings.examples import NAMES
from tests.renderings.formats import rendering

COUNTS = (100, 300, 1_000)
FORMATS = ("docx", "html", "xlsx", "pdf")


def run() -> list[Table]:
    """Audit copies of the examples in every format; a line each count."""
    kinds = [(name, ending) for name in NAMES for ending in FORMATS]
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            documents = Path(folder) / str(count)
            documents.mkdir()
            for number, (name, ending) in enumerate(islice(cycle(kinds), count)):
                (documents / f"{number:04}-{name}.{ending}").write_bytes(rendering(name, ending))
            (documents / "broken.docx").write_bytes(b"PK\x03\x04")
            command = [
                str(Path(sys.executable).parent / "hengjian"),
                "audit",
                str(documents),
                "--out",
                f"{documents}-out",
            ]
            measured = command_once(command, accepted=(0, 1, 2)).over(count)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            lines.append((f"{count:,} documents, each", measured, f"largest process {peak:,.0f} MB"))
    return [table("Batch: copies of the examples as docx, HTML, xlsx and PDF", lines)]
