"""pandera: an identity is a check over a frame that has a column for every cell and a row a department."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from benchmarks.identities import Case, Identity
from benchmarks.measure import repeated
from benchmarks.peers import AbsentError, Met


def measure(case: Case, faulty: Case) -> Met:
    """Validate the frame lazily, so that every broken identity is told; the schema is made beforehand."""
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")  # pandera looks for Spark
    try:
        import pandas as pd  # noqa: PLC0415 - a peer that need not be installed
        import pandera.pandas as pa  # noqa: PLC0415
    except ImportError as error:
        raise AbsentError(f"pandera: {error}") from error
    stated = case.stated()
    names = {cell: "/".join(cell) for cell in case.cells}

    def check(number: int, identity: Identity) -> Any:  # noqa: ANN401 - pandera is untyped
        slack = sum(abs(times) * stated[cell][1] for times, cell in identity.terms)
        terms = [(times, names[cell]) for times, cell in identity.terms]
        return pa.Check(_holds(terms, slack), name=str(number))

    schema = pa.DataFrameSchema(checks=[check(*each) for each in enumerate(case.identities)])

    def frame(of: Case) -> Any:  # noqa: ANN401
        return pd.DataFrame({names[cell]: [value] for cell, (value, _) in of.stated().items()})

    sound, unsound = frame(case), frame(faulty)
    try:
        schema.validate(unsound, lazy=True)
    except pa.errors.SchemaErrors as errors:
        broken = frozenset(int(number) for number in errors.failure_cases["check"])
    else:
        broken = frozenset()
    taken = repeated(lambda: schema.validate(sound, lazy=True))
    return Met((("pandera", taken, "frame and schema made beforehand"),), broken)


def _holds(terms: list[tuple[int, str]], slack: int) -> Callable[[Any], Any]:
    def holds(frame: Any) -> Any:  # noqa: ANN401
        total = sum(times * frame[name] for times, name in terms)
        return abs(2 * total) <= slack

    return holds
