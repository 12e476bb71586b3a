"""What a document is: its kind, the department, the year and the authority whose standards it follows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from hengjian.documents import DocumentTree, Table
from hengjian.packs import Library

_YEAR = re.compile(r"(20[012]\d)\s*年")
_KINDS = (
    ("final_accounts", re.compile(r"部门决算|单位决算|决算公开|支出决算")),
    ("budget", re.compile(r"部门预算(?!项目)|单位预算|预算公开|预算安排")),
    ("self_evaluation", re.compile(r"绩效自评|自评报告|绩效评价报告")),
    ("targets", re.compile(r"绩效目标申报表|绩效目标表")),
)
_BODY = r"(?:局|委员会|委|中心|办公室|厅|站|部(?!门|分)|学校|医院|研究院|法院|检察院|人民政府|党校)"
_TITLED = re.compile(
    rf"(?:(?:评价|编制|填报|预算|公开)?(?:单位|部门)(?:名称)?[（(]?[^：:]{{0,6}}[：:])?\d*[.、]?"
    rf"(?P<name>[\u4e00-\u9fff]{{3,24}}{_BODY})(?!长|员)"
)
_NAMED = re.compile(
    rf"(?!部门|单位|(?<=部)门|(?<=单)位)[\u4e00-\u9fff]{{2,4}}[省市县区旗盟州][\u4e00-\u9fff]{{2,14}}?{_BODY}"
)
_TITLE_LINES = 30
_BEFORE_NAME = re.compile(r"^(?:20\d\d年度?|预算年度|关于|附件\d*|[一二三四五六七八九十]+、|[\s\d.]+)+")
_PROJECT_CODE = r"\d{2,4}\d{2}[A-Z][0-9A-Z]{12}"
_NO_NAMES = ("部门", "单位", "本级", "主要")
_CAPTIONS = ("主管部门", "实施单位", "使用单位")
"""Captions of a form whose cells stand on one line: what holds one is no name."""


def kind_of(tree: DocumentTree) -> str:
    """Return budget, final_accounts, self_evaluation, targets or unknown.

    The title decides; without a word there, the most frequent one in the text. The forms in a document's
    opening do not outvote its title: a publication of accounts has a form of evaluation for each project.
    """
    opening = [block for block in islice(tree.blocks, _TITLE_LINES) if not isinstance(block, Table)]
    title = "\n".join(block.text for block in opening)
    for text in (title, "\n".join(_opening(tree)), tree.text):
        counts = {kind: len(pattern.findall(text)) for kind, pattern in _KINDS}
        best = max(counts, key=lambda kind: counts[kind])
        if counts[best]:
            return best
    return "unknown"


def year_of(tree: DocumentTree) -> int | None:
    """Return the year the document is about: that of its title, else the most frequent one."""
    for text in ("\n".join(_opening(tree)[:8]), tree.text):
        years = Counter(int(year) for year in _YEAR.findall(text))
        if years:
            most = max(years.values())
            return max(year for year, count in years.items() if count == most)
    return None


def entity_of(tree: DocumentTree) -> str | None:
    """Return the department's name: the one of the opening lines, or of the text, that is repeated most."""
    text = "".join(tree.text.split())
    titled = (_BEFORE_NAME.sub("", "".join(line.split())) for line in _opening(tree))
    names = {match["name"] for line in titled if (match := _TITLED.match(line)) is not None}
    named = {
        name for name in names if not name.startswith(_NO_NAMES) and not any(c in name for c in _CAPTIONS)
    }
    if not named:
        found = Counter(match[0] for match in _NAMED.finditer(text))
        return found.most_common(1)[0][0] if found else None
    return max(named, key=lambda name: (text.count(name), len(name)))


def pack_of(tree: DocumentTree, library: Library) -> str:
    """Return the pack whose authority the text names most, else the national one (or the first)."""
    text = tree.text
    counts: dict[str, int] = {}
    for pack_id, pack in library.packs.items():
        title = pack.manifest.title.zh
        if pack.manifest.inherits is not None:
            names = {title, title.removesuffix("省").removesuffix("市"), *pack.manifest.places}
            counts[pack_id] = sum(text.count(name) for name in names)
            if pack.manifest.region is not None:
                counts[pack_id] += len(re.findall(rf"(?<!\d){pack.manifest.region}{_PROJECT_CODE}", text))
    best = max(counts, key=lambda pack_id: counts[pack_id], default=None)
    if best is not None and counts[best]:
        return best
    return next((p for p in library.packs if p.endswith("national")), min(library.packs))


def _opening(tree: DocumentTree) -> list[str]:
    return [text for block in islice(tree.blocks, _TITLE_LINES) if (text := block.text.strip())]
