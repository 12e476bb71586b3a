"""The head of a form's table: which rows it takes, what each column is called, where labels stand.

Nothing here knows a form yet. A column's caption is a path, from the outermost head down, because forms
stack their heads: ``本年收入/小计``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hengjian.audit.tables import bare, digits_of, distinct, is_figure, own_cells, plain
from hengjian.documents import Cell, Table

Path = tuple[str, ...]

MOST_HEAD_ROWS = 6
MOST_TOP_ROWS = 5
LONGEST_HEAD = 40
"""A longer cell is text, not the head of a column."""

_NUMBERING = re.compile(r"栏次|行次|\d{1,3}|\d{1,3}=.*|[A-Z甲乙丙丁]|\([\d+\-=]+\)|[-—]+")
_ORDINAL_HEAD = re.compile(r"(?:序|行|栏)[号次]|编号")
_LABEL_HEAD = re.compile(
    r"(?:项目|科目|收入|支出|单位|部门|用途|内容|名称|编码|代码|类|款|项|目)"
    r"|(?:项目|科目|类款项|类|款|项)?(?:编码|代码|名称|编号)"
    r"|(?:收入|支出|预算|本年)?(?:项目|科目)(?:\(.*\))?"
    r"|.*(?:科目|分类|分类科目)(?:\(.*\)|编码|代码|名称|编码及名称)*"
    r"|(?:预算)?(?:部门|单位)\(?(?:单位)?\)?(?:编码|代码|名称)"
    r"|(?:政府采购|采购)(?:项目)?(?:来源|品目|物品名称|目录序号|目录)|计量单位|规格(?:型号)?"
)
_CODE_OR_NAME = re.compile(r".*(?:编码|代码|名称|科目)")
_NUMBERED_ROW = re.compile(
    r"[一二三四五六七八九十]+、|\(([一二三四五六七八九十]+|\d{1,2})\)|\d{1,2}[、.](?!\d)|其中"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A table's head: `top` rows of title and notes, then head rows up to row `body`.

    `paths` holds each column's caption, `labels` the columns whose head names rows, `ordinals` those that
    count them.
    """

    top: int
    body: int
    paths: tuple[Path, ...]
    labels: frozenset[int]
    ordinals: frozenset[int]


def head_of(table: Table, is_note: Callable[[str], bool]) -> Head | None:
    """Return the head of a table, None when it has none."""
    rows = table.rows
    top = _top(rows, is_note)
    labels: set[int] = set()
    body = top
    while body < min(len(rows), top + MOST_HEAD_ROWS) and _is_head(
        rows[body], body, labels, first=body == top
    ):
        labels |= {
            column for column, cell in enumerate(rows[body]) if _LABEL_HEAD.fullmatch(plain(cell.text))
        }
        body += 1
    if body == top:
        return None
    paths = tuple(paths_of(rows[top:body]))
    ordinals = frozenset(c for c, path in enumerate(paths) if path and _ORDINAL_HEAD.fullmatch(path[-1]))
    named = frozenset(c for c, path in enumerate(paths) if path and _names_rows(path)) - ordinals
    return Head(top, body, paths, named, ordinals)


def _top(rows: Sequence[Sequence[Cell]], is_note: Callable[[str], bool]) -> int:
    """Count the first rows that hold a title or notes and no heads."""
    top = 0
    for number, row in enumerate(rows[:MOST_TOP_ROWS]):
        filled = [cell for cell in distinct(row) if cell.text.strip()]
        alone = len(filled) == 1 and len(row) > 1 and not _LABEL_HEAD.fullmatch(plain(filled[0].text))
        if any(cell.row_span > 1 for cell in filled) or not (
            alone or all(is_note(cell.text) or _is_form_number(cell.text) for cell in filled)
        ):
            break
        top = number + 1
    return top


def _is_form_number(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:公开|附|预算公开)?表?\d{1,2}(?:[-—]\d{1,2})?表?|.*(?:单位|部门|日期|年度):.*", plain(text)
        )
    )


def _is_head(row: Sequence[Cell], number: int, labels: set[int], *, first: bool) -> bool:
    """Tell whether a row belongs to the head; `labels` are the columns that name rows so far."""
    own = [cell for cell in own_cells(row, number) if cell.text.strip()]
    texts = [plain(cell.text) for cell in own]
    if not own:
        return any(cell.row < number for cell in row) and not first
    if is_numbering_row(texts):
        return not first
    if any(is_figure(text) for text in texts) or any(len(text) > LONGEST_HEAD for text in texts):
        return False
    if first:
        return any(len(distinct(row)) > 1 for _ in own)
    if all(_NUMBERED_ROW.match(text) for text in texts):
        return False
    in_labels = all(cell.column in labels for cell in own)
    return not in_labels or any(_LABEL_HEAD.fullmatch(text) for text in texts)


