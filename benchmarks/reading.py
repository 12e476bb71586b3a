"""Reading a docx of self-evaluation forms: our reader, python-docx, and parsing the XML alone."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import docx
from lxml import etree

from benchmarks.forms import self_evaluation
from benchmarks.measure import Table, repeated, table
from hengjian.audit import audit
from hengjian.documents import read_document
from hengjian.filing import read_filing
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for

LIMIT = "bare limit: unzip and parse the XML"
PEER = "python-docx, cell by cell"


def run() -> list[Table]:
    """Write 23 forms, then read them in several ways and audit them."""
    library = load_library(data_folder("packs"))
    filing = read_filing(data_folder("examples") / "quxian-2022", library)
    standards = standards_for(library, filing.pack, filing.year)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.docx"
        path.write_bytes(self_evaluation(filing, standards))

        def bare() -> object:
            with zipfile.ZipFile(path) as archive:
                return etree.fromstring(archive.read("word/document.xml"))

        def peer() -> list[str]:
            tables = docx.Document(str(path)).tables
            return [cell.text for each in tables for row in each.rows for cell in row.cells]

        lines = [
            (LIMIT, repeated(bare), ""),
            ("reader: blocks, grids, spans, places", repeated(lambda: read_document(path)), ""),
            (PEER, repeated(peer), ""),
            ("audit of the document, reading included", repeated(lambda: audit(path, library)), ""),
        ]
    return [table("Reading: 23 self-evaluation forms as docx", lines, (LIMIT, PEER))]
