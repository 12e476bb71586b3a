"""What a report says of the whole department: its score, and problems that its projects' forms deny."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.audit.rubric_table import RubricReading, read_rubrics
from hengjian.documents import DocumentTree, Paragraph
from hengjian.filing import Project
from hengjian.kernel import Finding, Place, Severity
from tests.unit.audit.test_consistency import document, filing, found, paragraph
from tests.unit.audit.test_lines import FORM, labels, lines_of, read_projects


def report(*texts: str) -> DocumentTree:
    blocks = tuple(Paragraph(text, (), None, number) for number, text in enumerate(texts, 1))
    lines = lines_of("\n".join(texts))
    return DocumentTree("made-up.txt", "0" * 64, "txt", blocks, lines, None, wrapped=True)


def score(*texts: str) -> RubricReading:
    return read_rubrics(report(*texts), labels())


def test_the_overall_score_is_read_with_its_words() -> None:
    read = score("部门整体支出按时完成。", "青山图书馆部门整体绩效自评得分为 97.5 分，较上年提高。")
    assert read.total == Decimal("97.5")
    assert read.total_place is not None
    assert (read.total_place.line, read.total_place.quote) == (2, "绩效自评得分为 97.5 分")
    assert read.findings == ()


@pytest.mark.parametrize(
    "texts",
    [
        ("项目自评得分100分。",),  # a project's own
        ("部门整体自评得分97分。", "部门整体自评得分98分。"),  # which one is not told
        ("部门整体运行正常。",),
    ],
)
def test_a_score_that_is_not_the_department_s(texts: tuple[str, ...]) -> None:
    assert score(*texts) == RubricReading((), ())


def test_scoring_rules_without_lines_leave_the_total_open() -> None:
    read = score("部门整体自评得分97分。", "每发现一次扣0.5分，扣完为止。")
    assert (read.total, read.total_place) == (None, None)
    (finding,) = read.findings
    assert (finding.code, finding.severity, finding.stated) == ("input.rubric-unread", Severity.INFO, "97")


# Problems


def denied(count: int = 5, text: str = "无") -> list[Project]:
    return [
        Project(f"项目{n}", texts={"problems": text}, places={"problems": Place(line=n)})
        for n in range(count)
    ]


def problems(text: str, section: str, *projects: Project) -> list[Finding]:
    tree = document(paragraph(text, 40, ("四、评价结论及建议", section)))
    return [each for each in found(tree, filing(*projects)) if each.code == "document.problems-denied"]


@pytest.mark.parametrize("section", ["（二）存在问题", "五、存在的问题及改进措施", "（一）存在的主要问题"])
def test_problems_that_every_form_denies(section: str) -> None:
    (finding,) = problems("预算执行进度慢，绩效目标不够细。", section, *denied())
    assert (finding.place.line, len(finding.related)) == (40, 5)
    assert "5个项目自评表" in finding.message.zh


@pytest.mark.parametrize(
    ("text", "section", "projects"),
    [
        ("预算执行进度慢。", "（二）存在问题", [*denied(), *denied(1, "进度慢")]),  # one form names it
        ("预算执行进度慢。", "（二）存在问题", denied(4)),  # too few forms
        ("预算执行进度慢。", "（二）存在问题", denied(5, "")),  # blank denies nothing
        ("预算执行进度慢。", "（三）改进建议", denied()),
        ("本年度未发现问题。", "（二）存在问题", denied()),
        ("无。", "（二）存在问题", denied()),
    ],
)
def test_problems_that_are_no_contradiction(text: str, section: str, projects: list[Project]) -> None:
    assert problems(text, section, *projects) == []


def test_goal_and_result_of_a_broken_form_are_kept_together() -> None:
    (project,) = read_projects(FORM)
    text = project.texts["goal_completion"]
    assert "维护书屋" in text
    assert "已维护书屋" in text
    assert "更换门窗" not in text
