"""The scoring methods that are shipped: their weights and grades, and what their lines can give."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import get_args

from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.packs.rubric import Rubric, Shape
from hengjian.scoring.attainable import attainable


@cache
def rubric(subject: str, pack: str, year: int) -> Rubric:
    found = standards_for(load_library(data_folder("packs")), pack, FiscalYear(year)).rubric_for(subject)
    assert found is not None
    return found


def project(pack: str, year: int = 2023) -> Rubric:
    return rubric("project", pack, year)


def department(pack: str, year: int) -> Rubric:
    return rubric("department", pack, year)


def layouts(of: Rubric) -> list[dict[str, int]]:
    return [{level.level1: int(level.weight) for level in layout} for layout in of.layouts]


def grades(of: Rubric) -> list[tuple[str, int]]:
    return [(grade.name, int(grade.at_least)) for grade in of.grades]


def possible(of: Rubric) -> dict[str, str]:
    """Return the scores that every line with a maximum can give."""
    return {line.title: attainable(line.rule, line.max).words for line in of.lines if line.max is not None}


# Of projects


def test_the_national_method_before_and_after_the_guide_of_2021() -> None:
    before, after = project("cn/national", 2020), project("cn/national", 2022)
    plain = [{"产出指标": 50, "效益指标": 30, "满意度指标": 10}, {"产出指标": 50, "效益指标": 40}]
    assert layouts(before) == plain
    assert layouts(after) == [
        *plain,
        {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10},
        {"成本指标": 20, "产出指标": 40, "效益指标": 30},
    ]
    assert (before.satisfaction, before.explain_above) == ((), None)
    shares = [f"{band.at_least}: {band.share}" for band in after.satisfaction]
    assert shares == ["0: 0", "60: 0.50", "80: 0.80", "90: 1"]
    assert after.explain_above == 130
    assert grades(before) == grades(after) == [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
    assert not before.verified
    assert not after.verified


def test_provinces_score_projects_in_their_own_way() -> None:
    hebei, sichuan, guangdong = (project(f"cn/{name}") for name in ("hebei", "sichuan", "guangdong"))
    assert grades(hebei) == [("优秀", 85), ("良好", 75), ("一般", 60), ("较差", 0)]
    assert layouts(hebei) == [{"产出指标": 40, "效益指标": 40, "满意度指标": 10}]
    assert (sichuan.execution_weight, sichuan.indicator_weight) == (Decimal(10), Decimal(90))
    assert sichuan.layouts == ()
    assert sichuan.explain_below == 90
    bands = [f"{band.lower}-{band.upper} {band.earns}" for band in guangdong.completion]
    assert bands == ["0-60 none", "60-100 proportional", "100-150 full", "150-None half"]
    assert guangdong.completion[2].up_to == 150
    assert [(band.grade, int(band.low)) for band in guangdong.qualitative] == [
        ("优", 95),
        ("良", 85),
        ("达标", 70),
        ("不达标", 50),
    ]


# Of departments


def test_the_national_framework_measures_and_sets_no_points() -> None:
    framework = department("cn/national", 2023)
    assert not framework.complete
    assert {line.max for line in framework.lines} == {None}
    groups = list(dict.fromkeys(line.level1 for line in framework.lines))
    assert groups == ["投入", "过程", "产出", "效果"]
    assert len(framework.lines) == 24


def test_inputs_that_several_authorities_ask_for_have_one_id_and_one_cell() -> None:
    national = department("cn/national", 2023).inputs
    others = [("cn/sichuan", 2018), ("cn/sichuan", 2023), ("cn/guangdong", 2023), ("cn/hebei", 2023)]
    shared = 0
    for pack, year in others:
        for name, declared in department(pack, year).inputs.items():
            if name in national:
                assert (declared.measure, declared.cell) == (national[name].measure, national[name].cell), (
                    name
                )
                shared += 1
    assert shared >= 10


def test_the_county_rubric_of_2018() -> None:
    county = department("cn/sichuan", 2018)
    assert len(county.lines) == 30
    groups = dict.fromkeys(line.level1 for line in county.lines)
    sums = {group: sum(line.max or 0 for line in county.lines if line.level1 == group) for group in groups}
    assert sums == {"预算编制": 16, "预算执行": 24, "综合管理": 40, "整体效益": 20}
    scores = possible(county)
    assert scores["预算编制准确"] == "4、1、0"
    assert scores["部门预算审查"] == scores["预算公开"] == "2、1.5、1、0.5、0"
    assert scores["行政事业单位资产清查开展情况"] == "2、1、0"
    assert scores["部门整体目标"] == "5、0"
    assert {scores[title] for title in ("预算完成率", "支付进度控制率")} == {"0~5"}
    assert scores["根据部门单位特点针对性设置"] == "0~20"


def test_what_is_legible_of_a_citys_rubric_of_2023() -> None:
    city = department("cn/guangdong", 2023)
    assert not city.complete
    assert sum(line.max or 0 for line in city.lines if line.level1 == "履职效能") == 40
    assert sum(line.max or 0 for line in city.lines if line.level2 == "运行成本") == 3
    (bonus,) = [line for line in city.lines if line.bonus]
    assert bonus.max is None
    scores = possible(city)
    assert scores["合同备案及时性"] == "1、0"
    assert scores["资产收益上缴的及时性"] == "1、0.5、0"


def test_counties_of_sichuan_from_2022_on() -> None:
    county = department("cn/sichuan", 2022)
    assert (county.complete, {line.max for line in county.lines}) == (False, {None})
    assert department("cn/sichuan", 2020) == department("cn/national", 2020)


def test_a_city_inherits_its_province_and_has_its_own_rubric() -> None:
    city = department("cn/sichuan/dazhou", 2022)
    groups = dict.fromkeys(line.level1 for line in city.lines)
    sums = {group: sum(line.max or 0 for line in city.lines if line.level1 == group) for group in groups}
    assert sums == {"部门决策": 25, "综合管理": 30, "部门绩效情况": 45}
    assert project("cn/sichuan/dazhou") == project("cn/sichuan")


def test_no_document_is_taken_for_the_citys_by_itself() -> None:
    manifest = load_library(data_folder("packs")).packs["cn/sichuan/dazhou"].manifest
    assert (manifest.places, manifest.region) == ((), None)
    assert manifest.title.zh.removeprefix("达州市") != ""


def test_the_overall_weights_of_hebei() -> None:
    county = department("cn/hebei", 2022)
    assert {line.title: int(line.max or 0) for line in county.lines} == {
        "产出": 40,
        "效益": 40,
        "满意度": 10,
        "预算执行率": 10,
    }
    assert grades(county) == grades(project("cn/hebei"))


def test_the_demonstration_has_every_shape() -> None:
    union, _ = get_args(Shape)
    shapes = {option.__name__ for option in get_args(union)}
    assert {type(line.rule).__name__ for line in department("demo", 2022).lines} == shapes
