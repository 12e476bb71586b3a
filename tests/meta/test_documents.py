"""The documents say what the code says."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

from hengjian.kernel.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[2]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_findings", ROOT / "docs" / "build_findings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_finding_code_has_its_page_as_the_catalogue_says() -> None:
    written = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "findings").glob("*.md")
    }
    assert written == generator().pages(), "run: python docs/build_findings.py"


def test_every_finding_code_is_raised_somewhere_and_belongs_to_a_family() -> None:
    builder = generator()
    unused = [code for code in catalogue() if not builder.modules(code)]
    assert unused == []
    assert {code.partition(".")[0] for code in catalogue()} == set(builder.FAMILIES)


def test_links_of_the_front_pages_lead_somewhere() -> None:
    for name in ("README.md", "README.zh-CN.md", "ARCHITECTURE.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if not t.startswith("http")]
        assert [target for target in targets if not (ROOT / target).exists()] == []
