"""What a document is: kind, year, department and authority, by invented openings."""

from __future__ import annotations

import pytest

from hengjian.audit.classify import entity_of, kind_of, pack_of, year_of
from hengjian.documents import Cell, DocumentTree, Paragraph, Table
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


CONGRESS = "青山县人民代表大会常务委员会办公室"
CONFERENCE = "中国人民政治协商会议青山县委员会"
DISCIPLINE = "中国共产党青山县纪律检查委员会"
TITLES = [
    ("青山县财政局2022年度部门决算公开", "final_accounts", 2022, "青山县财政局"),
    ("关于青山县教育局2022年度部门决算的批复", "final_accounts", 2022, "青山县教育局"),
    ("青山县住房和城乡建设局关于2021年度部门决算的说明", "final_accounts", 2021, "青山县住房和城乡建设局"),
    ("关于2022年度青山县公安局部门决算情况的说明", "final_accounts", 2022, "青山县公安局"),
    ("青山省高级人民法院2023年度部门决算", "final_accounts", 2023, "青山省高级人民法院"),
    ("青山市人民检察院2024年部门预算", "budget", 2024, "青山市人民检察院"),
    ("青山县人民医院2023年单位预算公开", "budget", 2023, "青山县人民医院"),
    ("青山县第一中学2023年单位预算", "budget", 2023, "青山县第一中学"),
    ("青山县实验小学2022年度单位决算", "final_accounts", 2022, "青山县实验小学"),
    ("青山大学2022年度部门决算", "final_accounts", 2022, "青山大学"),
    ("中共青山市绿水区委社会工作部2024年度部门决算", "final_accounts", 2024, "中共青山市绿水区委社会工作部"),
    ("中共青山县委组织部2023年部门预算", "budget", 2023, "中共青山县委组织部"),
    (f"{DISCIPLINE}2022年度部门决算", "final_accounts", 2022, DISCIPLINE),
    (f"{CONFERENCE}2022年度部门决算", "final_accounts", 2022, CONFERENCE),
    (f"{CONGRESS}2022年度部门决算", "final_accounts", 2022, CONGRESS),
    ("青山县城关镇人民政府2023年部门预算", "budget", 2023, "青山县城关镇人民政府"),
    ("青山市绿水区东街街道办事处2022年度部门决算", "final_accounts", 2022, "青山市绿水区东街街道办事处"),
    ("青山县残疾人联合会2022年度部门整体支出绩效自评报告", "self_evaluation", 2022, "青山县残疾人联合会"),
    ("青山县总工会2021年部门整体支出绩效评价报告", "self_evaluation", 2021, "青山县总工会"),
    ("青山县文化馆2022年项目支出绩效自评报告", "self_evaluation", 2022, "青山县文化馆"),
    ("青山县公安局交通警察大队2022年度部门决算", "final_accounts", 2022, "青山县公安局交通警察大队"),
    ("青山县应急管理局（本级）2022年度单位决算", "final_accounts", 2022, "青山县应急管理局"),
    ("青 山 县 医 疗 保 障 局 2022 年 度 部 门 决 算", "final_accounts", 2022, "青山县医疗保障局"),
    ("青山县水利局二〇二二年度部门决算", "final_accounts", 2022, "青山县水利局"),
    ("青山县民政局２０２３年部门预算", "budget", 2023, "青山县民政局"),
    ("青山县农业农村局2022年部门预算项目绩效自评报告", "self_evaluation", 2022, "青山县农业农村局"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "kind", "year", "name"), TITLES)
def test_a_title_tells_kind_year_and_name(title: str, kind: str, year: int, name: str) -> None:
    others = [
        "发布日期：2025年3月1日",
        "目 录",
        "一、青山县财政局与本部门的关系",
        *["2020年数据见附表。"] * 9,
    ]
    tree = document(title, *others)
    assert (kind_of(tree), year_of(tree), entity_of(tree)) == (kind, year, name)


def test_a_day_is_not_the_year_that_a_document_is_about() -> None:
    assert year_of(document("部门决算公开", "2023年8月25日", "本年为2022年度。")) == 2022


def test_the_year_of_a_label_outweighs_those_of_the_text() -> None:
    lines = (
        "整体绩效自评报告",
        "评价年度：2023 年度",
        "填报日期：2024-7-29",
        "根据2024年通知，2024年7月自评。",
    )
    assert year_of(document(*lines)) == 2023


def test_of_two_years_in_a_title_the_one_of_its_kind() -> None:
    title = "青山县财政局2022年度预算执行和2023年部门预算"
    assert (kind_of(document(title)), year_of(document(title))) == ("budget", 2023)


def test_the_name_in_a_table_s_head() -> None:
    cells = tuple(
        Cell(text, 0, column) for column, text in enumerate(["年度:", "2023", "单位名称:", "青山市经办中心"])
    )
    table = Table("整体支出绩效自评评分表", (), (cells,), (), None, 2)
    tree = DocumentTree("made-up.txt", "0" * 64, "txt", (table,), (), None, wrapped=False)
    assert entity_of(tree) == "青山市经办中心"


@pytest.mark.parametrize(
    ("text", "pack"),
    [("四川省青山县教育局2022年度部门决算", "cn/sichuan"), ("河北省青山县教育局", "cn/hebei"),
     ("广东省青山市教育局", "cn/guangdong"),
     ("平山县教育局2022年度部门决算", "cn/hebei"), ("大竹县教育局", "cn/sichuan"),
     ("青山县教育局2022年度部门决算", "cn/national")],
)  # fmt: skip
def test_the_authority_is_the_one_the_text_names_else_the_national_one(text: str, pack: str) -> None:
    assert pack_of(document(text), library()) == pack
