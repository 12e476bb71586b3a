"""The national self-evaluation in lines: operator and unit stand in the target, points before the rate."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hengjian.audit.pipeline import audit
from hengjian.kernel import Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library
from tests.unit.audit.test_lines import form, read_projects, row_of

HEAD = """\
项目支出绩效自评表（2023年度）
项目名称 青山书屋流动借阅服务
主管部门 青山县文化局 实施单位 青山书屋
项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 1,200.00 1,180.00 1,121.00 10 95.00% 9.5
其中：当年财政拨款 1,200.00 1,180.00 1,121.00 — 95.00% —
上年结转资金 — —
其他资金 — —
年度总体目标 预期目标 实际完成情况
送书下乡。
已送书下乡。
绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
"""
ROWS = """\
产出指标 数量指标 流动借阅人次 ≥12000人次 12356人次 10 10
产出指标 质量指标 图书完好率 100% 100% 10 10
产出指标 时效指标 更新完成时间 12月31日前 12月20日 10 10
产出指标 成本指标 管理员补助标准 ≤2500元/人·月 2300元/人·月 10 10
产出指标 成本指标 每册图书的平均采购
费用 40元 40元 10 10
效益指标 社会效益指标 投诉起数 >=0起
0起 10 10
效益指标 可持续影响指标 阅读风气 有效提升 有效提升 20 20
满意度指标 服务对象满意度指标 服务对象满意度 较上年提高 较上年提高 10 10
总分 100 99.5
"""


def test_targets_and_results_without_columns_for_units_are_parted() -> None:
    (project,) = read_projects(HEAD + ROWS)
    assert [row_of(each)[2:7] for each in project.indicators] == [
        ("流动借阅人次", "≥", "12000", "人次", "12356人次"),
        ("图书完好率", None, "100", "%", "100%"),
        ("更新完成时间", None, "12月31日前", None, "12月20日"),
        ("管理员补助标准", "≤", "2500", "元/人·月", "2300元/人·月"),
        ("每册图书的平均采购费用", None, "40", "元", "40元"),
        ("投诉起数", "≥", "0", "起", "0起"),
        ("阅读风气", None, "有效提升", None, "有效提升"),
        ("服务对象满意度", None, "较上年提高", None, "较上年提高"),
    ]


def test_points_before_the_rate_are_the_weight() -> None:
    (project,) = read_projects(HEAD + ROWS)
    assert (project.execution_weight, project.execution_score) == (Decimal(10), Decimal("9.5"))
    assert project.funds is not None
    figures = {column: str(f.value) for (row, column), f in project.funds.figures.items() if row == "total"}
    assert (figures["executed"], figures["rate"]) == ("1,121.00万元", "95.00%")


def test_a_row_of_funds_that_lacks_a_cell_is_not_guessed() -> None:
    short = HEAD.replace("1,200.00 1,180.00 1,121.00 10 95.00% 9.5", "1,180.00 1,121.00 10 95.00% 9.5")
    (project,) = read_projects(short + ROWS)
    assert project.funds is not None
    assert project.funds.figure("total", "executed") is None


def test_rows_that_do_not_come_to_the_total_are_not_judged() -> None:
    """Lines of which a row was lost say nothing of scores; a form with unit columns is read as before."""
    lost = ROWS.replace("产出指标 质量指标 图书完好率 100% 100% 10 10\n", "")
    (project,) = read_projects(HEAD + lost)
    assert project.indicators == ()


@pytest.mark.parametrize(
    ("row", "read"),
    [("数量指标 管理员补助 ≤ 500 元/人·月 480 30 30", ("≤", "500", "元/人·月", "480")),
     ("数量指标 户均书架成本 ≤ 2000 元/户 1506 30 30", ("≤", "2000", "元/户", "1506")),
     ("社会效益指标 阅读风气 定性 优 / 良 30 30", ("qualitative", "优", None, "良"))],
)  # fmt: skip
def test_a_unit_of_its_column_is_taken_whole(row: str, read: tuple[str | None, ...]) -> None:
    (project,) = read_projects(form(f"产出指标 {row}"))
    assert row_of(project.indicators[0])[3:7] == read


def test_a_right_form_leaves_no_finding_a_reviewer_would_not_write(tmp_path: Path) -> None:
    path = tmp_path / "form.txt"
    path.write_text("青山县文化局2023年度部门决算\n" + HEAD + ROWS, encoding="utf-8")
    audited = audit(path, load_library(data_folder("packs")))
    assert audited.resolved is not None
    assert len(audited.resolved.filing.projects) == 1
    assert [f.code for f in audited.findings if f.severity is not Severity.INFO] == []
