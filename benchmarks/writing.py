"""Writing self-evaluation forms: our writer, python-docx cell by cell, and zipping the same bytes."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import docx

from benchmarks.forms import self_evaluation
from benchmarks.measure import Table, repeated, table
from hengjian.documents import read_document
from hengjian.filing import read_filing
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for

LIMIT = "bare limit: zip the same parts"
PEER = "python-docx, cell by cell"


def run() -> list[Table]:
    """Write 23 forms; the peer writes the same cells without spans."""
    library = load_library(data_folder("packs"))
    filing = read_filing(data_folder("examples") / "quxian-2022", library)
    standards = standards_for(library, filing.pack, filing.year)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.docx"
        path.write_bytes(self_evaluation(filing, standards))
        grids = [each.texts() for each in read_document(path).tables()]
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}

        def bare() -> None:
            with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in parts.items():
                    archive.writestr(name, data)

        def peer() -> None:
            document = docx.Document()
            for grid in grids:
                made = document.add_table(len(grid), len(grid[0]))
                for row, texts in zip(made.rows, grid, strict=True):
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.text = text
            document.save(io.BytesIO())

        lines = [
            (LIMIT, repeated(bare), ""),
            (
                "writer: 23 forms, 11 columns, spans",
                repeated(lambda: self_evaluation(filing, standards)),
                "",
            ),
            (PEER, repeated(peer), "the same cells without spans"),
        ]
    return [table("Writing: 23 self-evaluation forms as docx", lines, (LIMIT, PEER))]
