"""Claims of change: so much more or less than a year, in money and in percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.audit.claims.claim import Claim, Computed, Passage, check
from hengjian.audit.claims.mentions import (
    AMOUNT,
    PERCENT,
    Mention,
    amount_of,
    percent_of,
    same_label,
    sentences,
)
from hengjian.kernel import Amount, Finding, Interval, Outcome, change_rate, change_rate_of_difference

_UP, _DOWN = "增加|增长|上升|提高|增", "减少|下降|降低|减"
_AGAINST = (
    rf"(?:(?:与|较|比|同)\s*(?:20\d\d\s*年度?|上\s*一?\s*年度?|去年|年初)(?:同期)?|同比)"
    rf"[^，,。；;\d]{{0,16}}?(?P<base>{AMOUNT})?\s*"
    rf"(?:(?:相比较?|比较|对比|相较)\s*[，,]?|[，,])?\s*"
)
_EACH = r"(?:各|均|共|总体|同比|分别)?\s*"
_DELTA = rf"(?P<direction>{_UP}|{_DOWN})(?:了|额为|额)?\s*(?P<delta>{AMOUNT})"
_RATE = (
    rf"(?:\s*[，,、（(]?\s*(?:同比|比例|幅度|增幅|降幅)?(?P<direction2>{_UP}|{_DOWN})?"
    rf"(?:了|为|率为?|幅度?为?|比例为?)?\s*(?P<rate>{PERCENT}))?"
)
_CHANGE = re.compile(rf"{_AGAINST}(?P<subject>[^，,。；;%％\d]{{0,40}}?){_EACH}{_DELTA}{_RATE}")
_RATE_FIRST = re.compile(
    rf"{_AGAINST}(?P<subject>[^，,。；;%％\d]{{0,40}}?){_EACH}(?P<direction2>{_UP}|{_DOWN})(?:了|率?为)?\s*"
    rf"(?P<rate>{PERCENT})\s*[，,、]\s*{_DELTA}"
)
_CONTINUED = re.compile(
    rf"\s*[；;，,]\s*(?P<base>(?!))?(?P<subject>[^，,。；;：:%％\d较比与同]{{2,40}}?){_EACH}{_DELTA}{_RATE}"
)
"""A further change behind the first, against the same year: …；项目支出减少3万元，下降5%."""
_BEFORE = re.compile(r"[^，,。；;：:、\d]{4,40}$")


@dataclass(frozen=True, slots=True)
class Change:
    """A stated change: its words, what it is a change of (one of several candidates), by how much."""

    match: re.Match[str]
    now: tuple[Mention, ...]
    delta: Amount
    falls: bool

    @property
    def base(self) -> Amount | None:
        """The base that the sentence prints, if it does."""
        return amount_of(self.match["base"]) if self.match["base"] is not None else None


def changes(passage: Passage) -> Iterator[Change]:
    """Yield the changes against another year that a passage states."""
    for pattern in (_CHANGE, _RATE_FIRST):
        for match in pattern.finditer(passage.text):
            yield from _change(match, _current(passage, match))
            further = _CONTINUED.match(passage.text, match.end())
            while further is not None:
                named = [m for m in _before(passage, further) if same_label(m.label, further["subject"])]
                yield from _change(further, named)
                further = _CONTINUED.match(passage.text, further.end())


def _change(match: re.Match[str], now: list[Mention]) -> Iterator[Change]:
    delta = amount_of(match["delta"])
    if delta is not None:
        yield Change(match, tuple(now), delta, match["direction"] in _DOWN.split("|"))


def _before(passage: Passage, match: re.Match[str]) -> list[Mention]:
    return [m for m in passage.mentions if m.is_amount and m.end <= match.start()]


def change_claims(passage: Passage) -> Iterator[Claim]:
    """Yield the claims that an amount rose or fell by so much, and by such a rate.

    The base is what is stated for this year less the change; a base printed in the sentence is used
    as it stands.
    """
    for change in changes(passage):
        if change.base is not None and change.now:
            yield _difference(passage, change, change.base)
        if change.match["rate"] is not None:
            yield from _rate(passage, change)


def _current(passage: Passage, match: re.Match[str]) -> list[Mention]:
    """Return the amounts that may be this year's.

    Those that bear the claim's subject, in the paragraph or above it; without a subject those of the
    claim's sentence, else of the sentence before.
    """
    before = _before(passage, match)
    leading = _BEFORE.search(passage.text, 0, match.start())
    subject = match["subject"].strip() or (leading[0] if leading is not None else "")
    if subject:
        named = [m for m in before if same_label(m.label, subject)]
        above = passage.stated_before(subject, 0, same_section=True)
        if named or above:
            return named or [m for m in (above,) if m is not None]
    spans = [span for span in sentences(passage.text) if span[0] <= match.start()]
    for start, _ in reversed(spans):
        inside = [m for m in before if m.start >= start and m.depth == 0]
        if inside:
            return inside
    return []


def _rate(passage: Passage, change: Change) -> Iterator[Claim]:
    match = change.match
    rate = percent_of(match["rate"])
    if rate is None:
        return
    start, end = _span(passage, match)
    second = match["direction2"]
    opposite = second is not None and (second in _DOWN.split("|")) != change.falls
    if opposite and change.delta.yuan != 0 and rate.value != 0:
        place = passage.place(start, end)
        finding = Finding.of("claim.direction", place, stated=f"{match['direction']}…{second}")
        yield Claim("direction", place, start, end, Outcome.FAIL, finding)
        return
    claims = [
        check(
            "claim.change-rate",
            passage,
            (start, end),
            rate,
            computed,
            current=str(mention.value),
            change=f"{match['direction']}{change.delta}",
        )
        for mention in change.now
        if (computed := _computed(mention, change)) is not None
    ]
    if claims:
        yield next((claim for claim in claims if claim.outcome is Outcome.PASS), claims[-1])


def _computed(mention: Mention, change: Change) -> Computed | None:
    """Return the rate of change as a positive percentage, None when the base may be zero."""
    sign = Interval.exactly(-1 if change.falls else 1)

    def moved(now: Interval, other: Interval) -> Interval | None:
        signed = change_rate(now, other) if base is not None else change_rate_of_difference(now, other * sign)
        return None if signed is None else signed * sign

    base = change.base
    return Computed.of(moved, mention.value.interval, (base or change.delta).interval)


def _difference(passage: Passage, change: Change, base: Amount) -> Claim:
    now = change.now[-1]
    difference = now.value.interval - base.interval
    signed = -difference if change.falls else difference
    return check(
        "claim.difference",
        passage,
        _span(passage, change.match),
        change.delta,
        Computed(signed, signed.middle),
        current=str(now.value),
        base=str(base),
        direction=change.match["direction"],
    )


def _span(passage: Passage, match: re.Match[str]) -> tuple[int, int]:
    """Return the sentence from the claim's own clause to its last figure."""
    starts = [start for start, _ in sentences(passage.text) if start <= match.start()]
    return max(starts, default=match.start()), match.end()
