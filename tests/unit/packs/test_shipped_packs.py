import re

import pytest

from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, Standards, load_library, standards_for
from hengjian.packs.lint import lint_library
from hengjian.packs.schema import Rule
from tests.unit.packs.rule_names import unknown_names

YEARS = range(2018, 2027)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(data_folder("packs"))


def held(library: Library, pack: str = "cn/national", year: int = 2022) -> Standards:
    return standards_for(library, pack, FiscalYear(year))


def test_the_shipped_packs_have_no_faults(library: Library) -> None:
    assert [str(fault) for fault in lint_library(library)] == []
    assert {"cn/national", "cn/hebei", "cn/sichuan", "cn/guangdong", "demo"} <= set(library.packs)


def test_every_item_states_its_basis(library: Library) -> None:
    for pack in library.packs.values():
        for item in pack.items:
            assert len(item.basis.strip()) >= 4, item.source
            assert not re.search(r"\[|found|derived|\bS\d\d\b", item.basis), item.source
        for code in (code for codes in pack.codes for code in codes.items):
            assert (code.verified is None) == (code.basis is None), code
            assert code.basis is None or len(code.basis.strip()) >= 4, code


def test_what_is_not_verified_is_said_to_be_so_with_a_basis(library: Library) -> None:
    unverified = [item for pack in library.packs.values() for item in pack.items if not item.verified]
    assert unverified
    assert all(item.basis for item in unverified)


def test_the_demonstration_stands_alone(library: Library) -> None:
    assert library.packs["demo"].manifest.inherits is None
    assert set(held(library, "demo").schemes) == {"purpose"}


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("210", 2018, "医疗卫生与计划生育支出"),
        ("210", 2019, "卫生健康支出"),
        ("207", 2018, "文化体育与传媒支出"),
        ("207", 2026, "文化旅游体育与传媒支出"),
        ("215", 2019, "资源勘探信息等支出"),
        ("215", 2020, "资源勘探工业信息等支出"),
        ("220", 2018, "国土海洋气象等支出"),
        ("220", 2019, "自然资源海洋气象等支出"),
        ("224", 2018, None),
        ("224", 2019, "灾害防治及应急管理支出"),
        ("234", 2019, None),
        ("234", 2021, "抗疫特别国债安排的支出"),
        ("20805", 2018, "行政事业单位离退休"),
        ("20805", 2021, "行政事业单位养老支出"),
        ("21015", 2018, None),
        ("2101501", 2021, "行政运行"),
        ("2080102", 2018, "一般行政管理事务"),
        ("2080109", 2018, "社会保险经办机构"),
        ("2089999", 2021, "其他社会保障和就业支出"),
        ("2130599", 2022, "其他巩固脱贫衔接乡村振兴支出"),
        ("2011006", 2018, "军队转业干部安置"),
        ("2296013", 2022, "用于城乡医疗救助的彩票公益金支出"),
    ],
)
def test_a_functional_code_bears_the_name_of_its_year(
    library: Library, code: str, year: int, name: str | None
) -> None:
    item = held(library, year=year).schemes["functional"].items.get(code)
    assert (item.name if item else None) == name


@pytest.mark.parametrize("year", YEARS)
def test_every_class_has_a_name_in_every_year(library: Library, year: int) -> None:
    items = held(library, year=year).schemes["functional"].items
    classes = {code for code in items if len(code) == 3}
    expected = {str(code) for code in range(201, 235)} - {"218", "225", "226", "228"}
    since = {"224": 2019, "234": 2020}
    assert classes == {code for code in expected if since.get(code, 2018) <= year}


def test_an_older_print_of_an_economic_item_is_known(library: Library) -> None:
    scheme = held(library).schemes["economic_department"]
    assert scheme.by_name["城镇职工基本医疗保险缴费"] == ("30110",)
    assert scheme.by_name["维修(护)费"] == ("30213",)
    assert set(held(library).schemes["economic_government"].items) >= {"501", "50101", "510", "599"}


@pytest.mark.parametrize("year", [2018, 2022, 2026])
@pytest.mark.parametrize("pack", ["cn/national", "cn/hebei", "cn/sichuan", "cn/guangdong", "demo"])
def test_rules_speak_only_of_what_the_forms_have(library: Library, pack: str, year: int) -> None:
    standards = held(library, pack, year)
    found = {rule.id: unknown_names(rule, standards) for rule in standards.rules.values()}
    assert {rule: names for rule, names in found.items() if names} == {}
    assert found


