import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from hengjian.documents import convert, read_document
from hengjian.documents.bounds import Bounds
from hengjian.kernel import InputError

needs_office = pytest.mark.skipif(convert.office() is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0 Budget of the library.\par Second line.\par}"


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@needs_office
def test_a_file_is_converted_and_says_so(tmp_path: Path) -> None:
    tree = read_document(saved(tmp_path, "a.rtf", RTF))
    assert (tree.format, tree.converted_from) == ("docx", "rtf")
    assert "Budget of the library." in tree.text


@needs_office
@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_documents_of_old_programs_are_told_by_their_content(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "source.docx"
    document = docx.Document()
    document.add_paragraph("本馆全年开放，读者满意。")
    document.save(str(source))
    program = convert.office()
    assert program is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    unnamed = saved(tmp_path, "unnamed", (tmp_path / f"source.{kind}").read_bytes())
    tree = read_document(unnamed)
    assert tree.converted_from == kind
    assert [block.text for block in tree.paragraphs()] == ["本馆全年开放，读者满意。"]


def test_without_a_converter_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "office", lambda: None)
    with pytest.raises(InputError) as caught:
        read_document(saved(tmp_path, "a.rtf", RTF))
    assert caught.value.code == "input.needs-converter"
    assert "docx" in caught.value.line("zh")


def script(folder: Path, body: str) -> str:
    path = folder / "office"
    path.write_text(f"#!{sys.executable}\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_a_converter_that_hangs_ends_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "alive"
    child = f"import time, pathlib; time.sleep(2); pathlib.Path({str(mark)!r}).write_text('x')"
    body = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])"
    monkeypatch.setattr(convert, "office", lambda: script(tmp_path, body))
    with pytest.raises(InputError) as caught:
        read_document(saved(tmp_path, "a.rtf", RTF), Bounds(conversion=0.5))
    assert caught.value.code == "input.not-converted"
    assert "0.5 s" in caught.value.line("en")
    time.sleep(2.2)
    assert not mark.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.parametrize("body", ["import sys; sys.exit('no such filter')", "pass"])
def test_a_converter_that_makes_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    monkeypatch.setattr(convert, "office", lambda: script(tmp_path, body))
    with pytest.raises(InputError) as caught:
        read_document(saved(tmp_path, "a.rtf", RTF))
    assert caught.value.code == "input.not-converted"
