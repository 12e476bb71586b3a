import pytest

from hengjian.documents.bounds import Bounds
from hengjian.documents.html_reader import read_html
from hengjian.documents.tree import DocumentTree, Heading, Paragraph
from hengjian.kernel import InputError

PROSE = "本馆全年开放，读者满意度保持在较高水平，各项任务按期完成。"
TABLE = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>12.50</td></tr></table>"


def read(body: str, head: str = "", bounds: Bounds | None = None) -> DocumentTree:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(), "page.html", "0" * 64, bounds or Bounds())


def texts(tree: DocumentTree) -> list[str]:
    return [block.text for block in tree.blocks if isinstance(block, Heading | Paragraph)]


def only_table(tree: DocumentTree) -> tuple[tuple[str, ...], ...]:
    (table,) = tree.tables()
    return table.texts()


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_a_page_declared_as_gb_2312_is_read_as_gb_18030(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>拨付㐂镇经费。</p></body></html>'
    assert texts(read_html(page.encode("gb18030"), "a.html", "0")) == ["拨付㐂镇经费。"]


def test_a_wrong_declaration_does_not_garble_a_page() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{PROSE}</p></body></html>'
    assert texts(read_html(page.encode(), "a.html", "0")) == [PROSE]


def test_what_stands_around_an_article_is_left_out() -> None:
    tree = read(
        '<div class="header"><a href="/">首页</a><a href="/a">政务公开</a></div>'
        '<div class="position">您现在的位置：<a href="/">首页</a> &gt; 预决算公开</div>'
        '<div class="detail"><h1>某馆2022年度部门决算公开</h1>'
        '<div class="info">来源：某馆　发布时间：2023-08-01　浏览次数：128　字体：[大 中 小]</div>'
        f'<div class="TRS_Editor"><p>{PROSE * 6}</p><p>单位：万元</p>{TABLE}</div>'
        "<p>【打印本页】 【关闭窗口】</p></div>"
        '<ul><li><a href="/1">上年决算</a></li><li><a href="/2">预算公开</a></li>'
        '<li><a href="/3">更多</a></li></ul>'
        '<div class="footer">主办：某馆 备案号：ICP备00000000号</div>'
        '<script>var a = "9.99";</script><p style="display: none">隐藏</p><p hidden>也隐藏</p>'
    )
    assert texts(tree) == ["某馆2022年度部门决算公开", PROSE * 6]
    (table,) = tree.tables()
    assert table.notes == ("单位：万元",)
    assert table.texts() == (("项目", "金额"), ("合计", "12.50"))


def test_the_title_of_the_page_stands_in_for_a_heading() -> None:
    tree = read(f"<div><p>{PROSE}</p></div>", "<title>某馆部门预算公开_某县人民政府网</title>")
    assert texts(tree) == ["某馆部门预算公开", PROSE]
    meta = '<meta name="ArticleTitle" content="某馆部门决算公开"><title>某县人民政府</title>'
    assert texts(read(f"<p>{PROSE}</p>", meta))[0] == "某馆部门决算公开"


def test_no_table_of_figures_is_lost_as_furniture() -> None:
    tree = read(f'<div class="content"><p>{PROSE * 9}</p></div><div class="sidebar">{TABLE}</div>')
    assert only_table(tree)[1] == ("合计", "12.50")


def test_attachments_are_named_and_their_links_left_out() -> None:
    tree = read(f'<p>{PROSE}</p><p>附件：<a href="/b/表.xlsx">部门预算公开表.xlsx</a></p>')
    assert texts(tree) == [PROSE]
    (problem,) = tree.problems
    assert problem.code == "input.attachments-not-read"
    assert "部门预算公开表.xlsx" in problem.message["zh"]


def test_a_sentence_that_links_to_a_file_stays() -> None:
    tree = read('<p>本馆按照<a href="a.pdf">管理办法</a>规定执行。</p>')
    assert texts(tree) == ["本馆按照管理办法规定执行。"]


def test_spans_are_laid_out_as_browsers_do() -> None:
    tree = read(
        "<table><tr><td rowspan=2>项目<td colspan=2>支出</tr><tr><td>预算<td>决算</tr>"
        "<tr><td>合计<td>1.00<td>2.00</tr></table>"
    )
    assert only_table(tree) == (("项目", "支出", ""), ("", "预算", "决算"), ("合计", "1.00", "2.00"))
    (table,) = tree.tables()
    assert [(c.row, c.column, c.row_span, c.column_span) for c in table.cells[:2]] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
    ]


