"""What is read of a document, shown: a summary, Markdown, and the page beside it."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from lxml import html
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import PageBreak, SimpleDocTemplate, Table, TableStyle

from hengjian.audit.page_pictures import image_pictures, pdf_pictures, png
from hengjian.cli.app import build
from hengjian.documents.markdown import markdown
from hengjian.documents.reader import read_document

ATTACK = "<script>alert(1)</script>"


def found(page: html.HtmlElement, path: str) -> list[Any]:
    """Return what an XPath finds in a page."""
    result = page.xpath(path)
    assert isinstance(result, list)
    return list(result)


def run(*arguments: object, language: str = "zh") -> Result:
    return CliRunner().invoke(build(language), [str(argument) for argument in arguments])


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A docx with headings, markup in its text, a plain table and one with merged cells."""
    document = Document()
    document.add_heading("一、部门概况", level=1)
    document.add_paragraph(f"本年支出100.00万元。{ATTACK} *重点*")
    plain = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("项目", "预算数", "工资|补助", "1.00")):
        plain.cell(at // 2, at % 2).text = text
    document.add_heading("二、收支", level=1)
    merged = document.add_table(rows=2, cols=2)
    merged.cell(0, 0).merge(merged.cell(0, 1)).text = "合计<b>"
    path = tmp_path / "公开.docx"
    document.save(str(path))
    return path


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A PDF of two pages, each with a ruled table."""
    path = tmp_path / "accounts.pdf"
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 1, colors.black)])
    first = Table([["Department", "Income", "Other"], ["Bureau", "3.00", "1.00"]], style=grid)
    second = Table([["Item", "Budget"], ["Salaries", "12.50"]], colWidths=[200, 120], style=grid)
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build([first, PageBreak(), second])
    return path


def test_the_summary_tells_format_outline_and_tables(paper: Path) -> None:
    told = run("read", paper)
    assert told.exit_code == 0
    assert all(words in told.output for words in ("docx", "2张表", "一、部门概况", "2 × 2"))
    assert "2 of them tables" in run("read", paper, language="en").output


def test_a_file_that_cannot_be_read_is_told_with_status_two(tmp_path: Path) -> None:
    told = run("read", tmp_path / "没有.docx")
    assert told.exit_code == 2
    assert "没有.docx" in told.stderr


def test_markdown_keeps_spans_and_escapes_marks(paper: Path) -> None:
    text = run("read", paper, "--format", "markdown").output
    assert "# 一、部门概况" in text
    assert r"\<script\>alert(1)\</script\> \*重点\*" in text
    assert "| 项目 | 预算数 |\n| --- | --- |\n| 工资\\|补助 | 1.00 |" in text
    assert '<td colspan="2">合计&lt;b&gt;</td>' in text


def test_markdown_marks_where_pages_begin(printed: Path) -> None:
    text = markdown(read_document(printed))
    assert text.index("<!-- page 1 -->") < text.index("Department") < text.index("<!-- page 2 -->")
    assert "| Salaries | 12.50 |" in text


def test_only_the_pages_that_are_asked_for_are_shown(printed: Path, paper: Path) -> None:
    second = run("read", printed, "--format", "markdown", "--pages", "2").output
    assert "Salaries" in second
    assert "Department" not in second
    assert "Department" in run("read", printed, "--format", "markdown", "--pages", "1-2").output
    assert run("read", printed, "--pages", "2-1").exit_code == 2
    refused = run("read", paper, "--pages", "1")
    assert (refused.exit_code, "没有页码" in refused.stderr) == (2, True)


def test_the_page_stands_beside_what_was_read_with_a_box_for_every_cell(
    printed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "对照.html"
    assert run("read", printed, "--format", "html", "--out", out).exit_code == 0
    page = html.document_fromstring(out.read_text(encoding="utf-8"))
    leaves = found(page, "//figure")
    assert [leaf.get("id") for leaf in leaves] == ["p1", "p2"]
    assert all(source.startswith("data:image/png;base64,") for source in found(page, "//img/@src"))
    line = found(page, "//td[.='12.50']/@data-l")[0]
    box = found(page, f"//*[@id='b{line}']")[0]
    left, top = (float(value) for value in re.findall(r"(?:left|top):([\d.]+)%", box.get("style")))
    assert box.getparent().get("id") == "p2"
    assert left > 50, "the second column stands right of the middle of the page"
    assert 5 < top < 25


def test_a_document_without_pages_is_shown_with_its_lines_and_without_pictures(paper: Path) -> None:
    text = run("read", paper, "--format", "html").output
    page = html.document_fromstring(text)
    assert not found(page, "//figure")
    assert found(page, "//td[@colspan='2']")
    assert found(page, "//h2//text()") == ["一、部门概况", "二、收支"]


def test_nothing_of_a_document_is_markup_and_nothing_is_loaded(paper: Path) -> None:
    text = run("read", paper, "--format", "html").output
    assert ATTACK not in text
    assert text.count("<script>") == 1
    policy = found(html.document_fromstring(text), "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(policy) == 1
    assert policy[0].startswith("default-src 'none'")
    assert "http://" not in text
    assert "https://" not in text


def test_pixels_come_back_from_a_picture() -> None:
    rows = [bytes([1, 1, 1, 9, 9, 9]), bytes([0, 0, 0, 255, 255, 255])]
    grey, colour = png(rows, 2, 3), png([bytes([1, 2, 3])], 1, 3)
    assert struct.unpack(">IIBB", grey[16:26]) == (2, 2, 8, 0)
    start = grey.index(b"IDAT") + 4
    assert zlib.decompress(grey[start : grey.index(b"IEND") - 8]) == bytes([0, 1, 9, 0, 0, 255])
    assert struct.unpack(">IIBB", colour[16:26]) == (1, 1, 8, 2)


def test_pictures_end_where_they_would_be_too_many_bytes(
    printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = printed.read_bytes()
    assert [picture.number for picture in pdf_pictures(data, (1, 2))] == [1, 2]
    monkeypatch.setattr("hengjian.audit.page_pictures.MOST_BYTES", 10)
    assert [picture.number for picture in pdf_pictures(data, (1, 2))] == [1]


def test_no_two_parts_have_one_name_when_cells_share_a_line(tmp_path: Path) -> None:
    path = tmp_path / "表.txt"
    path.write_text("2021年预算\n\n项目\t预算数\n工资\t1.00\n津贴\t2.00\n", encoding="utf-8")
    page = html.document_fromstring(run("read", path, "--format", "html").output)
    names = found(page, "//@id")
    assert len(names) == len(set(names))
    assert found(page, "//*[@data-l]")


def test_json_holds_the_whole_tree(printed: Path) -> None:
    data = json.loads(run("read", printed, "--format", "json").stdout)
    assert data["schema"] == "hengjian.tree/1"
    assert "12.50" in json.dumps(data)
    second = json.loads(run("read", printed, "--format", "json", "--pages", "2").stdout)
    assert len(second["blocks"]) < len(data["blocks"])
    assert len(second["lines"]) == len(data["lines"])


def test_a_scan_kept_as_a_picture_is_shown_as_large_as_it_is_read() -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow comes with the extra that reads pictures")
    packed = io.BytesIO()
    image.new("RGB", (600, 300), "white").save(packed, "PNG", dpi=(300, 300))
    (picture,) = image_pictures(packed.getvalue(), (1,))
    assert (picture.number, round(picture.width), round(picture.height)) == (1, 144, 72)
    assert picture.address.startswith("data:image/jpeg;base64,")


def test_only_the_pages_that_are_asked_for_are_drawn(printed: Path) -> None:
    page = html.document_fromstring(run("read", printed, "--format", "html", "--pages", "2").output)
    assert found(page, "//figure/@id") == ["p2"]
    assert "这里只有1页的图。" in found(page, "//p/text()")
