"""Published documents, where they are at hand: every table is the right form, with exactly its figures."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hengjian.audit.evaluation_grid import projects_from_tables
from hengjian.audit.form_tables import TableReading, sheets_from
from hengjian.audit.tables import reading_labels
from hengjian.documents import DocumentTree, read_document
from hengjian.filing import Sheet
from hengjian.kernel import Amount, FiscalYear, Percent
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, squeeze, standards_for

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
BUDGET = SHARED / "sources" / "lingshou-2021-budget.txt"
TRUTH = SHARED / "truth" / "lingshou-2021-budget"
pytestmark = pytest.mark.skipif(not BUDGET.exists(), reason="the published documents are not at hand")

LIBRARY = load_library(data_folder("packs"))
FORMS = [
    "budget.summary",
    "budget.income",
    "budget.expenditure",
    "budget.fiscal_summary",
    "budget.general_public",
    "budget.basic",
    "budget.government_fund",
    "budget.state_capital",
    "budget.three_public",
    "budget.procurement",
    "budget.assets",
]


@pytest.fixture(scope="module")
def standards() -> Standards:
    return standards_for(LIBRARY, "cn/hebei", FiscalYear(2021))


@pytest.fixture(scope="module")
def tree() -> DocumentTree:
    return read_document(BUDGET)


@pytest.fixture(scope="module")
def reading(tree: DocumentTree, standards: Standards) -> TableReading:
    return sheets_from(tree, standards)


def truth(name: str) -> Any:  # noqa: ANN401 - JSON of several shapes
    return json.loads((TRUTH / name).read_text(encoding="utf-8"))


def stated(sheet: Sheet) -> Iterator[tuple[str, Decimal]]:
    """Yield the printed row name and the printed number of every figure."""
    for (row, _), figure in sheet.figures.items():
        value = figure.value
        if isinstance(value, Amount | Percent):
            yield squeeze(sheet.rows[row]), Decimal(value.text.replace(",", ""))
        else:
            yield squeeze(sheet.rows[row]), value.number.value


def expected(table: Mapping[str, Any]) -> Iterator[tuple[str, Decimal]]:
    for row in table["rows"]:
        for value in row["values"].values():
            if value is not None:
                yield squeeze(row["name"]), Decimal(str(value))


def test_every_table_is_the_right_form(reading: TableReading) -> None:
    assert list(reading.sheets) == FORMS
    assert reading.findings == ()


@pytest.mark.parametrize("index", range(len(FORMS)), ids=FORMS)
def test_every_figure_is_read_and_no_other(reading: TableReading, index: int) -> None:
    table = truth("tables.json")["tables"][index]
    sheet = reading.sheets[FORMS[index]]
    assert sorted(stated(sheet)) == sorted(expected(table))
    assert len(sheet.rows) == len([row for row in table["rows"] if row["name"]])


def test_every_quote_stands_in_the_document(reading: TableReading, tree: DocumentTree) -> None:
    text = squeeze(BUDGET.read_text(encoding="utf-8"))
    for sheet in reading.sheets.values():
        for figure in sheet.figures.values():
            assert figure.place.quote is not None
            assert squeeze(figure.place.quote) in text
            assert figure.place.line is not None
            number = figure.value.text if isinstance(figure.value, Amount | Percent) else str(figure.value)
            assert number in tree.lines[figure.place.line - 1].text


def test_empty_forms_say_so(reading: TableReading) -> None:
    for form in ("budget.government_fund", "budget.state_capital", "budget.procurement"):
        sheet = reading.sheets[form]
        assert not sheet.figures
        assert sheet.note is not None
        assert sheet.note.endswith("空表列示。")


def test_every_target_is_read(tree: DocumentTree, standards: Standards) -> None:
    projects = projects_from_tables(tree, standards, reading_labels(LIBRARY)).projects
    tables = truth("targets.json")["tables"]
    assert [project.name for project in projects] == [table["project"] for table in tables]
    for project, table in zip(projects, tables, strict=True):
        assert project.texts["annual_goal"].split("\n") == table["goals"]
        assert [(i.level1, i.level2, i.name, i.basis) for i in project.indicators] == [
            (item["level1"], item["level2"], item["level3"], item["basis"]) for item in table["indicators"]
        ]
        for indicator, item in zip(project.indicators, table["indicators"], strict=True):
            operator = item["operator"] if item["operator_written"] else None
            number = item["number"]
            assert indicator.operator == operator
            assert indicator.unit == item["unit"]
            if number is None:
                assert indicator.target == item["target_text"]
            else:
                assert indicator.target is not None
                assert Decimal(indicator.target) == Decimal(str(number))
    assert sum(len(project.indicators) for project in projects) == 59
