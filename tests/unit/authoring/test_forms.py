"""Every form that a pack lays out, filled from a filing that has something for each of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document

from hengjian.audit import audit, review
from hengjian.authoring import PlannedDocument, Skipped, documents_for, write_documents
from hengjian.authoring.subjects import batches
from hengjian.filing import Filing, RubricScore
from hengjian.filing.model import (
    InputValue,
)
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.packs.layout import LISTS, Layout, values_of
from hengjian.packs.lint_layouts import lint_layouts
from tests.unit.authoring.full import AID, FULL, LINES, YEAR
from tests.unit.authoring.reading import row_of, rows, texts
from tests.unit.authoring.sample import FILING, PENSIONS, PUBLICITY

LIBRARY = load_library(data_folder("packs"))


def of(pack: str) -> Standards:
    return standards_for(LIBRARY, pack, YEAR)


def documents(pack: str, kind: str, filing: Filing = FULL) -> list[Document]:
    planned = [each for each in documents_for(filing, of(pack)) if each.kind == kind]
    assert planned
    assert all(isinstance(each, PlannedDocument) for each in planned)
    return [docx.Document(BytesIO(each.render())) for each in planned if isinstance(each, PlannedDocument)]


def layouts() -> Iterator[tuple[str, str]]:
    for pack in LIBRARY.packs:
        yield from ((pack, kind) for kind in of(pack).layouts)


@pytest.mark.parametrize(("pack", "kind"), list(layouts()))
def test_every_form_is_written_for_a_filing_that_has_all(pack: str, kind: str) -> None:
    for document in documents(pack, kind, replace(FULL, pack=pack)):
        words = texts(document)
        assert len(words) > 10
        assert "{" not in "".join((*words, *(paragraph.text for paragraph in document.paragraphs)))


@pytest.mark.parametrize(("pack", "kind"), list(layouts()))
def test_a_form_holds_the_values_that_its_pack_may_name(pack: str, kind: str) -> None:
    layout = of(pack).layouts[kind]
    for batch in batches(layout, FULL, of(pack)):
        for _, scope in batch.forms:
            assert values_of(layout.subject) <= scope.values.keys()
            assert set(LISTS[layout.subject]) == scope.lists.keys()
            for name in LISTS[layout.subject]:
                for item in scope.lists[name]:
                    assert values_of(layout.subject, name) <= item.values.keys()


def test_targets_of_a_province_with_a_column_for_operator_and_unit() -> None:
    (document,) = documents("cn/sichuan", "project_targets")
    assert row_of(document, 3, "宣传资料发放数量")[3:] == ["宣传资料发放数量", "≥", "100000", "份", "6"]
    assert row_of(document, 0, "年度资金总额")[-1] == "86.40"


def test_targets_of_a_province_with_description_and_basis() -> None:
    described = replace(PUBLICITY.indicators[0], description="检查家数", basis="年度计划")
    filing = replace(FULL, projects=(replace(PUBLICITY, indicators=(described,)),))
    (document,) = documents("cn/hebei", "project_targets", filing)
    assert row_of(document, 1, "检查家数")[2:] == [
        "现场检查定点医药机构家数",
        "检查家数",
        "≥260家",
        "年度计划",
    ]


def test_overall_targets_show_funds_tasks_and_indicators() -> None:
    (document,) = documents("cn/sichuan", "overall_targets")
    assert row_of(document, 0, "1,200.00")[1:] == [
        "1,200.00",
        "500.00",
        "500.00",
        *["", ""],
        "700.00",
        "700.00",
        "",
        "",
    ]
    assert row_of(document, 0, "参保扩面")[1:] == ["参保扩面", "动员居民参保"]
    assert row_of(document, 0, "应保尽保")[-1] == "应保尽保"
    assert row_of(document, 1, "群众满意度")[3:] == ["群众满意度", "≥", "90", "%", "40"]


def test_each_cut_off_has_a_document() -> None:
    july, september = documents("cn/national", "monitoring")
    names = [
        each.file_name for each in documents_for(FULL, of("cn/national")) if isinstance(each, PlannedDocument)
    ]
    assert "云溪县医疗保障局2022年1-7月项目支出绩效运行监控表.docx" in names
    assert september.paragraphs[0].text == "项目支出绩效运行监控表（2022年1-9月）"
    assert row_of(july, 0, "年度资金总额")[2:] == ["128.00", "420.5", "37.53%", "1,100.00"]
    assert row_of(july, 0, "其中：本年财政拨款")[2:] == ["128.00", "", "", ""]
    assert row_of(july, 1, "政策宣传活动场次")[3:] == [
        "政策宣传活动场次",
        "≥12场",
        "8",
        "14",
        "",
        "",
        "确定能",
    ]
    assert row_of(july, 1, "发放宣传品")[3:] == [
        "发放宣传品",
        "",
        "5",
        "",
        "经费保障",
        "采购未完成",
        "有可能",
    ]
    assert row_of(july, 2, "加快采购")[1:] == ["加快采购", "办公室", "2022-09-30"]


def test_an_unknown_project_is_monitored_under_its_name() -> None:
    july, _ = documents("cn/national", "monitoring")
    assert len(july.sections) == 2
    assert rows(july.tables[3])[0] == ["项目名称", "未列入的项目"]


def test_transfers_are_only_those_with_central_money() -> None:
    (document,) = documents("cn/national", "transfer_self_evaluation")
    assert len(document.sections) == 1
    assert row_of(document, 0, "其中：中央财政资金")[2:] == ["400.00", "400.00", "100.00%"]
    assert row_of(document, 0, "分配科学性")[1:] == ["分配科学性", "按救助人数分配", ""]
    assert "得分" not in texts(document)
    skipped = [each for each in documents_for(FILING, of("cn/national")) if each.kind == "transfer_targets"]
    assert [each.reason.zh for each in skipped if isinstance(each, Skipped)] == [
        "没有一个项目填报了这张表所要的资金来源。"
    ]


def test_the_summary_has_a_row_for_each_project() -> None:
    (document,) = documents("cn/hebei", "self_evaluation_summary")
    cells = row_of(document, 0, f"{AID.code}-{AID.name}")
    assert cells[:7] == ["4", f"{AID.code}-{AID.name}", "云溪县医疗保障局", "700.00", "400.00", "200.00", ""]
    assert cells[8:10] == ["690.00", "10.00"]
    assert row_of(document, 0, f"{PENSIONS.code}-{PENSIONS.name}")[11] == "100"


def test_the_score_table_states_reasons_and_inputs() -> None:
    standards = of("demo")
    rubric = standards.rubric_for("department")
    assert rubric is not None
    name, declared = next(iter(rubric.inputs.items()))
    line = next(each for each in rubric.lines if name in each.rule.model_dump_json())
    scored = RubricScore(line.title, line.level1, line.level2, line.max, line.max)
    filing = replace(FULL, rubric_scores=(scored, *LINES), inputs=(InputValue(name, "3", "件", "台账"),))
    table = of("cn/national")
    mixed = replace(standards, layouts=table.layouts, wordings=table.wordings)
    (planned,) = (each for each in documents_for(filing, mixed) if each.kind == "overall_scores")
    assert isinstance(planned, PlannedDocument)
    document = docx.Document(BytesIO(planned.render()))
    assert row_of(document, 0, line.title)[-1] == f"{declared.title.zh}：3件（台账）"
    assert row_of(document, 0, "债务还本付息")[2:] == ["债务还本付息", "2", "", "没有债务"]
    assert row_of(document, 0, "合计")[1:] == ["96.5", ""]


@pytest.mark.parametrize("pack", ["cn/national", "cn/sichuan", "cn/hebei"])
def test_what_is_written_reads_back_without_new_findings(tmp_path: Path, pack: str) -> None:
    filing = replace(FULL, pack=pack)
    known = Counter(finding.code for finding in review(filing, of(pack)).findings)
    written = [each for each in write_documents(filing, of(pack), tmp_path) if not isinstance(each, Skipped)]
    assert len(written) >= 7
    for document in written:
        audited = audit(document.path, LIBRARY, pack, YEAR.year)
        found = Counter(finding.code for finding in audited.findings)
        assert (document.kind, dict(found - known)) == (document.kind, UNREAD.get(document.kind, {}))


UNREAD = {"monitoring": {"table.unmapped": 1}, "self_evaluation_summary": {"table.unmatched": 1}}
"""Forms that no reader knows as a whole; the audit says so and nothing else."""


def test_a_pack_without_layouts_says_so() -> None:
    bare = replace(of("demo"), layouts={})
    (skipped,) = documents_for(FULL, bare)
    assert isinstance(skipped, Skipped)
    assert "没有2022年度的表样" in skipped.reason.zh


def broken(**changes: object) -> list[str]:
    pack = LIBRARY.packs["demo"]
    data = pack.layouts[0].model_dump(by_alias=True, exclude_unset=True) | changes
    layout = Layout.model_validate(data).read_from("demo/layouts/x.yaml", 1)
    return [
        fault.message for fault in lint_layouts(LIBRARY, replace(pack, layouts=(layout,)), range(2022, 2023))
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"wording": "none"}, "there is no wording none"),
        ({"above": ["unit_line"]}, "has no label unit_line"),
        ({"needs": ["lines"]}, "lines is no value"),
        ({"needs": ["funds[lottery].initial"]}, "is no cell of a form"),
        ({"widths": [100, 100, 100]}, "wider than a page"),
        ({"tables": [[["title"]]]}, "the row of title fills 1 of 11 columns"),
        ({"tables": [[[{"head": "title", "columns": 11, "rows": 2}]]]}, "reaches below the last row"),
        ({"tables": [[{"each": "lines", "cells": [{"columns": 11}]}]]}, "has no list of lines"),
    ],
)
def test_faults_of_layouts(changes: dict[str, object], fault: str | None) -> None:
    found = broken(**changes)
    assert found == [] if fault is None else any(fault in message for message in found)
