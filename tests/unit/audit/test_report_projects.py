"""Projects in the numbered sentences of a report, in the orders that reports put them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.audit.report_projects import projects_from_report
from hengjian.documents import Block, DocumentTree, Heading, Paragraph
from hengjian.filing import Project
from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for

STANDARDS = standards_for(load_library(data_folder("packs")), "cn/national", FiscalYear(2022))
SECTION = ("三、项目绩效自评情况",)


def read(*texts: str, section: tuple[str, ...] = SECTION) -> tuple[Project, ...]:
    return projects(*(Paragraph(text, section, None, number) for number, text in enumerate(texts, 1)))


def projects(*blocks: Block) -> tuple[Project, ...]:
    tree = DocumentTree("made-up.txt", "0" * 64, "txt", blocks, (), None, wrapped=False)
    return projects_from_report(tree, STANDARDS)


def said(project: Project) -> tuple[str, dict[str, str], Decimal | None]:
    assert project.funds is not None
    figures = {column: getattr(f.value, "text", "") for (_, column), f in project.funds.figures.items()}
    return project.name, figures, project.total_score


SECOND = "2、图书采购项目5万元。此项目实际支出5万元，预算执行率100%，自评得分100分。"


@pytest.mark.parametrize(
    "text",
    [
        "1、书屋、阅览室维护 20万元。用于维护书屋。此项目实际支出19.5 万元，预算执行率97.5%，自评得分98 分。",
        "1.书屋、阅览室维护，预算安排20万元，支出19.5万元，执行率97.5%，自评得分98分。用于维护书屋。",
        "（1）书屋、阅览室维护：全年预算数20万元，执行数为19.5万元，完成预算的97.5%，用于维护书屋。自评总分为98分。",
        "1．书屋、阅览室维护。自评得分98分。调整预算20万元，已支出19.5万元，执行率为97.5%。主要用于维护书屋。",
    ],
)
def test_the_orders_in_which_a_project_is_told(text: str) -> None:
    first, _ = read(text, SECOND)
    assert said(first) == (
        "书屋、阅览室维护",
        {"adjusted": "20", "executed": "19.5", "rate": "97.5%"},
        Decimal(98),
    )
    assert first.texts["overview"].removeprefix("主要").startswith("用于维护书屋")
    assert first.place.line == 1


def test_the_budget_of_the_year_s_beginning_is_told_apart() -> None:
    text = "1、书屋维护：年初预算30万元，调整后预算20万元，支出19.5万元。"
    first, _ = read(text, SECOND)
    assert said(first)[1] == {"initial": "30", "adjusted": "20", "executed": "19.5"}


def test_a_project_under_a_heading_of_its_own() -> None:
    found = projects(
        Heading("1、书屋维护", 3, "1、", SECTION, None, 1),
        Paragraph("预算安排20万元，支出19.5万元。", (*SECTION, "1、书屋维护"), None, 2),
        Heading("2、图书采购", 3, "2、", SECTION, None, 3),
        Paragraph("预算安排5万元，支出5万元。", (*SECTION, "2、图书采购"), None, 4),
    )
    assert [project.name for project in found] == ["书屋维护", "图书采购"]


@pytest.mark.parametrize(
    ("section", "texts"),
    [
        (("五、一般公共预算支出决算情况",), ("1、书屋维护5万元，支出5万元。", SECOND.replace("项目", ""))),
        (SECTION, ("1、书屋维护，预算安排20万元。", "2、图书采购。")),  # nothing spent
        (SECTION, ("书屋维护20万元，支出20万元。", "图书采购5万元，支出5万元。")),  # no list
        (SECTION, (SECOND,)),  # a list counts from 1
        (SECTION, ("1、书屋维护20万元，支出20万元。",)),  # one item is no list
        (SECTION, ("1、因公出国（境）费预算20万元，支出20万元。", "2、公务接待费预算5万元，支出5万元。")),
        (
            SECTION,
            ("1、文化（类）图书（项）预算20万元，支出20万元。", "2、教育（类）预算5万元，支出5万元。"),
        ),
        (SECTION, ("1、认真做好书屋维护工作。", "2、按时完成图书采购。")),
    ],
)
def test_what_is_no_list_of_projects(section: tuple[str, ...], texts: tuple[str, ...]) -> None:
    assert read(*texts, section=section) == ()
