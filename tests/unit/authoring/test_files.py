import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.authoring.files import LONGEST_NAME, file_name, make_folder, write_whole
from hengjian.kernel import InputError


@given(st.text(st.characters(codec=None), max_size=400))
def test_names_are_safe_and_short(subject: str) -> None:
    name = file_name(subject, "2022年度表.docx")
    assert name.endswith("2022年度表.docx")
    assert len(name.encode()) <= LONGEST_NAME
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t')
    assert not name.startswith((".", " "))


def test_a_name_is_cut_between_characters() -> None:
    assert file_name("局" * 100, "表.docx") == "局" * ((LONGEST_NAME - 8) // 3) + "表.docx"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert [item.name for item in tmp_path.iterdir()] == ["表.docx"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "表.docx"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError) as error:
        write_whole(path, b"new")
    assert error.value.finding.place.file == str(path)
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["表.docx"]


def test_a_folder_in_the_way_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="无法写入"):
        write_whole(tmp_path, b"")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="无法写入"):
        make_folder(tmp_path / "file" / "below")
