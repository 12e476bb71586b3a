from dataclasses import replace
from pathlib import Path

import pytest

from hengjian.authoring.workbook import Change, Difference
from hengjian.filing import Entity, Filing
from hengjian.kernel import FiscalYear, InputError
from tests.unit.authoring.workbook.editing import (
    ACTIVITY,
    EXPENDITURE,
    SUMMARY,
    Editor,
    activity,
    demo_filing,
    editor,
    expenditure,
    sheet,
    summary,
    taken,
)

FILING = demo_filing(summary(), expenditure(), activity())
INCOME, SPENDING, EVENTS = "1 协会收支总表", "2 协会支出表", "3 活动情况表"


@pytest.fixture
def book() -> Editor:
    return editor(FILING)


def cells(found: Difference) -> dict[tuple[str, str | None], tuple[str | None, str | None]]:
    return {(each.row, each.column): (each.before, each.after) for each in found.changes}


def codes(workbook_problems: object) -> list[tuple[str, str | None]]:
    assert isinstance(workbook_problems, tuple)
    return [(each.code, each.place.section) for each in workbook_problems]


def test_what_was_not_touched_comes_back_as_it_was(book: Editor, tmp_path: Path) -> None:
    workbook, found = taken(book, FILING, tmp_path)
    assert (workbook.problems, found.changes, found.conflicts, found.filing) == ((), (), (), FILING)


@pytest.mark.parametrize(
    ("typed", "stated"),
    [
        ("3,456.70", "3,456.70"),
        (" １，２３４．５０　", "１，２３４．５０"),
        ("￥88.00", "88.00"),
        ("'88.00", "88.00"),
        ("(5.00)", "(5.00)"),
        ("3359.62万元", "3359.62"),
        ("500000元", "500000元"),
        (456.7, "456.70"),
        (0, "0.00"),
        (0.1 + 0.2, "0.30"),
        (1234.567, "1234.57"),
        ("—", None),
        ("-", None),
        (None, None),
    ],
)
def test_figures_are_taken_however_clerks_type_them(
    book: Editor, tmp_path: Path, typed: str | float | None, stated: str | None
) -> None:
    book.put(INCOME, "C5", typed)
    workbook, found = taken(book, FILING, tmp_path)
    assert workbook.problems == ()
    assert cells(found) == {("income.dues", "amount"): ("100.00", stated)}


@pytest.mark.parametrize("typed", [100, 100.0, "100.00", "１００．００", "100.00万元"])
def test_the_same_figure_typed_otherwise_is_no_change(
    book: Editor, tmp_path: Path, typed: str | float
) -> None:
    book.put(INCOME, "C5", typed)
    assert taken(book, FILING, tmp_path)[1].changes == ()


def test_a_cell_set_to_show_fewer_decimals_keeps_its_figure(book: Editor, tmp_path: Path) -> None:
    for address in ("C5", "C6"):
        book.cell(INCOME, address).set("s", "0")
    book.put(INCOME, "C6", 20.5)
    assert taken(book, FILING, tmp_path)[1].changes == ()


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("约三十", "inlineStr", "input.not-a-number"),
        ("#REF!", "e", "input.cell-error"),
        ("C6+1", "formula", "input.cell-uncalculated"),
        ("2022-03-01", "d", "input.cell-date"),
        ("1", "b", "input.not-a-number"),
    ],
)
def test_a_cell_that_states_no_figure_is_named_and_the_rest_is_taken(
    book: Editor, tmp_path: Path, typed: str, kind: str, code: str
) -> None:
    book.put(INCOME, "C5", typed, kind)
    book.put(INCOME, "C6", "21.00")
    workbook, found = taken(book, FILING, tmp_path)
    assert codes(workbook.problems) == [(code, f"{INCOME}!C5")]
    assert workbook.problems[0].place.column == "预算数"
    assert cells(found) == {("income.grants", "amount"): ("20.50", "21.00")}


def test_percentages_and_counts_keep_their_meaning(book: Editor, tmp_path: Path) -> None:
    book.put(EVENTS, "F6", 0.125)
    book.put(EVENTS, "F7", "97.5％")
    book.put(EVENTS, "C6", 120)
    book.put(EVENTS, "D7", 0.5)
    book.cell(EVENTS, "D7").set("s", book.cell(EVENTS, "F5").get("s", ""))
    workbook, found = taken(book, FILING, tmp_path)
    assert codes(workbook.problems) == [("input.not-a-number", f"{EVENTS}!D7")]
    assert cells(found) == {
        ("talks", "change_rate"): ("-3%", "13%"),
        ("exhibitions", "change_rate"): (None, "97.5％"),
        ("talks", "visitors"): ("100", "120"),
    }


