"""Cells that no rule touches are faults of the pack, unless the form says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library
from hengjian.packs.schema import Form, Rule
from hengjian.rules import lint_coverage, lint_rules
from tests.unit.filing.maker import standards
from tests.unit.packs.pack_maker import CODES, FORM, write_pack
from tests.unit.rules.maker import make_rule

TALLY = {
    "form": "demo.tally",
    "title": {"zh": "统计表", "en": "Tally"},
    "captions": ["统计表"],
    "kind": "demo",
    "unit": "元",
    "from": 2018,
    "basis": "虚构",
    "verified": True,
    "columns": [{"id": "cost", "captions": ["费用"]}],
    "rows": [
        {"id": "total", "captions": ["合计"]},
        {"id": "talks", "of_which": "total", "captions": ["讲座"]},
    ],
}


def told(form: dict[str, object], *rules: Rule) -> list[str]:
    """Return the messages about one form under some rules."""
    made = Form.model_validate(form)
    among: Standards = replace(
        standards(), forms={made.form: made}, rules={str(at): rule for at, rule in enumerate(rules)}
    )
    return [fault.message.removeprefix("demo.tally: ") for fault in lint_coverage(among)]


def test_no_pack_leaves_a_cell_without_a_rule_or_a_reason() -> None:
    assert lint_coverage(load_library(data_folder("packs"))) == ()
    assert lint_coverage(standards()) == ()


def test_a_row_that_no_rule_names_is_told_with_its_columns() -> None:
    assert told(TALLY) == [
        "no rule adds up or limits row talks as a part of total",
        "no rule touches row talks in cost; write one, or say why with free:",
        "no rule touches row total in cost; write one, or say why with free:",
    ]


@pytest.mark.parametrize(
    "asserts", ["total == sum(parts(total))", "talks <= total", "0 <= total - sum(parts(total))"]
)
def test_a_sum_or_a_limit_covers_the_parts(asserts: str) -> None:
    assert told(TALLY, make_rule(asserts, "demo.tally", "column")) == []


def test_a_rule_for_each_row_touches_every_row_and_ties_none() -> None:
    assert told(TALLY, make_rule("cost >= 0", "demo.tally", "row")) == [
        "no rule adds up or limits row talks as a part of total"
    ]


def test_a_condition_covers_nothing_and_a_faulty_rule_neither() -> None:
    condition = make_rule("demo.tally[total].cost >= 0", where="stated(demo.tally[talks].cost)")
    faulty = make_rule("demo.tally[talks].price <= demo.tally[total].cost")
    assert len(told(TALLY, condition, faulty)) == 2


def test_what_has_no_arithmetic_is_declared_free() -> None:
    free = "数量单位不同"
    columns = [{"id": "cost", "captions": ["费用"], "free": free}]
    rows = [{"id": "total", "captions": ["合计"]}, {"id": "note", "captions": ["其中：备注"], "free": free}]
    assert told(TALLY | {"columns": columns, "rows": rows}) == []


def test_a_row_printed_as_a_part_says_of_which() -> None:
    rows = [{"id": "total", "captions": ["合计"]}, {"id": "talks", "captions": ["其中：讲座"]}]
    rule = make_rule("cost >= 0", "demo.tally", "row")
    assert told(TALLY | {"rows": rows}, rule) == [
        "row talks is printed as 其中 and does not say of_which row"
    ]


def test_last_years_cells_and_single_codes_cover_no_row_of_this_year(tmp_path: Path) -> None:
    rules = """\
rules:
  - id: list.last
    ref: TR-01
    title: {zh: 一, en: One}
    assert: demo.list[101].total + last_year.demo.list[total].total >= 0
    from: 2018
    basis: 某市财政局通知
    verified: true
"""
    write_pack(
        tmp_path, files={"codes/purpose.yaml": CODES, "forms/list.yaml": FORM, "rules/list.yaml": rules}
    )
    library = load_library(tmp_path)
    assert (library.faults, lint_rules(library)) == ((), ())
    assert [(fault.file, fault.message) for fault in lint_coverage(library)] == [
        (
            "city/forms/list.yaml",
            f"demo.list: no rule touches {row} in total; write one, or say why with free:",
        )
        for row in ("row total", "the rows of codes")
    ]
