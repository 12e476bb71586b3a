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
    checked = len({verdict.rule.id for verdict in verdicts})
    rows_filled = sum(len(sheet.rows) for sheet in sheets.values())
    rules = [rule for rule in standards.rules.values() if rule.form is None or rule.form in sheets]
    bounds = Material.of(standards, sheets).filled.bounds
    numbers = [[bounds[figure.cell] for figure in verdict.cells] for verdict in verdicts]

    def bare() -> int:
        return sum(low + high for cells in numbers for low, high in cells)

    def naive() -> None:
        for rule in rules:
            interpret(rule, standards, sheets)

    limit, engine, peer = best(bare), best(lambda: check_sheets(standards, sheets)), best(naive)
    rows = [
        ("bare limit: add the same integers", limit),
        ("engine: expand and check", engine),
        ("peer: naive interpreter", peer),
    ]
    table(
        f"rules: {checked} rules, {rows_filled} rows, {len(verdicts)} verdicts of one department", rows, limit
    )
    print(f"  departments a second: engine {1 / engine:.0f}, peer {1 / peer:.0f}, ratio {peer / engine:.1f}")


if __name__ == "__main__":
    main()
