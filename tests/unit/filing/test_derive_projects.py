"""What the projects of a filing come to is a sheet that rules can speak of."""

from __future__ import annotations

from dataclasses import replace

from hengjian.filing import PROJECTS, Entity, Filing, Project, Sheet, derived_sheets
from hengjian.kernel import Amount, Figure, FiscalYear, Measure, MoneyUnit
from hengjian.packs.schema import Form
from tests.unit.filing.maker import standards

FORM = Form.model_validate(
    {
        "form": PROJECTS,
        "title": {"zh": "项目汇总", "en": "Projects"},
        "captions": ["项目汇总"],
        "kind": "self_evaluation",
        "unit": "万元",
        "from": 2018,
        "basis": "虚构",
        "verified": True,
        "columns": [
            {"id": "count", "measure": "count", "captions": ["个数"]},
            {"id": "executed", "captions": ["执行数"]},
        ],
        "rows": [
            {"id": "total", "captions": ["合计"]},
            {"id": "operation", "of_which": "total", "captions": ["运转类"]},
            {"id": "specific", "of_which": "total", "captions": ["特定目标类"]},
            {"id": "reception", "captions": ["公务接待费"]},
        ],
    }
)
VOCABULARY = (
    standards()
    .vocabularies["indicators"]
    .model_copy(update={"project_classes": {"运转类": "Y", "特定目标类": "T"}})
)
STANDARDS = replace(standards(), forms={PROJECTS: FORM}, vocabularies={"indicators": VOCABULARY})


def project(name: str, letter: str | None, executed: str | None) -> Project:
    amount = Amount.parse(executed or "", MoneyUnit.WAN_YUAN)
    figures = {} if amount is None else {("total", "executed"): Figure("f", "total", "executed", amount)}
    code = None if letter is None else f"51000022{letter}000000000001"
    return Project(name, code, Sheet("performance.funds", {"total": "总额"}, figures))


def values(*projects: Project) -> dict[tuple[str, str], Measure]:
    filing = Filing(Entity("青山图书馆"), FiscalYear(2022), "demo", "self_evaluation", projects=projects)
    sheet = derived_sheets(filing, STANDARDS)[PROJECTS]
    assert sheet.partial
    return {cell: figure.value for cell, figure in sheet.figures.items()}


def test_projects_are_added_up_by_class_and_by_name() -> None:
    found = values(
        project("公务接待费项目", "Y", "1.20"), project("讲座", "T", "2.00"), project("展览", "T", "3.00")
    )
    assert {cell: str(value) for cell, value in found.items()} == {
        ("total", "count"): "3个",
        ("total", "executed"): "6.20万元",
        ("operation", "count"): "1个",
        ("operation", "executed"): "1.20万元",
        ("specific", "count"): "2个",
        ("specific", "executed"): "5.00万元",
        ("reception", "count"): "1个",
        ("reception", "executed"): "1.20万元",
    }


def test_a_sum_is_no_more_precise_than_its_addends_together() -> None:
    each = [project(f"讲座{number}", "T", "0.33") for number in range(12)]
    total = values(*each)["total", "executed"]
    assert total.interval.low <= 12 * 3250
    assert total.interval.high >= 12 * 3350


def test_a_class_that_one_project_does_not_tell_is_not_known() -> None:
    found = values(project("讲座", "T", "2.00"), project("展览", None, "3.00"))
    assert {row for row, _ in found} == {"total"}


def test_a_sum_that_one_project_lacks_is_not_stated() -> None:
    found = values(project("讲座", "T", "2.00"), project("展览", "T", None))
    assert ("total", "executed") not in found
    assert str(found["specific", "count"]) == "2个"


def test_no_projects_and_no_form_make_no_sheet() -> None:
    filing = Filing(Entity("青山图书馆"), FiscalYear(2022), "demo", "self_evaluation")
    assert derived_sheets(filing, STANDARDS) == {}
    some = replace(filing, projects=(project("讲座", "T", "2.00"),))
    assert PROJECTS not in derived_sheets(some, standards())
