"""Write a page for every finding code: ``python docs/build_findings.py``.

The catalogue is the one home of the words that users read, ``finding_notes.toml`` of what a page says beyond
them; a test holds the pages against both.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hengjian.kernel.catalogue import Entry, Severity, catalogue

FOLDER = Path(__file__).parent / "findings"
NOTES = Path(__file__).parent / "finding_notes.toml"
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
    "set": ("整套自评", "Whole sets"),
    "monitoring": ("运行监控", "Run-time monitoring"),
    "rectification": ("整改", "Rectification"),
}
SEVERITIES = {
    Severity.ERROR: ("必须更正", "error, to be corrected"),
    Severity.WARNING: ("请核实说明", "warning, to be checked and explained"),
    Severity.INFO: ("提示", "info, a hint"),
}
WORDS = {
    "zh": ("级别", "什么时候报", "提示语", "例", "怎么办", "不报", "依据", "：", "。"),
    "en": (
        "Severity",
        "Raised when",
        "Says",
        "Example",
        "What to do",
        "Silent when",
        "Basis",
        ": ",
        ". ",
    ),
}


def page(entry: Entry, note: dict[str, Any]) -> str:
    """Return the page of a code: what it means in Chinese, then in English."""
    lines = [f"# {entry.code}", "", f"{entry.title.zh} · {entry.title.en}", ""]
    for language in ("zh", "en"):
        lines += [*_points(entry, note, language), ""]
    raised = "、".join(f"`{module}`" for module in modules(entry.code))
    return "\n".join([*lines[:-1], f"- Raised in: {raised}", ""])


def _points(entry: Entry, note: dict[str, Any], language: str) -> Iterator[str]:
    severity, when, says, example, remedy, silent, basis, colon, stop = WORDS[language]
    level = SEVERITIES[entry.severity][language == "en"]
    besides = note.get("severity", {}).get(language)
    sentence = f"“{note['sentence']}” " if "sentence" in note else ""
    points = {
        severity: f"{level}{stop}{besides}" if besides else level,
        when: note.get("when", {}).get(language),
        says: spoken(entry.message[language]),
        example: sentence + note["example"][language] if "example" in note else None,
        remedy: spoken(entry.remedy[language]),
        silent: note.get("silent", {}).get(language),
        basis: note.get("basis"),
    }
    yield from (f"- {name}{colon}{text}" for name, text in points.items() if text)


def spoken(template: str) -> str:
    """Show a template's placeholders as words a reader skips over."""
    return re.sub(r"\{(\w+)\}", r"‹\1›", template)


def modules(code: str) -> list[str]:
    """Return the modules that raise a code."""
    quoted = f'"{code}"'
    paths = sorted(SOURCE.rglob("*.py"))
    return [p.relative_to(SOURCE).as_posix() for p in paths if quoted in p.read_text(encoding="utf-8")]


def notes() -> dict[str, dict[str, Any]]:
    """Return what the pages say beyond the catalogue, by code; a note of an unknown code is an error."""
    found = tomllib.loads(NOTES.read_text(encoding="utf-8"))
    if stale := found.keys() - catalogue().keys():
        message = f"{NOTES.name} has notes of codes that are not in the catalogue: {sorted(stale)}"
        raise ValueError(message)
    return found


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
    noted = notes()
    written = {f"{code}.md": page(entry, noted.get(code, {})) for code, entry in catalogue().items()}
    return {"README.md": index()} | written


if __name__ == "__main__":
    written = pages()
    FOLDER.mkdir(exist_ok=True)
    fresh = pages()
    for stale in FOLDER.glob("*.md"):
        stale.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
