"""A publication as a page of a government's site, with what such pages have around an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from hengjian.authoring.grid import Cell, Row
from tests.renderings.publication import Heading, Printed, Publication, Words

_TOP = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_{entity}</title>
<style>table{{border-collapse:collapse}}td{{border:1px solid #000}}</style>
<script>var visits = 3232.07;</script></head><body>
<div class="header"><div class="logo">人民政府门户网站</div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li>
<li><a href="/hd">互动交流</a></li></ul></div>
<div class="position">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt;
预决算公开</div>
<div class="article"><h1>{title}</h1>
<div class="info">来源：{entity}　发布时间：{year}-03-15　浏览次数：<span>128</span>　字体：[大 中 小]</div>
<div class="content">
"""
_END = """</div><div class="share">【打印本页】【关闭窗口】</div></div>
<div class="related"><ul><li><a href="/a">上一篇：关于部门预算公开的通知</a></li></ul></div>
<div class="footer">主办：人民政府办公室　备案号：ICP备00000000号</div></body></html>
"""


def html_bytes(publication: Publication) -> bytes:
    """Return the page."""
    values = {
        "title": escape(publication.title),
        "entity": escape(publication.entity),
        "year": publication.year,
    }
    body = "\n".join(line for item in publication.items for line in _item(item))
    return f"{_TOP.format(**values)}{body}\n{_END}".encode()


def _item(item: Heading | Words | Printed) -> Iterator[str]:
    match item:
        case Heading():
            yield f"<h{item.level + 1}>{escape(item.text)}</h{item.level + 1}>"
        case Words():
            yield f"<p>　　{escape(item.text)}</p>"
        case Printed():
            yield f'<p style="text-align:center"><strong>{escape(item.title)}</strong></p>'
            yield from (f"<p>{escape(text)}</p>" for text in item.above)
            for rows in item.tables:
                yield "<table>"
                yield from map(_row, rows)
                yield "</table>"
            yield from (f"<p>{escape(text)}</p>" for text in item.below)


def _row(row: Row) -> str:
    return f"<tr>{''.join(map(_cell, row.cells))}</tr>"


def _cell(cell: Cell) -> str:
    spans = "".join(_span(name, count) for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)))
    return f"<td{spans}>{_paragraphs(cell.text.splitlines())}</td>"


def _paragraphs(lines: Iterable[str]) -> str:
    return "<br>".join(map(escape, lines)) or "&nbsp;"


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""
