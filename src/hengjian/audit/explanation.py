"""Figures that the text of final accounts states, as the partial sheet that the text-to-table rules check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hengjian.audit.claims.change import changes
from hengjian.audit.claims.claim import Passage
from hengjian.audit.claims.mentions import Mention
from hengjian.filing import Sheet
from hengjian.kernel import Amount, Figure, MoneyUnit, Place
from hengjian.packs import Standards, squeeze
from hengjian.packs.schema import Form

EXPLANATION = "final.explanation"
_QUOTES = '“”"'
_STATED = r"\s*(?:支出)?(?:决算)?(?:数|总额)?\s*(?:合计|共计|共)?\s*(?:为|是)?\s*$"
_BEFORE = r"(?:^|[，,。；;：:、（(\s.．）)年度]|我?[局委厅部处站院校心]|单位|部门|本级)"
_FLAT = (
    r"\s*(?:支出)?(?:决算)?数?\s*(?:与|较|比)\s*(?:20\d\d\s*年度?|上\s*年度?)"
    r"\s*(?:决算)?数?\s*(?:相比)?\s*持平"
)


def explanation_sheet(passages: Sequence[Passage], standards: Standards, file: str) -> Sheet | None:
    """Return the named amounts of the text and their changes, each where it is first stated.

    持平 states a change of nothing. None when the standards have no such form or the text names no item.
    """
    form = standards.forms.get(EXPLANATION)
    if form is None:
        return None
    figures: dict[tuple[str, str], Figure] = {}
    items = tuple(_items(form))
    for passage in passages:
        stated = list(_amounts(passage, items))
        for row, mention in stated:
            _enter(figures, (row, "amount"), mention.value, passage.place(*_words(passage, mention)))
        for change in changes(passage):
            heard = (row for row, mention in stated if mention in change.now)
            named = next(heard, None) or _named(passage.text, items)
            if named is not None:
                value = _signed(change.delta, falls=change.falls)
                _enter(figures, (named, "change"), value, passage.place(*change.match.span()))
        for row, pattern in items:
            flat = re.search(f"{_BEFORE}(?P<item>{pattern}{_FLAT})", passage.text)
            if flat is not None:
                _enter(figures, (row, "change"), _nothing(), passage.place(*flat.span("item")))
    rows = {row.id: row.captions[0] for row in form.rows if any(cell[0] == row.id for cell in figures)}
    return Sheet(EXPLANATION, rows, figures, Place(file=file), partial=True) if figures else None


def _items(form: Form) -> Iterator[tuple[str, str]]:
    """Yield each row's captions as a pattern, the longest first; white space and quotes are free."""
    for row in form.rows:
        captions = sorted({squeeze(caption) for caption in row.captions}, key=len, reverse=True)
        yield row.id, "(?:" + "|".join(_loose(caption) for caption in captions) + ")"


def _loose(caption: str) -> str:
    return r"\s*".join(f"{re.escape(c)}?" if c in _QUOTES else re.escape(c) for c in caption)


def _amounts(passage: Passage, items: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Mention]]:
    previous = 0
    for mention in passage.mentions:
        before = passage.text[previous : mention.start]
        previous = mention.end
        if not isinstance(mention.value, Amount):
            continue
        for row, pattern in items:
            if re.search(f"{_BEFORE}{pattern}{_STATED}", before):
                yield row, mention
                break


def _named(text: str, items: Sequence[tuple[str, str]]) -> str | None:
    """Return the item that a paragraph begins with."""
    return next(
        (row for row, pattern in items if re.match(rf"\s*(?:20\d\d\s*年度?)?\s*{pattern}", text)), None
    )


def _words(passage: Passage, mention: Mention) -> tuple[int, int]:
    marks = [m.end() for m in re.finditer(r"[，,；;。：:]", passage.text[: mention.start])]
    return max(marks, default=0), mention.end


def _enter(
    figures: dict[tuple[str, str], Figure], cell: tuple[str, str], value: object, place: Place
) -> None:
    """Enter a figure where none is stated before."""
    if cell not in figures and isinstance(value, Amount):
        figures[cell] = Figure(EXPLANATION, *cell, value, place)


def _signed(delta: Amount, *, falls: bool) -> Amount:
    if not falls:
        return delta
    return Amount(-delta.yuan, f"-{delta.text}", delta.unit, delta.decimals)


def _nothing() -> Amount:
    return Amount(Decimal(0), "0", MoneyUnit.WAN_YUAN, 0)