def test_rows_are_found_after_others_were_put_between(book: Editor, tmp_path: Path) -> None:
    book.renumber(SPENDING, {number: number + 3 for number in range(6, 40)})
    book.renumber(INCOME, {1: 3, 2: 4, 3: 5, 4: 6, 5: 30})
    book.put(INCOME, "B1", "草稿")
    book.put(SPENDING, "D10", 1081)
    workbook, found = taken(book, FILING, tmp_path)
    assert workbook.problems == ()
    assert cells(found) == {("10101", "total"): ("1,080.25", "1081.00")}


def test_rows_without_their_hidden_ids_are_found_by_code_and_name(book: Editor, tmp_path: Path) -> None:
    for row in range(5, 10):
        book.put(INCOME, f"A{row}", None)
        book.put(SPENDING, f"A{row}", None)
    workbook, found = taken(book, FILING, tmp_path)
    assert (workbook.problems, found.changes) == ((), ())


def test_a_line_that_was_moved_without_its_hidden_id_is_what_its_name_says(
    book: Editor, tmp_path: Path
) -> None:
    for row, name, amount in ((5, "二、资助收入", 20.5), (6, "一、会费收入", 101)):
        book.put(INCOME, f"B{row}", name)
        book.put(INCOME, f"C{row}", amount)
    workbook, found = taken(book, FILING, tmp_path)
    assert workbook.problems == ()
    assert cells(found) == {("income.dues", "amount"): ("100.00", "101.00")}


def test_new_codes_are_put_where_they_belong(book: Editor, tmp_path: Path) -> None:
    book.put(SPENDING, "B10", " １０１０２ ")
    book.put(SPENDING, "E10", 7)
    book.put(SPENDING, "B11", 10302)
    book.put(SPENDING, "C11", "展览")
    book.put(SPENDING, "F11", "0.50")
    book.put(INCOME, "E10", "馆舍")
    book.put(INCOME, "F10", 3)
    workbook, found = taken(book, FILING, tmp_path)
    assert workbook.problems == ()
    rows = found.filing.sheets[EXPENDITURE].rows
    assert list(rows) == ["total", "101", "10101", "10102", "103", "10301", "10302"]
    assert (rows["10102"], rows["10302"]) == ("期刊订阅", "展览")
    assert list(found.filing.sheets[SUMMARY].rows)[5:8] == ["101", "102", "103"]
    assert Change(EXPENDITURE, "10102", "期刊订阅", None, None, "期刊订阅") in found.changes


@pytest.mark.parametrize(
    ("code", "problem"), [("99999", "input.unknown-code"), ("馆藏", "input.unknown-row")]
)
def test_a_code_that_is_none_is_named_and_the_row_it_stands_in_is_kept(
    book: Editor, tmp_path: Path, code: str, problem: str
) -> None:
    book.put(SPENDING, "B7", code)
    workbook, found = taken(book, FILING, tmp_path)
    assert codes(workbook.problems) == [(problem, f"{SPENDING}!B7")]
    assert found.changes == ()


def test_a_row_with_figures_that_nothing_names_is_a_finding_and_remarks_are_not(
    book: Editor, tmp_path: Path
) -> None:
    book.put(SPENDING, "C12", "其他")
    book.put(SPENDING, "D12", 5)
    book.put(SPENDING, "C40", "制表：云溪")
    workbook, found = taken(book, FILING, tmp_path)
    assert codes(workbook.problems) == [("input.unknown-row", f"{SPENDING}!C12")]
    assert found.changes == ()


def test_a_copied_row_with_another_code_is_a_row_of_its_own(book: Editor, tmp_path: Path) -> None:
    book.put(SPENDING, "A10", "10301")
    book.put(SPENDING, "B10", "10302")
    book.put(SPENDING, "D10", 1)
    workbook, found = taken(book, FILING, tmp_path)
    assert workbook.problems == ()
    assert found.filing.sheets[EXPENDITURE].figure("10302", "total") is not None
    assert found.filing.sheets[EXPENDITURE].figure("10301", "total") is not None


def test_deleted_rows_are_cleared_and_deleted_columns_and_sheets_are_kept(
    book: Editor, tmp_path: Path
) -> None:
    book.delete_row(SPENDING, 9)
    book.drop(EVENTS)
    for row in (1, *range(4, 10)):
        book.put(INCOME, f"C{row}", None)
    workbook, found = taken(book, FILING, tmp_path)
    assert [each.code for each in workbook.problems] == ["input.workbook-missing"]
    assert cells(found)["10301", None] == ("讲座", None)
    assert "10301" not in found.filing.sheets[EXPENDITURE].rows
    assert found.filing.sheets[ACTIVITY] == FILING.sheets[ACTIVITY]