def test_an_unknown_name_is_seen(library: Library) -> None:
    rule = Rule.model_validate(
        {
            "id": "x",
            "ref": "X",
            "title": {"zh": "甲", "en": "A"},
            "form": "budget.expenditure",
            "for": "row",
            "where": "stated(nothing)",
            "assert": "total == basic + budget.summary[income.gifts].amount + budget.basic[999].total",
            "from": 2018,
            "basis": "某通知",
            "verified": True,
        }
    )
    assert unknown_names(rule, held(library)) == [
        "budget.summary: row income.gifts",
        "budget.basic: row 999",
        "nothing",
    ]


@pytest.mark.parametrize(
    ("name", "unit", "fits"),
    [
        ("宣传次数", "%", False),
        ("住院救助人次数", "%", False),
        ("住院救助人次数", "人次", True),
        ("检查频次", "次", True),
        ("检查人员被投诉次数", "次", True),
        ("参保人数", "万人", True),
        ("参保人数", "%", False),
        ("领取资金补助人数所占比例", "%", True),
        ("政策知晓率", "%", True),
        ("政策知晓率", "次", False),
        ("重复参保发生率", "‰", True),
        ("检查频率", "次/月", True),
        ("办事效率", "件/天", True),
        ("完成检查报告数量", "个", True),
        ("发放数量", "%", False),
        ("系统故障处理时限", "小时", True),
        ("拨付时间", "%", False),
        ("系统正常运行时间", "%", True),
        ("服务对象满意度（%）", "%", True),
        ("宣传覆盖面", "个乡镇", True),
    ],
)
def test_units_fit_the_names_of_indicators(library: Library, name: str, unit: str, fits: bool) -> None:
    vocabulary = held(library).vocabulary
    assert vocabulary is not None
    bare = re.sub(r"（.*?）", "", name)
    endings = [(end, rule) for rule in vocabulary.unit_rules for end in rule.endings if bare.endswith(end)]
    _, rule = max(endings, key=lambda pair: len(pair[0]))
    assert (unit in rule.units) is fits


def test_no_ending_belongs_to_two_unit_rules(library: Library) -> None:
    for pack in ("cn/national", "demo"):
        vocabulary = held(library, pack).vocabulary
        assert vocabulary is not None
        endings = [end for rule in vocabulary.unit_rules for end in rule.endings]
        assert len(endings) == len(set(endings))


@pytest.mark.parametrize(
    "text",
    [
        "对照年度目标，说明相关任务目标的完成情况（100字以内）",
        "结合自评情况，说明项目支出后产生的效益(200字以内)",
        "（不超过300字）",
        "XX局2022年度",
        "××单位整体支出",
        "20XX年完成",
        "（请填写未完成原因）",
        "请填写项目实施情况",
        "示例：完成培训3次",
        "（示例）",
        "____年度",
    ],
)
def test_guidance_left_in_a_form_is_recognised(library: Library, text: str) -> None:
    assert any(re.search(prompt, text) for prompt in held(library).prompts)


@pytest.mark.parametrize(
    "text",
    [
        "完成年度目标任务，资金全部用于项目支出。",
        "结合自评情况和工作实际，下一步将加强预算执行。",
        "（三公经费实际支出数/预算安排数）×100%",
        "对照年度目标，完成宣传活动5次。",
        "撰写工作简报12期，编发信息500字短讯30条",
        "DRG试点正式运行",
        "每个单位10万元×2个单位",
        "无",
    ],
)
def test_what_a_bureau_writes_is_no_guidance(library: Library, text: str) -> None:
    assert [prompt for prompt in held(library).prompts if re.search(prompt, text)] == []


@pytest.mark.parametrize("pack", ["cn/national", "cn/sichuan", "demo"])
def test_the_words_of_the_self_evaluation_form(library: Library, pack: str) -> None:
    labels = held(library, pack).wordings["self_evaluation_form"].labels
    assert "{year}" in labels["title"]
    assert {"initial", "adjusted", "executed", "rate"} <= set(labels)
    rows = {row.id for row in held(library, pack).forms["performance.funds"].rows}
    assert {key.removeprefix("funds_") for key in labels if key.startswith("funds_")} <= rows


def test_sichuan_prints_its_own_words(library: Library) -> None:
    labels = held(library, "cn/sichuan").wordings["self_evaluation_form"].labels
    assert labels["title"] == "部门预算项目支出绩效自评表（{year} 年度）"
    assert labels["goal_completion"] == "1.项目年度目标完成情况"
    assert labels["execution"] == "预算执行情况（10分）"


def test_an_empty_table_of_hebei_says_so_in_its_words(library: Library) -> None:
    form = held(library, "cn/hebei").forms["budget.government_fund"]
    assert form.empty_statement == "注：无政府基金预算财政拨款预算，空表列示。"
    assert form.title.zh == "部门预算政府基金预算财政拨款支出表"
