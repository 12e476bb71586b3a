"""Parsed pack files, kept between runs under the hash of their contents and validated like files.

Only faultless packs are kept, so that a fault is always told with the line it stands in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import hengjian
from hengjian.kernel.resources import cache_folder
from hengjian.packs.source import Location, SourceFile

_FORMAT = "packs-1-"
_MOST_KEPT = 4


def kept_sources(digest: str) -> dict[str, SourceFile] | None:
    """Return the parsed files of packs with this hash, by name; None when they are not kept."""
    try:
        text = _file(digest).read_text(encoding="utf-8")
        kept = json.loads(text)
    except (OSError, ValueError):
        return None
    return {name: SourceFile(name, data, _lines(lines)) for name, (data, lines) in kept.items()}


def keep_sources(digest: str, sources: Mapping[str, SourceFile]) -> None:
    """Keep parsed files for the next run; where nothing can be written, the next run parses again."""
    kept = {name: (source.data, _listed(source)) for name, source in sources.items()}
    target = _file(digest)
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, delete=False) as file:
            json.dump(kept, file, ensure_ascii=False)
        Path(file.name).replace(target)
        older = sorted(target.parent.glob(f"{_FORMAT}*.json"), key=lambda path: path.stat().st_mtime)
        for path in older[:-_MOST_KEPT]:
            path.unlink()


def known_sound(digest: str) -> bool:
    """Tell whether packs with this hash were found without a fault by this version of the linters."""
    return _mark(digest).is_file()


def mark_sound(digest: str) -> None:
    """Note that packs with this hash have no fault, so that the next run need not look again."""
    with suppress(OSError):
        _mark(digest).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _mark(digest).touch()


def _mark(digest: str) -> Path:
    return cache_folder() / f"sound-{hengjian.__version__}-{digest}"


def _file(digest: str) -> Path:
    return cache_folder() / f"{_FORMAT}{digest}.json"


def _listed(source: SourceFile) -> list[tuple[str, int, int]]:
    """Return the lines of a file's items: list, number in it, line."""
    return [
        (str(location[0]), location[1], line)
        for location, line in source.lines.items()
        if len(location) == 2 and isinstance(location[1], int)  # noqa: PLR2004
    ]


def _lines(listed: list[tuple[str, int, int]]) -> dict[Location, int]:
    return {(key, index): line for key, index, line in listed}
