import pytest

from hengjian.documents.headings import Outline, heading_mark, is_toc_title, mark_of, toc_line


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("第一部分 单位概况", "part"),
        ("第3章 其他", "part"),
        ("二、收入情况", "chinese"),
        ("十一、名词解释", "chinese"),
        ("（三）改进建议。", "chinese-paren"),
        ("(四) 自评质量", "chinese-paren"),
        ("1.总体情况", "arabic"),
        ("2、支出情况说明", "arabic"),
        ("3．其他事项", "arabic"),
        ("（2）目标实现情况", "arabic-paren"),
        ("①完成情况", "circled"),
        ("附件2", "annex"),
        ("附表：各项目自评表", "annex"),
        ("某县图书馆2023年度整体支出绩效自评报告", "title"),
        ("某局部门决算", "title"),
        ("项目支出绩效自评表（2023年度）", "form"),
        ("一、加强领导，落实责任", "chinese"),
    ],
)
def test_headings_are_told_by_their_marks(text: str, style: str) -> None:
    mark = heading_mark(text)
    assert mark is not None
    assert mark.style == style


@pytest.mark.parametrize(
    "text",
    [
        "1.文化支出（类）图书馆（款）: 支出决算为 2.50 万元，完成预算 100%。",
        "（一）负责全县公共图书的采购、编目和流通，组织读书活动。",
        "3、完成县委、县政府交办的其他任务。",
        "2.公务用车运行费支出1.00万元。",
        "1.5万元",
        "9、11月均达到进度",
        "2023 年度",
        "（2023年度）",
        "一是抓学习；二是抓落实",
        "本年收入 3.00 万元。",
        "",
        "一、",
    ],
)
def test_sentences_and_figures_are_no_headings(text: str) -> None:
    assert heading_mark(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("十二、", 12), ("二十、", 20), ("（九）", 9), ("⑫", 12), ("第2部分", 2)]
)
def test_numbers_of_marks(text: str, number: int) -> None:
    mark = mark_of(text)
    assert mark is not None
    assert mark.number == number


def sections(*texts: str) -> list[tuple[str, ...]]:
    outline = Outline()
    paths = []
    for text in texts:
        mark = heading_mark(text)
        assert mark is not None, text
        _, above = outline.enter(mark, text)
        paths.append(above)
    return paths


def test_headings_nest_by_style() -> None:
    assert sections(
        "第一部分 概况", "一、职责", "（一）机构", "1.人员", "二、经费", "第二部分 说明", "一、收入情况"
    ) == [
        (),
        ("第一部分 概况",),
        ("第一部分 概况", "一、职责"),
        ("第一部分 概况", "一、职责", "（一）机构"),
        ("第一部分 概况",),
        (),
        ("第二部分 说明",),
    ]


def test_parts_inside_a_section_end_with_it() -> None:
    assert sections("四、目标", "五、绩效", "第一部分 整体", "（一）总体", "第二部分 专项", "六、采购")[
        2:
    ] == [
        ("五、绩效",),
        ("五、绩效", "第一部分 整体"),
        ("五、绩效",),
        (),
    ]


def test_numbers_that_lost_their_form_go_on_the_count() -> None:
    assert sections("八、基金", "9、资本", "10、绩效", "十一、其他")[1:] == [(), (), ()]


def test_a_list_may_start_under_brackets() -> None:
    assert sections("（1）管理情况", "1.目标情况", "（2）评价结果")[1:] == [("（1）管理情况",), ()]


def test_contents_lines() -> None:
    assert toc_line("一、收入表………………..12") == ("一、收入表", "12")
    assert toc_line("二、支出表 ........ 3") == ("二、支出表", "3")
    assert toc_line("三、其他\t4") is None
    assert toc_line("三、其他\t4", inside=True) == ("三、其他", "4")
    assert toc_line("等等……") == ("等等", "")
    assert toc_line("." * 1000) is None
    assert is_toc_title("目  录")
    assert not is_toc_title("目录如下")
