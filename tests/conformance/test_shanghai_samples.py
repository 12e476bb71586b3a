"""Shanghai's publications, where they are at hand: every table is the right form and every identity holds."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from hengjian.audit.resolve import Resolved, resolve
from hengjian.audit.review import Review, review
from hengjian.documents import DocumentTree, Table
from hengjian.documents.pdf_reader import read_pdf
from hengjian.kernel import Amount, Outcome
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published PDF files are not at hand")

LIBRARY = load_library(data_folder("packs"))
PACK = "cn/shanghai"
BUDGET = "putuo-government-office-2025-budget"
ACCOUNTS = "putuo-social-work-department-2024-final-accounts"
TEMPLATE = "shanghai-2024-final-accounts-template"
SETS = {BUDGET: "budget", ACCOUNTS: "final_accounts", TEMPLATE: "final_accounts"}
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
ELLIPSIS = "…"


@cache
def tree_of(name: str) -> DocumentTree:
    path = SAMPLES / f"{name}.pdf"
    data = path.read_bytes()
    return read_pdf(data, str(path), hashlib.sha256(data).hexdigest())


@cache
def resolved(name: str) -> Resolved:
    return resolve(tree_of(name), LIBRARY)


@cache
def reviewed(name: str) -> Review:
    return review(resolved(name).filing, resolved(name).standards)


def forms_of_set(name: str) -> list[str]:
    return [each.form for each in resolved(name).standards.form_sets[SETS[name]].forms]


def tables_of(name: str) -> list[Table]:
    """Return the tables that bear a title; a list of the department's units bears none."""
    return [table for table in tree_of(name).tables() if table.caption]


@pytest.mark.parametrize("name", SETS)
def test_the_publication_is_taken_for_shanghais(name: str) -> None:
    assert resolved(name).standards.pack == PACK
    assert resolved(name).kind == SETS[name]


@pytest.mark.parametrize("name", SETS)
def test_every_table_is_its_form_in_the_order_of_the_set(name: str) -> None:
    sheets = resolved(name).filing.sheets.values()
    read = {str(sheet.place.table): sheet.form for sheet in sheets if sheet.place.table is not None}
    assert [read.get(table.caption) for table in tables_of(name)] == forms_of_set(name)


@pytest.mark.parametrize(
    ("name", "pages"),
    [(BUDGET, [8, 9, 11, 13, 14, 16, 17, 18, 20]), (ACCOUNTS, [5, 6, 8, 10, 12, 13, 14, 15, 16])],
)
def test_every_table_stands_on_its_page(name: str, pages: list[int]) -> None:
    tree = tree_of(name)
    assert [table.page for table in tables_of(name)] == pages
    ends = [tree.page_of(table.cells[-1].line) for table in tables_of(name)]
    # A table that goes on over the page ends on a later one, and none reaches into the next table's.
    assert all(
        end in range(first, after) for end, first, after in zip(ends, pages, [*pages[1:], 99], strict=True)
    )


@pytest.mark.parametrize("name", [BUDGET, ACCOUNTS])
def test_every_row_and_column_has_its_place_and_no_figure_is_lost(name: str) -> None:
    found = [finding for finding in resolved(name).findings if finding.code.startswith("table.")]
    assert [finding.message.zh for finding in found if finding.code != "table.unknown-code"] == []
    for table, form in zip(tables_of(name), forms_of_set(name), strict=True):
        printed = Counter(cell.text for cell in table.cells if AMOUNT.fullmatch(cell.text))
        figures = resolved(name).filing.sheets[form].figures.values()
        assert Counter(figure.value.text for figure in figures if isinstance(figure.value, Amount)) == printed


@pytest.mark.parametrize(("name", "units"), [(BUDGET, ["元"] * 8 + ["万元"]), (ACCOUNTS, ["万元"] * 9)])
def test_every_table_is_in_its_unit(name: str, units: list[str]) -> None:
    for form, unit in zip(forms_of_set(name), units, strict=True):
        figures = resolved(name).filing.sheets[form].figures.values()
        assert {f.value.unit.label for f in figures if isinstance(f.value, Amount)} <= {unit}
        assert resolved(name).standards.forms[form].unit.label == unit


