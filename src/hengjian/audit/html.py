"""The audit as one self-contained page that a director can read and a clerk can work from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import PurePath

from jinja2 import Environment, StrictUndefined, Template

import hengjian
from hengjian.audit.excerpt import Excerpt, excerpt
from hengjian.audit.pipeline import Audited, is_input
from hengjian.kernel import Finding, Outcome, Severity, Text

_TEMPLATES = resources.files("hengjian.audit").joinpath("templates")
MOST_IMPORTANT = 5
"""How many findings the summary names."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its number and its words in their surroundings."""

    number: int
    finding: Finding
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one severity and code, in document order."""

    severity: Severity
    title: Text
    findings: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One document as the page shows it."""

    name: str
    audited: Audited
    counts: dict[str, int]
    groups: tuple[Group, ...]
    unread: tuple[Finding, ...]

    @property
    def important(self) -> tuple[Shown, ...]:
        """The first findings of the gravest groups, one a group."""
        return tuple(group.findings[0] for group in self.groups)[:MOST_IMPORTANT]

    @property
    def held(self) -> int:
        """Identities and sentences that hold."""
        return self.audited.outcomes(Outcome.PASS)

    @property
    def open(self) -> int:
        """Identities and sentences that could not be decided."""
        return self.audited.outcomes(Outcome.NOT_EVALUABLE)


def audit_html(audited: Sequence[Audited], language: str = "zh") -> str:
    """Return the audits of documents as one page; the same input gives the same page."""
    words = _words()
    return _template().render(
        pages=[_page(each) for each in audited],
        lang=language,
        say={key: text[language] for key, text in words.items()},
        severities=list(Severity),
        place_words=lambda place: replace(place, file=None).where(language),
        version=hengjian.__version__,
    )


def _page(audited: Audited) -> Page:
    findings = [finding for finding in audited.findings if not is_input(finding)]
    counts = {severity.value: sum(f.severity is severity for f in findings) for severity in Severity}
    groups = tuple(_groups(audited, findings))
    unread = tuple(finding for finding in audited.findings if is_input(finding))
    return Page(PurePath(audited.path).name, audited, counts, groups, unread)


def _groups(audited: Audited, findings: Iterable[Finding]) -> Iterable[Group]:
    by_code: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        by_code.setdefault((finding.severity, finding.code), []).append(finding)
    number = 0
    for severity in Severity:
        for (own, _), members in by_code.items():
            if own is not severity:
                continue
            shown = []
            for finding in members:
                number += 1
                shown.append(Shown(number, finding, excerpt(audited.tree, finding.place)))
            yield Group(severity, members[0].title, tuple(shown))


@cache
def _words() -> dict[str, Text]:
    source = _TEMPLATES.joinpath("report.toml").read_text(encoding="utf-8")
    return {key: Text(text["zh"], text["en"]) for key, text in tomllib.loads(source).items()}


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_TEMPLATES.joinpath("report.html").read_text(encoding="utf-8"))
