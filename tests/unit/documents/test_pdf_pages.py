"""Pages of PDF files: characters upright and in place, rules however drawn, scans told, bounds kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from hengjian.documents.bounds import BOUNDS
from hengjian.documents.pdf_pages import printed_pages, unified
from hengjian.documents.printed import PrintedPage, Rule
from hengjian.documents.text_lines import text_lines
from hengjian.kernel.errors import InputError
from tests.unit.documents.pdf_maker import FONT, HEIGHT, page_of, pdf, write


def lines(page: PrintedPage) -> list[str]:
    return [line.text for line in text_lines(page.chars)]


def has_rules(page: PrintedPage, *wanted: tuple[float, ...]) -> bool:
    """Tell whether a page has these rules and no others; their ends may reach out by their thickness."""
    return len(page.rules) == len(wanted) and all(
        any(rule == pytest.approx(each, abs=1.1) for rule in page.rules) for each in wanted
    )


def test_characters_stand_where_they_are_printed() -> None:
    page = page_of(lambda canvas: write(canvas, 100, 50, "一般公共预算"))
    assert (page.number, page.width, page.height) == (1, 595, 842)
    assert "".join(char.text for char in page.chars) == "一般公共预算"
    first = page.chars[0]
    assert first.left == pytest.approx(100, abs=1)
    assert first.top == pytest.approx(50, abs=1.5)
    assert first.bottom - first.top == pytest.approx(10, abs=1.2)
    assert all(abs(char.bottom - first.bottom) < 1 for char in page.chars)


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_text_drawn_on_its_side_is_turned_upright(quarter: int) -> None:
    def draw(canvas: Canvas) -> None:
        shift = [(0, 0), (595, 0), (595, 842), (0, 842)][quarter]
        canvas.translate(*shift)
        canvas.rotate(90 * quarter)
        top = HEIGHT if quarter % 2 == 0 else 595
        canvas.setFont(FONT, 10)
        canvas.drawString(100, top - 50, "合计")
        canvas.drawString(100, top - 70, "一、支出 1,234.50")
        canvas.line(100, top - 80, 200, top - 80)

    page = page_of(draw)
    assert (page.width, page.height) == ((595, 842) if quarter % 2 == 0 else (842, 595))
    assert lines(page) == ["合计", "一、支出1,234.50"]
    assert has_rules(page, (100, 80, 200, 80))
    (first,) = (char for char in page.chars if char.text == "合")
    assert first.left == pytest.approx(100, abs=1.5)
    assert first.bottom == pytest.approx(51.4, abs=1.5)


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_page_that_the_file_turns_is_looked_at_turned(quarter: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90 * quarter)
        shift = [(0, 0), (595, 0), (595, 842), (0, 842)][quarter]
        canvas.translate(*shift)
        canvas.rotate(90 * quarter)
        canvas.setFont(FONT, 10)
        canvas.drawString(100, 500, "收入支出决算总表")

    page = page_of(draw, size=(842, 595) if quarter % 2 else (595, 842))
    assert (page.width, page.height) == ((842, 595) if quarter % 2 else (595, 842))
    assert lines(page) == ["收入支出决算总表"]
    assert page.chars[0].left == pytest.approx(100, abs=1.5)


def test_a_crop_box_moves_the_origin() -> None:
    page = page_of(lambda canvas: write(canvas, 100, 50, "合计"), cropBox=(80, 30, 500, 822))
    assert (page.width, page.height) == (420, 792)
    assert page.chars[0].left == pytest.approx(20, abs=1)
    assert page.chars[0].top == pytest.approx(30, abs=1.5)


def test_what_stands_off_the_page_is_not_printed() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 50, "在页内")
        write(canvas, 700, 50, "在页外")

    assert lines(page_of(draw)) == ["在页内"]


def test_lines_are_found_however_they_are_drawn() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(100, 800, 300, 800)
        canvas.rect(100, 700, 200, 0.5, stroke=0, fill=1)
        canvas.setDash(2, 2)
        canvas.line(100, 600, 300, 600)
        canvas.setDash()
        canvas.rect(100, 400, 200, 100, stroke=1, fill=0)

    assert has_rules(
        page_of(draw),
        (100, 42, 300, 42),
        (100, 142, 300, 142),
        (100, 242, 300, 242),
        (100, 342, 100, 442),
        (100, 342, 300, 342),
        (100, 442, 300, 442),
        (300, 342, 300, 442),
    )


def test_lines_within_a_form_are_found() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("frame")
        canvas.line(0, 0, 100, 0)
        canvas.setFont(FONT, 10)
        canvas.drawString(0, 10, "表内")
        canvas.endForm()
        canvas.translate(50, 742)
        canvas.doForm("frame")

    page = page_of(draw)
    assert has_rules(page, (50, 100, 150, 100))
    assert lines(page) == ["表内"]


def test_grounds_and_slanting_lines_are_no_rules() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(100, 700, 200, 20, stroke=0, fill=1)
        canvas.line(100, 600, 200, 500)
        canvas.circle(300, 300, 50)

    assert page_of(draw).rules == ()


def test_a_white_line_counts_on_a_coloured_ground_only() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(100, 700, 200, 40, stroke=0, fill=1)
        canvas.setStrokeGray(1)
        canvas.line(100, 720, 300, 720)
        canvas.line(100, 600, 300, 600)

    assert has_rules(page_of(draw), (100, 122, 300, 122))


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, 595, 842)


def test_a_picture_with_invisible_text_is_a_scan() -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas)
        text = canvas.beginText(100, 700)
        text.setTextRenderMode(3)
        text.textOut("识别的文字")
        canvas.drawText(text)

    page = page_of(draw)
    assert (page.pictured, page.scanned, lines(page)) == (True, True, ["识别的文字"])


def test_a_picture_over_text_hides_it() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 100, "识别的文字")
        picture(canvas)

    page = page_of(draw)
    assert (page.pictured, page.scanned) == (True, True)


def test_a_picture_in_a_form_over_text_hides_it() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 100, "识别的文字")
        canvas.beginForm("over")
        picture(canvas)
        canvas.endForm()
        canvas.doForm("over")

    page = page_of(draw)
    assert (page.pictured, page.scanned) == (True, True)


def test_text_on_a_background_is_no_scan() -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas)
        write(canvas, 100, 100, "封面")

    page = page_of(draw)
    assert (page.pictured, page.scanned) == (True, False)


def test_a_picture_alone_has_no_characters() -> None:
    page = page_of(picture)
    assert (page.pictured, page.scanned, page.chars) == (True, False, ())


def test_an_empty_page_is_a_page() -> None:
    page = page_of(lambda _: None)
    assert (page.chars, page.rules, page.pictured) == ((), (), False)


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert "⼀⽤\x02".translate(unified()) == "一用-"


def test_a_password_is_asked_for() -> None:
    data = pdf(lambda canvas: write(canvas, 1, 1, "密"), encrypt=StandardEncryption("secret"))
    with pytest.raises(InputError) as caught:
        next(printed_pages(data, "a.pdf"))
    assert caught.value.code == "input.encrypted"


def test_an_encrypted_file_that_opens_without_a_password_is_read() -> None:
    data = pdf(lambda canvas: write(canvas, 1, 1, "密"), encrypt=StandardEncryption("", "owner"))
    assert lines(next(printed_pages(data, "a.pdf"))) == ["密"]


def test_a_damaged_file_cannot_be_read() -> None:
    with pytest.raises(InputError) as caught:
        next(printed_pages(b"%PDF-1.7\n" + b"\0" * 100, "a.pdf"))
    assert caught.value.code == "input.unreadable"


@pytest.mark.parametrize(
    ("bound", "unit"),
    [
        ("pages", "page"),
        ("characters", "character"),
        ("objects", "page object"),
        ("segments", "path segment"),
    ],
)
def test_bounds_are_kept(bound: str, unit: str) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 100, "两字")
        canvas.rect(100, 400, 200, 100)

    with pytest.raises(InputError) as caught:
        list(printed_pages(pdf(draw, draw), "a.pdf", replace(BOUNDS, **{bound: 1})))
    assert caught.value.code == "input.too-complex"
    assert caught.value.values["unit"] == unit


def test_a_rule_is_level_or_upright() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, 400, 2, 2, stroke=0, fill=1)

    for rule in page_of(draw).rules:
        assert isinstance(rule, Rule)
        assert (rule.top == rule.bottom) != (rule.left == rule.right)
