"""What is known of five real publications, which stand outside the repository."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from hengjian.documents import DocumentTree, Heading, Table, read_document

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
SOURCES, TRUTH = SHARED / "sources", SHARED / "truth"

pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason="the publications are not in the repository")

NAMES = (
    "dachuan-2018-final-accounts",
    "lingshou-2021-budget",
    "lingshou-2022-self-evaluation",
    "quxian-2022-final-accounts",
    "zhanjiang-2023-self-evaluation",
)


def tree(name: str) -> DocumentTree:
    return read_document(SOURCES / f"{name}.txt")


def truth(name: str, part: str) -> Any:  # noqa: ANN401 - JSON of several shapes
    return json.loads((TRUTH / name / f"{part}.json").read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def table_named(document: DocumentTree, title: str) -> Table:
    (found,) = (table for table in document.tables() if table.caption == title)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_kept_or_is_page_furniture(name: str) -> None:
    document = tree(name)
    assert document.wrapped == (name == "quxian-2022-final-accounts")
    source = "".join(line.text for line in document.lines)
    source = squeezed(re.sub(r"\[bookmark: [^\]]*\]", "", source))
    assert 0 <= len(source) - len(squeezed(document.text)) <= 8
    assert not document.problems


@pytest.mark.parametrize("name", NAMES)
def test_segments_are_exact(name: str) -> None:
    document = tree(name)
    source = (SOURCES / f"{name}.txt").read_text(encoding="utf-8")
    for block in document.blocks:
        if not isinstance(block, Table):
            assert block.segments
            for s in block.segments:
                shown = block.text[s.text_start : s.text_start + s.length]
                assert source[s.source_start : s.source_start + s.length] == shown


def test_the_eleven_tables_of_a_budget() -> None:
    document = tree("lingshou-2021-budget")
    facts = truth("lingshou-2021-budget", "tables")
    assert len(facts["tables"]) == 11
    for fact in facts["tables"]:
        table = table_named(document, fact["title"])
        assert fact["org"] in table.notes
        assert table.caption_line == fact["line"]
        if "note" in fact:
            assert fact["note"] in table.notes
        heads = [[squeezed(text) for text in row if text.strip()] for row in table.texts()]
        for expected in fact.get("header_rows", ()):
            assert [squeezed(text) for text in expected if text.strip()] in heads
        rows = {row[0].line: row for row in table.rows}
        assert {row["line"] for row in fact["rows"]} <= set(rows)
        for row in fact["rows"]:
            printed = {squeezed(cell.text) for cell in rows[row["line"]]}
            assert squeezed(row["name"]) in printed
            assert row.get("code") is None or row["code"] in printed
            numbers = {float(text) for text in printed if re.fullmatch(r"\d+(\.\d+)?", text)}
            assert {value for value in row["values"].values() if value is not None} <= numbers


def test_the_target_tables_of_a_budget() -> None:
    document = tree("lingshou-2021-budget")
    facts = truth("lingshou-2021-budget", "targets")["tables"]
    for fact in facts:
        table = table_named(document, fact["title"])
        assert table.texts()[0][1] == "\n".join(fact["goals"])
        assert table.texts()[1][0] == "一级指标"
        shown = [(row[0].line, row[2].text, row[4].text) for row in table.rows[2:]]
        assert shown == [(i["line"], i["level3"], i["target_text"]) for i in fact["indicators"]]


def test_sections_of_final_accounts() -> None:
    document = tree("quxian-2022-final-accounts")
    sections = [
        h for h in document.headings() if h.section and h.section[0].startswith("第二部分") and h.level == 2
    ]
    assert [h.numbering for h in sections] == [f"{n}、" for n in "一二三四五六七八九十"]
    parts = [h.text for h in document.headings() if h.level == 1][1:]
    assert [part[:4] for part in parts] == ["第一部分", "第二部分", "第三部分", "第四部分", "第五部分"]
    assert len(document.toc) == 30 - sum(entry.text == "" for entry in document.toc)
    assert {entry.page_label for entry in document.toc} >= {"1", "15", "65"}
    items = [p for p in document.paragraphs() if p.text.startswith("1.社会保障和就业（类）")]
    assert [p.section[-1] for p in items] == ["（三）一般公共预算财政拨款支出决算具体情况"]


def test_claims_stand_in_joined_paragraphs_on_their_pages() -> None:
    document = tree("quxian-2022-final-accounts")
    texts = [squeezed(p.text) for p in document.paragraphs()]
    claims = truth("quxian-2022-final-accounts", "claims")
    quotes = [squeezed(c.get("quote_without_page_number", c["quote"])) for c in claims]
    found = sum(any(quote in text for text in texts) for quote in quotes)
    assert found > 0.95 * len(quotes)
    assert all(document.page_of(c["lines"][0]) == c["page"] for c in claims)


def test_claims_of_a_budget_stand_in_paragraphs_or_tables() -> None:
    document = tree("lingshou-2021-budget")
    text = squeezed(document.text)
    quotes = [squeezed(claim["quote"]) for claim in truth("lingshou-2021-budget", "claims")]
    assert sum(quote in text for quote in quotes) > 0.8 * len(quotes)


def test_a_report_with_tables_in_between() -> None:
    document = tree("dachuan-2018-final-accounts")
    completion, rubric = document.tables()
    assert (len(completion.rows), completion.width) == (21, 6)
    facts = truth("dachuan-2018-final-accounts", "completion_table")
    lines = {row[0].line for row in completion.rows}
    assert {indicator["line"] for indicator in facts["indicators"]} <= lines
    assert rubric.texts()[-1][-1] == "18"
    following = document.blocks[document.blocks.index(rubric) + 1]
    assert isinstance(following, Heading)
    assert following.text == "（二）绩效分析"
    assert not any("bookmark" in block.text for block in document.blocks)


def test_sentences_broken_over_pages_of_a_report() -> None:
    document = tree("lingshou-2022-self-evaluation")
    projects = truth("lingshou-2022-self-evaluation", "facts")["projects"]
    texts = [squeezed(p.text) for p in document.paragraphs()]
    for project in projects:
        assert any(squeezed(project["purpose"]) in text for text in texts)
        whole = next(text for text in texts if squeezed(project["name"]) in text and "实际支出" in text)
        assert whole.endswith("自评得分100分。")


def test_a_damaged_scan() -> None:
    first, second = tree("zhanjiang-2023-self-evaluation").tables()
    assert first.caption.endswith("评分表")
    assert (first.width, second.width) == (12, 9)
