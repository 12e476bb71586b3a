"""Which language to speak: ``--lang`` if given, else that of the locale, else Chinese."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

LANGUAGES = ("zh", "en")


def language_of(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Return ``zh`` or ``en``; help is written before options are parsed, so they are looked at here.

    >>> (
    ...     language_of(["audit", "--lang", "en"], {}),
    ...     language_of([], {"LANG": "en_GB.UTF-8"}),
    ...     language_of([], {}),
    ... )
    ('en', 'en', 'zh')
    """
    for index, argument in enumerate(arguments):
        given = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and index + 1 < len(arguments):
            given = arguments[index + 1]
        if given in LANGUAGES:
            return given
    environment = os.environ if environment is None else environment
    stated = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return "en" if stated.lower().startswith("en") else "zh"
