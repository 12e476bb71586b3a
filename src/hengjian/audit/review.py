"""Review a filing: the same checks and scores whether it was entered or read out of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hengjian.filing import Filing, derived_sheets, last_year_sheets
from hengjian.kernel import Finding, Outcome, Severity
from hengjian.packs import Standards
from hengjian.rules import Verdict, check_sheets
from hengjian.rules import findings as rule_findings
from hengjian.scoring import Assessment
from hengjian.scoring.review import assess


@dataclass(frozen=True, slots=True)
class Review:
    """What came of a filing: the verdict of every identity, the scores, and all findings.

    `findings` begin with what could not be used of the input, then follow identities and performance.
    """

    filing: Filing
    verdicts: tuple[Verdict, ...]
    assessment: Assessment
    findings: tuple[Finding, ...]

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many verdicts came to each outcome. A hint that does not hold is no failed identity."""
        return Counter(
            verdict.outcome
            for verdict in self.verdicts
            if verdict.outcome is not Outcome.FAIL or verdict.rule.severity is not Severity.INFO
        )


def review(filing: Filing, standards: Standards, previous: Filing | None = None) -> Review:
    """Check every identity of a filing's sheets and project funds, and assess its performance part.

    `previous` is the filing of the year before, for identities and targets that look back at it.
    """
    verdicts = tuple(_verdicts(filing, standards, previous))
    assessment = assess(filing, standards, previous)
    findings = (*filing.problems, *rule_findings(verdicts), *assessment.findings)
    return Review(filing, verdicts, assessment, findings)


def _verdicts(filing: Filing, standards: Standards, previous: Filing | None) -> Iterator[Verdict]:
    last = last_year_sheets(previous) if previous is not None else {}
    yield from check_sheets(standards, {**derived_sheets(filing, standards), **last}, filing.place)
    for project in filing.projects:
        if project.funds is not None:
            yield from check_sheets(standards, {project.funds.form: project.funds}, project.place)
