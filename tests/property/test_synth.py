"""Made-up departments are clean whatever the seed, and what is planted in them is found."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.kernel import Outcome
from hengjian.rules import check_sheets
from hengjian.synth import Order, filings, plant
from tests.unit.synth.maker import blocks, national


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32), items=st.integers(6, 30), rounded=st.booleans())
def test_clean_departments_stay_clean_and_planted_faults_are_found(
    seed: int, items: int, rounded: bool
) -> None:
    for block in blocks(Order(2, items, seed, rounded)):
        faulty, faults = plant(block, len(block.departments), seed)
        for place, (clean, spoilt) in enumerate(
            zip(filings(block, national()), filings(faulty, national()), strict=True)
        ):
            assert not _failed(clean.sheets)
            planted = [fault for fault in faults if fault.entity == block.first + place]
            if planted and not planted[0].within_rounding:
                assert _failed(spoilt.sheets), planted


def _failed(sheets: object) -> list[str]:
    assert isinstance(sheets, dict)
    return [v.rule.id for v in check_sheets(national(), sheets) if v.outcome is Outcome.FAIL]
