"""The documents that several benchmarks read or write."""

from __future__ import annotations

import io

import docx

from hengjian.authoring import PlannedDocument, documents_for
from hengjian.filing import Filing
from hengjian.packs import Standards

_KIND = "self_evaluation"


def self_evaluation(filing: Filing, standards: Standards) -> bytes:
    """Return the self-evaluation forms of a filing's projects as docx."""
    planned = (each for each in documents_for(filing, standards) if isinstance(each, PlannedDocument))
    return next(each for each in planned if each.kind == _KIND).render()


def budget_tables(tables: int = 20, rows: int = 40) -> bytes:
    """Return a docx of ruled tables of functional items, each with a caption, a unit and a merged head."""
    document = docx.Document()
    for number in range(tables):
        document.add_paragraph(f"公开{number + 1:02d}表　一般公共预算支出表（功能分类）")
        document.add_paragraph("单位：万元")
        table = document.add_table(rows + 2, 6)
        heads = (("项目", (0, 0), (0, 2)), ("合计", (0, 3), (1, 3)), ("其中", (0, 4), (0, 5)))
        for text, first, last in heads:
            table.cell(*first).merge(table.cell(*last)).text = text
        for column, text in ((0, "编码"), (1, "科目"), (2, "备注"), (4, "基本支出"), (5, "项目支出")):
            table.cell(1, column).text = text
        for r, row in enumerate(table.rows[2:], start=1):
            texts = (f"201{number:02d}{r:02d}", "行政运行", "", f"{r * 3}.50", f"{r}.50", f"{r * 2}.00")
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
