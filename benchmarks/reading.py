"""Reading docx files of tables: our reader, python-docx, and parsing the XML alone."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table as PeerTable
from lxml import etree

from benchmarks.forms import budget_tables, self_evaluation
from benchmarks.measure import Measured, Table, repeated, table
from hengjian.audit import audit
from hengjian.documents import read_document
from hengjian.documents.tree import Table as OurTable
from hengjian.filing import read_filing
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for

LIMIT = "bare limit: unzip and parse the XML"
PEER = "python-docx, row.cells of every row"
LEAN_PEER = "python-docx, spans from each w:tc once"

_Span = tuple[int, int, int, int, str]
"""A cell: row, column, rows, columns and its text without white space."""


def run() -> list[Table]:
    """Write 23 forms and 20 budget tables, then read them in several ways; audit the forms."""
    library = load_library(data_folder("packs"))
    filing = read_filing(data_folder("examples") / "quxian-2022", library)
    standards = standards_for(library, filing.pack, filing.year)
    with tempfile.TemporaryDirectory() as folder:
        forms, budgets = Path(folder) / "forms.docx", Path(folder) / "budgets.docx"
        forms.write_bytes(self_evaluation(filing, standards))
        budgets.write_bytes(budget_tables())
        audited = ("audit of the document, reading included", repeated(lambda: audit(forms, library)), "")
        return [
            _compared("Reading: 23 self-evaluation forms as docx", forms, [audited]),
            _compared("Reading: 20 ruled budget tables as docx", budgets, []),
        ]


def _compared(title: str, path: Path, more: list[tuple[str, Measured, str]]) -> Table:
    def bare() -> object:
        with zipfile.ZipFile(path) as archive:
            return etree.fromstring(archive.read("word/document.xml"))

    def peer() -> list[str]:
        tables = docx.Document(str(path)).tables
        return [cell.text for each in tables for row in each.rows for cell in row.cells]

    def lean() -> list[list[_Span]]:
        return [_peer_cells(each) for each in docx.Document(str(path)).tables]

    ours = [_our_cells(each) for each in read_document(path).tables()]
    lines = [
        (LIMIT, repeated(bare), ""),
        ("reader: blocks, grids, spans, places", repeated(lambda: read_document(path)), ""),
        (LEAN_PEER, repeated(lean), ""),
        (PEER, repeated(peer), ""),
        *more,
    ]
    return table(title, lines, (LIMIT, LEAN_PEER, PEER), (_equality(ours, lean()),))


def _equality(ours: list[list[_Span]], theirs: list[list[_Span]]) -> str:
    """Say what share of python-docx's cells the reader has with the same spans and text."""
    found = sum(len(set(mine) & set(peer)) for mine, peer in zip(ours, theirs, strict=False))
    cells = sum(map(len, theirs))
    return (
        f"cells equal in place, spans and text: {found:,} of {cells:,} ({found / cells:.2%}), "
        f"in {len(ours)} and {len(theirs)} tables"
    )


def _our_cells(each: OurTable) -> list[_Span]:
    return [
        (cell.row, cell.column, cell.row_span, cell.column_span, "".join(cell.text.split()))
        for cell in each.cells
    ]


def _peer_cells(each: PeerTable) -> list[_Span]:
    """Walk each ``w:tc`` once: ``grid_span`` and ``vMerge`` give the spans; no cell is read twice."""
    cells: list[list[int | str]] = []
    above: dict[int, list[int | str]] = {}
    for r, c, span, merged, text in _anchors(each):
        upper = above.get(c)
        if merged and upper is not None and upper[3] == span:
            upper[2] = r - int(upper[0]) + 1
        else:
            above[c] = [r, c, 1, span, text]
            cells.append(above[c])
    return [(int(r), int(c), int(rows), int(columns), str(text)) for r, c, rows, columns, text in cells]


def _anchors(each: PeerTable) -> Iterator[tuple[int, int, int, bool, str]]:
    for r, row in enumerate(each._tbl.tr_lst):  # noqa: SLF001 - its public API reads merged cells again
        c = row.grid_before
        for tc in row.tc_lst:
            text = "".join("".join(p.text for p in tc.p_lst).split())
            yield r, c, tc.grid_span, tc.vMerge == "continue", text
            c += tc.grid_span