def test_a_column_that_is_gone_from_a_sheet_is_kept(book: Editor, tmp_path: Path) -> None:
    for row in (1, *range(4, 10)):
        book.put(SPENDING, f"E{row}", None)
    workbook, found = taken(book, FILING, tmp_path)
    assert [each.code for each in workbook.problems] == ["input.workbook-missing"]
    assert found.changes == ()


def test_added_columns_and_sheets_are_told_and_not_read(book: Editor, tmp_path: Path) -> None:
    book.put(SPENDING, "H5", "核对")
    for name in (EVENTS,):
        for row in range(1, 10):
            for column in "ABCDEF":
                book.put(name, f"{column}{row}", None)
        book.put(name, "A1", "底稿")
    workbook, found = taken(book, FILING, tmp_path)
    assert sorted(each.code for each in workbook.problems) == [
        "input.unknown-column",
        "input.workbook-extra-sheet",
        "input.workbook-missing",
    ]
    assert found.changes == ()


def test_a_figure_under_a_merged_cell_is_kept_and_told(book: Editor, tmp_path: Path) -> None:
    book.merge(SPENDING, "D6:D7")
    book.merge(INCOME, "A1:XFD1048576")
    book.put(SPENDING, "D7", None)
    workbook, found = taken(book, FILING, tmp_path)
    assert codes(workbook.problems) == [("input.cell-merged", f"{SPENDING}!D7")]
    assert found.changes == ()


def other(text: str) -> Filing:
    filled = {**summary().figures, **sheet(SUMMARY, {"income.dues": ("", {"amount": text})}).figures}
    return demo_filing(replace(summary(), figures=filled), expenditure(), activity())


def test_changes_on_both_sides_are_merged_cell_by_cell(book: Editor, tmp_path: Path) -> None:
    book.put(INCOME, "C6", "30.00")
    workbook, found = taken(book, other("90.00"), tmp_path)
    assert [each.code for each in workbook.problems] == ["input.workbook-changed"]
    assert found.conflicts == ()
    merged = found.filing.sheets[SUMMARY]
    assert [str(merged.figures[row, "amount"].value) for row in ("income.dues", "income.grants")] == [
        "90.00万元",
        "30.00万元",
    ]


@pytest.mark.parametrize(("typed", "conflicts"), [("80.00", 1), ("90.00", 0), ("100.00", 0)])
def test_a_cell_changed_otherwise_on_both_sides_is_a_conflict(
    book: Editor, tmp_path: Path, typed: str, conflicts: int
) -> None:
    book.put(INCOME, "C5", typed)
    _, found = taken(book, other("90.00"), tmp_path)
    assert (len(found.conflicts), found.changes) == (conflicts, ())
    for conflict in found.conflicts:
        assert conflict.code == "input.workbook-conflict"
        assert all(figure in conflict.message.zh for figure in ("100.00", "80.00", "90.00"))


def test_a_row_deleted_here_and_changed_there_is_a_conflict(book: Editor, tmp_path: Path) -> None:
    book.delete_row(INCOME, 5)
    _, found = taken(book, other("90.00"), tmp_path)
    assert [each.place.row for each in found.conflicts] == ["一、会费收入"]


@pytest.mark.parametrize(
    "filing",
    [
        replace(FILING, year=FiscalYear(2023)),
        replace(FILING, entity=Entity("别的协会", "901")),
        replace(FILING, entity=Entity("云溪图书馆协会", "902")),
        replace(FILING, pack="cn/national"),
    ],
)
def test_a_workbook_of_another_filing_is_refused(book: Editor, tmp_path: Path, filing: Filing) -> None:
    with pytest.raises(InputError) as caught:
        taken(book, filing, tmp_path)
    assert caught.value.code == "input.workbook-other"


def test_a_workbook_that_is_none_of_ours_is_refused(book: Editor, tmp_path: Path) -> None:
    book.drop("_hengjian")
    with pytest.raises(InputError) as caught:
        taken(book, FILING, tmp_path)
    assert caught.value.code == "input.workbook-foreign"
    with pytest.raises(InputError) as caught:
        taken("部门，金额".encode(), FILING, tmp_path)
    assert caught.value.code == "input.unreadable"


def test_a_fresh_form_is_taken_with_all_its_rows(tmp_path: Path) -> None:
    empty = demo_filing(sheet(SUMMARY, {}), expenditure())
    book = editor(empty)
    book.put(book.tab("协会收支总表"), "C5", 10)
    workbook, found = taken(book, empty, tmp_path)
    assert workbook.problems == ()
    filled = found.filing.sheets[SUMMARY]
    assert len(filled.rows) == 11
    assert [str(figure.value) for figure in filled.figures.values()] == ["10.00万元"]
    again, nothing = taken(book, found.filing, tmp_path)
    assert [each.code for each in again.problems] == ["input.workbook-changed"]
    assert nothing.changes == ()
