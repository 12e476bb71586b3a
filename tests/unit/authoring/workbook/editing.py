"""Edit a workbook as a spreadsheet program would, part by part, and a demo filing to make one of."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from hengjian.authoring.workbook import Difference, Workbook, difference, read_workbook, write_workbook
from hengjian.documents.book import position
from hengjian.filing import Entity, Filing, Sheet
from hengjian.filing.sheets import read_measure
from hengjian.kernel import Figure, FiscalYear, Place
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STANDARDS: Standards = standards_for(load_library(data_folder("packs")), "demo", FiscalYear(2022))

SUMMARY = "demo.summary"
EXPENDITURE = "demo.expenditure"
ACTIVITY = "demo.activity"


def sheet(form_id: str, rows: Mapping[str, tuple[str, Mapping[str, str]]], note: str | None = None) -> Sheet:
    """Make a sheet of rows: id → name and the texts of its cells by column."""
    form = STANDARDS.forms[form_id]
    figures = {}
    for row, (_, cells) in rows.items():
        for column_id, text in cells.items():
            column = form.column(column_id)
            assert column is not None
            value = read_measure(text, column, form.unit)
            if value is not None:
                figures[row, column_id] = Figure(form_id, row, column_id, value)
    place = Place(file=f"sheets/{form_id}.csv", table=form.title.zh)
    return Sheet(form_id, {row: name for row, (name, _) in rows.items()}, figures, place, note)


def demo_filing(*sheets: Sheet) -> Filing:
    entity = Entity("云溪图书馆协会", "901")
    by_form = {each.form: each for each in sheets or (summary(), expenditure())}
    return Filing(entity, FiscalYear(2022), "demo", "budget", by_form)


def summary() -> Sheet:
    amounts = {
        "income.dues": ("一、会费收入", "100.00"),
        "income.grants": ("二、资助收入", "20.50"),
        "income.total_year": ("本年收入合计", "120.50"),
        "income.carry_over": ("上年结转", ""),
        "income.total": ("收入总计", "120.50"),
        "101": ("一、藏书", "80.25"),
        "103": ("二、活动", "40.25"),
        "expenditure.total_year": ("本年支出合计", "120.50"),
        "expenditure.carry_forward": ("结转下年", ""),
        "expenditure.total": ("支出总计", "120.50"),
    }
    return sheet(SUMMARY, {row: (name, {"amount": text}) for row, (name, text) in amounts.items()})


def expenditure() -> Sheet:
    return sheet(
        EXPENDITURE,
        {
            "total": ("合计", {"total": "1,120.50", "running": "1,100.25", "project": "20.25"}),
            "101": ("藏书", {"total": "1,080.25", "running": "1,080.25"}),
            "10101": ("图书", {"total": "1,080.25", "running": "1,080.25"}),
            "103": ("活动", {"total": "40.25", "running": "20.00", "project": "20.25"}),
            "10301": ("讲座", {"total": "40.25", "running": "20.00", "project": "20.25"}),
        },
        "注：金额含上年结转。",
    )


def activity() -> Sheet:
    return sheet(
        ACTIVITY,
        {
            "total": ("合计", {"visitors": "300人次", "cost": "200", "change_rate": "12.50%"}),
            "talks": (
                "讲座",
                {"visitors": "100", "cost": "0", "last_year_cost": "0.00", "change_rate": "-3%"},
            ),
            "exhibitions": ("展览", {"visitors": "200", "cost": "200.00"}),
        },
    )


class Editor:
    """A workbook being edited: cells by the name of their sheet and their address."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        book = etree.fromstring(self.parts["xl/workbook.xml"])
        self.paths = {
            str(each.get("name")): f"xl/worksheets/sheet{number}.xml"
            for number, each in enumerate(book.iter(f"{S}sheet"), start=1)
        }
        self.roots = {name: etree.fromstring(self.parts[path]) for name, path in self.paths.items()}

    def tab(self, ending: str) -> str:
        return next(name for name in self.paths if name.endswith(ending))

    def put(self, tab: str, address: str, value: str | float | None, kind: str = "inlineStr") -> None:
        """Put a text, a number, or with `kind` something else into a cell; None clears it."""
        cell = self.cell(tab, address)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")
        if value is None:
            return
        if isinstance(value, int | float):
            etree.SubElement(cell, f"{S}v").text = repr(value)
            return
        cell.set("t", kind)
        if kind == "inlineStr":
            etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t").text = value
        elif kind == "formula":
            del cell.attrib["t"]
            etree.SubElement(cell, f"{S}f").text = value
        else:
            etree.SubElement(cell, f"{S}v").text = value

    def cell(self, tab: str, address: str) -> etree._Element:
        at = position(address)
        assert at is not None
        row = self.row(tab, at[0] + 1)
        for cell in row.iterchildren(f"{S}c"):
            if cell.get("r") == address:
                return cell
        return etree.SubElement(row, f"{S}c", r=address)

    def row(self, tab: str, number: int) -> etree._Element:
        data = self.roots[tab].find(f"{S}sheetData")
        assert data is not None
        for row in data.iterchildren(f"{S}row"):
            if row.get("r") == str(number):
                return row
        return etree.SubElement(data, f"{S}row", r=str(number))

    def renumber(self, tab: str, numbers: Mapping[int, int]) -> None:
        """Move rows to other numbers; formulas are left as they are."""
        for row in self.roots[tab].iter(f"{S}row"):
            number = int(row.get("r", "0"))
            moved = numbers.get(number, number)
            row.set("r", str(moved))
            for cell in row.iterchildren(f"{S}c"):
                cell.set("r", cell.get("r", "").rstrip("0123456789") + str(moved))

    def delete_row(self, tab: str, number: int) -> None:
        row = self.row(tab, number)
        parent = row.getparent()
        assert parent is not None
        parent.remove(row)

    def merge(self, tab: str, ref: str) -> None:
        merges = self.roots[tab].find(f"{S}mergeCells")
        assert merges is not None
        etree.SubElement(merges, f"{S}mergeCell", ref=ref)

    def drop(self, tab: str) -> None:
        book = etree.fromstring(self.parts["xl/workbook.xml"])
        sheets = book.find(f"{S}sheets")
        assert sheets is not None
        for each in list(sheets):
            if each.get("name") == tab:
                sheets.remove(each)
        self.parts["xl/workbook.xml"] = etree.tostring(book)

    def data(self) -> bytes:
        target = io.BytesIO()
        edited = {self.paths[name]: etree.tostring(root) for name, root in self.roots.items()}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in (self.parts | edited).items():
                archive.writestr(name, content)
        return target.getvalue()


def editor(filing: Filing) -> Editor:
    return Editor(write_workbook(filing, STANDARDS))


def taken(edited: Editor | bytes, filing: Filing, folder: Path) -> tuple[Workbook, Difference]:
    """Read an edited workbook and lay it onto a filing."""
    path = folder / "book.xlsx"
    path.write_bytes(edited.data() if isinstance(edited, Editor) else edited)
    workbook = read_workbook(path, filing, STANDARDS)
    return workbook, difference(workbook, filing, STANDARDS)
