"""The standards that hold for one authority in one fiscal year: inherited, overridden and dated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import TypeVar

from hengjian.kernel import Code, FiscalYear, InputError, PackError, PackFault
from hengjian.packs.crosswalk import Crosswalk
from hengjian.packs.form_set import FormSet
from hengjian.packs.indicator_library import IndicatorLibrary, LibraryIndicator, Matching
from hengjian.packs.layout import Layout
from hengjian.packs.library_search import LibraryIndex
from hengjian.packs.load import Library, Pack
from hengjian.packs.monitoring import MonitoringRule
from hengjian.packs.result_use import ResultUse
from hengjian.packs.rubric import Rubric
from hengjian.packs.schema import CodeItem, CodeList, Form, Rule, Sourced, TargetWords, Vocabulary, Wording

_Item = TypeVar("_Item", bound=Sourced)


@dataclass(frozen=True)
class Scheme:
    """A classification as it stands in one fiscal year: code → item."""

    id: str
    edition: int
    levels: tuple[int, ...]
    items: dict[str, CodeItem]

    def code(self, text: str) -> Code | None:
        """Return the code if it is in this edition."""
        return Code(self.id, self.edition, text) if text in self.items else None

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """Codes by name and alias, spaces removed; a name may stand for several codes."""
        names: dict[str, tuple[str, ...]] = {}
        for item in self.items.values():
            for name in (item.name, *item.aliases):
                key = squeeze(name)
                names[key] = (*names.get(key, ()), item.code)
        return names


@dataclass(frozen=True)
class Standards:
    """Everything an authority prescribes for a fiscal year."""

    pack: str
    year: FiscalYear
    digest: str
    schemes: dict[str, Scheme]
    forms: dict[str, Form]
    rules: dict[str, Rule]
    rubrics: dict[str, Rubric]
    vocabularies: dict[str, Vocabulary]
    wordings: dict[str, Wording]
    form_sets: dict[str, FormSet] = field(default_factory=dict)
    crosswalks: tuple[Crosswalk, ...] = ()
    indicator_libraries: dict[str, IndicatorLibrary] = field(default_factory=dict)
    monitoring: dict[str, MonitoringRule] = field(default_factory=dict)
    result_uses: dict[str, ResultUse] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The indicator vocabulary, of the nearest authority that has one."""
        return self.vocabularies.get("indicators")

    @property
    def target_words(self) -> TargetWords:
        """The words that tell what a target can be; none without a vocabulary."""
        return self.vocabulary.target_words if self.vocabulary is not None else TargetWords()

    def row_name(self, form: Form, row: str) -> str:
        """Return the usual name of a form's row: its caption, or the name of its code, else its id."""
        fixed = form.row(row)
        if fixed is not None:
            return fixed.captions[0]
        scheme = self.schemes.get(form.code_rows.scheme) if form.code_rows is not None else None
        item = scheme.items.get(row) if scheme is not None else None
        return item.name if item is not None else row

    def rubric_for(self, subject: str) -> Rubric | None:
        """Return the scoring method for a project or for a department."""
        return next((rubric for rubric in self.rubrics.values() if rubric.subject == subject), None)

    @cached_property
    def library_indicators(self) -> dict[str, LibraryIndicator]:
        """The indicators of all libraries by id; the nearest authority's where several have one."""
        return {each.id: each for each in self.library_index.indicators}

    @cached_property
    def library_index(self) -> LibraryIndex:
        """The indicators of all libraries, to be searched."""
        return _index_of(self.indicator_libraries.values())

    def library_for(self, department: str) -> LibraryIndex:
        """Return the indicators of the libraries that are for a department of that name, to be searched.

        A name such as 检查覆盖率 means an indicator of a field only in documents of the field.
        """
        keys = tuple(key for key, each in self.indicator_libraries.items() if each.serves(department))
        if keys not in self._library_indexes:
            self._library_indexes[keys] = _index_of(self.indicator_libraries[key] for key in keys)
        return self._library_indexes[keys]

    @cached_property
    def _library_indexes(self) -> dict[tuple[str, ...], LibraryIndex]:
        """The indexes that were asked for, by the ids of their libraries."""
        return {}

    @cached_property
    def prompts(self) -> tuple[str, ...]:
        """Patterns of form guidance that must not be published, of all wordings."""
        return tuple(prompt for wording in self.wordings.values() for prompt in wording.prompts)


