"""The command line: parse, call, render. No domain logic lives here."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from hengjian.cli.app import build
from hengjian.cli.language import language_of

_YOUNG = 1_000_000
"""A command builds trees of frozen values and ends: looking through them often finds nothing to free."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 no error found, 1 at least one, 2 something could not be read."""
    gc.set_threshold(_YOUNG)
    arguments = list(sys.argv[1:] if argv is None else argv)
    build(language_of(arguments)).main(args=arguments, prog_name="hengjian")
