"""Packs built in a folder, file by file."""

from pathlib import Path
from textwrap import dedent

SIGNED = "from: 2018\nbasis: 某市财政局通知\nverified: true\n"

CODES = (
    dedent("""\
        scheme: purpose
        title: {zh: 用途, en: Purpose}
        levels: [3, 5]
    """)
    + SIGNED
    + dedent("""\
        items:
          - {code: "101", name: 馆藏, from: 2018}
          - {code: "10101", name: 图书, from: 2018}
    """)
)

FORM = (
    dedent("""\
        form: demo.list
        title: {zh: 支出表, en: Expenditure}
        captions: [支出表]
        kind: demo
        unit: 万元
    """)
    + SIGNED
    + dedent("""\
        columns:
          - {id: total, captions: [合计]}
        rows:
          - {id: total, captions: [合计]}
        code_rows: {scheme: purpose, levels: [3, 5]}
    """)
)


def write_pack(
    root: Path, pack_id: str = "city", files: dict[str, str] | None = None, **manifest: str
) -> None:
    """Write a pack's manifest and files; `manifest` adds keys or replaces them."""
    folder = root / pack_id
    keys = {"pack": pack_id, "format": "1", "title": "{zh: 某市, en: A city}"} | manifest
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    (folder / "pack.yaml").write_text(lines, encoding="utf-8")
    for name, text in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rubric(**changes: str) -> str:
    """Return a sound project rubric, with keys replaced."""
    keys = {
        "rubric": "project.self_evaluation",
        "title": "{zh: 自评办法, en: Self-evaluation}",
        "subject": "project",
        "from": "2018",
        "basis": "某市财政局通知",
        "verified": "true",
        "execution_weight": "10",
        "indicator_weight": "90",
        "completion": "[{from: 0, to: 100, earns: proportional}, {from: 100, earns: full}]",
        "grades": "[{name: 优, from: 90}, {name: 差, from: 0}]",
    } | changes
    return "".join(f"{key}: {value}\n" for key, value in keys.items())
