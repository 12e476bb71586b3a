"""Reading a file: its format is told by its content first, then by its name."""

from __future__ import annotations

import gc
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from hengjian.documents.bounds import BOUNDS, Bounds, check_file
from hengjian.documents.convert import CONVERTED, Converter
from hengjian.documents.docx_reader import read_docx
from hengjian.documents.hostile import refuse_hostile
from hengjian.documents.html_reader import read_html
from hengjian.documents.md_reader import read_markdown
from hengjian.documents.pdf_reader import read_pdf
from hengjian.documents.scans import read_image
from hengjian.documents.text_reader import read_text
from hengjian.documents.tree import DocumentTree
from hengjian.documents.xls_reader import read_xls
from hengjian.documents.xlsx_reader import read_xlsx
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place


class Reader(Protocol):
    """Reads the bytes of one format; raises InputError when they cannot be read or are over a bound."""

    def __call__(self, data: bytes, path: str, sha256: str, bounds: Bounds = ...) -> DocumentTree:
        """Return the document of `data`; `path` and `sha256` are noted in it."""


READERS: dict[str, Reader] = {
    "docx": read_docx,
    "html": read_html,
    "jpeg": read_image,
    "md": read_markdown,
    "pdf": read_pdf,
    "png": read_image,
    "tiff": read_image,
    "txt": read_text,
    "xls": read_xls,
    "xlsx": read_xlsx,
    **{kind: Converter(kind) for kind in CONVERTED},
}
"""The readers by format name."""

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"\x1f\x8b", "gz"),
)
_ZIP = b"PK\x03\x04"
_ZIPPED = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))
_MARKUP = ((b"<!doctype html", "html"), (b"<html", "html"), (b"<?xml", "xml"))
_HEAD = 1024

# A name that promises one of these is believed when the content says nothing else.
_OTHER_SUFFIXES = frozenset({
    "docx", "pdf", "doc", "wps", "ofd", "xls", "xlsx", "et", "html", "htm", "xhtml", "mht", "mhtml",
    "rtf", "csv", "odt", "ods", "md", "markdown",
})  # fmt: skip
_SAME = {"et": "xls", "htm": "html", "xhtml": "html", "mht": "mhtml", "markdown": "md"}
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, _BOOKS = (
    "WordDocument".encode("utf-16-le"),
    ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le")),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def read_document(path: Path, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read a document.

    Raises InputError for a missing, empty, damaged or over-large file and for a format without a reader.
    """
    data = file_bytes(path, bounds)
    kind = format_of(data, path.suffix)
    refuse_hostile(data, str(path), bounds)
    reader = READERS.get(kind)
    if reader is None:
        formats = ", ".join(sorted(READERS))
        raise InputError("input.unsupported", Place(file=str(path)), kind=kind, formats=formats)
    try:
        with _uncollected():
            return reader(data, str(path), hashlib.sha256(data).hexdigest(), bounds)
    except InputError as error:
        raise error.located(Place(file=str(path))) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold garbage collection off: readers make many values and no cycles, and it costs a fifth."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def format_of(data: bytes, suffix: str) -> str:
    """Name the format of a file by its first bytes, else by its suffix; ``txt`` when neither tells.

    >>> format_of(b"%PDF-1.7", ".txt"), format_of("预算".encode(), ".TXT"), format_of(b"a,b", ".csv")
    ('pdf', 'txt', 'csv')
    """
    if data.startswith(_ZIP):
        return _zipped_format(data, suffix)
    if data.startswith(_OLE2):
        return _ole2_format(data, suffix)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, kind in _MARKUP:
        if head.startswith(signature):
            return kind
    name = suffix.lower().lstrip(".")
    return _SAME.get(name, name) if name in _OTHER_SUFFIXES else "txt"


def _ole2_format(data: bytes, suffix: str) -> str:
    """Tell the formats apart that old office programs kept in OLE2 files, by the streams that these name."""
    name = suffix.lower().lstrip(".")
    document, book = _WORD in data, any(word in data for word in _BOOKS)
    if document and not (book and name in {"xls", "et"}):
        return "wps" if name == "wps" else "doc"
    return "xls" if book else "doc/wps/xls"


def _zipped_format(data: bytes, suffix: str) -> str:
    """Tell the formats that are zip files apart; a damaged one is what its name says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    stated = part.read(_HEAD)
                return _OPEN_DOCUMENT.get(stated.strip(), "zip")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError):
        return suffix.lower().lstrip(".") or "zip"
    for start, kind in _ZIPPED:
        if any(name.startswith(start) for name in names):
            return kind
    return "zip"


def file_bytes(path: Path, bounds: Bounds = BOUNDS) -> bytes:
    """Return a file's bytes; raises InputError when it is missing, empty, too large or no file."""
    place = Place(file=str(path))
    try:
        if path.is_dir():
            raise InputError("input.not-a-file", place)
        check_file(path.stat().st_size, str(path), bounds)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("input.not-found", place) from error
    except OSError as error:
        raise InputError("input.unreadable", place, reason=error.strerror or type(error).__name__) from error
