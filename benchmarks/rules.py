"""Identities of one department: the engine, the naive interpreter, and summing the same integers."""

from __future__ import annotations

from benchmarks.measure import best, table
from hengjian.filing import derived_sheets, read_filing
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.rules import check_sheets
from hengjian.rules.reference import interpret
from hengjian.rules.verdict import Material


def main() -> None:
    """Check the largest example: eleven forms, two hundred rows."""
    library = load_library(data_folder("packs"))
    filing = read_filing(data_folder("examples") / "lingshou-2021", library)
    standards = standards_for(library, filing.pack, filing.year)
    sheets = derived_sheets(filing, standards)
    verdicts = check_sheets(standards, sheets)
    rules = [rule for rule in standards.rules.values() if rule.form is None or rule.form in sheets]
    bounds = Material.of(standards, sheets).filled.bounds
    numbers = [[bounds[figure.cell] for figure in verdict.cells] for verdict in verdicts]

    def bare() -> int:
        return sum(low + high for cells in numbers for low, high in cells)

    def naive() -> None:
        for rule in rules:
            interpret(rule, standards, sheets)

    limit = best(bare)
    rows = [
        ("bare limit: add the same integers", limit),
        ("engine: expand and check", best(lambda: check_sheets(standards, sheets))),
        ("peer: naive interpreter", best(naive)),
    ]
    table(f"rules: {len(verdicts)} verdicts of one department", rows, limit)


if __name__ == "__main__":
    main()
