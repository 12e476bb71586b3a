"""Findings about several projects together and beside last year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hengjian.filing.model import Operator
from hengjian.kernel import Place
from hengjian.scoring.targets import target_findings
from tests.unit.scoring.maker import filing, indicator, project, standards
from tests.unit.scoring.test_targets import OWN, found

SAME = tuple(
    indicator("≥", "95", None, name=name, unit="%", level2="质量指标")
    for name in ("甲率", "乙率", "丙率", "丁率")
)
COUNTED = indicator("≥", "41", None, name="保障人数", unit="人")


def test_two_projects_for_what_may_be_the_same_persons() -> None:
    one = project(COUNTED, *SAME, name="补助")
    other = project(replace(COUNTED, target="140"), *SAME, name="药费")
    (finding,) = found("target.same-set", OWN, one, other)
    assert (finding.stated, finding.expected) == ("≥41人", "≥140人")
    for different in (
        project(replace(COUNTED, target="140"), *SAME[:3], name="药费"),
        project(replace(COUNTED, target="140", name="培训人数"), *SAME, name="药费"),
        project(replace(COUNTED, target="140", unit="册"), *SAME, name="药费"),
    ):
        assert found("target.same-set", OWN, one, different) == []


def test_many_projects_for_the_same_persons_are_one_finding() -> None:
    many = [project(replace(COUNTED, target=f"4{n}"), *SAME, name=f"项目{n}") for n in range(10)]
    (finding,) = found("target.same-set", OWN, *many)
    assert "“项目1”" in finding.message.zh
    assert len(finding.related) == 8


def test_the_same_persons_are_told_of_as_one_claim() -> None:
    counted = replace(COUNTED, target="34475")
    pair = [project(counted, *SAME, name=name) for name in ("补助", "药费")]
    assert len(found("target.claimed-by-several", OWN, *pair)) == 1
    assert found("target.same-set", OWN, *pair) == []


def test_goals_word_for_word() -> None:
    def goals(*texts: str) -> int:
        made = [
            project(indicator(), name=f"项目{n}", texts={"annual_goal": text}) for n, text in enumerate(texts)
        ]
        return len(found("target.goal-copied", OWN, *made))

    assert goals("保障全馆各项工作正常有序开展。", "保障全馆各项工作正常有序 开展。") == 1
    assert goals("保障全馆各项工作正常有序开展。", "更换全馆各楼层的门窗和照明。") == 0
    assert goals("（文字）", "（文字）") == 0
    assert goals("保障全馆各项工作正常有序开展。") == 0


def test_one_basis_has_one_term() -> None:
    def terms(*given: str | None) -> list[str | None]:
        made = project(*(indicator(basis=basis) for basis in given))
        return [finding.stated for finding in found("target.basis-terms", OWN, made)]

    assert terms("历史标准", "历史数据", "计划标准") == ["“历史标准”、“历史数据”"]
    assert terms("历史数据", "历史依据") == ["“历史数据”、“历史依据”"]
    assert terms("历史数据", "历史数据", None) == terms("计划标准") == []


@pytest.mark.parametrize(
    ("operator", "target", "last", "wrong"),
    [("≥", "10", "16", True), ("≥", "16", "16", False), ("≤", "30", "20", True), ("≤", "20", "20", False),
     ("=", "10", "16", False), ("≥", "10", "很多", False), ("≥", "10", None, False)],
)  # fmt: skip
def test_a_target_behind_last_years_result(
    operator: Operator, target: str, last: str | None, wrong: bool
) -> None:
    now = filing(project(indicator(operator, target, None, name="讲座次数", unit="次")), year=2023)
    before = filing(project(indicator("≥", "5", last, name="讲座次数", unit="次")), year=2022)
    told = [f for f in target_findings(now, standards(), before) if f.code == "target.below-last-year"]
    assert bool(told) == wrong
    assert not [f for f in target_findings(now, standards()) if f.code == "target.below-last-year"]


def test_last_years_indicator_is_that_of_the_same_project() -> None:
    def indicators(actual: str | None, target: str) -> list[object]:
        made = indicator("≥", target, actual, name="讲座次数", unit="次", place=Place(line=int(target)))
        return [project(made, name="甲"), project(replace(made, target="99", actual="99"), name="乙")]

    now, before = filing(*indicators(None, "20")), filing(*indicators("18", "10"), year=2022)  # type: ignore[arg-type]
    assert not [f for f in target_findings(now, standards(), before) if f.code == "target.below-last-year"]
    renamed = filing(project(indicator("≥", "5", None, name="讲座次数", unit="次"), name="丙"))
    assert not [
        f for f in target_findings(renamed, standards(), before) if f.code == "target.below-last-year"
    ]
