"""A made-up county bureau's filing, and the words and rows of a form to write it in."""

from collections.abc import Mapping
from decimal import Decimal

from hengjian.authoring import LayoutWriter, PlannedDocument
from hengjian.filing import OVERALL_FUNDS, Entity, Filing, Indicator, Project, Sheet
from hengjian.kernel import Amount, Figure, FiscalYear, MoneyUnit, Percent, Text
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.packs.schema import Column, Form, Row, Wording
from hengjian.packs.standards import Standards

YEAR = FiscalYear(2031)

LABELS = {
    "title": "部门预算项目支出绩效自评表（{year} 年度）",
    "project_name": "项目名称",
    "department": "主管部门",
    "unit_stamp": "实施单位（盖章）",
    "basics": "项目基本情况",
    "goal_completion": "1.项目年度目标完成情况",
    "annual_goal": "项目年度目标",
    "goal_result": "年度目标完成情况",
    "overview": "2.项目实施内容及过程概述",
    "execution": "预算执行情况（10分）",
    "annual_budget": "年度预算数（万元）",
    "initial": "年初预算",
    "adjusted": "调整后预算数",
    "executed": "预算执行数",
    "rate": "预算执行率",
    "weight": "权重",
    "score": "得分",
    "reason": "原因",
    "funds_total": "总额",
    "funds_fiscal": "其中：财政资金",
    "funds_special_account": "财政专户管理资金",
    "funds_unit": "单位资金",
    "funds_other": "其他资金",
    "indicators": "绩效指标（90分）",
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "nature": "指标性质",
    "target": "指标值",
    "measure": "度量单位",
    "actual": "完成值",
    "shortfall": "未完成原因分析",
    "total": "合计",
    "conclusion": "评价结论",
    "problems": "存在问题",
    "measures": "改进措施",
    "project_head": "项目负责人",
    "finance_head": "财务负责人",
}

DEMO = standards_for(load_library(data_folder("packs")), "demo", YEAR)
LAYOUT, OVERALL_FORM = DEMO.layouts["self_evaluation"], DEMO.forms[OVERALL_FUNDS]

COLUMNS = ("initial", "adjusted", "executed", "rate")


def standards(labels: Mapping[str, str] | None = None) -> Standards:
    """Return standards that hold the form and nothing else."""
    basis = {"from": 2018, "basis": "made up", "verified": False}
    parts = ("fiscal", "carry_over", "special_account", "unit", "other")
    form = Form.model_validate(
        {
            "form": "performance.funds",
            "title": Text("项目资金", "Funds"),
            "captions": ["项目资金"],
            "kind": "self_evaluation",
            "unit": "万元",
            "columns": [Column(id=name, captions=(name,)) for name in COLUMNS],
            "rows": [
                Row(id="total", captions=("总额",)),
                *(Row(id=name, captions=(f"本年{name}",), of_which="total") for name in parts),
            ],
            **basis,
        }
    )
    wording = Wording.model_validate(
        {"wording": "self_evaluation_form", "labels": dict(labels or LABELS), **basis}
    )
    return Standards(
        "demo",
        YEAR,
        "",
        {},
        {form.form: form, OVERALL_FUNDS: OVERALL_FORM},
        {},
        {},
        {},
        {wording.wording: wording},
        layouts={"self_evaluation": LAYOUT},
    )


def rendered(filing: Filing, of: Standards, kind: str = "self_evaluation") -> bytes:
    """Return the one document that a layout gives for a filing."""
    (planned,) = LayoutWriter(of.layouts[kind]).plan(filing, of)
    assert isinstance(planned, PlannedDocument)
    return planned.render()


def funds(figures: Mapping[str, str]) -> Sheet:
    """Return a sheet of funds; a row's figures are written in one string, "-" for a blank."""
    cells = {}
    for row, written in figures.items():
        for column, text in zip(COLUMNS, written.split(), strict=True):
            value = Percent.parse(text) if "%" in text else Amount.parse(text, MoneyUnit.WAN_YUAN)
            if value is not None:
                cells[row, column] = Figure("performance.funds", row, column, value)
    return Sheet("performance.funds", {row: row for row in figures}, cells)


