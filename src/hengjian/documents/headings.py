"""Which lines are headings, at which level, and which are lines of a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CHINESE = "[〇零一二三四五六七八九十百]+"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第\s*(?P<number>{_CHINESE}|\d{{1,2}})\s*(?:部分|章|编|篇)[、.．：:]?")),
    ("chinese", re.compile(rf"(?P<number>{_CHINESE})\s*[、.．]")),
    ("chinese-paren", re.compile(rf"[（(]\s*(?P<number>{_CHINESE})\s*[)）][、.．]?")),
    ("arabic", re.compile(r"(?P<number>\d{1,2})\s*(?:[.．](?!\d)|、(?!\s*\d))")),
    ("arabic-paren", re.compile(r"[（(]\s*(?P<number>\d{1,2})\s*[)）][、.．]?")),
    ("circled", re.compile(r"(?P<number>[①-⑳])")),
)
_RANKS = {
    style: rank
    for rank, style in enumerate(
        ("part", "annex", "title", "chinese", "chinese-paren", "arabic", "arabic-paren", "circled", "form")
    )
}
_LONGEST = {"part": 40, "chinese": 36, "chinese-paren": 36, "arabic": 40, "arabic-paren": 30, "circled": 24}
_CHINESE_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}

_ANNEX = re.compile(
    rf"(?:附件|附表|附录)\s*(?:\d{{1,2}}|{_CHINESE})?(?:\s*[-—－.]\s*\d{{1,2}})?(?:\s*[:：]?|\s*[:：].+)"
)
_YEAR_NOTE = r"(?:\s*[（(][^（）()]{1,20}[)）])?"
_TITLE = re.compile(
    rf"(?:\S.{{3,58}}(?:报告书?|说明|方案)|\S.{{1,50}}(?:部门|单位|年度?).{{0,8}}(?:预算|决算)(?:公开)?){_YEAR_NOTE}"
)
_FORM = re.compile(rf"\S.{{2,58}}表{_YEAR_NOTE}")
_STOPS = re.compile(r"[。！？!?；;]")
_CLAUSES = re.compile(r"[，,。；;！？!?]|[：:](?=.)|\d+(?:\.\d+)?\s*(?:万|亿|元|%|％)")
_SENTENCE = re.compile(r"[。；;！？!?：:\d]")
_NOUN_END = re.compile(
    r"(?:情况|概况|分析|职能|职责|目标|说明|过程|构成|组成|问题|建议|措施|概述|结果|评价|结论)$"
)
_SLOGAN, _SHORT = 24, 12
_TOC = re.compile(
    r"(?P<title>\S.*?)\s*(?:[.．·]{3,}|[…⋯]+|\.{2,}…)[.．·…⋯\s]*[（(]?(?P<page>\d{1,4})?[)）]?\s*"
)
_TOC_SPACE = re.compile(r"(?P<title>\S.*?)\s+(?P<page>\d{1,3})\s*")
_TOC_TITLE = re.compile(r"目\s*[录次]|contents", re.IGNORECASE)

LONGEST_TITLE = 60
"""A longer line is no title."""

LONGEST_CONTENTS_LINE = 300
"""A longer line, dots included, is no line of a table of contents."""

CONTENTS = ("目录",)
"""The section of the lines of a table of contents."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark at the start of a line: its style, its number (0 when unknown) and its words."""

    style: str
    number: int
    text: str


def mark_of(text: str) -> Mark | None:
    """Return the numbering mark that a line begins with, None when it has none.

    >>> mark_of("（二）收入情况"), mark_of("1.5万元") is None, mark_of("9、11月") is None
    (Mark(style='chinese-paren', number=2, text='（二）'), True, True)
    """
    for style, pattern in _STYLES:
        if match := pattern.match(text):
            return Mark(style, _number(match["number"]), match[0])
    return None


def heading_mark(text: str) -> Mark | None:
    """Return the mark of a heading, None for any other line, also for a numbered sentence.

    >>> heading_mark("三、收入情况说明").style, heading_mark("1.办公费支出 2.50 万元，完成预算 100%。")
    ('chinese', None)
    """
    mark = mark_of(text)
    if mark is None:
        return _plain_heading(text)
    body = text[len(mark.text) :].strip()
    return mark if body and len(body) <= _LONGEST[mark.style] and _is_title(mark.style, body) else None


def states_something(text: str) -> bool:
    """Tell whether a line has clauses or amounts, so that it is a sentence rather than a title."""
    return bool(_CLAUSES.search(re.sub("[：:]", "", text)))


def may_head(text: str) -> bool:
    """Tell whether a line that the source calls a heading is short enough to be one."""
    return 0 < len(text) <= LONGEST_TITLE and not _STOPS.search(text[:-1])


