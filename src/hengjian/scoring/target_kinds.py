"""Findings about the groups of targets: what is missing, misplaced, or no output at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from hengjian.filing import Indicator
from hengjian.kernel import Finding
from hengjian.packs import squeeze
from hengjian.packs.schema import KindRule
from hengjian.scoring.target_form import (
    ROUTINE_CLASSES,
    TargetForm,
    bare_name,
    has_word,
    is_money,
    level_of,
    number_of,
    unit_of,
)

_QUANTITY = "数量指标"
_FEWEST = 3
_MISPLACED_HALF = 2


def kind_findings(form: TargetForm) -> Iterator[Finding]:
    """Yield groups that a project's targets lack, and indicators that stand in a group of another kind."""
    yield from _missing(form)
    for rule in form.vocabulary.kind_rules:
        misplaced = [each for each in form.indicators if _is_misplaced(each, rule)]
        if misplaced:
            yield from form.together(
                "target.kind", misplaced, stated=level_of(misplaced[0]), expected=rule.proper
            )
    yield from form.together("target.input-as-output", [e for e in form.indicators if _is_input(form, e)])


def _missing(form: TargetForm) -> Iterator[Finding]:
    """Yield groups that a project of its own purpose has; unknown where groups are not printed."""
    project, indicators = form.project, form.indicators
    if project is None or not indicators or not form.vocabulary.expected_kinds:
        return
    levels = {level_of(each) for each in indicators}
    named = sum(1 for each in indicators if level_of(each))
    if named * _MISPLACED_HALF <= len(indicators):
        return
    lacking = [kinds[0] for kinds in form.vocabulary.expected_kinds if not levels & _with_short(kinds)]
    routine = project.class_letter in ROUTINE_CLASSES
    if lacking and (not routine or len(indicators) < _FEWEST):
        first, *others = indicators
        yield Finding.of(
            "target.kinds-missing",
            first.place,
            related=tuple(each.place for each in others[:_FEWEST]),
            expected="、".join(lacking),
            name=project.name,
            count=len(indicators),
        )


@lru_cache(maxsize=64)
def _with_short(kinds: tuple[str, ...]) -> frozenset[str]:
    """Return names of groups with the forms that leave out 指标."""
    return frozenset({*kinds, *(kind.removesuffix("指标") for kind in kinds)})


def _is_misplaced(indicator: Indicator, rule: KindRule) -> bool:
    if squeeze(indicator.level2) not in _with_short(rule.misplaced):
        return False
    name = bare_name(indicator.name)
    named = has_word(name, rule.words) or (
        name.endswith(rule.endings or ("\0",)) and unit_of(indicator) in rule.units
    )
    excused = has_word(name, rule.unless) or has_word(indicator.description, rule.unless)
    return named and not excused


def _is_input(form: TargetForm, indicator: Indicator) -> bool:
    """Tell whether money that is paid stands among the quantities."""
    quantity = squeeze(indicator.level2) in _with_short((_QUANTITY,))
    money = is_money(unit_of(indicator)) and number_of(indicator) is not None
    return quantity and money and has_word(indicator.name, form.words.paid)
