"""Tables of an overall score in the layouts that are published, and rows whose cells have moved."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from hengjian.audit.rubric_table import RubricReading, read_rubrics
from hengjian.audit.tables import score_table_labels
from hengjian.documents import Block, Cell, DocumentTree, Paragraph, Table
from hengjian.filing import RubricScore
from hengjian.kernel import Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

LABELS = score_table_labels(load_library(data_folder("packs")))
RULE = "按时报送得满分，否则不得分。"
HEAD = "一级指标|二级指标|三级指标|分值|指标解释|评分标准|得分"
LINES = (
    f"投入（10）|预算（10分）|编制|6|反映编制情况。|{RULE}|5",
    f"||报送|4|反映报送情况。|{RULE}|4",
)


def table(*rows: str, line: int = 1, caption: str = "整体支出绩效评价得分表") -> Table:
    split = [row.split("|") for row in rows]
    cells = tuple(
        tuple(Cell(text, r, c, line=line + r) for c, text in enumerate(row)) for r, row in enumerate(split)
    )
    return Table(caption, (), cells, (), None, line)


def read(*blocks: Block) -> RubricReading:
    return read_rubrics(DocumentTree("made-up.txt", "0" * 64, "txt", blocks, (), None, wrapped=False), LABELS)


def said(lines: Sequence[RubricScore]) -> list[tuple[str, str, str, str, str]]:
    return [(line.level1, line.level2, line.title, str(line.maximum), str(line.score)) for line in lines]


def codes(reading: RubricReading) -> list[str]:
    return [finding.code.removeprefix("input.rubric-") for finding in reading.findings]


EXPECTED = [("投入", "预算", "编制", "6", "5"), ("投入", "预算", "报送", "4", "4")]


@pytest.mark.parametrize(
    "rows",
    [
        (HEAD, *LINES),
        (  # each level with points of its own
            "一级指标|分值|二级指标|分值|三级指标|分值|指标解释|评分标准|得分",
            f"投入|10|预算|10|编制|6|反映编制情况。|{RULE}|5",
            f"||||报送|4|反映报送情况。|{RULE}|4",
        ),
        (  # points in the name, levels repeated
            "一级指标|二级指标|三级指标|指标说明|计分标准（备注）|自评得分",
            f"投入（10分）|预算（10分）|编制（6分）|反映编制情况。|{RULE}|5分",
            f"投入（10分）|预算（10分）|报送　（4分）|反映报送情况。|{RULE}|4分",
        ),
        (  # a head in two rows, a title in the table
            "部门整体支出绩效评价得分表||||||",
            "指标|||分值|指标解释|评分标准|得分",
            "一级指标|二级指标|三级指标||||",
            *LINES,
        ),
        (  # the score before the rule, a subtotal, a total and what stands below it
            "序号|一级指标|二级指标|三级指标|权重|得分|指标解释|评分标准",
            f"1|投入|预算|编制|6%|5|反映编制情况。|{RULE}",
            f"2|||报送|4%|4|反映报送情况。|{RULE}",
            "|小计|||10|9||", "合计||||10|9||", "填报人：||||||联系电话：|",
        ),
        (HEAD, "一、共性指标||||||", *LINES, HEAD),  # a line across the table, the head printed again
    ],
)  # fmt: skip
def test_layouts(rows: tuple[str, ...]) -> None:
    reading = read(table(*rows))
    assert said(reading.scores) == EXPECTED
    assert codes(reading) == []
    assert {line.texts["rule"] for line in reading.scores} == {RULE}
    assert reading.scores[0].texts["explanation"] == "反映编制情况。"


def test_a_new_level_leaves_the_one_below_it_open() -> None:
    reading = read(table(HEAD, *LINES, f"产出||完成|5|反映完成情况。|{RULE}|5"))
    assert said(reading.scores)[-1] == ("产出", "", "完成", "5", "5")


def test_two_levels_and_a_rule_are_a_score_table() -> None:
    reading = read(table("一级指标|二级指标|分值|评分标准|得分", f"投入|编制|6|{RULE}|5"))
    assert said(reading.scores) == [("投入", "", "编制", "6", "5")]


@pytest.mark.parametrize(
    "head",
    [
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
        "一级指标|二级指标|分值|得分",
        "一级指标|二级指标|三级指标|年度指标值|评分标准|分值",
    ],
)
def test_a_form_of_targets_or_results_is_no_score_table(head: str) -> None:
    width = head.count("|") + 1
    row = "|".join(["投入", "编制", "报送", "5", "5", "5", "5"][:width])
    assert read(table(head, row)).tables == ()


def test_a_line_alone_under_its_level_has_that_level_s_points() -> None:
    reading = read(table(HEAD, f"投入（10分）|预算（10分）|编制||反映编制情况。|{RULE}|5"))
    assert said(reading.scores) == [("投入", "预算", "编制", "10", "5")]


def test_the_total_of_the_table_is_the_score_where_the_text_states_none() -> None:
    reading = read(table(HEAD, *LINES, "合计|||10|||9"))
    assert reading.total == Decimal(9)
    assert reading.total_place is not None
    assert reading.total_place.quote == "合计 9"


def test_points_that_do_not_add_up() -> None:
    reading = read(table(HEAD, LINES[0].replace("|6|", "|7|"), LINES[1], "合计|||12|||9"))
    found = [(each.stated, each.expected, each.severity) for each in reading.findings]
    assert found == [
        ("10", "11", Severity.WARNING), ("10", "11", Severity.WARNING), ("12", "11", Severity.WARNING),
    ]  # fmt: skip


def test_a_blank_maximum_leaves_the_sum_open() -> None:
    reading = read(table(HEAD, LINES[0], LINES[1].replace("|4|反", "||反")))
    assert [str(line.maximum) for line in reading.scores] == ["6", "None"]
    assert reading.findings == ()


def test_texts_that_a_lost_cell_has_moved_are_put_back() -> None:
    head = "一级指标|二级指标|三级指标|分值|得分|评分依据|指标解释|评分标准|佐证材料"
    reading = read(table(head, f"投入|预算|编制|6|5|反映编制情况。|{RULE}|报送单|"))
    assert reading.scores[0].texts == {
        "explanation": "反映编制情况。", "rule": RULE, "evidence": "报送单",
    }  # fmt: skip
    assert codes(reading) == ["row-shifted"]


def test_rows_whose_cells_have_moved() -> None:
    reading = read(
        table(
            HEAD,
            *LINES,
            f"产出|完成|及时|3|2|反映及时情况。|{RULE}",  # read by order
            f"||3|2|反映办结情况。|{RULE}|",  # whose points?
            "|||满意度情况|对象满意的，得2分。||",  # a name, no points
            "||5||5||5",
        )
    )
    assert said(reading.scores)[2:] == [
        ("产出", "完成", "及时", "3", "2"), ("产出", "", "满意度情况", "None", "None"),
    ]  # fmt: skip
    assert codes(reading)[:4] == ["row-shifted", "row-unnamed", "row-shifted", "row-unnamed"]
    assert [finding.place.line for finding in reading.findings[:4]] == [4, 5, 6, 7]


def test_an_unread_row_leaves_the_total_open() -> None:
    rows = (HEAD, *LINES, f"||3|2|反映办结情况。|{RULE}|", "合计|||10|||9")
    assert read(table(*rows)).total is None


def test_a_row_printed_twice_is_named_with_the_first() -> None:
    reading = read(table(HEAD, *LINES, "||5||5||5", "||5||5||5"))
    repeated = reading.findings[-1]
    assert codes(reading) == ["row-unnamed", "row-repeated"]
    assert (repeated.place.line, [place.line for place in repeated.related]) == (5, [4])


def test_a_cell_broken_off_by_a_page_goes_on() -> None:
    reading = read(table(HEAD, f"投入（10）|预算（10分）|编制|10|反映编制|{RULE}|5", "||||的情况。||"))
    assert reading.scores[0].texts["explanation"] == "反映编制的情况。"
    assert reading.findings == ()


def test_a_table_right_behind_goes_on() -> None:
    more = table(f"||公开|5|反映公开情况。|{RULE}|5", line=9, caption="")
    reading = read(table(HEAD, *LINES), more)
    assert said(reading.scores)[-1] == ("投入", "预算", "公开", "5", "5")
    assert len(reading.tables) == 2


@pytest.mark.parametrize("caption", ["", "人员情况表"])
def test_another_table_does_not(caption: str) -> None:
    other = table("姓名|单位|职务|电话|备注|性别|年龄", "某人|某局|科员|5|5|5|5", line=9, caption=caption)
    for blocks in (
        [table(HEAD, *LINES), other],
        [table(HEAD, *LINES), Paragraph("附件", (), None, 8), other],
    ):
        reading = read(*blocks)
        assert len(reading.tables) == 1
        assert reading.findings == ()


@pytest.mark.parametrize("text", ["", "/", "不涉及"])
def test_a_line_without_a_score_is_open(text: str) -> None:
    reading = read(table(HEAD, f"投入|预算|编制|6|反映编制情况。|{RULE}|{text}"))
    assert reading.scores[0].score is None
    assert reading.findings == ()


def test_a_table_of_which_no_row_could_be_read_is_told() -> None:
    reading = read(table(HEAD, f"||3|2|反映办结情况。|{RULE}|"))
    assert reading.scores == ()
    assert codes(reading) == ["row-unnamed"]
