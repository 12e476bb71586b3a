"""LibreOffice: a workbook with a cell a figure and a formula an identity, calculated when it is loaded."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks.identities import Case, Identity
from benchmarks.measure import Measured, command_once, median
from benchmarks.peers import AbsentError, Met
from hengjian.filing.facts import Cell

ROUNDS = 5
_SHEETS = 20
"""Copies of the department in the workbook that the cost of one is told by, start-up being far greater."""
_ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""Formulas are calculated when a workbook is loaded, whatever it says that they came to."""


def measure(case: Case, faulty: Case) -> Met:
    """Convert the workbook to CSV, and ones with many such departments and with none, for the cost of one."""
    program = shutil.which("soffice")
    if program is None:
        raise AbsentError("LibreOffice: there is no soffice on the path")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        office = _Office(program, root)
        sound, unsound = _write(case, root / "sound.xlsx"), _write(faulty, root / "faulty.xlsx")
        many, empty = _write(case, root / "many.xlsx", _SHEETS), root / "empty.xlsx"
        xlsxwriter.Workbook(str(empty)).close()
        office.convert(empty)
        if not office.saved(empty):
            raise AbsentError("LibreOffice: soffice opens no workbook here, its Calc is not installed")
        broken = office.broken_after(unsound)
        if office.broken_after(sound) or office.broken_after(many) or len(office.saved(many)) != _SHEETS:
            raise RuntimeError("LibreOffice finds identities broken that hold, or leaves sheets out")
        rounds = [[office.convert(path) for path in (empty, sound, many)] for _ in range(ROUNDS)]
    idle, whole, copies = (median(runs) for runs in zip(*rounds, strict=True))
    taken = Measured(copies.wall - idle.wall, copies.cpu - idle.cpu).over(_SHEETS)
    return Met(
        (
            ("LibreOffice: from start to end", whole, "start, load, calculate, save as CSV"),
            (
                "LibreOffice: less start-up",
                taken,
                f"of {_SHEETS} copies, an empty workbook's {idle.wall:.2f} s taken off",
            ),
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
        """Convert a workbook's sheets to CSV."""
        return command_once(
            [*self.command, "--convert-to", _ALL_SHEETS, "--outdir", str(self.root), str(path)]
        )

    def saved(self, path: Path) -> list[Path]:
        """Return the files that a workbook's sheets were converted to."""
        return sorted(self.root.glob(f"{path.stem}-*.csv"))

    def broken_after(self, path: Path) -> frozenset[int]:
        """Convert a workbook and return the identities that any of its sheets says are broken."""
        self.convert(path)
        return frozenset(number for sheet in self.saved(path) for number in _broken(sheet))


def _broken(sheet: Path) -> list[int]:
    with sheet.open(encoding="utf-8", newline="") as file:
        said = [row[1] for row in csv.reader(file) if row[1]]
    if set(said) - {"holds", "broken"}:
        raise RuntimeError(f"LibreOffice did not calculate: {set(said)}")
    return [number for number, text in enumerate(said) if text == "broken"]


def _write(case: Case, path: Path, sheets: int = 1) -> Path:
    """Write sheets that have figures in the first column and an answer for each identity in the second."""
    book = xlsxwriter.Workbook(str(path))
    for _ in range(sheets):
        _fill(book.add_worksheet(), case)
    book.close()
    return path


def _fill(sheet: Any, case: Case) -> None:  # noqa: ANN401 - XlsxWriter is untyped
    stated = case.stated()
    rows = {cell: number for number, cell in enumerate(case.cells)}
    for cell, row in rows.items():
        sheet.write_number(row, 0, stated[cell][0])
    for number, identity in enumerate(case.identities):
        sheet.write_formula(number, 1, _formula(identity, rows, stated), value="")


def _formula(identity: Identity, rows: dict[Cell, int], stated: dict[Cell, tuple[int, int]]) -> str:
    slack = sum(abs(times) * stated[cell][1] for times, cell in identity.terms)
    total = "".join(f"{times:+d}*A{rows[cell] + 1}" for times, cell in identity.terms)
    return f'=IF(ABS(2*({total}))<={slack},"holds","broken")'
