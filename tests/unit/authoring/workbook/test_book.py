import io
import zipfile
from pathlib import Path

import pytest
import python_calamine

from hengjian.authoring.workbook import write_workbook
from hengjian.authoring.workbook.book import read_book
from hengjian.documents.bounds import Bounds
from hengjian.kernel import InputError
from tests.unit.authoring.workbook.editing import STANDARDS, Editor, activity, demo_filing, editor

TAB = "1 协会收支总表"


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return path


def test_cells_are_read_as_an_independent_reader_reads_them(tmp_path: Path) -> None:
    path = saved(tmp_path, write_workbook(demo_filing(activity()), STANDARDS))
    theirs = python_calamine.CalamineWorkbook.from_path(path)
    for tab in read_book(path):
        for row, line in enumerate(theirs.get_sheet_by_name(tab.name).to_python(skip_empty_area=False)):
            for column, value in enumerate(line):
                cell = tab.cells.get((row, column))
                ours = "" if cell is None else cell.text if cell.number is None else float(cell.number)
                assert (ours.strip() if isinstance(ours, str) else ours) == (
                    value.strip() if isinstance(value, str) else value
                )


def test_shared_strings_lose_their_readings_and_keep_their_escapes(tmp_path: Path) -> None:
    book = editor(demo_filing())
    strings = book.parts["xl/sharedStrings.xml"].decode()
    told = strings.replace("一、会费收入</t>", "一、会费_x000A_收入</t><rPh><t>huifei</t></rPh>")
    book.parts["xl/sharedStrings.xml"] = told.encode()
    tab = next(tab for tab in read_book(saved(tmp_path, book.data())) if tab.name == TAB)
    assert tab.text(4, 1) == "一、会费\n收入"


def with_cell(xml: str) -> bytes:
    book = Editor(write_workbook(demo_filing(), STANDARDS))
    data = book.data()
    path = book.paths[TAB]
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == path:
                content = content.replace(b"</sheetData>", xml.encode() + b"</sheetData>")
            new.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "input.too-complex"),
        ('<row r="50"><c r="XFD50"><v>1</v></c></row>', "input.too-complex"),
        ("<row><c><v></c></row>", "input.unreadable"),
    ],
)
def test_a_sheet_over_a_bound_or_damaged_is_refused(tmp_path: Path, xml: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_book(saved(tmp_path, with_cell(xml)))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1048576"><c r="A1048576"/></row>',
        '<row r="x"><c r="??"><v>1</v></c></row>',
        '<row r="60"><c r="A60" t="s"><v>99999</v></c><c t="s"><v>-1</v></c></row>',
        '<row r="60"><c r="A60" s="9999"><v>1E999</v></c><c r="B60"><v>NaN</v></c></row>',
        '<row r="60"><c r="A60" s="-1"><v>' + "9" * 400 + "</v></c></row>",
    ],
)
def test_odd_cells_are_read_without_harm(tmp_path: Path, xml: str) -> None:
    assert read_book(saved(tmp_path, with_cell(xml)))


def test_a_document_type_and_a_part_that_is_too_large_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, write_workbook(demo_filing(), STANDARDS))
    with pytest.raises(InputError) as caught:
        read_book(path, Bounds(part=100))
    assert caught.value.code == "input.too-large"
    book = editor(demo_filing())
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
    book.parts["xl/sharedStrings.xml"] = entity + book.parts["xl/sharedStrings.xml"].split(b"?>", 1)[1]
    with pytest.raises(InputError) as caught:
        read_book(saved(tmp_path, book.data()))
    assert caught.value.code == "input.hostile"


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_book(saved(tmp_path, data))
    assert caught.value.code == "input.not-workbook"
