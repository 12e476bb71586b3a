"""The scored lines of an overall evaluation: its tables of levels, maxima and scores, and its total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hengjian.audit.grid_labels import LabelBook
from hengjian.audit.rubric_columns import rubric_head, scores
from hengjian.audit.rubric_lines import RubricLines
from hengjian.audit.tables import Labels
from hengjian.documents import DocumentTree, Paragraph, Table
from hengjian.filing import RubricScore
from hengjian.kernel import Finding, Place

_TOTAL = re.compile(
    r"(?:绩\s*效\s*)?自\s*评\s*(?:总\s*)?(?:得\s*)?分\s*(?:数\s*)?(?:为|是)?\s*(\d{1,3}(?:\.\d{1,2})?)\s*分"
)
_WHOLE = re.compile(r"部门|整体")
_CONCLUDING = re.compile(r"结论|评价结果|自评结果|评价等级|得分情况")
_OF_A_PROJECT = re.compile(r"项目[^。；;，,]{0,80}$|项目经费[^。；;]*$")
_SCORING_RULE = re.compile(r"(?:评分|计分|得分)标准|不得分|得满分|扣\s*\d+(?:\.\d+)?\s*分|扣完为止")


@dataclass(frozen=True, slots=True)
class RubricReading:
    """The scored lines of a document, the tables they were read from, and the total that it states."""

    scores: tuple[RubricScore, ...]
    tables: tuple[Table, ...]
    total: Decimal | None = None
    total_place: Place | None = None
    findings: tuple[Finding, ...] = ()


def read_rubrics(tree: DocumentTree, labels: Labels) -> RubricReading:
    """Read the overall rubric tables and total; a form with results is a project's and no such table.

    Every row that cannot be trusted is named in a finding. Where scoring rules stand and no line was read, or
    a line with points could not be, the total is left open: nothing can be held against it.
    """
    read = [each for each in _tables(tree, LabelBook(labels)) if each.lines or each.findings]
    lines = tuple(line for each in read for line in each.lines)
    tables = tuple(table for each in read for table in each.tables)
    findings = [finding for each in read for finding in each.findings]
    total, place = (
        _stated_total(tree) or next((each.total for each in read if each.total), None) or (None, None)
    )
    if place is not None and not lines and _holds_scoring_rules(tree):
        findings.append(Finding.of("input.rubric-unread", place, stated=f"{total}"))
        total = place = None
    elif any(each.unread for each in read) and all(line.score is not None for line in lines):
        total = place = None
    return RubricReading(lines, tables, total, place, tuple(findings))


def _stated_total(tree: DocumentTree) -> tuple[Decimal, Place] | None:
    """Return the total score that the text states for the whole department, if it states one, and where."""
    found = [
        (Decimal(match[1]), tree.place(paragraph, *match.span()))
        for paragraph in tree.paragraphs()
        for match in _TOTAL.finditer(paragraph.text)
        if _is_whole(paragraph, match.start())
    ]
    return found[0] if len({total for total, _ in found}) == 1 else None


def _is_whole(paragraph: Paragraph, start: int) -> bool:
    """Tell whether a score in a paragraph is the department's: by its words, or by the section it closes."""
    if _WHOLE.search(paragraph.text):
        return True
    concluding = bool(paragraph.section) and _CONCLUDING.search(paragraph.section[-1]) is not None
    about = any("整体" in heading for heading in paragraph.section)
    return concluding and about and _OF_A_PROJECT.search(paragraph.text[:start]) is None


def _holds_scoring_rules(tree: DocumentTree) -> bool:
    """Tell whether a document prints rules by which lines are scored."""
    return any(_SCORING_RULE.search(line.text) for line in tree.lines)


def _tables(tree: DocumentTree, book: LabelBook) -> Iterator[RubricLines]:
    """Read every table of scored lines, with the tables that go on with it."""
    current: RubricLines | None = None
    for block in tree.blocks:
        head = rubric_head(block.rows, book) if isinstance(block, Table) else None
        if isinstance(block, Table) and head is None and current is not None and _continues(block):
            current.read(block, 0)
            continue
        if current is not None and (head is not None or isinstance(block, Table) or block.text.strip()):
            current.finish()
            yield current
            current = None
        if isinstance(block, Table) and head is not None:
            current = RubricLines(tree, book, head, block)
            current.read(block, head.first)
    if current is not None:
        current.finish()
        yield current


def _continues(table: Table) -> bool:
    """Tell whether a table right behind one of scored lines is its rest: untitled, with scoring rules."""
    return not table.caption and any(scores(cell.text) for cell in table.cells)
