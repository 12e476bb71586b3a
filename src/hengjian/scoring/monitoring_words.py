"""Colours and missing inputs of monitoring in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from hengjian.kernel import Text
from hengjian.packs.monitoring import Colour
from hengjian.scoring.monitored_indicator import Missing

COLOURS = {
    Colour.RED: Text("红", "red"),
    Colour.YELLOW: Text("黄", "yellow"),
    Colour.GREEN: Text("绿", "green"),
    Colour.BLUE: Text("蓝", "blue"),
}
EXECUTION = Text("预算执行", "execution")
MISSING = {
    Missing.RULE: Text("这个时点的预警标准", "a standard for this cut-off"),
    Missing.SHEET: Text("这个月的监控表", "the sheet of this month"),
    Missing.PROJECT: Text("这个项目的监控数据", "the project's entry"),
    Missing.BUDGET: Text("预算数（不为零）", "a budget other than zero"),
    Missing.EXECUTED: Text("执行数", "the amount executed"),
    Missing.INDICATOR: Text("这项指标的监控数据", "the indicator's entry"),
    Missing.OPERATOR: Text("指标性质（≥、≤、＝）", "the operator"),
    Missing.TARGET: Text("不为零的指标值", "a target other than zero"),
    Missing.ACTUAL: Text("完成情况", "the result so far"),
    Missing.NUMBER: Text("与指标值同一单位的完成数", "a result in the target's unit"),
    Missing.WORDS: Text(
        "达成、部分达成、未达成等规定用语", "one of the prescribed words for a qualitative result"
    ),
}


def month_end(year: int, month: int) -> date:
    """Return the last day of a month.

    >>> month_end(2024, 2).isoformat()
    '2024-02-29'
    """
    return date(year, month, monthrange(year, month)[1])
