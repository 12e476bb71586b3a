"""Review a filing's performance part: score every project and say what does not follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hengjian.filing import Filing, Project
from hengjian.kernel import Finding
from hengjian.packs import Standards, squeeze
from hengjian.scoring.monitoring_findings import monitoring_findings
from hengjian.scoring.own_figures import own_figure_findings
from hengjian.scoring.rectification import found_items, rectification_findings
from hengjian.scoring.result_use import execution_below
from hengjian.scoring.scores import Assessment, assess_scores
from hengjian.scoring.signals import set_findings
from hengjian.scoring.targets import target_findings


def assess(filing: Filing, standards: Standards, previous: Filing | None = None) -> Assessment:
    """Score a filing and review its whole performance part, beside the filing of the year before."""
    scored = assess_scores(filing, standards)
    findings = [*target_findings(filing, standards, previous), *scored.findings]
    for project in filing.projects:
        findings.extend(_prompts_left(project, standards))
    findings.extend(own_figure_findings(filing, standards))
    findings.extend(set_findings(filing, standards))
    findings.extend(monitoring_findings(filing, standards))
    if filing.rectifications or (previous is not None and previous.rectifications):
        found = found_items(filing, findings, execution_below(standards))
        findings.extend(rectification_findings(filing, previous, found))
    return replace(scored, findings=tuple(findings))


def _prompts_left(project: Project, standards: Standards) -> Iterator[Finding]:
    for label, text in project.texts.items():
        for prompt in standards.prompts:
            if re.search(prompt, squeeze(text)):
                yield Finding.of(
                    "form.prompt-left",
                    project.place_of(label),
                    stated=text,
                    name=project.name,
                    text=text,
                    target="",
                    score="",
                )
                break
