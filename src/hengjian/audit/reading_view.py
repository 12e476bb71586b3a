"""What was read of a document as one self-contained page: the page's picture left, the blocks right.

Each line and cell on the right belongs to a box over the picture, by its line's number. The page loads
nothing: its policy forbids it, and allows its one script by digest.
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import PureWindowsPath

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

import hengjian
from hengjian.audit.page_pictures import Picture
from hengjian.documents import Block, Cell, DocumentTree, Heading, Line, Segment, Table
from hengjian.kernel import Text

_TEMPLATES = resources.files("hengjian.audit").joinpath("templates")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a block's text that stands on one source line (0 when it stands on none)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block to be shown; `rows` are a table's anchors, `turns` tells that a page begins with it."""

    block: Block
    kind: str
    level: int
    runs: tuple[Run, ...]
    rows: tuple[tuple[Cell, ...], ...]
    turns: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with its picture and the boxes over it: line, and left, top, width and height in percent."""

    picture: Picture
    boxes: tuple[tuple[int, tuple[float, float, float, float]], ...]


def reading_html(tree: DocumentTree, pictures: Iterable[Picture], language: str) -> str:
    """Return the page that shows what was read of a document; not every page needs a picture."""
    script = _read("reading.js")
    return _template().render(
        tree=tree,
        name=PureWindowsPath(tree.path).name,
        first=_first_time(),
        blocks=tuple(_blocks(tree)),
        headings=tuple(_headings(tree)),
        leaves=tuple(_leaf(picture, tree.lines) for picture in pictures),
        tables=sum(isinstance(block, Table) for block in tree.blocks),
        say={key: text[language] for key, text in _words().items()},
        lang=language,
        version=hengjian.__version__,
        style=Markup(_read("reading.css")),  # noqa: S704 - the program's own text
        script=Markup(script),  # noqa: S704 - the program's own text
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def runs_of(text: str, segments: tuple[Segment, ...], line: int) -> Iterator[Run]:
    """Yield a text cut where its source goes on to another line.

    >>> [run.text for run in runs_of("甲乙丙", (Segment(0, 0, 2, 1), Segment(2, 3, 1, 2)), 1)]
    ['甲乙', '丙']
    """
    starts = [(0, segments[0].line if segments else line)]
    starts += [(part.text_start, part.line) for part in segments if part.text_start > 0]
    turns = [(at, n) for i, (at, n) in enumerate(starts) if i == 0 or n != starts[i - 1][1]]
    for (at, number), (end, _) in zip(turns, [*turns[1:], (len(text), 0)], strict=True):
        yield Run(text[at:end], number)


def _blocks(tree: DocumentTree) -> Iterator[ShownBlock]:
    page = None
    for block in tree.blocks:
        turns = block.page is not None and block.page != page
        page = block.page if turns else page
        if isinstance(block, Table):
            yield ShownBlock(block, "table", 0, (), tuple(_anchors(block)), turns)
            continue
        runs = tuple(runs_of(block.text, block.segments, block.line))
        kind = "heading" if isinstance(block, Heading) else "paragraph"
        level = min(block.level + 1, _DEEPEST) if isinstance(block, Heading) else 0
        yield ShownBlock(block, kind, level, runs, (), turns)


def _first_time() -> Callable[[int], bool]:
    """Return a function that tells whether a line is asked for the first time: cells may share one."""
    seen: set[int] = set()

    def first(line: int) -> bool:
        is_new = line not in seen
        seen.add(line)
        return is_new

    return first


def _headings(tree: DocumentTree) -> Iterator[tuple[int, Heading]]:
    return ((at, block) for at, block in enumerate(tree.blocks, 1) if isinstance(block, Heading))


def _anchors(table: Table) -> Iterator[tuple[Cell, ...]]:
    for r, row in enumerate(table.rows):
        yield tuple(cell for c, cell in enumerate(row) if (cell.row, cell.column) == (r, c))


def _leaf(picture: Picture, lines: tuple[Line, ...]) -> Leaf:
    boxes = []
    for line in lines:
        if line.page == picture.number and line.box is not None:
            left, top, right, bottom = line.box
            across, down = 100 / picture.width, 100 / picture.height
            box = (left * across, top * down, (right - left) * across, (bottom - top) * down)
            boxes.append((line.number, box))
    return Leaf(picture, tuple(boxes))


def _read(name: str) -> str:
    return _TEMPLATES.joinpath(name).read_text(encoding="utf-8")


@cache
def _words() -> dict[str, Text]:
    return {key: Text(text["zh"], text["en"]) for key, text in tomllib.loads(_read("reading.toml")).items()}


@cache
def _template() -> Template:
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return jinja.from_string(_read("reading.html"))
