"""File names that every file system takes, and files that are written whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from hengjian.kernel import InputError, Place

LONGEST_NAME = 200
"""Bytes of a file name. Most file systems take 255; the rest is for what programs add."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]')


def file_name(subject: str, rest: str) -> str:
    """Join a subject, cut where the name would grow too long, and the rest of a file name.

    >>> file_name(" 某局/A*", "2022年度自评表.docx")
    '某局_A_2022年度自评表.docx'
    """
    room = LONGEST_NAME - len(_UNSAFE.sub("_", rest).encode())
    safe = _UNSAFE.sub("_", subject).strip(" .\u3000")
    cut = safe.encode()[: max(room, 0)].decode(errors="ignore")
    return cut + _UNSAFE.sub("_", rest)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it; raises `InputError` when that is refused."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError("input.unwritable", Place(file=str(path))) from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it; raises `InputError` when that is refused."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("input.unwritable", Place(file=str(path))) from error
