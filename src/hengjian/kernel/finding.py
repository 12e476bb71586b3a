"""Findings: what a check says about the user's material."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hengjian.kernel.catalogue import Severity, Text, catalogue
from hengjian.kernel.place import Place

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or explain, with its place, both sides and the basis. Never says who is wrong.

    `stated`, `expected` and `difference` are the figures as a reader would write them; `related` are
    the other sides of a contradiction.
    """

    code: str
    severity: Severity
    message: Text
    place: Place
    related: tuple[Place, ...] = ()
    stated: str | None = None
    expected: str | None = None
    difference: str | None = None
    basis: str | None = None
    suggestion: Text | None = None

    @classmethod
    def of(  # noqa: PLR0913 - the fields of a finding are many and all by name
        cls,
        code: str,
        place: Place,
        *,
        severity: Severity | None = None,
        related: tuple[Place, ...] = (),
        stated: str | None = None,
        expected: str | None = None,
        difference: str | None = None,
        basis: str | None = None,
        **values: object,
    ) -> Finding:
        """Make a finding of a catalogued code; `values` fill the templates, None as a dash.

        Raises KeyError for a code or a placeholder that the catalogue does not know: both are bugs.
        """
        entry = catalogue()[code]
        given = {"stated": stated, "expected": expected, "difference": difference, **values}
        filled = {name: "—" if value is None else value for name, value in given.items()}
        return cls(
            code=code,
            severity=severity or entry.severity,
            message=entry.message.filled(**filled),
            place=place,
            related=related,
            stated=stated,
            expected=expected,
            difference=difference,
            basis=basis,
            suggestion=entry.remedy.filled(**filled),
        )

    def line(self, language: str = "zh") -> str:
        """Return the finding in one line: where, what and why, what to do."""
        where, colon, gap = self.place.where(language), *(("：", "") if language == "zh" else (": ", " "))
        remedy = self.suggestion[language] if self.suggestion is not None else ""
        return f"{where}{colon if where else ''}{self.message[language]}{gap}{remedy}"

    @property
    def title(self) -> Text:
        """The short name of the finding's kind."""
        return catalogue()[self.code].title


def is_input(finding: Finding) -> bool:
    """Tell whether a finding says that input could not be used."""
    return finding.code.startswith("input.")


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by severity, what could not be read first, then by place; the same finding stands once."""

    def key(finding: Finding) -> tuple[int, bool, str, int, str]:
        place = finding.place
        return (
            _ORDER[finding.severity],
            not is_input(finding),
            place.file or "",
            place.line or 0,
            finding.code,
        )

    return tuple(sorted(dict.fromkeys(findings), key=key))
