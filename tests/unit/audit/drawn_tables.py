"""Tables drawn as text: a line a row, cells parted by bars; ``<`` goes on the cell left, ``^`` the upper."""

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType

from hengjian.documents import DocumentTree, read_document


def drawn(text: str) -> list[list[str]]:
    """Return the cells of a drawn table."""
    lines = [line.strip() for line in text.strip("\n").splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines if line]


def add_table(document: DocumentType, text: str) -> None:
    """Add a drawn table to a docx, with its merges; ``\\n`` in a cell is a line break."""
    cells = drawn(text)
    width = max(len(row) for row in cells)
    table = document.add_table(rows=len(cells), cols=width)
    for r, row in enumerate(cells):
        for c, mark in enumerate(row):
            if mark not in {"<", "^"}:
                table.cell(r, c).text = mark.replace("\\n", "\n")
    for r, row in enumerate(cells):
        for c, mark in enumerate(row):
            if mark in {"<", "^"}:
                continue
            right, below = c, r
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while below + 1 < len(cells) and c < len(cells[below + 1]) and cells[below + 1][c] == "^":
                below += 1
            if (right, below) != (c, r):
                table.cell(r, c).merge(table.cell(below, right))


def docx_tree(folder: Path, *parts: str) -> DocumentTree:
    """Write a docx of paragraphs and drawn tables (a part with a bar is a table) and read it."""
    document = Document()
    for part in parts:
        if "|" in part:
            add_table(document, part)
        else:
            for line in part.strip().splitlines():
                document.add_paragraph(line.strip())
    path = folder / "made-up.docx"
    document.save(str(path))
    return read_document(path)
