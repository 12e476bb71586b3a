"""A province in one pass, against bare scans of the same Parquet files.

``python -m benchmarks province --departments 10000`` is the full size; ``--keep FOLDER`` keeps what was made.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from benchmarks.parts import alone
from hengjian.filing.facts import FactsWriter
from hengjian.kernel import FiscalYear
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.synth import Order, Province, write_province

ITEMS = 240
"""Functional items of a department that come to about 12,000 figures."""
FLAT = (60, 600, 6000)
RAGGED_ITEMS = (8, 12, 20, 32, 50)
_SEED = 7
_BLANKS = 0.5
"""How many of the zeros a ragged department leaves blank."""


def main(departments: int = 1000, repeat: int = 5, keep: str | None = None) -> None:
    """Print the cost of a pass, its ratio to bare scans, and how it grows with the number of departments."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(keep or folder)
        store = _made(root, departments, ITEMS)
        _against_scans(store, repeat)
        _flatness(root, [*(size for size in FLAT if size < departments), departments], repeat)
        _ragged(root, departments, repeat)


def _made(root: Path, departments: int, items: int) -> Path:
    """Return a store of made-up departments; one that is there already is used again."""
    store = root / f"province-{departments}-{items}"
    if not (store / "departments.parquet").exists():
        _province(departments, items, _SEED, store)
    return store


def _province(departments: int, items: int, seed: int, store: Path) -> None:
    standards = standards_for(load_library(data_folder("packs")), "cn/national", FiscalYear(2024))
    province = Province(standards, Order(departments, items, seed))
    write_province(province, store, "facts", 0, lambda parts: parts)


def _against_scans(store: Path, repeat: int) -> None:
    checked = alone("check_store", store, repeat=repeat)
    departments, seconds = checked["departments"], checked["pass"]
    print(
        f"\nprovince: {departments:,.0f} departments, {_facts(store):,} facts, {checked['rules']:.0f} rules, "
        f"{checked['verdicts']:,.0f} verdicts"
    )
    print(
        f"  check: {seconds:.2f} s = {seconds / departments * 1000:.3f} ms a department, "
        f"peak {checked['peak_mb']:.0f} MB; before it {checked['startup']:.2f} s (imports, packs, compiling)"
    )
    for scan in ("every column", "by department", "one column"):
        bare = alone("scan_store", store, scan, repeat=repeat)["pass"]
        print(f"  bare DuckDB sum, {scan:14} {bare:8.2f} s   check is {seconds / bare:5.1f} x")


def _facts(store: Path) -> int:
    from pyarrow import parquet  # noqa: PLC0415

    return sum(parquet.ParquetFile(path).metadata.num_rows for path in store.glob("facts-*.parquet"))


def _flatness(root: Path, sizes: list[int], repeat: int) -> None:
    print("  cost a department by size:")
    for size in sizes:
        checked = alone("check_store", _made(root, size, ITEMS), repeat=repeat)
        print(f"    {size:7,} departments {checked['pass'] / size * 1000:8.3f} ms")


def _ragged(root: Path, departments: int, repeat: int) -> None:
    """Check departments that state other cells each, as real ones do."""
    store = root / f"ragged-{departments}"
    if not (store / "departments.parquet").exists():
        _write_ragged(store, departments)
    checked = alone("check_store", store, repeat=repeat)
    bare = alone("scan_store", store, "every column", repeat=repeat)["pass"]
    each = checked["pass"] / checked["departments"] * 1000
    print(
        f"  ragged: {checked['departments']:,.0f} departments, {_facts(store):,} facts: "
        f"{each:.3f} ms a department, peak {checked['peak_mb']:.0f} MB, "
        f"{checked['pass'] / bare:.1f} x the bare sum of every column"
    )


def _write_ragged(store: Path, departments: int) -> None:
    standards = standards_for(load_library(data_folder("packs")), "cn/national", FiscalYear(2024))
    share, random = departments // len(RAGGED_ITEMS), np.random.default_rng(_SEED)
    with FactsWriter(store) as writer:
        for seed, items in enumerate(RAGGED_ITEMS):
            for block in Province(standards, Order(share, items, seed)).blocks():
                left_blank = (block.values == 0) & (random.random(block.values.shape) < _BLANKS)
                writer.add_block(block.departments, block.cells, block.values, block.units, ~left_blank)
