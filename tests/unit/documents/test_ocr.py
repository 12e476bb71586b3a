"""Recognising scans: what is printed, where it stands, and the ruling lines; upright, turned and askew."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from hengjian.documents import ocr
from hengjian.documents.bounds import BOUNDS
from hengjian.documents.printed import Char, PrintedPage
from hengjian.documents.scans import pdf_picture, read_image, with_scans
from hengjian.kernel import InputError

if TYPE_CHECKING:
    from hengjian.documents.ocr import Pixels

needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra ocr is not installed")
SAMPLE = (
    Path(__file__).resolve().parents[3].parent
    / "shared/samples/putuo-social-work-department-2024-final-accounts.pdf"
)
FIGURES = [["201", "1,264.87", "62.63"], ["208", "10.82", "10.82"], ["20805", "4,213,779.28", "0.00"]]
WIDTH, HEIGHT, STEP = 595, 842, 150


def drawn() -> bytes:
    """Return a PDF of one page: figures in a ruled table."""

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    canvas.setFont("Helvetica", 12)
    top = HEIGHT - 100
    canvas.grid([50, 50 + STEP, 50 + 2 * STEP, 50 + 3 * STEP], [top - 30 * row for row in range(4)])
    for r, row in enumerate(FIGURES):
        for c, text in enumerate(row):
            canvas.drawString(60 + STEP * c, top - 30 * r - 20, text)
    canvas.save()
    return out.getvalue()


def columns(chars: tuple[Char, ...]) -> list[list[str]]:
    """Return the texts by rows and columns, as the drawing set them."""
    texts: dict[tuple[int, int], str] = {}
    for char in sorted(chars, key=lambda char: char.left):
        middle = (char.left + char.right) / 2
        place = (int(((char.top + char.bottom) / 2 - 100) // 30), int((middle - 50) // STEP))
        texts[place] = texts.get(place, "") + char.text
    return [[texts.get((r, c), "") for c in range(3)] for r in range(3)]


@needs_ocr
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_is_read_however_it_lies(turns: int) -> None:

    pixels: Pixels = np.rot90(pdf_picture(drawn())(1), turns).copy()
    size = (HEIGHT, WIDTH) if turns % 2 else (WIDTH, HEIGHT)
    page = ocr.recognised(PrintedPage(1, *size, (), (), pictured=True), pixels)
    assert page.scanned
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    assert columns(page.chars) == FIGURES
    across = [rule for rule in page.rules if rule.top == rule.bottom]
    assert [round(rule.top) for rule in sorted(across, key=lambda rule: rule.top)] == pytest.approx(
        [100, 130, 160, 190], abs=2
    )
    assert len(page.rules) - len(across) == 4


@needs_ocr
def test_a_page_askew_is_set_straight() -> None:

    image = Image.fromarray(pdf_picture(drawn())(1)).rotate(
        -1.5, fillcolor="white", resample=Image.Resampling.BICUBIC
    )
    page = ocr.recognised(PrintedPage(1, WIDTH, HEIGHT, (), (), pictured=True), np.asarray(image))
    read = sorted("".join(row) for row in columns(page.chars))
    assert read == sorted("".join(row) for row in FIGURES)


@needs_ocr
def test_a_red_seal_is_looked_through() -> None:
    pixels = pdf_picture(drawn())(1).copy()
    red = pixels[200:520, 300:900]
    ink = red.min(axis=2) < 128
    red[:, :, 1:][~ink] = 60
    page = ocr.recognised(PrintedPage(1, WIDTH, HEIGHT, (), (), pictured=True), pixels)
    assert columns(page.chars) == FIGURES


@needs_ocr
def test_only_pages_that_are_pictures_are_recognised() -> None:
    printed = PrintedPage(1, WIDTH, HEIGHT, (Char("1", 0, 0, 5, 10),), (), pictured=True)
    blank = PrintedPage(2, WIDTH, HEIGHT, (), ())
    scan = PrintedPage(3, WIDTH, HEIGHT, (), (), pictured=True)
    drawings: list[int] = []

    def picture(number: int) -> Pixels:
        drawings.append(number)
        return pdf_picture(drawn())(1)

    pages = list(with_scans([printed, blank, scan], picture))
    assert drawings == [3]
    assert pages[:2] == [printed, blank]
    assert columns(pages[2].chars) == FIGURES


def test_without_the_extra_pages_stay_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hengjian.documents.scans.available", lambda: False)
    scan = PrintedPage(1, WIDTH, HEIGHT, (), (), pictured=True)
    assert list(with_scans([scan], lambda _: pytest.fail("drawn in vain"))) == [scan]
    with pytest.raises(InputError) as caught:
        read_image(b"", "scan.png", "", BOUNDS)
    assert caught.value.finding.code == "input.needs-ocr"


@needs_ocr
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\xff\xd8\xff\xe0" + b"\0" * 40])
def test_a_damaged_picture_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_image(data, "scan.png", "", BOUNDS)
    assert caught.value.finding.code == "input.unreadable"


@needs_ocr
@pytest.mark.skipif(not SAMPLE.exists(), reason="the published PDF files are not at hand")
def test_a_published_page_is_recognised_figure_by_figure() -> None:

    data = SAMPLE.read_bytes()
    page = ocr.recognised(PrintedPage(8, 842, 595, (), (), pictured=True), pdf_picture(data)(8))
    text = pypdfium2.PdfDocument(data)[7].get_textpage().get_text_range()
    figures = [word for word in text.split() if word.replace(".", "").isdigit()]
    read = "".join(char.text for char in page.chars)
    assert len(figures) > 30
    assert [figure for figure in figures if figure not in read] == []
