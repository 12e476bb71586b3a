from itertools import islice

import numpy as np
import pytest

from hengjian.kernel import Outcome
from hengjian.rules import check_sheets
from hengjian.synth import KINDS, Block, Fault, Order, filings, plant
from hengjian.synth.faults import shared_out
from tests.unit.synth.maker import blocks, national


def planted(order: Order) -> list[tuple[Block, Block, Fault]]:
    """Every department with a fault: the block before, the block after and the fault."""
    return [
        (block, faulty, fault)
        for block in blocks(order)
        for faulty, faults in [plant(block, len(block.departments), order.seed)]
        for fault in faults
    ]


@pytest.mark.parametrize("rounded", [False, True])
def test_every_fault_beyond_rounding_breaks_an_identity(rounded: bool) -> None:
    found: dict[str, int] = dict.fromkeys(KINDS, 0)
    for _, faulty, fault in planted(Order(33, 12, 4, rounded)):
        sheets = next(islice(filings(faulty, national()), fault.entity - faulty.first, None)).sheets
        failed = [v.rule.id for v in check_sheets(national(), sheets) if v.outcome is Outcome.FAIL]
        assert failed or fault.within_rounding, fault
        found[fault.kind] += bool(failed)
    assert all(found.values()), found


def test_a_fault_changes_its_cell_and_nothing_else() -> None:
    for block, faulty, fault in planted(Order(14, 8, 1)):
        place, cell = fault.entity - block.first, block.cells.index(fault.cell)
        changed = np.flatnonzero(block.values[place] != faulty.values[place]).tolist()
        assert block.values[place, cell] == fault.true
        if fault.planted is not None:
            assert changed == [cell]
            assert faulty.values[place, cell] == fault.planted
        else:
            assert faulty.known is not None
            gone = [block.cells[at] for at in np.flatnonzero(~faulty.known[place]).tolist()]
            assert fault.cell in gone
            assert {cell[:2] for cell in gone} == {fault.cell[:2]}
            assert len(gone) == 1 or fault.kind == "row_missing"


def test_a_missing_row_is_not_counted_among_the_rows_of_its_sheet() -> None:
    missing = [each for each in planted(Order(14, 8, 1)) if each[2].kind == "row_missing"]
    assert missing
    for block, faulty, fault in missing:
        place, sheet = fault.entity - block.first, block.cells.index((fault.cell[0], "", ""))
        assert faulty.values[place, sheet] == block.values[place, sheet] - 1


def test_no_faults_leave_the_block_as_it_is_and_too_many_are_refused() -> None:
    block = blocks(Order(1, 6))[0]
    same, faults = plant(block, 0, 1)
    assert faults == ()
    assert same.known is None
    assert np.array_equal(same.values, block.values)
    with pytest.raises(ValueError, match="2 faults for 1"):
        plant(block, 2, 1)


@pytest.mark.parametrize("count", [0, 1, 7, 20])
def test_faults_are_shared_out_without_loss(count: int) -> None:
    sizes = [5, 5, 5, 5]
    shares = list(shared_out(count, sizes, 20))
    assert sum(shares) == count
    assert all(share <= size for share, size in zip(shares, sizes, strict=True))
