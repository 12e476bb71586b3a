"""A workbook's own words, Chinese first; they stand in ``words.toml``."""

from __future__ import annotations

from importlib import resources

import tomli

from hengjian.kernel import Text

_SOURCE = resources.files("hengjian.authoring.workbook").joinpath("words.toml").read_text(encoding="utf-8")
WORDS = {key: Text(text["zh"], text["en"]) for key, text in tomli.loads(_SOURCE).items()}
HOW = tuple(text for key, text in WORDS.items() if key.startswith("how-"))
