"""The audit as one self-contained page that a director can read and a clerk can work from.

Words stand in ``templates/report.toml``, the page in ``report.html``, its look in ``report.css``. What a
finding is about is shown as the document has it: the paragraph, the lines or the table rows around the quote.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import PureWindowsPath

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

import hengjian
from hengjian.audit.pipeline import Audited
from hengjian.audit.quotes import Context, Surroundings
from hengjian.kernel import Finding, Outcome, Place, Severity, Text, is_input
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

MOST_IMPORTANT = 5  # findings that the summary names
MANY = 3  # from so many findings of one code on, what they share is said once

_TEMPLATES = resources.files("hengjian.audit").joinpath("templates")
_UNCHECKED = frozenset({"table.unmapped", "table.unmatched", "identity.not-evaluable"})
_FAMILIES = ("identity", "claim", "document", "table", "score", "result", "form")
_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its number and its quote in its surroundings."""

    number: int
    finding: Finding
    context: Context


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one severity and code, in document order."""

    severity: Severity
    title: Text
    findings: tuple[Shown, ...]

    @property
    def shared(self) -> bool:
        """Whether many findings say the same of what to do and of the basis."""
        said = {(shown.finding.suggestion, shown.finding.basis) for shown in self.findings}
        return len(self.findings) >= MANY and len(said) == 1


@dataclass(frozen=True, slots=True)
class Page:
    """One document as the page shows it; `checks` counts the outcomes of identities and of sentences."""

    name: str
    audited: Audited
    pack: Text | None
    counts: dict[str, int]
    groups: tuple[Group, ...]
    unread: tuple[Shown, ...]
    checks: dict[str, Counter[str]]
    undecided: tuple[Place, ...]

    @property
    def important(self) -> list[Group]:
        """The gravest groups, errors in figures first."""
        return sorted(self.groups, key=_gravity)[:MOST_IMPORTANT]

    @property
    def held(self) -> int:
        """Identities and sentences that hold."""
        return sum(counted[Outcome.PASS] for counted in self.checks.values())

    @property
    def checked(self) -> int:
        """Identities and sentences there were to check."""
        return sum(counted.total() for counted in self.checks.values())

    def where(self, place: Place, language: str) -> str:
        """Return a place in words, without file and section; a line number only where a reader sees lines."""
        text = self.audited.tree is not None and self.audited.tree.format == "txt"
        return replace(place, file=None, section=None, line=place.line if text else None).where(language)


def audit_html(audited: Sequence[Audited], language: str = "zh") -> str:
    """Return the audits of documents as one page; the same input gives the same page."""
    pages = [_page(each) for each in audited]
    return _template().render(
        pages=pages,
        lang=language,
        say={key: text[language] for key, text in _words().items()},
        severities=[severity.value for severity in _ORDER],
        totals={severity.value: sum(page.counts[severity.value] for page in pages) for severity in _ORDER},
        style=Markup(_read("report.css")),  # noqa: S704 - a file of this package
        version=hengjian.__version__,
    )


def _page(audited: Audited) -> Page:
    around = Surroundings(audited.tree)
    findings = [finding for finding in audited.findings if not _unchecked(finding)]
    unread = [finding for finding in audited.findings if _unchecked(finding)]
    counted = Counter(finding.severity for finding in findings)
    return Page(
        name=PureWindowsPath(audited.path).name,
        audited=audited,
        pack=_pack_title(audited),
        counts={severity.value: counted[severity] for severity in _ORDER},
        groups=tuple(_groups(findings, around)),
        unread=tuple(_shown(unread, around, len(findings))),
        checks=_checks(audited),
        undecided=tuple(c.place for c in audited.claims if c.outcome is Outcome.NOT_EVALUABLE),
    )


def _unchecked(finding: Finding) -> bool:
    """Tell whether a finding says that something was not read or could not be checked."""
    return is_input(finding) or finding.code in _UNCHECKED


def _groups(findings: Iterable[Finding], around: Surroundings) -> Iterator[Group]:
    members: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        members.setdefault((finding.severity, finding.code), []).append(finding)
    number = 0
    for (severity, _), found in sorted(members.items(), key=lambda item: _ORDER.index(item[0][0])):
        yield Group(severity, found[0].title, tuple(_shown(found, around, number)))
        number += len(found)


def _shown(findings: Iterable[Finding], around: Surroundings, before: int) -> Iterator[Shown]:
    for number, finding in enumerate(findings, before + 1):
        yield Shown(number, finding, around.of(finding.place))


def _gravity(group: Group) -> tuple[int, int]:
    family = group.findings[0].finding.code.partition(".")[0]
    rank = _FAMILIES.index(family) if family in _FAMILIES else len(_FAMILIES)
    return _ORDER.index(group.severity), rank


def _checks(audited: Audited) -> dict[str, Counter[str]]:
    verdicts = audited.review.outcomes.elements() if audited.review is not None else ()
    found = {"identities": verdicts, "sentences": [claim.outcome for claim in audited.claims]}
    return {name: Counter(o.value for o in all_ if o != "not_applicable") for name, all_ in found.items()}


def _pack_title(audited: Audited) -> Text | None:
    """Return the title of the pack that was used, when it is one of those that come with the program."""
    if audited.resolved is None:
        return None
    standards = audited.resolved.standards
    library = load_library(data_folder("packs"))
    pack = library.packs.get(standards.pack) if library.digest == standards.digest else None
    return Text(pack.manifest.title.zh, pack.manifest.title.en) if pack is not None else None


def _read(name: str) -> str:
    return _TEMPLATES.joinpath(name).read_text(encoding="utf-8")


@cache
def _words() -> dict[str, Text]:
    return {key: Text(text["zh"], text["en"]) for key, text in tomllib.loads(_read("report.toml")).items()}


@cache
def _template() -> Template:
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return jinja.from_string(_read("report.html"))
