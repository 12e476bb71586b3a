"""The HTML report: whole, safe, the same every time, and every finding beside the document's words."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from hengjian.audit import Audited, audit
from hengjian.audit.html import audit_html
from hengjian.audit.quotes import Surroundings, mark
from hengjian.documents import read_document
from hengjian.kernel import Outcome, Place
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library

TEXT = """某县某局2022年度部门决算
一、收入情况
2022年支出合计100.00万元，比上年增加10.00万元，增长21.11%。<script>alert(1)</script>
二、人员情况
行政编制10名，实有12人。
"""
FORM = [
    ["项目", "金额", "项目", "金额"],
    ["一、一般公共预算财政拨款收入", "100.00", "一、一般公共服务支出", "90.00"],
    ["二、<b>自设行</b>", "5.00", "八、社会保障和就业支出", "二十"],
    ["本年收入合计", "105.00", "本年支出合计", ""],
    ["年初结转和结余", "0.00", "年末结转和结余", "3.00"],
    ["总计", "105.00", "总计", "108.00"],
]
VOID = {"meta", "input", "br"}


class Checker(HTMLParser):
    """Checks that tags nest, and collects ids, links, headings and the text in each tag."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.stack.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name in {"src", "srcset", "action", "style"} or name.startswith("on"):
                self.loads.append(f"{tag} {name}")
        if tag in {"script", "link", "iframe", "img", "object"}:
            self.loads.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def checked(page: str) -> Checker:
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert not checker.stack
    return checker


def marked(page: str) -> list[str]:
    return ["".join(words.split()) for words in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)]


