"""Every finding code is used and documented, and says nothing that nobody fills in."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from hengjian.kernel.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "hengjian"
CODES = sorted(catalogue())
COMMON = {"stated", "expected", "difference"}


@cache
def literals() -> frozenset[str]:
    """Return every text and every keyword that the sources hold."""
    found: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.keyword) and node.arg is not None:
                found.add(node.arg)
    return frozenset(found)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_raised_somewhere(code: str) -> None:
    assert code in literals()


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(code: str) -> None:
    page = ROOT / "docs" / "findings" / f"{code}.md"
    assert page.is_file()
    text = page.read_text(encoding="utf-8")
    assert catalogue()[code].title.zh in text


def test_every_page_is_of_a_code() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "findings").glob("*.md")} - {"README"}
    assert pages == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_placeholder_is_filled_by_someone(code: str) -> None:
    assert catalogue()[code].placeholders - COMMON <= literals()


def test_no_code_of_the_sources_is_unknown_to_the_catalogue() -> None:
    families = {code.partition(".")[0] for code in CODES}
    raised = codes_given_to({"of", "InputError", "check", "_failed"})
    assert {code for code in raised if code.partition(".")[0] in families} <= set(CODES)
    assert len(raised) > 40, "the calls are found"


def codes_given_to(names: set[str]) -> set[str]:
    """Return the texts with a point that are given first to calls of these names."""
    found: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            first = node.args[0]
            if name in names and isinstance(first, ast.Constant) and "." in str(first.value):
                found.add(str(first.value))
    return found
