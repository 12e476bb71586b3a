"""The reader of Markdown files, as converters write them: headings, tables with bars, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hengjian.documents.bounds import BOUNDS, Bounds, check_text
from hengjian.documents.builder import Passage, TableItem, TreeBuilder, is_note
from hengjian.documents.dump import goes_on
from hengjian.documents.grid import note_rows, without_rows
from hengjian.documents.html_reader import Page, parsed_page
from hengjian.documents.source import decode, raw_lines
from hengjian.documents.span_grid import span_grid
from hengjian.documents.spans import Span, text_spans
from hengjian.documents.tree import Cell, DocumentTree, Line, grid_texts

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})[ \t]+")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_HTML = re.compile(r"\s*<table[\s>]", re.IGNORECASE)
_HTML_OPEN, _HTML_CLOSE = re.compile(r"<table[\s>]", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LEADING = re.compile(r"\s*(?:>\s*|[-*+][ \t]+)+")
_MARK = re.compile(r"\*\*|__|`|\\(?=[!-/:-@\[-`{-~])|<!--.*?-->|<br\s*/?>\s*$")
_IGNORED = re.compile(r"\s*(?:[-*_](?:\s*[-*_]){2,}|```.*|~~~.*)\s*")


def read_markdown(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read the bytes of a Markdown file. Raises InputError when they are no text or too much of it."""
    text = decode(data, path)
    check_text(text, path, bounds)
    lines = tuple(Line(i, words, None, start) for i, (words, start) in enumerate(raw_lines(text), 1))
    builder = TreeBuilder(lines)
    builder.build(list(_pieces(lines, path, bounds)))
    return DocumentTree(
        path=path,
        sha256=sha256,
        format="md",
        blocks=tuple(builder.blocks),
        lines=lines,
        pages=None,
        wrapped=False,
        toc=tuple(builder.toc),
    )


def _pieces(lines: Sequence[Line], path: str, bounds: Bounds) -> Iterator[Passage | TableItem]:
    index, before = 0, ""
    open_passage: Passage | None = None
    while index < len(lines):
        line = lines[index]
        end = _table_end(lines, index) or _html_end(lines, index)
        heading = _HEADING.match(line.text)
        words = _words(line)
        text = "".join(span.text for span in words)
        if open_passage is not None and not (end or heading) and words and _joins(line, before, text):
            open_passage = Passage((*open_passage.spans, *words))
        else:
            if open_passage is not None:
                yield open_passage
            open_passage = Passage(words, level=len(heading["level"]) if heading else None) if words else None
            if end:
                yield from _tables(lines[index:end], path, bounds)
                open_passage = None
            elif heading and open_passage is not None:
                yield open_passage
                open_passage = None
        before = text
        index = end or index + 1
    if open_passage is not None:
        yield open_passage


def _joins(line: Line, before: str, text: str) -> bool:
    """Tell whether a line goes on the paragraph of the line before it."""
    return bool(before) and not _LEADING.match(line.text) and goes_on(before, text, soft=True)


def _words(line: Line) -> tuple[Span, ...]:
    """Return a line's words without the marks of Markdown."""
    text = _CLOSING.sub("", line.text) if _HEADING.match(line.text) else line.text
    if _IGNORED.fullmatch(text):
        return ()
    lead = _HEADING.match(text) or _LEADING.match(text)
    at = lead.end() if lead else 0
    runs: list[Span] = []
    for mark in _MARK.finditer(text, at):
        runs += text_spans(text[at : mark.start()], line.start + at, line.number)
        at = mark.end()
    return (*runs, *text_spans(text[at:], line.start + at, line.number))


def _table_end(lines: Sequence[Line], index: int) -> int:
    """Return the index after a table that begins on a line, 0 when none does."""
    if "|" not in lines[index].text or index + 1 >= len(lines):
        return 0
    rule = lines[index + 1].text
    if "|" not in rule or not _RULE.fullmatch(rule):
        return 0
    end = index + 2
    while end < len(lines) and "|" in lines[end].text:
        end += 1
    return end


def _html_end(lines: Sequence[Line], index: int) -> int:
    """Return the index after a table written as HTML that begins on a line, 0 when none does."""
    if not _HTML.match(lines[index].text):
        return 0
    depth = 0
    for at, line in enumerate(lines[index:], index + 1):
        depth += len(_HTML_OPEN.findall(line.text)) - len(_HTML_CLOSE.findall(line.text))
        if depth <= 0:
            return at
    return len(lines)


def _tables(lines: Sequence[Line], path: str, bounds: Bounds) -> Iterator[TableItem]:
    if not _HTML.match(lines[0].text):
        yield _table(lines, bounds)
        return
    page = Page(path, bounds)
    root = parsed_page("\n".join(line.text for line in lines), path, bounds)
    for table in root.iter("table"):
        if next(table.iterancestors("table"), None) is None and (item := page.table(table)) is not None:
            grid = tuple(
                tuple(replace(cell, line=lines[0].number - 1 + page.sources[cell.line]) for cell in row)
                for row in item.grid
            )
            yield TableItem(grid, item.notes, lines[0].number, lines[-1].number)


def _table(lines: Sequence[Line], bounds: Bounds) -> TableItem:
    """Lay a table out; an empty row of heads, which Markdown asks for, goes."""
    rows = [(line, _cells(line.text)) for i, line in enumerate(lines) if i != 1]
    if len(rows) > 1 and not any(rows[0][1]):
        del rows[0]
    cells = [
        Cell(text, r, c, line=line.number)
        for r, (line, texts) in enumerate(rows)
        for c, text in enumerate(texts)
    ]
    grid = span_grid(cells, bounds)
    texts = grid_texts(grid)
    taken = note_rows(texts, is_note)
    notes = tuple(text for r in taken for text in texts[r] if text)
    return TableItem(without_rows(grid, taken), notes, lines[0].number, lines[-1].number)


def _cells(text: str) -> list[str]:
    bare = text.strip().removeprefix("|")
    parts = _BAR.split(bare)
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return [_MARK.sub("", _BREAK.sub("\n", part)).strip() for part in parts]