def is_numbering_row(texts: Sequence[str]) -> bool:
    """Tell whether the cells of a row only number the columns: 栏次, 1, 2, 3.

    >>> is_numbering_row(["栏次", "1", "2=3+4", "3"]), is_numbering_row(["5", "60.25"])
    (True, False)
    """
    numbers = [int(text) for text in texts if text.isdigit()]
    named = any(text in {"栏次", "栏号"} for text in texts)
    rising = len(numbers) > 1 and all(a + 1 == b for a, b in pairwise(numbers))
    from_start = bool(numbers) and numbers[0] <= 1 and rising
    others = [text for text in texts if not _NUMBERING.fullmatch(text)]
    return (named or from_start) and all(_LABEL_HEAD.fullmatch(text) for text in others)


def paths_of(rows: Sequence[Sequence[Cell]]) -> list[Path]:
    """Return the caption of each column under some head rows, from the outermost head down."""
    width = len(rows[0]) if rows else 0
    texts = [[plain(cell.text) for cell in row] for row in rows]
    merged = [any(cell.row_span > 1 or cell.column_span > 1 for cell in row) for row in rows]
    for r in range(len(texts) - 2, -1, -1):
        if not merged[r]:
            texts[r] = _realigned(texts[r], texts[r + 1])
    _spread(texts)
    paths: list[Path] = []
    for column in range(width):
        path: list[str] = []
        for row in texts:
            text = row[column]
            if text and text != (path[-1] if path else "") and not _is_numbering(text):
                path.append(text)
        paths.append(tuple(path))
    return paths


def _realigned(heads: list[str], below: Sequence[str]) -> list[str]:
    """Put heads that were moved left, because merged cells were dropped, back over their sub-heads.

    Below a head that stands alone is an empty cell, below one that spans columns a run of sub-heads.

    >>> _realigned(["编码", "", "收入", "结转", "", ""], ["", "", "小计", "拨款", "其他", ""])
    ['编码', '', '收入', '收入', '收入', '结转']
    """
    filled = [index for index, text in enumerate(heads) if text]
    count = filled[-1] + 1 if filled else 0
    groups: list[list[int]] = []
    for column, text in enumerate(below):
        if text and groups and below[groups[-1][-1]]:
            groups[-1].append(column)
        else:
            groups.append([column])
    if count == len(heads) or count != len(groups):
        return heads
    return [heads[number] for number, group in enumerate(groups) for _ in group]


def _spread(texts: list[list[str]]) -> None:
    """Let a head stand over the columns right of it that have sub-heads and no head of their own.

    Readers do so for merged cells; where a merge was lost, the heads' own columns are left blank.
    """
    for r, row in enumerate(texts[:-1]):
        below = [any(_is_caption(later[c]) for later in texts[r + 1 :]) for c in range(len(row))]
        for c in range(1, len(row)):
            if (
                not row[c]
                and below[c]
                and below[c - 1]
                and row[c - 1]
                and not _LABEL_HEAD.fullmatch(row[c - 1])
            ):
                row[c] = row[c - 1]


def _is_caption(text: str) -> bool:
    return bool(text) and not _is_numbering(text)


def _is_numbering(text: str) -> bool:
    return bool(_NUMBERING.fullmatch(text)) and text != "行次"


def _names_rows(path: Path) -> bool:
    """Tell whether a head names rows; the total's name may stand in the head's last row."""
    named = path[:-1] if len(path) > 1 and path[-1] in {"合计", "总计"} else path
    if named is path or not _CODE_OR_NAME.fullmatch(named[-1]):
        named = path
    return bool(_LABEL_HEAD.fullmatch(named[-1]))


def is_repeated_head(row: Sequence[Cell], head: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a row of the body prints the head again, as on a further page."""
    texts = [plain(cell.text) for cell in row]
    return any(texts) and any(texts == [plain(cell.text) for cell in each] for each in head)


def is_code_column(texts: Sequence[str]) -> bool:
    """Tell whether most of a column's filled cells are digits, as the codes of a classification are."""
    filled = [text for text in texts if text.strip()]
    return bool(filled) and sum(bool(digits_of(text)) for text in filled) * 2 > len(filled)


def row_caption(text: str) -> str:
    """Return a row's caption in the form in which forms are searched for it."""
    return bare(text)
