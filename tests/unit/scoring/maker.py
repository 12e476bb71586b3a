"""Invented projects, filings and the standards they are scored under."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from hengjian.filing import Entity, Filing, Indicator, OverallTargets, Project, RubricScore, Sheet
from hengjian.filing.model import Operator
from hengjian.kernel import Amount, Figure, Finding, FiscalYear, MoneyUnit
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, Standards, load_library, standards_for
from hengjian.packs.rubric import Rubric
from hengjian.scoring.review import assess

NATIONAL, HEBEI, SICHUAN, GUANGDONG = "cn/national", "cn/hebei", "cn/sichuan", "cn/guangdong"
PACKS = (NATIONAL, HEBEI, SICHUAN, GUANGDONG)


@cache
def library() -> Library:
    return load_library(data_folder("packs"))


@cache
def standards(pack: str = "demo", year: int = 2023) -> Standards:
    return standards_for(library(), pack, FiscalYear(year))


def rubric(pack: str = "demo") -> Rubric:
    found = standards(pack).rubric_for("project")
    assert found is not None
    return found


def indicator(
    operator: Operator | None = "≥",
    target: str | None = "100",
    actual: str | None = "100",
    *,
    score: str | None = "10",
    weight: str | None = "10",
    unit: str | None = "件",
    name: str = "修复图书",
    **more: Any,  # noqa: ANN401 - further fields of an indicator
) -> Indicator:
    return Indicator(
        level1=more.pop("level1", "产出指标"),
        level2=more.pop("level2", "数量指标"),
        name=name,
        operator=operator,
        target=target,
        unit=unit,
        actual=actual,
        weight=None if weight is None else Decimal(weight),
        score=None if score is None else Decimal(score),
        **more,
    )


def funds(form: str = "performance.funds", **rows: Sequence[str | None]) -> Sheet:
    """Return a funds sheet: initial, adjusted and executed in 万元, by row."""
    figures = {
        (row, column): Figure(form, row, column, amount)
        for row, texts in rows.items()
        for column, text in zip(("initial", "adjusted", "executed"), texts, strict=True)
        if text is not None and (amount := Amount.parse(text, MoneyUnit.WAN_YUAN)) is not None
    }
    return Sheet(form, {row: row for row in rows}, figures)


def project(
    *indicators: Indicator,
    name: str = "图书修复",
    total: Sequence[str | None] | None = None,
    **more: Any,  # noqa: ANN401 - further fields of a project
) -> Project:
    sheet = funds(total=total) if total is not None else None
    return Project(name=name, funds=sheet, indicators=indicators, **more)


def filing(
    *projects: Project,
    overall: OverallTargets | None = None,
    year: int = 2023,
    **more: Any,  # noqa: ANN401 - further fields of a filing
) -> Filing:
    more.setdefault("kind", "final_accounts")
    more.setdefault("pack", "demo")
    return Filing(
        entity=Entity("青山图书馆"), year=FiscalYear(year), projects=projects, overall=overall, **more
    )


def line(title: str, maximum: str | None, score: str | None) -> RubricScore:
    most, points = (None if text is None else Decimal(text) for text in (maximum, score))
    return RubricScore(title, "管理", "预算", most, points)


def findings(made: Filing, pack: str = "demo") -> list[Finding]:
    return list(assess(made, standards(pack)).findings)


def codes(made: Filing, pack: str = "demo") -> list[str]:
    return [finding.code for finding in findings(made, pack)]
