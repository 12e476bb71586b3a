"""The example sentences of the findings' pages raise their finding."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from hengjian.audit import audit
from hengjian.kernel.catalogue import catalogue
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

ROOT = Path(__file__).resolve().parents[2]
NOTES = tomllib.loads((ROOT / "docs" / "finding_notes.toml").read_text(encoding="utf-8"))
SENTENCES = {code: note["sentence"] for code, note in NOTES.items() if "sentence" in note}


def test_every_code_has_its_note() -> None:
    assert NOTES.keys() == catalogue().keys()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_the_example_sentence_raises_the_finding(code: str, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text(f"某县某局2022年度部门决算\n{SENTENCES[code]}\n", encoding="utf-8")
    found = audit(document, load_library(data_folder("packs"))).findings
    assert code in {finding.code for finding in found}
