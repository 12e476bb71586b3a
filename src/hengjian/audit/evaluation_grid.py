"""Projects and overall targets from grid tables: self-evaluation forms and tables of targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hengjian.audit.grid_evaluation import FormReader, FormRows, Reading
from hengjian.audit.grid_indicators import IndicatorHead, IndicatorRows, indicator_head
from hengjian.audit.grid_labels import GridRow, LabelBook, place_of
from hengjian.audit.grid_titles import title_key
from hengjian.audit.grid_words import FormWords
from hengjian.audit.tables import Labels, one_line, split_name, texts_before
from hengjian.documents import DocumentTree, Table
from hengjian.filing import OVERALL_FUNDS, PROJECT_FUNDS, Indicator, OverallTargets, Project
from hengjian.kernel import Finding, Place
from hengjian.packs import Standards, squeeze

_NUMBERED = re.compile(
    r"^(?:(?:附件|附表|表)?\d{1,3}(?:[-—.]\d{1,2})*[、.．:：)）]?|[（(]?[一二三四五六七八九十]+[)）、.．])+|(?:20\d\d年度?)"
)
_PROJECT_TITLE = re.compile(
    r"(?P<name>.*?)(?:项目支出|支出)?(?:预算)?(?:绩效)?(?:目标|自评|自评价|评价|监控)(?:情况|申报|批复|完成情况)*(?:汇总)?表?"
)
_OVERALL = re.compile(r"整体(?:支出)?(?:绩效|目标)|(?:部门|单位)\)?整体")
_TITLE_ROWS = 3
_OVERALL_TITLE = ("overall_title",)
"""A form so called may print its funds in a table of their own, before that of the indicators."""
_PARTS = ("funds_total", "conclusion", "problems", "measures", "total")


@dataclass(frozen=True, slots=True)
class ProjectReading:
    """The projects of a document's grid tables, its overall targets, and the tables they were read from."""

    projects: tuple[Project, ...]
    overall: OverallTargets | None
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...] = ()


def projects_from_tables(tree: DocumentTree, standards: Standards, labels: Labels) -> ProjectReading:
    """Read every self-evaluation form and every table of targets that is a grid table.

    `labels` are the texts in use by label id (`reading_labels`). A form may go on over several tables; a
    table without a project's name takes it from its caption.
    """
    words = {
        form_id: FormWords(form, standards)
        for form_id in (PROJECT_FUNDS, OVERALL_FUNDS)
        if (form := standards.forms.get(form_id)) is not None
    }
    reading = Reading(tree, LabelBook(labels), words.get(PROJECT_FUNDS), words.get(OVERALL_FUNDS))
    projects: list[Project] = []
    overall: OverallTargets | None = None
    findings: list[Finding] = []
    used: dict[int, Table] = {}
    for part in _Splitter(tree, reading.book).forms():
        if isinstance(part, _Listing):
            projects += _listed(part, reading, findings)
            used[part.table.line] = part.table
            continue
        reader = FormReader(reading, part)
        reader.read()
        if part.overall:
            overall = overall or reader.overall()
        elif reader.name and (reader.indicators or reader.funds is not None):
            projects.append(reader.project())
        else:
            continue
        findings += reader.findings
        used.update((row.table.line, row.table) for row in part.rows)
    return ProjectReading(tuple(projects), overall, tuple(findings), tuple(used.values()))


@dataclass(frozen=True, slots=True)
class _Listing:
    """A table of targets of many projects, whose names stand in a column."""

    table: Table
    head: IndicatorHead
    first: int


