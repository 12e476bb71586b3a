from pathlib import Path

from hengjian.audit.tables import bare, money_unit, reading_labels, texts_before
from hengjian.kernel import MoneyUnit
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library
from tests.unit.audit.drawn_tables import docx_tree
from tests.unit.packs.pack_maker import SIGNED


def test_drawing_makes_merges(tmp_path: Path) -> None:
    tree = docx_tree(tmp_path, "表", "甲|乙|<\n^|丙|丁\n一|2|")
    (table,) = tree.tables()
    texts = [[cell.text for cell in row] for row in table.grid]
    assert texts == [["甲", "乙", "乙"], ["甲", "丙", "丁"], ["一", "2", ""]]


def test_ordinals_are_stripped_and_numbers_that_belong_to_a_name_are_not() -> None:
    assert bare("十一、节能环保支出") == "节能环保支出"
    assert bare("（三）公务接待费") == "公务接待费"
    assert bare("①货物") == "货物"
    assert bare("其中-财政拨款:") == "财政拨款"
    assert bare("20万元以上设备") == "20万元以上设备"
    assert bare("30天") == "30天"


def test_the_unit_is_found_however_it_is_set() -> None:
    assert money_unit(["编制单位：某局", "金额单位：人民币元"]) is MoneyUnit.YUAN
    assert money_unit(["单　位： 万 元"]) is MoneyUnit.WAN_YUAN
    assert money_unit(["项目资金（万元）"]) is MoneyUnit.WAN_YUAN
    assert money_unit(["预算单位：某局", "单位名称"]) is None


def test_labels_are_the_union_over_all_packs_and_their_further_words(tmp_path: Path) -> None:
    for pack, words in {"one": "actual: 完成 值", "two": "actual: 实际完成值\n  score: 得分"}.items():
        folder = tmp_path / pack / "wording"
        folder.mkdir(parents=True)
        title = "title: {zh: 甲, en: A}\n"
        (tmp_path / pack / "pack.yaml").write_text(f"pack: {pack}\nformat: 1\n{title}", encoding="utf-8")
        head = f"wording: self_evaluation_form\n{SIGNED}"
        (folder / "form.yaml").write_text(f"{head}labels:\n  {words}\n", encoding="utf-8")
    further = f"wording: self_evaluation_form.further\n{SIGNED}labels:\n  actual: 全年值|年末值\n"
    (tmp_path / "two" / "wording" / "further.yaml").write_text(further, encoding="utf-8")
    other = f"wording: prompts\n{SIGNED}labels:\n  actual: 别的\n"
    (tmp_path / "two" / "wording" / "other.yaml").write_text(other, encoding="utf-8")
    labels = reading_labels(load_library(tmp_path).require_clean())
    assert labels == {
        "actual": frozenset({"完成值", "实际完成值", "全年值", "年末值"}),
        "score": frozenset({"得分"}),
    }


def test_shipped_labels_know_the_words_in_use() -> None:
    labels = reading_labels(load_library(data_folder("packs")))
    assert {"年度指标值", "指标值"} <= labels["target"]
    assert {"实际完成值", "全年实际完成值"} <= labels["actual"]
    assert {"全年预算数", "调整后预算数"} <= labels["adjusted"]
    assert "指标值确定依据" in labels["basis"]


def test_lines_before_a_table_end_at_a_sentence(tmp_path: Path) -> None:
    tree = docx_tree(tmp_path, "本表如下所示。", "部门收支总表", "公开01表", "表头", "甲|乙\n一|2")
    index = next(i for i, block in enumerate(tree.blocks) if block in list(tree.tables()))
    (table,) = tree.tables()
    assert [*texts_before(tree.blocks[:index], table), table.caption] == ["部门收支总表", "公开01表", "表头"]
