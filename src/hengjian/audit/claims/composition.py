"""Claims of composition: a total and, after 其中, the parts it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengjian.audit.claims.claim import Claim, Passage, in_words
from hengjian.audit.claims.mentions import Mention, depth_at, sentences
from hengjian.kernel import Amount, Finding, Interval, Outcome, Severity, add_stated

INTRODUCER = re.compile(
    r"其中\s*[：:，,]?|主要用于以下方面\s*[：:]?|包括以下[^：:。]{0,10}[：:]|分别为\s*[：:]?"
)
_MOVING = re.compile(r"增加|减少|增长|下降|比上年|较上年|与.{0,8}年|完成|预算[数为]|上年")
_CHANGED = re.compile(r"(?:增加|减少|增长|下降|降低|上升|提高)额?$")
_MINIMUM_PARTS = 2


def heads_before(passage: Passage, part: Mention) -> list[Mention]:
    """Return the totals of the lists that a part may stand in, nearest first.

    Each is the last amount before a 其中. Lists nest, and nothing marks where an inner one ends. A bracketed
    list (其中：…) is of the amount before its bracket; other bracketed amounts are skipped.
    """
    heads: list[Mention] = []
    for amounts in _amounts_before_lists(passage, part):
        totals = [amount for amount in amounts if not _is_change(amount)]
        if totals and totals[-1] not in heads:
            heads.append(totals[-1])
    return heads


def head_before(passage: Passage, part: Mention) -> Mention | None:
    """Return the total of the innermost list that a part stands in.

    None where a change stands there (比上年增加…；其中…): the parts may be the change's or the amount's.
    """
    amounts = next(_amounts_before_lists(passage, part), [])
    return amounts[-1] if amounts and not _is_change(amounts[-1]) else None


def _amounts_before_lists(passage: Passage, part: Mention) -> Iterator[list[Mention]]:
    """Yield, for each list that may hold the part, the amounts before it; the innermost list first."""
    for introducer in reversed(list(INTRODUCER.finditer(passage.text, 0, part.start))):
        depth = depth_at(passage.text, introducer.start())
        if depth <= part.depth:
            yield [
                m
                for m in passage.mentions
                if m.is_amount and m.end <= introducer.start() and m.depth < depth + (depth == 0)
            ]


def _is_change(mention: Mention) -> bool:
    return _CHANGED.search(mention.label) is not None


def composition_claims(passage: Passage) -> Iterator[Claim]:
    """Yield the claims that a total has these parts.

    Parts that certainly exceed the total contradict it. Parts that fall short do so only where the list
    says that it is whole: every part has its share, or the last part is the rest (其他).
    """
    for introducer in INTRODUCER.finditer(passage.text):
        listed = _list_end(passage.text, introducer.end())
        parts = _parts(passage, introducer.end(), listed)
        if parts is None or len(parts) < _MINIMUM_PARTS:
            continue
        head = head_before(passage, parts[0])
        if head is None or not isinstance(head.value, Amount):
            continue
        yield _judge(passage, head, parts, (head.start, listed))


def _list_end(text: str, start: int) -> int:
    depth = depth_at(text, start)
    for _, end in sentences(text):
        if end > start:
            stop = end
            break
    else:
        stop = len(text)
    if depth:
        for index in range(start, stop):
            if text[index] in "）)" and depth_at(text, index) <= depth:
                return index
    return stop


def _parts(passage: Passage, start: int, end: int) -> list[Mention] | None:
    """Return one amount a clause; None when a clause is more than a label, an amount and a share."""
    text = passage.text[start:end]
    separator = r"[；;]" if re.search(r"[；;]", text) else r"[，,、]|和"
    parts: list[Mention] = []
    offset = start
    for clause in re.split(f"({separator})", text):
        span = (offset, offset + len(clause))
        offset += len(clause)
        inside = [m for m in passage.mentions if span[0] <= m.start < span[1]]
        amounts = [m for m in inside if m.is_amount]
        if not amounts:
            if separator == r"[；;]" or _is_share(clause) or len(clause.strip()) <= 1:
                continue
            break
        if len(amounts) > 1 or _MOVING.search(clause) or not amounts[0].label:
            return None
        parts.append(amounts[0])
    return parts


def _is_share(clause: str) -> bool:
    return clause.strip().startswith("占")


def _judge(passage: Passage, head: Mention, parts: list[Mention], span: tuple[int, int]) -> Claim:
    total = add_stated(part.value.interval for part in parts).total
    stated = head.value.interval
    place = passage.place(*span)
    if total is None or stated.agrees(total):
        return Claim("composition", place, *span, Outcome.PASS)
    whole = _is_whole(passage, parts, span)
    if total.low <= stated.high and not whole:
        return Claim("composition", place, *span, Outcome.NOT_APPLICABLE)
    return Claim("composition", place, *span, Outcome.FAIL, _finding(passage, head, parts, total))


def _is_whole(passage: Passage, parts: list[Mention], span: tuple[int, int]) -> bool:
    shares = [m for m in passage.mentions if not m.is_amount and span[0] <= m.start < span[1]]
    return len(shares) == len(parts) or parts[-1].label.startswith("其他")


def _finding(passage: Passage, head: Mention, parts: list[Mention], total: Interval) -> Finding:
    stated = head.value
    if not isinstance(stated, Amount):
        raise TypeError("a total of percentages is no composition")
    last = passage.place(parts[-1].start, parts[-1].end)
    return Finding.of(
        "claim.composition",
        passage.place(head.start - len(head.label), parts[-1].end),
        severity=Severity.WARNING if total.high < stated.interval.low else None,
        related=(last,),
        stated=str(stated),
        expected=in_words(total.middle, stated),
        difference=in_words(abs(total.middle - stated.interval.middle), stated),
        head=head.label,
        sum=" + ".join(str(part.value) for part in parts if part.value.interval.high != 0),
    )
