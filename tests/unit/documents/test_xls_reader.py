from pathlib import Path

import pytest

from hengjian.documents import read_document
from hengjian.documents.bounds import Bounds
from hengjian.documents.xls_reader import read_xls
from hengjian.kernel import InputError

FILE = Path(__file__).parent / "files" / "sheets.xls"
"""Made by LibreOffice: a titled table with merged cells and a date, and a hidden sheet."""


@pytest.mark.parametrize("name", ["sheets.xls", "sheets.et", "unnamed"])
def test_an_xls_is_told_by_its_content_and_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILE.read_bytes())
    tree = read_document(path)
    assert tree.format == "xls"
    (table,) = tree.tables()
    assert table.caption == "某馆收支总表"
    assert table.notes == ("单位：万元",)
    assert table.section == ("收支",)
    assert table.texts() == (
        ("项目", "支出", "", "日期"),
        ("", "预算", "决算", ""),
        ("合计", "12.5", "0.3", "2022-06-30"),
    )
    (problem,) = tree.problems
    assert problem.code == "input.sheet-hidden"
    assert "底稿" in problem.message["zh"]


def test_a_damaged_or_large_xls_is_refused() -> None:
    data = FILE.read_bytes()
    for broken in (data[:600], data[:2000], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600):
        with pytest.raises(InputError) as caught:
            read_xls(broken, "a.xls", "0")
        assert caught.value.code == "input.unreadable"
    with pytest.raises(InputError) as caught:
        read_xls(data, "a.xls", "0", Bounds(cells=3))
    assert caught.value.code == "input.too-complex"
