"""``rectification.csv``: the problems of a filing and what becomes of them (整改台账).

Its columns bear Chinese names and may stand in any order; those that are not needed may be left out. The
identifiers of the model are taken as well, and so are those of the states.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import get_args

from hengjian.filing.csv_file import CsvRow, read_table
from hengjian.filing.intake import Intake
from hengjian.filing.model import Rectification, RectificationState
from hengjian.kernel import FiscalYear, InputError, Place

RECTIFICATIONS = "rectification.csv"
COLUMNS = {
    "id": "编号",
    "problem": "问题",
    "project": "项目",
    "source": "来源",
    "measure": "整改措施",
    "owner": "责任人",
    "due": "完成时限",
    "state": "状态",
    "evidence": "佐证材料",
    "year": "发现年度",
}
STATES: dict[RectificationState, str] = {
    "open": "待整改",
    "under_way": "整改中",
    "done": "已整改",
    "confirmed": "已销号",
}
_FIELDS = {words: name for name, caption in COLUMNS.items() for words in (name, caption)}
_STATES = {STATES[state]: state for state in STATES} | {
    state: state for state in get_args(RectificationState)
}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_LONGEST_DATE = 40


def read_rectifications(intake: Intake) -> tuple[Rectification, ...]:
    """Read the list; a row that states no problem, or repeats an id, is noted and left out."""
    table = read_table(intake, RECTIFICATIONS, ()) if intake.exists(RECTIFICATIONS) else None
    if table is None:
        return ()
    columns = _columns(intake, table.header)
    if "problem" not in columns:
        place = Place(file=RECTIFICATIONS, line=table.header.line)
        intake.add("input.missing-key", place, key=COLUMNS["problem"])
        return ()
    found: dict[str, Rectification] = {}
    for row in table.rows:
        item = _item(intake, row, columns)
        if item is None:
            continue
        if item.id in found:
            intake.add("input.duplicate", item.place.at(quote=item.id), name=item.id)
        else:
            found[item.id] = item
    return tuple(found.values())


def rectification_rows(items: Iterable[Rectification]) -> Iterator[tuple[str, ...]]:
    """Yield the header of the file, then a row for each item; blanks are empty."""
    yield tuple(COLUMNS.values())
    for item in items:
        cells = {name: getattr(item, name) for name in COLUMNS} | {"state": STATES[item.state]}
        yield tuple("" if cell is None else str(cell) for cell in cells.values())


def item_id(*parts: str) -> str:
    """Return the id of an item that follows from its parts: short, and no number to a spreadsheet.

    >>> item_id("target.unit", "宣传费", "宣传次数")
    'ZG-X2N2T43H'
    """
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return f"ZG-{b32encode(digest)[:8].decode()}"


def parse_date(text: str) -> date | None:
    """Read a day as it is written, such as 2023-06-30, 2023/6/30 or 2023年6月30日; None when it is none.

    >>> parse_date("２０２３年6月30日")
    datetime.date(2023, 6, 30)
    >>> parse_date("2023-06-31") is None
    True
    """
    written = unicodedata.normalize("NFKC", text[: _LONGEST_DATE + 1]).strip()
    match = _DATE.fullmatch(written)
    if match is None or len(text) > _LONGEST_DATE:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _columns(intake: Intake, header: CsvRow) -> dict[str, int]:
    """Return where each known column stands; one that is unknown or given twice is noted and left out."""
    columns: dict[str, int] = {}
    for index, caption in enumerate(header.cells):
        place = Place(file=RECTIFICATIONS, line=header.line, column=caption, quote=caption)
        name = _FIELDS.get(caption)
        if name is None:
            intake.add("input.unknown-key", place, key=caption, known="、".join(COLUMNS.values()))
        elif name in columns:
            intake.add("input.duplicate", place, name=caption)
        else:
            columns[name] = index
    return columns


def _item(intake: Intake, row: CsvRow, columns: Mapping[str, int]) -> Rectification | None:
    cells = {name: text for name, index in columns.items() if (text := row.cells[index].strip())}
    problem, project = cells.get("problem"), cells.get("project")
    place = Place(file=RECTIFICATIONS, section=project, line=row.line, quote=problem)
    if problem is None:
        intake.add("input.missing-key", place.at(column=COLUMNS["problem"]), key=COLUMNS["problem"])
        return None
    return Rectification(
        id=cells.get("id") or item_id(problem, project or ""),
        problem=problem,
        project=project,
        source=cells.get("source"),
        measure=cells.get("measure"),
        owner=cells.get("owner"),
        due=_due(intake, cells.get("due"), place),
        state=_state(intake, cells.get("state"), place),
        evidence=cells.get("evidence"),
        year=_year(intake, cells.get("year"), place),
        place=place,
    )


def _due(intake: Intake, text: str | None, place: Place) -> str | None:
    if text is None:
        return None
    day = parse_date(text)
    if day is None:
        intake.add("input.not-a-date", place.at(column=COLUMNS["due"], quote=text), value=text)
    return None if day is None else day.isoformat()


def _state(intake: Intake, text: str | None, place: Place) -> RectificationState:
    """Return the state; a blank one, and one that is none and noted, is open."""
    if text is None:
        return "open"
    state = _STATES.get(text)
    if state is None:
        values = {"key": COLUMNS["state"], "value": text, "known": "、".join(STATES.values())}
        intake.add("input.unknown-value", place.at(column=COLUMNS["state"], quote=text), **values)
    return state or "open"


def _year(intake: Intake, text: str | None, place: Place) -> int | None:
    if text is None:
        return None
    try:
        return FiscalYear.parse(text).year
    except InputError as error:
        intake.note(error.located(place.at(column=COLUMNS["year"], quote=text)))
        return None
