"""The five examples: they read without a problem, and their totals are those of the publications."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.filing import Filing, Project, derived_sheets, read_filing, write_filing
from hengjian.kernel import Amount
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.packs.load import Library
from hengjian.packs.standards import Standards

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
TRUTH = ROOT.parent / "shared" / "truth"
NAMES = ("dachuan-2018", "lingshou-2021", "lingshou-2022", "quxian-2022", "zhanjiang-2023")
FOLDERS = {
    "dachuan-2018": "dachuan-2018-final-accounts",
    "lingshou-2021": "lingshou-2021-budget",
    "lingshou-2022": "lingshou-2022-self-evaluation",
    "quxian-2022": "quxian-2022-final-accounts",
    "zhanjiang-2023": "zhanjiang-2023-self-evaluation",
}
needs_truth = pytest.mark.skipif(
    not TRUTH.is_dir(),
    reason="the hand-made truth is no part of the repository; it is not beside this checkout",
)


@cache
def library() -> Library:
    return load_library(data_folder("packs"))


@cache
def example(name: str) -> Filing:
    return read_filing(EXAMPLES / name, library())


def standards(name: str) -> Standards:
    filing = example(name)
    return standards_for(library(), filing.pack, filing.year)


def truth(name: str, file: str) -> Any:  # noqa: ANN401 - every file has a shape of its own
    text = (TRUTH / FOLDERS[name] / f"{file}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


def amount(name: str, form: str, row: str, column: str) -> Decimal:
    """Return a cell's amount in 万元."""
    figure = example(name).sheets[form].figures[row, column]
    assert isinstance(figure.value, Amount)
    return figure.value.yuan.scaleb(-4)


def weights(project: Project) -> Decimal:
    return sum((each.weight for each in project.indicators if each.weight is not None), Decimal(0))


