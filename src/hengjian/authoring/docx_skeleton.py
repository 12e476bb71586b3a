"""The empty docx that documents are written into: page, styles, fonts, page numbers; and its bytes.

Fonts that official documents ask for are named, not shipped. The font table gives each the free or
common faces that a program may take in its place.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm

from hengjian.authoring.docx_table import EAST_ASIAN, paragraph
from hengjian.authoring.grid import FULL, SMALL, lines
from hengjian.kernel import FiscalYear

LONG_SIDE, SHORT_SIDE = 297, 210
MARGIN_ABOVE, MARGIN_BELOW, MARGIN_BESIDE = 14, 15, 18
"""Millimetres of an A4 page and of its margins."""

Page = Literal["portrait", "landscape"]

TITLE_LEADING = 27
"""Points that a title's line takes."""

LONGEST_PROPERTY = 255
"""A document property may hold no more characters."""

TITLE_FONT, TEXT_FONT, HEAD_FONT, LATIN_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "Times New Roman"

_FALL_BACKS = {
    TITLE_FONT: "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,思源宋体,Noto Serif CJK SC,宋体",
    TEXT_FONT: "仿宋,FangSong,华文仿宋,FandolFang R,思源宋体,Noto Serif CJK SC,宋体",
    HEAD_FONT: "SimHei,思源黑体,Noto Sans CJK SC",
    "宋体": "SimSun,思源宋体,Noto Serif CJK SC",
}


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name for users, Chinese font, points of type and line, and alignment."""

    name: str
    font: str = TEXT_FONT
    points: float = FULL.points
    leading: float = FULL.leading
    alignment: str = "left"
    title: bool = False


_CELLS = {
    "FormText": _Style("表格文字"),
    "FormFigure": _Style("表格金额", alignment="right"),
    "FormValue": _Style("表格数值", alignment="center"),
    "FormHead": _Style("表格栏目", HEAD_FONT, alignment="center"),
}
_STYLES = {
    "FormTitle": _Style("表格题名", TITLE_FONT, 18, TITLE_LEADING, "center", title=True),
    **_CELLS,
    **{
        style_id + SMALL.suffix: replace(
            style, name=f"{style.name}（小）", points=SMALL.points, leading=SMALL.leading
        )
        for style_id, style in _CELLS.items()
    },
    "FormGap": _Style("表格间隔", points=1, leading=1),
    "Continuation": _Style("续表题名", alignment="right"),
    "PageNumber": _Style("页码数字", "宋体", 14, 14, "center"),
}

_STYLES_WITH_EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def text_height(page: Page) -> float:
    """Return the millimetres between the margins above and below."""
    return (SHORT_SIDE if page == "landscape" else LONG_SIDE) - MARGIN_ABOVE - MARGIN_BELOW


def form_document(page: Page) -> Document:
    """Return an empty document of one A4 section, with the styles and a page number."""
    document = docx.Document()
    _leave_out_ballast(document)
    _set_styles(document)
    _set_fonts(document)
    section = document.sections[0]
    sides = (LONG_SIDE, SHORT_SIDE) if page == "landscape" else (SHORT_SIDE, LONG_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if page == "landscape" else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = map(Mm, sides)
    section.top_margin, section.bottom_margin = Mm(MARGIN_ABOVE), Mm(MARGIN_BELOW)
    section.left_margin = section.right_margin = Mm(MARGIN_BESIDE)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        _fill(footer._element, _page_number())  # noqa: SLF001 - python-docx has no way to set a field
    return document


def section_end(document: Document) -> BaseOxmlElement:
    """Return a paragraph that ends a section like the document's last; the next begins on a new page."""
    end = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="FormGap"/></w:pPr></w:p>')
    end[0].append(deepcopy(document.sections[-1]._sectPr))  # noqa: SLF001 - a section is its XML
    return end


def set_continuation(section: Section, text: str) -> None:
    """Put a line above the second and further pages of a section."""
    section.header.is_linked_to_previous = False
    _fill(section.header._element, paragraph(text, "Continuation"))  # noqa: SLF001 - raw XML goes in


def document_bytes(document: Document, *, title: str, author: str, year: FiscalYear) -> bytes:
    """Return the file. The same content gives the same bytes: no date but the fiscal year's last day."""
    day = datetime(year.year, 12, 31, tzinfo=UTC)
    properties = document.core_properties
    properties.title, properties.author = _property(title), _property(author)
    properties.created = properties.modified = day
    properties.last_modified_by = _property(author)
    properties.language, properties.comments, properties.revision = "zh-CN", "", 1
    saved = BytesIO()
    document.save(saved)
    return _repacked(saved)


def _property(text: str) -> str:
    return " ".join(lines(text))[:LONGEST_PROPERTY]


def _repacked(saved: BytesIO) -> bytes:
    """Zip the parts again with a fixed date, in a fixed order."""
    packed = BytesIO()
    with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            item = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            item.compress_type, item.create_system = ZIP_DEFLATED, 0
            target.writestr(item, source.read(name))
    return packed.getvalue()


def _leave_out_ballast(document: Document) -> None:
    """Drop what python-docx's template brings along: a thumbnail, sample XML, table styles."""
    unwanted = {
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.CUSTOM_XML,
        _STYLES_WITH_EFFECTS,
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    }
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype in unwanted]:
            del relations[key]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) is None:
            styles.remove(style)


def _set_styles(document: Document) -> None:
    styles = document.styles.element
    styles.replace(styles.find(qn("w:docDefaults")), parse_xml(_DEFAULTS))
    for style_id, style in _STYLES.items():
        styles.append(parse_xml(_style_xml(style_id, style)))
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")


def _style_xml(style_id: str, style: _Style) -> str:
    size, leading = round(style.points * 2), round(style.leading * 20)
    keep, outline = ("<w:keepNext/>", '<w:outlineLvl w:val="0"/>') if style.title else ("", "")
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{style_id}">'
        f'<w:name w:val="{style.name}"/><w:qFormat/>'
        f'<w:pPr>{keep}<w:spacing w:line="{leading}" w:lineRule="exact"/>'
        f'<w:jc w:val="{style.alignment}"/>{outline}</w:pPr>'
        f'<w:rPr>{_fonts_xml(style.font)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _fonts_xml(font: str) -> str:
    latin = " ".join(f'w:{script}="{LATIN_FONT}"' for script in ("ascii", "hAnsi", "cs"))
    return f'<w:rFonts {latin} w:eastAsia="{font}"/>'


def _set_fonts(document: Document) -> None:
    """Replace the font table by one that names what may stand in for each font."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in _FALL_BACKS.items()
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    part = document.part
    for key in [
        key for key, relation in part.rels.items() if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE
    ]:
        del part.rels[key]
    name = PackURI("/word/fontTable.xml")
    table = Part(name, CONTENT_TYPE.WML_FONT_TABLE, xml.encode(), part.package)
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)


def _fill(container: BaseOxmlElement, content: BaseOxmlElement) -> None:
    for child in list(container):
        container.remove(child)
    container.append(content)


def _page_number() -> BaseOxmlElement:
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr>'
        f'<w:r>{EAST_ASIAN}<w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        f'<w:r>{EAST_ASIAN}<w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )


_DEFAULTS = (
    f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_fonts_xml('宋体')}"
    '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)
