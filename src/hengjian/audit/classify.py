"""What a document is: its kind, the department, the year and the authority whose standards it follows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from hengjian.documents import DocumentTree
from hengjian.packs import Library

_YEAR = re.compile(r"(20[012]\d)\s*年")
_KINDS = (
    ("final_accounts", re.compile(r"部门决算|单位决算|决算公开|支出决算")),
    ("budget", re.compile(r"部门预算|单位预算|预算公开|预算安排")),
    ("self_evaluation", re.compile(r"绩效自评|自评报告|绩效评价报告")),
    ("targets", re.compile(r"绩效目标申报表|绩效目标表")),
)
_ENTITY = re.compile(
    r"(?:(?:评价单位|部门名称|单位名称|编制单位|部门)[：:]\s*)?(?P<name>[\u4e00-\u9fff]{2,20}?"
    r"(?:局|委员会|中心|办公室|厅|部|院|所|处))"
)
_TITLE_LINES = 30
_BEFORE_NAME = re.compile(r"^(?:20\d\d年度?|\d+|预算年度|关于|附件|[一二三四五六七八九十]+、|[\s\d.]+)+")


def kind_of(tree: DocumentTree) -> str:
    """Return budget, final_accounts, self_evaluation, targets or unknown.

    The title decides; without a word there, the most frequent one in the text.
    """
    title = "\n".join(_opening(tree))
    for text in (title, tree.text):
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
    """Return the department's name: the one in the opening lines that the text repeats most."""
    text = "".join(tree.text.split())
    names: Counter[str] = Counter()
    for line in _opening(tree):
        squeezed = _BEFORE_NAME.sub("", "".join(line.split()))
        for match in _ENTITY.finditer(squeezed):
            names[match["name"]] = text.count(match["name"])
    return max(names, key=lambda name: (names[name] > 1, len(name) > 4, names[name]), default=None)  # noqa: PLR2004


def pack_of(tree: DocumentTree, library: Library) -> str:
    """Return the pack whose authority the text names most, else the national one (or the first)."""
    text = tree.text
    counts: dict[str, int] = {}
    for pack_id, pack in library.packs.items():
        title = pack.manifest.title.zh
        if pack.manifest.inherits is not None:
            counts[pack_id] = text.count(title) + text.count(title.removesuffix("省").removesuffix("市"))
    best = max(counts, key=lambda pack_id: counts[pack_id], default=None)
    if best is not None and counts[best]:
        return best
    return next((p for p in library.packs if p.endswith("national")), min(library.packs))


def _opening(tree: DocumentTree) -> list[str]:
    return [text for block in islice(tree.blocks, _TITLE_LINES) if (text := block.text.strip())]
