"""Claims of completion: a final figure is so many percent of its budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengjian.audit.claims.claim import Claim, Passage, check_percent
from hengjian.audit.claims.mentions import AMOUNT, PERCENT, Mention, amount_of, percent_of, sentences
from hengjian.kernel import Amount, Finding, Interval, Outcome, Percent, percentage

_COMPLETION = re.compile(
    rf"完成(?P<base>(?:了)?(?:当年|全年|本年|年初|调整|年度)?(?:部门)?(?:预算|计划)?(?:数|安排)?)\s*的?\s*(?P<rate>{PERCENT})"
)
_BUDGET = re.compile(
    rf"(?P<kind>年初|全年|调整后?|当年|本年|年度)?(?:部门)?预算(?:安排|数)?\s*(?:为|是|共)?\s*(?P<budget>{AMOUNT})"
)
_COMPARED = re.compile(
    r"决算数?(?P<word>大于|小于|等于|高于|低于|超过|超|与)\s*(?:年初|全年|调整)?预算数?(?P<flat>持平|一致|相等|基本持平)?"
)
_HUNDRED = Interval.exactly(100)


def completion_claims(passage: Passage) -> Iterator[Claim]:
    """Yield the claims that a final figure completes its budget by so many percent.

    With the budget printed in the sentence the rate is recomputed. Without it, the words (决算数等于预算数)
    and the figure must agree with the rate: money spent is never 0 % of a budget.
    """
    for match in _COMPLETION.finditer(passage.text):
        rate = percent_of(match["rate"])
        final = _final(passage, match)
        if rate is None or final is None or not isinstance(final.value, Amount):
            continue
        yield _claim(passage, match, rate, final, final.value)


def _claim(passage: Passage, match: re.Match[str], rate: Percent, final: Mention, amount: Amount) -> Claim:
    sentence = _sentence(passage, match.start())
    span = (sentence[0], match.end())
    budget = _budget(passage.text, sentence, final, match["base"])
    values = {"final": str(amount), "budget": str(budget) if budget is not None else None}
    if budget is not None:
        computed = percentage(amount.interval, budget.interval)
        if computed is not None:
            return check_percent("claim.completion", passage, span, rate, computed, **values)
        if rate.value != 0:
            return _failed("claim.completion-zero-base", passage, span, rate, None, values)
    elif amount.interval.low > 0 and rate.interval.contains(Interval.exactly(0).low):
        return _failed("claim.completion-spent", passage, span, rate, ">0%", values)
    if not _fits(passage.text[match.end() : sentence[1]], rate):
        return _failed("claim.completion-words", passage, (span[0], sentence[1]), rate, None, values)
    return Claim("completion", passage.place(*span), *span, Outcome.PASS)


def _failed(
    code: str,
    passage: Passage,
    span: tuple[int, int],
    rate: Percent,
    expected: str | None,
    values: dict[str, str | None],
) -> Claim:
    place = passage.place(*span)
    finding = Finding.of(
        code, place, stated=str(rate), expected=expected, final=values["final"], budget=values["budget"]
    )
    return Claim(code.removeprefix("claim."), place, *span, Outcome.FAIL, finding)


def _final(passage: Passage, match: re.Match[str]) -> Mention | None:
    """Return the final figure: the last amount of the sentence before the rate that is no budget."""
    start, _ = _sentence(passage, match.start())
    before = [m for m in passage.mentions if m.is_amount and start <= m.start and m.end <= match.start()]
    finals = [m for m in before if not re.search(r"预算(?:安排|数)?(?:为|是|共)?$", m.label)]
    return finals[-1] if finals else None


def _budget(text: str, sentence: tuple[int, int], final: Mention, named: str) -> Amount | None:
    """Return the budget printed in the sentence before the final figure.

    Of several (年初预算为…，全年预算为…) the one that the rate names, else the last.
    """
    matches = [m for m in _BUDGET.finditer(text, *sentence) if m.end() <= final.start]
    meant = [m for m in matches if m["kind"] and m["kind"] in named] or matches
    return amount_of(meant[-1]["budget"]) if meant else None


def _sentence(passage: Passage, position: int) -> tuple[int, int]:
    return next(span for span in sentences(passage.text) if span[0] <= position < span[1])


def _fits(after: str, rate: Percent) -> bool:
    """Tell whether the rate fits the words about final figure and budget that follow it, if any."""
    match = _COMPARED.search(after)
    if match is None:
        return True
    word = match["word"]
    if word == "等于" or (word == "与" and match["flat"]):
        return rate.interval.agrees(_HUNDRED)
    if word in {"大于", "高于", "超过", "超"}:
        return rate.interval.high >= _HUNDRED.low
    return word == "与" or rate.interval.low <= _HUNDRED.high
