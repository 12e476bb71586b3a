"""The scored lines of an overall evaluation: a table of levels, maxima and scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengjian.audit.tables import Labels, plain
from hengjian.documents import Cell, DocumentTree, Table
from hengjian.filing import RubricScore
from hengjian.kernel import Finding, Place
from hengjian.packs import squeeze

_MAXIMUM = re.compile(r"[（(]\s*(\d{1,3}(?:\.\d)?)\s*分\s*[）)]")
_POINTS = re.compile(r"-?\d{1,3}(?:\.\d{1,2})?分?")
_SCORE_HEADS = re.compile(r"(?:自评|评价|评分|实际)?(?:得分|评分)(?:/自评分|\(.*\))?")
_TOTAL = re.compile(
    r"(?:绩\s*效\s*)?自\s*评\s*(?:总\s*)?(?:得\s*)?分\s*(?:为|是)?\s*(\d{1,3}(?:\.\d{1,2})?)\s*分"
)
_SCORING_RULE = re.compile(r"(?:评分|计分|得分)标准|不得分|得满分|扣\s*\d+(?:\.\d+)?\s*分|扣完为止")


@dataclass(frozen=True, slots=True)
class _Columns:
    level1: int
    level2: int
    level3: int
    score: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class RubricReading:
    """The scored lines of a document, the tables they were read from, and the total that its text states."""

    scores: tuple[RubricScore, ...]
    tables: tuple[Table, ...]
    total: Decimal | None = None
    total_place: Place | None = None
    findings: tuple[Finding, ...] = ()


def read_rubrics(tree: DocumentTree, labels: Labels) -> RubricReading:
    """Read the overall rubric tables and total; a form with results is a project's and no such table.

    Where scoring rules stand and no line was read, the total is left open, with a finding.
    """
    read = [(table, tuple(_lines(tree, table, labels))) for table in tree.tables()]
    scored = [(table, lines) for table, lines in read if lines]
    scores, tables = tuple(line for _, lines in scored for line in lines), tuple(t for t, _ in scored)
    total, place = _stated_total(tree) or (None, None)
    if place is not None and not scores and _holds_scoring_rules(tree):
        unread = Finding.of("input.rubric-unread", place, stated=f"{total}")
        return RubricReading(scores, tables, findings=(unread,))
    return RubricReading(scores, tables, total, place)


def _stated_total(tree: DocumentTree) -> tuple[Decimal, Place] | None:
    """Return the total score that the text states for the whole department, if it states one, and where."""
    found = [
        (Decimal(match[1]), tree.place(paragraph, *match.span()))
        for paragraph in tree.paragraphs()
        if "部门" in paragraph.text or "整体" in paragraph.text
        for match in _TOTAL.finditer(paragraph.text)
    ]
    return found[0] if len({total for total, _ in found}) == 1 else None


def _holds_scoring_rules(tree: DocumentTree) -> bool:
    """Tell whether a document prints rules by which lines are scored."""
    return any(_SCORING_RULE.search(line.text) for line in tree.lines)


def _lines(tree: DocumentTree, table: Table, labels: Labels) -> Iterator[RubricScore]:
    head = next((i for i, row in enumerate(table.rows) if _columns(row, labels) is not None), None)
    columns = _columns(table.rows[head], labels) if head is not None else None
    if head is None or columns is None:
        return
    level1 = level2 = ""
    for row in table.rows[head + 1 :]:
        level1 = _name(row[columns.level1]) or level1
        level2 = _name(row[columns.level2]) or level2
        title = _name(row[columns.level3])
        score = _points(row[columns.score].text)
        if plain(level1) in labels.get("total", frozenset()):
            return
        if title and not _POINTS.fullmatch(title):
            cell = row[columns.level3]
            place = tree.cell_place(table, cell, row=title, column=None)
            words = " ".join(part for part in (squeeze(cell.text), row[columns.score].text.strip()) if part)
            maximum = _maximum(row, columns)
            yield RubricScore(title, level1, level2, maximum, score, place.at(quote=words))


def _columns(row: Sequence[Cell], labels: Labels) -> _Columns | None:
    texts = [plain(cell.text) for cell in row]
    found = {
        level: next((i for i, text in enumerate(texts) if text in labels.get(level, frozenset())), None)
        for level in ("level1", "level2", "level3", "actual")
    }
    score = next((i for i, text in enumerate(texts) if _SCORE_HEADS.fullmatch(text)), None)
    level1, level2, level3 = found["level1"], found["level2"], found["level3"]
    if level1 is None or level2 is None or level3 is None or score is None or found["actual"] is not None:
        return None
    weights = labels.get("weight", frozenset())
    maximum = next((i for i in range(level3 + 1, score) if texts[i] in weights), None)
    return _Columns(level1, level2, level3, score, maximum)


def _maximum(row: Sequence[Cell], columns: _Columns) -> Decimal | None:
    printed = _MAXIMUM.search(row[columns.level3].text)
    if printed is not None:
        return Decimal(printed[1])
    return _points(row[columns.maximum].text) if columns.maximum is not None else None


def _points(text: str) -> Decimal | None:
    stated = squeeze(text)
    return Decimal(stated.removesuffix("分")) if _POINTS.fullmatch(stated) else None


def _name(cell: Cell) -> str:
    return squeeze(_MAXIMUM.sub("", cell.text))
