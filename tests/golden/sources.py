"""The published documents beside the checkout, and what a careful reader wrote down of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hengjian.audit import Audited, audit
from hengjian.audit.resolve import Resolved
from hengjian.filing import Filing, Project
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

SHARED = Path(__file__).resolve().parents[3] / "shared"

needs_truth = pytest.mark.skipif(
    not (SHARED / "truth").is_dir(),
    reason="the hand-made truth is no part of the repository; it is not beside this checkout",
)


@cache
def audited(name: str) -> Audited:
    """Audit a source."""
    return audit(SHARED / "sources" / f"{name}.txt", load_library(data_folder("packs")))


def resolved_of(name: str) -> Resolved:
    """Return a source as it was resolved."""
    resolved = audited(name).resolved
    assert resolved is not None
    return resolved


def filing_of(name: str) -> Filing:
    """Return the filing of a source."""
    return resolved_of(name).filing


@cache
def truth_of(name: str, part: str) -> dict[str, Any]:
    """Return a part of the truth of a source."""
    text = (SHARED / "truth" / name / f"{part}.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def figures_of(project: Project) -> dict[tuple[str, str], str]:
    """Return the figures of a project's funds as they are written."""
    assert project.funds is not None
    return {key: getattr(figure.value, "text", "") for key, figure in project.funds.figures.items()}


def squeeze(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())
