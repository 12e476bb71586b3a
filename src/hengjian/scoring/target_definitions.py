"""Findings about what targets say in words: no number, another definition, no basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hengjian.filing import Indicator
from hengjian.kernel import Finding, Severity
from hengjian.packs import squeeze
from hengjian.scoring.target_form import (
    TargetForm,
    bare_name,
    has_word,
    is_benefit,
    is_percent,
    number_of,
)
from hengjian.scoring.words import target_in_words

_FIGURE = re.compile(
    r"(?P<before>不少于|不低于|不小于|至少|不超过|不多于|不高于|≥|≤)?(?<![\d年月.])(?P<number>\d+(?:\.\d+)?)"
    r"(?P<unit>个?工作日|个?自然日|个月|分钟|小时|人次|日|天|%|％|次|人|家|个|份|场|件|户)(?P<behind>以?内|以上|以下)?"
)
_FLOORS = frozenset({"不少于", "不低于", "不小于", "至少", "≥", "以上"})
_SHARE = re.compile(
    r"(?P<part>[^，。；、,;]+?)(?:占|与)(?P<whole>[^，。；、,;]+?)的?(?:比例|比率|比重|百分比)"
)
_RATE_LIKE = re.compile(r"率|比|占|幅|进度|百分|额度")
_SHORTEST_BASIS = 4


class _Measured(NamedTuple):
    """What a share is of what."""

    part: str
    whole: str


def definition_findings(form: TargetForm) -> Iterator[Finding]:
    """Yield targets in words, definitions that do not fit, and cells that hold no basis."""
    worded = [each for each in form.indicators if _is_worded(form, each)]
    for indicator in form.indicators:
        yield from _another_measure(form, indicator)
        yield from _no_basis(form, indicator)
    for indicator in worded:
        yield from _number_at_hand(form, indicator)
    content = [each for each in worded if has_word(each.name, form.words.satisfaction)]
    yield from form.together("target.satisfaction-words", content)
    yield from form.together("target.qualitative", [each for each in worded if each not in content])
    yield from form.together("target.rate-undefined", [e for e in form.indicators if _undefined(form, e)])
    yield from form.together("target.description-repeats", [e for e in form.indicators if _repeats(e)])
    if any(each.basis for each in form.indicators):
        yield from form.together("target.basis-missing", [e for e in form.indicators if not e.basis])


def _is_worded(form: TargetForm, indicator: Indicator) -> bool:
    """Tell whether a target is words: no digit, and not the whole scale, which is told apart."""
    target = squeeze(indicator.target or "")
    scales = {squeeze(scale) for scale in form.vocabulary.qualitative_scales}
    return bool(target) and not re.search(r"\d", target) and target not in scales


def _number_at_hand(form: TargetForm, indicator: Indicator) -> Iterator[Finding]:
    """A target in words whose description holds the number it could be; a benefit's may be of its means."""
    for match in _FIGURE.finditer(squeeze(indicator.description or "")):
        if match["before"] or match["behind"]:
            operator = "≥" if {match["before"], match["behind"]} & _FLOORS else "≤"
            expected = f"{operator}{match['number']}{match['unit']}"
            severity = Severity.INFO if is_benefit(indicator) else Severity.WARNING
            yield form.finding(
                "target.number-in-description",
                indicator,
                severity=severity,
                expected=expected,
                figure=match[0],
            )
            return


def _another_measure(form: TargetForm, indicator: Indicator) -> Iterator[Finding]:
    """A share of persons named as one of money; a hint where only the library says what the name means."""
    described = _measured(indicator)
    if described is None:
        return
    entry = form.nearest(indicator.name)
    defined = entry.numerator if entry is not None else None
    is_money = bare_name(indicator.name).endswith(form.words.money_rates or ("\0",))
    named = "money" if is_money else _counted(form, defined or "")
    is_of = _counted(form, described.part)
    if is_of is None or named is None or is_of == named:
        return
    yield form.finding(
        "target.definition",
        indicator,
        place=indicator.place.at(column="description", quote=indicator.description),
        severity=Severity.WARNING if is_money else Severity.INFO,
        stated=f"{described.part}/{described.whole}",
        expected=f"{defined}/{entry.denominator}" if entry is not None and defined else None,
    )


def _measured(indicator: Indicator) -> _Measured | None:
    if indicator.numerator and indicator.denominator:
        return _Measured(indicator.numerator, indicator.denominator)
    match = _SHARE.search(squeeze(indicator.description or ""))
    return None if match is None else _Measured(match["part"], match["whole"])


def _counted(form: TargetForm, term: str) -> str | None:
    """Return whether a term counts persons (or cases) or money; None when it does not say."""
    bare = bare_name(term)
    if bare.endswith(form.words.persons or ("\0",)):
        return "persons"
    return "money" if bare.endswith(form.words.money or ("\0",)) else None


def _no_basis(form: TargetForm, indicator: Indicator) -> Iterator[Finding]:
    """What stands in the cell of the basis says again what is aimed at, and not what the value rests on."""
    basis = squeeze(indicator.basis or "")
    if len(basis) < _SHORTEST_BASIS or not form.words.basis or has_word(basis, form.words.basis):
        return
    told = (squeeze(text or "") for text in (indicator.name, indicator.description, indicator.target))
    if any(_runs_through(basis, text) for text in told):
        quote = " ".join(filter(None, (target_in_words(indicator), indicator.basis)))
        place = indicator.place.at(column="basis", quote=quote)
        yield form.finding("target.basis-unfit", indicator, place=place, stated=indicator.basis)


def _runs_through(short: str, long: str) -> bool:
    """Tell whether the characters of one text stand in another in their order.

    >>> _runs_through("减轻经济负担", "实际减轻离休人员经济负担")
    True
    """
    rest = iter(long)
    return all(mark in rest for mark in short)


def _undefined(form: TargetForm, indicator: Indicator) -> bool:
    """Tell whether a percentage has a name that is no rate, and nothing says of what it is a share."""
    if number_of(indicator) is None or not is_percent(indicator):
        return False
    if any((indicator.description, indicator.numerator, indicator.denominator)):
        return False
    rated = form.rule_of(indicator.name) is not None
    return not rated and _RATE_LIKE.search(indicator.name) is None


def _repeats(indicator: Indicator) -> bool:
    described = squeeze(indicator.description or "")
    return bool(described) and described == squeeze(indicator.name)
