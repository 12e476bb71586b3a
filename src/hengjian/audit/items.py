"""Expenditure by function as the text of final accounts states it: classes with shares, then item by item.

Without the table the text's figures become a partial sheet, so that the hierarchy is checked; with it, every
item of the text is held against the table's row, and rows that the text leaves out are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hengjian.audit.claims.claim import Passage
from hengjian.audit.claims.composition import INTRODUCER, head_before
from hengjian.audit.claims.mentions import Mention
from hengjian.filing import Sheet
from hengjian.kernel import Amount, Figure, Finding, Place
from hengjian.packs import Scheme, Standards, squeeze

GENERAL_PUBLIC = "final.general_public"
_NAME = r"[\u4e00-\u9fff“”、（）()]{2,40}?"
_ITEM = re.compile(
    rf"(?:^|[。；;：:\s.．、）)])(?P<class>{_NAME})\s*[（(]\s*(?:类|\d{{3}})\s*[）)]\s*"
    rf"(?P<group>{_NAME})\s*[（(]\s*(?:款|\d{{5}})\s*[）)]\s*"
    rf"(?P<item>{_NAME})\s*[（(]\s*(?:项|(?P<printed>\d{{7}}))\s*[）)]"
)
_ORDINAL = re.compile(
    r"^(?:\d{1,2}[.．、]?|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[.．、])"
)
_FINAL = re.compile(r"决算|支出(?:为|是)?$")
_CLASS, _SECTION, _ENTRY = 3, 5, 7


@dataclass(frozen=True, slots=True)
class ItemReading:
    """The partial sheet of the text's figures (None when it cannot be told) and the findings about it."""

    sheet: Sheet | None
    findings: tuple[Finding, ...] = ()


def read_items(
    passages: Sequence[Passage], standards: Standards, table: Sheet | None, file: str
) -> ItemReading:
    """Read the classes and items of general-public expenditure that the text lists.

    An item whose names are not in the year's classification makes the list untellable: it is reported, and
    nothing is concluded from the rest.
    """
    scheme = standards.schemes.get("functional")
    if scheme is None or GENERAL_PUBLIC not in standards.forms:
        return ItemReading(None)
    stated: dict[str, Figure] = {}
    names: dict[str, str] = {}
    unknown: list[Finding] = []
    for passage in passages:
        for name, code, mention, place in _items(passage, scheme):
            if code is None:
                unknown.append(
                    Finding.of("document.item-unknown", place, stated=name, year=str(standards.year))
                )
            elif code not in stated:
                stated[code], names[code] = _figure(code, mention, place), name
    if not stated or unknown:
        return ItemReading(None, tuple(unknown))
    if table is not None and not table.partial:
        return ItemReading(None, tuple(_against(stated, names, table)))
    classes = _classes(passages, scheme, names)
    rows = dict(sorted(names.items()))
    figures = {(code, "total"): figure for code, figure in (classes | stated).items()}
    return ItemReading(Sheet(GENERAL_PUBLIC, rows, figures, Place(file=file), partial=True))


def _items(passage: Passage, scheme: Scheme) -> Iterator[tuple[str, str | None, Mention, Place]]:
    matches = list(_ITEM.finditer(passage.text))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(passage.text)
        inside = [m for m in passage.mentions if m.is_amount and match.end() <= m.start < end]
        final = next((m for m in inside if _FINAL.search(m.label)), None)
        if final is not None:
            names = tuple(squeeze(match[part]) for part in ("class", "group", "item"))
            code = _code(names, scheme) or (match["printed"] if match["printed"] in scheme.items else None)
            yield names[-1], code, final, passage.place(match.start("class"), final.end)


def _code(names: tuple[str, ...], scheme: Scheme) -> str | None:
    """Return the item's code by name, each within the one before; a class may be named without 支出."""
    parent = ""
    for name, length in zip(names, (_CLASS, _SECTION, _ENTRY), strict=True):
        bare = _ORDINAL.sub("", name) if length == _CLASS else name
        wanted = (bare, f"{bare}支出", bare.removesuffix("支出"))
        codes = [c for each in wanted for c in scheme.by_name.get(each, ()) if len(c) == length]
        parent = next((code for code in codes if code.startswith(parent)), "")
        if not parent:
            return None
    return parent


def _figure(code: str, mention: Mention, place: Place) -> Figure:
    if not isinstance(mention.value, Amount):
        raise TypeError("an item states money")
    return Figure(GENERAL_PUBLIC, code, "total", mention.value, place)


def _classes(passages: Sequence[Passage], scheme: Scheme, names: dict[str, str]) -> dict[str, Figure]:
    """Return the classes of the structure paragraph and its total; `names` takes their names."""
    for passage in passages:
        introducer = INTRODUCER.search(passage.text)
        if introducer is None:
            continue
        found: dict[str, Figure] = {}
        listed = [m for m in passage.mentions if m.is_amount and m.start >= introducer.end() and m.depth == 0]
        for mention in listed:
            code = next((c for c in scheme.by_name.get(mention.label, ()) if len(c) == _CLASS), None)
            if code is not None:
                found[code] = _figure(
                    code, mention, passage.place(mention.start - len(mention.label), mention.end)
                )
                names[code] = mention.label
        head = head_before(passage, listed[0]) if found else None
        if head is not None and len(found) == len(listed):
            names["total"] = head.label
            found["total"] = _figure("total", head, passage.place(0, head.end))
            return found
    return {}


def _against(stated: dict[str, Figure], names: dict[str, str], table: Sheet) -> Iterator[Finding]:
    """Hold the text's items against the table's rows, both ways."""
    for code, figure in stated.items():
        row = table.figure(code, "total")
        if row is not None and figure.value.interval.contradicts(row.value.interval):
            yield Finding.of(
                "document.item-amount",
                figure.place,
                related=(row.place,),
                stated=str(figure.value),
                expected=str(row.value),
                name=names[code],
                code_printed=code,
            )
    for code, name in table.rows.items():
        row = table.figure(code, "total")
        entry = len(code) == _ENTRY and code.isdigit() and code not in stated
        if entry and row is not None and row.value.interval.low > 0:
            yield Finding.of(
                "document.item-missing", row.place, stated=str(row.value), name=name, code_printed=code
            )
