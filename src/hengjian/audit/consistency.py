"""Statements of a document held against its own forms: what no single sentence or table can show."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from hengjian.audit.claims.mentions import mentions, percent_of
from hengjian.documents import DocumentTree, Heading, Paragraph, Table
from hengjian.filing import Filing, Project
from hengjian.kernel import Amount, Finding, Interval, Place, change_rate
from hengjian.packs import Standards, squeeze
from hengjian.scoring.words import plain, says_none, span

_HEADCOUNT = re.compile(
    r"(?P<kind>[\u4e00-\u9fff]{0,8}编制)\s*(?P<posts>\d+)\s*[名人个]\s*[，,、]\s*(?:现有|实有|在编|在职)"
    r"[^，,。；;\d]{0,8}(?P<staff>\d+)\s*[名人]"
)
_WITHIN = re.compile(
    r"(?:偏差|差异|变动)[^，,。；;\d]{0,12}(?:控制|保持)?在\s*(?P<limit>\d+(?:\.\d+)?\s*[%％])\s*(?:以内|之内|内)"
)
_TITLE_YEAR = re.compile(r"(?P<year>20\d\d)\s*年(?!\s*\d{1,2}\s*月)")
_REPORT_WORDS = ("报告", "决算", "预算", "自评", "评价")
_TABLE_TITLE = re.compile(r"表$")
_BRACKETS = re.compile(r"[（(].*?[）)]")
_DOUBLED = re.compile(
    r"(?<![\u4e00-\u9fff]、)([\u4e00-\u9fff]{2,4})\1(?![\u4e00-\u9fff]?[（(]?(?:类|款|项)[）)])"
)
_PROBLEMS = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?)?(?:目前|当前|主要)?存在的?(?:主要)?问题(?:(?:及|和|与)[^。]{0,12})?[。:：]?"
)
_NO_PROBLEM = re.compile(r"(?:无|没有|未发现|不存在|暂无)|.{0,12}(?:没有|未发现|不存在|无)[^，,。]{0,10}问题")
_SHORTEST_PROSE = 10
_FEWEST_FORMS = 5
_FEWEST_TITLES = 5
_MOST_RELATED = 9
_ALIKE = 0.85
_EXPLANATION = "final.explanation"
_THREE_PUBLIC = "final.three_public"


def consistency_findings(tree: DocumentTree, filing: Filing, standards: Standards) -> Iterator[Finding]:
    """Yield what a document's statements contradict elsewhere in it."""
    yield from _prompts(tree, standards)
    yield from _doubled_words(tree)
    yield from _headcounts(tree)
    yield from _title_years(tree, filing)
    yield from _contents(tree)
    yield from _missing_tables(tree, filing)
    yield from _deviations(tree, filing, standards)
    yield from _named_amounts(tree, filing, standards)
    yield from _problems_denied(tree, filing)


def _prompts(tree: DocumentTree, standards: Standards) -> Iterator[Finding]:
    """Guidance of a template that was published as text: one finding, pointing to the first places."""
    patterns = [re.compile(prompt) for prompt in standards.prompts]
    left: list[tuple[Place, str]] = []
    for block in tree.blocks:
        if isinstance(block, Heading | Paragraph):
            words = squeeze(block.text)
            match = next(filter(None, (pattern.search(words) for pattern in patterns)), None)
            if match is not None:
                left.append((tree.place(block), match[0]))
    if left:
        yield Finding.of(
            "document.prompts-left",
            left[0][0],
            related=tuple(place for place, _ in left[1:_MOST_RELATED]),
            stated=left[0][1],
            count=len(left),
        )


def _doubled_words(tree: DocumentTree) -> Iterator[Finding]:
    """A word printed twice in a row, in running text or in a long cell."""
    for block in tree.blocks:
        if isinstance(block, Table):
            texts = [(cell.text, tree.cell_place(block, cell)) for cell in block.cells]
        else:
            texts = [(block.text, tree.place(block))]
        for text, place in texts:
            for match in _DOUBLED.finditer(text) if len(text) >= _SHORTEST_PROSE else ():
                around = text[max(match.start() - 6, 0) : match.end() + 6]
                yield Finding.of(
                    "document.doubled-word", place.at(quote=around), stated=match[0], word=match[1]
                )


def _headcounts(tree: DocumentTree) -> Iterator[Finding]:
    for paragraph in tree.paragraphs():
        for match in _HEADCOUNT.finditer(paragraph.text):
            posts, staff = int(match["posts"]), int(match["staff"])
            if staff > posts:
                yield Finding.of(
                    "document.headcount",
                    tree.place(paragraph, *match.span()),
                    stated=str(staff),
                    expected=f"≤{posts}",
                    difference=str(staff - posts),
                    kind=match["kind"],
                )


def _title_years(tree: DocumentTree, filing: Filing) -> Iterator[Finding]:
    """A report's title that names a later year than the document is about."""
    for block in tree.blocks:
        if not isinstance(block, Heading | Paragraph) or len(block.text) > 60 or "。" in block.text:  # noqa: PLR2004
            continue
        match = _TITLE_YEAR.match(block.text.strip())
        if match is None or int(match["year"]) <= filing.year.year:
            continue
        if squeeze(block.text).endswith(_REPORT_WORDS):
            yield Finding.of(
                "document.title-year",
                tree.place(block),
                stated=match["year"],
                expected=str(filing.year),
                title=squeeze(block.text),
            )


