import csv
from pathlib import Path

import pytest

from hengjian.filing import read_filing
from hengjian.filing.fact_store import FactStore
from hengjian.kernel import InputError
from hengjian.synth import FAULTS, Order, Output, Province, write_province
from tests.unit.synth.maker import departments, library, national


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("output", ["filings", "facts"])
def test_the_same_seed_writes_the_same_bytes(tmp_path: Path, output: Output) -> None:
    for name in ("a", "b"):
        write_province(Province(national(), Order(5, 8, 3)), tmp_path / name, output, 2)
    assert files(tmp_path / "a") == files(tmp_path / "b") != {}


def test_filings_are_read_back_whole(tmp_path: Path) -> None:
    order = Order(3, 8, 2)
    written = write_province(Province(national(), order), tmp_path / "out", "filings")
    folders = sorted((tmp_path / "out").iterdir())
    assert [folder.name for folder in folders] == ["100001", "100002", "100003"]
    for folder, drawn in zip(folders, departments(order), strict=True):
        read = read_filing(folder, library())
        assert read.problems == ()
        assert {form: sheet.rows for form, sheet in read.sheets.items()} == {
            form: sheet.rows for form, sheet in drawn.sheets.items()
        }
        for form, sheet in drawn.sheets.items():
            intervals = {cell: figure.value.interval for cell, figure in sheet.figures.items()}
            assert {c: f.value.interval for c, f in read.sheets[form].figures.items()} == intervals
    assert written.departments == 3
    assert written.figures == sum(len(s.figures) for d in departments(order) for s in d.sheets.values())


def test_facts_hold_what_was_drawn_with_the_blanks_of_faults(tmp_path: Path) -> None:
    written = write_province(Province(national(), Order(14, 8, 1)), tmp_path / "out", "facts", 14)
    store = FactStore.open(tmp_path / "out")
    assert [each.code for each in store.departments] == [str(100_001 + place) for place in range(14)]
    facts: dict[tuple[int, tuple[str, str, str]], int] = {}
    for block in store.blocks():
        assert block.problems == ()
        for row, cell in enumerate(block.cells.tolist()):
            for place, entity in enumerate(block.entities.tolist()):
                if bool(block.known[row, place if block.known.shape[1] > 1 else 0]):
                    facts[entity, store.cells[cell]] = int(block.values[row, place])
    assert len(written.faults) == 14
    for fault in written.faults:
        assert facts.get((fault.entity, fault.cell)) == fault.planted


def test_faults_are_listed(tmp_path: Path) -> None:
    written = write_province(Province(national(), Order(7, 8, 1)), tmp_path / "out", "filings", 7)
    with (tmp_path / "out" / FAULTS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == [fault.kind for fault in written.faults]
    assert [(row["form"], row["row"], row["column"]) for row in rows] == [f.cell for f in written.faults]
    assert {row["planted"] for row in rows if row["kind"] in {"row_missing", "blanked"}} <= {""}


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    for target in (tmp_path, tmp_path / "kept.txt"):
        with pytest.raises(InputError) as refused:
            write_province(Province(national(), Order(1, 6)), target, "filings")
        assert refused.value.code == "input.not-empty"
    assert files(tmp_path) == {"kept.txt": b"kept"}
