"""The one catalogue of what users read: the words of every finding and error, Chinese first.

Templates stand in ``messages.toml`` beside this module. A code without a template is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from string import Formatter

import tomli


class Severity(StrEnum):
    """How much a finding matters: provable, to be explained, or a convention."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en

    def filled(self, **values: object) -> Text:
        """Return the text with its placeholders filled; a value that is a Text gives its own language."""

        def spoken(language: str) -> dict[str, object]:
            return {n: v[language] if isinstance(v, Text) else v for n, v in values.items()}

        return Text(self.zh.format(**spoken("zh")), self.en.format(**spoken("en")))


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding code: its severity unless a finding says otherwise, its title, message and remedy."""

    code: str
    severity: Severity
    title: Text
    message: Text
    remedy: Text

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that the templates need."""
        texts = (self.message.zh, self.message.en, self.remedy.zh, self.remedy.en)
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)


@cache
def catalogue() -> dict[str, Entry]:
    """Return every finding code with its entry."""
    source = resources.files("hengjian.kernel").joinpath("messages.toml").read_text(encoding="utf-8")
    return {code: _entry(code, item) for code, item in tomli.loads(source).items()}


def _entry(code: str, item: dict[str, object]) -> Entry:
    def text(name: str) -> Text:
        value = item[name]
        if not isinstance(value, dict):
            message = f"{code}.{name} is no text in two languages"
            raise TypeError(message)
        return Text(str(value["zh"]), str(value["en"]))

    return Entry(code, Severity(str(item["severity"])), text("title"), text("message"), text("remedy"))
