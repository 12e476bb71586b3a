"""Reading a docx back in a test."""

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell


def written(element: BaseOxmlElement) -> str:
    """Return the text of all runs below an element."""
    return "".join(str(text.text or "") for text in element.iter(qn("w:t")))


def same(*cells: _Cell) -> bool:
    """Tell whether positions of a table belong to one merged cell."""
    return len({cell._tc for cell in cells}) == 1  # noqa: SLF001 - a cell's only identity


def rows(table: Table) -> list[list[str]]:
    """Return the texts of each row: a cell that spans columns once, one that spans rows in each."""
    return [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]


def row_of(document: Document, table: int, text: str) -> list[str]:
    """Return the row of a table in which a text stands."""
    return next(row for row in rows(document.tables[table]) if text in row)


def texts(document: Document) -> list[str]:
    """Return the text of every cell once."""
    cells = {
        cell._tc: cell.text  # noqa: SLF001 - a cell's only identity
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    }
    return list(cells.values())
