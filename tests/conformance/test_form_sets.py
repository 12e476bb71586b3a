"""Form sets of the shipped packs: complete, in printed order, every form read back from its captions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hengjian.audit.form_tables import sheets_from
from hengjian.audit.grid_titles import FormTitles
from hengjian.documents import DocumentTree, Table
from hengjian.kernel import Amount, FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.packs.form_set import FormSet
from hengjian.packs.schema import Column, Form
from tests.conformance.pdf_tables import Texts, grid_of

LIBRARY = load_library(data_folder("packs"))
TABLE_KINDS = {"budget", "final_accounts"}

PRINTED = {
    ("cn/national", 2023, "budget"): """
        部门收支总表 部门收入总表 部门支出总表 财政拨款收支总表 一般公共预算支出表 一般公共预算基本支出表
        一般公共预算“三公”经费支出表 政府性基金预算支出表 国有资本经营预算支出表
    """,
    ("cn/national", 2023, "final_accounts"): """
        收入支出决算总表 收入决算表 支出决算表 财政拨款收入支出决算总表 一般公共预算财政拨款支出决算表
        一般公共预算财政拨款基本支出决算明细表 政府性基金预算财政拨款收入支出决算表
        国有资本经营预算财政拨款支出决算表 财政拨款“三公”经费支出决算表
    """,
    ("cn/hebei", 2021, "budget"): """
        部门预算收支总表 部门预算收入总表 部门预算支出总表 部门预算财政拨款收支总表
        部门预算一般公共预算财政拨款支出表 部门预算一般公共预算财政拨款基本支出表
        部门预算政府基金预算财政拨款支出表 部门预算国有资本经营预算财政拨款支出表
        部门预算财政拨款“三公”经费支出表
    """,
    ("cn/sichuan", 2025, "budget"): """
        部门收支总表 部门收入总表 部门支出总表 财政拨款收支预算总表 财政拨款支出预算表（政府经济分类科目）
        财政拨款支出预算表（部门经济分类科目） 一般公共预算支出预算表 一般公共预算基本支出预算表
        一般公共预算项目支出预算表 一般公共预算“三公”经费支出预算表 政府性基金支出预算表
        政府性基金预算“三公”经费支出预算表 国有资本经营预算支出预算表 部门预算项目绩效目标申报表
        部门整体支出绩效目标申报表 政府采购预算表
    """,
    ("cn/sichuan", 2022, "final_accounts"): """
        收入支出决算总表 收入决算表 支出决算表 财政拨款收入支出决算总表 财政拨款支出决算明细表
        一般公共预算财政拨款支出决算表 一般公共预算财政拨款支出决算明细表
        一般公共预算财政拨款基本支出决算表 一般公共预算财政拨款项目支出决算表
        政府性基金预算财政拨款收入支出决算表 国有资本经营预算财政拨款收入支出决算表
        国有资本经营预算财政拨款支出决算表 财政拨款“三公”经费支出决算表
    """,
    ("cn/shanghai", 2025, "budget"): """
        财务收支预算总表 收入预算总表 支出预算总表 财政拨款收支预算总表 一般公共预算支出功能分类预算表
        政府性基金预算支出功能分类预算表 国有资本经营预算支出功能分类预算表
        一般公共预算基本支出部门预算经济分类预算表 “三公”经费和机关运行经费预算表
    """,
    ("cn/shanghai", 2024, "final_accounts"): """
        收入支出决算总表 收入决算表 支出决算表 财政拨款收入支出决算总表 一般公共预算财政拨款支出决算表
        一般公共预算财政拨款基本支出决算表 财政拨款“三公”经费支出决算表
        政府性基金预算财政拨款收入支出决算表 国有资本经营预算财政拨款收入支出决算表
    """,
    ("cn/gansu", 2025, "budget"): """
        收支总体情况表 收入总体情况表 支出总体情况表 财政拨款收支总体情况表 财政拨款支出表
        一般公共预算支出情况表 一般公共预算基本支出情况表 “三公”经费、会议费、培训费支出情况表
        机关运行经费表 政府性基金预算支出情况表 部门管理转移支付表 国有资本经营预算支出情况表
        部门整体支出绩效目标表
    """,
    ("cn/guangdong", 2021, "final_accounts"): """
        收入支出决算总表 收入决算表 支出决算表 财政拨款收入支出决算总表 一般公共预算财政拨款支出决算表
        一般公共预算财政拨款基本支出决算明细表 一般公共预算财政拨款“三公”经费支出决算表
        政府性基金预算财政拨款收入支出决算表 国有资本经营预算财政拨款支出决算表
    """,
    ("cn/guangxi", 2024, "budget"): """
        单位收支总体情况表 单位收入总体情况表 单位支出总体情况表 财政拨款收支总体情况表
        一般公共预算支出情况表 一般公共预算基本支出情况表
        财政拨款“三公”经费、会议费和培训费支出情况表 政府性基金预算支出情况表
        国有资本经营预算支出情况表 自治区本级项目绩效目标公开表 自治区对下转移支付项目绩效目标公开表
    """,
    ("cn/yunnan", 2024, "final_accounts"): """
        收入支出决算表 收入决算表 支出决算表 财政拨款收入支出决算表 一般公共预算财政拨款收入支出决算表
        一般公共预算财政拨款基本支出决算表 一般公共预算财政拨款项目支出决算表
        政府性基金预算财政拨款收入支出决算表 国有资本经营预算财政拨款收入支出决算表
        财政拨款“三公”经费、行政参公单位机关运行经费情况表 一般公共预算财政拨款“三公”经费情况表
    """,
}
"""The titles of published tables by pack, year and set, as the publications print them in order."""

NUMBERED = {
    ("cn/national", 2023, "final_accounts"): [f"公开0{number}表" for number in range(1, 10)],
    ("cn/sichuan", 2025, "budget"): [
        f"公开表{number}"
        for number in "1/1-1/1-2/2/2-1/2-2/3/3-1/3-2/3-3/4/4-1/5/6/7/8".split("/")  # noqa: SIM905
    ],
    ("cn/hunan", 2023, "final_accounts"): [f"公开0{number}表" for number in range(1, 10)],
    ("cn/guangxi", 2024, "final_accounts"): [f"公开0{number}表" for number in range(1, 10)],
}


def held(pack: str, year: int) -> Standards:
    return standards_for(LIBRARY, pack, FiscalYear(year))


def required(form_set: FormSet) -> list[str]:
    return [each.form for each in form_set.forms if not each.optional]


@pytest.mark.parametrize(("pack", "year", "name"), PRINTED, ids=str)
def test_the_printed_titles_name_the_forms_of_the_set_in_order(pack: str, year: int, name: str) -> None:
    standards = held(pack, year)
    titles, kinds = FormTitles(standards.forms.values()), (name, "targets")
    found = [
        next(form.form for form in titles.forms(title, None) if form.kind in kinds)
        for title in PRINTED[pack, year, name].split()
    ]
    assert found == required(standards.form_sets[name])


@pytest.mark.parametrize(("pack", "year", "name"), NUMBERED, ids=str)
def test_the_numbers_printed_on_the_tables(pack: str, year: int, name: str) -> None:
    numbers = [each.number for each in held(pack, year).form_sets[name].forms if not each.optional]
    assert numbers == NUMBERED[pack, year, name]


def test_a_ninth_table_came_later() -> None:
    assert len(required(held("cn/national", 2020).form_sets["budget"])) == 8
    assert len(required(held("cn/national", 2021).form_sets["budget"])) == 9
    assert len(required(held("cn/national", 2019).form_sets["final_accounts"])) == 8
    assert held("cn/hunan", 2022).form_sets["budget"].name == "NAT-BUD-2021-9"


def test_shanghai_prints_in_yuan_but_for_the_last_table() -> None:
    standards = held("cn/shanghai", 2025)
    units = [standards.forms[form].unit.label for form in required(standards.form_sets["budget"])]
    assert units == ["元"] * 8 + ["万元"]


def forms_of_sets() -> Iterator[tuple[str, int, str]]:
    """Yield the forms of figures of every set, each once where packs share it."""
    seen: set[int] = set()
    for pack_id, pack in LIBRARY.packs.items():
        for form_set in pack.form_sets:
            standards = held(pack_id, form_set.valid_from)
            for each in form_set.forms:
                form = standards.forms[each.form]
                if form.kind in TABLE_KINDS and id(form) not in seen:
                    seen.add(id(form))
                    yield pack_id, form_set.valid_from, form.form


@pytest.mark.parametrize(("pack", "year", "form_id"), list(forms_of_sets()))
def test_every_caption_of_a_form_names_it_alone(pack: str, year: int, form_id: str) -> None:
    standards = held(pack, year)
    form = standards.forms[form_id]
    titles = FormTitles(standards.forms.values())
    named = {caption: titles.forms(caption, form.kind) for caption in (*form.captions, form.title.zh)}
    assert {caption: [each.form for each in forms] for caption, forms in named.items()} == {
        caption: [form_id] for caption in named
    }


@pytest.mark.parametrize(("pack", "year", "form_id"), list(forms_of_sets()))
def test_a_form_set_in_its_own_captions_is_read_back_whole(pack: str, year: int, form_id: str) -> None:
    standards = held(pack, year)
    form = standards.forms[form_id]
    texts, expected = printed(form, standards)
    table = Table(form.captions[0], (f"单位：{form.unit.label}",), grid_of(texts, 1), (), 1, 1)
    tree = DocumentTree("made-up.pdf", "", "pdf", (table,), (), 1, wrapped=False)
    reading = sheets_from(tree, standards, form.kind)
    assert [finding.code for finding in reading.findings] == []
    figures = reading.sheets[form_id].figures
    amounts = {cell: f.value for cell, f in figures.items() if isinstance(f.value, Amount)}
    assert figures.keys() == expected.keys()
    assert {cell: value.text for cell, value in amounts.items()} == {cell: expected[cell] for cell in amounts}
    assert {value.unit for value in amounts.values()} == {form.unit}


def printed(form: Form, standards: Standards) -> tuple[Texts, dict[tuple[str, str], str]]:
    """Print a form in its first captions with a different figure in every cell."""
    sides = [None] if not any(row.side for row in form.rows) else ["income", "expenditure"]
    blocks = [_block(form, standards, side) for side in sides]
    height = max(len(rows) for rows, _ in blocks)
    texts: Texts = [[] for _ in range(height)]
    expected: dict[tuple[str, str], str] = {}
    for rows, cells in blocks:
        for r in range(height):
            texts[r] += rows[r] if r < len(rows) else [""] * len(rows[0])
        expected |= cells
    return texts, expected


def _block(form: Form, standards: Standards, side: str | None) -> tuple[Texts, dict[tuple[str, str], str]]:
    columns = [column for column in form.columns if side is None or column.side in (None, side)]
    rows = [(row.id, row.captions[0]) for row in form.rows if side is None or row.side == side]
    codes = form.code_rows if form.code_rows is not None and form.code_rows.side in (None, side) else None
    if codes is not None:
        items = standards.schemes[codes.scheme].items
        chain = _first_codes(sorted(items), codes.levels)
        rows = [*((code, items[code].name) for code in chain), *rows]
    by_code = codes is not None and side is None
    heads = [("科目编码",)] * by_code + [(_LABELS[side],)] + [_path(column) for column in columns]
    texts = _head(heads)
    expected: dict[tuple[str, str], str] = {}
    for number, (row, name) in enumerate(rows):
        figures = [f"{number + 1}{c:02d}.25" for c in range(len(columns))]
        expected |= {(row, column.id): figures[c] for c, column in enumerate(columns)}
        label = [row if row.isdigit() else "", name] if by_code else [name]
        texts.append([*label, *figures])
    return texts, expected


_LABELS = {None: "科目名称", "income": "收入项目", "expenditure": "支出项目"}


def _path(column: Column) -> tuple[str, ...]:
    return tuple(column.captions[0].split("/"))


def _first_codes(codes: list[str], levels: tuple[int, ...]) -> Iterator[str]:
    """Yield a class with the first code of each level below it."""
    above = ""
    for level in levels:
        above = next(code for code in codes if len(code) == level and code.startswith(above))
        yield above


def _head(paths: list[tuple[str, ...]]) -> Texts:
    """Stack captions: a head goes on right over the same head, and down to the figures."""
    depth = max(map(len, paths))
    return [
        [
            None
            if r >= len(path) or (c > 0 and path[: r + 1] == paths[c - 1][: r + 1] and r < len(path) - 1)
            else path[r]
            for c, path in enumerate(paths)
        ]
        for r in range(depth)
    ]
