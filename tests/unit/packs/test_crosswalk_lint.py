"""Every difference of two editions is told by exactly one change, and no change tells what is none."""

from pathlib import Path
from textwrap import dedent

import pytest

from hengjian.packs import load_library
from hengjian.packs.lint import lint_library
from tests.unit.packs.pack_maker import CODES, SIGNED, write_pack

LATER = CODES.replace(
    '  - {code: "10101", name: 图书, from: 2018}\n',
    dedent("""\
            #
              - {code: "10101", name: 图书, from: 2018, to: 2020}
              - {code: "10102", name: 报刊, from: 2018, to: 2020}
              - {code: "10102", name: 期刊, from: 2021}
              - {code: "10103", name: 图书, from: 2021}
        """),
)
MOVED = '{kind: moved, from: ["10101"], to: ["10103"]}'
RENAMED = '{kind: renamed, from: ["10102"], to: ["10102"]}'
FILE = "city/crosswalks/purpose.2021.yaml:1: purpose 2021: "


def crosswalk(*changes: str, edition: int = 2021, valid_from: int = 2021) -> str:
    head = f"scheme: purpose\nedition: {edition}\n{SIGNED.replace('2018', str(valid_from))}changes:\n"
    return head + "".join(f"  - {change}\n" for change in changes)


def lint(root: Path, crosswalks: dict[int, str], codes: str = LATER) -> list[str]:
    files = {f"crosswalks/purpose.{year}.yaml": text for year, text in crosswalks.items()}
    write_pack(root, files={"codes/purpose.yaml": codes} | files)
    return [str(fault) for fault in lint_library(load_library(root))]


def test_a_scheme_without_crosswalks_is_not_asked_for_one(tmp_path: Path) -> None:
    assert lint(tmp_path, {}) == []


def test_every_difference_told_once(tmp_path: Path) -> None:
    assert lint(tmp_path, {2021: crosswalk(MOVED, RENAMED)}) == []


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ((MOVED,), ["10102 (报刊 → 期刊) is told by no change"]),
        ((RENAMED,), ["10101 (图书 → —) is told by no change", "10103 (— → 图书) is told by no change"]),
        (
            (MOVED, RENAMED, '{kind: renamed, from: ["101"], to: ["101"]}'),
            ["renamed of 101 tells no difference of the editions"],
        ),
        ((MOVED, RENAMED, '{kind: dropped, from: ["10101"]}'), ["10101 is told of by several changes"]),
        ((MOVED, RENAMED, '{kind: new, to: ["10103"]}'), ["10103 is told of by several changes"]),
        (
            ('{kind: split, from: ["10101"], to: ["10103", "10109"]}', RENAMED),
            ["split to 10109, which is not in the edition"],
        ),
        (
            ('{kind: merged, from: ["10101", "10109"], to: ["10103"]}', RENAMED),
            ["merged from 10109, which is not in the edition before"],
        ),
    ],
)
def test_what_is_told_wrongly(tmp_path: Path, changes: tuple[str, ...], faults: list[str]) -> None:
    assert lint(tmp_path, {2021: crosswalk(*changes)}) == [FILE + fault for fault in faults]


def test_a_code_that_means_something_else_is_told_as_reused(tmp_path: Path) -> None:
    reused = '{kind: reused, from: ["10102"], to: ["10103"]}'
    assert lint(tmp_path, {2021: crosswalk(reused, '{kind: dropped, from: ["10101"]}')}) == []


def test_a_year_of_differences_without_its_crosswalk(tmp_path: Path) -> None:
    later = LATER.replace("name: 馆藏, from: 2018", "name: 馆藏, from: 2018, to: 2022")
    assert lint(
        tmp_path, {2021: crosswalk(MOVED, RENAMED)}, later + '  - {code: "101", name: 藏品, from: 2023}\n'
    ) == ["city/codes/purpose.yaml:1: purpose 2023: 101 (馆藏 → 藏品) is told by no change"]


def test_an_edition_that_is_not_the_first_year_of_its_file(tmp_path: Path) -> None:
    walk = crosswalk(MOVED, RENAMED, valid_from=2020)
    assert lint(tmp_path, {2021: walk}) == [
        "city/crosswalks/purpose.2021.yaml:1: is the edition of 2021 but valid from 2020"
    ]


def test_before_the_first_edition_only_the_new_side_is_known(tmp_path: Path) -> None:
    first = crosswalk('{kind: moved, from: ["10109"], to: ["10101"]}', edition=2018, valid_from=2018)
    both = {2018: first, 2021: crosswalk(MOVED, RENAMED)}
    assert lint(tmp_path, both) == []
    both[2018] = first.replace('to: ["10101"]', 'to: ["10108"]')
    assert lint(tmp_path, both) == [
        "city/crosswalks/purpose.2018.yaml:1: purpose 2018: moved to 10108, which is not in the edition"
    ]


def test_an_inheriting_pack_tells_only_its_own_changes(tmp_path: Path) -> None:
    assert lint(tmp_path, {2021: crosswalk(MOVED, RENAMED)}) == []
    own = CODES[: CODES.index("items:")] + 'items:\n  - {code: "10150", name: 手稿, from: 2021}\n'
    write_pack(tmp_path, "city/ward", {"codes/purpose.yaml": own}, inherits="city")
    assert [str(fault) for fault in lint_library(load_library(tmp_path))] == [
        "city/ward/codes/purpose.yaml:1: purpose 2021: 10150 (— → 手稿) is told by no change"
    ]
    walk = crosswalk('{kind: new, to: ["10150"]}')
    write_pack(tmp_path, "city/ward", {"crosswalks/purpose.2021.yaml": walk}, inherits="city")
    assert lint_library(load_library(tmp_path)) == ()
