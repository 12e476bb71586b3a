"""What the command line says, in Chinese and English; the words stand in ``words.toml``."""

from __future__ import annotations

from importlib import resources

import tomli

from hengjian.kernel import Outcome, Severity, Text

_SOURCE = resources.files("hengjian.cli").joinpath("words.toml").read_text(encoding="utf-8")
_WORDS = {
    part: {key: Text(text["zh"], text["en"]) for key, text in entries.items()}
    for part, entries in tomli.loads(_SOURCE).items()
}

HELP = _WORDS["help"]
OPTIONS = _WORDS["options"]
SAYS = _WORDS["says"]
OUTCOMES = {outcome: _WORDS["outcomes"][outcome.value] for outcome in Outcome}
SEVERITIES = {severity: _WORDS["severities"][severity.value] for severity in Severity}
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
