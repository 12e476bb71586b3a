"""Claims of share: so many percent of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengjian.audit.claims.claim import Claim, Computed, Passage, check
from hengjian.audit.claims.composition import heads_before
from hengjian.audit.claims.mentions import PERCENT, Mention, depth_at, percent_of
from hengjian.kernel import Outcome, percentage

_SHARE = re.compile(
    rf"[，,（(]?\s*占\s*(?:比(?:重|例)?)?\s*(?P<whole>[^，,。；;%％\d]{{0,40}}?)\s*(?:的?\s*(?:比重|比例)?为?|的)\s*(?P<share>{PERCENT})"
)
_MOVED = re.compile(
    r"(?:与|较|比|同)\s*(?:20\d\d|上|去)\s*年|同比|增加|增长|上升|提高|增幅|减少|下降|降低|降幅"
)
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_WITHIN = re.compile(r"(?P<whole>[^，,。；;：:]{4,40}?)中\s*[，,：:]")


def share_claims(passage: Passage) -> Iterator[Claim]:
    """Yield the claims that an amount is so many percent of a whole.

    The whole is the one named (占本年支出合计的), else the amount that the list is of (其中：). A whole of
    zero makes the share undefined, and no claim.
    """
    for match in _SHARE.finditer(passage.text):
        part = _part(passage, match)
        share = percent_of(match["share"])
        if part is None or share is None:
            continue
        claims = [
            check(
                "claim.share",
                passage,
                (_clause_start(passage, part), match.end()),
                share,
                computed,
                part=str(part.value),
                whole=f"{whole.label}{whole.value}",
            )
            for whole in _wholes(passage, match, part)
            if whole is not part
            and (computed := Computed.of(percentage, part.value.interval, whole.value.interval)) is not None
        ]
        if claims:
            yield next((claim for claim in claims if claim.outcome is Outcome.PASS), claims[-1])


def _part(passage: Passage, match: re.Match[str]) -> Mention | None:
    """Return the amount that the share stands right behind.

    A note in brackets and a change on last year may stand between the two; any other words make the share
    one of something else.
    """
    depth = depth_at(passage.text, match.start("share"))
    for mention in reversed([m for m in passage.mentions if m.end <= match.start() + 1]):
        moved = _MOVED.search(passage.text[_clause_start(passage, mention) : mention.start])
        if mention.depth > depth or moved is not None:
            continue
        between = _BRACKETED.sub("", passage.text[mention.end : match.start()])
        clauses = [clause.strip() for clause in re.split(r"[，,、]", between)]
        near = all(_MOVED.match(clause) or clause in {"", "所"} for clause in clauses)
        return mention if near and mention.is_amount else None
    return None


def _wholes(passage: Passage, match: re.Match[str], part: Mention) -> list[Mention]:
    """Return the wholes that may be meant, the outermost last."""
    named = match["whole"].strip()
    if named:
        found = [passage.stated_before(named, part.start)]
    elif heads := heads_before(passage, part):
        return heads
    else:
        within = [m for m in _WITHIN.finditer(passage.text) if m.end() <= part.start]
        found = [passage.stated_before(within[-1]["whole"], within[-1].start())] if within else []
    return [whole for whole in found if whole is not None]


def _clause_start(passage: Passage, part: Mention) -> int:
    """Return where the part's clause begins, so that the quote reads as words."""
    marks = [m.end() for m in re.finditer(r"[，,；;。：:]", passage.text[: part.start])]
    return max(marks, default=0)
