from __future__ import annotations

from hengjian.filing import Sheet
from hengjian.rules import Node, check_sheets, drill
from tests.unit.filing.maker import standards
from tests.unit.rules.maker import filled

EXPENDITURE = filled(
    "demo.expenditure",
    {
        "total": "9.00 5.00 4.00",
        "101": "6.00 5.00 1.00",
        "10101": "4.00 3.00 1.00",
        "10102": "2.00 2.00 -",
        "102": "3.00 - 3.00",
    },
)
TOTAL = ("demo.expenditure", "total", "total")


def tree(*sheets: Sheet, cell: tuple[str, str, str] = TOTAL) -> Node:
    return drill(cell, check_sheets(standards(), {sheet.form: sheet for sheet in sheets}))


def rows(node: Node) -> list[str]:
    return [child.cell[1] for child in node.children]


def test_a_total_is_followed_through_its_codes_to_what_nothing_defines() -> None:
    top = tree(EXPENDITURE)
    assert rows(top) == ["101", "102"]
    assert rows(top.children[0]) == ["10101", "10102"]
    by_nature = top.children[0].children[0]
    assert [child.cell[2] for child in by_nature.children] == ["running", "project"]
    assert all(leaf.verdict is None for leaf in by_nature.children)


def test_the_other_identities_that_define_a_cell_are_named() -> None:
    top = tree(EXPENDITURE)
    assert top.rule is not None
    assert top.rule.id == "demo.expenditure.classes"
    assert "demo.expenditure.by-nature" in top.alternatives


def test_a_step_that_does_not_add_up_goes_first_and_says_by_how_much() -> None:
    wrong = filled("demo.expenditure", {"total": "9.00 5.00 4.10", "101": "9.00 5.00 4.00"})
    top = tree(wrong)
    assert top.rule is not None
    assert top.rule.id == "demo.expenditure.by-nature"
    assert top.gap is not None
    assert top.gap.middle == -1000


def test_blank_addends_are_counted() -> None:
    leaf = tree(EXPENDITURE).children[0].children[1]
    assert leaf.cell[1] == "10102"
    assert leaf.blanks == 1


def test_a_cell_that_nothing_defines_or_nobody_states() -> None:
    assert tree(EXPENDITURE, cell=("demo.expenditure", "10101", "running")).children == ()
    nobody = tree(EXPENDITURE, cell=("demo.summary", "income.total", "amount"))
    assert nobody.figure is None
    assert nobody.verdict is None


def test_cells_that_define_one_another_end() -> None:
    summary = filled("demo.summary", {"income.total": "9.00", "expenditure.total": "9.00"})
    top = tree(summary, cell=("demo.summary", "income.total", "amount"))
    assert depth(top) < 6


def depth(node: Node) -> int:
    return 1 + max((depth(child) for child in node.children), default=0)
