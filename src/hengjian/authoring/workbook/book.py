"""A filing's workbook opened from a path, cell by cell."""

from __future__ import annotations

from pathlib import Path

from hengjian.documents.book import Tab, book_of
from hengjian.documents.bounds import BOUNDS, Bounds
from hengjian.documents.reader import file_bytes, format_of
from hengjian.kernel import InputError, Place


def read_book(path: Path, bounds: Bounds = BOUNDS) -> tuple[Tab, ...]:
    """Read a workbook; raises `InputError` when it is none, damaged or over a bound."""
    data = file_bytes(path, bounds)
    kind = format_of(data, path.suffix)
    if kind != "xlsx":
        raise InputError("input.not-workbook", Place(file=str(path)), kind=kind)
    return book_of(data, str(path), bounds)
