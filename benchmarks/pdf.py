"""Reading PDF files: our reader, poppler's text alone, and pdfplumber's tables."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pdfplumber

from benchmarks.measure import Measured, Table, command_once, median, repeated, run_once, table
from hengjian.documents import read_document
from hengjian.documents.pdf_pages import printed_pages
from hengjian.documents.printed import PrintedTable
from hengjian.documents.ruled import ruled_tables

LIMIT = "limit: pdftotext"
PEER = "pdfplumber's tables"
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
_PAGES, _TABLES, _ROWS = 25, 15, 20
_HEAD = ("类", "款", "项", "科目名称", "合计", "基本支出", "项目支出", "备注")
_PROSE = f"<p>{'一般公共预算财政拨款支出年初预算为1,234.50万元，支出决算为1,200.00万元。' * 3}</p>"
_STYLE = "<meta charset=utf-8><style>@page{size:A4 landscape;margin:1.5cm}td{font-size:9pt}</style>"
_ROUNDS = 3
_MEASURE = """
import sys
from pathlib import Path
from hengjian.documents import read_document
read_document(Path(sys.argv[1]))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def run() -> list[Table]:
    """Measure on a made-up publication, and on published ones where they lie beside the project."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [publication(Path(folder)), *sorted(SAMPLES.glob("*.pdf"))]
        return [_measured(path) for path in paths]


def publication(folder: Path) -> Path:
    """Write a file of 25 pages, 15 of them with a ruled table of merged heads, the others of prose.

    An office program makes it, as it does for departments; its fonts are within, without which pdftotext
    reads no Chinese. Pages are as dense as published ones. Raises `RuntimeError` when none is installed.
    """
    office = shutil.which("soffice")
    if office is None:
        raise RuntimeError("LibreOffice, which writes the PDF to be read, is not installed")
    pages = [_table_page(page) if page < _TABLES else _PROSE * 4 for page in range(_PAGES)]
    page = folder / "made.html"
    page.write_text(_STYLE + "<p style='page-break-before:always'></p>".join(pages), encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    filters = ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"]
    subprocess.run(  # noqa: S603 - our own
        [office, profile, "--headless", *filters, "--outdir", str(folder), str(page)],
        check=True,
        capture_output=True,
    )
    return folder / "made.pdf"


def _table_page(page: int) -> str:
    """Return a page with a table whose head merges the three columns of the code."""
    rows = [
        "<tr><td colspan=3>科目编码</td>"
        + "".join(f"<td rowspan=2>{text}</td>" for text in _HEAD[3:])
        + "</tr>",
        "<tr>" + "".join(f"<td>{text}</td>" for text in _HEAD[:3]) + "</tr>",
    ]
    for row in range(_ROWS):
        texts = (
            "201",
            f"{row:02}",
            f"{page:02}",
            f"一般公共服务支出{row}",
            "1,234.56",
            "234.56",
            "1,000.00",
            "",
        )
        rows.append("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>")
    return f"<p>支出决算表（{page + 1}）</p><table border=1 cellspacing=0>{''.join(rows)}</table>"


def _measured(path: Path) -> Table:
    """Measure one file."""
    data = path.read_bytes()
    lines: list[tuple[str, Measured, str]] = []
    command = shutil.which("pdftotext")
    if command:
        lines.append(
            (
                LIMIT,
                median([command_once([command, str(path), "-"]) for _ in range(9)]),
                "a process of its own",
            )
        )

    def tables() -> list[PrintedTable]:
        return [each for page in printed_pages(data, path.name) for each in ruled_tables(page)]

    lines.append(("characters and ruling lines", repeated(lambda: list(printed_pages(data, path.name))), ""))
    lines.append(("and ruled tables", repeated(tables), f"{len(tables())} tables"))
    lines.append(
        (
            "reader: blocks, grids, spans, places",
            repeated(lambda: read_document(path)),
            f"{_peak(path):.0f} MB at most",
        )
    )
    theirs: list[list[list[list[str | None]]]] = []
    peer = median([run_once(lambda: theirs.append(_theirs(path))) for _ in range(_ROUNDS)])
    lines.append((PEER, peer, f"{_equal(tables(), theirs[0]):.1%} of its cells the same"))
    return table(f"Reading PDF: {path.name}", lines, (LIMIT, PEER))


def _theirs(path: Path) -> list[list[list[str | None]]]:
    """Return the tables that pdfplumber finds."""
    with pdfplumber.open(path) as document:
        return [each for page in document.pages for each in page.extract_tables()]


def _equal(ours: list[PrintedTable], theirs: list[list[list[str | None]]]) -> float:
    """Return the share of the peer's cells that ours agree with, white space aside."""
    wanted = [cell for each in theirs for row in each for cell in row]
    same = 0
    left = list(ours)
    for each in theirs:
        size = (len(each), len(each[0]))
        at = next((n for n, mine in enumerate(left) if (len(mine.rows), len(mine.rows[0])) == size), None)
        if at is not None:
            same += sum(a == b for a, b in zip(_texts(left.pop(at)), _flat(each), strict=True))
    return same / len(wanted) if wanted else 1.0


def _texts(made: PrintedTable) -> Iterator[str | None]:
    """Yield the texts of a grid, None where a merged cell goes on."""
    for r, row in enumerate(made.rows):
        for c, cell in enumerate(row):
            text = "".join(line.text for line in cell.lines)
            yield re.sub(r"\s", "", text) if (cell.row, cell.column) == (r, c) else None


def _flat(grid: list[list[str | None]]) -> Iterator[str | None]:
    """Yield the texts of pdfplumber's grid without white space."""
    for row in grid:
        for cell in row:
            yield None if cell is None else re.sub(r"\s", "", cell)


def _peak(path: Path) -> float:
    """Return the most memory that reading takes in a process of its own, in megabytes (Linux).

    What the parent takes counts in `ru_maxrss` of a child; the high water mark begins anew with a program.
    """
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024
