"""The sources keep to their sizes and know no department; every value of a pack says where it is from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library
from hengjian.packs.schema import Sourced

SOURCES = Path(__file__).resolve().parents[2] / "src" / "hengjian"
MODULES = sorted(SOURCES.rglob("*.py"))
KNOWN_PLACES = re.compile("渠县|灵寿|湛江|达川|普陀")
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 60


def name(path: Path) -> str:
    return str(path.relative_to(SOURCES))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_short_and_so_are_its_functions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_no_source_knows_a_department() -> None:
    """What is written for one document fits no other."""
    texts = [path for path in SOURCES.rglob("*") if path.suffix in {".py", ".toml", ".html", ".j2"}]
    assert len(texts) > len(MODULES)
    assert [name(path) for path in texts if KNOWN_PLACES.search(path.read_text(encoding="utf-8"))] == []


@cache
def library() -> Library:
    return load_library(data_folder("packs"))


def sourced() -> Iterator[tuple[str, Sourced]]:
    for pack_id, pack in library().packs.items():
        for group in vars(pack).values() if hasattr(pack, "__dict__") else slots(pack):
            for item in group if isinstance(group, tuple) else ():
                if isinstance(item, Sourced):
                    yield pack_id, item


def slots(pack: object) -> Iterator[object]:
    for slot in getattr(pack, "__slots__", ()):
        yield getattr(pack, slot)


def test_every_item_of_every_pack_says_where_it_is_from() -> None:
    items = list(sourced())
    assert {pack_id for pack_id, _ in items} == set(library().packs)
    assert len(items) > 100
    bare = [f"{pack_id}:{item.key}" for pack_id, item in items if len(item.basis.strip()) < 4]
    assert bare == []


def test_every_item_remembers_its_file_and_is_dated() -> None:
    for pack_id, item in sourced():
        file, line = item.source
        assert file.endswith(".yaml"), (pack_id, item.key)
        assert line >= 1
        assert 1994 <= item.valid_from <= 2100
        assert item.valid_to is None or item.valid_to >= item.valid_from
