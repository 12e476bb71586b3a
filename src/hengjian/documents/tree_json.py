"""A document tree as data: the public interface ``hengjian.tree/1``.

What there are thousands of are arrays, to be small and quick; ``null`` is None, and a box is absent or
``[left, top, right, bottom]`` in points:

- a line: ``[number, text, page, start]`` or ``[number, text, page, start, box]``
- a segment: ``[text_start, source_start, length, line]``
- a cell: ``[text, row, column, row_span, column_span, line]``, once, at its anchor
- a line of the contents: ``[text, page_label, line]``

Blocks, findings and places are objects with the names of their fields; None and empty fields are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any

from hengjian.documents.bounds import BOUNDS, Bounds
from hengjian.documents.tree import (
    Block,
    Cell,
    DocumentTree,
    Heading,
    Line,
    Paragraph,
    Segment,
    Table,
    TocEntry,
)
from hengjian.kernel.catalogue import Severity, Text
from hengjian.kernel.errors import InputError
from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place

SCHEMA = "hengjian.tree/1"

_LARGEST = 2**53
"""No count, number or offset reaches it; JSON readers everywhere keep integers below it."""

_ARRAYS = {list, tuple}
_PLACE: dict[str, type] = {
    field.name: {"bool": bool, "int | None": int}.get(str(field.type), str) for field in fields(Place)
}
_NOWHERE = Place()
_FIGURES = ("stated", "expected", "difference", "basis")
_line = attrgetter("number", "text", "page", "start")
_segment = attrgetter("text_start", "source_start", "length", "line")
_cell = attrgetter("text", "row", "column", "row_span", "column_span", "line")


def to_json(tree: DocumentTree) -> dict[str, Any]:
    """Return a tree as data, ready for JSON."""
    return {
        "schema": SCHEMA,
        "path": tree.path,
        "sha256": tree.sha256,
        "format": tree.format,
        "converted_from": tree.converted_from,
        "pages": tree.pages,
        "wrapped": tree.wrapped,
        "scanned": sorted(tree.scanned),
        "blocks": [_block(block) for block in tree.blocks],
        "toc": [[entry.text, entry.page_label, entry.line] for entry in tree.toc],
        "problems": [finding_to_json(finding) for finding in tree.problems],
        "lines": [_line(line) if line.box is None else (*_line(line), line.box) for line in tree.lines],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {
            "type": "table",
            "caption": block.caption,
            "notes": block.notes,
            "size": (len(block.rows), block.width),
            "cells": [_cell(cell) for cell in block.cells],
            "section": block.section,
            "page": block.page,
            "line": block.line,
            "caption_line": block.caption_line,
            "caption_elsewhere": block.caption_elsewhere,
        }
    common = {
        "text": block.text,
        "section": block.section,
        "page": block.page,
        "line": block.line,
        "segments": [_segment(segment) for segment in block.segments],
    }
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "numbering": block.numbering, **common}
    return {"type": "paragraph", **common}


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as data, with whole places, so that it can be read back."""
    made = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": asdict(finding.message),
        "place": _place(finding.place),
        "related": [_place(place) for place in finding.related],
        **{name: getattr(finding, name) for name in _FIGURES},
        "suggestion": asdict(finding.suggestion) if finding.suggestion is not None else None,
    }
    return {name: value for name, value in made.items() if value not in (None, [])}


def _place(place: Place) -> dict[str, Any]:
    return {name: value for name in _PLACE if (value := getattr(place, name)) != getattr(_NOWHERE, name)}


