import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table

from hengjian.authoring.docx_table import paragraph, table
from hengjian.authoring.grid import Cell, Row, lines
from tests.unit.authoring.reading import same, written


def read(rows: list[Row], widths: tuple[float, ...]) -> Table:
    document = docx.Document()
    element = table(rows, widths)
    document.element.body.insert(0, element)
    return document.tables[0]


def test_spans_are_merged_cells() -> None:
    rows = [
        Row((Cell("a", columns=2), Cell("b", rows=2))),
        Row((Cell("c"), Cell("d"))),
        Row((Cell("e", columns=3),)),
    ]
    read_back = read(rows, (10, 20, 30))
    assert same(read_back.cell(0, 0), read_back.cell(0, 1))
    assert same(read_back.cell(0, 2), read_back.cell(1, 2))
    assert [cell.text for cell in read_back.rows[1].cells] == ["c", "d", "b"]
    assert same(read_back.cell(2, 0), read_back.cell(2, 2))


def test_a_span_of_rows_and_columns() -> None:
    read_back = read([Row((Cell("a", columns=2, rows=2), Cell("b"))), Row((Cell("c"),))], (10, 10, 10))
    assert same(*(read_back.cell(r, c) for r in (0, 1) for c in (0, 1)))
    assert read_back.cell(1, 2).text == "c"


@pytest.mark.parametrize(
    "rows",
    [
        [Row((Cell(),))],
        [Row((Cell(), Cell(), Cell()))],
        [Row((Cell(), Cell(columns=2)))],
        [Row((Cell(), Cell(rows=2)))],
        [Row((Cell(), Cell(rows=2))), Row((Cell(columns=2),))],
    ],
)
def test_rows_must_fill_the_grid(rows: list[Row]) -> None:
    with pytest.raises(ValueError, match=r"row|rows"):
        table(rows, (10, 10))


def test_rows_repeat_stay_whole_and_keep_with_the_next() -> None:
    element = table([Row((Cell("head"),), repeated=True, keep=True), Row((Cell("x"),))], (20,))
    head, row = element.findall(qn("w:tr"))
    assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None
    assert [len(list(r.iter(qn("w:cantSplit")))) for r in (head, row)] == [1, 1]
    assert [len(list(r.iter(qn("w:keepNext")))) for r in (head, row)] == [1, 0]


def test_a_row_too_tall_for_a_page_may_be_broken() -> None:
    rows = [Row((Cell("很长" * 300, rows=2), Cell())), Row((Cell(),)), Row((Cell(), Cell()))]
    tall, below, short = table(rows, (30, 30)).findall(qn("w:tr"))
    assert [len(list(row.iter(qn("w:cantSplit")))) for row in (tall, below, short)] == [0, 0, 1]


def test_edges_are_left_out_where_the_cell_ends() -> None:
    rows = [Row((Cell(rows=2, without=("top", "bottom")), Cell())), Row((Cell(),))]
    first, last = (next(row.iter(qn("w:tcBorders"))) for row in table(rows, (10, 10)).findall(qn("w:tr")))
    assert [edge.tag for edge in first] == [qn("w:top")]
    assert [edge.tag for edge in last] == [qn("w:bottom")]


def test_special_characters_are_text() -> None:
    text = "<w:p>&amp;]]> \"'  二 "
    assert read([Row((Cell(text),))], (30,)).cell(0, 0).text == text


def test_line_breaks_are_paragraphs_in_a_cell_and_spaces_in_a_line() -> None:
    cell = read([Row((Cell("一\r\n二\u2028三"),))], (30,)).cell(0, 0)
    assert [p.text for p in cell.paragraphs] == ["一", "二", "三"]
    assert written(paragraph("一\n二", "FormText")) == "一 二"


def test_every_code_point_can_be_written() -> None:
    codes = [*range(0x3000), *range(0xD7F0, 0x10000), 0x1F600, 0x10FFFF]
    text = "".join(map(chr, codes))
    cell = read([Row((Cell(text),))], (30,)).cell(0, 0)
    assert "\n".join(lines(text)).replace("\n", "").replace("\t", "") == "".join(
        p.text for p in cell.paragraphs
    ).replace("\t", "")
