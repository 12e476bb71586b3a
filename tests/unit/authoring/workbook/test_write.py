from dataclasses import replace
from pathlib import Path

from hengjian.authoring.workbook import write_workbook
from hengjian.authoring.workbook.book import read_book
from hengjian.authoring.workbook.formulas import sums_of
from hengjian.authoring.workbook.layout import lay_out, place_row
from hengjian.documents.book import Tab
from hengjian.filing import Sheet
from hengjian.packs.schema import Column, Form
from tests.unit.authoring.workbook.editing import (
    EXPENDITURE,
    STANDARDS,
    SUMMARY,
    S,
    demo_filing,
    editor,
    expenditure,
    sheet,
    summary,
)


def tabs_of(folder: Path, *sheets: Sheet) -> dict[str, Tab]:
    path = folder / "book.xlsx"
    path.write_bytes(write_workbook(demo_filing(*sheets), STANDARDS))
    return {tab.name: tab for tab in read_book(path)}


def formulas(form: Sheet) -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
    sums = sums_of(lay_out(STANDARDS.forms[form.form], form, STANDARDS), STANDARDS)
    return {cell: formula.text for cell, formula in sums.formulas.items()}, set(sums.differing)


def test_the_same_filing_gives_the_same_bytes() -> None:
    assert write_workbook(demo_filing(), STANDARDS) == write_workbook(demo_filing(), STANDARDS)


def test_two_sides_stand_side_by_side_under_title_and_unit(tmp_path: Path) -> None:
    tab = tabs_of(tmp_path)["1 协会收支总表"]
    assert [tab.text(1, 1), tab.text(2, 5)] == ["协会收支总表", "单位：万元"]
    assert [tab.text(3, column) for column in range(1, 6)] == ["收入", "预算数", "@rest", "支出", "预算数"]
    assert [tab.text(4, column) for column in range(6)] == [
        "income.dues",
        "一、会费收入",
        "100",
        "101",
        "一、藏书",
        "80.25",
    ]


def test_codes_are_texts_in_a_column_of_their_own_and_the_note_stands_below(tmp_path: Path) -> None:
    tab = tabs_of(tmp_path)["2 协会支出表"]
    assert [tab.text(row, 1) for row in range(4, 9)] == ["", "101", "10101", "103", "10301"]
    assert tab.cells[5, 1].kind == "text"
    assert "注：金额含上年结转。" in {cell.text for cell in tab.cells.values()}


def test_totals_are_formulas_and_inputs_are_not() -> None:
    edited = editor(demo_filing())
    tab = edited.tab("协会收支总表")
    total, part = edited.cell(tab, "C7"), edited.cell(tab, "C5")
    assert total.findtext(f"{S}f") == 'IF(COUNT(C5:C6)=0,"",SUM(C5:C6))'
    assert (total.findtext(f"{S}v"), part.find(f"{S}f")) == ("120.5", None)


def test_a_total_that_differs_stays_a_value_with_a_note() -> None:
    rounded = replace(
        summary(),
        figures={
            **summary().figures,
            **sheet(SUMMARY, {"income.total_year": ("", {"amount": "120.51"})}).figures,
        },
    )
    texts, differing = formulas(rounded)
    assert ("income.total_year", "amount") not in texts
    assert differing == {("income.total_year", "amount"), ("income.total", "amount")}
    edited = editor(demo_filing(rounded))
    assert edited.cell(edited.tab("协会收支总表"), "C7").findtext(f"{S}v") == "120.51"
    assert any("120.50" in part.decode() for name, part in edited.parts.items() if "comments" in name)


def test_no_formula_leads_back_to_itself() -> None:
    layout = lay_out(STANDARDS.forms[EXPENDITURE], expenditure(), STANDARDS)
    chosen = sums_of(layout, STANDARDS).formulas
    assert len(chosen) == 11
    settled: set[tuple[str, str]] = set()
    while len(settled) < len(chosen):
        ready = {
            cell
            for cell, formula in chosen.items()
            if cell not in settled and all(part in settled or part not in chosen for part in formula.parts)
        }
        assert ready
        settled |= ready


def test_a_blank_total_of_blank_parts_is_a_formula_and_one_without_stated_parts_a_value() -> None:
    blank = sheet(SUMMARY, {row: (name, {}) for row, name in summary().rows.items()})
    assert len(formulas(blank)[0]) == 4
    alone = sheet(EXPENDITURE, {"total": ("合计", {"total": "5.00"})})
    assert formulas(alone) == ({}, set())


def test_a_sheet_of_what_a_text_states_has_no_formulas() -> None:
    assert formulas(replace(summary(), partial=True)) == ({}, set())


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://example.org","x")'
    odd = replace(summary(), rows={**summary().rows, "income.dues": name})
    tab = tabs_of(tmp_path, odd)["1 协会收支总表"]
    assert (tab.cells[4, 1].kind, tab.cells[4, 1].text) == ("text", name)


def test_what_no_number_keeps_is_written_as_text(tmp_path: Path) -> None:
    cells = {"total": "12345678901234567.89", "running": "31,331,200元", "project": "5百"}
    tab = tabs_of(tmp_path, sheet(EXPENDITURE, {"total": ("合计", cells)}))["1 协会支出表"]
    assert [tab.text(4, column) for column in (3, 4, 5)] == list(cells.values())
    assert {tab.cells[4, column].kind for column in (3, 4, 5)} == {"text"}


def test_a_form_without_a_sheet_offers_its_rows_and_the_classes_it_lists() -> None:
    layout = lay_out(STANDARDS.forms[SUMMARY], None, STANDARDS)
    income, spending = ([line.row for line in lines if line.row] for lines in layout.lines)
    assert income == [row.id for row in STANDARDS.forms[SUMMARY].rows if row.side == "income"]
    assert spending[:3] == ["101", "102", "103"]
    assert spending[-1] == "expenditure.total"
    typed = lay_out(STANDARDS.forms[EXPENDITURE], None, STANDARDS)
    assert [line.row for line in typed.lines[0] if line.row] == ["total"]


def test_rows_belong_where_codes_and_the_form_have_them() -> None:
    form = STANDARDS.forms[EXPENDITURE]
    rows = ["total", "101", "10101", "103"]
    assert [place_row(rows, row, form) for row in ("102", "10102", "10301", "total")] == [3, 3, 4, 0]
    ordered = STANDARDS.forms[SUMMARY]
    assert place_row(["income.dues", "101"], "income.total", ordered) == 1


def test_a_column_stands_under_its_neighbours_head_where_it_may() -> None:
    columns = tuple(
        Column(id=name, captions=captions)
        for name, captions in {
            "all": ("合计",),
            "some": ("本年/小计",),
            "part": ("拨款", "本年/拨款"),
            "rest": ("结转", "上年/结转"),
        }.items()
    )
    form = Form.model_validate(
        {**STANDARDS.forms[EXPENDITURE].model_dump(by_alias=True), "columns": columns, "code_rows": None}
    )
    heads = lay_out(form, None, STANDARDS).heads
    assert heads == {
        "all": (None, "合计"),
        "some": ("本年", "小计"),
        "part": ("本年", "拨款"),
        "rest": (None, "结转"),
    }


def test_the_cover_and_the_heads_speak_english_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(write_workbook(demo_filing(), STANDARDS, "en"))
    cover, first, *_ = read_book(path)
    assert (cover.name, first.text(3, 1)) == ("Cover", "Income")
