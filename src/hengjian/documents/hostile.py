"""What is refused before any reader looks at it: locked, active, linked and two-faced files.

None of it could harm a reader that runs nothing and fetches nothing. But who opens such a file in Word or
Excel, as the remedy of some finding says, may run and fetch it; and two programs may show two documents.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from hengjian.documents.bounds import Bounds, check_directory, hostile
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL, _END = b"PK\x03\x04", b"PK\x05\x06"
_END_SIZE, _LONGEST_COMMENT, _ZIP64 = 22, 65_535, 0xFFFFFFFF
_ENCRYPTED_FLAG = 1
_PROGRAM = re.compile(
    r"\.(?:exe|dll|com|scr|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|msi|lnk)$", re.IGNORECASE
)
_MACROS = re.compile(r"(?:^|/)(?:vba\w*\.bin|macrosheets/.*|intlmacrosheets/.*)$", re.IGNORECASE)
_ACTIVE = re.compile(r"(?:^|/)activeX/", re.IGNORECASE)
_LARGEST_SMALL_PART = 1024 * 1024
"""Content types and relations are small; of a larger one only so much is looked through."""

_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"(Type|Target|TargetMode)\s*=\s*[\"']([^\"']*)[\"']")
_FETCHED = ("attachedtemplate", "subdocument", "frame", "oleobject", "externallink", "externallinkpath")
_WEB = re.compile(r"(?:https?|ftp):", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z][:|]")

_STREAM, _STREAM_END = b"stream", b"endstream"
_DENSE = 64 * 1024
"""A packed stream of a PDF so small unpacks to 64 MB at most, which its reader's own bounds hold."""
_BEFORE = 400
_CHUNK = 8 * 1024 * 1024


def refuse_hostile(data: bytes, path: str, bounds: Bounds) -> None:
    """Raise InputError when a file is locked, holds programs, fetches others, or is two files in one."""
    ends = _zip_end(data)
    if data.startswith(_LOCAL):
        if ends is not None:
            _check_zip_shape(data, ends, path)
            _check_zip(data, path, bounds)
        return
    if ends is not None and _is_last(data, ends):
        raise _two_faced(path, "ZIP")
    if data.startswith(_OLE2):
        _check_ole2(data, path)
    elif b"%PDF-" in data[:1024]:
        if data[:1024].lstrip(b"\xef\xbb\xbf\0\t\n\f\r ").find(b"%PDF-") > 0 and b"%%EOF" in data[-2048:]:
            raise _two_faced(path, "PDF")
        _check_pdf(data, path, bounds)


def _zip_end(data: bytes) -> int | None:
    """Return where a zip's end record stands, None when there is none."""
    at = data.rfind(_END, max(len(data) - _END_SIZE - _LONGEST_COMMENT, 0))
    return at if at >= 0 and at + _END_SIZE <= len(data) else None


def _is_last(data: bytes, end: int) -> bool:
    """Tell whether a zip's end record, with its comment, is the last of a file and not a word in its text."""
    (comment,) = struct.unpack_from("<H", data, end + 20)
    return bool(end + _END_SIZE + comment == len(data))


def _check_zip_shape(data: bytes, end: int, path: str) -> None:
    """Refuse bytes that no program unpacks: before the first entry, between two zips, after the end."""
    size, offset, comment = struct.unpack_from("<IIH", data, end + 12)
    if _ZIP64 not in (size, offset) and size + offset < end:
        raise _two_faced(path, "ZIP")
    if data[end + _END_SIZE + comment :].strip(b"\0\r\n \x1a"):
        raise _two_faced(path, "?")


