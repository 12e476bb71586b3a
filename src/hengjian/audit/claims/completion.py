"""Claims of completion: a final figure is so many percent of its budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hengjian.audit.claims.claim import Claim, Computed, Passage, check
from hengjian.audit.claims.mentions import AMOUNT, PERCENT, Mention, amount_of, percent_of, sentences
from hengjian.kernel import Amount, Finding, Interval, Outcome, Percent, percentage

_KIND = "年初|全年|调整后?|当年|本年|年度"
_COMPLETION = re.compile(
    rf"完成(?P<base>了?(?:{_KIND})?(?:部门)?(?:支出)?(?:预算|计划)?(?:数|安排)?)"
    rf"\s*(?:为|是)?\s*(?P<printed>{AMOUNT})?\s*的?\s*(?P<rate>{PERCENT})"
)
_BUDGET = re.compile(
    rf"(?P<kind>{_KIND})?(?:部门)?(?:支出)?预算(?:安排|数)?\s*(?:为|是|共)?\s*(?P<budget>{AMOUNT})"
)
_COMPARED = re.compile(
    r"决算数?(?P<word>大于|小于|等于|高于|低于|超过|超|与)\s*(?P<kind>年初|全年|调整)?预算数?"
    r"(?P<flat>持平|一致|相等|基本持平)?"
)
_CLAUSE_START = re.compile(r"(?:^|[，,、；;。：:（(])\s*$")
_HUNDRED = Interval.exactly(100)


def completion_claims(passage: Passage) -> Iterator[Claim]:
    """Yield the claims that a final figure completes its budget by so many percent.

    With the budget printed in the sentence the rate is recomputed. Without it, the words (决算数等于预算数)
    and the figure must agree with the rate: money spent is never 0 % of a budget.
    """
    previous = 0
    for match in _COMPLETION.finditer(passage.text):
        rate = percent_of(match["rate"])
        window = _window(passage, match, previous)
        final = _final(passage, match, window)
        named = match["base"] or _CLAUSE_START.search(passage.text, 0, match.start())
        if rate is None or final is None or not isinstance(final.value, Amount) or not named:
            continue
        previous = match.end()
        yield _claim(passage, match, rate, final.value, window)


def _claim(
    passage: Passage, match: re.Match[str], rate: Percent, amount: Amount, window: tuple[int, int]
) -> Claim:
    sentence = _sentence(passage, match.start())
    span = (sentence[0], match.end())
    budgets = _budgets(passage.text, match, window)
    against = [_against(passage, span, rate, amount, budget) for budget in budgets]
    passed = (claim for claim in against if claim.outcome is not Outcome.FAIL)
    if against:
        return next(passed, against[-1])
    values = {"final": str(amount), "budget": None}
    if amount.interval.low > 0 and rate.interval.contains(Interval.exactly(0).low):
        return _failed("claim.completion-spent", passage, span, rate, ">0%", values)
    if not _fits(passage.text[match.end() : sentence[1]], rate, match["base"]):
        return _failed("claim.completion-words", passage, (span[0], sentence[1]), rate, None, values)
    return Claim("completion", passage.place(*span), *span, Outcome.PASS)


def _against(passage: Passage, span: tuple[int, int], rate: Percent, amount: Amount, budget: Amount) -> Claim:
    """Recompute the rate with a printed budget; nothing of nothing is not evaluable."""
    values = {"final": str(amount), "budget": str(budget)}
    computed = Computed.of(percentage, amount.interval, budget.interval)
    if computed is not None:
        return check("claim.completion", passage, span, rate, computed, **values)
    if rate.value != 0 and amount.interval.low > 0:
        return _failed("claim.completion-zero-base", passage, span, rate, None, values)
    return Claim("completion", passage.place(*span), *span, Outcome.NOT_EVALUABLE)


def _failed(
    code: str,
    passage: Passage,
    span: tuple[int, int],
    rate: Percent,
    expected: str | None,
    values: Mapping[str, str | None],
) -> Claim:
    place = passage.place(*span)
    finding = Finding.of(
        code, place, stated=str(rate), expected=expected, final=values["final"], budget=values["budget"]
    )
    return Claim(code.removeprefix("claim."), place, *span, Outcome.FAIL, finding)


def _window(passage: Passage, match: re.Match[str], previous: int) -> tuple[int, int]:
    """Return the words that the rate may be about.

    They begin with the sentence, or behind the rate before where another final figure follows that one.
    """
    start, _ = _sentence(passage, match.start())
    later = max(start, previous)
    return (later if _finals(passage, later, match.start()) else start, match.start())


def _finals(passage: Passage, start: int, end: int) -> list[Mention]:
    inside = [m for m in passage.mentions if m.is_amount and start <= m.start and m.end <= end]
    return [m for m in inside if not re.search(r"预算(?:安排|数)?(?:为|是|共)?$", m.label)]


def _final(passage: Passage, match: re.Match[str], window: tuple[int, int]) -> Mention | None:
    """Return the final figure: the last amount before the rate that is no budget."""
    finals = _finals(passage, window[0], match.start())
    return finals[-1] if finals else None


def _budgets(text: str, match: re.Match[str], window: tuple[int, int]) -> list[Amount]:
    """Return the budgets that the rate may be of: the printed ones that bear the name it gives.

    A rate of the initial budget is not one of the year's, and the other way round; a budget or a rate
    without such a name goes with either.
    """
    printed = match["printed"]
    if printed is not None:
        stated = [amount_of(printed)]
    else:
        named = [m for m in _BUDGET.finditer(text, *window) if _goes_with(m["kind"], match["base"])]
        stated = [amount_of(m["budget"]) for m in named]
    return [amount for amount in stated if amount is not None]


def _goes_with(kind: str | None, named: str) -> bool:
    if kind is None or re.search(_KIND, named) is None:
        return True
    return ("年初" in kind) == ("年初" in named)


def _sentence(passage: Passage, position: int) -> tuple[int, int]:
    return next(span for span in sentences(passage.text) if span[0] <= position < span[1])


def _fits(after: str, rate: Percent, named: str) -> bool:
    """Tell whether the rate fits the words about final figure and budget that follow it, if any."""
    match = _COMPARED.search(after)
    if match is None or not _goes_with(match["kind"], named):
        return True
    word = match["word"]
    if word == "等于" or (word == "与" and match["flat"]):
        return rate.interval.agrees(_HUNDRED)
    if word in {"大于", "高于", "超过", "超"}:
        return rate.interval.high >= _HUNDRED.low
    return word == "与" or rate.interval.low <= _HUNDRED.high