def from_json(data: object, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Return the tree of data that `to_json` made.

    Nothing in the data is taken on trust. Raises InputError when it is no tree or over a bound.
    """
    try:
        return _tree(_object(data), bounds)
    except (_NoTreeError, KeyError, ValueError) as error:
        raise InputError("input.not-a-tree", reason=f"{type(error).__name__}: {error}") from error


def finding_from_json(data: object) -> Finding:
    """Return the finding of data that `finding_to_json` made; raises InputError when it is none."""
    try:
        return _finding(_object(data))
    except (_NoTreeError, KeyError, ValueError) as error:
        raise InputError("input.not-a-tree", reason=f"{type(error).__name__}: {error}") from error


class _NoTreeError(Exception):
    """Data that no tree gives; says what was found where something else is due."""


def _tree(data: dict[str, Any], bounds: Bounds) -> DocumentTree:
    if data["schema"] != SCHEMA:
        raise _NoTreeError(f"schema {data['schema']!r}")
    return DocumentTree(
        path=_text(data["path"]),
        sha256=_text(data["sha256"]),
        format=_text(data["format"]),
        blocks=tuple([_read_block(_object(block), bounds) for block in _array(data["blocks"])]),
        lines=_lines(_array(data["lines"])),
        pages=_maybe(data["pages"], int),
        wrapped=_flag(data["wrapped"]),
        toc=tuple([TocEntry(*row) for row in _rows(data["toc"], (str, str, int))]),
        problems=tuple([_finding(_object(each)) for each in _array(data["problems"])]),
        scanned=frozenset(row[0] for row in _rows([[page] for page in _array(data["scanned"])], (int,))),
        converted_from=_maybe(data["converted_from"], str),
    )


def _lines(rows: Sequence[Any]) -> tuple[Line, ...]:
    plain = [row[:4] if type(row) in _ARRAYS else row for row in rows]
    checked = _rows(plain, (int, str, (int, type(None)), int))
    boxes = [_box(row[4:]) for row in rows]
    return tuple(
        [
            Line(number, text, page, start, box)
            for (number, text, page, start), box in zip(checked, boxes, strict=True)
        ]
    )


def _box(rest: Sequence[Any]) -> tuple[float, float, float, float] | None:
    if not rest:
        return None
    if len(rest) != 1 or type(rest[0]) not in _ARRAYS or len(rest[0]) != 4:  # noqa: PLR2004 - the four sides
        raise _NoTreeError(f"box {rest!r:.80}")
    if not all(type(side) in {int, float} and math.isfinite(side) for side in rest[0]):
        raise _NoTreeError(f"box {rest!r:.80}")
    left, top, right, bottom = rest[0]
    return left, top, right, bottom


def _read_block(data: dict[str, Any], bounds: Bounds) -> Block:
    kind = data["type"]
    section, page, line = _texts(data["section"]), _maybe(data["page"], int), _number(data["line"])
    if kind == "table":
        return Table(
            caption=_text(data["caption"]),
            notes=_texts(data["notes"]),
            rows=_grid(data["size"], data["cells"], bounds),
            section=section,
            page=page,
            line=line,
            caption_line=_number(data["caption_line"]),
            caption_elsewhere=_flag(data["caption_elsewhere"]),
        )
    segments = tuple([Segment(*row) for row in _rows(data["segments"], (int, int, int, int))])
    text = _text(data["text"])
    if kind == "heading":
        level, numbering = _number(data["level"]), _text(data["numbering"])
        return Heading(text, level, numbering, section, page, line, segments)
    if kind == "paragraph":
        return Paragraph(text, section, page, line, segments)
    raise _NoTreeError(f"block {kind!r:.80}")


def _grid(size: object, rows: object, bounds: Bounds) -> tuple[tuple[Cell, ...], ...]:
    """Lay cells out; they must cover every position of the grid once."""
    height, width = _rows([size], (int, int))[0]
    if height * width > bounds.cells:
        raise InputError(
            "input.too-complex",
            part="table",
            unit="cell",
            measured=f"{height * width:,}",
            limit=f"{bounds.cells:,}",
        )
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)] if width else []
    covered = 0
    for values in _rows(rows, (str, int, int, int, int, int)):
        cell = Cell(*values)
        bottom, right = cell.row + cell.row_span, cell.column + cell.column_span
        if bottom > height or right > width or not cell.row_span or not cell.column_span:
            raise _NoTreeError(f"cell {values!r:.80} outside {height} × {width}")
        covered += cell.row_span * cell.column_span
        if covered > height * width:
            raise _NoTreeError(f"cell {values!r:.80} over another")
        for row in grid[cell.row : bottom]:
            row[cell.column : right] = [cell] * cell.column_span
    made = tuple([tuple([cell for cell in row if cell is not None]) for row in grid])
    # As many positions are claimed as there are: if none stayed empty, none was claimed twice.
    if covered != height * width or any(len(row) != width for row in made):
        raise _NoTreeError(f"cells cover {covered} of {height} × {width}")
    return made


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(
        code=_text(data["code"]),
        severity=Severity(data["severity"]),
        message=_words(data["message"]),
        place=_read_place(data["place"]),
        related=tuple([_read_place(each) for each in _array(data.get("related", []))]),
        **{name: _maybe(data.get(name), str) for name in _FIGURES},
        suggestion=_words(data["suggestion"]) if "suggestion" in data else None,
    )


def _words(data: object) -> Text:
    words = _object(data)
    return Text(_text(words["zh"]), _text(words["en"]))


def _read_place(data: object) -> Place:
    place = _object(data)
    if not place.keys() <= _PLACE.keys():
        raise _NoTreeError(f"place {place!r:.80}")
    return Place(**{name: _maybe(value, _PLACE[name]) for name, value in place.items()})


def _rows(data: object, kinds: Sequence[type | tuple[type, ...]]) -> Sequence[Any]:
    """Check arrays of one shape, a column at a time; integers are no booleans and not negative."""
    rows = _array(data)
    if not rows:
        return rows
    if not set(map(type, rows)) <= _ARRAYS or set(map(len, rows)) != {len(kinds)}:
        raise _NoTreeError(f"an array of {len(kinds)} is due: {rows!r:.80}")
    for column, kind in zip(zip(*rows, strict=True), kinds, strict=True):
        _column(column, kind if isinstance(kind, tuple) else (kind,))
    return rows


def _column(values: Iterable[Any], kinds: tuple[type, ...]) -> None:
    values = tuple(values)
    if not set(map(type, values)) <= set(kinds):
        raise _NoTreeError(f"{kinds} is due: {values!r:.80}")
    numbers = [value for value in values if value is not None] if int in kinds else []
    if numbers and not 0 <= min(numbers) <= max(numbers) < _LARGEST:
        raise _NoTreeError(f"a number out of range: {values!r:.80}")


def _object(data: object) -> dict[str, Any]:
    if isinstance(data, dict):
        return data
    raise _NoTreeError(f"an object is due: {data!r:.80}")


def _array(data: object) -> Sequence[Any]:
    if isinstance(data, list | tuple):
        return data
    raise _NoTreeError(f"an array is due: {data!r:.80}")


def _texts(data: object) -> tuple[str, ...]:
    texts = _array(data)
    _column(texts, (str,))
    return tuple(texts)


def _text(data: object) -> str:
    if isinstance(data, str):
        return data
    raise _NoTreeError(f"a text is due: {data!r:.80}")


def _number(data: object) -> int:
    _column((data,), (int,))
    return data  # type: ignore[return-value] # an integer, as was just seen


def _flag(data: object) -> bool:
    if isinstance(data, bool):
        return data
    raise _NoTreeError(f"true or false is due: {data!r:.80}")


def _maybe(data: object, kind: type) -> Any:  # noqa: ANN401 - of the kind given, or None
    _column((data,), (kind, type(None)))
    return data
