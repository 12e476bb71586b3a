"""Write a made-up province to a folder, as facts for the engine or as filings for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from hengjian.filing import write_filing
from hengjian.filing.facts import FactsWriter
from hengjian.kernel import InputError, Place
from hengjian.packs.schema import Form
from hengjian.synth.faults import Fault, plant, shared_out, write_faults
from hengjian.synth.filings import filings
from hengjian.synth.province import Block, Part, Province

Output: TypeAlias = Literal["facts", "filings"]
Watch: TypeAlias = Callable[[Sequence[Part]], Iterable[Part]]
"""Goes through the blocks, and may show how far the work has come."""
FAULTS = "faults.csv"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how much of it, the faults in it, and the forms that were left out."""

    departments: int
    figures: int
    faults: tuple[Fault, ...]
    left_out: tuple[Form, ...]


def write_province(
    province: Province, out: Path, output: Output, faults: int = 0, watch: Watch = iter
) -> Written:
    """Write the departments with planted faults, one a department at most, and the list of these.

    As facts `out` is a store; as filings it holds a folder a department, named by its code. Raises
    `InputError` when `out` is not an empty folder or the pack does not do, and ValueError when there are more
    faults than departments.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("input.not-empty", Place(file=str(out)))
    parts = province.parts()
    shares = shared_out(faults, [len(part.names) for part in parts], province.order.departments)
    planted: list[Fault] = []
    figures = 0
    with ExitStack() as stack:
        save = _saver(province, out, output, stack)
        for part, share in zip(watch(parts), shares, strict=True):
            block, found = plant(province.block(part), share, province.order.seed)
            save(block)
            planted += found
            figures += _figures(block)
    if faults:
        write_faults(planted, out / FAULTS)
    return Written(province.order.departments, figures, tuple(planted), province.left_out)


def _saver(province: Province, out: Path, output: Output, stack: ExitStack) -> Callable[[Block], None]:
    if output == "facts":
        writer = stack.enter_context(FactsWriter(out))
        return lambda block: writer.add_block(
            block.departments, block.cells, block.values, block.units, block.known
        )
    return lambda block: _write_filings(province, out, block)


def _write_filings(province: Province, out: Path, block: Block) -> None:
    for filing in filings(block, province.standards):
        write_filing(filing, out / str(filing.entity.code), province.standards)


def _figures(block: Block) -> int:
    """Return how many figures a block states, without the cells that say that a sheet is there."""
    stated = [bool(column) for _, _, column in block.cells]
    if block.known is None:
        return sum(stated) * len(block.departments)
    return int(block.known[:, stated].sum())
