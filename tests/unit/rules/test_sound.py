from __future__ import annotations

from pathlib import Path

import pytest

from hengjian.kernel import PackError
from hengjian.kernel.resources import data_folder
from hengjian.rules.lint import sound_library
from tests.unit.packs.pack_maker import write_pack

LIST = """scheme: purpose
title: {zh: 用途, en: Purposes}
levels: [3, 5]
from: 2018
basis: 某市
verified: true
items:
  - {code: "101", name: 馆藏, from: 2018}
  - {code: "101", name: 藏书, from: 2020}
  - {code: "20101", name: 水电, from: 2018}
"""


def test_the_packs_that_are_shipped_are_sound_however_often_they_are_loaded() -> None:
    assert sound_library(data_folder("packs")).digest == sound_library(data_folder("packs")).digest


def test_a_pack_that_inherits_from_itself_never_loads(tmp_path: Path) -> None:
    write_pack(tmp_path, inherits="city")
    for _ in range(2):
        with pytest.raises(PackError) as raised:
            sound_library(tmp_path)
        assert "inherits from itself" in str(raised.value)


def test_an_overlap_of_dates_and_a_missing_parent_are_told_together(tmp_path: Path) -> None:
    write_pack(tmp_path, files={"codes/purpose.yaml": LIST})
    with pytest.raises(PackError) as raised:
        sound_library(tmp_path)
    told = str(raised.value)
    assert "101 is valid twice in 2020" in told
    assert "20101 has no parent 201" in told
