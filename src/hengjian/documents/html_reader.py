"""The reader of web pages: the article of a page, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from hengjian.documents.bounds import BOUNDS, Bounds, too_complex
from hengjian.documents.builder import TableItem, TreeBuilder, is_note
from hengjian.documents.docx_reader import passages
from hengjian.documents.docx_story import Para
from hengjian.documents.grid import note_rows, without_rows
from hengjian.documents.headings import mark_of
from hengjian.documents.html_furniture import (
    Element,
    article,
    is_furniture,
    is_silent,
    page_title,
    take_attachments,
    text_of,
)
from hengjian.documents.html_lists import Numbers
from hengjian.documents.html_table import Layout, is_layout
from hengjian.documents.source import decode
from hengjian.documents.span_grid import span_grid
from hengjian.documents.tree import Cell, DocumentTree, Line, grid_texts
from hengjian.kernel.errors import InputError
from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD = 4096
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "hz-gb-2312"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BROKEN = "\x01"
"""A line break of the source, which is a space in Latin text and nothing in Chinese."""

_UNPRINTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]))(?![0-9a-f]);?",
    re.IGNORECASE,
)
"""Characters that no page prints, also as references; the XML library takes none of them back into a tree."""

_GAPS = re.compile(f"[ {_BROKEN}]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_INVISIBLE = str.maketrans({"\u200b": None, "\ufeff": None, "\u00ad": None, "\xa0": " "})
_MOST_NAMED = 5


def read_html(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read the bytes of a web page. Raises InputError when it is no text, has no words or is over a bound."""
    root = parsed_page(page_text(data, path), path, bounds)
    title = page_title(root)
    headlines = [" ".join(text_of(each).split()) for each in root.iter("h1")]
    title = headlines[0] if len(headlines) == 1 and headlines[0] else title
    content = article(root)
    attached = take_attachments(content)
    page = Page(path, bounds)
    items = list(page.blocks(content))
    if not items and not attached:
        # As where a program in the page would have fetched its words.
        raise InputError("input.empty", Place(file=path))
    paras = _titled(page, items, title)
    builder = TreeBuilder(page.lines)
    builder.build(list(passages(paras)))
    return DocumentTree(
        path=path,
        sha256=sha256,
        format="html",
        blocks=tuple(builder.blocks),
        lines=tuple(page.lines),
        pages=None,
        wrapped=False,
        toc=tuple(builder.toc),
        problems=_problems(attached, path),
    )


def page_text(data: bytes, path: str) -> str:
    """Decode a page by its mark or by what it declares, else as a text file; GB 2312 is read as GB 18030."""
    declared = _CHARSET.search(data[:_HEAD])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    if name in _CHINESE and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return decode(data, path)


