"""The HTML report: whole, safe and the same every time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hengjian.audit import Audited, audit
from hengjian.audit.html import audit_html
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library

TEXT = """某县某局2022年度部门决算
一、收入情况
2022年支出合计100.00万元，比上年增加10.00万元，增长21.11%。<script>alert(1)</script>
二、人员情况
行政编制10名，实有12人。
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(data_folder("packs"))


@pytest.fixture
def audited(tmp_path: Path, library: Library) -> Audited:
    path = tmp_path / "说明.txt"
    path.write_text(TEXT, encoding="utf-8")
    return audit(path, library)


def test_every_finding_stands_beside_its_marked_words(audited: Audited) -> None:
    page = audit_html([audited])
    assert len(audited.findings) == 2
    marked = ["".join(m.split()) for m in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)]
    assert marked == ["2022年支出合计100.00万元，比上年增加10.00万元，增长21.11%", "行政编制10名，实有12人"]
    for finding in audited.findings:
        assert finding.message.zh in page
        assert finding.suggestion is not None
        assert finding.suggestion.zh in page
    assert "11.11%" in page


def test_the_documents_words_cannot_become_markup(audited: Audited) -> None:
    page = audit_html([audited])
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_nothing_from_outside_and_is_the_same_each_time(audited: Audited) -> None:
    page = audit_html([audited])
    assert page == audit_html([audited])
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", page)
    assert "http" not in page


def test_a_clean_and_an_unreadable_document_are_said_to_be_so(tmp_path: Path, library: Library) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text("某县某局2022年度部门决算\n支出合计1.00万元。\n", encoding="utf-8")
    page = audit_html([audit(clean, library), audit(tmp_path / "absent.docx", library)])
    assert "没有发现需要更正或说明的地方" in page
    assert "找不到这个文件" in page
    assert "无法读取" in page


def test_english_words_around_the_same_quotes(audited: Audited) -> None:
    page = audit_html([audited], "en")
    assert '<html lang="en">' in page
    assert "What to do" in page
    assert "行政编制10名，实有12人" in page
    assert "怎么办" not in page
