"""What is missing where a score cannot be evaluated, in the words that a reader needs."""

from __future__ import annotations

from hengjian.filing import Indicator
from hengjian.kernel import Text
from hengjian.scoring.achievement import State

WEIGHT = Text("没有分值", "no weight")
WEIGHTS = Text("各项分值之和不是{expected}", "the weights do not sum to {expected}")
INDICATORS = Text("没有绩效指标", "no indicators")
FUNDS = Text("没有项目资金", "no funds")
BUDGET = Text("没有预算数", "no budget")
EXECUTED = Text("没有执行数", "no executed amount")
NO_BASE = Text("预算数为零，算不出执行率", "the budget is zero, so that there is no execution rate")
OF = Text("“{name}”{what}", "“{name}”: {what}")
EXECUTION_OF = Text("预算执行{what}", "budget execution: {what}")

_OF_STATE = {
    State.BLANK: Text("没有完成值", "no result"),
    State.PROMPT: Text("完成值处仍是填表说明", "the form's guidance in place of a result"),
    State.REPEATS_TARGET: Text("完成值只是重复指标值", "a result that repeats the target"),
    State.NOT_NUMERIC: Text("完成值不是数值", "a result that is no number"),
    State.OTHER_UNIT: Text("完成值与度量单位不一致", "a result in another unit"),
    State.IMPOSSIBLE: Text("完成值不可能成立", "a result that cannot be"),
    State.NO_TARGET: Text("没有指标值", "no target"),
    State.NO_OPERATOR: Text("没有指标性质（≥、≤、＝）", "no operator (≥, ≤, =)"),
    State.UNFIT_OPERATOR: Text("指标性质与指标值不配", "an operator that does not fit the target"),
    State.QUALITATIVE: Text("评分办法没有等级“{rating}”", "the rubric has no grade “{rating}”"),
    State.MISSED: Text(
        "指标值不是正数，不能按比例计分", "a target of zero or less, which gives no proportion"
    ),
}


def of_indicator(indicator: Indicator, state: State) -> Text:
    """Return what an indicator without points lacks."""
    return _OF_STATE[state].filled(rating=indicator.rating or "")
