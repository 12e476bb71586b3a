"""Find the ruling lines among what a PDF page draws.

Programs draw a table's borders as stroked lines, as thin filled rectangles (Word, WPS), as strings of
dots, or as stroked rectangles round each cell. All come out as `Rule`s; white ones count only on a coloured
ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, pairwise, repeat
from operator import eq

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
    drawn: Drawing,
    found: Sequence[int],
    matrix: Matrix,
    limits: tuple[str, str, Bounds],
    depth: int,
    *,
    over: bool = False,
) -> None:
    """Take in objects, and those of the forms among them; `over`: they are drawn after text."""
    library = pdfium()
    kinds = list(map(library.FPDFPageObj_GetType, found))
    first = kinds.index(_TEXT) if _TEXT in kinds else len(kinds)
    drawn.texts += compress(found, map(eq, kinds, repeat(_TEXT)))
    written = len(drawn.texts)
    paths = list(compress(found, map(eq, kinds, repeat(_PATH))))
    _paths(drawn, paths, _boxes(paths, matrix), matrix, limits)
    others = [at for at, kind in enumerate(kinds) if kind in {_IMAGE, _FORM}]
    for at, box in zip(others, _boxes([found[at] for at in others], matrix), strict=True):
        after = over or at > first or len(drawn.texts) > written
        if kinds[at] == _IMAGE:
            drawn.pictures += (box.right - box.left) * (box.bottom - box.top)
            drawn.covered = drawn.covered or after
        elif depth < _DEPTH:
            count = library.FPDFFormObj_CountObjects(found[at])
            _check(drawn, max(count, 0), 0, *limits)
            inner = list(map(library.FPDFFormObj_GetObject, repeat(found[at]), range(count)))
            _objects(drawn, inner, _product(_matrix(found[at]), matrix), limits, depth + 1, over=after)


def _boxes(objects: Sequence[int], matrix: Matrix) -> list[Rule]:
    """Return the boxes of objects, as looked at."""
    values = filled(pdfium().FPDFPageObj_GetBounds, (objects,), (len(objects), 4))
    return [_mapped(matrix, *each) for each in _by(values, 4)]


def _paths(
    drawn: Drawing,
    paths: Sequence[int],
    boxes: Sequence[Rule],
    matrix: Matrix,
    limits: tuple[str, str, Bounds],
) -> None:
    """Take in paths: their rules, or the grounds they colour."""
    library = pdfium()
    count = len(paths)
    modes = _by(filled(library.FPDFPath_GetDrawMode, (paths,), (count, 2), kind="i"), 2)
    strokes = _by(filled(library.FPDFPageObj_GetStrokeColor, (paths,), (count, 4), kind="I"), 4)
    fills = _by(filled(library.FPDFPageObj_GetFillColor, (paths,), (count, 4), kind="I"), 4)
    sizes = map(library.FPDFPath_CountSegments, paths)
    for path, box, segments, (fill, stroke), stroked, coloured in zip(
        paths, boxes, sizes, modes, strokes, fills, strict=True
    ):
        if not (fill or stroke):
            continue
        left, top, right, bottom = box
        rules = drawn.white if _white(stroked if stroke else coloured) else drawn.rules
        if segments <= _RECTANGLE and (right - left <= _THICK or bottom - top <= _THICK):
            rules += _collapsed(box)
            continue
        if segments > _ARTWORK:
            continue
        if stroke or segments > _RECTANGLE:
            _check(drawn, 0, segments, *limits)
            rules += _edges(path, matrix) if stroke else _slivers(path, matrix)
        if fill and segments <= _RECTANGLE and not _white(coloured):
            drawn.grounds.append(box)


def _by(values: Sequence[float], count: int) -> Iterator[tuple[float, ...]]:
    """Yield numbers in groups."""
    return zip(*[iter(values)] * count, strict=True)


def _white(colour: tuple[float, ...]) -> bool:
    """Tell whether something is drawn in white or not at all."""
    red, green, blue, opacity = colour
    return opacity == 0 or (red >= _WHITE and green >= _WHITE and blue >= _WHITE)


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