def written(folder: Path, text: str, name: str = "说明.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(data_folder("packs"))


@pytest.fixture
def audited(tmp_path: Path, library: Library) -> Audited:
    return audit(written(tmp_path, TEXT), library)


@pytest.fixture
def tabled(tmp_path: Path, library: Library) -> Audited:
    document = docx.Document()
    document.add_paragraph("某县某局2022年度部门决算")
    document.add_heading("一、收入支出决算总表", 1)
    document.add_paragraph("单位：万元")
    table = document.add_table(len(FORM), len(FORM[0]))
    for row, cells in zip(table.rows, FORM, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    path = tmp_path / "总表.docx"
    document.save(str(path))
    return audit(path, library)


def test_every_finding_stands_beside_its_marked_words(audited: Audited) -> None:
    page = audit_html([audited])
    assert len(audited.findings) == 2
    assert marked(page) == [
        "2022年支出合计100.00万元，比上年增加10.00万元，增长21.11%",
        "行政编制10名，实有12人",
    ]
    for number, finding in enumerate(audited.findings, 1):
        assert f'id="f1-{number}"' in page
        assert finding.message.zh in page
        assert finding.suggestion is not None
        assert finding.suggestion.zh in page
    assert "11.11%" in page


def test_the_documents_words_cannot_become_markup(audited: Audited, tmp_path: Path, library: Library) -> None:
    page = audit_html([audited])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    hostile = TEXT.replace("一、收入情况", "一、<img src=x onerror=alert(1)>情况")
    hostile = hostile.replace("二、人员", "二、'\"><svg onload=alert(1)>人员")
    page = audit_html([audit(written(tmp_path, hostile, "<b onclick=x>&'.txt"), library)])
    assert not checked(page).loads
    assert "&lt;img src=x" in page
    assert "&lt;svg onload" in page
    assert "&lt;b onclick=x&gt;&amp;&#39;.txt" in page


def test_the_page_needs_nothing_from_outside_and_is_the_same_each_time(
    audited: Audited, tabled: Audited
) -> None:
    page = audit_html([audited, tabled])
    assert page == audit_html([audited, tabled])
    assert not re.search(r"https?:|//|url\(|@import", page)
    checker = checked(page)
    assert not checker.loads
    assert all(link.startswith("#") for link in checker.links)
    assert {link[1:] for link in checker.links} <= set(checker.ids)
    assert len(checker.ids) == len(set(checker.ids))


def test_headings_follow_one_another(audited: Audited, tabled: Audited) -> None:
    levels = checked(audit_html([audited, tabled])).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_clean_and_an_unreadable_document_are_said_to_be_so(tmp_path: Path, library: Library) -> None:
    said = "某县某局2022年度部门决算\n支出合计110.00万元，比上年增加10.00万元，增长10%。\n"
    clean = audit(written(tmp_path, said), library)
    assert not clean.findings
    page = audit_html([clean])
    assert "没有发现需要更正或说明的地方。" in page
    assert "所做的核对全部成立。" in page
    page = audit_html([audit(tmp_path / "absent.docx", library)])
    assert "这份文件没有读成" in page
    assert "找不到这个文件" in page


def test_a_document_without_figures_is_not_called_sound(tmp_path: Path, library: Library) -> None:
    page = audit_html([audit(written(tmp_path, "某县某局2022年度部门决算\n本年工作顺利。\n"), library)])
    assert "不能据此认为文件没有问题" in page
    assert "没有发现需要更正" not in page


def test_several_documents_are_listed_first(audited: Audited, tabled: Audited) -> None:
    page = audit_html([audited, tabled])
    overview = page[page.index('id="overview"') : page.index("</table>")]
    assert [name in overview for name in ("说明.txt", "总表.docx", "合计")] == [True] * 3
    assert 'id="overview"' not in audit_html([audited])


def test_rows_of_a_table_are_shown_under_its_head(tabled: Audited) -> None:
    finding = next(f for f in tabled.findings if f.code == "table.not-a-number")
    context = Surroundings(tabled.tree).of(finding.place)
    assert [cell.pieces[0].text for cell in context.head] == FORM[0]
    assert [[cell.pieces[0].text for cell in row] for row in context.rows] == FORM[1:4]
    words = [piece.text for row in context.rows for cell in row for piece in cell.pieces if piece.marked]
    assert words == ["八、社会保障和就业支出", "二十"]


def test_what_was_not_read_or_checked_is_listed_at_the_end(tabled: Audited) -> None:
    page = audit_html([tabled])
    end = page[page.index('id="u1"') :]
    unchecked = [f for f in tabled.findings if f.code in {"table.unmapped", "identity.not-evaluable"}]
    assert {f.code for f in unchecked} == {"table.unmapped", "identity.not-evaluable"}
    for finding in unchecked:
        assert finding.title.zh in end
    assert "二、&lt;b&gt;自设行&lt;/b&gt;" in end
    assert f"有{len(unchecked)}处没有读到或无法核对" in page


def test_sentences_without_a_verdict_are_listed(audited: Audited) -> None:
    undecided = tuple(replace(claim, outcome=Outcome.NOT_EVALUABLE, finding=None) for claim in audited.claims)
    page = audit_html([replace(audited, claims=undecided)])
    assert "缺少核对所需的另一个数" in page[page.index('id="u1"') :]


def test_many_findings_of_a_kind_share_what_is_the_same(audited: Audited) -> None:
    staff = next(f for f in audited.findings if f.code == "document.headcount")
    many = tuple(replace(staff, place=staff.place.at(row=f"第{n}组")) for n in range(4))
    assert staff.suggestion is not None
    page = audit_html([replace(audited, findings=many)])
    assert page.count(staff.suggestion.zh) == 1
    assert page.count('class="finding ') == 4
    assert audit_html([replace(audited, findings=many[:2])]).count(staff.suggestion.zh) == 2


def test_a_quote_over_broken_lines_is_marked_line_by_line(tmp_path: Path) -> None:
    body = "".join(
        f"第{n}段说明本部门按照规定开展预算绩效管理工作并及时公开有关信息接受\n" for n in range(12)
    )
    rows = "数量指标\n参保人\n数\n≥ 100 人 7\n效益指标\n"
    tree = read_document(written(tmp_path, f"{body}{rows}"))
    assert tree.wrapped
    context = Surroundings(tree).of(Place(line=14, quote="参保人 数 ≥ 100 人"))
    found = ["".join(f"[{p.text}]" if p.marked else p.text for p in run) for _, run in context.lines]
    assert found[-4:] == ["[参保人]", "[数]", "[≥ 100 人] 7", "效益指标"]
    assert [number for number, _ in context.lines][-4:] == [14, 15, 16, 17]


def test_a_quote_that_cannot_be_found_stands_alone(audited: Audited) -> None:
    quote = "文件里没有这句话"
    context = Surroundings(audited.tree).of(Place(line=3, quote=quote))
    assert [piece.text for run in context.prose for piece in run] == [quote]
    assert Surroundings(None).of(Place()).prose == ()


def test_words_apart_are_marked_in_order_or_not_at_all() -> None:
    pieces = mark(["合计 1.00 万元", "其中 2.00"], "合计 2.00")
    assert pieces is not None
    assert [p.text for run in pieces for p in run if p.marked] == ["合计", "2.00"]
    assert mark(["合计 1.00"], "1.00 合计") is None
    assert mark([], "合计") is None


def test_english_words_around_the_same_quotes(audited: Audited) -> None:
    page = audit_html([audited], "en")
    assert '<html lang="en">' in page
    assert "What to do" in page
    assert "行政编制10名，实有12人" in page
    assert not re.search("怎么办|必须更正|依据标准", page)


def test_the_head_says_what_was_audited_and_by_what(audited: Audited) -> None:
    page = audit_html([audited])
    for words in ("说明.txt", "某县某局", "2022年度", "部门决算", "全国", "cn/national", audited.sha256[:12]):
        assert words in page
    assert "<title>1处必须更正" in page


def test_sixty_findings_are_quick_and_small(audited: Audited) -> None:
    many = tuple(replace(f, place=f.place.at(row=f"{n}")) for n in range(30) for f in audited.findings)
    audit_html([audited])
    started = time.perf_counter()
    page = audit_html([replace(audited, findings=many)])
    assert time.perf_counter() - started < 1
    assert len(page.encode()) < 500_000


def test_no_document_gives_a_page_all_the_same() -> None:
    checked(audit_html([]))


def test_a_finding_without_words_says_so(audited: Audited) -> None:
    bare = replace(audited.findings[0], place=Place(table="表"))
    assert "没有可引用的文字" in audit_html([replace(audited, findings=(bare,))])
