"""Check sheets against every rule that holds for them, and turn verdicts into findings."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hengjian.filing import Sheet
from hengjian.kernel import Finding, Outcome, PackError, PackFault, Place, Severity
from hengjian.packs import Standards
from hengjian.packs.schema import Form, Rule
from hengjian.rules.bind import bind_rule
from hengjian.rules.explain import explain
from hengjian.rules.figures import cell_place
from hengjian.rules.plan import Plan, flatten, plan_rule
from hengjian.rules.run import bound_forms_present, check_rule
from hengjian.rules.syntax import CellRef, SumOver, references
from hengjian.rules.verdict import Material, Verdict

MOST_RELATED = 8
_REMEMBERED = 32


def check_sheets(
    standards: Standards, sheets: Mapping[str, Sheet], place: Place | None = None
) -> tuple[Verdict, ...]:
    """Check sheets, by the id of their form, against every rule that names one of these forms.

    `place` is where the filing stands, for cells whose sheet does not know its own. A rule that lacks another
    of its forms is *not applicable*: a thin filing is no failure. Raises `PackError` for faulty rules.
    """
    material = Material.of(standards, sheets, place)
    return tuple(
        verdict
        for plan in plans_for(standards)
        if bound_forms_present(plan.bound, material.filled)
        for verdict in check_rule(plan, material)
    )


def findings(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """Return what must be said about verdicts: contradictions, and what could not be evaluated.

    Where intervals meet there is no finding, though the middles may differ by a rounding residue.
    """
    return tuple(found for verdict in verdicts if (found := _finding(verdict)) is not None)


def residues(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """Return a hint for every sum that holds only because its figures are rounded.

    Such a miss is no contradiction; but where every other sum comes out to the digit, it is worth a look.
    """
    return tuple(
        _told("identity.residue", verdict, Severity.INFO)
        for verdict in verdicts
        if verdict.outcome is Outcome.PASS and _is_residue(verdict)
    )


# Plans, bound once for the same rules and forms


@dataclass(frozen=True, slots=True)
class _Kept:
    """Plans with the rules and forms they were made of, which keeps their identities from being reused."""

    plans: tuple[Plan, ...]
    rules: tuple[Rule, ...]
    forms: tuple[Form, ...]


_kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()


def plans_for(standards: Standards) -> tuple[Plan, ...]:
    """Return the plans of every rule of the standards; raises `PackError` with every fault of the rules."""
    rules, forms = tuple(standards.rules.values()), tuple(standards.forms.values())
    key = (standards.pack, standards.year, standards.digest, *map(id, rules), *map(id, forms))
    kept = _kept.get(key)
    if kept is None:
        kept = _Kept(_planned(standards, rules), rules, forms)
        _kept[key] = kept
        while len(_kept) > _REMEMBERED:
            _kept.popitem(last=False)
    return kept.plans


def _planned(standards: Standards, rules: tuple[Rule, ...]) -> tuple[Plan, ...]:
    plans: list[Plan] = []
    faults: list[PackFault] = []
    for rule in rules:
        binding = bind_rule(rule, standards)
        faults.extend(binding.faults)
        if binding.bound is not None:
            plans.append(plan_rule(binding.bound))
    if faults:
        raise PackError(tuple(faults))
    return tuple(plans)


# Findings


def _finding(verdict: Verdict) -> Finding | None:
    if verdict.outcome is Outcome.FAIL:
        severity = verdict.rule.severity
        code = "identity.unusual" if severity is Severity.INFO else "identity.contradicted"
        return _told(code, verdict, severity)
    return _not_evaluable(verdict) if verdict.outcome is Outcome.NOT_EVALUABLE else None


def _is_residue(verdict: Verdict) -> bool:
    bound, left, right = verdict.bound, verdict.left, verdict.right
    if bound is None or left is None or right is None or bound.assertion.relation != "==":
        return False
    sums = flatten(bound.assertion.left), flatten(bound.assertion.right)
    return None not in sums and left.low + left.high != right.low + right.high


def _told(code: str, verdict: Verdict, severity: Severity) -> Finding:
    words = explain(verdict)
    places = _places(verdict)
    return Finding.of(
        code,
        places[0],
        severity=severity,
        related=tuple(places[1 : MOST_RELATED + 1]),
        stated=words.stated,
        expected=words.expected,
        difference=words.difference,
        basis=_basis(verdict),
        rule=verdict.rule.title,
        explanation=words.named,
    )


def _not_evaluable(verdict: Verdict) -> Finding:
    words = explain(verdict)
    places = _places(verdict)
    return Finding.of(
        "identity.not-evaluable",
        places[0],
        severity=Severity.WARNING if _total_is_missing(verdict) else Severity.INFO,
        related=tuple(places[1 : MOST_RELATED + 1]),
        stated=words.stated,
        expected=words.expected,
        basis=_basis(verdict),
        rule=verdict.rule.title,
        explanation=words.named,
        reason=verdict.reason,
    )


def _basis(verdict: Verdict) -> str:
    return f"{verdict.rule.ref} {verdict.rule.basis}"


def _total_is_missing(verdict: Verdict) -> bool:
    """Tell whether one cell is blank while the parts that make it up are stated."""
    bound = verdict.bound
    if bound is None or bound.assertion.relation != "==" or len(verdict.missing) != 1:
        return False
    assertion = bound.assertion
    blank, parts, value = (
        (assertion.left, assertion.right, verdict.right)
        if verdict.left is None
        else (assertion.right, assertion.left, verdict.left)
    )
    named = list(references(parts))
    summed = len(named) > 1 or any(isinstance(ref, SumOver) for ref in named)
    return isinstance(blank, CellRef) and value is not None and summed and _adds_only(verdict)


def _adds_only(verdict: Verdict) -> bool:
    """Tell whether the sides have one unit throughout: a rate is no total of its base."""
    bound = verdict.bound
    if bound is None:
        return False
    return len({bound.unit(ref, verdict.column) for ref in references(bound.assertion)}) == 1


def _places(verdict: Verdict) -> list[Place]:
    """Return where the figures of a verdict stand, after the blank cell that keeps it open."""
    material = verdict.material
    if material is None:
        return [figure.place for figure in verdict.cells] or [Place()]
    cells = [*verdict.missing[:1], *(figure.cell for figure in verdict.cells)]
    return [cell_place(material, cell) for cell in cells] or [Place()]
