import io
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.table import Table as OracleTable
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.documents.docx_reader import ENDNOTES, FOOTNOTES, read_docx
from hengjian.documents.tree import DocumentTree, Heading, Paragraph, Table
from tests.unit.documents import docx_maker as make


def read(body: str, parts: dict[str, str] | None = None) -> DocumentTree:
    return read_docx(make.docx(body, parts), "a.docx", "")


def read_oracle(document: object) -> tuple[DocumentTree, list[OracleTable]]:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]  # python-docx's factory returns no public class
    buffer.seek(0)
    return read_docx(buffer.getvalue(), "a.docx", ""), docx.Document(buffer).tables


def texts(tree: DocumentTree) -> list[str]:
    return [block.text for block in tree.blocks]


def test_blocks_keep_their_order() -> None:
    document = docx.Document()
    document.add_paragraph("本馆概况如下。")
    document.add_table(1, 2).cell(0, 0).text = "甲"
    document.add_paragraph("以上。")
    tree, _ = read_oracle(document)
    assert [type(block) for block in tree.blocks] == [Paragraph, Table, Paragraph]


def test_merged_cells_agree_with_the_oracle() -> None:
    document = docx.Document()
    table = document.add_table(6, 7)
    for r in range(6):
        for c in range(7):
            table.cell(r, c).text = f"{r}:{c}"
    for first, last in (
        ((0, 0), (2, 0)),
        ((0, 1), (0, 6)),
        ((1, 1), (1, 3)),
        ((2, 4), (4, 6)),
        ((5, 0), (5, 6)),
    ):
        table.cell(*first).merge(table.cell(*last)).text = f"merged {first}"
    tree, (oracle,) = read_oracle(document)
    (ours,) = tree.tables()
    assert [[cell.text for cell in row] for row in ours.grid] == [
        [c.text for c in r.cells] for r in oracle.rows
    ]
    assert {(c.row_span, c.column_span) for c in ours.cells if c.text.startswith("merged")} == {
        (3, 1),
        (1, 6),
        (1, 3),
        (3, 3),
        (1, 7),
    }
    positions: dict[object, set[tuple[int, int]]] = {}
    for r, row in enumerate(oracle.rows):
        for c, cell in enumerate(row.cells):
            positions.setdefault(cell._tc, set()).add((r, c))  # noqa: SLF001 - one element for a merged cell
    covered = {
        frozenset(
            (cell.row + r, cell.column + c) for r in range(cell.row_span) for c in range(cell.column_span)
        )
        for cell in ours.cells
    }
    assert covered == {frozenset(found) for found in positions.values()}


def test_caption_notes_and_places_of_cells() -> None:
    body = make.paragraph("收支总表") + make.paragraph("单位：万元")
    body += make.table(
        make.row(make.cell("项目"), make.cell("金额")), make.row(make.cell("合计"), make.cell("3.00"))
    )
    tree = read(body + make.paragraph("注：不含结转。"))
    (table,) = tree.tables()
    assert (table.caption, table.notes) == ("收支总表", ("单位：万元", "注：不含结转。"))
    cell = table.cells[3]
    place = tree.cell_place(table, cell, row="合计", column="金额")
    assert (place.quote, place.table, place.line) == ("3.00", "收支总表", 6)
    assert tree.lines[cell.line - 1].text == "3.00"


def test_notes_in_the_first_row() -> None:
    rows = (
        (make.cell("单位：元", '<w:gridSpan w:val="2"/>'),),
        (make.cell("项目"), make.cell("金额")),
        (make.cell("甲"),) * 2,
    )
    (table,) = read(make.table(*(make.row(*cells) for cells in rows))).tables()
    assert table.notes == ("单位：元",)
    assert table.texts() == (("项目", "金额"), ("甲", "甲"))
    assert [cell.row for cell in table.cells] == [0, 0, 1, 1]


def test_horizontal_merges_and_columns_left_out() -> None:
    restart, going = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    rows = (
        make.row(make.cell("甲", restart), make.cell("", going), make.cell("乙")),
        make.row(make.cell("丙"), properties='<w:gridBefore w:val="2"/>'),
    )
    (table,) = read(make.table(*rows)).tables()
    assert table.texts(repeat=True) == (("甲", "甲", "乙"), ("", "", "丙"))


def test_a_vertical_merge_without_a_cell_above_is_a_cell() -> None:
    rows = make.row(make.cell("甲", "<w:vMerge/>")), make.row(make.cell("乙", "<w:vMerge/>"))
    (table,) = read(make.table(*rows)).tables()
    assert table.texts() == (("甲",), ("",))


