"""Identities in the captions of their forms."""

from __future__ import annotations

import pytest

from hengjian.rules import assertion_in_words, bind_rule, condition_in_words
from tests.unit.filing.maker import standards
from tests.unit.rules.maker import make_rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("demo.expenditure.by-nature", "合计 = 日常支出 + 项目支出（逐行）"),
        ("demo.expenditure.hierarchy", "上级科目 = 下级科目之和（逐个上级科目、逐栏）"),
        ("demo.summary.income-parts", "本年收入合计 = “本年收入合计”各组成项之和（逐栏）"),
        ("demo.summary-expenditure.year", "《协会收支总表》本年支出合计 预算数 = 《协会支出表》合计 合计"),
        ("demo.activity.change-rate", "增长 = 100 × (费用 − 上年费用) ÷ 上年费用（逐行）"),
    ],
)
def test_an_assertion_says_what_its_rule_states(rule: str, words: str) -> None:
    bound = bind_rule(standards().rules[rule], standards()).bound
    assert bound is not None
    assert assertion_in_words(bound, standards()).zh == words


def test_a_condition_says_where_a_rule_holds() -> None:
    rule = make_rule("spent <= revised", "demo.funds", "row").model_copy(
        update={"where": "not stated(planned) and (spent > 0 or stated(revised))"}
    )
    bound = bind_rule(rule, standards()).bound
    assert bound is not None
    words = condition_in_words(bound, standards())
    assert words is not None
    assert words.zh == "预算数空白，并且(执行数 > 0，或者调整后预算数有数)"
    assert words.en == "预算数 is blank and (执行数 > 0 or 调整后预算数 is stated)"


def test_a_rule_that_holds_everywhere_has_no_condition() -> None:
    bound = bind_rule(standards().rules["demo.expenditure.by-nature"], standards()).bound
    assert bound is not None
    assert condition_in_words(bound, standards()) is None
