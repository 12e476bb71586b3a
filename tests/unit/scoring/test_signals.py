"""Habits of whole sets: named when the set is large enough and shows them, silent otherwise."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from hengjian.filing import Filing, Indicator, Project
from hengjian.kernel import Finding, Place, Severity
from hengjian.packs.schema import Vocabulary
from hengjian.scoring.shared_results import stated_figures
from hengjian.scoring.signals import set_findings
from tests.unit.scoring.maker import filing, indicator, project, standards

WHOLE = Decimal(100)


def signals(made: Filing, pack: str = "demo") -> dict[str, Finding]:
    found = list(set_findings(made, standards(pack)))
    assert len({finding.code for finding in found}) == len(found)
    return {finding.code: finding for finding in found}


def forms(count: int, *rows: Indicator, **more: Any) -> list[Project]:  # noqa: ANN401 - fields of a project
    """Return so many projects alike, each with places of its own."""
    return [
        project(
            *(replace(row, place=Place(line=100 * n + i)) for i, row in enumerate(rows)),
            name=f"项目{n}",
            place=Place(line=100 * n),
            **more,
        )
        for n in range(1, count + 1)
    ]


def satisfaction(actual: str, target: str = "95", **more: Any) -> Indicator:  # noqa: ANN401
    return indicator("≥", target, actual, unit="%", name="读者满意度", **more)


def test_a_set_without_habits_is_silent() -> None:
    differing = [
        project(
            indicator(target="100", actual=str(101 + n)),
            satisfaction(str(90 + n)),
            name=f"项目{n}",
            total=("20.00", "18.00", "17.00"),
            stated_score=Decimal(90 + n),
            texts={"problems": "人手不足" if n else "无"},
        )
        for n in range(8)
    ]
    assert signals(filing(*differing)) == {}
    assert signals(filing()) == {}


@pytest.mark.parametrize(
    ("full", "of", "named"), [(9, 10, True), (8, 10, False), (5, 5, True), (4, 4, False)]
)
def test_nearly_all_scores_are_full(full: int, of: int, named: bool) -> None:
    made = [*forms(full, stated_score=WHOLE), *forms(of - full, stated_score=Decimal(97))]
    found = signals(filing(*made)).get("set.scores-full")
    assert (found is not None) == named
    if found is not None:
        assert (found.stated, found.severity) == (f"{full}/{of}", Severity.WARNING)
        assert found.place.line == 100
        assert len(found.related) == min(full - 1, 8)
        assert "3个中1个" in found.message.zh, "the base rate is named"


def test_a_score_that_stands_in_the_conclusion_alone_counts() -> None:
    conclusion = {"conclusion": Place(line=7, quote="自评得分100分")}
    found = signals(filing(*forms(5, conclusion_score=WHOLE, places=conclusion)))
    assert found["set.scores-full"].place.quote == "自评得分100分"


def test_results_that_equal_their_targets() -> None:
    exact, short = indicator("=", "100", "100.0", unit="%"), indicator("≥", "80", "93")
    found = signals(filing(*forms(5, exact, exact, short)))["set.results-at-target"]
    assert (found.stated, found.severity) == ("10/15", Severity.INFO)
    assert "5项中，0项" in found.message.zh

    limit = indicator("≥", "80", "80")
    found = signals(filing(*forms(10, exact, limit)))["set.results-at-target"]
    assert (found.stated, found.severity) == ("20/20", Severity.WARNING)


def test_results_that_are_no_numbers_say_nothing_about_targets() -> None:
    words = indicator("≥", "80", "已完成")
    assert signals(filing(*forms(9, indicator("≥", "80", "80"), words))) == {}, "nine rows are too few"


def test_money_unspent_and_scores_high() -> None:
    unspent = forms(5, total=("20.00", "20.00", "10.00"), stated_score=Decimal(95))
    found = signals(filing(*unspent))["set.execution-low"]
    assert "合计预算执行率50%，5个项目低于80%，平均自评得分却有95分" in found.message.zh
    graded = [replace(each, stated_score=Decimal(85)) for each in unspent]
    assert signals(filing(*graded)) == {}, "below the best grade the scores may follow the money"
    one = [*forms(9, total=("20.00", "20.00", "19.00"), stated_score=Decimal(95)), unspent[0]]
    assert signals(filing(*one)) == {}, "the set as a whole was spent"


def test_no_problem_anywhere_though_points_were_lost() -> None:
    denied = forms(5, indicator(score="9"), texts={"problems": "无。"})
    found = signals(filing(*denied))["set.no-problems"]
    assert found.stated == "5/5"
    assert "5项指标失分" in found.message.zh
    whole = forms(5, indicator(score="10"), texts={"problems": "无"})
    assert signals(filing(*whole)) == {}
    assert "整体自评为97分" in signals(filing(*whole, stated_total=Decimal(97)))["set.no-problems"].message.zh
    assert signals(filing(*denied[:4], *forms(1, texts={"problems": "人手不足"}))) == {}
    assert signals(filing(*forms(5, indicator(score="9"), texts={"problems": ""}))) == {}, (
        "blank denies nothing"
    )


def test_every_satisfaction_has_the_same_result() -> None:
    found = signals(filing(*forms(5, satisfaction("96"))))["set.satisfaction-alike"]
    assert "5个项目中指标值为≥95%的5项满意度，完成值全部是96" in found.message.zh
    one_other = [*forms(5, satisfaction("96")), *forms(1, satisfaction("97"))]
    assert signals(filing(*one_other)) == {}
    assert signals(filing(*forms(4, satisfaction("96"), satisfaction("96")))) == {}, (
        "four projects are too few"
    )


def test_a_count_of_complaints_is_no_satisfaction() -> None:
    complaints = indicator("≤", "1", "0", unit="次", name="不满意次数")
    assert signals(filing(*forms(6, complaints))) == {}


def test_satisfaction_of_nearly_everybody() -> None:
    mixed = [*forms(3, satisfaction("99.99")), *forms(3, satisfaction("91"))]
    assert signals(filing(*mixed))["set.satisfaction-full"].stated == "3/6"
    assert "set.satisfaction-full" not in signals(filing(*mixed[1:], *forms(1, satisfaction("92"))))


def test_budgets_adjusted_to_what_was_spent() -> None:
    moved = [*forms(4, total=("20.00", "18.00", "18.00")), *forms(1, total=("0.00", "6.00", "6.00"))]
    found = signals(filing(*moved))["set.adjusted-as-executed"]
    assert (
        "5个项目中5个的调整后预算数等于执行数，其中5个由年初预算调整而来（1个没有年初预算）"
        in found.message.zh
    )
    assert found.place == moved[-1].place, "what had no budget stands first"
    assert signals(filing(*forms(9, total=("18.00", "18.00", "18.00")))) == {}, "spent as budgeted"
    assert signals(filing(*forms(9, total=(None, "18.00", "18.00")))) == {}, "the initial budget is not known"
    assert signals(filing(*forms(9, total=("20.00", "18.00", "17.00")))) == {}


def test_qualitative_results_that_repeat_their_targets() -> None:
    repeated = indicator("qualitative", "明显提高", "明显 提高", unit=None)
    assert signals(filing(*forms(5, repeated)))["set.qualitative-repeated"].stated == "5/5"
    told = indicator("qualitative", "明显提高", "办理时间缩短一半", unit=None)
    assert signals(filing(*forms(5, repeated), *forms(1, told))) == {}
    assert signals(filing(*forms(5, indicator("qualitative", "明显提高", None, unit=None)))) == {}


RESULTS = "2023年修复图书1439册，上架2880册，接待读者15.64万人，办讲座32场。"


def units_of(pack: str) -> frozenset[str]:
    vocabulary = standards(pack).vocabulary
    assert isinstance(vocabulary, Vocabulary)
    return vocabulary.all_units


def test_two_projects_claim_the_same_results() -> None:
    pack = "cn/national"
    first, second = (
        project(name=name, texts={"goal_result": text}, places={"goal_result": Place(line=line)})
        for name, text, line in (("修复", RESULTS, 1), ("讲座", f"按计划完成。{RESULTS}", 9))
    )
    found = signals(filing(first, second), pack)["set.results-shared"]
    assert (found.place.line, found.related[0].line) == (1, 9)
    assert found.place.quote == RESULTS.removeprefix("2023年修复图书").removesuffix("。")
    assert "“修复”、“讲座”" in found.message.zh
    assert "4个相同的数（1439册、2880册、15.64万人、32场）" in found.message.zh


@pytest.mark.parametrize(
    "other",
    [
        "修复图书1439册，上架2880册，接待读者15.64万人。",  # three figures
        "修复图书1440册，上架2881册，接待读者15.65万人，办讲座33场。",
        "2023年12月31日前完成100%，2022年完成95%，比2021年提高5%。",
        "",
    ],
)
def test_projects_with_results_of_their_own(other: str) -> None:
    made = filing(
        project(name="修复", texts={"goal_result": RESULTS}), project(name="讲座", texts={"overview": other})
    )
    assert signals(made, "cn/national") == {}


def test_small_figures_are_equal_by_chance() -> None:
    small = "培训2次、3场，检查5家，发放6份，走访8户。"
    made = filing(*(project(name=name, texts={"overview": small}) for name in "甲乙"))
    assert signals(made, "cn/national") == {}


def test_one_project_may_repeat_itself() -> None:
    texts = {"goal_result": RESULTS, "overview": RESULTS}
    assert signals(filing(project(texts=texts)), "cn/national") == {}


def test_figures_keep_units_and_leave_out_dates() -> None:
    found = stated_figures("2023年检查1,439家次，涉及3亿元、0.5万元，占98.5%", units_of("cn/national"))
    assert [f"{value}{unit}" for value, unit in found] == ["1439家次", "3亿元", "0.5万元"]


def test_a_pack_without_signals_names_none() -> None:
    bare = standards()
    vocabulary = bare.vocabulary
    assert vocabulary is not None
    without = replace(bare, vocabularies={"indicators": vocabulary.model_copy(update={"set_signals": {}})})
    assert list(set_findings(filing(*forms(9, stated_score=WHOLE)), without)) == []
