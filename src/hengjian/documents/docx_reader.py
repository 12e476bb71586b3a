"""The reader of docx files: WordprocessingML read directly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from hengjian.documents.bounds import BOUNDS, Bounds
from hengjian.documents.builder import Passage, TableItem, TreeBuilder, numbered
from hengjian.documents.docx_package import Package, W, value
from hengjian.documents.docx_story import Para, Story
from hengjian.documents.docx_styles import Numbering, Styles
from hengjian.documents.docx_text import LOOKS
from hengjian.documents.dump import goes_on
from hengjian.documents.spans import Span, text_spans
from hengjian.documents.tree import DocumentTree, Paragraph

FOOTNOTES = ("脚注",)
"""The section of footnotes, which stand after all else."""

ENDNOTES = ("尾注",)
"""The section of endnotes, which stand after the footnotes."""

_NEAR = 2
"""Lines from a paragraph to the one that goes on it: the next, or one with an empty line between."""


def read_docx(data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read the bytes of a docx: body, tables, text boxes, foot- and endnotes; not heads and feet of pages.

    Hidden and deleted text is left out. Raises InputError when the file is damaged or over a bound.
    """
    package = Package.open(data, path, bounds)
    root = package.main()
    etree.strip_elements(root, *LOOKS, with_tail=False)
    body = root.find(W + "body")
    styles = Styles.read(package.related("styles"))
    numbering = Numbering.read(package.related("numbering"), styles)
    story = Story(styles, numbering, bounds, path)
    items = [] if body is None else list(passages(story.blocks(body)))
    notes = [*_notes(package, story, "footnote", FOOTNOTES), *_notes(package, story, "endnote", ENDNOTES)]
    lines = story.tree_lines()
    builder = TreeBuilder(lines)
    builder.build(items)
    return DocumentTree(
        path=path,
        sha256=sha256,
        format="docx",
        blocks=(*builder.blocks, *notes),
        lines=lines,
        pages=story.pages.page if story.pages.seen else None,
        wrapped=False,
        toc=tuple(builder.toc),
        problems=tuple(story.problems),
    )


def passages(blocks: Iterable[Para | TableItem]) -> Iterator[Passage | TableItem]:
    """Join and part paragraphs as they read: at sentence ends within them, over breaks within sentences."""
    last: Para | None = None
    open_passage: Passage | None = None
    for block in blocks:
        if isinstance(block, TableItem):
            if open_passage is not None:
                yield open_passage
            yield from (block, *block.inner)
            last = open_passage = None
            continue
        for part in _parts(block):
            if open_passage is not None and last is not None and _joins(open_passage, last, part, block):
                open_passage = replace(open_passage, spans=(*open_passage.spans, *part))
            else:
                if open_passage is not None:
                    yield open_passage
                number = block.number if last is not block else ""
                open_passage = Passage(part, number, block.level, block.contents)
            last = block
    if open_passage is not None:
        yield open_passage


def _parts(para: Para) -> Iterator[tuple[Span, ...]]:
    """Yield the words of each line of a paragraph that has line breaks."""
    start = 0
    for text in para.text.split("\n"):
        if spans := text_spans(text, start, para.line):
            yield spans
        start += len(text) + 1


def _joins(passage: Passage, last: Para, part: tuple[Span, ...], para: Para) -> bool:
    """Tell whether `part` of `para` goes on the passage that ends in `last`."""
    before, after = passage.spans[-1].text, "".join(span.text for span in part)
    if last is para:
        return not para.contents and goes_on(before, after, soft=True)
    if last.merges:
        return True
    plain = not (para.number or para.level or para.contents or last.level or last.contents)
    return plain and para.line - last.line <= _NEAR and goes_on(before, after)


def _notes(package: Package, story: Story, tag: str, section: tuple[str, ...]) -> Iterator[Paragraph]:
    """Yield the foot- or endnotes that the text refers to, in the order of the references."""
    root = package.related(f"{tag}s")
    elements = [] if root is None else list(root.iterchildren(W + tag))
    by_id = {f"{tag}{value(element, W + 'id')}": element for element in elements}
    for reference in list(dict.fromkeys(story.references)):
        if (element := by_id.get(reference)) is None:
            continue
        for item in passages(story.blocks(element)):
            if isinstance(item, Passage):
                text, segments = numbered(item)
                yield Paragraph(text, section, None, item.spans[0].line, segments)
