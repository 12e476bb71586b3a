from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hengjian.filing import Filing, read_filing
from hengjian.filing.fact_store import Block, FactStore
from hengjian.filing.facts import FACTS, Department, FactsWriter, block_of
from hengjian.filing.from_facts import entity_of, filing_of
from hengjian.filing.stored import LARGEST
from hengjian.kernel import InputError
from hengjian.kernel.resources import data_folder
from hengjian.packs import Standards, load_library, standards_for
from tests.unit.filing.fact_maker import BALANCED, CELLS_USED, facts, write_store


def block(folder: Path, index: int = 0) -> Block:
    return FactStore.open(folder).block(index)


def codes(of: Block) -> list[str]:
    return [problem.code for problem in of.problems]


def test_departments_with_the_same_cells_share_units_and_what_is_known(tmp_path: Path) -> None:
    found = block(write_store(tmp_path, [facts()]))
    assert found.values[:, 1].tolist() == [*(value for value, _ in BALANCED), 0]
    assert found.units.shape == found.known.shape == (9, 1)
    assert found.problems == ()


def test_a_cell_that_one_department_lacks(tmp_path: Path) -> None:
    found = block(write_store(tmp_path, [facts()[:-1]]))
    assert found.known[7].tolist() == [True, False]
    assert not found.known[8].any()


def test_the_order_of_facts_does_not_matter(tmp_path: Path) -> None:
    found = block(write_store(tmp_path / "a", [facts()[::-1]]))
    straight = block(write_store(tmp_path / "b", [facts()]))
    assert np.array_equal(found.values, straight.values)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ((0, 99, 1, 0), "input.fact-cell"),
        ((0, -1, 1, 0), "input.fact-cell"),
        ((9, 1, 1, 0), "input.fact-entity"),
        ((1, 7, LARGEST + 1, 0), "input.fact-too-large"),
        ((1, 7, 400_0000, -1), "input.fact-unit"),
        ((1, 4, 500_0000, 100_00), "input.fact-twice"),
        ((1, 4, 500_0000, 1), "input.fact-two-units"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_is_read(
    tmp_path: Path, extra: tuple[int, int, int, int], code: str
) -> None:
    found = block(write_store(tmp_path, [[*facts(), extra]]))
    assert codes(found) == [code]
    assert found.problems[0].place.file == "facts-000.parquet"
    assert found.values[1, :2].tolist() == [9_000_000, 9_000_000]
    assert found.values[4, :2].tolist() == [5_000_000, 5_000_000]


def test_a_value_or_unit_out_of_range_among_departments_that_state_the_same(tmp_path: Path) -> None:
    wrong = [
        (e, c, LARGEST + 1 if (e, c) == (1, 7) else v, -5 if (e, c) == (0, 6) else u)
        for e, c, v, u in facts()
    ]
    found = block(write_store(tmp_path, [wrong]))
    assert sorted(codes(found)) == ["input.fact-too-large", "input.fact-unit"]
    assert (found.known[7].tolist(), found.known[6].tolist()) == ([True, False], [False, True])


def test_more_problems_than_anybody_reads_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hengjian.filing.fact_store.MOST_PROBLEMS", 3)
    found = block(write_store(tmp_path, [[*facts(), *((0, 99, 1, 0) for _ in range(10))]]))
    assert codes(found) == [*["input.fact-cell"] * 3, "input.more-problems"]
    assert "7" in found.problems[-1].message.zh


def test_an_empty_value_is_no_blank(tmp_path: Path) -> None:
    write_store(tmp_path, [facts()])
    table = pq.read_table(tmp_path / "facts-000.parquet").to_pylist()
    table[3]["value"] = None
    pq.write_table(pa.Table.from_pylist(table, schema=FACTS), tmp_path / "facts-000.parquet")
    with pytest.raises(InputError) as raised:
        block(tmp_path)
    assert raised.value.code == "input.fact-null"


def test_a_cell_listed_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        FactStore.open(write_store(tmp_path, [facts()], (*CELLS_USED, CELLS_USED[1])))
    assert raised.value.code == "input.duplicate"


def test_a_department_in_two_row_groups(tmp_path: Path) -> None:
    half = facts()[:11]
    with pytest.raises(InputError) as raised:
        FactStore.open(write_store(tmp_path, [half, facts()[11:]]))
    assert raised.value.code == "input.fact-split"
    assert raised.value.values["name"] == "第1图书馆"


def test_a_column_of_another_type(tmp_path: Path) -> None:
    other = FACTS.set(2, pa.field("value", pa.float64()))
    with pytest.raises(InputError) as raised:
        FactStore.open(write_store(tmp_path, [facts()], schema=other))
    assert raised.value.code == "input.fact-column"
    assert raised.value.values["found"] == "double"


@pytest.mark.parametrize("missing", ["cells.parquet", "departments.parquet", "facts-000.parquet"])
def test_a_file_that_is_not_there(tmp_path: Path, missing: str) -> None:
    write_store(tmp_path, [facts()])
    (tmp_path / missing).unlink()
    with pytest.raises(InputError) as raised:
        FactStore.open(tmp_path)
    assert raised.value.code == "input.not-found"


@pytest.mark.parametrize("damaged", ["cells.parquet", "facts-000.parquet"])
def test_a_file_that_is_no_parquet(tmp_path: Path, damaged: str) -> None:
    write_store(tmp_path, [facts()])
    (tmp_path / damaged).write_bytes(b"PAR1 and nothing more PAR1")
    with pytest.raises(InputError) as raised:
        FactStore.open(tmp_path)
    assert raised.value.code == "input.unreadable"


def test_a_store_is_not_written_over(tmp_path: Path) -> None:
    write_store(tmp_path, [facts()])
    with pytest.raises(FileExistsError), FactsWriter(tmp_path):
        pass


def test_a_store_that_is_cut_short_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), FactsWriter(tmp_path):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_block_is_cut_into_row_groups_of_whole_departments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hengjian.filing.facts.MOST_FACTS", 20)
    departments = [Department(f"第{n}图书馆", None, "demo", 2022) for n in range(5)]
    with FactsWriter(tmp_path) as writer:
        writer.add_block(
            departments, CELLS_USED, np.arange(40).reshape(5, 8), np.full(8, 100), np.ones((5, 8), np.bool_)
        )
    store = FactStore.open(tmp_path)
    assert [(group.first, group.last) for group in store.groups] == [(0, 1), (2, 3), (4, 4)]
    assert store.block(1).values[:-1, 0].tolist() == list(range(16, 24))