def indicator(level1: str, level2: str, name: str, figures: str, shortfall: str | None = None) -> Indicator:
    """Return an indicator of a line "operator target unit actual weight score", "-" for a blank."""
    fields = [None if field == "-" else field for field in figures.split()]
    operator, target, unit, actual, weight, score = fields
    return Indicator(
        level1,
        level2,
        name,
        operator,  # type: ignore[arg-type]
        target,
        unit,
        actual,
        None if weight is None else Decimal(weight),
        None if score is None else Decimal(score),
        shortfall,
    )


PENSIONS = Project(
    name="在职人员社会保险缴费",
    code="99010131R000000000011",
    funds=funds(
        {
            "total": "86.40 85.12 85.12 100.00%",
            "fiscal": "86.40 85.12 85.12 100.00%",
            "special_account": "0.00 0.00 0.00 0.00%",
            "unit": "0.00 0.00 0.00 0.00%",
            "other": "- - - -",
        }
    ),
    indicators=(
        indicator("产出指标", "数量指标", "缴费覆盖率", "= 100 % 100 30 30"),
        indicator("产出指标", "数量指标", "科目调整次数", "≤ 3 次 1 15 15"),
        indicator("产出指标", "时效指标", "按时缴纳率", "= 100 % 100 15 15"),
        indicator("效益指标", "社会效益指标", "职工待遇保障程度", "qualitative 优 - 优 30 30"),
    ),
    execution_weight=Decimal(10),
    execution_score=Decimal(10),
    stated_weight=Decimal(100),
    stated_score=Decimal(100),
    texts={
        "department": "医疗保障部门",
        "annual_goal": "严格执行相关政策，保障各项社会保险费及时、足额缴纳，预算编制科学合理，减少结余资金。",
        "goal_result": "全年按月足额缴纳在职人员各项社会保险费，未发生欠缴。",
        "overview": "",
        "conclusion": "项目自评得分100分。通过该项目的实施，在职人员各项社会保险费及时足额缴纳。",
        "problems": "无",
        "measures": "无",
    },
)

