"""Projects that a report lists in numbered sentences: name, budget, expenditure, rate, score and purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hengjian.audit.grid_sheet import read_measure
from hengjian.documents import DocumentTree, Heading, Paragraph
from hengjian.filing import PROJECT_FUNDS, Project, Sheet
from hengjian.kernel import Figure, MoneyUnit, Place
from hengjian.packs import Standards, squeeze
from hengjian.packs.schema import Form

_FEWEST = 2
"""A list has at least so many items."""
_LONGEST_NAME = 60

_NUMBER = re.compile(r"\s*[（(]?(\d{1,2})\s*(?:[、．)）]|[.](?!\d))[、.．]?\s*")
_AMOUNT = (
    r"\s*(?:数|额|金额|资金|安排)?\s*(?:共计|合计|为|是|共|达|[:：])?\s*(-?[\d,]+(?:\.\d+)?)\s*(亿元|万元|元)"
)
_DIRECT = re.compile(rf"^{_AMOUNT}")
_BUDGETS = (
    ("initial", re.compile(rf"(?:年初|当年初)(?:批复)?(?:安排)?预算(?:批复)?{_AMOUNT}")),
    (
        "adjusted",
        re.compile(
            rf"(?<!初)(?<!初批复)(?<!初安排)(?:(?:全年|调整后?|年度|本年|当年)?预算|(?:资金|计划)安排|安排资金){_AMOUNT}"
        ),
    ),
)
_EXECUTED = re.compile(
    rf"(?<!预算)(?<!计划)(?:实际|累计|全年|已|共)*(?:完成)?(?:支出|支付|执行|使用)(?:资金)?{_AMOUNT}"
)
_RATE = re.compile(
    r"(?:执行率|支出率|执行进度)\s*(?:为|达到?|[:：])?\s*([\d.]+)\s*[%％]|完成预算的?\s*([\d.]+)\s*[%％]"
)
_SCORE = re.compile(
    r"(?:自评|评价)(?:综合|总)?(?:得分|评分|总分|分数?)\s*(?:为|是|达到?|[:：])?\s*(\d{1,3}(?:\.\d+)?)\s*分"
)
_PURPOSE = re.compile(r"(?:主要)?用于[^。]*。?")
_NAME_ENDS = re.compile(
    r"\s*(?:-?[\d,]+(?:\.\d+)?\s*(?:亿元|万元|元)|[：:，,。；;]|(?:年初|全年|调整后?|年度|本年|当年)*预算|资金安排|安排资金)"
)
_NO_PROJECT = re.compile(
    r"[（(][类款项][)）]|部门整体|出国|公务接待|公务用车|基本支出|^(?:本|我)(?:单位|部门|局)"
)
_LISTED = re.compile(r"项目")
_EVALUATED = re.compile(r"自评|绩效|评价")


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered item: its number, its words with the place they stand, and what stands above it."""

    number: int
    text: str
    block: Paragraph
    start: int
    above: str


def projects_from_report(tree: DocumentTree, standards: Standards) -> tuple[Project, ...]:
    """Return the projects listed in a report's sentences, none unless a list is clearly one of projects.

    A list counts from 1 and stands below words of projects and of evaluation; an item states name, budget and
    expenditure. Figures are in the unit each is written with.
    """
    form = standards.forms.get(PROJECT_FUNDS)
    if form is None:
        return ()
    found: list[Project] = []
    for items in _lists(tree):
        projects = [project for item in items if (project := _project(tree, item, form)) is not None]
        if len(projects) >= _FEWEST:
            found += projects
    return tuple(found)


def _lists(tree: DocumentTree) -> Iterator[list[_Item]]:
    """Yield runs of numbered items in one section; what is not numbered in between says what they are."""
    for blocks in (*_by_section(tree.paragraphs()), *_by_section(_headed(tree))):
        section = "".join(blocks[0].section)
        above = section
        run: list[_Item] = []
        for block in blocks:
            match = _NUMBER.match(block.text)
            number = int(match[1]) if match is not None else 0
            if match is None or (run and number != run[-1].number + 1):
                yield run
                run = []
            if match is None:
                above = section + block.text
            elif run or number == 1:
                run.append(_Item(number, block.text[match.end() :], block, match.end(), above))
        yield run


def _by_section(blocks: Iterable[Paragraph]) -> list[list[Paragraph]]:
    sections: dict[tuple[str, ...], list[Paragraph]] = {}
    for block in blocks:
        sections.setdefault(block.section, []).append(block)
    return list(sections.values())


def _headed(tree: DocumentTree) -> Iterator[Paragraph]:
    """Yield each numbered heading with the paragraph under it, as one."""
    for block, following in pairwise(tree.blocks):
        if isinstance(block, Heading) and isinstance(following, Paragraph) and _NUMBER.match(block.text):
            yield Paragraph(f"{block.text}。{following.text}", block.section, block.page, block.line)


def _project(tree: DocumentTree, item: _Item, form: Form) -> Project | None:
    end = _NAME_ENDS.search(item.text)
    name = squeeze(item.text[: end.start()]) if end is not None else ""
    above = item.above + item.text
    if not 1 < len(name) <= _LONGEST_NAME or _NO_PROJECT.search(name):
        return None
    if not (_LISTED.search(above) and _EVALUATED.search(above)):
        return None
    rest = item.text[end.start() :] if end is not None else ""
    amounts = _amounts(rest)
    if "executed" not in amounts or len(amounts) < 2:  # noqa: PLR2004 - a budget and what was spent of it
        return None
    place = tree.place(item.block, item.start)
    score = _SCORE.search(rest)
    purpose = _PURPOSE.search(rest)
    return Project(
        name=name,
        funds=_funds(amounts, _RATE.search(rest), form, place),
        stated_score=Decimal(score[1]) if score is not None else None,
        texts={} if purpose is None else {"overview": purpose[0]},
        place=place,
        places={"project_name": place, "total": place, **({} if purpose is None else {"overview": place})},
    )


def _amounts(text: str) -> dict[str, tuple[str, str]]:
    """Return budget and expenditure as written, with units; a bare amount behind the name is the budget."""
    found: dict[str, tuple[str, str]] = {}
    for column, pattern in _BUDGETS:
        match = pattern.search(text)
        if match is not None:
            found[column] = (match[1], match[2])
    direct = _DIRECT.match(text)
    if direct is not None and not found:
        found["adjusted"] = (direct[1], direct[2])
    executed = _EXECUTED.search(text)
    if executed is not None:
        found["executed"] = (executed[1], executed[2])
    return found


def _funds(
    amounts: dict[str, tuple[str, str]], rate: re.Match[str] | None, form: Form, place: Place
) -> Sheet:
    stated: list[tuple[str, str, MoneyUnit]] = [
        (column, number, MoneyUnit.from_label(unit)) for column, (number, unit) in amounts.items()
    ]
    if rate is not None:
        stated.append(("rate", f"{rate[1] or rate[2]}%", form.unit))
    figures: dict[tuple[str, str], Figure] = {}
    for column_id, number, unit in stated:
        column = form.column(column_id)
        measure = read_measure(number, column, unit) if column is not None else None
        if column is not None and measure is not None:
            here = place.at(column=column.captions[0])
            figures["total", column_id] = Figure(form.form, "total", column_id, measure, here)
    return Sheet(form.form, {"total": "项目资金"}, figures, place)
