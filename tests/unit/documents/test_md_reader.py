from hengjian.documents.bounds import Bounds
from hengjian.documents.md_reader import read_markdown
from hengjian.documents.tree import DocumentTree

TEXT = r"""# 某馆部门决算公开

## 一、概况 ##

本馆**全年**开放，读者满意 1\.5 万人次。
- 第一项完成。

收支总表

单位：万元

| 项目 | 金额 |
| --- | ---: |
| 合计\|总 | 12.50 |
| 甲<br>乙 | |

<table>
<tr><td rowspan="2">级</td><td>名称</td></tr>
<tr><td>值</td></tr>
</table>
"""


def read() -> DocumentTree:
    return read_markdown(TEXT.encode(), "a.md", "0" * 64, Bounds())


def test_headings_and_paragraphs_lose_their_marks() -> None:
    tree = read()
    assert [block.text for block in tree.headings()] == ["某馆部门决算公开", "一、概况"]
    paragraphs = list(tree.paragraphs())
    assert [block.text for block in paragraphs] == ["本馆全年开放，读者满意 1.5 万人次。", "第一项完成。"]
    for block in paragraphs:
        for segment in block.segments:
            run = block.text[segment.text_start : segment.text_start + segment.length]
            assert TEXT[segment.source_start : segment.source_start + segment.length] == run


def test_tables_with_bars_and_tables_of_html() -> None:
    bars, html = read().tables()
    assert bars.caption == "收支总表"
    assert bars.notes == ("单位：万元",)
    assert bars.texts() == (("项目", "金额"), ("合计|总", "12.50"), ("甲\n乙", ""))
    assert html.texts() == (("级", "名称"), ("", "值"))
    assert [TEXT.split("\n")[cell.line - 1][:7] for cell in html.cells] == ["<tr><td"] * 3
