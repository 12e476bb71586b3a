"""湛江市医疗保障事业管理中心2023年度部门整体支出绩效自评报告: figures, and what is legible of the rubric."""

from __future__ import annotations

from pathlib import Path

from hengjian.filing import Entity, Filing, RubricScore
from hengjian.kernel import FiscalYear
from hengjian.packs.load import Library
from truth.common import Source, facts_of, points

NAME, PACK, YEAR = "zhanjiang-2023-self-evaluation", "cn/guangdong", 2023
_SCORE = "zj23-f029"


def filing(truth: Path, library: Library) -> Filing:
    """Return the example."""
    del library
    source = Source.of(truth, NAME)
    found, rubric = source.json("facts"), source.json("rubric")
    scores = tuple(
        RubricScore(
            row["level3"], row["level1"] or "", row["level2"] or "", points(row["max"]), points(row["score"])
        )
        for row in rubric["rows"]
        if row["level3"]
    )
    total = next(item["value_text"] for item in found["facts"] if item["id"] == _SCORE)
    return Filing(
        entity=Entity(found["unit"]),
        year=FiscalYear(YEAR),
        pack=PACK,
        kind="self_evaluation",
        rubric_scores=scores,
        stated_total=points(total),
        facts=facts_of(found["facts"], (_SCORE,)),
    )