def test_a_row_span_of_zero_reaches_to_the_end_of_its_group() -> None:
    rows = "<tr><td rowspan=0>甲<td>1<td>2</tr><tr><td>3<td>4</tr>"
    tree = read(f"<table><tbody>{rows}</tbody><tbody><tr><td>乙<td>5<td>6</tr></tbody></table>")
    assert only_table(tree) == (("甲", "1", "2"), ("", "3", "4"), ("乙", "5", "6"))


def test_heads_come_first_and_feet_last_wherever_they_stand() -> None:
    rows = ["<tr><td>丙<td>3</tr>", "<tr><td>甲<td>1</tr>", "<tr><td>乙<td>2</tr>"]
    tree = read(f"<table><tfoot>{rows[0]}</tfoot><thead>{rows[1]}</thead><tbody>{rows[2]}</tbody></table>")
    assert only_table(tree) == (("甲", "1"), ("乙", "2"), ("丙", "3"))


def test_a_cell_does_not_cover_one_that_reaches_down_to_its_row() -> None:
    tree = read(
        "<table><tr><td>甲<td>乙<td rowspan=2>丙</tr><tr><td colspan=3>丁</tr>"
        "<tr><td>1<td>2<td>3</tr></table>"
    )
    assert only_table(tree) == (("甲", "乙", "丙"), ("丁", "", ""), ("1", "2", "3"))


@pytest.mark.parametrize("span", ["1000000000", "99999999999999999999", "-5", "x", "2e9"])
def test_spans_beyond_any_table_do_no_harm(span: str) -> None:
    tree = read(f"<table><tr><td colspan={span} rowspan={span}>甲</tr><tr><td>1<td>2</tr></table>")
    assert any("甲" in row for row in only_table(tree))


def test_a_table_of_too_many_cells_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read(
            f"<table><tr>{'<td colspan=1000>1' * 20}</tr><tr><td>1</tr></table>", bounds=Bounds(cells=10_000)
        )
    assert caught.value.code == "input.too-complex"


def test_tables_that_frame_the_page_are_looked_into() -> None:
    frame = f'<table><tr><td><a href="/">首页</a></td><td><p>{PROSE}</p>{TABLE}</td></tr></table>'
    tree = read(f"<table><tr><td>{frame}</td></tr></table>")
    assert PROSE in texts(tree)
    assert only_table(tree) == (("项目", "金额"), ("合计", "12.50"))


def test_a_table_in_a_cell_of_a_form_follows_it_and_its_text_stays_in_the_cell() -> None:
    rows = "<tr><td>项目名称<td>展览</tr><tr><td>负责处室<td>综合处</tr>"
    tree = read(f"<table>{rows}<tr><td>资金<td>{TABLE}</tr></table>")
    outer, inner = tree.tables()
    assert outer.texts()[2] == ("资金", "项目\t金额\n合计\t12.50")
    assert inner.texts() == (("项目", "金额"), ("合计", "12.50"))


def test_lines_of_a_cell_are_kept_and_blanks_dropped() -> None:
    tree = read(
        "<table><tr><td><p>产出</p><p>指标</p><td>甲<br>乙<td>&nbsp;</tr>"
        "<tr><td>　收入<td>1<td>2</tr></table>"
    )
    assert only_table(tree) == (("产出\n指标", "甲\n乙", ""), ("收入", "1", "2"))


