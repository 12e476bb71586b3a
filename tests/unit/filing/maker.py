"""Folders of filings under the demo pack."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hengjian.filing import Filing, read_filing
from hengjian.kernel import FiscalYear, Place
from hengjian.kernel.resources import data_folder
from hengjian.packs.load import Library, load_library
from hengjian.packs.standards import Standards, resolve_standards

MANIFEST = """pack = "demo"
year = 2022
kind = "budget"

[entity]
name = "青山图书馆"
"""


@cache
def library() -> Library:
    everything = load_library(data_folder("packs"))
    demo = {"demo": everything.packs["demo"]}
    return Library(demo, everything.digest, ())


def standards(year: int = 2022) -> Standards:
    return resolve_standards(library(), "demo", FiscalYear(year))


def make_folder(folder: Path, files: dict[str, str | bytes], manifest: str = MANIFEST) -> Path:
    for name, content in {"filing.toml": manifest, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(folder: Path, files: dict[str, str | bytes], manifest: str = MANIFEST) -> Filing:
    return read_filing(make_folder(folder, files, manifest), library())


def sheet(form: str, **more: str) -> str:
    """Return the manifest with one sheet."""
    lines = [f'form = "{form}"', *(f"{key} = {value}" for key, value in more.items())]
    return MANIFEST + "\n[[sheet]]\n" + "\n".join(lines) + "\n"


def codes(filing: Filing) -> list[str]:
    return [problem.code for problem in filing.problems]


def without_places(value: Any) -> Any:  # noqa: ANN401 - any part of a filing
    """Return a part of a filing with every place left out."""
    if isinstance(value, dict):
        return {key: without_places(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(map(without_places, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    plain: dict[str, Any] = {
        each.name: without_places(getattr(value, each.name)) for each in fields(value) if each.init
    }
    for name, blank in (("place", Place()), ("places", {})):
        if name in plain:
            plain[name] = blank
    return replace(value, **plain)