def test_a_nested_table_stands_in_its_cell_and_after_the_outer_one() -> None:
    inner = make.table(make.row(make.cell("子"), make.cell("丑")))
    outer = f"<w:tbl><w:tr><w:tc>{make.paragraph('母')}{inner}<w:p/></w:tc></w:tr></w:tbl>"
    first, second = read(outer).tables()
    assert first.texts() == (("母\n子\t丑",),)
    assert second.texts() == (("子", "丑"),)


def test_deleted_text_goes_and_inserted_text_stays() -> None:
    body = (
        "<w:p><w:r><w:t>收入</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
    )
    rows = make.row(make.cell("删"), properties="<w:del/>"), make.row(make.cell("留"))
    tree = read(make.table(*rows) + body)
    assert tree.blocks[1].text == "收入新来"
    assert next(tree.tables()).texts() == (("留",),)


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    merged = make.paragraph("本年收入", "<w:rPr><w:del/></w:rPr>") + make.paragraph("三万元。")
    assert texts(read(merged)) == ["本年收入三万元。"]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{make.paragraph('封面标题')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read(body)) == ["正文。", "封面标题"]


def test_footnotes_and_endnotes_come_last() -> None:
    body = (
        '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/></w:r></w:p>'
    )
    parts = {
        "footnotes": f'<w:footnote w:id="1">{make.paragraph("无人引用")}</w:footnote>'
        f'<w:footnote w:id="2">{make.paragraph("脚注一。")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="2">{make.paragraph("尾注一。")}</w:endnote>',
    }
    blocks = read(body, parts).blocks
    assert [(b.text, b.section) for b in blocks] == [
        ("正文", ()),
        ("脚注一。", FOOTNOTES),
        ("尾注一。", ENDNOTES),
    ]


def test_tabs_breaks_and_symbols() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/>'
        "<w:t>是。</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>"
    )
    assert texts(read(body)) == ["甲\t乙-☑是。", "下一行"]


def test_a_soft_break_within_a_sentence_is_joined() -> None:
    body = (
        "<w:p><w:r><w:t>本馆全年开放三百余天接待读者并举办各类</w:t><w:br/><w:t>读书活动。</w:t></w:r></w:p>"
    )
    assert texts(read(body)) == ["本馆全年开放三百余天接待读者并举办各类读书活动。"]


def test_pages() -> None:
    document = docx.Document()
    document.add_paragraph("第一页。")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("第二页。")
    tree, _ = read_oracle(document)
    assert [(p.text, p.page) for p in tree.paragraphs()] == [("第一页。", 1), ("第二页。", 2)]
    assert tree.pages == 2
    noted = (
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        "<w:p><w:r><w:lastRenderedPageBreak/><w:t>乙。</w:t></w:r></w:p>"
    )
    assert [p.page for p in read(make.paragraph("甲。") + noted).paragraphs()] == [1, 2]
    assert read(make.paragraph("甲。")).pages is None


LIST = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="Item"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


