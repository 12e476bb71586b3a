"""The examples come to the same when they are checked together as when each is checked by itself."""

from __future__ import annotations

from pathlib import Path

from hengjian.filing import derived_sheets, read_filing
from hengjian.filing.fact_store import FactStore
from hengjian.filing.facts import FactsWriter, block_of
from hengjian.kernel import Outcome
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library, standards_for
from hengjian.rules import check_sheets
from hengjian.rules.province import ProvinceCheck


def test_the_examples_together_and_alone(tmp_path: Path) -> None:
    library = load_library(data_folder("packs"))
    folders = sorted(path for path in data_folder("examples").iterdir() if (path / "filing.toml").is_file())
    filings = [read_filing(folder, library) for folder in folders]
    years = [standards_for(library, filing.pack, filing.year) for filing in filings]
    with FactsWriter(tmp_path) as writer:
        writer.add_block(*block_of(list(zip(filings, years, strict=True))))
    (checked,) = ProvinceCheck(FactStore.open(tmp_path), library).run(1)
    alone = {outcome: set[tuple[int, str, str | None, str | None]]() for outcome in Outcome}
    for number, (filing, standards) in enumerate(zip(filings, years, strict=True)):
        for verdict in check_sheets(standards, derived_sheets(filing, standards)):
            alone[verdict.outcome].add((number, verdict.rule.id, verdict.row, verdict.column))
    for outcome in (Outcome.FAIL, Outcome.NOT_EVALUABLE):
        together = {
            (row["entity"], row["rule"], row["row"], row["column"])
            for row in checked.verdicts.to_pylist()
            if row["outcome"] == outcome.value
        }
        assert together == alone[outcome]
    assert checked.tally.of(Outcome.PASS) == len(alone[Outcome.PASS])
    assert len(alone[Outcome.FAIL]) > 0