def example(name: str) -> tuple[Filing, Standards]:
    library = load_library(data_folder("packs"))
    filing = read_filing(data_folder("examples") / name, library)
    return filing, standards_for(library, filing.pack, filing.year)


@pytest.mark.parametrize("name", ["lingshou-2021", "quxian-2022", "dachuan-2018"])
def test_a_filing_comes_back_out_of_a_store(tmp_path: Path, name: str) -> None:
    filing, standards = example(name)
    with FactsWriter(tmp_path) as writer:
        writer.add_block(*block_of([(filing, standards)]))
    store = FactStore.open(tmp_path)
    again = filing_of(store, entity_of(store, filing.entity.name), standards)
    assert again.sheets.keys() == filing.sheets.keys()
    for form, sheet in filing.sheets.items():
        found = again.sheets[form]
        assert list(found.rows) == list(sheet.rows)
        assert found.partial == sheet.partial
        assert {cell: figure.value.interval for cell, figure in found.figures.items()} == {
            cell: figure.value.interval for cell, figure in sheet.figures.items()
        }


def test_a_department_that_is_not_there_or_not_the_only_one(tmp_path: Path) -> None:
    store = FactStore.open(write_store(tmp_path, [facts()]))
    assert entity_of(store, "101") == 1
    with pytest.raises(InputError) as raised:
        entity_of(store, "999")
    assert raised.value.code == "input.no-department"
