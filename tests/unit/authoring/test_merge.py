"""A publication's filing laid onto another: what is taken, what differs, what agrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hengjian.authoring.merge import merge
from hengjian.filing import Entity, Filing, Indicator, OverallTargets, Project, RubricScore, Sheet
from hengjian.kernel import Amount, Figure, FiscalYear, MoneyUnit
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for

STANDARDS = standards_for(load_library(data_folder("packs")), "cn/national", FiscalYear(2022))
FORM = "final.expenditure"
WAN, YUAN = MoneyUnit.WAN_YUAN, MoneyUnit.YUAN
EMPTY = Filing(Entity("某局"), FiscalYear(2022), "cn/national", "final_accounts")


def sheet(cells: Mapping[tuple[str, str], str], unit: MoneyUnit = WAN, *, partial: bool = False) -> Sheet:
    figures: dict[tuple[str, str], Figure] = {}
    for (row, column), text in cells.items():
        value = Amount.parse(text, unit)
        assert value is not None
        figures[row, column] = Figure(FORM, row, column, value)
    return Sheet(FORM, {row: f"行{row}" for row, _ in cells}, figures, partial=partial)


def filing(**parts: object) -> Filing:
    return replace(EMPTY, **parts)  # type: ignore[arg-type]


def test_what_is_new_is_taken_whole_and_told_once() -> None:
    stated = filing(
        sheets={FORM: sheet({("201", "total"): "1.00", ("202", "total"): "2.00"})},
        projects=(Project("甲", indicators=(Indicator("产出指标", "数量指标", "人数"),)),),
        overall=OverallTargets(),
        stated_total=Decimal(97),
    )
    merged = merge(stated, EMPTY, STANDARDS)
    assert merged.filing == replace(stated, place=EMPTY.place)
    told = [(change.kind, change.part, change.count) for change in merged.taken]
    assert told == [
        ("sheet", FORM, 2),
        ("project", "甲", 1),
        ("overall", "@overall", 0),
        ("field", "@department", 1),
    ]
    again = merge(stated, merged.filing, STANDARDS)
    assert (again.filing, again.taken, again.differing) == (merged.filing, (), ())
    assert again.agreed == 3


def test_blank_cells_are_filled_and_rows_stand_in_the_order_of_their_codes() -> None:
    ours = filing(sheets={FORM: sheet({("201", "total"): "1.00", ("210", "total"): "3.00"})})
    stated = filing(sheets={FORM: sheet({("205", "total"): "2.00", ("201", "basic"): "0.50"})})
    merged = merge(stated, ours, STANDARDS)
    assert list(merged.filing.sheets[FORM].rows) == ["201", "205", "210"]
    assert {(c.row, c.column, c.before, c.after) for c in merged.taken} == {
        ("行205", "total", None, "2.00万元"),
        ("行201", "basic", None, "0.50万元"),
    }


def test_figures_that_can_be_one_agree_and_the_finer_stays() -> None:
    ours = filing(sheets={FORM: sheet({("201", "total"): "31,331,234.50"}, YUAN)})
    stated = filing(sheets={FORM: sheet({("201", "total"): "3,133.12"})})
    merged = merge(stated, ours, STANDARDS, prefer=True)
    assert (merged.filing, merged.taken, merged.agreed) == (ours, (), 1)


def test_what_differs_stays_unless_the_publication_goes_first() -> None:
    ours = filing(sheets={FORM: sheet({("201", "total"): "1.00"})})
    stated = filing(sheets={FORM: sheet({("201", "total"): "1.10"})})
    kept = merge(stated, ours, STANDARDS)
    assert (kept.filing, kept.taken) == (ours, ())
    assert [(change.before, change.after) for change in kept.differing] == [("1.00万元", "1.10万元")]
    taken = merge(stated, ours, STANDARDS, prefer=True)
    assert taken.filing.sheets[FORM].figures["201", "total"].value == Amount.parse("1.10", WAN)
    assert not taken.differing


def test_a_sheet_stays_partial_only_while_both_are() -> None:
    whole, part = sheet({("201", "total"): "1.00"}), sheet({("202", "total"): "2.00"}, partial=True)
    for ours, stated, partial in ((part, part, True), (part, whole, False), (whole, part, False)):
        merged = merge(filing(sheets={FORM: stated}), filing(sheets={FORM: ours}), STANDARDS)
        assert merged.filing.sheets[FORM].partial is partial


def test_projects_are_paired_by_code_then_by_name_and_each_once() -> None:
    ours = filing(projects=(Project("甲 项目", code="X1"), Project("乙"), Project("乙")))
    stated = filing(
        projects=(
            Project("甲项目（新名）", code="X1", stated_score=Decimal(98)),
            Project("乙", stated_score=Decimal(1)),
            Project("乙", stated_score=Decimal(2)),
            Project("丙"),
        )
    )
    merged = merge(stated, ours, STANDARDS).filing.projects
    assert [(p.name, p.stated_score) for p in merged] == [
        ("甲 项目", Decimal(98)),
        ("乙", Decimal(1)),
        ("乙", Decimal(2)),
        ("丙", None),
    ]


def test_texts_and_indicators_are_filled_and_white_space_is_no_difference() -> None:
    ours = Project(
        "甲",
        indicators=(Indicator("产出指标", "数量指标", "参保 人数", target="100"),),
        texts={"goal": "按时 完成", "problems": ""},
    )
    stated = Project(
        "甲",
        indicators=(
            Indicator("产出指标", "数量指标", "参保人数", target="100", actual="99"),
            Indicator("产出指标", "质量指标", "合格率"),
        ),
        texts={"goal": "按时完成", "problems": "无"},
    )
    merged = merge(filing(projects=(stated,)), filing(projects=(ours,)), STANDARDS)
    project = merged.filing.projects[0]
    assert [(i.name, i.actual) for i in project.indicators] == [("参保 人数", "99"), ("合格率", None)]
    assert project.texts == {"goal": "按时 完成", "problems": "无"}
    assert not merged.differing
    assert merged.agreed == 2


def test_lines_of_the_rubric_are_paired_by_their_titles() -> None:
    ours = filing(rubric_scores=(RubricScore("预算编制", "投入", "目标", Decimal(10), None),))
    stated = filing(
        rubric_scores=(
            RubricScore("预算编制", "投入", "目标", Decimal(10), Decimal(9)),
            RubricScore("预算执行", "过程", "执行", Decimal(10), Decimal(8)),
        )
    )
    merged = merge(stated, ours, STANDARDS)
    assert [line.score for line in merged.filing.rubric_scores] == [Decimal(9), Decimal(8)]
    assert [change.kind for change in merged.taken] == ["field", "rubric"]