def numbered(text: str, level: int, list_id: int = 5) -> str:
    return make.paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_are_resolved() -> None:
    body = "".join(
        numbered(text, level)
        for text, level in (("收入", 0), ("概况", 1), ("分项", 1), ("支出", 0), ("概况", 1), ("细目", 2))
    )
    body += numbered("重来", 0, 6) + make.paragraph("没有编号", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    tree = read(body, {"numbering": LIST})
    assert texts(tree) == [
        "一、收入",
        "（一）概况",
        "（二）分项",
        "二、支出",
        "（一）概况",
        "3.细目",
        "一、重来",
        "没有编号",
    ]
    heading = tree.blocks[1]
    assert isinstance(heading, Heading)
    assert heading.section == ("一、收入",)
    (segment,) = heading.segments
    assert (segment.text_start, segment.source_start, segment.length) == (3, 0, 2)


def test_numbers_and_levels_come_through_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="正文条目"/>'
        '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="条目"/>'
        '<w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style>'
    )
    body = "".join(
        make.paragraph(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in (("总则\t1", "T"), ("总则", "2"), ("条款", "Item"), ("普通", "Loop"))
    )
    tree = read(body, {"styles": styles, "numbering": LIST})
    assert [(entry.text, entry.page_label) for entry in tree.toc] == [("总则", "1")]
    assert [h.text for h in tree.headings()] == ["总则", "（一）条款"]
    assert texts(tree)[-1] == "普通"


def test_headings_without_marks_nest_by_their_outline() -> None:
    document = docx.Document()
    for text, level in (("总论", 1), ("背景", 2), ("细节", 3), ("方法", 2), ("结语", 1)):
        document.add_heading(text, level)
    tree, _ = read_oracle(document)
    assert [h.section for h in tree.headings()] == [(), ("总论",), ("总论", "背景"), ("总论",), ()]


def test_the_oracle_reads_the_same_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    for n in range(30):
        document.add_paragraph(f"第{n}项工作已经完成。")
    tree, _ = read_oracle(document)
    document.save(str(tmp_path / "a.docx"))
    oracle = [p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert [p.text for p in tree.paragraphs()] == oracle == [line.text for line in tree.lines]


@pytest.mark.parametrize(
    "body",
    ["", "<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "<w:p/>", "<w:sdt/>"],
)
def test_odd_bodies_do_not_crash(body: str) -> None:
    assert read(body).text.strip() == ""


def test_notes_below_a_title_row() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    rows = (
        make.row(make.cell("收入决算总表", wide)),
        make.row(make.cell("部门：县图书馆　　单位：万元", wide)),
        make.row(make.cell("项目"), make.cell("金额")),
        make.row(make.cell("合计", '<w:vMerge w:val="restart"/>'), make.cell("3.00")),
        make.row(make.cell("", "<w:vMerge/>"), make.cell("4.00")),
    )
    (table,) = read(make.table(*rows)).tables()
    assert table.caption == "收入决算总表"
    assert table.notes == ("部门：县图书馆　　单位：万元",)
    assert [(c.text, c.row, c.row_span) for c in table.cells if c.column == 0] == [
        ("收入决算总表", 0, 1),
        ("项目", 1, 1),
        ("合计", 2, 2),
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
        lambda size: st.tuples(
            st.just(size),
            st.lists(
                st.tuples(*(st.integers(0, limit - 1) for limit in (size[0], size[1], size[0], size[1]))),
                max_size=3,
            ),
        )
    )
)
def test_random_merges_agree_with_the_oracle(
    drawn: tuple[tuple[int, int], list[tuple[int, int, int, int]]],
) -> None:
    (rows, columns), merges = drawn
    document = docx.Document()
    table = document.add_table(rows, columns)
    for r in range(rows):
        for c in range(columns):
            table.cell(r, c).text = f"{r}项{c}"
    taken: set[tuple[int, int]] = set()
    for r1, c1, r2, c2 in merges:
        top, bottom, left, right = min(r1, r2), max(r1, r2), min(c1, c2), max(c1, c2)
        covered = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if not covered & taken:
            taken |= covered
            table.cell(top, left).merge(table.cell(bottom, right))
    tree, (oracle,) = read_oracle(document)
    (ours,) = tree.tables()
    assert [[cell.text for cell in row] for row in ours.grid] == [
        [cell.text for cell in row.cells] for row in oracle.rows
    ]
    for r, row in enumerate(oracle.rows):
        for c, cell in enumerate(row.cells):
            same = {
                (i, j)
                for i in range(rows)
                for j in range(columns)
                if oracle.cell(i, j)._tc is cell._tc  # noqa: SLF001
            }
            mine = {(i, j) for i in range(rows) for j in range(columns) if ours.grid[i][j] is ours.grid[r][c]}
            assert mine == same


def test_hidden_runs_go_unless_hiding_is_switched_off() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:sz/><w:vanish/></w:rPr><w:t>藏</w:t><w:tab/></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>露</w:t></w:r><w:r><w:t>面。</w:t></w:r></w:p>'
    )
    assert texts(read(body)) == ["露面。"]


def test_soft_hyphens_are_not_characters() -> None:
    body = "<w:p><w:r><w:t>bud\u00adget</w:t><w:softHyphen/><w:t>ary</w:t></w:r></w:p>"
    assert texts(read(body)) == ["budgetary"]


IN_A_CELL = (
    (make.paragraph("甲"), "甲"),
    ("<w:p/>", ""),
    ("<w:p><w:r><w:t>乙</w:t></w:r><w:r><w:rPr><w:rStyle/></w:rPr><w:t> 丙 </w:t></w:r></w:p>", "乙 丙"),
    ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>露</w:t></w:r></w:p>", "露"),
    ("<w:p><w:r><w:t>bud\u00adget</w:t></w:r></w:p>", "budget"),
    ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>", "a\tb"),
    ("<w:p><w:del><w:r><w:t>删</w:t></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>", "增"),
    (make.paragraph("条款", '<w:pStyle w:val="Item"/>'), "（一）条款"),
    (numbered("条款", 0), "一、条款"),
    (make.paragraph("甲") + "<w:p/>" + make.paragraph("乙"), "甲\n乙"),
    (f"<w:sdt><w:sdtContent>{make.paragraph('丁')}</w:sdtContent></w:sdt>", "丁"),
)
"""What may stand in a cell, and the cell's text."""


@pytest.mark.parametrize(("inside", "text"), IN_A_CELL)
def test_a_cell_holds_what_is_seen_and_its_number(inside: str, text: str) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="条目"/>'
        '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    )
    body = make.table(make.row(f"<w:tc>{inside}</w:tc>", make.cell("末")), columns=2)
    (table,) = read(body, {"styles": styles, "numbering": LIST}).tables()
    last = inside.count("<w:p>") + inside.count("<w:p/>") + 1
    assert [(cell.text, cell.line) for cell in table.rows[0]] == [(text, 1), ("末", last)]


def test_a_page_break_in_a_cell() -> None:
    break_before = make.paragraph("乙", "<w:pageBreakBefore/>")
    noted = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>丙</w:t></w:r></w:p>"
    cells = (f"<w:tc>{inside}</w:tc>" for inside in (make.paragraph("甲"), break_before, noted))
    tree = read(make.table(make.row(*cells)))
    assert [(line.text, line.page) for line in tree.lines] == [("甲", 1), ("乙", 2), ("丙", 3)]


def test_tables_rows_and_cells_in_content_controls() -> None:
    def control(inside: str) -> str:
        hidden = "<w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr>"
        return f"<w:sdt>{hidden}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    rows = make.row(make.cell("甲"), control(make.cell("乙"))) + control(
        make.row(make.cell("丙"), make.cell("丁"))
    )
    (table,) = read(control(f"<w:tbl>{rows}</w:tbl>")).tables()
    assert table.texts() == (("甲", "乙"), ("丙", "丁"))


