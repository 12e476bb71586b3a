"""A filing written as a workbook and read back is the same filing."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hengjian.authoring.workbook import difference, read_workbook, write_workbook
from hengjian.filing import Sheet
from hengjian.filing.sheets import read_measure
from hengjian.kernel import Figure, Place
from hengjian.packs.schema import Column, Form
from tests.unit.authoring.workbook.editing import STANDARDS, demo_filing

FORMS = ("demo.summary", "demo.expenditure", "demo.activity", "demo.funds")

digits = st.text("0123456789", min_size=1, max_size=17).map(lambda text: text.lstrip("0") or "0")
decimals = st.one_of(st.just(""), st.text("0123456789", min_size=1, max_size=6).map(lambda text: f".{text}"))
signs = st.sampled_from(["", "", "", "-"])
plain = st.builds("{}{}{}".format, signs, digits, decimals)
grouped = st.builds(
    lambda number, places: f"{number:,.{places}f}",
    st.integers(-(10**12), 10**12),
    st.integers(0, 4),
)
ENDINGS = {
    "amount": ["", "", "", "元", "万元", "亿元", "万"],
    "percent": ["", "%", "％"],
    "count": ["", "人次"],
}
names = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=12
).filter(str.strip)


def figures_of(column: Column) -> st.SearchStrategy[str]:
    numbers = st.one_of(plain, grouped, st.sampled_from(["0", "0.00", "(5.00)", "１，２３４．５", "5百", ""]))
    return st.builds("{}{}".format, numbers, st.sampled_from(ENDINGS[column.measure])).filter(
        lambda text: text[:1].isnumeric() or text[:1] in {"-", "(", ""}
    )


@st.composite
def sheets(draw: st.DrawFn, form_id: str) -> Sheet:
    form: Form = STANDARDS.forms[form_id]
    codes: list[str] = []
    if form.code_rows is not None:
        items = STANDARDS.schemes[form.code_rows.scheme].items
        codes = [code for code in items if len(code) in form.code_rows.levels]
    ids = draw(st.lists(st.sampled_from([*(row.id for row in form.rows), *codes]), unique=True))
    figures = {}
    for row in ids:
        side = getattr(form.row(row), "side", form.code_rows.side if form.code_rows else None)
        for column in form.columns:
            text = draw(figures_of(column)) if form.has_cell(side, column) else ""
            value = read_measure(text, column, form.unit) if text.strip("元万亿%％人次") else None
            if value is not None:
                figures[row, column.id] = Figure(form_id, row, column.id, value)
    rows = {row: draw(names) for row in ids}
    place = Place(file=f"sheets/{form_id}.csv", table=form.title.zh)
    note = draw(st.one_of(st.none(), names))
    return Sheet(form_id, rows, figures, place, note, draw(st.booleans()))


@given(st.data())
def test_a_filing_comes_back_from_its_workbook_unchanged(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(FORMS), unique=True, min_size=1, max_size=2))
    filing = demo_filing(*(data.draw(sheets(form)) for form in chosen))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(write_workbook(filing, STANDARDS))
        workbook = read_workbook(path, filing, STANDARDS)
    found = difference(workbook, filing, STANDARDS)
    assert workbook.problems == ()
    assert found.changes == ()
    assert found.filing == filing
    for form, sheet in filing.sheets.items():
        taken = workbook.sheets[form]
        assert {cell: figure.value for cell, figure in taken.builder.figures.items()} == {
            cell: figure.value for cell, figure in sheet.figures.items()
        }
        assert {row: name for row, name in taken.rows.items() if row in sheet.rows} == sheet.rows