def _contents(tree: DocumentTree) -> Iterator[Finding]:
    """Titles of the table of contents that the document prints otherwise."""
    titles = {squeeze(block.text): block for block in tree.blocks if isinstance(block, Heading | Paragraph)}
    short = {title: block for title, block in titles.items() if len(title) <= 60}  # noqa: PLR2004
    for entry in tree.toc:
        wanted = squeeze(entry.text)
        if wanted in titles or not wanted:
            continue
        same_number = [title for title in short if _number(title) == _number(wanted) and _number(wanted)]
        close = difflib.get_close_matches(wanted, same_number, 1, _ALIKE)
        if close:
            block = short[close[0]]
            yield Finding.of(
                "document.contents-title",
                tree.place(block),
                related=(Place(file=tree.path, line=entry.line, quote=entry.text.strip()),),
                stated=close[0],
                expected=wanted,
            )


def _number(title: str) -> str:
    match = re.match(r"(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]+[）)]?、?)", title)
    return match[0] if match is not None else ""


def _missing_tables(tree: DocumentTree, filing: Filing) -> Iterator[Finding]:
    """A list of table titles with no table in the document."""
    if any(True for _ in tree.tables()) or any(not sheet.partial for sheet in filing.sheets.values()):
        return
    listed = [
        block
        for block in tree.blocks
        if isinstance(block, Heading | Paragraph)
        and block.section[:1] != ("目录",)
        and _TABLE_TITLE.search(squeeze(block.text))
        and _number(squeeze(block.text))
    ]
    if len(listed) >= _FEWEST_TITLES:
        last = listed[-1]
        yield Finding.of(
            "document.tables-missing", tree.place(last), count=len(listed), title=squeeze(last.text)
        )


def _deviations(tree: DocumentTree, filing: Filing, standards: Standards) -> Iterator[Finding]:
    """“X类项目…偏差控制在N%以内” against the initial budget and the final figure of each such project."""
    classes = standards.vocabulary.project_classes if standards.vocabulary is not None else {}
    for paragraph in tree.paragraphs():
        match = _WITHIN.search(paragraph.text)
        limit = percent_of(match["limit"]) if match is not None else None
        letter = next((letter for name, letter in classes.items() if name in paragraph.text), None)
        if match is None or limit is None or letter is None:
            continue
        bound = Interval.exactly(limit.interval.middle)
        beyond = [
            (project, rate)
            for project in filing.projects
            if project.class_letter == letter
            and (rate := _deviation(project)) is not None
            and (rate.low > bound.high or rate.high < -bound.high)
        ]
        if beyond:
            worst, rate = max(beyond, key=lambda pair: abs(pair[1].middle))
            yield Finding.of(
                "document.deviation",
                tree.place(paragraph),
                related=tuple(project.place_of("execution") for project, _ in beyond[:8]),
                stated=f"≤{plain(limit.value)}%",
                expected=f"{span(rate)}%",
                count=len(beyond),
                worst=worst.name,
            )


def _deviation(project: Project) -> Interval | None:
    if project.funds is None:
        return None
    initial = project.funds.interval("total", "initial")
    executed = project.funds.interval("total", "executed")
    return None if initial is None or executed is None else change_rate(executed, initial)


def _named_amounts(tree: DocumentTree, filing: Filing, standards: Standards) -> Iterator[Finding]:
    """A project that bears the name of an item of the text has executed another amount."""
    items = _item_captions(standards)
    for project in filing.projects:
        name = squeeze(_BRACKETS.sub("", project.name))
        executed = project.funds.figure("total", "executed") if project.funds is not None else None
        if name not in items or executed is None or not isinstance(executed.value, Amount):
            continue
        for paragraph in tree.paragraphs():
            stated = [
                m
                for m in mentions(paragraph.text)
                if isinstance(m.value, Amount) and re.fullmatch(rf"{re.escape(name)}(?:支出|决算)*", m.label)
            ]
            contradicted = [m for m in stated if m.value.interval.high < executed.value.interval.low]
            if contradicted:
                first = contradicted[0]
                start = max(first.start - len(first.label) - 1, 0)
                yield Finding.of(
                    "document.project-amount",
                    tree.place(paragraph, start, min(first.end + 1, len(paragraph.text))),
                    related=(project.place_of("execution"),),
                    stated=str(first.value),
                    expected=str(executed.value),
                    name=project.name,
                    item=name,
                )
                break


def _problems_denied(tree: DocumentTree, filing: Filing) -> Iterator[Finding]:
    """The report has a section about problems, and every form of a project says that there are none."""
    told = [project.texts["problems"] for project in filing.projects if project.texts.get("problems")]
    if len(told) < _FEWEST_FORMS or not all(says_none(text) for text in told):
        return
    for paragraph in tree.paragraphs():
        section = paragraph.section[-1] if paragraph.section else ""
        if _PROBLEMS.fullmatch(squeeze(section)) and not _NO_PROBLEM.match(squeeze(paragraph.text)):
            yield Finding.of(
                "document.problems-denied",
                tree.place(paragraph),
                related=tuple(project.place_of("problems") for project in filing.projects[:8]),
                section=squeeze(section),
                size=len(told),
            )
            return


def _item_captions(standards: Standards) -> frozenset[str]:
    """Names of the money items that a text reports whole: a project of that name is part of one."""
    forms = (standards.forms.get(_EXPLANATION), standards.forms.get(_THREE_PUBLIC))
    return frozenset(
        squeeze(caption)
        for form in forms
        if form is not None
        for row in form.rows
        for caption in row.captions
        if len(squeeze(caption)) > 4  # noqa: PLR2004
    )