def parsed_page(text: str, path: str, bounds: Bounds) -> Element:
    """Parse a page. Raises InputError when it is empty or over a bound."""
    if (tags := text.count("<")) > bounds.tags:
        raise too_complex(path, path, "HTML tag", tags, bounds.tags)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(_UNPRINTED.sub("", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError("input.unreadable", Place(file=path), reason=str(error)) from error
    if root is None:
        raise InputError("input.empty", Place(file=path))
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        # The parser drops what is nested deeper, so the page would be read in part only.
        raise too_complex(path, path, "level", _DEEPEST + 1, _DEEPEST)
    return root


_DEEPEST = 255
"""How deep libxml2 follows elements within elements."""


def _titled(page: Page, items: list[Para | TableItem], title: str) -> list[Para | TableItem]:
    """Put the page's title before its article, unless the article begins with it."""
    squeezed = "".join(title.split())
    early = (item.text for item in items[:3] if isinstance(item, Para))
    if not squeezed or any(squeezed in "".join(text.split()) for text in early):
        return items
    # Line 1 was kept free for it.
    page.lines[0] = replace(page.lines[0], text=title)
    return [Para(1, title, level=1), *items]


def _problems(attached: list[str], path: str) -> tuple[Finding, ...]:
    if not attached:
        return ()
    names = "、".join(attached[:_MOST_NAMED])
    place = Place(file=path)
    return (Finding.of("input.attachments-not-read", place, count=len(attached), names=names),)


class Words(NamedTuple):
    """The text of a block, with the number of its list item and its outline level."""

    text: str
    number: str
    level: int | None


@dataclass(slots=True)
class Page:
    """Walks through a page; `lines` fills as it goes: one for each block of text and for each cell.

    `sources` are the lines of the page's own source, from 1, by the lines of cells.
    """

    path: str
    bounds: Bounds
    lines: list[Line] = field(default_factory=lambda: [Line(1, "", None, 0)])
    sources: dict[int, int] = field(default_factory=dict)
    depth: int = 0
    _numbers: Numbers = field(default_factory=Numbers)
    _number: str = ""
    _open: list[str] = field(default_factory=list)

    def blocks(self, element: Element) -> Iterator[Para | TableItem]:
        """Yield the paragraphs and tables of an element, in order."""
        for piece in self._walk(element, None):
            if isinstance(piece, TableItem):
                yield piece
            elif not is_furniture(piece.text):
                yield Para(self._line(piece.text), piece.text, piece.number, piece.level)

    def _walk(self, element: Element, level: int | None) -> Iterator[Words | TableItem]:
        """Yield the blocks of text and the tables of an element; `level` is that of the heading around it.

        Words of inline elements go on the open block; it ends where a block element begins or ends.
        """
        tag = str(element.tag)
        is_block = tag in _BLOCKS
        if is_block:
            yield from self._taken(level)
        if tag == "li":
            self._number = self._numbers.of(element)
        inner = _HEADINGS.get(tag, level)
        kept = tag == "pre"
        self._add(element.text, kept=kept)
        for child in element:
            if child.tag == "br":
                self._open.append("\n")
            elif child.tag == "table":
                yield from self._taken(inner)
                yield from self._table(child, inner)
            elif _is_word_number(child):
                self._open.append(text_of(child).strip())
            elif not is_silent(child):
                yield from self._walk(child, inner)
            self._add(child.tail, kept=kept)
        if is_block:
            yield from self._taken(inner)

    def _add(self, text: str | None, *, kept: bool) -> None:
        if text:
            self._open.append(text if kept else _SPACE.sub(_gap, text))

    def _taken(self, level: int | None) -> Iterator[Words]:
        """Yield the block that stands open, when it holds a word."""
        if not self._open:
            return
        text = shown("".join(self._open))
        self._open.clear()
        if text:
            number = "" if self._number and mark_of(text) else self._number
            self._number = ""
            yield Words(text, number, level)

    def _table(self, table: Element, level: int | None) -> Iterator[Words | TableItem]:
        if is_layout(table):
            for part in table:
                if not is_silent(part):
                    yield from self._walk(part, level)
            return
        for caption in table.iterchildren("caption"):
            yield from self._walk(caption, level)
        if (item := self.table(table)) is not None:
            yield item

    def table(self, table: Element) -> TableItem | None:
        """Return a table with those nested in its cells, None when it has no cell.

        Raises InputError when tables are nested deeper or have more cells than the bounds allow.
        """
        self.depth += 1
        if self.depth > self.bounds.nesting:
            raise too_complex(self.path, "table", "level", self.depth, self.bounds.nesting)
        first, inner = len(self.lines) + 1, list[TableItem]()
        cells = []
        for placed in Layout(self.bounds).place(table):
            line = self._line("")
            self.sources[line] = _source_line(placed.element)
            text = self._cell(placed.element, inner)
            self.lines[line - 1] = replace(self.lines[line - 1], text=text)
            cells.append(Cell(text, placed.row, placed.column, placed.rows, placed.columns, line))
        self.depth -= 1
        if not cells:
            return None
        grid = span_grid(cells, self.bounds)
        texts = grid_texts(grid)
        taken = note_rows(texts, is_note)
        notes = tuple(text for r in taken for text in texts[r] if text)
        return TableItem(without_rows(grid, taken), notes, first, len(self.lines), tuple(inner))

    def _cell(self, element: Element, inner: list[TableItem]) -> str:
        texts: list[str] = []
        for piece in self._walk(element, None):
            if isinstance(piece, TableItem):
                inner += (piece, *piece.inner)
                texts += ("\t".join(row) for row in piece.texts())
            else:
                texts += (line.strip() for line in f"{piece.number}{piece.text}".split("\n"))
        return "\n".join(filter(None, texts))

    def _line(self, text: str) -> int:
        number = len(self.lines) + 1
        if number > self.bounds.lines:
            raise too_complex(self.path, self.path, "paragraph", number, self.bounds.lines)
        self.lines.append(Line(number, text, None, 0))
        return number


def _source_line(element: Element) -> int:
    line: int | None = getattr(element, "sourceline", None)  # the stubs know no type for it
    return line or 1


def shown(text: str) -> str:
    """Return gathered text as a browser shows it: broken lines of Chinese have no space between."""

    def gap(found: re.Match[str]) -> str:
        around = text[max(found.start() - 1, 0) : found.start()] + text[found.end() : found.end() + 1]
        chinese = len(around) == _BOTH and not any(map(str.isascii, around))
        return "" if chinese and _BROKEN in found[0] else " "

    joined = _AROUND_BREAK.sub("\n", _GAPS.sub(gap, text))
    return joined.translate(_INVISIBLE).strip()


_BOTH = 2


def _gap(found: re.Match[str]) -> str:
    return _BROKEN if "\n" in found[0] or "\r" in found[0] else " "


def _is_word_number(element: Element) -> bool:
    """Tell whether an element holds the number that Word wrote before a list's item, with blanks."""
    return "mso-list:ignore" in "".join(element.get("style", "").lower().split())
