"""Files in, document trees out: blocks with places, tables as grids."""

from hengjian.documents.reader import READERS, Reader, read_document
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

__all__ = [
    "READERS",
    "Block",
    "Cell",
    "DocumentTree",
    "Heading",
    "Line",
    "Paragraph",
    "Reader",
    "Segment",
    "Table",
    "TocEntry",
    "read_document",
]
