"""Every reader on a few made cases, and on every case that once broke one."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.lanes import CORPUS
from fuzz.mutate import case
from fuzz.seeds import seeds
from fuzz.target import broken, names, read

KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_a_reader_breaks_it_no_more(path: Path) -> None:
    if path.parent.name not in names():
        pytest.skip(f"no reader of {path.parent.name}")
    assert broken(path.parent.name, path.read_bytes()) is None


@pytest.mark.parametrize("name", names())
def test_made_cases(name: str) -> None:
    assert all(broken(name, seed) is None for seed in seeds(name))
    assert [fault for number in range(60) if (fault := broken(name, case(name, number)))] == []


@pytest.mark.parametrize("name", names())
def test_any_bytes(name: str) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
    def holds(data: bytes) -> None:
        read(name, data)

    holds()


def test_a_case_can_be_made_again() -> None:
    assert case("docx", 7) == case("docx", 7)
    assert len({case("docx", number) for number in range(20)}) > 15