def _check_zip(data: bytes, path: str, bounds: Bounds) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return  # its reader says that it is damaged
    with archive:
        check_directory(archive, path, bounds)
        for entry in archive.infolist():
            name = entry.filename
            if entry.flag_bits & _ENCRYPTED_FLAG:
                raise InputError("input.encrypted", Place(file=path))
            if _MACROS.search(name):
                raise _refused("input.macros", path, name)
            if _ACTIVE.search(name) or _PROGRAM.search(name):
                raise _refused("input.embedded-program", path, name)
        for entry in archive.infolist():
            if entry.filename == "[Content_Types].xml" and "macroEnabled" in _small(archive, entry):
                raise _refused("input.macros", path, entry.filename)
            if entry.filename.endswith(".rels"):
                _check_relations(_small(archive, entry), entry.filename, path)


def _small(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Return the beginning of a part as text, "" when it is damaged, which its reader says."""
    try:
        with archive.open(entry) as part:
            data = part.read(_LARGEST_SMALL_PART)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error):
        return ""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if utf16 else "utf-8", errors="replace")


def _check_relations(text: str, name: str, path: str) -> None:
    """Refuse relations that are followed over a net when the file is opened; links to click are harmless."""
    for relation in _RELATION.finditer(text):
        found = dict(_ATTRIBUTE.findall(relation[0]))
        if found.get("TargetMode") != "External":
            continue
        kind = found.get("Type", "").rpartition("/")[2].lower()
        target = found.get("Target", "").replace("&amp;", "&")
        if kind in _FETCHED and _is_remote(target):
            raise InputError("input.external-link", Place(file=path), part=name, target=f"{target:.200}")


def _is_remote(target: str) -> bool:
    r"""Tell whether a target lies on the web or a share.

    Word notes the drive path of the template it used, Excel those of linked workbooks: they are local.

    >>> [_is_remote(t) for t in ("http://a/b.dotm", r"\\\\server\\b.dotm", "file://server/b.dotm")]
    [True, True, True]
    >>> [_is_remote(t) for t in (r"file:///C:\\a\\Normal.dotm", "预算.xlsx", "file:///home/a.xlsx")]
    [False, False, False]
    """
    if _WEB.match(target):
        return True
    path = target.replace("\\", "/")
    is_file = path.lower().startswith("file:")
    path = path[len("file:") :] if is_file else path
    host = path.lstrip("/")
    slashes = len(path) - len(host)
    on_a_host = slashes >= 2 and not (is_file and slashes == 3)  # noqa: PLR2004 - as URLs and shares are written
    return on_a_host and _DRIVE.match(host) is None


def _check_ole2(data: bytes, path: str) -> None:
    """Refuse what the directory of an OLE2 file names: its names are UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise InputError("input.encrypted", Place(file=path))
    if holds("_VBA_PROJECT"):
        raise _refused("input.macros", path, "_VBA_PROJECT")


def _check_pdf(data: bytes, path: str, bounds: Bounds) -> None:
    """Refuse packed streams, other than pictures, that unpack past the bound of a part."""
    end = 0
    while (start := data.find(_STREAM, end)) >= 0:
        end = data.find(_STREAM_END, start)
        if end < 0:
            end = len(data)
        packed = data[start + len(_STREAM) : end] if end - start > _DENSE else b""
        end += len(_STREAM_END)
        head = data[max(start - _BEFORE, 0) : start].rpartition(b"obj")[2]
        if (
            packed
            and b"/Image" not in head
            and b"Flate" in head
            and _unpacks_past(packed.lstrip(b"\r\n"), bounds)
        ):
            raise hostile(path, "PDF stream", f"> {bounds.part // (1024 * 1024)} MB")


def _unpacks_past(packed: bytes, bounds: Bounds) -> bool:
    unpacker, size = zlib.decompressobj(), 0
    try:
        while packed and size <= bounds.part:
            size += len(unpacker.decompress(packed, _CHUNK))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return False  # its reader says that it is damaged
    return size > bounds.part


def _refused(code: str, path: str, part: str) -> InputError:
    return InputError(code, Place(file=path), part=f"{part:.200}")


def _two_faced(path: str, other: str) -> InputError:
    return InputError("input.polyglot", Place(file=path), other=other)
