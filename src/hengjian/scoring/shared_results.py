"""Projects whose narratives state the same figures: results that would count in each of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hengjian.filing import Project
from hengjian.kernel import Place
from hengjian.packs import squeeze

_RESULT_TEXTS = ("goal_completion", "goal_result", "overview", "conclusion")
"""The cells that tell what was done; `goal_completion` holds goal and result where they were not parted."""
_CALENDAR = frozenset({"年", "月", "日", "号", "年度", "月份", "点", "%", "％"})
"""Units of dates, and rates: equal by chance or by rule in many projects."""
_TELLING_DIGITS = 3
_FEWEST_TELLING = 2
"""Of the shared figures so many must have three digits or more; small ones are equal by chance."""

Figure = tuple[Decimal, str]


@dataclass(frozen=True, slots=True)
class SharedResults:
    """Projects with the figures that each of them states, as written, and where each states them."""

    projects: tuple[Project, ...]
    figures: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A narrative cell's figures: for each its place in the text."""

    project: Project
    label: str
    text: str
    spans: dict[Figure, tuple[int, int]]


def stated_figures(text: str, units: frozenset[str]) -> dict[Figure, tuple[int, int]]:
    """Return the figures with a unit that a text states, each with where it first stands; no dates, no rates.

    >>> units = frozenset({"家", "万元", "张"})
    >>> list(stated_figures("2022年检查439家，追回157.1万元，发放1000余张", units))
    [(Decimal('439'), '家'), (Decimal('157.1'), '万元'), (Decimal('1000'), '张')]
    """
    found: dict[Figure, tuple[int, int]] = {}
    for match in _pattern(units).finditer(text):
        figure = (Decimal(match["number"].replace(",", "")), match["unit"])
        if match["unit"] not in _CALENDAR:
            found.setdefault(figure, match.span())
    return found


@lru_cache(maxsize=16)
def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(unit) for unit in sorted(units | _CALENDAR, key=len, reverse=True))
    return re.compile(rf"(?<![\d.])(?P<number>\d[\d,]{{0,15}}(?:\.\d{{1,6}})?)\s*[余多]?\s*(?P<unit>{words})")


def shared_results(projects: Iterable[Project], units: frozenset[str], least: int) -> Iterator[SharedResults]:
    """Yield groups of projects: a narrative of each states `least` figures or more of the first one's."""
    statements = [
        statement
        for project in projects
        for statement in _statements(project, units)
        if len(statement.spans) >= least
    ]
    stating: dict[Figure, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for figure in statement.spans:
            stating[figure].append(number)
    told: set[int] = set()
    for first in statements:
        # Only what states one of its figures can share several of them.
        near = Counter(number for figure in first.spans for number in stating[figure])
        alike = [
            other
            for number, count in sorted(near.items())
            if count >= least
            and (other := statements[number]).project is not first.project
            and id(other.project) not in told
            and _enough(first.spans.keys() & other.spans.keys(), least)
        ]
        if alike and id(first.project) not in told:
            group = _one_each((first, *alike))
            told |= {id(each.project) for each in group}
            yield _group(group)


def _statements(project: Project, units: frozenset[str]) -> Iterator[_Statement]:
    for label in _RESULT_TEXTS:
        text = squeeze(project.texts.get(label, ""))
        if text:
            yield _Statement(project, label, text, stated_figures(text, units))


def _enough(shared: set[Figure], least: int) -> bool:
    telling = sum(len(value.normalize().as_tuple().digits) >= _TELLING_DIGITS for value, _ in shared)
    return len(shared) >= least and telling >= _FEWEST_TELLING


def _one_each(statements: Sequence[_Statement]) -> tuple[_Statement, ...]:
    """Keep one statement a project, the first."""
    return tuple({id(each.project): each for each in reversed(statements)}.values())[::-1]


def _group(statements: Sequence[_Statement]) -> SharedResults:
    first, *others = statements
    shared = [f for f in first.spans if all(f in other.spans for other in others)]
    if not shared:  # three projects may share two by two
        shared = [f for f in first.spans if f in others[0].spans]
    words = tuple(first.text[slice(*first.spans[figure])] for figure in shared)
    places = tuple(_place(each, shared) for each in statements)
    return SharedResults(tuple(each.project for each in statements), words, places)


def _place(statement: _Statement, shared: Sequence[Figure]) -> Place:
    """Return the place of the statement, with its words from the first shared figure to the last."""
    spans = [statement.spans[figure] for figure in shared if figure in statement.spans]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return statement.project.place_of(statement.label).at(quote=statement.text[start:end])
