"""Scores of made-up projects: ours, pandas over the same cells, and a bare loop over floats."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from benchmarks.measure import Measured, Table, progress, repeated, table
from hengjian.filing import PROJECT_FUNDS, Entity, Filing, Indicator, Project, Sheet
from hengjian.filing.model import Operator
from hengjian.kernel import Amount, Figure, FiscalYear, MoneyUnit
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from hengjian.scoring import score_project
from hengjian.scoring.review import assess

PACK, YEAR = "cn/sichuan", 2023
PROJECTS, INDICATORS = 500, 12
_SEED = 1
_WEIGHT = Decimal("7.5")
LIMIT = "bare limit: a loop over floats"
PEER = "pandas, cells as text"
OURS = "scores"

Row = tuple[Operator, str, str]


def run() -> list[Table]:
    """Score 500 projects of 12 indicators; all ways give the same points, ours with what they may be."""
    standards = standards_for(load_library(data_folder("packs")), PACK, FiscalYear(YEAR))
    rubric = standards.rubric_for("project")
    if rubric is None:
        raise RuntimeError(f"{PACK} has no rubric for projects")
    rows, filing = list(_rows(random.Random(_SEED))), made_up()
    projects = filing.projects

    def ours() -> list[float]:
        words, prompts = standards.target_words, standards.prompts
        scored = [score_project(project, rubric, prompts, words) for project in projects]
        points = [each.score.point for one in scored for each in one.indicators]
        return [float(point.middle) for point in points if point is not None]

    floats = [(operator, float(target), float(actual)) for operator, target, actual in rows]
    lines = [(LIMIT, repeated(lambda: _loop(floats)), "numbers parsed beforehand")]
    notes = [
        f"{len(rows):,} indicators, all with another target and result; ≥, ≤ and ＝; reached or not",
        "the loop and pandas give one float each; ours exact bounds, totals, grades and what is missing",
    ]
    try:
        lines.append((PEER, _with_pandas(rows), "to numbers, to points"))
    except ImportError as error:
        notes.append(f"left out: {error}")
    if not np.allclose(ours(), _loop(floats)):
        raise RuntimeError("the scores differ from those of the bare loop")
    progress("ours")
    lines += [
        (OURS, repeated(ours), f"{PROJECTS} projects × {INDICATORS} indicators"),
        ("scores and findings", repeated(lambda: assess(filing, standards)), _found(filing, standards)),
    ]
    return [table("Scoring self-evaluations", lines, [LIMIT, PEER], notes)]


def made_up() -> Filing:
    """Return a filing of 500 projects of 12 indicators whose stated scores follow from their results."""
    rows = list(_rows(random.Random(_SEED)))
    projects = (_project(n, rows[n * INDICATORS :][:INDICATORS]) for n in range(PROJECTS))
    return Filing(Entity("—"), FiscalYear(YEAR), PACK, "self_evaluation", projects=tuple(projects))


def _rows(chance: random.Random) -> Iterator[Row]:
    operators: Sequence[Operator] = ("≥", "≥", "≤", "=")
    for _ in range(PROJECTS * INDICATORS):
        operator, target = chance.choice(operators), chance.randint(50, 100_000)
        missed = chance.random() < 0.25
        factor = 1.0 if operator == "=" and not missed else chance.uniform(0.7, 1) if missed else 1.1
        result = target / factor if operator == "≤" else target * factor
        yield operator, str(target), f"{result:.2f}" if chance.random() < 0.4 else str(round(result))


def _project(number: int, rows: Sequence[Row]) -> Project:
    """Return a project whose scores follow from its results."""
    indicators = tuple(
        Indicator("产出指标", "数量指标", f"指标{n}", *row[:2], "件", row[2], _WEIGHT, _points(row), "停工")
        for n, row in enumerate(rows)
    )
    figures = {
        ("total", column): Figure(PROJECT_FUNDS, "total", column, amount)
        for column in ("initial", "adjusted", "executed")
        if (amount := Amount.parse(f"{100 + number}.00", MoneyUnit.WAN_YUAN)) is not None
    }
    total = Decimal(10) + sum((each.score for each in indicators if each.score is not None), Decimal(0))
    return Project(
        f"项目{number}",
        funds=Sheet(PROJECT_FUNDS, {"total": ""}, figures),
        indicators=indicators,
        execution_weight=Decimal(10),
        execution_score=Decimal(10),
        stated_score=total,
    )


def _points(row: Row) -> Decimal:
    operator, target, actual = row
    return Decimal(f"{_loop([(operator, float(target), float(actual))])[0]:.2f}")


def _loop(rows: Sequence[tuple[Operator, float, float]]) -> list[float]:
    weight = float(_WEIGHT)
    return [
        weight * min(1.0, target / actual if operator == "≤" else actual / target)
        for operator, target, actual in rows
    ]


def _with_pandas(rows: Sequence[Row]) -> Measured:
    import pandas as pd  # noqa: PLC0415 - a peer that need not be installed

    frame = pd.DataFrame(rows, columns=["operator", "target", "actual"])

    def points() -> list[float]:
        target, actual = pd.to_numeric(frame["target"]), pd.to_numeric(frame["actual"])
        share = np.where(frame["operator"] == "≤", target / actual, actual / target)
        return list(float(_WEIGHT) * np.minimum(share, 1.0))

    return repeated(points)


def _found(filing: Filing, standards: Standards) -> str:
    return f"the whole assessment, {len(assess(filing, standards).findings):,} findings"
