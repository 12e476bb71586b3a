"""What a document is: its kind, the department, the year and the authority whose standards it follows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from hengjian.documents import DocumentTree, Table
from hengjian.packs import Library

_KINDS = (
    (
        "final_accounts",
        re.compile(r"(?:部门|单位|财政|支出)决算|决算(?:信息)?公开|决算(?:情况)?(?:的)?(?:说明|报告|批复)"),
    ),
    (
        "budget",
        re.compile(
            r"部门预算(?!项目|执行|绩效)|单位预算(?!执行)|预算(?:信息)?公开|预算安排|预算的(?:说明|批复|报告)"
        ),
    ),
    (
        "self_evaluation",
        re.compile(r"绩效自评|自评报告|自我评价报告|绩效评价(?:报告|得分表|结果)|绩效自我评价"),
    ),
    ("targets", re.compile(r"绩效目标申报表|绩效目标表|绩效目标批复表")),
)
_YEAR = re.compile(r"(20[012]\d)\s*年(?!\s*\d{1,2}\s*月)")
_CHINESE_YEAR = re.compile(r"二[〇○Oo0零]([一二三]?[〇○Oo0零一二三四五六七八九])年")
_DIGITS = {**dict.fromkeys("〇○Oo0零", "0"), **{c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}}
_LABELLED_YEAR = re.compile(r"(?:评价|预算|决算|会计|填报)?年度\s*[：:]\s*(20[012]\d)")

_BODY = (
    r"(?:局|委员会|委|中心|办公室|办|厅|站|部(?!门|分)|学校|中学|小学|幼儿园|大学|学院|党校|医院|卫生院|研究院|法院|检察院"
    r"|人民政府|街道办事处|办事处|管理处|管委会|馆|所|总队|支队|大队|队|总工会|工会|联合会|红十字会|协会|商会|侨联|妇联|联盟|团委"
    r"|常务委员会|政协|党组|电视台|融媒体中心|报社|供销社|联合社|养老院|福利院|疗养院|剧团|监狱|园区|林场|保护区)"
)
_KIND_WORD = re.compile(r"决算|预算|绩效|自评|评价报告|年度报告")
_BEFORE_YEAR = re.compile(
    r"(?:.{0,12}(?:关于|批复|公开|印发))?(?:批复|公开|印发|公布)?(?P<name>[\u4e00-\u9fff]{3,30}?)"
    r"(?:[（(](?:本级|机关|汇总|含下属单位)[）)])?(?:部门|单位)?(?:关于(?:公开|印发|批复)?)?20[012]\d年"
)
_AFTER_YEAR = re.compile(
    r"20[012]\d年度?(?P<name>[\u4e00-\u9fff]{3,30}?)(?:[（(](?:本级|机关|汇总)[）)])?"
    r"(?:部门|单位|预算|决算|整体|项目|绩效|支出|财政|区级|县级|市级)"
)
_LABELLED = re.compile(
    r"(?:单位|部门|编制单位|填报单位|评价单位)(?:名称)?[（(]?(?:公章|盖章|章)?[）)]?[：:]\s*(?:\d{3,9}[-_.]?)?"
    rf"(?P<name>[\u4e00-\u9fff]{{3,30}}{_BODY})(?![\u4e00-\u9fff])"
)
_TITLED = re.compile(
    rf"(?:(?:评价|编制|填报|预算|公开)?(?:单位|部门)(?:名称)?[（(]?[^：:]{{0,6}}[：:])?\d*[.、]?"
    rf"(?P<name>[\u4e00-\u9fff]{{3,24}}{_BODY})(?!长|员)"
)
_NAMED = re.compile(
    rf"(?!部门|单位|(?<=部)门|(?<=单)位)[\u4e00-\u9fff]{{2,4}}[省市县区旗盟州][\u4e00-\u9fff]{{2,14}}?{_BODY}"
)
_TITLE_LINES = 30
_LONGEST_TITLE = 80
_BEFORE_NAME = re.compile(r"^(?:20\d\d年度?|预算年度|关于|附件\d*|[一二三四五六七八九十]+、|[\s\d.]+)+")
_PROJECT_CODE = r"\d{2,4}\d{2}[A-Z][0-9A-Z]{12}"
_NO_NAMES = ("部门", "单位", "本级", "主要", "各", "本", "我")
_CAPTIONS = ("主管部门", "实施单位", "使用单位")
"""Captions of a form whose cells stand on one line: what holds one is no name."""


def kind_of(tree: DocumentTree) -> str:
    """Return budget, final_accounts, self_evaluation, targets or unknown.

    The first word of a kind in the opening decides; without one there, the most frequent one in the text. The
    forms in a document's opening do not outvote its title: a publication of accounts has a form of evaluation
    for each project.
    """
    for line in (*_titles(tree), *_opening(tree)):
        kind = _first_kind(line)
        if kind is not None:
            return kind
    counts = {kind: len(pattern.findall(tree.text)) for kind, pattern in _KINDS}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else "unknown"


def _first_kind(line: str) -> str | None:
    """Return the kind of a line of the title: of the words of kinds in it, the one that stands last.

    A title ends with what the document is: 关于2022年部门预算项目绩效自评报告 is an evaluation.
    """
    found = [(match.end(), kind) for kind, pattern in _KINDS for match in pattern.finditer(_squeezed(line))]
    return max(found)[1] if found else None


def year_of(tree: DocumentTree) -> int | None:
    """Return the year the document is about: that of its title, else the most frequent one.

    A day, such as that of publication, is no year that a document is about.
    """
    titles = [line for line in map(_squeezed, _titles(tree)) if _KIND_WORD.search(line)]
    for line in titles[:3]:
        years = _years(line)
        if years:
            return years[-1] if _first_kind(line) is None else _nearest(line, years)
    opening = _opening(tree)
    labelled = [int(match[1]) for line in opening for match in _LABELLED_YEAR.finditer(line)]
    if labelled:
        return labelled[0]
    for text in ("\n".join(opening[:8]), tree.text):
        counted = Counter(_years(text))
        if counted:
            most = max(counted.values())
            return max(year for year, count in counted.items() if count == most)
    return None


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]


def _in_digits(match: re.Match[str]) -> str:
    tail = "".join(_DIGITS[char] for char in match[1]).rjust(2, "0")
    return f"20{tail}年"


def _nearest(line: str, years: list[int]) -> int:
    """Return the year that stands last before the last word of a kind, the first year when none does."""
    ends = [match.end() for _, pattern in _KINDS for match in pattern.finditer(line)]
    before = [int(match[1]) for match in _YEAR.finditer(line) if match.end() <= max(ends, default=0)]
    return before[-1] if before else years[0]


def entity_of(tree: DocumentTree) -> str | None:
    """Return the department's name: that of the title or of a label, else the one that is repeated most."""
    for line in _titles(tree):
        name = _name_in_title(_squeezed(line))
        if name is not None:
            return name
    text = "".join(tree.text.split())
    opening = ["".join(line.split()) for line in _opening(tree)]
    labelled = next((match["name"] for line in opening if (match := _LABELLED.search(line))), None)
    if labelled is not None and _is_name(labelled):
        return labelled
    titled = (_BEFORE_NAME.sub("", line) for line in opening)
    names = {match["name"] for line in titled if (match := _TITLED.match(line)) is not None}
    named = {name for name in names if _is_name(name)}
    if not named:
        found = Counter(match[0] for match in _NAMED.finditer(text))
        return found.most_common(1)[0][0] if found else None
    return max(named, key=lambda name: (text.count(name), len(name)))


