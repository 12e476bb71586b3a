"""Every score of a real department's 23 projects is recomputed: it agrees, or the difference has a name."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.filing import read_filing
from hengjian.kernel import Finding, Outcome
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.scoring import Assessment, IndicatorScore
from hengjian.scoring.review import assess
from hengjian.scoring.words import span

ROOT = Path(__file__).resolve().parents[2]
TRUTH = ROOT.parent / "shared" / "truth" / "quxian-2022-final-accounts"
needs_truth = pytest.mark.skipif(
    not TRUTH.is_dir(),
    reason="the hand-made truth is no part of the repository; it is not beside this checkout",
)

DIFFERENT = {
    "城乡居民基本医疗保险参保人数": ("score.not-by-rule", "7", "7.74"),
    "系统、故障处理时限": ("score.unmet-full", "10", "<10"),
    "系统、网络等故障处理时限": ("score.unmet-full", "10", "<10"),
}
"""Indicator → finding, points stated and points by the rule: 7 of 8 for 96.77 %, 24 that is not below 24."""
MISSING = {
    "医保系统验收合格率": "完成值只是重复指标值",
    "医保重要政策知晓率": "完成值只是重复指标值",
    "参保人员对医保服务的满意度": "完成值只是重复指标值",
    "医保信息系统正常运行率": "完成值不是数值",
    "医保信息系统重大安全事件响应时间": "完成值不是数值",
    "医保信息系统运行维护响应时间": "完成值不是数值",
    "定点医药机构监督检查覆盖率": "完成值不是数值",
    "医保人才培养合格率": "完成值不是数值",
    "跨省异地就医直接结算率": "没有指标值",
    "科目调整次数": "完成值处仍是填表说明",
    "职工医疗保险参保人数": "没有完成值",
}
"""Indicator → what its score cannot be computed without; each is scored in full all the same."""
DEFECTS = {
    "missing_score": {"score.execution-missing"},
    "missing_total": {"score.total-missing"},
    "placeholder_text": {"form.prompt-left"},
    "missing_value": {"result.missing", "target.missing"},
    "target_not_met_full_score": {"score.unmet-full"},
    "score_rule_unclear": {"score.not-by-rule"},
    "non_numeric_actual": {"result.repeats-target", "result.not-numeric"},
    "target_too_low": {"result.over-fulfilled"},
}
"""Kinds of defects of the truth that are about scores and results, and the findings that name them."""


@cache
def assessed() -> Assessment:
    library = load_library(data_folder("packs"))
    filing = read_filing(ROOT / "examples" / "quxian-2022", library)
    return assess(filing, standards_for(library, filing.pack, filing.year))


def indicators(outcome: Outcome) -> list[IndicatorScore]:
    every = [each for scored in assessed().projects for each in scored.indicators]
    return [each for each in every if each.score.outcome is outcome]


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


def findings_about(code: str, place: str) -> list[Finding]:
    return [each for each in assessed().findings if each.code == code and squeeze(each.place.row) == place]


def test_every_indicator_is_recomputed() -> None:
    assert len(assessed().projects) == 23
    assert len(indicators(Outcome.PASS)) == 133 - len(DIFFERENT) - len(MISSING) == 119
    assert len(indicators(Outcome.NOT_APPLICABLE)) == 0


def test_what_agrees_agrees_with_what_the_rule_gives() -> None:
    for each in indicators(Outcome.PASS):
        allowed, stated = each.score.allowed, each.score.stated
        assert allowed is not None
        assert stated is not None
        assert allowed.low <= stated <= allowed.high, each.indicator.name


def test_every_difference_is_named() -> None:
    failed = {squeeze(each.indicator.name): each for each in indicators(Outcome.FAIL)}
    assert failed.keys() == DIFFERENT.keys()
    for name, (code, stated, expected) in DIFFERENT.items():
        (finding,) = findings_about(code, name)
        assert (finding.stated, finding.expected) == (stated, expected)


def test_every_score_that_nothing_supports_says_what_is_missing() -> None:
    open_ = {squeeze(each.indicator.name): each.score.missing for each in indicators(Outcome.NOT_EVALUABLE)}
    assert {name: [what.zh for what in missing] for name, missing in open_.items()} == {
        name: [what] for name, what in MISSING.items()
    }


def test_the_projects_whose_total_follows() -> None:
    """Totals of projects with a qualitative result, or without one result, are a range or none."""
    totals = {scored.project.name: scored.total for scored in assessed().projects}
    missing = {name for name, total in totals.items() if total.allowed is None}
    assert missing == {"医疗服务与保障能力提升中央补助资金", "工会经费（事业）", "社保公共服务能力建设资金"}
    assert span(totals["城乡居民医保（三保项目）"].point or pytest.fail("no total")) == "99.74"
    settled = [total for total in totals.values() if total.point is not None and total.point.exact]
    assert len(settled) == 17
    assert {span(total.point) for total in settled if total.point is not None} == {"99.74", "100"}


@cache
def defects() -> list[dict[str, Any]]:
    found = json.loads((TRUTH / "defects.json").read_text(encoding="utf-8"))
    return [each for each in found if each["kind"] in DEFECTS]


def names(finding: Finding, defect: dict[str, Any], project: str) -> bool:
    """Tell whether a finding is about the defect's row, or about its project as a whole."""
    if finding.code not in DEFECTS[defect["kind"]] or finding.place.section not in (None, project):
        return False
    row = squeeze(finding.place.row)
    return (
        row in squeeze(f"{defect.get('indicator')} {defect['quote']}")
        if row
        else project in finding.message.zh
    )


@needs_truth
def test_every_defect_about_scores_and_results_is_found() -> None:
    projects = {scored.project.code: scored.project.name for scored in assessed().projects}
    places = [{**defect, **one} for defect in defects() for one in defect.get("occurrences") or [defect]]
    missed = [
        (each["id"], each["quote"])
        for each in places
        if not any(names(finding, each, projects[each["project_code"]]) for finding in assessed().findings)
    ]
    assert missed == []
    assert len(defects()) == 20
