from hengjian.documents.text_reader import read_text
from hengjian.documents.tree import DocumentTree, Heading, Paragraph, Table


def read(text: str) -> DocumentTree:
    return read_text(text.encode(), "a.txt", "")


def by_line(*rows: tuple[str, ...]) -> str:
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows) + "\n\n\n"


def only_table(text: str) -> Table:
    (table,) = read(text).tables()
    return table


def test_a_cell_a_line() -> None:
    table = only_table("收支总表\n" + by_line(("项目", "金额"), ("合计", "3.00"), ("上年结转", "")))
    assert table.caption == "收支总表"
    assert table.caption_line == 1
    assert table.texts() == (("项目", "金额"), ("合计", "3.00"), ("上年结转", ""))
    assert [cell.line for cell in table.cells] == [2, 3, 5, 6, 8, 9]


def test_notes_stand_before_in_the_first_row_and_after() -> None:
    head = "收支总表\n\t101县图书馆\n\t预算年度：2024\n\t单位：万元\n\n"
    text = head + by_line(("项目", "金额"), ("合计", "")) + "注：没有收支，空表列示。\n其他事项无。"
    tree = read(text)
    table = next(tree.tables())
    assert table.notes == ("101县图书馆", "预算年度：2024", "单位：万元", "注：没有收支，空表列示。")
    assert table.texts()[0] == ("项目", "金额")
    assert [p.text for p in tree.paragraphs()] == ["其他事项无。"]
    before = only_table("固定资产表\n\n101.县图书馆\n\n截止时间：2023-12-31\n\n项目\t数量\n车辆\t1\n")
    assert before.caption == "固定资产表"
    assert before.notes == ("101.县图书馆", "截止时间：2023-12-31")


def test_a_cell_of_several_lines() -> None:
    table = only_table(by_line(("目标", "1.多读书。\n2.读好书。"), ("指标", "值")))
    assert table.texts() == (("目标", "1.多读书。\n2.读好书。"), ("指标", "值"))


def test_a_cell_that_ends_with_an_empty_line_does_not_end_the_table() -> None:
    table = only_table("\t序号\n\t结转\n\n\n\t1\n\t2\n\n\n后文。")
    assert table.texts() == (("序号", "结转"), ("1", "2"))


def test_text_right_after_the_last_cell_is_no_cell() -> None:
    tree = read("\t指标\n\t得分\n\n\t合计\n\t18\n （二）绩效分析\n1、管理严格，运行平稳。\n")
    table, heading, paragraph = tree.blocks
    assert isinstance(table, Table)
    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)
    assert table.texts()[-1] == ("合计", "18")
    assert heading.text == "（二）绩效分析"


def test_tables_part_at_their_captions() -> None:
    first, second = read("甲表\n" + by_line(("a", "b")) + "乙表\n" + by_line(("c", "d"))).tables()
    assert (first.caption, second.caption) == ("甲表", "乙表")


def test_rows_of_cells_parted_by_tabs() -> None:
    tree = read("机构设置情况\n\n名称\t性质\t规格\n本级\t行政\n分馆\t事业\t股级\t\n\n\t\t10\t\n后文。\n")
    table = next(tree.tables())
    assert table.caption == "机构设置情况"
    assert table.texts() == (
        ("名称", "性质", "规格", ""),
        ("本级", "行政", "", ""),
        ("分馆", "事业", "股级", ""),
        ("", "", "10", ""),
    )


def test_a_numbered_heading_stays_one_though_it_names_the_table() -> None:
    tree = read("1、读书节项目绩效目标表\n" + by_line(("一级指标", "指标值")))
    heading, table = tree.blocks
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert table.caption == heading.text
    assert table.section == (heading.text,)


def test_a_title_in_the_first_row_is_the_caption() -> None:
    table = only_table(by_line(("完成情况表\n(2023年度)",), ("项目", "甲", "乙"), ("数", "1", "2")))
    assert table.caption == "完成情况表(2023年度)"
    assert table.grid[0][0].column_span == 3


def test_heads_span_what_their_sub_heads_show() -> None:
    table = only_table(
        by_line(
            ("序号", "科目", "合计", "本年"),
            ("", "编码", "名称", "", "小计", "拨款"),
            ("1", "2", "3", "4", "5", "6"),
        )
    )
    spans = [(c.text, c.row_span, c.column_span) for c in table.cells if c.row == 0]
    assert spans == [("序号", 2, 1), ("科目", 1, 2), ("合计", 2, 1), ("本年", 1, 2)]
    assert table.texts(repeat=True)[1] == ("序号", "编码", "名称", "合计", "小计", "拨款")


def test_heads_over_like_sub_heads_share_them() -> None:
    table = only_table(
        by_line(("序号", "收入", "支出"), ("", "项目", "金额", "项目", "合计", "拨款"), ("1",) * 6)
    )
    assert [(c.text, c.column_span) for c in table.cells if c.row == 0] == [
        ("序号", 1),
        ("收入", 2),
        ("支出", 3),
    ]


def test_uncertain_heads_stand_as_printed() -> None:
    table = only_table(by_line(("序号", "甲", "乙"), ("", "子", "丑", "寅", "卯"), ("1",) * 5))
    assert table.texts()[0] == ("序号", "甲", "乙", "", "")


def test_converter_marks_are_removed_and_places_stay_exact() -> None:
    source = "一、 [bookmark: _Toc123]收入情况\n[bookmark: _Hlk1]本年收入 3.00 万元。\n"
    tree = read(source)
    heading = next(tree.headings())
    assert heading.text == "一、 收入情况"
    for segment in heading.segments:
        assert source[segment.source_start :].startswith(heading.text[segment.text_start :][: segment.length])


def test_a_sentence_broken_at_a_page_end_is_joined() -> None:
    tree = read("4、制定图书采购、编目、流通的标准，\n\n建立动态调整机制。\n\n5、其他工作，都已完成。\n")
    assert [p.text for p in tree.paragraphs()] == [
        "4、制定图书采购、编目、流通的标准，建立动态调整机制。",
        "5、其他工作，都已完成。",
    ]


def test_a_stray_tab_after_a_heading_is_no_table() -> None:
    assert [type(block) for block in read("六、支出情况\t\n支出 3.00 万元。\n").blocks] == [
        Heading,
        Paragraph,
    ]


def test_notes_below_a_title_in_the_first_row() -> None:
    rows = (
        ("收入决算总表",),
        ("公开02表",),
        ("部门：县图书馆", "金额单位：万元"),
        ("项目", "金额", "备注"),
        ("合计", "3.00", ""),
    )
    table = only_table("本馆收入如下：\n" + by_line(*rows))
    assert table.caption == "收入决算总表"
    assert table.notes == ("公开02表", "部门：县图书馆", "金额单位：万元")
    assert table.texts()[1:] == (("项目", "金额", "备注"), ("合计", "3.00", ""))


def test_a_sentence_before_a_table_is_no_caption() -> None:
    tree = read("本年收入 3.00 万元，增长 2%\n" + by_line(("项目", "金额"), ("合计", "3.00")))
    assert [type(block) for block in tree.blocks] == [Paragraph, Table]
    assert next(tree.tables()).caption == ""