def _name_in_title(text: str) -> str | None:
    """Return the name in a title: 甲县教育局2022年度部门决算, 2022年度甲县教育局部门决算."""
    if len(text) > _LONGEST_TITLE or _KIND_WORD.search(text) is None:
        return None
    for pattern in (_BEFORE_YEAR, _AFTER_YEAR):
        for match in pattern.finditer(text):
            name = match["name"].removesuffix("部门").removesuffix("单位")
            if _is_name(name) and re.search(rf"{_BODY}$", name):
                return name
    return None


def _is_name(name: str) -> bool:
    return not name.startswith(_NO_NAMES) and not any(caption in name for caption in _CAPTIONS)


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


def _titles(tree: DocumentTree) -> Iterator[str]:
    """Yield the short lines of the opening that are neither table nor sentence."""
    for block in islice(tree.blocks, _TITLE_LINES):
        text = block.text.strip()
        if not isinstance(block, Table) and 0 < len(text) <= _LONGEST_TITLE and "。" not in text:
            yield text


def _squeezed(text: str) -> str:
    """Return a title without white space, with its digits as usual: ２０２２ and 二〇二二 are 2022."""
    return _CHINESE_YEAR.sub(_in_digits, unicodedata.normalize("NFKC", "".join(text.split())))


def _opening(tree: DocumentTree) -> list[str]:
    return [text for block in islice(tree.blocks, _TITLE_LINES) if (text := block.text.strip())]
