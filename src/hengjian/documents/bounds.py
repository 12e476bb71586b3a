"""What a file may hold at most, checked before it is parsed.

A small file can unpack or expand into more than the machine has; past a bound it is refused.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds: sizes in bytes, `ratio` as unpacked to packed size, the others as counts.

    `small` is the unpacked size up to which a part's ratio is not looked at; `tags` counts the tags of
    an XML part, `lines` those of a text or the paragraphs of a docx, `cells` the positions of a
    table's grid, `columns` those of a docx table, `nesting` the tables within tables. `scanned_pages`
    are recognised at most, `pixels` a picture may have. `pages` counts those of a PDF, `characters`,
    `objects` and path `segments` those of one of its pages. `seconds` and `memory` (bytes of data) are what
    the child process that reads a file may take for it, `answer` is the longest that it may send back;
    `conversion` is the seconds that an office program may take to convert a file.
    """

    file: int = 50 * _MEGABYTE
    entries: int = 5_000
    unpacked: int = 400 * _MEGABYTE
    part: int = 64 * _MEGABYTE
    ratio: int = 400
    small: int = 4 * _MEGABYTE
    tags: int = 2_000_000
    lines: int = 300_000
    cells: int = 500_000
    columns: int = 256
    nesting: int = 10
    scanned_pages: int = 100
    pixels: int = 100_000_000
    pages: int = 2_000
    characters: int = 100_000
    objects: int = 200_000
    segments: int = 200_000
    seconds: float = 300.0
    memory: int = 2048 * _MEGABYTE
    answer: int = 256 * _MEGABYTE
    conversion: float = 60.0


BOUNDS = Bounds()
"""The bounds unless a caller sets others."""


def check_file(size: int, path: str, bounds: Bounds) -> None:
    """Raise InputError when a file of `size` bytes is too large or empty."""
    if size == 0:
        raise InputError("input.empty", Place(file=path))
    if size > bounds.file:
        raise _too_large(path, path, size, bounds.file)


def check_directory(archive: zipfile.ZipFile, path: str, bounds: Bounds) -> None:
    """Raise InputError when a zip's directory announces too many, too large or too dense parts."""
    entries = archive.infolist()
    if len(entries) > bounds.entries:
        raise too_complex(path, path, "zip entry", len(entries), bounds.entries)
    total = sum(entry.file_size for entry in entries)
    if total > bounds.unpacked:
        raise _too_large(path, path, total, bounds.unpacked)
    for entry in entries:
        dense = entry.file_size > bounds.ratio * max(entry.compress_size, 1)
        if dense and entry.file_size > bounds.small:
            raise hostile(path, entry.filename, f"{entry.file_size // max(entry.compress_size, 1)} : 1")


def check_part(data: bytes, name: str, path: str, bounds: Bounds) -> None:
    """Raise InputError when an XML part has too many tags, or declares a document type."""
    tags = data.count(b"<")
    if tags > bounds.tags:
        raise too_complex(path, name, "XML tag", tags, bounds.tags)
    # Entities are declared in a document type; no word processor writes one. Zeros go, for UTF-16.
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise hostile(path, name, "DOCTYPE")


def check_part_size(entry: zipfile.ZipInfo, path: str, bounds: Bounds) -> None:
    """Raise InputError when a part that is to be parsed is too large."""
    if entry.file_size > bounds.part:
        raise _too_large(path, entry.filename, entry.file_size, bounds.part)


def check_text(text: str, path: str, bounds: Bounds) -> None:
    """Raise InputError when a text has too many lines or tabs."""
    for mark, unit, limit in (("\n", "line", bounds.lines), ("\t", "tab", bounds.cells)):
        if (count := text.count(mark)) > limit:
            raise too_complex(path, path, unit, count, limit)


def check_grid(rows: int, columns: int, bounds: Bounds) -> None:
    """Raise InputError when a table's grid has too many positions."""
    if rows * columns > bounds.cells:
        raise InputError(
            "input.too-complex",
            part="table",
            unit="cell",
            measured=f"{rows * columns:,}",
            limit=f"{bounds.cells:,}",
        )


def too_complex(path: str, part: str, unit: str, measured: int, limit: int) -> InputError:
    """Return the error of a part that has more of `unit` than it may."""
    place = Place(file=path)
    return InputError(
        "input.too-complex", place, part=part, unit=unit, measured=f"{measured:,}", limit=f"{limit:,}"
    )


def hostile(path: str, part: str, reason: str) -> InputError:
    """Return the error of a part that holds what no normal document does."""
    return InputError("input.hostile", Place(file=path), part=part, reason=reason)


def _too_large(path: str, part: str, measured: int, limit: int) -> InputError:
    sizes = {"measured": f"{measured / _MEGABYTE:.1f} MB", "limit": f"{limit / _MEGABYTE:.1f} MB"}
    return InputError("input.too-large", Place(file=path), part=part, **sizes)
