"""Figures that a text states: items of expenditure, named amounts, rubric lines, and what they contradict."""

from __future__ import annotations

from pathlib import Path

import pytest

from hengjian.audit import Audited, audit
from hengjian.kernel import Finding
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library

ITEMS = """某县某局2022年度部门决算
2022年一般公共预算财政拨款支出{total}万元，主要用于以下方面：社会保障和就业支出{social}万元，占{share}%；卫生健康支出30.00万元，占{rest}%。
1.社会保障和就业（类）行政事业单位养老支出（款）行政单位离退休（项）：支出决算为4.00万元。
2.社会保障和就业（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）：支出决算为6.00万元。
3.卫生健康（类）医疗保障管理事务（款）行政运行（项）：支出决算为30.00万元。
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(data_folder("packs"))


def audited(folder: Path, library: Library, text: str, pack: str = "cn/national") -> Audited:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return audit(path, library, pack)


def found(result: Audited, code: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code == code]


def test_items_of_the_text_add_up_to_their_class(tmp_path: Path, library: Library) -> None:
    text = ITEMS.format(total="40.00", social="10.00", share="25.00", rest="75.00")
    assert found(audited(tmp_path, library, text), "identity.contradicted") == []


def test_a_class_above_its_items_is_found_at_the_class(tmp_path: Path, library: Library) -> None:
    text = ITEMS.format(total="42.00", social="12.00", share="28.57", rest="71.43")
    (finding,) = found(audited(tmp_path, library, text), "identity.contradicted")
    assert finding.place.quote == "社会保障和就业支出12.00万元"
    assert (finding.stated, finding.expected) == ("12.00万元", "10.00万元")
    assert len(finding.related) == 2


def test_an_item_of_no_such_name_is_a_hint_and_nothing_is_concluded(tmp_path: Path, library: Library) -> None:
    text = ITEMS.format(total="42.00", social="12.00", share="28.57", rest="71.43")
    result = audited(tmp_path, library, text.replace("行政运行", "行政运转"))
    assert [finding.stated for finding in found(result, "document.item-unknown")] == ["行政运转"]
    assert found(result, "identity.contradicted") == []


def test_text_and_table_are_held_against_each_other(tmp_path: Path, library: Library) -> None:
    table = """
一般公共预算财政拨款支出决算表
\t单位：万元

\t科目编码
\t科目名称
\t合计
\t基本支出
\t项目支出

\t
\t合计
\t46.00
\t46.00
\t

\t208
\t社会保障和就业支出
\t10.00
\t10.00
\t

\t20805
\t行政事业单位养老支出
\t10.00
\t10.00
\t

\t2080501
\t行政单位离退休
\t4.00
\t4.00
\t

\t2080505
\t机关事业单位基本养老保险缴费支出
\t6.00
\t6.00
\t

\t210
\t卫生健康支出
\t36.00
\t36.00
\t

\t21015
\t医疗保障管理事务
\t36.00
\t36.00
\t

\t2101501
\t行政运行
\t33.00
\t33.00
\t

\t2101550
\t事业运行
\t3.00
\t3.00
\t


"""
    text = ITEMS.format(total="46.00", social="10.00", share="21.74", rest="78.26") + table
    result = audited(tmp_path, library, text)
    (amount,) = found(result, "document.item-amount")
    assert (amount.stated, amount.expected) == ("30.00万元", "33.00万元")
    (missing,) = found(result, "document.item-missing")
    assert "事业运行" in missing.message.zh


def test_changes_of_the_three_items_must_make_the_whole_change(tmp_path: Path, library: Library) -> None:
    text = """某县某局2022年度部门决算
2022年“三公”经费财政拨款支出决算为3.00万元，比上年减少{change}万元，下降{rate}%。
因公出国（境）费支出0万元，与2021年决算数持平。因公出国（境）费支出决算与2021年持平。
公务用车购置及运行维护费支出2.00万元，比2021年减少0.50万元，下降20.00%。
公务接待费支出1.00万元。公务接待费支出决算与2021年持平。
"""
    slip = audited(tmp_path, library, text.format(change="0.20", rate="6.25"))
    assert [f.basis.split()[0] for f in found(slip, "identity.contradicted") if f.basis] == ["FR-52"]
    whole = audited(tmp_path, library, text.format(change="0.50", rate="14.29"))
    assert found(whole, "identity.contradicted") == []


def test_lines_of_an_overall_rubric_are_scored_lines(tmp_path: Path, library: Library) -> None:
    text = """某市某局2018年度部门决算
部门整体支出绩效自评得分4分。
整体支出绩效评价得分表

\t一级指标
\t二级指标
\t三级指标
\t计分标准
\t自评得分

\t预算编制（16分）
\t编制质量（6分）
\t预算编制准确（4分）
\t按变动个数计分
\t3

\t
\t
\t部门预算审查（2分）
\t每个问题扣0.5分
\t2.5


"""
    result = audited(tmp_path, library, text, "cn/sichuan")
    assert result.resolved is not None
    assert [str(line.score) for line in result.resolved.filing.rubric_scores] == ["3", "2.5"]
    assert [f.stated for f in found(result, "score.unattainable")] == ["3"]
    assert [f.expected for f in found(result, "score.above-weight")] == ["≤2"]
    assert [(f.stated, f.expected) for f in found(result, "score.total")] == [("4", "5.5")]


def test_template_guidance_and_placeholders_are_one_finding_with_their_number(
    tmp_path: Path, library: Library
) -> None:
    text = "某县某局2022年度部门决算\nXX局2022年度收入合计XX万元。\n（请填写主要变动原因）\n"
    (finding,) = found(audited(tmp_path, library, text), "document.prompts-left")
    assert "2处" in finding.message.zh
    assert len(finding.related) == 1


def test_tables_of_no_known_form_are_named(tmp_path: Path, library: Library) -> None:
    text = """某县某局2022年度部门决算
自制情况统计

\t名目
\t数值

\t甲
\t12.50

\t乙
\t13.50


"""
    (finding,) = found(audited(tmp_path, library, text), "table.unmatched")
    assert "自制情况统计" in finding.message.zh


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("支出合计480.00万元，比上年增长20%，增加80.00万元。", []),
        ("支出合计480.00万元，比上年增长25%，增加80.00万元。", ["20%"]),
        (
            (
                "基本支出110.00万元，项目支出57.00万元。"
                "与上年相比，基本支出增加10.00万元，增长10%；项目支出减少3.00万元，下降5%。"
            ),
            [],
        ),
        (
            (
                "基本支出110.00万元，项目支出57.00万元。"
                "与上年相比，基本支出增加10.00万元，增长10%；项目支出减少3.00万元，下降15%。"
            ),
            ["5%"],
        ),
    ],
)
def test_changes_told_rate_first_or_one_behind_another(
    tmp_path: Path, library: Library, sentence: str, expected: list[str]
) -> None:
    result = audited(tmp_path, library, f"某县某局2022年度部门决算\n{sentence}\n")
    assert [finding.expected for finding in found(result, "claim.change-rate")] == expected


def test_a_class_whose_name_begins_like_an_ordinal(tmp_path: Path, library: Library) -> None:
    text = """某县某局2024年度部门决算
2024年一般公共预算财政拨款支出9.00万元，主要用于以下方面：一般公共服务支出9.00万元，占100%。
1.一般公共服务支出（类）社会工作事务（款）其他社会工作事务支出（项）：支出决算为8.00万元。
"""
    result = audited(tmp_path, library, text)
    assert found(result, "document.item-unknown") == []
    assert [f.expected for f in found(result, "identity.contradicted")] == ["8.00万元"]
