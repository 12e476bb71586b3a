"""The shipped libraries: complete, free of doubt, and right about names as documents print them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.packs.formula import Formula

TRUTH = Path(__file__).parents[4] / "shared/truth"
PRINTED = (
    "quxian-2022-final-accounts/projects.json",
    "quxian-2022-final-accounts/overall_targets.json",
    "lingshou-2021-budget/targets.json",
    "dachuan-2018-final-accounts/completion_table.json",
)
NO_NUMBER = {29, 47, 48, 49, 69, 78, 79}
"""Numbers that no indicator of the field bears."""


@pytest.fixture(scope="module")
def standards() -> Standards:
    return standards_for(load_library(data_folder("packs")), "cn/national", FiscalYear(2022))


def test_all_indicators_of_the_field_are_there(standards: Standards) -> None:
    numbers = {int(each[3:].rstrip("ab")) for each in standards.library_indicators if each.startswith("MI-")}
    assert set(range(1, 117)) - numbers == NO_NUMBER
    assert len([each for each in standards.library_indicators if each.startswith("CI-")]) >= 50


def test_every_name_and_alias_means_one_entry(standards: Standards) -> None:
    index = standards.library_index
    astray = [
        (indicator.id, name)
        for indicator in index.indicators
        for name in (indicator.name, *indicator.aliases)
        if index.nearest(name) is not indicator
    ]
    assert astray == []


def test_every_indicator_says_what_it_is_and_where_it_is_from(standards: Standards) -> None:
    for each in standards.library_index.indicators:
        assert each.definition.zh.strip(), each.id
        assert each.definition.en.strip(), each.id
        assert each.basis, each.id
        assert each.verified is not None, each.id
        assert each.ledgers, each.id
        assert all(ledger in standards.library_index.ledgers for ledger in each.ledgers), each.id
        assert ("待核对" in each.basis) != each.verified, each.id


def test_formulas_recompute_from_the_project_s_own_funds(standards: Standards) -> None:
    formulas = {each.id: each.formula for each in standards.library_index.indicators if each.formula}
    assert formulas["MI-106"] == "abs(executed - initial) / initial"
    assert formulas["MI-108"] == "(adjusted - executed) / adjusted"
    for formula in formulas.values():
        assert set(Formula.parse(formula).names) <= {"initial", "adjusted", "executed"}


def test_costs_have_an_upper_limit_or_a_fixed_value(standards: Standards) -> None:
    costs = [each for each in standards.library_index.indicators if each.level2 == "成本指标"]
    assert len(costs) >= 5
    assert {each.operator for each in costs} <= {"≤", "="}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("资助人数", "MI-30"),
        ("宣传次数", "MI-94"),
        ("医保系统正常运行率", "MI-88"),
        ("系统、网络等故障处理时限", "MI-89"),
        ("预算编制准确率（计算方法为：∣（执行数-预算数）/预算数∣）", "MI-106"),
        ("“三公经费”控制率[计算方法为：（三公经费实际支出数/预算安排数]×100%）", "MI-109"),
        ("参保人员满意率", "MI-101"),
        ("困难群众满意度", "MI-102"),
        ("上级部门满意度", "MI-103"),
        ("离休人员满意度", "MI-104"),
        ("定点医疗机构满意度", "MI-105"),
        ("受益群众满意度", "CI-17"),
        # Names that no list above holds in these words.
        ("全区基本医疗保险参保率", "MI-01"),
        ("城乡居民基本医保参保人数", "MI-02"),
        ("定点医疗机构检查覆盖率", "MI-50"),
        ("定点医药机构监督检查全覆盖率", "MI-50"),
        ("医保基金结算清单上传率", "MI-73a"),
        ("住院医疗救助人次数", "MI-33a"),
    ],
)
def test_a_name_as_documents_print_it(standards: Standards, name: str, wanted: str) -> None:
    found = standards.library_index.nearest(name)
    assert found is not None
    assert found.id == wanted


@pytest.mark.parametrize(
    "name",
    [
        "学生满意度", "企业满意度", "患者满意度", "村民满意度", "相关部门和参保对象满意度",
        "职工医保参保率", "养老保险参保人数", "失业保险参保率", "低保对象参保率",
        "政策范围内门诊费用报销比例", "门诊慢特病救助比例", "省内异地就医直接结算率",
        "门诊费用跨省直接结算率", "村级卫生室覆盖率",
        "覆盖率", "及时率", "培训次数", "培训人次", "业务培训合格率", "报销人次", "办公经费", "工作经费",
        "道路完好率", "设备利用率", "疫苗接种覆盖率", "图书借阅人次", "信息公开率", "采购任务完成率",
        "系统故障响应时间", "资助人次", "公用经费执行率",
    ],
)  # fmt: skip
def test_a_name_that_is_near_to_an_entry_and_does_not_mean_it(standards: Standards, name: str) -> None:
    assert standards.library_index.nearest(name) is None


def _printed(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    if isinstance(data, dict):
        if isinstance(data.get("level3"), str):
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from _printed(each)


@pytest.mark.skipif(not TRUTH.is_dir(), reason="the publications' ground truth is not here")
def test_names_of_published_targets(standards: Standards) -> None:
    """Seven in ten names have an entry; with an entry, a rate is a rate and a count a count."""
    rows = [row for file in PRINTED for row in _printed(json.loads((TRUTH / file).read_text("utf-8")))]
    names = {row["level3"] for row in rows}
    found = {name: standards.library_index.nearest(name) for name in names}
    assert len([each for each in found.values() if each is not None]) >= 0.7 * len(names)
    astray = [
        (name, each.id)
        for name, each in found.items()
        if each is not None and name.endswith(("率", "比例", "满意度")) and each.unit != "%"
    ]
    assert astray == []