def test_a_row_with_exceptions_to_its_tables_properties() -> None:
    plain = make.row(make.cell("甲"), make.cell("乙"))
    excepted = make.row(make.cell("丙"), properties='<w:gridBefore w:val="1"/>')
    excepted = excepted.replace("<w:tr>", "<w:tr><w:tblPrEx><w:tblBorders/></w:tblPrEx>")
    (table,) = read(make.table(plain, excepted)).tables()
    assert table.texts() == (("甲", "乙"), ("", "丙"))


def test_the_result_of_a_field_is_kept_without_its_instruction() -> None:
    def character(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        f"<w:p><w:r><w:t>第</w:t></w:r>{character('begin')}<w:r><w:instrText> PAGE </w:instrText></w:r>"
        f"{character('separate')}<w:r><w:t>3</w:t></w:r>{character('end')}"
        '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>页</w:t></w:r></w:fldSimple></w:p>'
    )
    assert texts(read(body)) == ["第3页"]


def test_a_caption_in_a_text_box() -> None:
    box = f"<w:txbxContent>{make.paragraph('收支总表')}{make.paragraph('单位：万元')}</w:txbxContent>"
    body = f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>" + make.table(
        make.row(make.cell("项目"), make.cell("金额")), make.row(make.cell("合计"), make.cell("3.00"))
    )
    (table,) = read(body).tables()
    assert (table.caption, table.notes) == ("收支总表", ("单位：万元",))


def test_what_is_embedded_is_said() -> None:
    ole = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/>'
    body = make.paragraph("见下表。") + f"<w:altChunk/><w:p><w:r><w:object>{ole}</w:object></w:r></w:p>"
    tree = read(body)
    assert [(each.code, each.place.line) for each in tree.problems] == [("input.part-unread", 2)] * 2


@pytest.mark.parametrize("strict", [False, True])
def test_a_file_with_another_prefix_and_no_styles(*, strict: bool) -> None:
    files = {
        "word/document.xml": '<x:document xmlns:x="NS"><x:body><x:p><x:r><x:t>一、总则</x:t></x:r></x:p>'
        "<x:tbl><x:tr><x:tc><x:p><x:r><x:t>甲</x:t></x:r></x:p></x:tc></x:tr></x:tbl></x:body></x:document>"
    }
    name = "http://purl.oclc.org/ooxml/wordprocessingml/main" if strict else make.W
    data = make.zipped({path: text.replace("NS", name) for path, text in files.items()})
    tree = read_docx(data, "a.docx", "")
    assert [type(block) for block in tree.blocks] == [Heading, Table]