def _index_of(libraries: Iterable[IndicatorLibrary]) -> LibraryIndex:
    """Return the index of several libraries; where two have one id the later stands."""
    libraries = tuple(libraries)
    indicators = {each.id: each for library in libraries for each in library.sourced}
    ledgers = {key: name for library in libraries for key, name in library.ledgers.items()}
    matching = reduce(Matching.joined, (library.matching for library in libraries), Matching())
    return LibraryIndex(tuple(indicators.values()), ledgers, matching)


def squeeze(text: str) -> str:
    """Remove white space, so that captions compare however they were set.

    >>> squeeze("科目  编码")
    '科目编码'
    """
    return "".join(text.split())


def standards_for(library: Library, pack_id: str, year: FiscalYear) -> Standards:
    """Return the standards of a pack in a year.

    Raises `InputError` for an unknown pack and `PackError` when the packs have faults.
    """
    return resolve_standards(library.require_clean(), pack_id, year)


def resolve_standards(library: Library, pack_id: str, year: FiscalYear) -> Standards:
    """Return what the faultless items of a pack prescribe; raises `InputError` for an unknown pack."""
    chain = lineage(library, pack_id)
    return Standards(
        pack=pack_id,
        year=year,
        digest=library.digest,
        schemes=_schemes((c for pack in chain for c in pack.codes), year),
        forms=_dated((f for pack in chain for f in pack.forms), year),
        rules=_dated((r for pack in chain for r in pack.rules), year),
        rubrics=_dated((r for pack in chain for r in pack.rubrics), year),
        vocabularies=_dated((v for pack in chain for v in pack.vocabularies), year),
        wordings=_dated((w for pack in chain for w in pack.wordings), year),
        form_sets=_dated((s for pack in chain for s in pack.form_sets), year),
        crosswalks=tuple(c for pack in chain for c in pack.crosswalks),
        indicator_libraries=_dated((i for pack in chain for i in pack.indicator_libraries), year),
        monitoring=_dated((m for pack in chain for m in pack.monitoring), year),
        result_uses=_dated((u for pack in chain for u in pack.result_uses), year),
        layouts=_dated((layout for pack in chain for layout in pack.layouts), year),
    )


def lineage(library: Library, pack_id: str) -> tuple[Pack, ...]:
    """Return the pack's ancestors, farthest first, and the pack.

    Raises `InputError` when one is unknown and `PackError` when a pack inherits from itself.
    """
    chain: dict[str, Pack] = {}
    wanted: str | None = pack_id
    while wanted is not None:
        if wanted in chain:
            raise PackError((PackFault(f"{pack_id}/pack.yaml", 1, "inherits from itself"),))
        pack = library.packs.get(wanted)
        if pack is None:
            raise InputError("input.unknown-pack", pack=wanted, known="、".join(sorted(library.packs)))
        chain[wanted] = pack
        wanted = pack.manifest.inherits
    return tuple(reversed(chain.values()))


def _dated(items: Iterable[_Item], year: FiscalYear) -> dict[str, _Item]:
    """Keep what is valid in the year; a later pack overrides an earlier one."""
    return {item.key: item for item in items if item.holds_in(year)}


def _schemes(lists: Iterable[CodeList], year: FiscalYear) -> dict[str, Scheme]:
    schemes: dict[str, Scheme] = {}
    for code_list in lists:
        valid = {item.code: item for item in code_list.items if item.holds_in(year)}
        known = schemes[code_list.scheme].items if code_list.scheme in schemes else {}
        schemes[code_list.scheme] = Scheme(code_list.scheme, year.year, code_list.levels, known | valid)
    return schemes