@pytest.mark.parametrize("name", NAMES)
def test_an_example_reads_without_a_problem(name: str) -> None:
    assert [problem.message.en for problem in example(name).problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_was_read_is_written_as_it_stood(name: str, tmp_path: Path) -> None:
    write_filing(example(name), tmp_path, standards(name))
    assert contents(tmp_path) == contents(EXAMPLES / name)


@pytest.mark.parametrize(
    ("name", "sheets", "rows", "projects", "indicators", "rubric", "total"),
    [
        ("lingshou-2021", 11, 200, 8, 59, 0, None),
        ("lingshou-2022", 1, 6, 9, 0, 0, 100),
        ("quxian-2022", 10, 61, 23, 133, 0, 97),
        ("dachuan-2018", 10, 40, 1, 11, 30, 93),
        ("zhanjiang-2023", 0, 0, 0, 0, 10, 96),
    ],
)
def test_counts(
    *, name: str, sheets: int, rows: int, projects: int, indicators: int, rubric: int, total: int | None
) -> None:
    filing = example(name)
    assert len(filing.sheets) == sheets
    assert sum(len(sheet.rows) for sheet in filing.sheets.values()) == rows
    assert len(filing.projects) == projects
    assert sum(len(project.indicators) for project in filing.projects) == indicators
    assert len(filing.rubric_scores) == rubric
    assert filing.stated_total == (None if total is None else Decimal(total))


def test_lingshou_2021_adds_up() -> None:
    name = "lingshou-2021"
    sheets = example(name).sheets
    total = Decimal("3232.07")
    for form, row, column in (
        ("budget.summary", "income.total", "amount"),
        ("budget.summary", "expenditure.total", "amount"),
        ("budget.income", "total", "total"),
        ("budget.expenditure", "total", "total"),
        ("budget.fiscal_summary", "expenditure.total", "general_public"),
        ("budget.general_public", "total", "total"),
    ):
        assert amount(name, form, row, column) == total
    basic = (amount(name, "budget.basic", "total", column) for column in ("personnel", "public"))
    assert sum(basic) == amount(name, "budget.basic", "total", "total") == Decimal("576.27")
    empty = {form for form, sheet in sheets.items() if not sheet.rows}
    assert empty == {"budget.government_fund", "budget.state_capital", "budget.procurement"}
    assert all("空表列示" in (sheets[form].note or "") for form in empty)


def test_quxian_weights_sum_to_90_and_execution_to_10() -> None:
    for project in example("quxian-2022").projects:
        assert weights(project) == 90
        assert project.execution_weight == 10
        assert project.stated_weight == 100
    blank = [project.name for project in example("quxian-2022").projects if project.execution_score is None]
    assert len(blank) == 4


def test_quxian_derives_the_sheets_of_its_overall_targets() -> None:
    sheets = derived_sheets(example("quxian-2022"), standards("quxian-2022"))
    indicators = sheets["performance.overall_indicators"]
    assert {
        row: figure.value.text
        for (row, _), figure in indicators.figures.items()
        if isinstance(figure.value, Amount)
    } == {
        "personnel": "463.94",
        "public": "50.56",
        "project": "4934.7",
    }
    funds = sheets["performance.overall_funds"].figure("total", "total")
    assert funds is not None
    assert str(funds.value) == "5371.35万元"


def test_quxian_keeps_a_form_s_guidance_and_no_other_words() -> None:
    actuals = Counter(
        each.actual
        for project in example("quxian-2022").projects
        for each in project.indicators
        if each.actual
    )
    assert actuals["对照年度目标，说明相关任务目标的完成情况（100 字以内）"] == 1
    assert actuals["（文字）"] == 5
    texts = {text for project in example("quxian-2022").projects for text in project.texts.values()}
    figures = {text for text in texts if text.startswith("（文字：")}
    assert texts - figures == {"", "（文字）", "无", "医疗保障部门", "渠县医疗保障局"}
    # Of a narrative only figures and their units are kept, so that what two projects both claim shows.
    assert all(re.fullmatch(r"（文字：(?:[\d.]+余?[万亿]?[^\d、]{1,2}[、）])+", text) for text in figures)
    assert len(figures) == 8


def test_dachuan_scores_93_of_100() -> None:
    lines = example("dachuan-2018").rubric_scores
    assert sum(line.maximum for line in lines if line.maximum is not None) == 100
    assert sum(line.score for line in lines if line.score is not None) == 93


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@needs_truth
def test_making_them_again_gives_the_same_bytes(tmp_path: Path) -> None:
    command = [sys.executable, "-B", str(EXAMPLES / "import_truth.py"), str(TRUTH), str(tmp_path)]
    subprocess.run(command, check=True)
    for name in NAMES:
        assert contents(tmp_path / name) == contents(EXAMPLES / name), name


@needs_truth
@pytest.mark.parametrize("name", ["lingshou-2022", "dachuan-2018", "zhanjiang-2023"])
def test_no_fact_of_the_truth_is_lost(name: str) -> None:
    filing = example(name)
    stated = Counter(fact.value for fact in filing.facts)
    sheets = [*filing.sheets.values(), *(project.funds for project in filing.projects if project.funds)]
    for sheet in sheets:
        stated.update((figure.place.quote or "").lstrip("-").rstrip("%") for figure in sheet.figures.values())
    scores = [filing.stated_total, *(project.stated_score for project in filing.projects)]
    stated.update(f"{score:f}" for score in scores if score is not None)
    missing = Counter(fact["value_text"] for fact in truth(name, "facts")["facts"]) - stated
    assert missing == Counter()


@needs_truth
def test_lingshou_2021_states_what_the_truth_states() -> None:
    sums = {
        table["title"]: sum(value for row in table["rows"] for value in row["values"].values() if value)
        for table in truth("lingshou-2021", "tables")["tables"]
    }
    for sheet in example("lingshou-2021").sheets.values():
        numbers = (Decimal(figure.place.quote or "0") for figure in sheet.figures.values())
        assert sum(numbers) == sums[sheet.place.table or ""]


@needs_truth
def test_quxian_states_what_the_truth_states() -> None:
    for project, true in zip(example("quxian-2022").projects, truth("quxian-2022", "projects"), strict=True):
        assert (project.code, project.name) == (true["code"], true["name"])
        assert project.funds is not None
        printed = [
            cell["text"]
            for row in true["budget"]["rows"]
            for key in ("initial", "adjusted", "executed", "rate_pct")
            if (cell := row[key]) is not None
        ]
        assert [figure.place.quote for figure in project.funds.figures.values()] == printed
        scores = sum((each.score for each in project.indicators if each.score is not None), Decimal(0))
        assert scores == true["computed"]["indicator_score_sum"]


@needs_truth
def test_the_figures_of_quxian_s_text_are_those_of_its_claims() -> None:
    """Every figure of the explanation is an input or a statement of some claim."""
    claimed: set[Decimal] = set()
    for claim in truth("quxian-2022", "claims"):
        values = [claim["stated_text"], *claim["inputs"].values()]
        flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
        claimed.update(abs(Decimal(str(value))) for value in flat if isinstance(value, str | int | Decimal))
    for sheet in example("quxian-2022").sheets.values():
        for figure in sheet.figures.values():
            value = abs(Decimal((figure.place.quote or "0").rstrip("%")))
            assert value in claimed, (sheet.form, figure.cell)