@dataclass(slots=True)
class _Splitter:
    """Splits the rows of a document's tables into forms."""

    tree: DocumentTree
    book: LabelBook
    _open: FormRows | None = None
    _before: list[str] = field(default_factory=list)

    def forms(self) -> Iterator[FormRows | _Listing]:
        """Yield the forms in reading order."""
        for index, block in enumerate(self.tree.blocks):
            if isinstance(block, Table):
                self._before = texts_before(self.tree.blocks[:index], block)
                yield from self._table(block)
        yield from self._close()

    def _table(self, table: Table) -> Iterator[FormRows | _Listing]:
        rows = [GridRow(table, number) for number in range(len(table.rows))]
        listing = self._listing(table, rows)
        starts = [row.number for row in rows if self._names_project(row)] if self._is_form(rows) else []
        if listing is not None:
            yield from self._close()
            yield listing
        elif starts:
            yield from self._started(table, rows, starts)
        elif self._open is not None and self._goes_on(table, rows):
            self._open.rows += rows
        else:
            yield from self._close()
            yield from self._untitled(table, rows)

    def _started(
        self, table: Table, rows: list[GridRow], starts: Sequence[int]
    ) -> Iterator[FormRows | _Listing]:
        """Open a form at each row that names a project; rows above the first go on the form before."""
        if self._open is not None and starts[0] > 0 and any(self._is_part(row) for row in rows[: starts[0]]):
            self._open.rows += rows[: starts[0]]
        ends = [*starts[1:], len(rows)]
        for start, end in zip(starts, ends, strict=True):
            yield from self._close()
            self._open = FormRows(rows[start:end], table.caption)

    def _untitled(self, table: Table, rows: list[GridRow]) -> Iterator[FormRows | _Listing]:
        """Open a form that names no project: its caption does, or it is the department's."""
        headed = any(indicator_head(row, self.book) is not None for row in rows)
        inside = [cell.text for row in rows[:_TITLE_ROWS] for cell in row.filled if len(row.filled) == 1]
        titles = [table.caption, *inside, *reversed(self._before), *table.section[-1:]]
        title = next((text for text in titles if title_key(text).endswith("表")), table.caption)
        if not headed and self.book.one_of(title_key(title), _OVERALL_TITLE) is None:
            return
        overall = bool(_OVERALL.search(title_key(title)))
        match = _PROJECT_TITLE.fullmatch(_NUMBERED.sub("", squeeze(title)))
        name = match["name"] if match is not None else ""
        if not overall and not name:
            return
        self._open = FormRows(rows, title, name="" if overall else name, overall=overall)
        yield from ()

    def _close(self) -> Iterator[FormRows]:
        if self._open is not None:
            yield self._open
        self._open = None

    def _names_project(self, row: GridRow) -> bool:
        """Tell whether a row gives a project's name: the label with a name beside it."""
        for cell in row.cells:
            split = self.book.split(cell.text, ("project_name",))
            if split is not None and split[1]:
                return True
            if self.book.one_of(cell.text, ("project_name",)) is not None:
                value = row.next_to(cell)
                named = value is not None and value.row == row.number and bool(value.text.strip())
                return named and value is not None and not self.book.ids(value.text)
        return False

    def _goes_on(self, table: Table, rows: Sequence[GridRow]) -> bool:
        """Tell whether a table is a further part of the open form: parts of it, and no title of its own."""
        if self._open is None or (
            title_key(table.caption).endswith("表") and not _is_continued(table.caption)
        ):
            return False
        if any(self._is_part(row) for row in rows):
            return True
        last = self._open.rows[-1].table
        return not table.caption and table.width == last.width and _has_head(self._open.rows, self.book)

    def _is_form(self, rows: Sequence[GridRow]) -> bool:
        """Tell whether a table has a part of a form, and is not only a list of projects."""
        labels = (*_PARTS, "annual_goal", "goal_result", "department", "unit_stamp", "executed")
        found = (self.book.one_of(cell.text, labels) for row in rows for cell in row.filled)
        return any(label is not None for label in found)

    def _is_part(self, row: GridRow) -> bool:
        if indicator_head(row, self.book) is not None:
            return True
        return any(self.book.one_of(cell.text, _PARTS) is not None for cell in row.filled)

    def _listing(self, table: Table, rows: Sequence[GridRow]) -> _Listing | None:
        for row in rows[:4]:
            head = indicator_head(row, self.book)
            if head is not None:
                named = "project_name" in head.columns
                return _Listing(table, head, row.number + 1) if named else None
        return None


def _is_continued(caption: str) -> bool:
    return "续" in caption


def _has_head(rows: Sequence[GridRow], book: LabelBook) -> bool:
    return any(indicator_head(row, book) is not None for row in rows)


def _listed(listing: _Listing, reading: Reading, findings: list[Finding]) -> list[Project]:
    """Read a listing: a project's rows are those under its name, merged, repeated or left blank."""
    column = listing.head.columns["project_name"]
    groups: dict[str, list[Indicator]] = {}
    places: dict[str, Place] = {}
    goals: dict[str, str] = {}
    name = ""
    reader = IndicatorRows(reading.tree, listing.head, listing.table.caption or None)
    for number in range(listing.first, len(listing.table.rows)):
        row = GridRow(listing.table, number)
        cell = row.at(column)
        if cell is not None and cell.text.strip() and one_line(cell.text) != name:
            name = one_line(cell.text)
            places.setdefault(name, place_of(reading.tree, row.table, [cell], None, name))
            reader = IndicatorRows(reading.tree, listing.head, name, reader.findings)
        goal = row.at(listing.head.columns.get("annual_goal", -1))
        if name and goal is not None and goal.text.strip():
            goals.setdefault(name, goal.text.strip())
        indicator = reader.read(row)
        if name and indicator is not None:
            groups.setdefault(name, []).append(indicator)
    findings += reader.findings
    return [_project(name, tuple(rows), places[name], goals.get(name)) for name, rows in groups.items()]


def _project(name: str, rows: tuple[Indicator, ...], place: Place, goal: str | None) -> Project:
    code, bare_name = split_name(name)
    return Project(
        name=bare_name,
        code=code,
        indicators=rows,
        texts={} if goal is None else {"annual_goal": goal},
        place=place,
        places={"project_name": place},
    )
