"""LibreOffice: a workbook with a cell a figure and a formula an identity, calculated when it is loaded."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path

import xlsxwriter

from benchmarks.identities import Case, Identity
from benchmarks.measure import Measured, command_once, median
from benchmarks.peers import AbsentError, Met
from hengjian.filing.facts import Cell

ROUNDS = 7
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""Formulas are calculated when a workbook is loaded, whatever it says that they came to."""


def measure(case: Case, faulty: Case) -> Met:
    """Convert the workbook to CSV, and an empty one, whose time is taken off."""
    program = shutil.which("soffice")
    if program is None:
        raise AbsentError("LibreOffice: there is no soffice on the path")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        office = _Office(program, root)
        sound, unsound, empty = root / "sound.xlsx", root / "faulty.xlsx", root / "empty.xlsx"
        _write(case, sound)
        _write(faulty, unsound)
        xlsxwriter.Workbook(str(empty)).close()
        office.convert(empty)
        if not empty.with_suffix(".csv").exists():
            raise AbsentError("LibreOffice: soffice opens no workbook here, its Calc is not installed")
        broken = office.broken_after(unsound)
        if office.broken_after(sound):
            raise RuntimeError("LibreOffice finds identities broken that hold")
        rounds = [(office.convert(empty), office.convert(sound)) for _ in range(ROUNDS)]
    idle, whole = median([first for first, _ in rounds]), median([second for _, second in rounds])
    taken = Measured(max(whole.wall - idle.wall, 0), max(whole.cpu - idle.cpu, 0))
    return Met(
        (
            ("LibreOffice: from start to end", whole, "start, load, calculate, save as CSV"),
            ("LibreOffice: less start-up", taken, f"an empty workbook's {idle.wall:.2f} s taken off"),
        ),
        broken,
    )


class _Office:
    """LibreOffice with a profile of its own, so that a running one is left alone."""

    def __init__(self, program: str, root: Path) -> None:
        user = root / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
        self.root = root
        self.command = [program, f"-env:UserInstallation={(root / 'profile').as_uri()}", "--headless"]

    def convert(self, path: Path) -> Measured:
        """Convert a workbook's sheet to CSV."""
        return command_once([*self.command, "--convert-to", "csv", "--outdir", str(self.root), str(path)])

    def broken_after(self, path: Path) -> frozenset[int]:
        """Convert a workbook and return the identities that it says are broken."""
        self.convert(path)
        with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            said = [row[1] for row in csv.reader(file) if row[1]]
        if set(said) - {"holds", "broken"}:
            raise RuntimeError(f"LibreOffice did not calculate: {set(said)}")
        return frozenset(number for number, text in enumerate(said) if text == "broken")


def _write(case: Case, path: Path) -> None:
    """Write figures to the first column and an answer for each identity to the second, all on one sheet."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    stated = case.stated()
    rows = {cell: number for number, cell in enumerate(case.cells)}
    for cell, row in rows.items():
        sheet.write_number(row, 0, stated[cell][0])
    for number, identity in enumerate(case.identities):
        sheet.write_formula(number, 1, _formula(identity, rows, stated), value="")
    book.close()


def _formula(identity: Identity, rows: dict[Cell, int], stated: dict[Cell, tuple[int, int]]) -> str:
    slack = sum(abs(times) * stated[cell][1] for times, cell in identity.terms)
    total = "".join(f"{times:+d}*A{rows[cell] + 1}" for times, cell in identity.terms)
    return f'=IF(ABS(2*({total}))<={slack},"holds","broken")'
