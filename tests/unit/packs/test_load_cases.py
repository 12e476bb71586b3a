"""Case files: found by pack, closed, and known by their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from hengjian.kernel import Outcome, PackError
from hengjian.packs import load_library
from hengjian.packs.load_cases import load_cases
from tests.unit.packs.pack_maker import write_pack

RULE = """\
year: 2022
rules:
  demo.sum:
    pass:
      - {total: "1"}
      - {total: "2", empty: [demo.list]}
    fail: {total: "3"}
"""


def test_cases_are_no_part_of_the_standards_and_belong_to_their_pack(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"cases/outer.yaml": RULE})
    write_pack(tmp_path, "city/district", {"cases/inner.yaml": RULE})
    assert load_library(tmp_path).faults == ()
    assert [(each.pack, each.source.name) for each in load_cases(tmp_path)] == [
        ("city", "city/cases/outer.yaml"),
        ("city/district", "city/district/cases/inner.yaml"),
    ]
    assert [each.pack for each in load_cases(tmp_path, "city/district")] == ["city/district"]


def test_every_case_has_its_outcome_place_and_material(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"cases/sum.yaml": RULE})
    (loaded,) = load_cases(tmp_path)
    ((kind, item, cases),) = loaded.cases.by_kind
    assert (kind, item) == ("rules", "demo.sum")
    stated = [
        (outcome, loaded.line_of((kind, item, *key)), material) for outcome, key, material in cases.stated
    ]
    assert stated == [
        (Outcome.PASS, 5, {"total": "1"}),
        (Outcome.PASS, 6, {"total": "2", "empty": ("demo.list",)}),
        (Outcome.FAIL, 7, {"total": "3"}),
    ]


def test_one_list_of_forms_and_several(tmp_path: Path) -> None:
    text = "year: 2022\nform_sets:\n  tables: {pass: [a, b], fail: [[a], [b, a]]}\n"
    write_pack(tmp_path, files={"cases/sets.yaml": text})
    (loaded,) = load_cases(tmp_path)
    ((_, _, cases),) = loaded.cases.by_kind
    assert [material for _, _, material in cases.stated] == [("a", "b"), ("a",), ("b", "a")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (RULE.replace("    fail:", "    fall:"), 7),
        (RULE.replace('"3"', "3"), 7),
        (RULE.replace("2022", "22"), 1),
        (RULE.replace("rules:", "ruler:"), 2),
        ("year: 2022\ncodes:\n  purpose: {pass: {}, fail: {'1': x}}\n", 3),
        ("year: [", 2),
    ],
)
def test_faults_have_their_line(tmp_path: Path, text: str, line: int) -> None:
    write_pack(tmp_path, files={"cases/sum.yaml": text})
    with pytest.raises(PackError) as error:
        load_cases(tmp_path)
    assert line in {fault.line for fault in error.value.faults}
    assert {fault.file for fault in error.value.faults} == {"city/cases/sum.yaml"}
