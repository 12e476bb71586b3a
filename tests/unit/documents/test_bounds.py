import io
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from hengjian.documents import DocumentTree, read_document
from hengjian.documents.bounds import Bounds
from hengjian.kernel.errors import InputError
from tests.unit.documents import docx_maker as make

PARAGRAPH = make.paragraph("正文。")


def read(tmp_path: Path, data: bytes, bounds: Bounds | None = None, name: str = "a.docx") -> DocumentTree:
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path, bounds or Bounds())


def refusal(tmp_path: Path, data: bytes, bounds: Bounds | None = None, name: str = "a.docx") -> InputError:
    with pytest.raises(InputError) as caught:
        read(tmp_path, data, bounds, name)
    assert "{" not in str(caught.value)
    assert caught.value.finding.place.file == str(tmp_path / name)
    return caught.value


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    error = refusal(tmp_path, b"a" * 2_000_000, replace(Bounds(), file=1_000_000), "a.txt")
    assert error.code == "input.too-large"
    assert error.values["limit"] == "1.0 MB"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    data = make.docx(PARAGRAPH + " " * 200_000_000)
    started = time.perf_counter()
    error = refusal(tmp_path, data)
    assert time.perf_counter() - started < 1
    assert error.code == "input.hostile"
    assert error.values["part"] == "word/document.xml"


def test_too_many_entries(tmp_path: Path) -> None:
    data = make.zipped({f"word/{n}.xml": "" for n in range(6_000)})
    assert refusal(tmp_path, data).code == "input.too-complex"


def test_unpacked_and_part_sizes(tmp_path: Path) -> None:
    data = make.docx(PARAGRAPH * 100)
    assert refusal(tmp_path, data, replace(Bounds(), unpacked=1_000)).code == "input.too-large"
    assert refusal(tmp_path, data, replace(Bounds(), part=1_000)).code == "input.too-large"


def test_too_many_tags(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path, make.docx("<w:p/>" * 100), replace(Bounds(), tags=50)).code == "input.too-complex"
    )


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_document_types_are_refused(tmp_path: Path, declaration: str) -> None:
    error = refusal(tmp_path, make.docx("<w:p/>", prolog=declaration))
    assert (error.code, error.values["reason"]) == ("input.hostile", "DOCTYPE")


def test_an_immense_span_is_clamped_and_told(tmp_path: Path) -> None:
    cells = make.row(make.cell("甲", f'<w:gridSpan w:val="{10**9}"/>'))
    tree = read(tmp_path, make.docx(make.table(cells, columns=3)))
    assert next(tree.tables()).width == 3
    assert [finding.code for finding in tree.problems] == ["input.spans-clamped"]
    before = make.row(make.cell("甲"), properties=f'<w:gridBefore w:val="{10**30}"/>')
    assert next(read(tmp_path, make.docx(make.table(before))).tables()).width == 2


def test_negative_and_odd_spans(tmp_path: Path) -> None:
    for span in ("-5", "0", "x", ""):
        cells = make.row(make.cell("甲", f'<w:gridSpan w:val="{span}"/>'), make.cell("乙"))
        assert next(read(tmp_path, make.docx(make.table(cells))).tables()).texts() == (("甲", "乙"),)


def test_too_many_cells(tmp_path: Path) -> None:
    body = make.table(
        make.row(*(make.cell("甲") for _ in range(50))), *(make.row(make.cell("乙")) for _ in range(50))
    )
    assert refusal(tmp_path, make.docx(body), replace(Bounds(), cells=1_000)).code == "input.too-complex"
    text = "\t".join("甲" * 50) + "\n" + "甲\t乙\n" * 50
    assert (
        refusal(tmp_path, text.encode(), replace(Bounds(), cells=1_000), "a.txt").code == "input.too-complex"
    )


def test_too_many_lines(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"\n" * 600_000, name="a.txt").code == "input.too-complex"


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr><w:tc>" * 200 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 200
    assert refusal(tmp_path, make.docx(body)).code == "input.unreadable"


def test_nested_tables(tmp_path: Path) -> None:
    def nest(depth: int) -> bytes:
        return make.docx("<w:tbl><w:tr><w:tc>" * depth + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * depth)

    tables = list(read(tmp_path, nest(10)).tables())
    assert [table.texts() for table in tables] == [(("正文。",),)] * 10
    assert refusal(tmp_path, nest(11)).code == "input.too-complex"


@pytest.mark.parametrize("keep", [10, 200, -30])
def test_a_truncated_zip(tmp_path: Path, keep: int) -> None:
    assert refusal(tmp_path, make.docx(PARAGRAPH)[:keep]).code == "input.unreadable"


def test_a_damaged_part(tmp_path: Path) -> None:
    data = bytearray(make.docx(PARAGRAPH * 1_000))
    start = data.rindex(b"word/document.xml", 0, data.index(b"PK\x01\x02")) + 30
    data[start : start + 20] = b"\0" * 20
    assert refusal(tmp_path, bytes(data)).code == "input.unreadable"


def test_broken_xml_and_missing_parts(tmp_path: Path) -> None:
    assert refusal(tmp_path, make.docx("<w:p>")).code == "input.unreadable"
    assert refusal(tmp_path, make.zipped({"word/styles.xml": "<a/>"})).code == "input.unreadable"


def test_parts_outside_the_package_are_not_reached(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/x.xml", "<a/>")
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r" Type="x/officeDocument" Target="../../../etc/passwd"/></Relationships>',
        )
    assert refusal(tmp_path, buffer.getvalue()).code == "input.unreadable"


@pytest.mark.parametrize(
    "text", ["." * 1_000_000, "1 " * 500_000, "（" * 300_000, "。”" * 300_000, " " * 1_000_000 + "1"]
)
def test_long_lines_take_no_long_time(tmp_path: Path, text: str) -> None:
    started = time.perf_counter()
    read(tmp_path, text.encode(), name="a.txt")
    assert time.perf_counter() - started < 2
