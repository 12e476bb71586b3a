"""What a document is: kind, year, department and authority, by invented openings."""

from __future__ import annotations

import pytest

from hengjian.audit.classify import entity_of, kind_of, pack_of, year_of
from hengjian.documents import DocumentTree, Paragraph
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library


def document(*lines: str) -> DocumentTree:
    blocks = tuple(Paragraph(text, (), None, number) for number, text in enumerate(lines, 1))
    return DocumentTree("made-up.txt", "0" * 64, "txt", blocks, (), None, wrapped=False)


def library() -> Library:
    return load_library(data_folder("packs"))


@pytest.mark.parametrize(
    ("title", "kind"),
    [("青山县图书馆2022年度部门决算", "final_accounts"), ("2022年度单位决算公开", "final_accounts"),
     ("青山县文化局2023年部门预算公开", "budget"), ("2023年单位预算", "budget"),
     ("2022年部门整体支出绩效自评报告", "self_evaluation"), ("项目支出绩效目标申报表", "targets"),
     ("关于开展读书活动的通知", "unknown")],
)  # fmt: skip
def test_the_title_tells_the_kind(title: str, kind: str) -> None:
    assert kind_of(document(title, "正文。")) == kind


def test_without_a_title_the_most_frequent_word_tells() -> None:
    lines = ["说明"] * 40
    assert (
        kind_of(document(*lines, "部门预算安排如下。", "支出决算为5万元。", "部门决算见附表。"))
        == "final_accounts"
    )
    assert kind_of(document(*lines)) == "unknown"


def test_the_title_outweighs_the_text() -> None:
    assert kind_of(document("2023年部门预算", *["说明"] * 40, *["上年部门决算"] * 50)) == "budget"


@pytest.mark.parametrize(
    ("lines", "year"),
    [(("青山县图书馆2022年度部门决算", *["说明"] * 9, *["与2021年相比"] * 20), 2022),
     (("说明",) * 9 + ("2022年收入",) * 3 + ("2021年收入",) * 2, 2022),
     (("与2021年相比，2022年增加",), 2022),
     (("2 022 年",), None), (("成立于1998年",), None), ((), None)],
)  # fmt: skip
def test_the_year_is_that_of_the_title_else_the_most_frequent(
    lines: tuple[str, ...], year: int | None
) -> None:
    assert year_of(document(*lines)) == year


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("青山县文化旅游局", "2022年度部门决算"), "青山县文化旅游局"),
        (("2022年度青山县图书馆管理中心部门决算",), "青山县图书馆管理中心"),
        (("编制单位：青山县教育局", "预算表"), "青山县教育局"),
        (("部门决算", "一、青山县教育局基本情况", "青山县教育局共有5个科室。"), "青山县教育局"),
        (("部门决算", "本单位共有5个科室。"), None),
        (("自评表", "地方主管部门", "青山县民政局", "资金使用单位", "青山县民政局"), "青山县民政局"),
        (("自评表", "地方主管部门 青山县民政局 资金使用单位 青山县民政局"), "青山县民政局"),
    ],
)
def test_the_department_is_named_in_the_opening_or_most_often(
    lines: tuple[str, ...], name: str | None
) -> None:
    assert entity_of(document(*lines)) == name


@pytest.mark.parametrize(
    ("text", "pack"),
    [("四川省青山县教育局2022年度部门决算", "cn/sichuan"), ("河北省青山县教育局", "cn/hebei"),
     ("广东省青山市教育局", "cn/guangdong"), ("青山县教育局2022年度部门决算", "cn/national")],
)  # fmt: skip
def test_the_authority_is_the_one_the_text_names_else_the_national_one(text: str, pack: str) -> None:
    assert pack_of(document(text), library()) == pack
