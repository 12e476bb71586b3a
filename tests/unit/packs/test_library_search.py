"""What a printed name means, and what words find, in small made-up libraries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.kernel import FiscalYear, Text
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.packs.indicator_library import LibraryIndicator, Matching
from hengjian.packs.library_search import LibraryIndex, nearest, search

MATCHING = Matching(
    short_forms={"图书馆": "馆", "举办": ""},
    endings=(("率", "比例"), ("人次",), ("次数", "场次"), ("满意度",)),
    contrasts=(("成人", "少儿"),),
)


def entry(
    number: int, name: str, *aliases: str, told: str = "", ledgers: tuple[str, ...] = ()
) -> LibraryIndicator:
    return LibraryIndicator(
        id=f"LB-{number:02}",
        name=name,
        aliases=aliases,
        level1="产出指标",
        level2="数量指标",
        definition=Text(told, "what it is"),
        ledgers=ledgers,
        operator="≥",
        target="1",
        unit="次",
    )


INDEX = LibraryIndex(
    (
        entry(1, "公益讲座次数", "讲座次数", ledgers=("TALK",)),
        entry(2, "少儿借阅人次", told="小读者借书"),
        entry(3, "图书馆读者满意度", "读者满意度"),
        entry(4, "图书破损率"),
        entry(5, "书架开放率", "开放率"),
        entry(6, "阅览室开放率", "开放率"),
    ),
    {"TALK": Text("讲座登记", "register of talks")},
    MATCHING,
)


def id_of(name: str) -> str | None:
    found = INDEX.nearest(name)
    return None if found is None else found.id


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("公益讲座次数", "LB-01"),
        ("“讲座”次数（场）", "LB-01"),
        ("举办公益讲座次数", "LB-01"),
        ("读者满意度[计算方法为：（满意数/样本数]×100%）", "LB-03"),
        ("馆读者满意度", "LB-03"),
    ],
)
def test_a_printed_name_means_its_entry(name: str, wanted: str) -> None:
    assert id_of(name) == wanted


@pytest.mark.parametrize(
    "name",
    [
        "公益讲座满意度",  # another kind of measure
        "成人借阅人次",  # contradicts 少儿
        "开放率",  # two entries bear it
        "满意度",
        "次数",
        "道路完好率",
        "",
        "（）",
        "%",
    ],
)
def test_what_is_not_certain_has_no_entry(name: str) -> None:
    assert id_of(name) is None


def test_a_word_that_excludes_another_is_what_keeps_them_apart() -> None:
    name, other = (f"全县公共图书馆馆藏{whose}图书全年外借阅读总人次" for whose in ("少儿", "成人"))
    indicators = (entry(1, name),)
    assert LibraryIndex(indicators).nearest(other) is indicators[0]
    assert LibraryIndex(indicators, matching=MATCHING).nearest(other) is None


def test_an_entry_must_be_clearly_ahead() -> None:
    names = [f"全县公共图书馆馆藏{what}图书全年外借阅读总人次" for what in ("中文", "外文")]
    first, second = entry(1, names[0]), entry(2, names[1])
    assert LibraryIndex((first,)).nearest("全县公共图书馆馆藏图书全年外借阅读总人次") is first
    assert LibraryIndex((first, second)).nearest("全县公共图书馆馆藏图书全年外借阅读总人次") is None


def test_the_search_looks_at_names_first_then_at_what_is_told() -> None:
    assert INDEX.search("讲座次数")[0].indicator.id == "LB-01"
    assert [match.indicator.id for match in INDEX.search("读者")] == ["LB-03", "LB-02"]
    assert [match.indicator.id for match in INDEX.search("登记")] == ["LB-01"]
    assert [match.indicator.id for match in INDEX.search("talks")] == ["LB-01"]
    assert INDEX.search("lb-04")[0].indicator.id == "LB-04"


def test_every_word_must_be_there() -> None:
    assert [match.indicator.id for match in INDEX.search("开放率 阅览")] == ["LB-06"]
    assert INDEX.search("开放率 讲座") == ()


def test_scores_fall_and_the_limit_holds() -> None:
    scores = [match.score for match in INDEX.search("开放", 6)]
    assert scores == sorted(scores, reverse=True)
    assert len(INDEX.search("率", 2)) == 2
    assert INDEX.search("  ") == ()
    assert INDEX.search("…") == ()


def test_ids_are_found_however_they_are_set_and_with_their_letters() -> None:
    parted = LibraryIndex(
        (
            entry(1, "讲座次数").model_copy(update={"id": "LB-01a"}),
            entry(2, "讲座人次").model_copy(update={"id": "LB-01b"}),
        )
    )
    assert [each.id for each in parted.of_id("lb-01")] == ["LB-01a", "LB-01b"]
    assert [each.id for each in parted.of_id(" LB-01B ")] == ["LB-01b"]
    assert parted.of_id("LB-0") == ()
    assert [each.id for each in INDEX.of_id("lb-03")] == ["LB-03"]


def test_the_functions_search_indicators_alone() -> None:
    assert nearest(INDEX.indicators, "讲座次数") is INDEX.indicators[0]
    assert [match.indicator.id for match in search(INDEX.indicators, "少儿", 1)] == ["LB-02"]


@given(st.text(max_size=400))
def test_any_text_can_be_asked_for(text: str) -> None:
    found = INDEX.nearest(text)
    assert found is None or found in INDEX.indicators
    assert all(0 < match.score <= 1.0001 for match in INDEX.search(text))


@given(st.sampled_from(INDEX.indicators), st.sampled_from(["", " ", "（次）", "　"]))
def test_every_name_means_its_own_entry(indicator: LibraryIndicator, added: str) -> None:
    assert INDEX.nearest(indicator.name + added) is indicator
    assert INDEX.search(indicator.name, 1)[0].indicator is indicator


def test_a_library_is_for_departments_of_its_field() -> None:
    standards = standards_for(load_library(data_folder("packs")), "cn/national", FiscalYear(2022))
    bureau, office = standards.library_for("某县医疗保障局"), standards.library_for("某县教育局")
    assert bureau.nearest("检查覆盖率") is not None
    assert office.nearest("检查覆盖率") is None
    assert office.nearest("科目调整次数") is not None
    assert standards.library_for("某市教育局") is office
    assert {each.id for each in office.indicators} < {each.id for each in bureau.indicators}
    assert set(standards.library_indicators) == {each.id for each in bureau.indicators}
