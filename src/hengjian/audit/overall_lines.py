"""The department's overall target form in a dump whose cells are broken over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hengjian.audit.evaluation_lines import body_lines, line_with
from hengjian.audit.indicator_lines import IndicatorLines, RowShape
from hengjian.audit.line_cursor import find_label, printed_lines, words_of
from hengjian.audit.tables import Labels
from hengjian.documents import DocumentTree, Line
from hengjian.filing import OVERALL_FUNDS, OverallTargets, Sheet
from hengjian.filing.model import Task
from hengjian.kernel import Amount, Figure, MoneyUnit, NotANumberError, Place
from hengjian.packs import squeeze
from hengjian.packs.schema import Vocabulary

_HEAD = re.compile(r"总体资金情况\s*[（(]\s*(?P<unit>亿元|万元|元)\s*[）)]")
_AMOUNTS_LINE = re.compile(r"\s*[\d,，.．]+(?:\s+[\d,，.．]+){2,}\s*")
_FEWEST_FIGURES = 3


def overall_from_lines(
    tree: DocumentTree, labels: Labels, vocabulary: Vocabulary | None
) -> OverallTargets | None:
    """Return the overall targets that stand in the document's lines, None when there is no such form."""
    lines = printed_lines(tree.lines)
    title = find_label(lines, labels.get("overall_title", frozenset()))
    if title is None:
        return None
    stop = find_label(lines, labels.get("overall_notes", frozenset()), title.last + 1)
    block = lines[title.first : stop.first if stop is not None else None]
    head = next((line for line in block if _HEAD.search(line.text)), None)
    indicators = line_with(block, labels["level1"])
    if head is None or indicators is None:
        return None
    unit = _HEAD.search(head.text)
    place = Place(
        file=tree.path,
        page=head.page,
        table=words_of([block[0]]),
        line=head.number,
        quote=head.text.strip(),
    )
    start = _head_end(block, indicators)
    reader = IndicatorLines(vocabulary, RowShape(with_results=False))
    return OverallTargets(
        funds=_funds(block[:indicators], place),
        indicators=reader.read(body_lines(block[start:], labels, reader.levels), place),
        stated_unit=unit["unit"] if unit is not None else None,
        place=place,
        texts=_goal(block, labels),
        tasks=_tasks(block, labels),
    )


def _goal(block: Sequence[Line], labels: Labels) -> dict[str, str]:
    """Read the goal: the lines between its label and the indicators'."""
    label = find_label(block, labels.get("overall_goal", frozenset()))
    end = find_label(block, labels.get("overall_indicators", frozenset()), label.last + 1 if label else 0)
    if label is None or end is None:
        return {}
    inner = [label.rest, *(line.text.strip() for line in block[label.last + 1 : end.first])]
    return {"overall_goal": squeeze("".join(inner))}


def _tasks(block: Sequence[Line], labels: Labels) -> tuple[Task, ...]:
    """Read the tasks: a name and, behind a space, its content; a line of one word goes on with the last."""
    head = line_with(block, labels.get("overall_task_name", frozenset()))
    ends = (labels.get("overall_performance", frozenset()), labels.get("overall_goal", frozenset()))
    stops = [hit.first for each in ends if (hit := find_label(block, each, (head or 0) + 1)) is not None]
    if head is None or not stops:
        return ()
    tasks: list[Task] = []
    for line in block[head + 1 : min(stops)]:
        name, _, content = line.text.strip().partition(" ")
        if content or not tasks:
            tasks.append(Task(name, squeeze(content)))
        else:
            tasks[-1] = Task(tasks[-1].name, tasks[-1].content + name)
    return tuple(tasks)


def _head_end(block: Sequence[Line], first: int) -> int:
    """Return the line after the head: it ends where no head word is left."""
    words = re.compile(
        r"一级指标|二级指标|三级指标|绩效指标|绩效度量|度量单位|指标性质|指标值|性质|单位|权重|值"
    )
    index = first
    while index < len(block) and not words.sub("", squeeze(block[index].text)):
        index += 1
    return index


def _funds(lines: Sequence[Line], place: Place) -> Sheet | None:
    """Read the one row of figures: total, then basic and project expenditure with their sources.

    Blank cells leave no trace, so only a split that adds up is taken: total = basic + project.
    """
    row = next((line for line in lines if _AMOUNTS_LINE.fullmatch(line.text)), None)
    if row is None:
        return None
    try:
        amounts = [Amount.parse(token, MoneyUnit.WAN_YUAN) for token in row.text.split()]
    except NotANumberError:
        return None
    stated = [amount for amount in amounts if amount is not None]
    split = _split(stated)
    if split is None:
        return None
    own = Place(file=place.file, page=row.page, table=place.table, line=row.number, quote=row.text.strip())
    figures = {
        cell: Figure(OVERALL_FUNDS, *cell, amount, own) for cell, amount in _cells(stated, *split).items()
    }
    names = {"total": "预算支出总额", "basic": "基本支出", "project": "项目支出"}
    return Sheet(OVERALL_FUNDS, names, figures, own)


def _split(stated: Sequence[Amount]) -> tuple[int, int] | None:
    """Return where basic and project expenditure stand."""
    if len(stated) < _FEWEST_FIGURES:
        return None
    total, basic = stated[0], stated[1]
    for index, project in enumerate(stated[2:], 2):
        if (basic.interval + project.interval).agrees(total.interval):
            return 1, index
    return None


def _cells(stated: Sequence[Amount], basic: int, project: int) -> dict[tuple[str, str], Amount]:
    """Return the cells: totals, and the fiscal appropriation where it is all that a part has.

    Of several sources only their order is known, not which are blank.
    """
    cells = {("total", "total"): stated[0]}
    for row, first, end in (("basic", basic, project), ("project", project, len(stated))):
        cells[row, "total"] = stated[first]
        sources = stated[first + 1 : end]
        if len(sources) == 1 and sources[0].yuan == stated[first].yuan:
            cells[row, "fiscal"] = sources[0]
    return cells