def _is_title(style: str, body: str) -> bool:
    if style == "part":
        return not _STOPS.search(body)
    bare = body.rstrip("。．.：:")
    if _CLAUSES.search(bare):
        # Slogans such as 加强领导，落实责任 are headings; anything with a figure in it is a sentence.
        slogan = bare == body and not _SENTENCE.search(body) and len(body) <= _SLOGAN
        return slogan and style.startswith("chinese")
    if body[-1] in "。．.":
        return bool(_NOUN_END.search(bare)) or (style.startswith("chinese") and len(bare) <= _SHORT)
    return body[-1] not in "、，,；;"


def _plain_heading(text: str) -> Mark | None:
    """Recognise an annex line or the title of a report or form, which bear no number."""
    if len(text) > LONGEST_TITLE or states_something(text):
        return None
    for style, pattern in (("annex", _ANNEX), ("title", _TITLE), ("form", _FORM)):
        if pattern.fullmatch(text):
            return Mark(style, 0, "")
    return None


def toc_line(text: str, *, inside: bool = False) -> tuple[str, str] | None:
    """Return title and page label of a line of a table of contents, None for any other line.

    Dot leaders are a certain sign; white space and a number are one only `inside` a table of contents.

    >>> toc_line("一、部门职责…………....12"), toc_line("一、部门职责")
    (('一、部门职责', '12'), None)
    """
    stripped = text.strip()
    if len(stripped) > LONGEST_CONTENTS_LINE:
        return None
    match = _TOC.fullmatch(stripped) or (_TOC_SPACE.fullmatch(stripped) if inside else None)
    return (match["title"].strip(), match["page"] or "") if match else None


def is_toc_title(text: str) -> bool:
    """Tell whether a line is the words 目录 (or 目 录) alone."""
    return bool(_TOC_TITLE.fullmatch(text.strip()))


@dataclass(frozen=True, slots=True)
class _Open:
    style: str
    number: int
    text: str
    outline: int | None


@dataclass(slots=True)
class Outline:
    """The headings that stand open while a document is read in order."""

    _open: list[_Open] = field(default_factory=list)

    @property
    def section(self) -> tuple[str, ...]:
        """The texts of the open headings, outermost first."""
        return tuple(heading.text for heading in self._open)

    @property
    def in_form(self) -> bool:
        """Whether the innermost open heading is the title of a form."""
        return bool(self._open) and self._open[-1].style == "form"

    def enter(self, mark: Mark, text: str, outline: int | None = None) -> tuple[int, tuple[str, ...]]:
        """Close what the heading ends and open it; return its level from 1 and the path above it.

        `outline` is the level that the source states; a printed mark outweighs it. 0 ends all others.
        """
        style = self._style(mark)
        del self._open[self._kept(style, mark.number, outline) :]
        above = self.section
        self._open.append(_Open(style, mark.number, text, outline))
        return len(above) + 1, above

    def leave(self, text: str) -> None:
        """Close the innermost heading again, when it is `text`: it was no heading after all."""
        if self._open and self._open[-1].text == text:
            del self._open[-1]

    def _style(self, mark: Mark) -> str:
        """Read ``9、`` after ``八、`` as ``九、``: converters lose the form of automatic numbers."""
        styles = [heading.style for heading in self._open]
        if mark.style == "arabic" and "arabic" not in styles and "chinese" in styles:
            last = self._open[styles.index("chinese")].number
            return "chinese" if 1 < mark.number == last + 1 else "arabic"
        return mark.style

    def _kept(self, style: str, number: int, outline: int | None) -> int:
        styles = [heading.style for heading in self._open]
        if outline == 0:
            return 0
        if style in styles and style != UNMARKED:
            return styles.index(style)
        if style == "part" and "chinese" in styles:
            # Parts that begin under a numbered section belong to it, and the next section ends them.
            return styles.index("chinese") + 1
        if style == "arabic" and number == 1 and styles[-1:] == ["arabic-paren"]:
            return len(styles)
        for index, heading in enumerate(self._open):
            if outline is not None and heading.outline is not None:
                ends = heading.outline >= outline
            else:
                ends = UNMARKED not in {style, heading.style} and _RANKS[heading.style] >= _RANKS[style]
            if ends:
                return index
        return len(styles)


UNMARKED = "outline"
"""The style of a heading that the source calls one and that bears no mark."""


def _number(text: str) -> int:
    """Read a Chinese, Arabic or circled numeral up to 99; 0 when it is none."""
    if text.isascii():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS.get(text, 0)
    return (_CHINESE_DIGITS.get(tens, 0) if tens else 1) * 10 + _CHINESE_DIGITS.get(ones, 0)
