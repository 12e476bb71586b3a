import io
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from hengjian.documents import read_document
from hengjian.documents.isolation import read_isolated
from hengjian.kernel import InputError
from tests.unit.documents import docx_maker as make

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PLAIN = make.docx(make.paragraph("正文。"))
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
)


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def with_part(name: str, data: bytes | str = b"x") -> bytes:
    buffer = io.BytesIO(PLAIN)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def linked(kind: str, target: str) -> bytes:
    link = f'<Relationship Id="x" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
    return with_part("word/_rels/settings.xml.rels", f"<Relationships>{link}</Relationships>")


def locked_zip() -> bytes:
    data = bytearray(PLAIN)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bomb_pdf(size: int) -> bytes:
    packed = zlib.compress(b" " * size, 9)
    head = f"4 0 obj<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode()
    pages = b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    pages += b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + pages
        + head
        + packed
        + b"\nendstream endobj\n%%EOF"
    )


def many_pages(count: int) -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(count))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids))
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * count
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, inside in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, inside)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))

REFUSED = {
    "encrypted.docx": (OLE2 + wide("EncryptedPackage"), "input.encrypted"),
    "locked.docx": (locked_zip(), "input.encrypted"),
    "macros.docx": (with_part("word/vbaProject.bin"), "input.macros"),
    "macros.docm": (
        with_part("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        "input.macros",
    ),
    "macros.xlsm": (make.zipped({"xl/workbook.xml": "", "xl/macrosheets/sheet1.xml": ""}), "input.macros"),
    "macros.doc": (OLE2 + wide("_VBA_PROJECT"), "input.macros"),
    "template.docx": (linked("attachedTemplate", "https://example.org/t.dotm"), "input.external-link"),
    "share.docx": (linked("attachedTemplate", "\\\\server\\t.dotm"), "input.external-link"),
    "object.docx": (linked("oleObject", "file://server/a.xls"), "input.external-link"),
    "control.docx": (with_part("word/activeX/activeX1.xml"), "input.embedded-program"),
    "program.docx": (with_part("word/embeddings/setup.EXE"), "input.embedded-program"),
    "both.pdf": (PDF + PLAIN, "input.polyglot"),
    "both.html": (b"<html><body>1</body></html>" + PLAIN, "input.polyglot"),
    "both.txt": ("预算".encode() + PLAIN, "input.polyglot"),
    "two.docx": (PLAIN + make.docx(make.paragraph("另一份。")), "input.polyglot"),
    "tail.docx": (PLAIN + b"MZ program", "input.polyglot"),
    "late.pdf": (b"MZ program\n" + PDF, "input.polyglot"),
    "bomb.docx": (make.docx(" " * 100_000_000), "input.hostile"),
    "bomb.pdf": (bomb_pdf(1_000_000_000), "input.hostile"),
    "entities.docx": (make.docx("", prolog=f"<!DOCTYPE x [<!ENTITY a0 'a'>{BILLION}]>"), "input.hostile"),
    "elements.docx": (make.docx("<w:p/>" * 3_000_000), "input.hostile"),
    "pages.pdf": (many_pages(10_000), "input.too-complex"),
    "loop.pdf": (LOOP, None),
    "deep.docx": (make.docx("<w:p>" * 100_000), "input.unreadable"),
    "deep.html": (b"<div>" * 200_000, None),
}


HARMLESS = {"loop.pdf", "deep.html"}
"""May be read, if that takes no time."""


def outcome(path: Path) -> InputError | None:
    try:
        read_document(path)
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_files_end_in_one_finding_within_a_second(name: str, tmp_path: Path) -> None:
    data, code = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(data)
    started = time.perf_counter()
    told = outcome(path)
    assert time.perf_counter() - started < 1.5, "a slow machine included"
    assert (told is not None) or name in HARMLESS
    if told is not None:
        assert told.code in (
            {code} if code else {"input.unreadable", "input.too-complex", "input.unsupported"}
        )
        assert told.finding.place.file == str(path)
        assert "{" not in told.line("zh") + told.line("en")


SOUND = {
    "template on a drive": linked("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"),
    "link to click": linked("hyperlink", "https://example.org/"),
    "linked picture": linked("image", "https://example.org/a.png"),
    "workbook of a chart": with_part("word/embeddings/Microsoft_Excel_Sheet1.xlsx"),
    "padding": PLAIN + b"\0" * 100,
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_harmless_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(SOUND[name])
    assert read_document(path).text == "正文。"


def test_a_text_may_speak_of_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"PK\x05\x06 and more words than an end record has bytes")
    assert read_document(path).format == "txt"


@pytest.mark.parametrize("name", ["encrypted.docx", "macros.docm", "bomb.docx", "bomb.pdf", "pages.pdf"])
def test_a_child_says_the_same(name: str, tmp_path: Path) -> None:
    data, code = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_isolated(path)
    assert caught.value.code == code


def test_the_command_says_one_line_a_file(tmp_path: Path) -> None:
    names = ["encrypted.docx", "macros.docm", "bomb.docx", "entities.docx", "pages.pdf"]
    for name in names:
        (tmp_path / name).write_bytes(REFUSED[name][0])
    command = [
        str(Path(sys.executable).parent / "hengjian"),
        "audit",
        *(str(tmp_path / name) for name in names),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    told = [line for line in done.stderr.splitlines() if line]
    assert len(told) == len(names)
    assert all(name in line for name, line in zip(names, told, strict=True))