def test_a_place_names_the_line_of_a_cell() -> None:
    tree = read(f"<p>{PROSE}</p>{TABLE}")
    (table,) = tree.tables()
    assert [tree.lines[cell.line - 1].text for cell in table.cells] == ["项目", "金额", "合计", "12.50"]


def test_segments_map_into_the_lines() -> None:
    tree = read(f"<h2>一、概况</h2><p>　　{PROSE}</p>")
    for block in tree.paragraphs():
        for segment in block.segments:
            run = block.text[segment.text_start : segment.text_start + segment.length]
            line = tree.lines[segment.line - 1].text
            assert line[segment.source_start : segment.source_start + segment.length] == run


def test_headings_are_nested_by_their_levels() -> None:
    tree = read(
        "<h1>决算说明书</h1><h2>概况</h2><p>全年开放。</p><h3>人员</h3><p>共十人。</p><h2>情况</h2><p>良好。</p>"
    )
    assert [block.section for block in tree.paragraphs()] == [
        ("决算说明书", "概况"),
        ("决算说明书", "概况", "人员"),
        ("决算说明书", "情况"),
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<ol><li>甲项工作</li><li value=5>乙项工作</li><li>丙</li></ol>",
            ["1.甲项工作", "5.乙项工作", "6.丙"],
        ),
        ("<ol type=a start=3><li>甲</li><li>乙</li></ol>", ["c.甲", "d.乙"]),
        (
            "<ol style='list-style-type:cjk-ideographic'><li><p>职责</p></li><li>机构</li></ol>",
            ["一、职责", "二、机构"],
        ),
        ("<ol style='list-style:none'><li>甲</li></ol><ul><li>乙</li></ul>", ["甲", "乙"]),
        ("<ol reversed><li>甲</li><li>乙</li></ol>", ["2.甲", "1.乙"]),
        ("<ol><li>1.甲</li></ol>", ["1.甲"]),
    ],
)
def test_numbers_of_lists_are_read_as_text(markup: str, expected: list[str]) -> None:
    assert texts(read(markup)) == expected


def test_pages_that_word_wrote() -> None:
    tree = read(
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
        "style='mso-list:Ignore'>（一）<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>基本\n情况<o:p></o:p></p>"
        "<p>全年<span lang=EN-US>2022</span>开放。<o:p>&nbsp;</o:p></p><p style='mso-hide:all'>域代码</p>"
    )
    assert texts(tree) == ["（一）基本情况", "全年2022开放。"]


def test_a_struck_word_and_a_reading_are_no_text() -> None:
    assert texts(read("<p>共<del>三</del>四项，<ruby>桀<rt>jié</rt></ruby>项。</p>")) == ["共四项，桀项。"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts(read("<pre>甲项：完成。\n乙项：完成。</pre>")) == ["甲项：完成。", "乙项：完成。"]


def test_a_caption_titles_its_table() -> None:
    (table,) = read(TABLE.replace("<table>", "<table><caption>收支总表</caption>")).tables()
    assert table.caption == "收支总表"


@pytest.mark.parametrize(
    ("body", "bounds"),
    [
        ("<div>" * 400 + "x" + "</div>" * 400, Bounds()),
        ("<p>x</p>" * 50, Bounds(tags=20)),
        ("<p>x</p>" * 50, Bounds(lines=20)),
        ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁<tr><td>" * 4 + "x<td>y", Bounds(nesting=2)),
    ],
)
def test_a_page_over_a_bound_is_refused(body: str, bounds: Bounds) -> None:
    with pytest.raises(InputError) as caught:
        read(body, bounds=bounds)
    assert caught.value.code == "input.too-complex"


@pytest.mark.parametrize(
    "data",
    [
        b"<html>",
        b"<html><body></body>",
        b"<table></table>",
        b"<!DOCTYPE html>",
        b"<p",
        b'<html><title>a</title><body><div id="app"></div><script>load()</script></body></html>',
    ],
)
def test_a_page_without_words_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_html(data, "a.html", "0")
    assert caught.value.code == "input.empty"
