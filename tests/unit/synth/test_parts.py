import numpy as np
import pytest

from hengjian.synth.draws import Draws
from hengjian.synth.items import FUNDS, items_of
from hengjian.synth.names import KINDS
from hengjian.synth.pages import CodeTree, Page
from tests.unit.synth.maker import national

FUNCTIONAL = national().schemes["functional"]


def draws(grain: int = 100) -> Draws:
    return Draws(np.random.default_rng(1), 3, grain)


def test_a_split_adds_up_and_gives_nothing_to_a_weight_of_zero() -> None:
    totals = np.array([1_000, 99_900, 0])
    weights = np.array([[0, 0, 0], [1, 7, 1], [2, 3, 1]])
    parts = draws().split(totals, weights)
    assert parts.sum(axis=0).tolist() == totals.tolist()
    assert parts[0].tolist() == [0, 0, 0]
    assert (parts % 100 == 0).all()


def test_a_split_of_items_by_department_adds_up_item_by_item() -> None:
    totals = draws().amounts(50_000, 0.5, rows=4)
    parts = draws().split(totals, draws().weights((1, 2, 3), 0.5))
    assert parts.shape == (3, 4, 3)
    assert (parts.sum(axis=0) == totals).all()


def test_a_scaled_amount_is_whole_and_never_more_than_its_share() -> None:
    amounts = draws().scaled(np.array([999_900, 100, 0]), np.array([500, 999, 500]))
    assert amounts.tolist() == [499_900, 0, 0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.home)
def test_items_begin_with_the_department_s_own_and_each_budget_has_some(kind: object) -> None:
    chosen = next(each for each in KINDS if each == kind)
    items = items_of(FUNCTIONAL, chosen, 12)
    assert items is not None
    assert len(items.codes) == 12
    assert list(items.codes) == sorted(items.codes)
    assert items.codes[items.main].startswith(chosen.home)
    assert all(items.of(fund) for fund in FUNDS)
    assert "2080505" in items.codes


def test_a_medical_security_bureau_has_its_administration_first() -> None:
    items = items_of(FUNCTIONAL, KINDS[0], 16)
    assert items is not None
    assert {"2101501", "2101502", "2101550", "2101202", "2101301", "2210201"} <= set(items.codes)


def test_running_a_department_is_no_project() -> None:
    for kind in KINDS:
        items = items_of(FUNCTIONAL, kind, 40)
        assert items is not None
        running = [at for at, code in enumerate(items.codes) if FUNCTIONAL.items[code].name == "行政运行"]
        assert all(items.project[at] == 0 for at in running if items.codes[at].startswith(kind.home))


def test_a_page_adds_its_codes_up_and_remembers_the_sums() -> None:
    page = Page(national().forms["budget.general_public"])
    leaves = ("2080505", "2101501", "2101502")
    for column, factor in (("basic", 1), ("project", 10)):
        page.codes(leaves, column, np.array([[1], [2], [3]]) * factor)
    page.across("total", ("basic", "project"))
    assert page.rows()[:3] == ("total", "208", "20805")
    assert page.values["21015", "basic"].tolist() == [5]
    assert page.values["total", "total"].tolist() == [66]
    trees = {each.whole for each in page.sums if each.tree}
    assert {("21015", "basic"), ("total", "total")} <= trees
    assert ("2101501", "total") in {each.whole for each in page.sums if not each.tree}


def test_a_column_or_row_that_a_form_lacks_is_passed_over() -> None:
    page = Page(national().forms["budget.general_public"])
    page.put("total", "no_such_column", np.array([1]))
    page.put("no_such_row", "total", np.array([1]))
    assert page.values == {}


def test_rows_of_a_form_of_two_sides_stand_where_they_are_printed() -> None:
    page = Page(national().forms["budget.summary"])
    for row in ("expenditure.total", "208", "income.total"):
        page.put(row, "amount", np.array([1]))
    assert page.rows() == ("income.total", "208", "expenditure.total")


def test_classes_take_all_leaves_below_them() -> None:
    tree = CodeTree(("2080505", "2101501", "223"), (3,))
    found = {code: amounts.tolist() for code, amounts in tree.by_class(np.array([[1], [2], [4]]))}
    assert found == {"208": [1], "210": [2], "223": [4]}
