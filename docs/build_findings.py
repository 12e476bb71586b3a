"""Write a page for every finding code from the catalogue: ``python docs/build_findings.py``.

The catalogue is the one home of the words; a test holds the pages against it.
"""

from __future__ import annotations

import re
from pathlib import Path

from hengjian.kernel.catalogue import Entry, Severity, catalogue

FOLDER = Path(__file__).parent / "findings"
SOURCE = Path(__file__).parents[1] / "src" / "hengjian"
FAMILIES = {
    "input": ("读不了的输入", "Input that cannot be used"),
    "table": ("读表", "Reading tables"),
    "identity": ("勾稽关系", "Identities"),
    "claim": ("正文中的计算", "Arithmetic in the text"),
    "document": ("前后一致", "Consistency of a document"),
    "form": ("填表", "Filling in forms"),
    "target": ("绩效目标", "Performance targets"),
    "project": ("项目", "Projects"),
    "result": ("完成情况", "Results"),
    "score": ("得分", "Scores"),
}
SEVERITIES = {
    Severity.ERROR: ("必须更正", "error: provable, to be corrected"),
    Severity.WARNING: ("请核实说明", "warning: to be explained"),
    Severity.INFO: ("提示", "info: a hint"),
}


def page(entry: Entry) -> str:
    """Return the page of a code."""
    chinese, english = SEVERITIES[entry.severity]
    raised = "、".join(f"`{module}`" for module in modules(entry.code))
    return f"""# {entry.code}

{entry.title.zh} · {entry.title.en}

- 级别：{chinese}（除非检查另有判断）
- 内容：{spoken(entry.message.zh)}
- 怎么办：{entry.remedy.zh}
- Severity: {english} (unless the check judges otherwise)
- Says: {spoken(entry.message.en)}
- What to do: {entry.remedy.en}
- Raised in: {raised}
"""


def spoken(template: str) -> str:
    """Show a template's placeholders as words a reader skips over."""
    return re.sub(r"\{(\w+)\}", r"‹\1›", template)


def modules(code: str) -> list[str]:
    """Return the modules that raise a code."""
    quoted = f'"{code}"'
    paths = sorted(SOURCE.rglob("*.py"))
    return [p.relative_to(SOURCE).as_posix() for p in paths if quoted in p.read_text(encoding="utf-8")]


def index() -> str:
    """Return the list of all codes by family."""
    lines = ["# 问题说明 Findings", "", "每个问题代码一页。One page a code.", ""]
    for family, (chinese, english) in FAMILIES.items():
        lines += [f"## {chinese} {english}", "", "| 代码 code | 含义 | meaning | 级别 |", "|---|---|---|---|"]
        for code, entry in sorted(catalogue().items()):
            if code.startswith(f"{family}."):
                title = entry.title
                severity = SEVERITIES[entry.severity][0]
                lines.append(f"| [{code}]({code}.md) | {title.zh} | {title.en} | {severity} |")
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return every page by file name."""
    return {"README.md": index()} | {f"{code}.md": page(entry) for code, entry in catalogue().items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for stale in FOLDER.glob("*.md"):
        stale.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
