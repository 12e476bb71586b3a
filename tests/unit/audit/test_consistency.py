"""A document against itself: planted contradictions are found, and a consistent document has none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.audit.consistency import consistency_findings
from hengjian.documents import Block, Cell, DocumentTree, Heading, Paragraph, Table, TocEntry
from hengjian.filing import Entity, Filing, Project, Sheet
from hengjian.kernel import Amount, Figure, Finding, FiscalYear, MoneyUnit, Place, Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for


def standards() -> Standards:
    return standards_for(load_library(data_folder("packs")), "cn/national", FiscalYear(2022))


def heading(text: str, line: int = 1, section: tuple[str, ...] = ()) -> Heading:
    return Heading(text, len(section) + 1, "", section, None, line)


def paragraph(text: str, line: int = 1, section: tuple[str, ...] = ()) -> Paragraph:
    return Paragraph(text, section, None, line)


def document(*blocks: Block, toc: tuple[TocEntry, ...] = ()) -> DocumentTree:
    return DocumentTree("made-up.txt", "0" * 64, "txt", blocks, (), None, wrapped=False, toc=toc)


def filing(*projects: Project, sheets: tuple[Sheet, ...] = ()) -> Filing:
    return Filing(
        Entity("青山图书馆"),
        FiscalYear(2022),
        "cn/national",
        "final_accounts",
        sheets={sheet.form: sheet for sheet in sheets},
        projects=projects,
    )


def project(name: str, initial: str, executed: str, code: str | None = None) -> Project:
    form = "performance.funds"
    figures = {
        ("total", column): Figure(form, "total", column, amount)
        for column, text in (("initial", initial), ("executed", executed))
        if (amount := Amount.parse(text, MoneyUnit.WAN_YUAN)) is not None
    }
    funds = Sheet(form, {"total": "总额"}, figures)
    return Project(name, code, funds, place=Place(quote=name), execution_weight=Decimal(10))


def found(tree: DocumentTree, made: Filing | None = None) -> list[Finding]:
    return list(consistency_findings(tree, made or filing(), standards()))


def test_a_consistent_document_has_no_finding() -> None:
    tree = document(
        heading("2022年度青山图书馆部门决算"),
        paragraph("青山图书馆行政编制12名，实有12人；事业编制20名，在职18人。"),
        paragraph("人员类项目决算与预算的偏差控制在10%以内。"),
        paragraph("维护费支出5.00万元。"),
        toc=(TocEntry("2022年度青山图书馆部门决算", "1", 1),),
    )
    own = project("书架采购", "10.00", "10.50", "51000022R000001234567")
    assert found(tree, filing(own)) == []


@pytest.mark.parametrize(
    ("text", "kind", "stated", "over"),
    [("行政编制12名，实有14人。", "行政编制", "14", "2"),
     ("事业编制 20 个，在职在编 21 人。", "事业编制", "21", "1"),
     ("参公编制32名、现有34名", "参公编制", "34", "2")],
)  # fmt: skip
def test_more_staff_than_posts(text: str, kind: str, stated: str, over: str) -> None:
    (finding,) = found(document(paragraph(f"青山图书馆{text}")))
    assert (finding.code, finding.severity) == ("document.headcount", Severity.WARNING)
    assert (finding.stated, finding.difference) == (stated, over)
    assert kind in finding.message.zh
    assert (finding.place.quote or "?") in f"青山图书馆{text}"


@pytest.mark.parametrize(
    "text", ["行政编制12名，实有12人。", "行政编制12名，实有5人。", "编制情况见附表，实有14人。"]
)
def test_posts_that_suffice_are_no_finding(text: str) -> None:
    assert found(document(paragraph(text))) == []


@pytest.mark.parametrize(
    ("title", "year"),
    [("2023年部门整体支出绩效评价报告", "2023"), ("2024 年度 项目支出绩效自评", "2024"),
     ("2021年绩效自评报告", None), ("2022年绩效自评报告", None), ("2023年工作打算", None),
     ("2023年5月绩效自评", None), ("2023 年 12 月部门决算", None),
     ("2023年项目支出绩效自评。", None), ("截至2023年的报告", None)],
)  # fmt: skip
def test_a_report_named_after_a_later_year(title: str, year: str | None) -> None:
    stated = [finding.stated for finding in found(document(heading(title)))]
    assert stated == ([] if year is None else [year])


def test_contents_and_heading_that_differ() -> None:
    blocks = (heading("三、支出决算情况说明", 9), heading("四、财政拨款收入支出决算总体情况说明", 12))
    entries = (TocEntry("三、支出决算情况说明", "3", 2), TocEntry("四、财政拨款收支决算总体情况说明", "4", 3))
    (finding,) = found(document(*blocks, toc=entries))
    assert finding.code == "document.contents-title"
    assert (finding.stated, finding.expected) == (
        "四、财政拨款收入支出决算总体情况说明",
        "四、财政拨款收支决算总体情况说明",
    )
    assert (finding.place.line, finding.related[0].line) == (12, 3)
    other = (TocEntry("五、政府性基金预算支出情况说明", "5", 4), TocEntry("四、绩效评价", "6", 5))
    assert found(document(*blocks, toc=other)) == [], "another title is not this one written otherwise"


def titles(count: int) -> tuple[Heading, ...]:
    numbers = "一二三四五六七八九"
    return tuple(heading(f"{numbers[i]}、第{numbers[i]}决算表", i + 1) for i in range(count))


def test_tables_that_are_listed_and_not_there() -> None:
    (finding,) = found(document(*titles(9)))
    assert (finding.code, finding.severity) == ("document.tables-missing", Severity.ERROR)
    assert "9张" in finding.message.zh
    assert found(document(*titles(4))) == [], "a few titles are no list of tables"
    cell = Cell("项目", 0, 0)
    table = Table("收入决算表", (), ((cell,),), (), None, 20)
    assert found(document(*titles(9), table)) == []
    sheet = Sheet("final.income", {}, {})
    assert found(document(*titles(9)), filing(sheets=(sheet,))) == []
    contents = tuple(heading(block.text, block.line, ("目录",)) for block in titles(9))
    assert found(document(*contents)) == [], "the table of contents lists what stands elsewhere"


@pytest.mark.parametrize(
    ("text", "initial", "executed", "beyond"),
    [
        ("人员类项目决算与预算的偏差控制在10%以内。", "10.00", "12.00", True),
        ("人员类项目偏差控制在10％之内。", "10.00", "8.00", True),
        ("人员类项目年初预算数与决算数差异保持在10%内。", "10.00", "11.00", False),
        ("人员类项目偏差程度控制在10%以内。", "10.00", "9.00", False),
        ("人员类项目偏差程度控制在10%以内。", "10.0", "11.1", False),  # 11.05 of 10.05 is within
        ("运转类项目偏差程度控制在10%以内。", "10.00", "12.00", False),  # another class
        ("项目偏差程度控制在10%以内。", "10.00", "12.00", False),  # no class is named
        ("人员类项目偏差程度控制在10%以内。", "0.00", "12.00", False),  # no base
    ],
)
def test_a_claimed_deviation_against_the_forms(text: str, initial: str, executed: str, beyond: bool) -> None:
    own = project("书架采购", initial, executed, "51000022R000001234567")
    assert [f.code for f in found(document(paragraph(text)), filing(own))] == (
        ["document.deviation"] if beyond else []
    )


def test_the_worst_deviation_is_named() -> None:
    text = "人员类项目偏差程度控制在10%以内。"
    made = [
        project(name, "10.00", spent, "51000022R000001234567")
        for name, spent in (("甲", "12.00"), ("乙", "4.00"))
    ]
    (finding,) = found(document(paragraph(text)), filing(*made))
    assert "“乙”" in finding.message.zh
    assert "2个项目" in finding.message.zh
    assert finding.expected is not None
    assert finding.expected.startswith("-60")
    assert len(finding.related) == 2


@pytest.mark.parametrize(
    ("stated", "executed", "wrong"),
    [("1.30", "2.85", True), ("2.85", "2.85", False), ("2.8", "2.85", False), ("3.00", "2.85", False)],
)
def test_a_project_that_spent_more_than_its_whole_item(stated: str, executed: str, wrong: bool) -> None:
    own = project("公务用车运行维护费", "3.00", executed)
    tree = document(paragraph(f"2022年公务用车运行维护费支出{stated}万元，主要用于保险。"))
    codes = [finding.code for finding in found(tree, filing(own))]
    assert codes == (["document.project-amount"] if wrong else [])


def test_a_project_of_its_own_name_is_no_item_of_the_text() -> None:
    tree = document(paragraph("书架采购支出1.00万元。"))
    assert found(tree, filing(project("书架采购", "3.00", "2.85"))) == []


def test_guidance_of_the_template_is_one_finding_with_its_places() -> None:
    left = [paragraph("XX单位2022年收入XX万元。", 3), paragraph("主要原因是（请填写原因）。", 5)]
    (finding,) = found(document(paragraph("本年收入5.00万元。", 1), *left))
    assert (finding.code, finding.place.line) == ("document.prompts-left", 3)
    assert [place.line for place in finding.related] == [5]
    assert "2处" in finding.message.zh
