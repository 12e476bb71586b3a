"""A code looked up: names over the years, parents, and what became of it."""

from pathlib import Path

import pytest

from hengjian.kernel import InputError
from hengjian.packs import Library, load_library
from hengjian.packs.code_history import code_histories
from tests.unit.packs.pack_maker import write_pack
from tests.unit.packs.test_crosswalk_lint import LATER, MOVED, RENAMED, crosswalk


@pytest.fixture
def library(tmp_path: Path) -> Library:
    files = {"codes/purpose.yaml": LATER, "crosswalks/purpose.2021.yaml": crosswalk(MOVED, RENAMED)}
    write_pack(tmp_path, files=files)
    return load_library(tmp_path)


def test_a_code_is_looked_up_in_the_last_edition_that_has_it(library: Library) -> None:
    (found,) = code_histories(library, "city", "10101", scheme=None, years=(None, 2026))
    assert (found.code.edition, found.name, found.title.zh) == (2020, "图书", "用途")
    assert [item.name for item in found.parents] == ["馆藏"]
    (became,) = found.later
    assert (became.step.kind, [(item.code, item.name) for item in became.items]) == (
        "moved",
        [("10103", "图书")],
    )


def test_a_code_has_all_its_names_with_their_basis(library: Library) -> None:
    (found,) = code_histories(library, "city", "10102", scheme="purpose", years=(2019, 2026))
    assert (found.code.edition, found.name) == (2019, "报刊")
    names = [(each.item.name, each.item.valid_from, each.item.valid_to) for each in found.versions]
    assert names == [("报刊", 2018, 2020), ("期刊", 2021, None)]
    assert {(each.basis, each.verified) for each in found.versions} == {("某市财政局通知", True)}


@pytest.mark.parametrize(
    ("code", "scheme", "year"), [("10199", None, None), ("10101", None, 2022), ("10101", "nature", None)]
)
def test_a_code_that_is_not_there(library: Library, code: str, scheme: str | None, year: int | None) -> None:
    assert tuple(code_histories(library, "city", code, scheme=scheme, years=(year, 2026))) == ()


def test_an_unknown_pack(library: Library) -> None:
    with pytest.raises(InputError, match="nowhere"):
        next(code_histories(library, "nowhere", "101", scheme=None, years=(None, 2026)))
