"""What the hand-made truth says of two publications' targets: every defect is found where it stands.

Held against the examples, which carry figures and no sentences, and against the text of the budget.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from hengjian.audit import audit
from hengjian.filing import read_filing
from hengjian.kernel import Finding, Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.packs.load import Library
from hengjian.scoring.targets import target_findings

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
TRUTH = SHARED / "truth" / "lingshou-2021-budget"
SOURCE = SHARED / "sources" / "lingshou-2021-budget.txt"
needs_truth = pytest.mark.skipif(
    not (TRUTH.is_dir() and SOURCE.is_file()),
    reason="the hand-made truth is no part of the repository; it is not beside this checkout",
)
KINDS = frozenset(
    {"target_plausibility", "target_operator", "duplicate_targets", "target_qualitative",
     "definition_mismatch", "wrong_cell", "missing_amount"}
)  # fmt: skip
CADRES, POOR, DISABLED, AGENTS = (
    "贫困县离休干部医药费补助",
    "提高贫困人口医疗保障救助水平县级补助项目",
    "离休干部、伤残军人药费",
    "省级财政城乡居民医保村级代办员补助项目",
)
ASSISTANCE = "城乡医疗救助县级补助项目"
NETWORK = "公费、城乡居民医疗稽查及网络运行经费"
EXPECTED: dict[str, list[tuple[str, str, str | None]]] = {
    "ls21-d02": [("target.needs-more", CADRES, "年人均标准")],
    "ls21-d03": [("target.needs-more", DISABLED, "年人均标准")],
    "ls21-d04": [("target.needs-more", POOR, "补助人均标准")],
    "ls21-d05": [("target.limit-passed", AGENTS, "补贴人均标准")],
    "ls21-d06": [("target.cost-direction", NETWORK, "宣传资料印刷成本")],
    "ls21-d07": [("target.cost-direction", CADRES, "年人均标准")],
    "ls21-d08": [("target.cost-direction", POOR, "补助人均标准")],
    "ls21-d09": [("target.cost-direction", DISABLED, "年人均标准")],
    "ls21-d10": [("target.claimed-by-several", ASSISTANCE, "资助人数")],
    "ls21-d11": [("target.same-set", CADRES, "保障报销人数")],
    "ls21-d12": [("target.no-amount", ASSISTANCE, None)],
    "ls21-d13": [("target.definition", POOR, "政策范围内报销比例")],
    "ls21-d22": [("target.basis-unfit", DISABLED, "实际减轻离休伤残人员经济负担")],
    "ls21-d23": [
        ("target.number-in-description", project, "资助工作完成时限")
        for project in (ASSISTANCE, "中央财政医疗救助补助资金", "省级财政医疗救助补助资金")
    ],
    "ls21-d24": [("target.qualitative", AGENTS, "工作效率提高情况")],
    "ls21-d25": [("target.operator-missing", NETWORK, "年度内监督检查覆盖率")],
    "ls21-d28": [("target.kind", AGENTS, "资金补贴到位率")],
}  # fmt: skip
"""Code, project and indicator of the finding that tells each defect."""


@cache
def library() -> Library:
    return load_library(data_folder("packs"))


@cache
def lint(name: str) -> tuple[Finding, ...]:
    filing = read_filing(ROOT / "examples" / name, library())
    return tuple(target_findings(filing, standards_for(library(), filing.pack, filing.year)))


def truth() -> dict[str, dict[str, str]]:
    defects = json.loads((TRUTH / "defects.json").read_text(encoding="utf-8"))
    return {defect["id"]: defect for defect in defects if defect["kind"] in KINDS}


def told(findings: Iterable[Finding]) -> set[tuple[str, str | None, str | None]]:
    """Return code, project file's name and indicator of findings; projects stand in files of their names."""
    return {(finding.code, finding.place.file, finding.place.row) for finding in findings}


def file_of(project: str) -> str:
    (file,) = (ROOT / "examples" / "lingshou-2021" / "projects").glob(f"*-{project.replace('、', '-')}.toml")
    return f"projects/{file.name}"


@needs_truth
def test_every_defect_of_targets_has_its_finding() -> None:
    assert set(EXPECTED) == set(truth())


@pytest.mark.parametrize("defect", EXPECTED)
def test_the_lint_finds_a_defect(defect: str) -> None:
    found = told(lint("lingshou-2021"))
    for code, project, indicator in EXPECTED[defect]:
        assert (code, file_of(project), indicator) in found


def test_the_lint_is_loud_about_defects_only() -> None:
    loud = told(f for f in lint("lingshou-2021") if f.severity is not Severity.INFO)
    known = {(code, file_of(project), row) for each in EXPECTED.values() for code, project, row in each}
    assert loud <= known


def test_amounts_come_out_as_they_were_reckoned_by_hand() -> None:
    needed = [f.expected for f in lint("lingshou-2021") if f.code == "target.needs-more"]
    assert needed == ["147.6", "1436.384", "504"]
    (limit,) = (f for f in lint("lingshou-2021") if f.code == "target.limit-passed")
    assert (limit.expected, limit.severity) == ("5.8932", Severity.INFO)
    assert "0.2036" in limit.message.zh


def test_results_and_money_of_the_accounts() -> None:
    (finding,) = (f for f in lint("quxian-2022") if f.code == "result.money-mismatch")
    assert (finding.stated, finding.expected) == ("4596.52", "4153.3169")
    units = [f.place.row for f in lint("quxian-2022") if f.code == "target.unit"]
    assert units == ["宣传次数", "医疗救助资助参保人次数", "住院救助人次数", "门诊救助人次数"]


IN_WORDS = frozenset({"target.unit-denominator", "target.goal-copied", "target.description-repeats"})
"""Told of the text only: the examples leave sentences out."""
NOT_IN_TEXT = frozenset({"ls21-d02", "ls21-d03", "ls21-d04", "ls21-d05"})
"""The forms print no amounts; those of the explanation are no part of the projects."""


@needs_truth
@pytest.mark.parametrize("defect", sorted(set(EXPECTED) - NOT_IN_TEXT))
def test_the_audit_of_the_text_finds_a_defect(defect: str) -> None:
    found = {(f.code, f.place.table, f.place.row) for f in audited()}
    for code, project, indicator in EXPECTED[defect]:
        assert (code, project, indicator) in found


@needs_truth
def test_the_text_tells_more_than_the_example() -> None:
    assert {f.code for f in audited()} >= IN_WORDS


@cache
def audited() -> tuple[Finding, ...]:
    return tuple(audit(SOURCE, library()).findings)