@pytest.mark.parametrize("name", SETS)
def test_an_empty_table_says_why(name: str) -> None:
    sheets = resolved(name).filing.sheets
    empty = [form for form in forms_of_set(name) if not sheets[form].figures]
    stated = {form for form in empty if (note := sheets[form].note) and note.endswith(("无数据。", "空表。"))}
    funds = {form for form in empty if form.endswith(("government_fund", "state_capital"))}
    assert funds <= stated
    assert len(funds) == 2
    if name != TEMPLATE:
        assert stated == set(empty)


@pytest.mark.parametrize("name", [BUDGET, ACCOUNTS])
def test_no_identity_is_contradicted(name: str) -> None:
    verdicts = reviewed(name).verdicts
    severe = [v for v in verdicts if v.outcome is Outcome.FAIL and v.rule.severity.value != "info"]
    assert [(v.rule.id, v.row, v.column) for v in severe] == []
    assert reviewed(name).outcomes[Outcome.PASS] > 200


def test_what_cannot_be_evaluated_lacks_the_figures_of_an_empty_table() -> None:
    """The basic expenditure prints 0.00 for the three items, whose own table is left blank."""
    left = {Outcome.NOT_EVALUABLE}
    assert [v.rule.id for v in reviewed(BUDGET).verdicts if v.outcome in left] == []
    assert {v.rule.ref for v in reviewed(ACCOUNTS).verdicts if v.outcome in left} <= {"FR-30"}


def test_every_identity_of_shanghais_own_budget_tables_is_applied() -> None:
    own = {rule.id for rule in LIBRARY.packs[PACK].rules if rule.id.startswith("budget.")}
    applied = {v.rule.id for v in reviewed(BUDGET).verdicts if v.outcome is Outcome.PASS}
    idle = {"total_year", "government-fund", "state-capital"}
    assert {
        rule
        for rule in own - applied
        if not any(word in f"{rule} {resolved(BUDGET).standards.rules[rule].where}" for word in idle)
    } == set()


@pytest.mark.parametrize(
    ("form", "printed", "changed", "rule"),
    [
        ("budget.three_public", "213.28", "213.30", "budget.three-public.operating-cost"),
        ("budget.summary", "4,213,779.28", "4,213,797.28", "budget.summary.classes"),
        ("budget.basic", "9,572,367.00", "9,572,376.00", "budget.basic.hierarchy"),
        ("budget.income", "46,140,000.00", "46,410,000.00", "budget.income.hierarchy"),
    ],
)
def test_a_planted_slip_is_found(form: str, printed: str, changed: str, rule: str) -> None:
    tree = _changed(tree_of(BUDGET), forms_of_set(BUDGET).index(form), printed, changed)
    found = resolve(tree, LIBRARY, PACK)
    verdicts = review(found.filing, found.standards).verdicts
    assert rule in {v.rule.id for v in verdicts if v.outcome is Outcome.FAIL}


def _changed(tree: DocumentTree, number: int, printed: str, changed: str) -> DocumentTree:
    """Print another figure in the cells of one table that state a figure."""
    table = tables_of(BUDGET)[number]
    cells = {
        cell: replace(cell, text=changed) if cell.text == printed else cell
        for row in table.rows
        for cell in row
    }
    rows = tuple(tuple(cells[cell] for cell in row) for row in table.rows)
    blocks = tuple(replace(table, rows=rows) if block is table else block for block in tree.blocks)
    return replace(tree, blocks=blocks)


def test_the_template_is_the_set_without_a_figure() -> None:
    sheets = resolved(TEMPLATE).filing.sheets
    assert {form: len(sheets[form].figures) for form in forms_of_set(TEMPLATE)} == dict.fromkeys(
        forms_of_set(TEMPLATE), 0
    )
    unmapped = [f for f in resolved(TEMPLATE).findings if f.code == "table.unmapped"]
    assert all(ELLIPSIS in finding.message.zh for finding in unmapped)
    assert Counter(v.outcome for v in reviewed(TEMPLATE).verdicts).keys() == {Outcome.NOT_APPLICABLE}
