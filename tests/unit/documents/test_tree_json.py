import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.documents import Cell, DocumentTree, Heading, Line, Paragraph, Segment, Table, TocEntry
from hengjian.documents.bounds import BOUNDS
from hengjian.documents.docx_reader import read_docx
from hengjian.documents.tree_json import from_json, to_json
from hengjian.kernel import Finding, InputError, Place, Severity, Text
from tests.unit.documents import docx_maker as make

NUMBER = st.integers(0, 2**31)
TEXT = st.text(max_size=8)
PAGE = st.none() | NUMBER
SECTION = st.lists(TEXT, max_size=2).map(tuple)
SEGMENTS = st.lists(st.builds(Segment, NUMBER, NUMBER, NUMBER, NUMBER), max_size=2).map(tuple)
SIDE = st.floats(allow_nan=False, allow_infinity=False)
LINE = st.builds(Line, NUMBER, TEXT, PAGE, NUMBER, st.none() | st.tuples(SIDE, SIDE, SIDE, SIDE))
PLACE = st.builds(Place, TEXT | st.none(), PAGE, TEXT | st.none(), line=PAGE, quote=st.none() | TEXT)
WORDS = st.builds(Text, TEXT, TEXT)
FINDING = st.builds(
    Finding,
    TEXT,
    st.sampled_from(Severity),
    WORDS,
    PLACE,
    st.lists(PLACE, max_size=2).map(tuple),
    st.none() | TEXT,
    suggestion=st.none() | WORDS,
)


@st.composite
def grids(draw: st.DrawFn) -> tuple[tuple[Cell, ...], ...]:
    """Return a grid whose columns are parted into spans, each band of rows in its own way."""
    width, rows, top = draw(st.integers(1, 5)), [], 0
    for height in draw(st.lists(st.integers(1, 3), max_size=3)):
        row: list[Cell] = []
        while len(row) < width:
            span = draw(st.integers(1, width - len(row)))
            row += [Cell(draw(TEXT), top, len(row), height, span, draw(NUMBER))] * span
        rows += [tuple(row)] * height
        top += height
    return tuple(rows)


TABLE = st.builds(Table, TEXT, SECTION, grids(), SECTION, PAGE, NUMBER, NUMBER, st.booleans())
HEADING = st.builds(Heading, TEXT, NUMBER, TEXT, SECTION, PAGE, NUMBER, SEGMENTS)
PARAGRAPH = st.builds(Paragraph, TEXT, SECTION, PAGE, NUMBER, SEGMENTS)
TREE = st.builds(
    DocumentTree,
    path=TEXT,
    sha256=TEXT,
    format=TEXT,
    blocks=st.lists(TABLE | HEADING | PARAGRAPH, max_size=4).map(tuple),
    lines=st.lists(LINE, max_size=4).map(tuple),
    pages=PAGE,
    wrapped=st.booleans(),
    toc=st.lists(st.builds(TocEntry, TEXT, TEXT, NUMBER), max_size=2).map(tuple),
    problems=st.lists(FINDING, max_size=2).map(tuple),
    scanned=st.frozensets(NUMBER, max_size=3),
    converted_from=st.none() | TEXT,
)


@settings(max_examples=150, deadline=None)
@given(TREE)
def test_a_tree_survives(tree: DocumentTree) -> None:
    assert from_json(json.loads(json.dumps(to_json(tree)))) == tree
    assert from_json(to_json(tree)) == tree, "without JSON between"


def sample() -> dict[str, Any]:
    body = make.paragraph("一、概况") + make.table(make.row(make.cell("合计"), make.cell("1")), columns=2)
    data: dict[str, Any] = json.loads(json.dumps(to_json(read_docx(make.docx(body), "a.docx", ""))))
    return data


def table_of(data: dict[str, Any]) -> dict[str, Any]:
    table: dict[str, Any] = next(block for block in data["blocks"] if block["type"] == "table")
    return table


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("schema",), "hengjian.tree/9"),
        (("path",), 1),
        (("pages",), -1),
        (("pages",), True),
        (("pages",), 1.5),
        (("lines", 0), ["1", "x", None, 0]),
        (("lines", 0), [1, "x", None]),
        (("lines", 0), [1, "x", None, 0, [0, 0, 0]]),
        (("lines", 0), [1, "x", None, 0, [0, 0, 0, float("inf")]]),
        (("lines", 0), None),
        (("blocks", 0, "type"), "picture"),
        (("blocks", 0, "segments"), [[0, 0, 0, 2**60]]),
        (("blocks", 0), []),
        (("problems",), [{"code": "x"}]),
        (("toc",), {}),
        (("scanned",), [None]),
    ],
)
def test_what_is_no_tree_is_refused(where: tuple[Any, ...], value: object) -> None:
    data: Any = sample()
    node = data
    for key in where[:-1]:
        node = node[key]
    node[where[-1]] = value
    with pytest.raises(InputError) as caught:
        from_json(data)
    assert caught.value.code == "input.not-a-tree"


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [["a", 0, 0, 1, 1, 1]],
        [["a", 0, 0, 1, 1, 1], ["b", 0, 0, 1, 1, 1]],
        [["a", 0, 0, 1, 2, 1], ["b", 0, 1, 1, 1, 1]],
        [["a", 0, 0, 1, 3, 1]],
        [["a", 0, 0, 2**40, 2**40, 1]],
        [["a", 0, 0, 0, 0, 1], ["b", 0, 0, 1, 2, 1]],
    ],
)
def test_cells_must_cover_the_grid_once(cells: list[Any]) -> None:
    data = sample()
    table_of(data)["cells"] = cells
    with pytest.raises(InputError) as caught:
        from_json(data)
    assert caught.value.code == "input.not-a-tree"


def test_an_immense_grid_is_refused_before_it_is_laid_out() -> None:
    data = sample()
    table_of(data)["size"] = [2**40, 2**40]
    with pytest.raises(InputError) as caught:
        from_json(data)
    assert caught.value.code == "input.too-complex"
    with pytest.raises(InputError):
        from_json(sample(), replace(BOUNDS, cells=1))


def test_a_missing_field_is_named() -> None:
    for key in sample():
        data = copy.deepcopy(sample())
        del data[key]
        with pytest.raises(InputError, match=r".") as caught:
            from_json(data)
        assert key in str(caught.value)


def test_merged_cells_are_written_once() -> None:
    cells = make.row(make.cell("甲", '<w:gridSpan w:val="3"/>'))
    tree = read_docx(make.docx(make.table(cells, columns=3)), "a.docx", "")
    assert table_of(to_json(tree))["cells"] == [("甲", 0, 0, 1, 3, 1)]


def test_a_long_document_comes_back() -> None:
    rows = "".join(make.row(*(make.cell("12.30") for _ in range(10))) for _ in range(500))
    tree = read_docx(make.docx(make.table(rows, columns=10)), "a.docx", "")
    assert from_json(json.loads(json.dumps(to_json(tree)))) == tree
