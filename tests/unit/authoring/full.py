"""A made-up filing that has something for every form."""

from dataclasses import replace
from decimal import Decimal

from hengjian.filing import OverallTargets, Project, ProjectProgress, RubricScore, Sheet, Task
from hengjian.filing.model import CorrectiveAction, IndicatorProgress, MonitoringSheet
from hengjian.kernel import Amount, Figure, FiscalYear, MoneyUnit
from tests.unit.authoring.sample import FILING, PUBLICITY, funds, indicator

YEAR = FiscalYear(2022)


def amount(text: str) -> Amount:
    found = Amount.parse(text, MoneyUnit.WAN_YUAN)
    assert found is not None
    return found


AID = Project(
    name="医疗救助补助资金",
    code="99010131T000000000417",
    funds=funds(
        {
            "total": "700.00 700.00 690.00 98.57%",
            "central": "400.00 400.00 400.00 100.00%",
            "province": "200.00 200.00 200.00 100.00%",
            "county": "100.00 100.00 90.00 90.00%",
        }
    ),
    indicators=(indicator("产出指标", "数量指标", "资助参保人数", "≥ 12000 人 12100 - -"),),
    texts={
        "central_department": "国家医疗保障局",
        "allocation": "按救助人数分配",
        "annual_goal": "应助尽助",
        "overview": "逐户核定",
    },
)
MONITORED = MonitoringSheet(
    7,
    (
        ProjectProgress(
            PUBLICITY.code or "",
            executed=amount("420.5"),
            expected=amount("1,100.00"),
            indicators=(
                IndicatorProgress("政策宣传活动场次", "8", "14", likelihood="确定能"),
                IndicatorProgress("发放宣传品", "5", None, "经费保障", "采购未完成", "有可能"),
            ),
            actions=(CorrectiveAction("加快采购", "办公室", "2022-09-30"),),
        ),
        ProjectProgress("未列入的项目", executed=amount("1")),
    ),
)
OVERALL = OverallTargets(
    funds=Sheet(
        "performance.overall_funds",
        {"total": "预算支出总额", "basic": "基本支出", "project": "项目支出"},
        {
            (row, column): Figure("performance.overall_funds", row, column, amount(text))
            for row, column, text in (
                ("total", "total", "1,200.00"),
                ("basic", "total", "500.00"),
                ("basic", "fiscal", "500.00"),
                ("project", "total", "700.00"),
                ("project", "fiscal", "700.00"),
            )
        },
    ),
    indicators=(
        indicator("产出指标", "数量指标", "参保人数", "≥ 300000 人 - 50 -"),
        indicator("满意度指标", "服务对象满意度指标", "群众满意度", "≥ 90 % - 40 -"),
    ),
    texts={"overall_goal": "应保尽保", "overall_notes": "无"},
    tasks=(Task("参保扩面", "动员居民参保"), Task("基金监管", "现场检查")),
)
LINES = (
    RubricScore("预算完成率", "预算执行", "执行", Decimal(5), Decimal("4.50")),
    RubricScore("债务还本付息", "综合管理", "债务", Decimal(2), None, not_applicable="没有债务"),
)
FULL = replace(
    FILING,
    year=YEAR,
    kind="self_evaluation",
    projects=(*FILING.projects, AID),
    overall=OVERALL,
    monitoring=(MONITORED, replace(MONITORED, month=9)),
    rubric_scores=LINES,
    stated_total=Decimal("96.5"),
)
