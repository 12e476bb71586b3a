"""Every item of every pack has cases, and every case comes out as it states."""

from __future__ import annotations

from functools import cache

import pytest

from hengjian.audit.pack_tests import PackTest, run_pack_tests
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library


@cache
def reports() -> dict[str, PackTest]:
    return {test.pack: test for test in run_pack_tests(data_folder("packs"))}


@pytest.mark.parametrize("pack", sorted(load_library(data_folder("packs")).packs))
def test_a_pack_holds_what_its_cases_state(pack: str) -> None:
    failures = reports()[pack].failures
    assert [f"{f.file}:{f.line}: {f.item}: {f.got}: {f.explanation.en}" for f in failures] == []
