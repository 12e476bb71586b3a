"""What stands around the article of a web page: navigation, heads and feet, buttons, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

_SILENT = frozenset({
    "script", "style", "head", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "audio", "video", "map", "nav", "input", "select", "button", "textarea", "datalist", "progress",
    "meter", "dialog", "del", "rt", "rp", "link", "meta", "base", "title",
})  # fmt: skip
"""Elements whose content is no text of the page; what `del` holds was struck out by an editor."""

_FURNITURE_TAGS = frozenset({"header", "footer", "aside"})
_NEVER = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "td", "th", "tr", "tbody", "thead", "tfoot", "table",
    "body", "html",
})  # fmt: skip
"""Elements that are part of an article whatever they are called."""

_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav(?:bar|igation)?|menu|bread(?:crumbs?)?|crumbs?|position|location|dqwz|foot(?:er)?|copyright|"
    r"head(?:er)?|logo|banner|search|side(?:bar)?|share|bdsharebuttonbox|print|tool(?:s|bar)?|related|xgxx|prevnext|"
    r"pagination|friendlinks?|links|qrcode|ewm|login|comment|recommend)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LINE = re.compile(
    r"(?:您(?:现在|当前)?|当前|现在)的?(?:所在)?(?:的?位置|页面)\s*[:：].*"
    r"|(?=.*(?:(?:浏览|点击|阅读|访问)(?:次数|量|数)|字[体号]|发布(?:时间|日期)|分享))"
    r"(?:(?:信息)?来源|作者|发布|日期|时间|浏览|点击|阅读|访问|字[体号]|分享|[【\[]).*"
    r"|(?=.*(?:打印|关闭|收藏|分享|返回))"
    r"(?:[【\[\s|/】\]]|打印|关闭|收藏|分享到?|返回(?:顶部)?|[大中小]|本[页文]|窗口|页面)+"
    r"|(?:上一[篇条页]|下一[篇条页]|相关(?:链接|新闻|文章|附件)|责任编辑)\s*(?:[:：].{0,80})?|扫一扫.{0,30}"
)
_LONGEST_LINE = 160
_FILE = re.compile(r"\.(?:docx?|wps|xlsx?|et|pdf|ofd|rtf|odt|ods|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
_LABEL = re.compile(r"(?:附件|下载|附)?\d{0,2}[:：.、]?")
_SITE = re.compile(r"[_|]|\s[-–—]\s")

_WHOLE = 0.9
"""The article is the smallest element with this share of the page's words outside links."""

_LINKED, _LEAST_LINKS = 0.8, 3
"""A part of so many links, with this share of its words in them, is a list of links."""

_LEAST_CELLS = 4
"""A table of figures has so many cells at least."""


@dataclass(slots=True)
class _Weight:
    """What an element holds: characters, those of them in links to elsewhere, these links, cells, tables."""

    words: int = 0
    linked: int = 0
    links: int = 0
    cells: int = 0
    tables: int = 0

    @property
    def is_links(self) -> bool:
        return self.links >= _LEAST_LINKS and self.linked >= _LINKED * self.words

    @property
    def said(self) -> int:
        return self.words - self.linked


def article(root: Element) -> Element:
    """Return the element that holds a page's article; furniture is taken out, never a table of figures."""
    for element in _inside_out(root):
        if is_silent(element):
            remove(element)
    body = next(root.iter("body"), root)
    weights = _weights(body)
    for element in _inside_out(body):
        weight = weights[element]
        if element is body or element.tag in _NEVER or weight.tables:
            continue
        named = f"{element.get('class', '')} {element.get('id', '')}"
        suspect = element.tag in _FURNITURE_TAGS or _FURNITURE.search(named)
        listed = weight.is_links and element.tag in {"ul", "ol", "div", "dl", "section"}
        if listed or (suspect and 2 * weight.said < weights[body].said):
            remove(element)
    return _densest(body)


def is_silent(element: Element) -> bool:
    """Tell whether nothing in an element is shown as text."""
    style = element.get("style", "")
    return element.tag in _SILENT or "hidden" in element.attrib or bool(style and _HIDDEN.search(style))


def is_furniture(line: str) -> bool:
    """Tell whether a line of an article is no part of it: how often it was read, a button, the next article.

    >>> [
    ...     is_furniture(text)
    ...     for text in ("【打印本页】【关闭窗口】", "来源：财政局　浏览次数：128", "资金来源：财政拨款")
    ... ]
    [True, True, False]
    """
    text = line.strip()
    return 0 < len(text) <= _LONGEST_LINE and bool(_LINE.fullmatch(text))


def take_attachments(element: Element) -> list[str]:
    """Take out the lines of an article that only link to files; return what the page calls these."""
    found: list[str] = []
    for link in list(element.iter("a")):
        name = text_of(link).strip()
        if not name or not _FILE.search(link.get("href", "")):
            continue
        found.append(name)
        line = _line_of(link)
        if line is not element and _LABEL.fullmatch(_bare(line).replace("".join(name.split()), "", 1)):
            remove(line)
    return found


def page_title(root: Element) -> str:
    """Return what a page declares as its article's title, else its own title without the site's name."""
    for meta in root.iter("meta"):
        if meta.get("name", "").lower() == "articletitle" and (title := meta.get("content", "").strip()):
            return title
    title = next((text_of(element) for element in root.iter("title")), "")
    return " ".join(_SITE.split(title, maxsplit=1)[0].split())


def remove(element: Element) -> None:
    """Take an element out; the text that follows it stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)


def _inside_out(root: Element) -> Iterator[Element]:
    """Yield the elements, those inside others first, so that any may be removed."""
    yield from reversed(list(root.iter("*")))


def _line_of(link: Element) -> Element:
    line = link
    while (parent := line.getparent()) is not None and line.tag not in {"p", "li", "div", "td"}:
        line = parent
    return line if line.tag != "td" else link


def text_of(element: Element) -> str:
    """Return all text in an element as it stands in the source."""
    return "".join(map(str, element.itertext()))


def _bare(element: Element) -> str:
    return "".join(text_of(element).split())


def _weights(body: Element) -> dict[Element, _Weight]:
    """Weigh every element in one pass."""
    weights: dict[Element, _Weight] = {}
    for element in _inside_out(body):
        weight = weights[element] = _Weight(words=_length(element.text))
        for child in element:
            inner = weights[child]
            weight.words += inner.words + _length(child.tail)
            weight.linked += inner.linked
            weight.links += inner.links
            weight.cells += inner.cells
            weight.tables += inner.tables
        if element.tag == "a" and not element.get("href", "#").startswith("#"):
            weight.linked, weight.links = weight.words, 1
        weight.cells += element.tag in {"td", "th"}
        if element.tag == "table" and not weight.is_links:
            weight.tables += weight.cells >= _LEAST_CELLS
    return weights


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _densest(body: Element) -> Element:
    """Go down as long as one child holds nearly all words and every table."""
    weights = _weights(body)
    whole, found = weights[body], body
    while True:
        inner = next((child for child in found if _holds(weights[child], whole, child)), None)
        if inner is None:
            return found
        found = inner


def _holds(weight: _Weight, whole: _Weight, element: Element) -> bool:
    enough = weight.said > 0 and weight.said >= _WHOLE * whole.said
    return enough and weight.tables == whole.tables and element.tag not in _NEVER
