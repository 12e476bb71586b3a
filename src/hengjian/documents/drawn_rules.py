"""Find the ruling lines among what a PDF page draws.

Programs draw a table's borders as stroked lines, as thin filled rectangles (Word, WPS), as strings of
dots, or as stroked rectangles round each cell. All come out as `Rule`s; white ones count only on a coloured
ground.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat

from hengjian.documents.bounds import Bounds, too_complex
from hengjian.documents.pdfium import filled, pdfium
from hengjian.documents.printed import Rule

Matrix = tuple[float, float, float, float, float, float]

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_MOVE, _LINE = 2, 0
_THICK = 4.0
"""A filled rectangle is a line up to this thickness, in points."""
_RECTANGLE = 6
"""A rectangle has at most so many segments, with one that closes it."""
_ARTWORK = 5_000
"""A path with more segments than that is a drawing; its edges are not looked at."""
_SLANT = 0.6
"""How far a line may be off the level and still be a ruling line, in points."""
_WHITE = 250
_DEPTH = 8


@dataclass(slots=True)
class Drawing:
    """What a page draws: rules, the area its pictures cover, its text objects.

    `covered` tells that a picture was drawn over text.
    """

    rules: list[Rule] = field(default_factory=list)
    white: list[Rule] = field(default_factory=list)
    grounds: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    texts: list[int] = field(default_factory=list)
    covered: bool = False
    objects: int = 0
    segments: int = 0


def drawing(page: int, matrix: Matrix, part: str, path: str, bounds: Bounds) -> Drawing:
    """Return what a page draws; `matrix` maps its coordinates to the looker's.

    Raises InputError past the bounds of objects and segments.
    """
    library = pdfium()
    drawn = Drawing()
    count = library.FPDFPage_CountObjects(page)
    _check(drawn, count, 0, part, path, bounds)
    found = list(map(library.FPDFPage_GetObject, repeat(page), range(count)))
    _objects(drawn, found, matrix, (part, path, bounds), 0)
    drawn.rules += [rule for rule in drawn.white if any(_within(rule, ground) for ground in drawn.grounds)]
    return drawn


def _check(drawn: Drawing, objects: int, segments: int, part: str, path: str, bounds: Bounds) -> None:
    """Count what was met and refuse too much of it."""
    drawn.objects += objects
    drawn.segments += segments
    if drawn.objects > bounds.objects:
        raise too_complex(path, part, "page object", drawn.objects, bounds.objects)
    if drawn.segments > bounds.segments:
        raise too_complex(path, part, "path segment", drawn.segments, bounds.segments)


def _objects(
    drawn: Drawing, found: Sequence[int], matrix: Matrix, limits: tuple[str, str, Bounds], depth: int
) -> None:
    """Take in objects, and those of the forms among them."""
    library = pdfium()
    kinds = list(map(library.FPDFPageObj_GetType, found))
    drawn.texts += [each for each, kind in zip(found, kinds, strict=True) if kind == _TEXT]
    others = [(each, kind) for each, kind in zip(found, kinds, strict=True) if kind in {_PATH, _IMAGE, _FORM}]
    boxes = filled(library.FPDFPageObj_GetBounds, ([each for each, _ in others],), (len(others), 4))
    for at, (each, kind) in enumerate(others):
        left, bottom, right, top = boxes[4 * at : 4 * at + 4]
        box = _mapped(matrix, left, bottom, right, top)
        if kind == _PATH:
            _path(drawn, each, box, matrix, limits)
        elif kind == _IMAGE:
            area = (box.right - box.left) * (box.bottom - box.top)
            drawn.pictures += area
            drawn.covered = drawn.covered or (
                bool(drawn.texts) and found.index(each) > found.index(drawn.texts[0])
            )
        elif depth < _DEPTH:
            count = library.FPDFFormObj_CountObjects(each)
            _check(drawn, max(count, 0), 0, *limits)
            inner = list(map(library.FPDFFormObj_GetObject, repeat(each), range(count)))
            _objects(drawn, inner, _product(_matrix(each), matrix), limits, depth + 1)


def _path(drawn: Drawing, path: int, box: Rule, matrix: Matrix, limits: tuple[str, str, Bounds]) -> None:
    """Take in a path: its rules, or the ground it colours."""
    library = pdfium()
    segments = library.FPDFPath_CountSegments(path)
    width, height = box.right - box.left, box.bottom - box.top
    modes = _ints(library.FPDFPath_GetDrawMode, path, 2)
    fill, stroke = bool(modes[0]), bool(modes[1])
    if not (fill or stroke):
        return
    thin = min(width, height) <= _THICK
    if thin and segments <= _RECTANGLE:
        _put(drawn, path, _collapsed(box), stroke=stroke)
        return
    if segments > _ARTWORK:
        return
    if stroke or segments > _RECTANGLE:
        _check(drawn, 0, segments, *limits)
        lines = _edges(path, matrix) if stroke else _slivers(path, matrix)
        _put(drawn, path, list(lines), stroke=stroke)
    if fill and segments <= _RECTANGLE and not _white(path, stroke=False):
        drawn.grounds.append(box)


def _put(drawn: Drawing, path: int, rules: list[Rule], *, stroke: bool) -> None:
    """Put a path's rules where its colour sends them."""
    (drawn.white if rules and _white(path, stroke=stroke) else drawn.rules).extend(rules)


