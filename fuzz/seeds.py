"""Small valid files of every format, to be broken."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from fuzz.target import TREE
from hengjian.documents.docx_reader import read_docx
from hengjian.documents.tree_json import to_json
from tests.unit.documents import docx_maker as make
from tests.unit.documents import pdf_maker

_TEXT = (
    "第一部分 概况\n\n一、职责\n（一）贯彻执行医疗保障法规。\n\n收入支出决算表\n单位：万元\n"
    "项目\t行次\t金额\n一、一般公共预算\t1\t12.30\n合计\t2\t12.30\n\n注：本表以万元为单位。\n- 1 -\n"
    "2022年收入12.30万元，比上年增加1.20万元，增长10.81%。\n"
)
_ROWS = (("项目", "金额"), ("合计", "12.30"))


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Return valid files that a reader reads; text for a reader that has none of its own."""
    made = _MAKERS.get(name)
    return (_TEXT.encode(),) if made is None else made()


def _docx() -> tuple[bytes, ...]:
    head = make.row(
        make.cell("项目", '<w:gridSpan w:val="2"/>'), make.cell("金额", '<w:vMerge w:val="restart"/>')
    )
    body = make.row(make.cell("合计"), make.cell("1"), make.cell("", "<w:vMerge/>"))
    inner = make.row(make.cell("甲") + make.table(make.row(make.cell("乙"))))
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = make.paragraph("职责", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    note = '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2">{make.paragraph("脚注")}</w:footnote>'
    return (
        make.docx(make.paragraph("单位：万元") + make.table(head, body, columns=3) + make.table(inner)),
        make.docx(listed + note, {"numbering": numbering, "footnotes": notes}),
    )


def _pdf() -> tuple[bytes, ...]:
    def draw(canvas: Canvas) -> None:
        pdf_maker.write(canvas, 50, 50, "收入支出决算表")
        pdf_maker.grid(canvas, (50, 200, 350), (80, 110, 140))
        pdf_maker.fill_in(canvas, (50, 200), (80, 110), _ROWS)

    return (pdf_maker.pdf(draw), pdf_maker.pdf(draw, draw, pageCompression=0))


def _html() -> tuple[bytes, ...]:
    rows = '<tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr><tr><td>1</td><td>2</td></tr>'
    head = "<!doctype html><html><head><title>决算</title></head><body><h1>概况</h1>"
    page = f"{head}<table>{rows}</table><p>合计</p>"
    return (page.encode(), _TEXT.encode())


def _xlsx() -> tuple[bytes, ...]:
    import io  # noqa: PLC0415 - beside the library of this format

    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("决算表")
        sheet.merge_range("A1:B1", "收入支出决算表")
        sheet.write_row("A3", ["项目", "金额"])
        sheet.write_row("A4", ["合计", 12.3], book.add_format({"num_format": "#,##0.00"}))
        sheet.write_formula("B5", "=B4", None, 12.3)
    return (out.getvalue(),)


def _tree() -> tuple[bytes, ...]:
    return tuple(json.dumps(to_json(read_docx(data, "a.docx", ""))).encode() for data in _docx())


def _xls() -> tuple[bytes, ...]:
    return ((Path(__file__).parents[1] / "tests/unit/documents/files/sheets.xls").read_bytes(),)


def _md() -> tuple[bytes, ...]:
    table = "| 项目 | 金额 |\n| --- | ---: |\n| 合计 | 1.00 |"
    return (f"# 决算\n\n## 一、收入\n\n单位：万元\n\n{table}\n\n- 甲\n- 乙\n".encode(),)


_MAKERS = {"docx": _docx, "pdf": _pdf, "html": _html, "xlsx": _xlsx, "xls": _xls, "md": _md, TREE: _tree}
