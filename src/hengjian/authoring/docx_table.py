"""Tables of a docx, from rows of cells to XML in one piece.

Setting a table cell by cell through python-docx is a hundred times slower.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from hengjian.authoring.grid import FULL, PADDING_ABOVE, PADDING_BESIDE, Placed, Row, Size, lines, placed

TALLEST_WHOLE = 90
"""Millimetres up to which a row is kept on one page and its texts stand in the middle."""

EAST_ASIAN = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
"""Sets quotation marks, dashes and the like, which both scripts have, in the Chinese font."""


def table(rows: Sequence[Row], widths: Sequence[float], size: Size = FULL) -> BaseOxmlElement:
    """Return a ``w:tbl`` of the rows with columns of these widths in millimetres.

    Raises ValueError when the cells of a row do not fill the grid exactly.
    """
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    placement = zip(rows, placed(rows, widths), strict=True)
    body = "".join(_row_xml(row, cells, size) for row, cells in placement)
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(map(_twips, widths))}" w:type="dxa"/><w:jc w:val="center"/>{_BORDERS}'
        f'<w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    )


def paragraph(text: str, style: str) -> BaseOxmlElement:
    """Return a ``w:p`` of one line of text; line breaks become spaces."""
    return parse_xml(_paragraph_xml(" ".join(lines(text)), style, namespaces=nsdecls("w")))


def _row_xml(row: Row, cells: Sequence[Placed], size: Size) -> str:
    whole = all(item.height(size) <= TALLEST_WHOLE for item in cells)
    properties = "<w:cantSplit/>" if whole else ""
    properties += f'<w:trHeight w:val="{_twips(row.height * size.row)}" w:hRule="atLeast"/>'
    properties += "<w:tblHeader/>" if row.repeated else ""
    body = "".join(_cell_xml(item, size, keep=row.keep and whole) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{body}</w:tr>"


def _cell_xml(item: Placed, size: Size, *, keep: bool) -> str:
    cell = item.cell
    properties = f'<w:tcW w:w="{_twips(item.width)}" w:type="dxa"/>'
    if cell.columns > 1:
        properties += f'<w:gridSpan w:val="{cell.columns}"/>'
    if cell.rows > 1:
        properties += '<w:vMerge w:val="restart"/>' if item.first else "<w:vMerge/>"
    properties += _edges_xml(item)
    upright = "center" if item.height(size) <= TALLEST_WHOLE else "top"
    content = item.lines(size) if item.first else [""]
    paragraphs = "".join(_paragraph_xml(line, cell.style + size.suffix, keep=keep) for line in content)
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="{upright}"/></w:tcPr>{paragraphs}</w:tc>'


def _edges_xml(item: Placed) -> str:
    """Leave out the cell's unwanted edges; the top is the first row's and the bottom the last row's."""
    here = {"top": item.first, "left": True, "bottom": item.last, "right": True}
    edges = "".join(
        f'<w:{edge} w:val="nil"/>' for edge, drawn in here.items() if drawn and edge in item.cell.without
    )
    return f"<w:tcBorders>{edges}</w:tcBorders>" if edges else ""


def _paragraph_xml(line: str, style: str, *, keep: bool = False, namespaces: str = "") -> str:
    held = "<w:keepNext/>" if keep else ""
    run = f'<w:r>{EAST_ASIAN}<w:t xml:space="preserve">{escape(line)}</w:t></w:r>' if line else ""
    return f'<w:p {namespaces}><w:pPr><w:pStyle w:val="{style}"/>{held}</w:pPr>{run}</w:p>'


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _edge(name: str, width: int | None = None) -> str:
    if width is None:
        return f'<w:{name} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    return f'<w:{name} w:w="{width}" w:type="dxa"/>'


_BORDERS = (
    "<w:tblBorders>"
    + "".join(_edge(name) for name in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + "</w:tblBorders>"
)
_MARGINS = (
    "<w:tblCellMar>"
    + "".join(
        _edge(name, _twips(PADDING_ABOVE if name in {"top", "bottom"} else PADDING_BESIDE))
        for name in ("top", "left", "bottom", "right")
    )
    + "</w:tblCellMar>"
)