PUBLICITY = Project(
    name="基金监管与政策宣传工作经费",
    code="99010131T000000000208",
    funds=funds(
        {
            "total": "128.00 1,120.50 998.76 89.14%",
            "fiscal": "128.00 1,020.50 918.76 90.03%",
            "special_account": "0.00 0.00 0.00 0.00%",
            "unit": "0.00 100.00 80.00 80.00%",
            "other": "- - - -",
        }
    ),
    indicators=(
        indicator(
            "产出指标",
            "数量指标",
            "现场检查定点医药机构家数",
            "≥ 260 家 248 8 7.63",
            "两家机构停业，其余已列入下年计划",
        ),
        indicator("产出指标", "数量指标", "政策宣传活动场次", "≥ 12 场 14 6 6"),
        indicator("产出指标", "数量指标", "宣传资料发放数量", "≥ 100000 份 120000 6 6"),
        indicator("产出指标", "质量指标", "检查问题整改率", "≥ 95 % 97.5 8 8"),
        indicator("产出指标", "质量指标", "举报线索办结率", "= 100 % 100 6 6"),
        indicator("产出指标", "时效指标", "检查任务按期完成时间", "≤ 12 月 11 6 6"),
        indicator(
            "成本指标", "经济成本指标", "人均宣传经费（宣传支出除以参保人数）", "≤ 0.5 元/人 0.42 10 10"
        ),
        indicator(
            "效益指标", "社会效益指标", "参保群众政策知晓率", "≥ 90 % 88.6 12 11.81", "偏远乡镇宣传不足"
        ),
        indicator("效益指标", "社会效益指标", "追回违规基金", "qualitative 有效震慑 - 有效震慑 8 8"),
        indicator(
            "效益指标",
            "可持续影响指标",
            "长效监管机制健全程度",
            "qualitative 优 - 良 10 8",
            "智能监管规则库仍在完善",
        ),
        indicator("满意度指标", "服务对象满意度指标", "参保群众满意度", "≥ 95 % 96.2 6 6"),
        indicator("满意度指标", "服务对象满意度指标", "定点医药机构满意度", "≥ 90 % - 4 -"),
    ),
    execution_weight=Decimal(10),
    execution_score=Decimal("8.91"),
    stated_weight=Decimal(100),
    stated_score=Decimal("92.35"),
    texts={
        "department": "医疗保障部门",
        "annual_goal": "开展定点医药机构全覆盖检查，严厉打击欺诈骗保行为，维护基金安全；"
        "通过集中宣传月、进村入户等方式宣传医疗保障政策，提高群众知晓率和参保积极性。",
        "goal_result": "全年现场检查定点医药机构248家，约谈31家，责令整改27家，追回违规基金63.20万元；"
        "开展集中宣传14场，发放宣传资料12万份，群众政策知晓率达到88.6%。",
        "overview": "一是制定年度检查方案，联合卫生健康、市场监管、公安等部门开展专项治理，"
        "运用智能监管系统筛查疑点数据1.2万条，逐条核实处理；"
        "二是以“织密基金监管网　共筑医保防护线”为主题开展集中宣传月活动，"
        "利用电子屏、微信公众号、乡村大喇叭等渠道宣传政策和典型案例，努力营造人人关注基金安全的氛围；"
        "三是聘请社会监督员20名，畅通举报渠道，对查实的举报线索及时兑现奖励。",
        "reason": "智能监管系统二期年底完成招标，尾款按合同约定于下年支付，结余资金已申请结转。",
        "conclusion": "项目自评得分92.35分。项目目标基本完成，基金监管力度明显加强，"
        "但预算执行进度偏慢、偏远乡镇政策宣传不足。",
        "problems": "一是预算执行率为89.14%，系统建设项目采购启动较晚；\n"
        "二是偏远乡镇群众政策知晓率未达到目标；\n"
        "三是定点医药机构满意度调查未按期开展。",
        "measures": "提前编制采购计划，按季度通报执行进度；增加偏远乡镇宣传场次；第一季度内补做满意度调查。",
    },
)

HALL = Project(
    name="服务大厅运行维护费（含12个乡镇便民服务点、异地就医备案窗口及自助服务终端的设备维护与网络通信）",
    code="99010131T000000000316",
    funds=funds({"total": "4.50 4.50 4.50 100.00%", "fiscal": "4.50 4.50 4.50 100.00%"}),
    indicators=(
        indicator("产出指标", "数量指标", "大厅正常运行天数", "≥ 248 天 251 20 20"),
        indicator("产出指标", "质量指标", "窗口人员到位率", "= 100 % 100 10 10"),
        indicator("产出指标", "时效指标", "群众需求按时办结率", "= 100 % 100 10 10"),
        indicator("产出指标", "成本指标", "办公经费", "≤ 45000 元 45000 10 10"),
        indicator("效益指标", "社会效益指标", "群众认可率", "≥ 98 % 98.3 20 20"),
        indicator("效益指标", "可持续影响指标", "服务持续改进机制", "qualitative 健全 - 健全 10 10"),
        indicator("满意度指标", "服务对象满意度指标", "办事群众满意度", "≥ 95 % 96.7 10 10"),
    ),
    execution_weight=Decimal(10),
    stated_weight=Decimal(100),
    texts={
        "department": "医疗保障部门",
        "annual_goal": "保障服务大厅和乡镇便民服务点正常运行，方便群众办理医疗保险业务。",
        "goal_result": "大厅全年开放251天，业务办理及时，未发生有效投诉。",
        "overview": "优化窗口设置，实行“一站式服务、一窗口办理”。",
        "conclusion": "",
        "problems": "",
        "measures": "",
    },
)

FILING = Filing(
    entity=Entity("云溪县医疗保障局", "990101"),
    year=YEAR,
    pack="demo",
    kind="self_evaluation",
    projects=(PENSIONS, PUBLICITY, HALL),
)