def _collapsed(box: Rule) -> list[Rule]:
    """Return the middle line of a thin box; a dot may be a piece of a line of either direction."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    x, y = (left + right) / 2, (top + bottom) / 2
    rules = []
    if width >= height or width > _THICK:
        rules.append(Rule(left, y, right, y))
    if height >= width or height > _THICK:
        rules.append(Rule(x, top, x, bottom))
    return rules


def _edges(path: int, matrix: Matrix) -> Iterator[Rule]:
    """Yield the level and upright edges of a stroked path."""
    for points in _subpaths(path, matrix):
        for (x, y), (u, v) in pairwise(points):
            if abs(y - v) <= _SLANT < abs(x - u):
                yield Rule(min(x, u), (y + v) / 2, max(x, u), (y + v) / 2)
            elif abs(x - u) <= _SLANT < abs(y - v):
                yield Rule((x + u) / 2, min(y, v), (x + u) / 2, max(y, v))


def _slivers(path: int, matrix: Matrix) -> Iterator[Rule]:
    """Yield the thin rectangles of a filled path as rules."""
    for points in _subpaths(path, matrix):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Rule(min(xs), min(ys), max(xs), max(ys))
        if len(points) in {4, 5} and min(box.right - box.left, box.bottom - box.top) <= _THICK:
            yield from _collapsed(box)


def _subpaths(path: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each straight run of a path, as looked at."""
    library = pdfium()
    a, b, c, d, e, f = _product(_matrix(path), matrix)
    count = library.FPDFPath_CountSegments(path)
    segments = list(map(library.FPDFPath_GetPathSegment, repeat(path), range(count)))
    values = filled(library.FPDFPathSegment_GetPoint, (segments,), (count, 2))
    points: list[tuple[float, float]] = []
    for at, segment in enumerate(segments):
        x, y = values[2 * at], values[2 * at + 1]
        kind = library.FPDFPathSegment_GetType(segment)
        point = (a * x + c * y + e, b * x + d * y + f)
        if kind == _LINE:
            points.append(point)
        else:
            if len(points) > 1:
                yield points
            points = [point]
        if library.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _white(path: int, *, stroke: bool) -> bool:
    """Tell whether a path is drawn in white or not at all."""
    library = pdfium()
    colour = _ints(
        library.FPDFPageObj_GetStrokeColor if stroke else library.FPDFPageObj_GetFillColor, path, 4
    )
    return min(colour[:3]) >= _WHITE or colour[3] == 0


def _ints(call: Callable[..., object], handle: int, parts: int) -> list[int]:
    """Return the whole numbers that a function writes about one object."""
    store = (ctypes.c_int * parts)()
    start = ctypes.addressof(store)
    call(handle, *range(start, start + 4 * parts, 4))
    return list(store)


def _matrix(handle: int) -> Matrix:
    """Return an object's matrix."""
    a, b, c, d, e, f = filled(pdfium().FPDFPageObj_GetMatrix, ((handle,),), (1, 6), together=True)
    return a, b, c, d, e, f


def _product(first: Matrix, then: Matrix) -> Matrix:
    """Return the map that does one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _mapped(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> Rule:
    """Return a box as looked at."""
    a, b, c, d, e, f = matrix
    x, u = a * left + c * bottom + e, a * right + c * top + e
    y, v = b * left + d * bottom + f, b * right + d * top + f
    return Rule(min(x, u), min(y, v), max(x, u), max(y, v))


def _within(rule: Rule, ground: Rule) -> bool:
    """Tell whether a rule's middle lies on a coloured ground."""
    x, y = (rule.left + rule.right) / 2, (rule.top + rule.bottom) / 2
    return ground.left - 1 <= x <= ground.right + 1 and ground.top - 1 <= y <= ground.bottom + 1
