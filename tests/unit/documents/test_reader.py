import os
from pathlib import Path

import pytest

from hengjian.documents import READERS, read_document
from hengjian.documents.bounds import Bounds
from hengjian.kernel.errors import InputError
from tests.unit.documents import docx_maker as make

BODY = make.paragraph("本馆概况如下。")


def code_of(path: Path, bounds: Bounds | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_document(path, bounds or Bounds())
    error = caught.value
    assert error.finding.place.file == str(path)
    assert "{" not in error.line("zh") + error.line("en")
    return error.code


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_formats_are_told_by_content_first(tmp_path: Path) -> None:
    assert set(READERS) >= {"docx", "pdf", "txt"}
    assert read_document(write(tmp_path / "a.txt", make.docx(BODY))).format == "docx"
    assert read_document(write(tmp_path / "b", "本馆概况如下。".encode())).format == "txt"
    tree = read_document(write(tmp_path / "c.md", "本馆概况如下。".encode()))
    assert len(tree.sha256) == 64
    assert tree.path == str(tmp_path / "c.md")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.7\n", "input.unreadable"),
        ("a.docx", b"%PDF-1.7\n", "input.unreadable"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "input.unsupported"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "input.unsupported"),
        ("a.xlsx", make.zipped({"xl/workbook.xml": "<a/>"}), "input.unreadable"),
        ("a.ofd", make.zipped({"OFD.xml": "<a/>"}), "input.unsupported"),
        ("a.zip", make.zipped({"x": "y"}), "input.unsupported"),
        ("a.mht", b"MIME-Version: 1.0", "input.unsupported"),
        ("a.txt", b"<!DOCTYPE html><p>", "input.empty"),
        ("a.txt", b"", "input.empty"),
        ("a.txt", b"a\0b", "input.not-text"),
        ("a.txt", bytes(range(128, 256)) * 20, "input.not-text"),
        ("a.docx", "预算".encode(), "input.unreadable"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert code_of(write(tmp_path / name, data)) == code


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.txt") == "input.not-found"
    assert code_of(tmp_path) == "input.not-a-file"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"a")
    path.chmod(0)
    assert code_of(path) == "input.unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    tree = read_document(write(tmp_path / "a.txt", "本馆全年开放，读者满意。".encode(encoding)))
    assert [p.text for p in tree.paragraphs()] == ["本馆全年开放，读者满意。"]
