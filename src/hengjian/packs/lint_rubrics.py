"""Faults of scoring methods: sums, bands, inputs and the cells that inputs are taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from hengjian.kernel import FiscalYear, PackFault
from hengjian.packs.formula import Formula
from hengjian.packs.load import Library, Pack
from hengjian.packs.rubric import (
    CELL,
    Banded,
    Checklist,
    Deduction,
    Graded,
    GroupMean,
    Judged,
    Limits,
    Parts,
    Proportional,
    Rubric,
    RubricInput,
    RubricLine,
    Shape,
    Tally,
    Threshold,
)
from hengjian.packs.schema import Form
from hengjian.packs.standards import resolve_standards

FULL = Decimal(100)
_FIGURES = frozenset({"amount", "count", "percent", "flag"})
_COUNTS = frozenset({"count", "flag"})
_FLAGS = frozenset({"flag"})
_GRADES = frozenset({"grade"})


def lint_rubrics(library: Library, pack: Pack, years: Sequence[int]) -> Iterator[PackFault]:
    """Yield every fault of a pack's scoring methods; cells are looked for in each of the years."""
    for rubric in pack.rubrics:
        faults = [*(_project(rubric) if rubric.subject == "project" else _department(rubric))]
        faults += _grades(rubric)
        faults += _cells(library, pack, rubric, years)
        yield from (PackFault(*rubric.source, fault) for fault in dict.fromkeys(faults))


def _project(rubric: Rubric) -> Iterator[str]:
    if (rubric.execution_weight or 0) + (rubric.indicator_weight or 0) != FULL:
        yield "execution and indicator weights do not sum to 100"
    for layout in rubric.layouts:
        if sum(level.weight for level in layout) != rubric.indicator_weight:
            yield "a layout's weights do not sum to the indicator weight"
    yield from _bands("the completion bands", rubric.completion)
    if rubric.satisfaction:
        yield from _bands("the satisfaction bands", rubric.satisfaction)


def _grades(rubric: Rubric) -> Iterator[str]:
    for earlier, later in pairwise(rubric.grades):
        if earlier.at_least <= later.at_least:
            yield "grades are not listed from the best down"


def _bands(what: str, bands: Sequence[Limits]) -> Iterator[str]:
    """Bands are listed upwards; each begins where the one before ends, and every end is in one of them."""
    if not bands or bands[-1].upper is not None:
        yield f"{what} have no open last band"
    if bands and bands[0].lower not in (None, 0):
        yield f"{what} do not begin at the bottom"
    for earlier, later in pairwise(bands):
        if earlier.upper != later.lower or (earlier.up_to is None) == (later.at_least is None):
            where = later.above if later.at_least is None else later.at_least
            yield f"{what} leave a gap or overlap at {where}"


# A department's lines


def _department(rubric: Rubric) -> Iterator[str]:
    yield from _sum_of_lines(rubric)
    titles = [title for line in rubric.lines for title in (line.title, *line.aliases)]
    yield from (f"two lines are called {title}" for title in titles if titles.count(title) > 1)
    used: set[str] = set()
    for line in rubric.lines:
        yield from _line(line)
        for name, measures in _uses(line.rule):
            used.add(name)
            declared = rubric.inputs.get(name)
            if declared is None:
                yield f"{line.title}: there is no input {name}"
            elif declared.measure not in measures:
                wanted = " or ".join(sorted(measures))
                yield f"{line.title}: the input {name} is measured as {declared.measure}, not {wanted}"
    yield from (f"the input {name} is not used" for name in rubric.inputs if name not in used)


def _sum_of_lines(rubric: Rubric) -> Iterator[str]:
    scored = [line for line in rubric.lines if not line.bonus]
    total = sum((line.max for line in scored if line.max is not None), Decimal(0))
    if not rubric.complete:
        if total > FULL:
            yield "the lines' maxima sum to more than 100"
        return
    yield from (
        f"{line.title} has no max, so the rubric is not complete" for line in scored if line.max is None
    )
    if total != FULL:
        yield "the lines' maxima do not sum to 100"


def _line(line: RubricLine) -> Iterator[str]:
    if isinstance(line.rule, Tally) and not line.bonus:
        yield f"{line.title}: only a bonus line is a tally"
    for rule, most in ((line.rule, line.max), *_parts(line.rule)):
        yield from (f"{line.title}: {fault}" for fault in _points(rule, most))


def _parts(rule: Shape) -> tuple[tuple[Shape, Decimal], ...]:
    """Return the rules and maxima of a line's parts."""
    return tuple((part.rule, part.max) for part in rule.parts) if isinstance(rule, Parts) else ()


def _points(rule: Shape, most: Decimal | None) -> Iterator[str]:
    """Yield what a rule's own points and bands have that its maximum or each other do not allow."""
    match rule:
        case Checklist() if most is not None and sum(item.points for item in rule.items) != most:
            yield "the items' points do not sum to the max"
        case Parts() if most is not None and sum(part.max for part in rule.parts) != most:
            yield "the parts' maxima do not sum to the max"
        case Threshold(otherwise=Decimal() as otherwise) if most is not None and otherwise >= most:
            yield "a miss earns no less than the max"
        case Banded():
            yield from _bands("the bands", rule.bands)
        case GroupMean():
            yield from _bands("the completion bands", rule.completion)


def _uses(rule: Shape) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the inputs that a rule names, with the measures that each may have."""
    match rule:
        case Proportional() | Threshold() | Banded():
            yield from ((name, _FIGURES) for name in Formula.parse(rule.of).names)
        case Judged():
            names = Formula.parse(rule.of).names if rule.of is not None else ()
            yield from ((name, _FIGURES) for name in names)
            yield from ((name, _FLAGS) for name in rule.void_if)
        case Deduction():
            yield from ((one.input, _COUNTS) for one in rule.each)
            yield from ((name, _FLAGS) for name in rule.void_if)
        case Tally():
            yield from ((one.input, _COUNTS) for one in rule.each)
        case Checklist():
            yield from ((item.input, _FLAGS) for item in rule.items)
        case Graded():
            yield rule.input, _GRADES
        case Parts():
            for part in rule.parts:
                yield from _uses(part.rule)


# Cells


def _cells(library: Library, pack: Pack, rubric: Rubric, years: Iterable[int]) -> Iterator[str]:
    """Yield the inputs whose cell no form has in some year of the rubric."""
    for year in years:
        if not rubric.holds_in(FiscalYear(year)):
            continue
        forms = resolve_standards(library, pack.manifest.pack, FiscalYear(year)).forms
        for name, declared in rubric.inputs.items():
            if declared.cell is not None and not _has_cell(declared, forms):
                yield f"the input {name} is in no form: {declared.cell}"


def _has_cell(declared: RubricInput, forms: dict[str, Form]) -> bool:
    """Tell whether a form has an input's cell and states there what the input measures."""
    match = CELL.fullmatch(declared.cell or "")
    form = forms.get(match["form"]) if match is not None else None
    if form is None or match is None:
        return False
    row, column = form.row(match["row"]), form.column(match["column"])
    if column is None or column.measure != declared.measure:
        return False
    return row is not None and form.has_cell(row.side, column)
