"""Guided by coverage: ``python -m fuzz.with_atheris READER [OPTION…]``; needs the extra ``fuzz``."""

from __future__ import annotations

import random
import sys

import atheris

with atheris.instrument_imports(include=["hengjian.documents"]):
    from fuzz.mutate import mutated
    from fuzz.seeds import seeds
    from fuzz.target import names, read

_SOME = 0.7
"""How often a case is broken with regard to its format, rather than by libFuzzer."""


def main() -> None:
    """Fuzz one reader until a case fails; libFuzzer saves that."""
    name = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if name not in names():
        sys.exit(f"python -m fuzz.with_atheris READER, of {', '.join(names())}")

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if len(data) < 2:
            return chance.choice(seeds(name))[:longest]
        if chance.random() < _SOME:
            return mutated(name, data, chance)[:longest]
        made: bytes = atheris.Mutate(data, longest)
        return made

    options = [*sys.argv, "-timeout=5", "-max_len=200000", "-len_control=0"]
    atheris.Setup(options, lambda data: read(name, data), custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
